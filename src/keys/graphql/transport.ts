import * as l10n from '@vscode/l10n';
import { CancelledError } from '../../errors.js';
import type { Secret } from '../../secret.js';
import { readAnswer, type HttpAnswer, type Reading } from './answer.js';
import { backoffMs, RETRY } from './backoff.js';
import { BodyTooLargeError, readBody } from './body.js';
import type { Operation } from './documents.js';
import { kindOf, notStigg, outcomeUnknown, redirected, refusal, timedOut, unreachable } from './errors.js';
import { StiggApiError } from './stiggApiError.js';
import { BROWSER_REFUSED, isCertificateError, networkReason, wasNeverSent } from './networkError.js';
import { orAborted, pause, type Timing } from './timing.js';

export interface TransportOptions {
  readonly url: URL;
  readonly fetch: typeof globalThis.fetch;
  readonly timing: Timing;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Milliseconds for one attempt, its body included. */
  readonly timeoutMs: number;
  /** Gets one line per attempt: operation, outcome, duration. Never a token, a variable or a text from the server but its trace id. */
  readonly log: (line: string) => void;
}

/** What came of one operation: Stigg's data, or its refusal (`proof` material for the probe). */
export type Outcome = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly failure: StiggApiError; readonly reading: Reading | null };

/** What one attempt ended with. */
type Attempt =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string | null }
  | { readonly kind: 'network'; readonly reason: string | null }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'tooLarge' };

interface Verdict {
  readonly failure: StiggApiError;
  readonly reading: Reading | null;
  /** null: final. Otherwise worth another attempt, after what the server asked for (0: it did not). */
  readonly retryAfterMs: number | null;
}

/**
 * Sends one operation, again where that is safe, and says what came of it. Rejects with CancelledError only
 * (a cancelled mutation may have been executed all the same).
 */
export async function send(options: TransportOptions, operation: Operation, auth: Secret, variables: Json, signal: AbortSignal | undefined): Promise<Outcome> {
  if (!/^[\x21-\x7e]{1,1000}$/.test(auth.reveal())) {
    // fetch would quote the value in its error; and no key holds white space or anything beyond ASCII.
    return { ok: false, reading: null, failure: new StiggApiError('unauthenticated', l10n.t('This text is not a Stigg key.'), l10n.t('Paste the key alone, as Integrations > API keys in the Stigg console shows it.')) };
  }
  const { timing } = options;
  const deadline = timing.now() + RETRY.budgetMs;
  for (let failures = 1; ; failures++) {
    if (signal?.aborted === true) throw new CancelledError();
    const started = timing.now();
    const attempt = await attemptOnce(options, operation, auth, variables, Math.min(options.timeoutMs, deadline - started), signal);
    const reading = attempt.kind === 'answer' ? readAnswer(attempt.answer, timing.now(), auth) : null;
    options.log(logLine(operation, attempt, reading, timing.now() - started, failures));
    if (reading?.kind === 'data') return { ok: true, data: reading.data };

    const verdict = judge(options, operation, auth, attempt, reading);
    const wait = verdict.retryAfterMs === null ? null : backoffMs(failures, options.random(), verdict.retryAfterMs);
    const lastChance = wait === null || failures >= RETRY.attempts || wait > RETRY.maxRetryAfterMs || timing.now() + wait + RETRY.leastAttemptMs > deadline;
    if (lastChance) return { ok: false, failure: verdict.failure, reading };
    await pause(timing, wait, signal);
  }
}

type Json = Readonly<Record<string, unknown>>;

class TimeoutSignal extends Error {
  override readonly name = 'TimeoutSignal';
}

/** One request and its whole answer, within `timeoutMs`. */
async function attemptOnce(options: TransportOptions, operation: Operation, auth: Secret, variables: Json, timeoutMs: number, signal: AbortSignal | undefined): Promise<Attempt> {
  const timeout = new AbortController();
  const stopTimer = options.timing.schedule(timeoutMs, () => {
    timeout.abort(new TimeoutSignal());
  });
  const either = signal === undefined ? timeout.signal : AbortSignal.any([signal, timeout.signal]);
  try {
    // Raced as well: the injected fetch may not heed the signal, and a body may stall after its headers.
    return await orAborted(exchange(options, operation, auth, variables, either), either);
  } catch (error) {
    if (signal?.aborted === true) throw new CancelledError();
    if (timeout.signal.aborted) return { kind: 'timeout' };
    if (error instanceof BodyTooLargeError) return { kind: 'tooLarge' };
    if (error instanceof Error && /\bredirect/i.test(error.message)) return { kind: 'redirect', status: 0, location: null };
    // The error itself ends here: its texts and causes may hold the request's headers.
    return { kind: 'network', reason: networkReason(error) };
  } finally {
    stopTimer();
  }
}

async function exchange(options: TransportOptions, operation: Operation, auth: Secret, variables: Json, signal: AbortSignal): Promise<Attempt> {
  const response = await options.fetch(options.url.href, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-API-KEY': auth.reveal() },
    body: JSON.stringify({ operationName: operation.name, query: operation.document, variables }),
    // fetch takes X-API-KEY along to whatever host a redirect names.
    redirect: 'manual',
    signal,
  });
  if ((response.status >= 300 && response.status < 400) || response.type === 'opaqueredirect' || response.redirected) {
    const location = response.headers.get('location');
    response.body?.cancel().catch(() => undefined);
    return { kind: 'redirect', status: response.status, location };
  }
  const body = await readBody(response);
  return { kind: 'answer', answer: { status: response.status, contentType: response.headers.get('content-type') ?? '', retryAfter: response.headers.get('retry-after'), body } };
}

/** Turns what an attempt ended with into words, and says whether another attempt is safe and of use. */
function judge(options: TransportOptions, operation: Operation, auth: Secret, attempt: Attempt, reading: Reading | null): Verdict {
  const host = options.url.host;
  const isQuery = operation.kind === 'query';
  const final = (failure: StiggApiError): Verdict => ({ failure, reading, retryAfterMs: null });
  /** For a query: `failure`, and another attempt. For a mutation: nobody knows whether it happened. */
  const open = (failure: StiggApiError): Verdict => (isQuery ? { failure, reading, retryAfterMs: failure.detail.retryAfterMs ?? 0 } : final(outcomeUnknown(failure.message, failure.detail)));

  const unreadable = (failure: StiggApiError): Verdict => final(isQuery ? failure : outcomeUnknown(failure.message, failure.detail));

  switch (attempt.kind) {
    case 'redirect':
      return final(redirected(host, attempt.status, attempt.location));
    case 'timeout':
      return open(timedOut(host, options.timeoutMs));
    case 'network': {
      const failure = unreachable(host, attempt.reason);
      if (attempt.reason !== null && isCertificateError(attempt.reason)) return final(failure);
      // It would refuse again; a person is told at once.
      if (attempt.reason === BROWSER_REFUSED && isQuery) return final(failure);
      return wasNeverSent(attempt.reason) ? { failure, reading, retryAfterMs: 0 } : open(failure);
    }
    case 'tooLarge':
      return unreadable(notStigg(host, l10n.t('it is far too large.')));
    case 'answer':
      break;
  }
  if (reading?.kind !== 'error') {
    const html = reading?.kind === 'foreign' && reading.html;
    const failure = notStigg(host, html ? l10n.t('a web page (status {0}).', attempt.answer.status) : l10n.t('not JSON of the expected form (status {0}).', attempt.answer.status), { status: attempt.answer.status });
    // A page with 4xx comes from something that stopped the request on its way.
    return attempt.answer.status >= 400 ? final(failure) : unreadable(failure);
  }
  const { error } = reading;
  const failure = refusal(error, operation.permission, auth);
  const kind = kindOf(error);
  if (!isQuery && reading.executed) return final(outcomeUnknown(failure.message, failure.detail));
  if (kind === 'serverError') return open(failure);
  // Throttled means: turned away at the door. That is safe to repeat for mutations as well.
  if (kind === 'rateLimited') return { failure, reading, retryAfterMs: error.retryAfterMs ?? 0 };
  return final(failure);
}

function logLine(operation: Operation, attempt: Attempt, reading: Reading | null, ms: number, number: number): string {
  const parts: (string | number)[] = ['stigg', operation.name, attempt.kind === 'answer' ? attempt.answer.status : attempt.kind];
  if (attempt.kind === 'network' && attempt.reason !== null) parts.push(attempt.reason);
  if (reading?.kind === 'error') parts.push(reading.error.code ?? 'no-code', reading.error.traceId ?? 'no-trace');
  if (reading?.kind === 'foreign') parts.push('not-stigg');
  parts.push(`${String(Math.round(ms))}ms`);
  if (number > 1) parts.push(`attempt ${String(number)}`);
  return parts.join(' ');
}
