import { describe, expect, test, vi } from 'vitest';
import { backoffMs, parseRetryAfter, RETRY } from '../../../src/keys/graphql/backoff.js';
import { systemTiming, pause } from '../../../src/keys/graphql/timing.js';
import { isCancelled } from '../../../src/errors.js';
import { clientOver, connectionOf, data, ENVIRONMENT_ID, expectedError, keyNode, networkFailure, never, OTHER_ID, REF, refused, type Reply } from './graphqlApiHelpers.js';

const listed = data({ apiKeys: connectionOf([keyNode()]) });
const rotated = data({ rotateApiKey: { newApiKey: keyNode({ id: OTHER_ID }), oldApiKey: keyNode({ expireAt: '2026-03-02T12:00:00Z' }) } });
const html = (status: number): Reply => () => new Response('<html>', { status, headers: { 'content-type': 'text/html' } });
const cutBody: Reply = () =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"da'));
        controller.error(Object.assign(new Error('terminated'), { code: 'UND_ERR_SOCKET' }));
      },
    }),
    { headers: { 'content-type': 'application/json' } },
  );
const stalledBody: Reply = () => new Response(new ReadableStream({ start: (controller) => { controller.enqueue(new TextEncoder().encode('{"da')); } }), { headers: { 'content-type': 'application/json' } });
const UNTIL = new Date('2026-03-02T12:00:00Z');

describe('queries are repeated after', () => {
  test.each<[string, Reply]>([
    ['429', refused(429, 'RateLimitExceeded')],
    ['throttling with status 200', refused(200, 'RateLimitExceeded')],
    ['429 without a word', () => new Response('', { status: 429 })],
    ['500', refused(500, 'UnexpectedError')],
    ['a gateway’s page with 502', html(502)],
    ['503', () => new Response('unavailable', { status: 503 })],
    ['a server-side timeout with status 200', refused(200, 'OperationTimeout')],
    ['a refused connection', networkFailure('ECONNREFUSED')],
    ['a cut connection', networkFailure('ECONNRESET')],
    ['a body that is cut', cutBody],
    ['a body that stalls', stalledBody],
    ['no answer in time', never],
  ])('%s', async (_what, reply) => {
    const { api, auth, calls, timing } = clientOver(reply, listed);
    expect(await api.listKeys(auth, ENVIRONMENT_ID)).toHaveLength(1);
    expect(calls).toHaveLength(2);
    expect(timing.pending).toBe(0);
  });

  test('with growing pauses, at most four times', async () => {
    const { api, auth, calls, timing } = clientOver(refused(503, null));
    await expectedError(api.listKeys(auth, ENVIRONMENT_ID), 'serverError');
    expect(calls).toHaveLength(RETRY.attempts);
    expect(timing.elapsed).toEqual([500, 1_000, 2_000]);
  });

  test('as long as the whole call stays within its budget', async () => {
    const { api, auth, calls, timing } = clientOver(never);
    const start = timing.now();
    const error = await expectedError(api.listKeys(auth, ENVIRONMENT_ID), 'unreachable');
    expect(error.message).toContain('15 seconds');
    expect(timing.now() - start).toBeLessThanOrEqual(RETRY.budgetMs);
    expect(calls.length).toBeGreaterThan(2);
  });
});

describe('Retry-After', () => {
  test.each([
    ['2', 2_000],
    [new Date(Date.parse('2026-03-01T12:00:05Z')).toUTCString(), 5_000],
  ])('%s is honoured', async (value, pauseMs) => {
    const { api, auth, timing } = clientOver(refused(429, 'RateLimitExceeded', { headers: { 'retry-after': value } }), listed);
    await api.listKeys(auth, ENVIRONMENT_ID);
    expect(timing.elapsed).toEqual([pauseMs]);
  });

  test.each([
    ['90', 'in 90 seconds'],
    ['3600', 'in 60 minutes'],
  ])('%s seconds are told instead of waited for', async (value, words) => {
    const { api, auth, calls } = clientOver(refused(429, 'RateLimitExceeded', { headers: { 'retry-after': value } }));
    const error = await expectedError(api.listKeys(auth, ENVIRONMENT_ID), 'rateLimited');
    expect(error.nextStep).toContain(words);
    expect(error.detail.retryAfterMs).toBe(Number(value) * 1_000);
    expect(calls).toHaveLength(1);
  });

  test.each([
    [null, null],
    ['', null],
    ['soon', null],
    ['-5', null],
    ['1e9', null],
    ['2026-03-01', null],
    ['0', 0],
    ['1.5', 1_500],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['Sunday nonsense', null],
  ])('%j reads as %j', (text, ms) => {
    expect(parseRetryAfter(text, Date.parse('2026-03-01T12:00:00Z'))).toBe(ms);
  });

  test('jitter is full, capped, and never below what was asked', () => {
    expect(backoffMs(1, 0, null)).toBe(0);
    expect(backoffMs(20, 0.999_999, null)).toBe(RETRY.capMs);
    expect(backoffMs(1, 0.5, 3_000)).toBe(3_000);
  });
});

describe('a rotation', () => {
  test.each<[string, Reply]>([
    ['429', refused(429, 'RateLimitExceeded')],
    ['a refused connection', networkFailure('ECONNREFUSED')],
    ['a name that does not resolve', networkFailure('ENOTFOUND')],
    ['a proxy that refuses the tunnel', () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('Proxy response (503) !== 200 when HTTP Tunneling'), { code: 'UND_ERR_ABORTED' }) }))],
    ['Chromium’s refused connection', () => Promise.reject(new Error('net::ERR_CONNECTION_REFUSED'))],
  ])('is repeated after %s: it surely did not happen', async (_what, reply) => {
    const { api, auth, calls } = clientOver(reply, rotated);
    expect((await api.rotateKey(auth, REF, UNTIL)).newKey.id).toBe(OTHER_ID);
    expect(calls).toHaveLength(2);
  });

  test.each<[string, Reply]>([
    ['500', refused(500, 'UnexpectedError')],
    ['an unexpected error with status 200', refused(200, 'UnexpectedError')],
    ['a gateway’s page with 504', html(504)],
    ['a web page with status 200', html(200)],
    ['408', () => new Response('', { status: 408 })],
    ['a cut connection', networkFailure('ECONNRESET')],
    ['a socket that closed', networkFailure('UND_ERR_SOCKET')],
    ['an unknown network error', () => Promise.reject(new TypeError('fetch failed'))],
    ['a body that is cut', cutBody],
    ['a body that stalls', stalledBody],
    ['no answer in time', never],
    ['no JSON', () => new Response('{"data":{"rotat', { headers: { 'content-type': 'application/json' } })],
    ['a wrong shape', data({ rotateApiKey: { newApiKey: { id: OTHER_ID } } })],
    ['no data', data({})],
    ['a new key with the old id', data({ rotateApiKey: { newApiKey: keyNode(), oldApiKey: null } })],
    ['a new key in another environment', data({ rotateApiKey: { newApiKey: keyNode({ id: OTHER_ID, environmentId: OTHER_ID }), oldApiKey: null } })],
    ['another old key', data({ rotateApiKey: { newApiKey: keyNode({ id: OTHER_ID }), oldApiKey: keyNode({ id: OTHER_ID }) } })],
    ['an error below a mutation that was executed', refused(200, 'AccessDeniedError', { path: ['rotateApiKey', 'newApiKey', 'id'] })],
    ['an error beside data', refused(200, 'AccessDeniedError', { data: { rotateApiKey: {} } })],
  ])('is not repeated after %s: nobody knows whether it happened', async (_what, reply) => {
    const { api, auth, calls } = clientOver(reply, rotated);
    const error = await expectedError(api.rotateKey(auth, REF, UNTIL), 'outcomeUnknown');
    expect(error.nextStep).toContain('Refresh');
    expect(calls).toHaveLength(1);
  });

  test.each<[string, Reply, string]>([
    ['a certificate nobody trusts', networkFailure('SELF_SIGNED_CERT_IN_CHAIN'), 'unreachable'],
    ['a block page with 403', html(403), 'notStigg'],
    ['a redirect', () => new Response(null, { status: 307, headers: { location: 'https://elsewhere.example.com/' } }), 'notStigg'],
    ['a clear refusal', refused(200, 'ApiKeyHasExpiry', { path: ['rotateApiKey'] }), 'conflict'],
    ['a clear refusal with 500', refused(500, 'ApiKeyNotFound'), 'notFound'],
  ])('that met %s surely did not happen', async (_what, reply, code) => {
    const { api, auth, calls } = clientOver(reply, rotated);
    await expectedError(api.rotateKey(auth, REF, UNTIL), code);
    expect(calls).toHaveLength(1);
  });

  test('that is throttled for ever gives up as throttled', async () => {
    const { api, auth, calls } = clientOver(refused(429, null));
    await expectedError(api.rotateKey(auth, REF, UNTIL), 'rateLimited');
    expect(calls).toHaveLength(RETRY.attempts);
  });

  test('may come without the old key', async () => {
    const { api, auth } = clientOver(data({ rotateApiKey: { newApiKey: keyNode({ id: OTHER_ID }), oldApiKey: null } }));
    expect((await api.rotateKey(auth, REF, UNTIL)).oldKey).toBeNull();
  });
});

describe('cancelling', () => {
  test.each(['before', 'during the request', 'during a pause'] as const)('%s ends the call at once and leaves no timer', async (when) => {
    const controller = new AbortController();
    const { api, auth, timing } = clientOver(when === 'during a pause' ? refused(503, null) : never);
    if (when === 'before') controller.abort();
    const call = api.listKeys(auth, ENVIRONMENT_ID, controller.signal);
    const failure = call.catch((error: unknown) => error);
    if (when !== 'before') await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(isCancelled(await failure)).toBe(true);
    expect(timing.pending).toBe(0);
  });

  test('reaches the probe, which rejects with nothing else', async () => {
    const controller = new AbortController();
    const { api, auth } = clientOver(never);
    const failure = api.probe(auth, controller.signal).catch((error: unknown) => error);
    controller.abort();
    expect(isCancelled(await failure)).toBe(true);
  });

  test('reaches fetch itself', async () => {
    const controller = new AbortController();
    const { api, auth, calls } = clientOver(never);
    const failure = api.listKeys(auth, ENVIRONMENT_ID, controller.signal).catch((error: unknown) => error);
    controller.abort();
    await failure;
    expect(calls[0]?.init.signal?.aborted).toBe(true);
  });
});

test('the platform’s timers are used and called off', async () => {
  vi.useFakeTimers();
  try {
    const controller = new AbortController();
    const waiting = pause(systemTiming, 1_000, controller.signal).catch((error: unknown) => error);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort();
    expect(isCancelled(await waiting)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    const done = pause(systemTiming, 1_000, undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
  } finally {
    vi.useRealTimers();
  }
});
