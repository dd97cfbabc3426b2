import type { Secret } from '../../secret.js';
import { parseRetryAfter } from './backoff.js';
import type { ErrorAnswer } from './errors.js';
import { cleanText } from './text.js';

/** What came back over HTTP, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | null;
  readonly body: string;
}

/**
 * What an answer is: `data` (GraphQL data without errors), `error` (Stigg, or a gateway, refused), `foreign` (somebody else's
 * page, or no JSON where there should be).
 */
export type Reading =
  | { readonly kind: 'data'; readonly data: unknown }
  | {
      readonly kind: 'error';
      readonly error: ErrorAnswer;
      /** True when the body has one of the two shapes in which Stigg reports errors: only then did Stigg itself speak. */
      readonly fromStigg: boolean;
      /** True when a mutation that reports this error may have been executed: it returned data, or failed below its root. */
      readonly executed: boolean;
    }
  | { readonly kind: 'foreign'; readonly html: boolean };

type Json = Readonly<Record<string, unknown>>;

/**
 * Sorts an answer. Source of the two error shapes: Stigg's Node SDK reads `errors[0]` with `extensions.code` and
 * `extensions.traceId`, on any status; its REST documentation shows `{error: {code, message}}`.
 *
 * @param now milliseconds since the epoch, for a Retry-After date
 * @param auth is kept out of every text
 */
export function readAnswer(answer: HttpAnswer, now: number, auth: Secret): Reading {
  const json = parseObject(answer.body);
  const errors = json?.errors;
  const first = Array.isArray(errors) ? asObject((errors as unknown[])[0]) : null;
  const restError = asObject(json?.error);
  const retryAfterMs = parseRetryAfter(answer.retryAfter, now);
  const secret = auth.reveal();
  const words = (value: unknown, max: number): string => (typeof value === 'string' ? cleanText(value, max, secret) : '');

  if (json !== null && first !== null) {
    const extensions = asObject(first.extensions);
    const path = Array.isArray(first.path) ? first.path.length : 0;
    const error: ErrorAnswer = {
      status: answer.status,
      code: words(extensions?.code, 60) || null,
      message: words(first.message, 200),
      traceId: words(extensions?.traceId, 100) || null,
      currentIdentityType: words(extensions?.currentIdentityType, 60) || null,
      retryAfterMs,
    };
    return { kind: 'error', error, fromStigg: true, executed: path > 1 || hasValue(json.data) };
  }
  if (answer.status >= 200 && answer.status < 300) {
    // An empty list of errors is as good as none.
    const clean = errors === undefined || errors === null || (Array.isArray(errors) && errors.length === 0);
    if (json !== null && clean && asObject(json.data) !== null) return { kind: 'data', data: json.data };
    return { kind: 'foreign', html: looksLikeHtml(answer) };
  }
  // A sign-in page or a firewall's block page says nothing about the key; a gateway's page with 5xx or 429 does say "try again".
  if (answer.status < 500 && answer.status !== 429 && looksLikeHtml(answer)) return { kind: 'foreign', html: true };
  // Nothing lives at that path: the endpoint is somebody else's, or has a wrong path.
  if (restError === null && [404, 405, 410].includes(answer.status)) return { kind: 'foreign', html: false };
  const error: ErrorAnswer = {
    status: answer.status,
    code: words(restError?.code, 60) || null,
    message: words(restError?.message ?? json?.message, 200),
    traceId: words(restError?.traceId ?? json?.traceId, 100) || null,
    currentIdentityType: null,
    retryAfterMs,
  };
  return { kind: 'error', error, fromStigg: restError !== null, executed: false };
}

function parseObject(body: string): Json | null {
  try {
    // The parser's own error quotes the text, which may be anything: it goes no further.
    return asObject(JSON.parse(body));
  } catch {
    return null;
  }
}

function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

/** True when at least one root field came back. */
function hasValue(data: unknown): boolean {
  return Object.values(asObject(data) ?? {}).some((value) => value !== null);
}

function looksLikeHtml(answer: HttpAnswer): boolean {
  return /\bhtml\b/i.test(answer.contentType) || /^\s*<(?:!doctype|html|head|body)\b/i.test(answer.body);
}
