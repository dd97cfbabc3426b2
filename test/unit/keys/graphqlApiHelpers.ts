import { expect } from 'vitest';
import { StiggApiError } from '../../../src/keys/graphql/errors.js';

/** The error a call rejects with, which must be one that a person can be told. */
export async function expectedError(work: Promise<unknown>, code: string): Promise<StiggApiError> {
  const outcome: unknown = await work.then(
    (value) => ({ resolvedWith: value }),
    (error: unknown) => error,
  );
  if (!(outcome instanceof StiggApiError)) throw new Error('expected a StiggApiError', { cause: outcome });
  expect({ code: outcome.code, full: outcome.full }).toMatchObject({ code });
  expect(outcome.message).not.toBe('');
  expect(outcome.nextStep).not.toBe('');
  return outcome;
}
