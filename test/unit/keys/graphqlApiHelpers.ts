import { expect } from 'vitest';
import { StiggApiError } from '../../../src/keys/graphql/stiggApiError.js';
import type { Timing } from '../../../src/keys/graphql/timing.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import { Secret } from '../../../src/secret.js';
import { newToken } from '../../sandbox/tokens.js';

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

/** Time that passes at once when nothing else is left to do; it records every pause and timeout that ran out. */
export class FakeTiming implements Timing {
  time = Date.parse('2026-03-01T12:00:00Z');
  /** Durations that ran out, in order. */
  readonly elapsed: number[] = [];
  #tasks: { readonly at: number; readonly ms: number; readonly run: () => void }[] = [];
  #pumping = false;

  now(): number {
    return this.time;
  }

  schedule(ms: number, callback: () => void): () => void {
    const task = { at: this.time + ms, ms, run: callback };
    this.#tasks.push(task);
    if (!this.#pumping) void this.#pump();
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== task);
    };
  }

  /** How many timers are still running. */
  get pending(): number {
    return this.#tasks.length;
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (this.#tasks.length > 0) {
      const before = this.#tasks;
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
      // Something happened meanwhile: a timer was called off or started.
      if (before !== this.#tasks) continue;
      const next = this.#tasks.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#tasks = this.#tasks.filter((other) => other !== next);
      this.time = next.at;
      this.elapsed.push(next.ms);
      next.run();
    }
    this.#pumping = false;
  }
}

/** What a fake Stigg does with one request. */
export type Reply = (request: { readonly url: string; readonly init: RequestInit; readonly body: { operationName: string; variables: Record<string, unknown> } }) => Response | Promise<Response>;

/** A fetch that gives the replies in order, the last one for ever. */
export function fakeFetch(...replies: readonly Reply[]): { fetch: typeof globalThis.fetch; calls: { url: string; init: RequestInit }[] } {
  const calls: { url: string; init: RequestInit }[] = [];
  const fake = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = String(input);
    const reply = replies[Math.min(calls.length, replies.length - 1)];
    calls.push({ url, init });
    if (reply === undefined) throw new Error('no reply');
    return reply({ url, init, body: JSON.parse(init.body as string) as { operationName: string; variables: Record<string, unknown> } });
  };
  return { fetch: fake, calls };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return () => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

export function data(value: unknown): Reply {
  return json({ data: value });
}

/** An error answer in GraphQL's form. */
export function refused(status: number, code: string | null, more: { message?: string; headers?: Record<string, string>; extensions?: object; path?: unknown[]; data?: unknown } = {}): Reply {
  const { message = 'no', headers = {}, extensions = {}, path, data: partial = null } = more;
  return json({ errors: [{ message, ...(path === undefined ? {} : { path }), extensions: { ...(code === null ? {} : { code }), ...extensions } }], data: partial }, status, headers);
}

/** A network failure as Node's fetch reports it. */
export function networkFailure(code: string): Reply {
  return () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code}`), { code }) }));
}

/** An answer that never comes, and does not heed the signal either. */
export const never: Reply = () => new Promise<Response>(() => undefined);

export const ENVIRONMENT_ID = 'e0000000-0000-4000-8000-000000000001';
export const KEY_ID = 'a0000000-0000-4000-8000-000000000001';
export const OTHER_ID = 'a0000000-0000-4000-8000-000000000002';
export const REF = { environmentId: ENVIRONMENT_ID, id: KEY_ID };

/** A key as Stigg answers it. */
export function keyNode(change: object = {}): Record<string, unknown> {
  return { id: KEY_ID, keyType: 'SERVER', displayName: 'Full access key', description: null, environmentId: ENVIRONMENT_ID, createdAt: '2026-01-02T03:04:05.678Z', expireAt: null, ...change };
}

export function environmentNode(change: object = {}): Record<string, unknown> {
  return {
    id: ENVIRONMENT_ID,
    slug: 'production',
    displayName: 'Production',
    type: 'PRODUCTION',
    isSandbox: false,
    color: '#AABBCC',
    hardenClientAccessEnabled: true,
    account: { id: 'account-1', displayName: 'Acme' },
    ...change,
  };
}

export function connectionOf(nodes: readonly unknown[], nextCursor: string | null = null): unknown {
  return { edges: nodes.map((node) => ({ node })), pageInfo: { hasNextPage: nextCursor !== null, endCursor: nextCursor } };
}

/** A client over a fake Stigg; time passes at once, and the jitter is the longest there is. */
export function clientOver(...replies: readonly Reply[]) {
  const timing = new FakeTiming();
  const { fetch, calls } = fakeFetch(...replies);
  const log: string[] = [];
  const api = createGraphqlApi({ endpoint: 'https://api.example.com', fetch, clock: timing, random: () => 0.999_999, log: (line) => log.push(line) });
  return { api, calls, timing, log, auth: new Secret(newToken('server', ENVIRONMENT_ID)) };
}
