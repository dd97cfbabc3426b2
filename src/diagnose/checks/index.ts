import type { Facts } from '../facts.js';
import type { Symptom } from '../symptom.js';
import type { Check, CheckId, CheckResult, Outcomes } from './check.js';
import { contentType, header, idempotency } from './headers.js';
import { accepted, environment, expiry, prefix, retryAfter, rotation, stored } from './key.js';
import { conflict, path } from './path.js';
import { scope } from './scope.js';
import { used } from './used.js';

export type { CheckId, CheckResult, CheckState, OutcomeOf, Outcomes } from './check.js';

export const CHECKS: { readonly [C in CheckId]: Check<C> } = {
  stored, prefix, accepted, expiry, rotation, environment, used, scope, header, contentType, path, conflict, idempotency, retryAfter,
};

/** What is checked for each symptom, in the order it is told. */
export const CHECKED: Readonly<Record<Symptom, readonly CheckId[]>> = {
  '401': ['header', 'stored', 'prefix', 'accepted', 'expiry', 'rotation', 'used', 'environment', 'contentType'],
  '401-posts': ['contentType', 'header', 'stored', 'prefix', 'accepted', 'expiry', 'rotation', 'used'],
  '401-rotation': ['stored', 'accepted', 'rotation', 'expiry', 'used', 'prefix', 'environment', 'header'],
  '403': ['scope', 'stored', 'prefix', 'accepted', 'used', 'environment', 'header'],
  '404': ['path', 'stored', 'accepted', 'environment', 'used', 'prefix'],
  '409': ['conflict', 'idempotency', 'path', 'stored', 'accepted', 'environment', 'used'],
  '429': ['accepted', 'retryAfter', 'path', 'stored', 'environment'],
};

export interface Checked {
  readonly results: readonly CheckResult[];
  readonly outcomes: Outcomes;
}

/** Runs the checks that the symptom asks for. */
export function runChecks(facts: Facts): Checked {
  const results = CHECKED[facts.symptom].map((id): CheckResult => ({ id, ...CHECKS[id](facts) }));
  return { results, outcomes: Object.fromEntries(results.map(({ id, outcome }) => [id, outcome])) };
}
