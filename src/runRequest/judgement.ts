import { readAnswer } from '../keys/graphql/answer.js';
import { kindOf } from '../keys/graphql/errors.js';
import { cleanText } from '../keys/graphql/text.js';
import type { Secret } from '../secret.js';
import type { RunnableRequest } from './runnable.js';
import type { Answered } from './send.js';

/** What an answer means, before anybody looks into why. */
export interface Judgement {
  readonly isFailure: boolean;
  /** A GraphQL answer that reports errors, whatever its status. */
  readonly hasGraphqlErrors: boolean;
  /** What Stigg says about it in words; null where it says nothing. Clean of keys. */
  readonly says: string | null;
  /** `errors[].extensions.code`, or the REST error's code. */
  readonly code: string | null;
  /** The status that the failure amounts to, by Stigg's code where it has one; the answer's own otherwise. */
  readonly status: number;
  /** A web page where Stigg's answer should be. */
  readonly isWebPage: boolean;
}

/** Statuses that a kind of failure stands for: GraphQL reports them with status 200. */
const STATUS: Readonly<Record<string, number>> = {
  unauthenticated: 401, identityForbidden: 403, ssoRequired: 403, forbidden: 403, planLimit: 403, keyNotFound: 404, environmentNotFound: 404,
  keyExpired: 409, keyHasExpiry: 409, conflict: 409, rateLimited: 429, serverError: 500, badRequest: 400,
};

export function judge({ surface }: Pick<RunnableRequest, 'surface'>, { status, contentType, content }: Pick<Answered, 'status' | 'contentType' | 'content'>, key: Secret, now: number): Judgement {
  const isWebPage = /\bhtml\b/i.test(contentType);
  const body = content.kind === 'text' ? content.text : '';
  const reading = readAnswer({ status, contentType, retryAfter: null, body }, now, key);
  const error = reading.kind === 'error' ? reading.error : null;
  const hasGraphqlErrors = surface === 'graphql' && error !== null && status >= 200 && status < 300;
  const isFailure = status < 200 || status >= 300 || hasGraphqlErrors || isWebPage;
  const code = error?.code ?? null;
  const meant = hasGraphqlErrors ? graphqlStatus(code, STATUS[kindOf(error)] ?? status) : status;
  const says = error === null || error.message === '' ? null : cleanText(error.message, 200);
  return { isFailure, hasGraphqlErrors, says, code, status: meant, isWebPage };
}

/** Of codes that are not about keys the name tells: `CustomerNotFound`, `DuplicatedEntityNotAllowed`. */
function graphqlStatus(code: string | null, byKind: number): number {
  if (byKind !== 400 || code === null) return byKind;
  if (/not_?found$/i.test(code)) return 404;
  return /^duplicated|already|conflict/i.test(code) ? 409 : byKind;
}
