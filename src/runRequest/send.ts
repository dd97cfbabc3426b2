import { ExpectedError } from '../errors.js';
import { t } from '@vscode/l10n';
import { isCertificateError, networkReason, wasNeverSent } from '../keys/graphql/networkError.js';
import { orAborted, type Timing } from '../keys/graphql/timing.js';
import type { Secret } from '../secret.js';
import type { RunnableRequest } from './runnable.js';

export interface SendDeps {
  /** Injected: in the extension host VS Code patches the global one, which is how its proxy and certificate settings are honoured. */
  readonly fetch: typeof globalThis.fetch;
  readonly timing: Timing;
  /** Milliseconds for the request and its whole answer; 30,000 unless told. */
  readonly timeoutMs?: number;
  /** What is read of an answer, in bytes; 5,000,000 unless told. */
  readonly maxBytes?: number;
}

/** What came back as content. Nothing is masked yet: only `present` may show it. */
export type Content =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  /** Not text, by its type or its bytes. */
  | { readonly kind: 'binary' };

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly contentType: string;
  readonly content: Content;
  /** Bytes of the body that were read, as they were after decompression. */
  readonly bytes: number;
  readonly ms: number;
}

/** No whole answer. `mayHaveHappened`: the request writes, and it may have reached Stigg. */
export interface Unanswered {
  readonly kind: 'timeout' | 'network' | 'cancelled' | 'redirectFollowed';
  /** A system error code such as ECONNREFUSED. */
  readonly reason: string | null;
  readonly ms: number;
  readonly mayHaveHappened: boolean;
}
export type Sent = Answered | Unanswered;

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 5_000_000;
/** Cut off with what is too much, so that no half of a key remains at the end. Characters. */
const EDGE = 200;

class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/**
 * Sends the request once, with the key in X-API-KEY where the request has that header. No redirect is followed: it could take the key elsewhere.
 *
 * @throws ExpectedError `unauthenticated` for a value that cannot be a key; everything else is an answer
 */
export async function sendRequest(deps: SendDeps, request: RunnableRequest, key: Secret, signal: AbortSignal): Promise<Sent> {
  // fetch would quote the value in its error.
  if (!/^[\x21-\x7e]{1,1000}$/.test(key.reveal())) throw new ExpectedError('unauthenticated', t('What is stored for this environment is not a Stigg key.'), t('Add the environment again with its current key.'));
  const timeout = new AbortController();
  const stop = deps.timing.schedule(deps.timeoutMs ?? TIMEOUT_MS, () => { timeout.abort(new TimedOut()); });
  const either = AbortSignal.any([signal, timeout.signal]);
  const started = deps.timing.now();
  const unanswered = (kind: Unanswered['kind'], reason: string | null, isSurelyNot: boolean): Unanswered =>
    ({ kind, reason, ms: deps.timing.now() - started, mayHaveHappened: request.writes && !isSurelyNot });
  try {
    if (signal.aborted) return unanswered('cancelled', null, true);
    // Raced as well: the injected fetch may not heed the signal, and a body may stall after its headers.
    const answer = await orAborted(exchange(deps, request, key, either), either);
    return answer === undefined ? unanswered('redirectFollowed', null, false) : { ...answer, ms: deps.timing.now() - started };
  } catch (error) {
    if (signal.aborted) return unanswered('cancelled', null, false);
    if (timeout.signal.aborted) return unanswered('timeout', null, false);
    // The error itself ends here: its texts and causes may hold the request's headers.
    const reason = networkReason(error);
    return unanswered('network', reason, wasNeverSent(reason) || (reason !== null && isCertificateError(reason)));
  } finally {
    stop();
  }
}

async function exchange({ fetch, maxBytes = MAX_BYTES }: SendDeps, request: RunnableRequest, key: Secret, signal: AbortSignal): Promise<Omit<Answered, 'ms'> | undefined> {
  const headers = new Headers();
  for (const [name, value] of request.headers) headers.append(name, value);
  if (request.sendsKey) headers.set('X-API-KEY', key.reveal());
  const response = await fetch(request.url.href, {
    method: request.method,
    headers,
    // As bytes: for a text fetch would add a Content-Type that nobody wrote.
    ...(request.body === undefined ? {} : { body: new TextEncoder().encode(request.body) }),
    redirect: 'manual',
    credentials: 'omit',
    signal,
  });
  if (response.redirected) return undefined;
  const contentType = response.headers.get('content-type') ?? '';
  const { bytes, isCut } = await read(response, maxBytes);
  return {
    kind: 'answered', status: response.status, statusText: response.statusText, headers: [...response.headers], contentType, bytes: bytes.byteLength,
    content: contentOf(bytes, isCut, contentType),
  };
}

async function read(response: Response, max: number): Promise<{ readonly bytes: Uint8Array; readonly isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isCut = false;
  if (response.body !== null) {
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    try {
      while (!isCut) {
        const { done, value } = await reader.read();
        if (done) break;
        const rest = max - length;
        isCut = value.byteLength > rest;
        chunks.push(isCut ? value.subarray(0, rest) : value);
        length += Math.min(value.byteLength, rest);
      }
    } finally {
      // Frees the connection when reading stopped early.
      reader.cancel().catch(() => undefined);
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return { bytes, isCut };
}

const TEXT = /^\s*(?:text\/|application\/(?:[\w.-]{1,60}\+)?(?:json|xml|javascript|graphql|x-www-form-urlencoded|x-ndjson|problem)|$)/i;

function contentOf(bytes: Uint8Array, isCut: boolean, contentType: string): Content {
  if (bytes.byteLength === 0) return { kind: 'none' };
  if (!TEXT.test(contentType) || bytes.subarray(0, 4_000).includes(0)) return { kind: 'binary' };
  const text = new TextDecoder().decode(bytes);
  return { kind: 'text', text: isCut ? text.slice(0, -EDGE) : text, isCut };
}
