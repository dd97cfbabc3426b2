import fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { cleanText } from '../../../src/keys/graphql/text.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import type { Secret } from '../../../src/secret.js';
import { newLegacyToken, newToken } from '../../sandbox/tokens.js';
import { clientOver, connectionOf, data, ENVIRONMENT_ID, environmentNode, expectedError, json, KEY_ID, keyNode, OTHER_ID, REF, type Reply } from './graphqlApiHelpers.js';

const SCOPES = [{ resource: 'CUSTOMER', action: 'READ' }] as const;
const CALLS: readonly [string, (api: StiggApi, auth: Secret) => Promise<unknown>][] = [
  ['probe', (api, auth) => api.probe(auth)],
  ['environmentOf', (api, auth) => api.environmentOf(auth)],
  ['listKeys', (api, auth) => api.listKeys(auth, ENVIRONMENT_ID)],
  ['revealToken', (api, auth) => api.revealToken(auth, REF)],
  ['rotateKey', (api, auth) => api.rotateKey(auth, REF, new Date(0))],
  ['updateKey', (api, auth) => api.updateKey(auth, REF, { displayName: 'x', scopes: SCOPES })],
  ['revokeKey', (api, auth) => api.revokeKey(auth, REF)],
  ['createScopedKey', (api, auth) => api.createScopedKey(auth, { environmentId: ENVIRONMENT_ID, displayName: 'x', scopes: SCOPES })],
  ['keyScopes', (api, auth) => api.keyScopes(auth, REF)],
  ['availableScopes', (api, auth) => api.availableScopes(auth)],
  ['keyActivity', (api, auth) => api.keyActivity(auth, REF, null)],
];

const event = (change: object = {}): Record<string, unknown> => ({
  id: 'event-1',
  createdAt: '2026-01-02T03:04:05Z',
  eventLogType: 'API_KEY_ROTATED',
  environmentId: ENVIRONMENT_ID,
  entityId: KEY_ID,
  actor: { type: 'USER', name: 'Dana', email: null, scopedKeyName: null, workflowName: null },
  ...change,
});

/** True answers to every operation at once: what the properties break. */
const TRUTH = {
  sdkConfiguration: { isWidgetWatermarkEnabled: true },
  currentEnvironment: 'production',
  environments: connectionOf([{ ...environmentNode(), apiKeys: [{ id: KEY_ID, token: 'a-value-that-is-long-enough-0123456789' }] }]),
  listEnvironments: [environmentNode()],
  apiKeys: connectionOf([keyNode()]),
  rotateApiKey: { newApiKey: keyNode({ id: OTHER_ID }), oldApiKey: keyNode({ expireAt: '2026-01-02T03:04:05Z' }) },
  updateApiKey: keyNode(),
  revokeApiKey: keyNode(),
  createScopedApiKey: keyNode(),
  apiKeyScope: SCOPES,
  availableScopes: SCOPES,
  eventLogs: connectionOf([event()]),
};

test.each(CALLS)('%s understands the truth', async (_name, call) => {
  const { api, auth } = clientOver(data(TRUTH));
  await expect(call(api, auth)).resolves.toBeDefined();
});

/** Puts `garbage` in place of one part of the value, chosen by `pick`. */
function breakOne(value: unknown, garbage: unknown, pick: number): unknown {
  const places: string[][] = [];
  const walk = (part: unknown, path: string[]): void => {
    places.push(path);
    if (typeof part === 'object' && part !== null) for (const [name, item] of Object.entries(part)) walk(item, [...path, name]);
  };
  walk(value, []);
  const target = places[pick % places.length] ?? [];
  const rebuild = (part: unknown, path: readonly string[]): unknown => {
    const [name, ...rest] = path;
    if (name === undefined) return garbage;
    if (Array.isArray(part)) return part.map((item: unknown, index) => (String(index) === name ? rebuild(item, rest) : item));
    return { ...(part as object), [name]: rebuild((part as Record<string, unknown>)[name], rest) };
  };
  return rebuild(value, target);
}

describe('whatever the server answers, a call resolves or is told in words', () => {
  const outcome = async (call: (api: StiggApi, auth: Secret) => Promise<unknown>, reply: (token: string) => Reply): Promise<void> => {
    let token = '';
    const { api, auth, log } = clientOver((request) => reply(token)(request));
    token = auth.reveal();
    const end: unknown = await call(api, auth).catch((error: unknown) => error);
    if (end instanceof Error) expect(end).toBeInstanceOf(ExpectedError);
    if (end instanceof ExpectedError) expect(end.full.length).toBeLessThan(1_000);
    expect(`${inspect(end, { depth: 20 })}${JSON.stringify(end)}${log.join('\n')}`).not.toContain(token);
  };
  const anyCall = fc.constantFrom(...CALLS).map(([, call]) => call);

  test('any JSON at all', async () => {
    await fc.assert(
      fc.asyncProperty(anyCall, fc.jsonValue(), fc.constantFrom(200, 201, 204 + 1, 400, 401, 403, 404, 418, 429, 500), (call, value, status) => outcome(call, () => json(value, status))),
      { numRuns: 150 },
    );
  });

  test('any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyCall, fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 200, max: 599 }), (call, bytes, status) =>
        outcome(call, () => () => new Response([204, 205, 304].includes(status) ? null : Buffer.from(bytes), { status })),
      ),
      { numRuns: 150 },
    );
  });

  test('the truth with one part broken', async () => {
    const garbage = fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom(null, '', 0, -1, 1e308, [], {}, [null], '9999-99-99T99:99:99Z', '2026-01-01', '../../etc', '__proto__', '\u202e\u0000\n', 'x'.repeat(100_000)));
    await fc.assert(
      fc.asyncProperty(anyCall, garbage, fc.nat(), (call, junk, pick) => outcome(call, () => data(breakOne(TRUTH, junk, pick)))),
      { numRuns: 400 },
    );
  });

  test('the token echoed anywhere', async () => {
    await fc.assert(
      // Not into the one field that is a token: revealToken gives out what stands there, as a Secret.
      fc.asyncProperty(fc.constantFrom(...CALLS.filter(([name]) => name !== 'revealToken')).map(([, call]) => call), fc.nat(), fc.string({ maxLength: 10 }), (call, pick, around) =>
        outcome(call, (token) => data(breakOne(TRUTH, `${around}${token}${around}`, pick))),
      ),
      { numRuns: 300 },
    );
  });

  test('errors with anything in them', async () => {
    const part = fc.oneof(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(anyCall, part, part, part, fc.constantFrom(200, 400, 401, 403, 409, 500), (call, message, code, traceId, status) =>
        outcome(call, (token) => json({ errors: [{ message: typeof message === 'string' ? `${message}${token}` : message, path: code, extensions: { code, traceId, currentIdentityType: message } }] }, status)),
      ),
      { numRuns: 200 },
    );
  });
});

describe('fields', () => {
  test.each<[string, object]>([
    ['no id', { id: undefined }],
    ['an id that is a path', { id: '../x' }],
    ['an id with a slash', { id: 'a/b' }],
    ['a very long id', { id: 'a'.repeat(101) }],
    ['another environment', { environmentId: OTHER_ID }],
    ['no date of birth', { createdAt: null }],
    ['a bad date', { createdAt: '2026-13-45T99:00:00Z' }],
    ['a date as a number', { createdAt: 1_700_000_000 }],
    ['a date in words', { createdAt: 'yesterday' }],
    ['a bad expiry', { expireAt: 'soon' }],
    ['an expiry of another kind', { expireAt: false }],
    ['no name', { displayName: null }],
    ['a type that is no type', { keyType: 'server key' }],
    ['a description of another kind', { description: 7 }],
  ])('a key with %s is not Stigg’s', async (_what, change) => {
    const { api, auth } = clientOver(data({ apiKeys: connectionOf([keyNode(), keyNode(change)]) }));
    await expectedError(api.listKeys(auth, ENVIRONMENT_ID), 'notStigg');
  });

  test('what is newer than this version is treated with care', async () => {
    const { api, auth } = clientOver(data({ apiKeys: connectionOf([keyNode({ keyType: 'HUBSPOT' })]) }));
    expect(await api.listKeys(auth, ENVIRONMENT_ID)).toMatchObject([{ type: 'WORKFLOW' }]);
    const environments = clientOver(data({ environments: connectionOf([environmentNode({ type: 'PREVIEW', color: 'url(x)' })]) }));
    expect(await environments.api.environmentOf(environments.auth)).toMatchObject({ type: 'PRODUCTION', color: null });
    const scopes = clientOver(data({ apiKeyScope: [{ resource: 'INVOICE', action: 'READ' }, ...SCOPES] }));
    expect(await scopes.api.keyScopes(scopes.auth, REF)).toEqual(SCOPES);
  });

  test('names are one line, bounded, and hold no token', async () => {
    const token = newToken('server', ENVIRONMENT_ID);
    const names = ['a\nb\u0000c', 'x'.repeat(5_000), '\u202eevil', token, '   '];
    const { api, auth } = clientOver(data({ apiKeys: connectionOf(names.map((displayName, index) => keyNode({ id: `key-${String(index)}`, displayName, description: displayName }))) }));
    const keys = await api.listKeys(auth, ENVIRONMENT_ID);
    expect(keys[0]?.displayName).toBe('a b c');
    expect(keys[1]?.displayName).toHaveLength(200);
    expect(keys[2]?.displayName).toBe('evil');
    expect(JSON.stringify(keys)).not.toContain(token);
    expect(keys[4]).toMatchObject({ displayName: '(no name)', description: null });
  });

  test.each<[object | null, string]>([
    [{ type: 'SCOPED_KEY', scopedKeyName: 'ci', name: 'x' }, 'ci'],
    [{ type: 'USER', name: null, email: 'dana@example.com' }, 'dana@example.com'],
    [{ type: 'APP_SERVER' }, 'Full access key'],
    [{ type: 'SUPPORT' }, 'Stigg support'],
    [{ type: 'SCHEDULER' }, 'Stigg'],
    [{ type: 'STRIPE' }, 'An integration'],
    [{ type: 'MARTIAN' }, 'Unknown'],
    [{}, 'Unknown'],
    [null, 'Unknown'],
  ])('the actor %j is told as %s', async (actor, words) => {
    const { api, auth } = clientOver(data({ eventLogs: connectionOf([event({ actor })], 'next') }));
    expect(await api.keyActivity(auth, REF, null)).toMatchObject({ items: [{ actor: words }], nextCursor: 'next' });
  });

  test.each<[string, object]>([
    ['another environment', { environmentId: OTHER_ID }],
    ['another key', { entityId: OTHER_ID }],
    ['another matter', { eventLogType: 'CUSTOMER_CREATED' }],
  ])('an event of %s is not what was asked for', async (_what, change) => {
    const { api, auth } = clientOver(data({ eventLogs: connectionOf([event(change)]) }));
    await expectedError(api.keyActivity(auth, REF, null), 'notStigg');
  });

  test('an activity cursor that stays the same ends the list', async () => {
    const { api, auth } = clientOver(data({ eventLogs: connectionOf([event({ entityId: null })], 'same') }));
    expect(await api.keyActivity(auth, REF, 'same')).toMatchObject({ nextCursor: null });
  });
});

describe('cleanText', () => {
  test('keeps no token of any known shape, nor a part of one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }), fc.boolean(), fc.integer({ min: 1, max: 300 }), (before, after, legacy, max) => {
        const token = legacy ? newLegacyToken(ENVIRONMENT_ID) : newToken('server', ENVIRONMENT_ID);
        const clean = cleanText(`${before}${token}${after}`, max);
        expect(clean).not.toContain(token.slice(0, 24));
        expect(Array.from(clean).length).toBeLessThanOrEqual(max);
        // eslint-disable-next-line no-control-regex
        expect(clean).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
