import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { ACME, GLOBEX, startSandbox, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { expectedError } from './graphqlApiHelpers.js';

// The client against the sandbox, over real HTTP: what a whole answer looks like.

const HOUR = 3_600_000;

let sandbox: Sandbox;
let api: StiggApi;
const log: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ accounts: [ACME, GLOBEX] });
  api = createGraphqlApi({ endpoint: sandbox.url, fetch, random: () => 0, log: (line) => log.push(line) });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.clearFaults();
});

function environment(index = 0): SeededEnvironment {
  const found = sandbox.environments[index];
  if (found === undefined) throw new Error('no such environment');
  return found;
}
const full = (index = 0): Secret => new Secret(environment(index).fullAccess);
function scopedNamed(name: string, index = 0): { id: string; token: string } {
  const found = environment(index).scoped.find((key) => key.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}
function idOf(token: string): string {
  const key = sandbox.keys().find((candidate) => candidate.token === token);
  if (key === undefined) throw new Error('no such key');
  return key.id;
}

describe('environmentOf', () => {
  test.each([0, 1, 2, 3])('recognises environment %i by its full access key', async (index) => {
    const { id, slug, name, type, account } = environment(index);
    expect(await api.environmentOf(full(index))).toMatchObject({ id, slug, displayName: name, type, isSandbox: type !== 'PRODUCTION', account: { id: account.id, displayName: account.name } });
  });

  test('falls back to the list without accounts for a scoped key', async () => {
    const found = await api.environmentOf(new Secret(scopedNamed('ci-deployer').token));
    expect(found).toMatchObject({ id: environment().id, account: null });
  });

  test('tells a key without access to environments what it lacks', async () => {
    const error = await expectedError(api.environmentOf(new Secret(scopedNamed('billing-service').token)), 'forbidden');
    expect(error.nextStep).toContain('read access to environments');
  });

  test('tells a publishable key what it is', async () => {
    const error = await expectedError(api.environmentOf(new Secret(environment().publishable)), 'forbidden');
    expect(error.message).toContain('publishable key');
  });

  test.each(['own', 'account'] as const)('with environments seen: %s', async (environmentsSeen) => {
    const other = await startSandbox({ environmentsSeen });
    try {
      const client = createGraphqlApi({ endpoint: other.url, fetch });
      for (const { id, fullAccess } of other.environments) expect((await client.environmentOf(new Secret(fullAccess))).id).toBe(id);
    } finally {
      await other.close();
    }
  });
});

describe('keys', () => {
  test('lists all of them, without tokens, expired ones included', async () => {
    const keys = await api.listKeys(full(), environment().id);
    expect(keys.map((key) => key.id).sort()).toEqual(environment().all.map((key) => key.id).sort());
    expect(keys.some((key) => key.expireAt !== null && key.expireAt < sandbox.clock.now())).toBe(true);
    expect(JSON.stringify(keys)).not.toContain(environment().fullAccess);
  });

  test('pages through hundreds', async () => {
    const large = await startSandbox({ accounts: [{ name: 'Large', environments: [{ name: 'Production', type: 'PRODUCTION', extraKeys: 230 }] }] });
    try {
      const [only] = large.environments;
      if (only === undefined) throw new Error('no environment');
      const keys = await createGraphqlApi({ endpoint: large.url, fetch }).listKeys(new Secret(only.fullAccess), only.id);
      expect(new Set(keys.map((key) => key.id)).size).toBe(238);
      expect(large.requests.filter((request) => request.operation === 'ListKeys')).toHaveLength(5);
    } finally {
      await large.close();
    }
  });

  test('reveals one token, asked for by id', async () => {
    const { id, token } = scopedNamed('analytics');
    expect((await api.revealToken(full(), { environmentId: environment().id, id })).reveal()).toBe(token);
  });

  test('says so when Stigg masks the value', async () => {
    const masking = await startSandbox({ scopedKeysReadTokens: false });
    try {
      const [first] = masking.environments;
      const deployer = first?.scoped.find((key) => key.name === 'ci-deployer');
      if (first === undefined || deployer === undefined) throw new Error('no key');
      const client = createGraphqlApi({ endpoint: masking.url, fetch });
      await expectedError(client.revealToken(new Secret(deployer.token), { environmentId: first.id, id: deployer.id }), 'forbidden');
    } finally {
      await masking.close();
    }
  });

  test('the whole life: rotate, change the grace period, revoke', async () => {
    const { id: environmentId, publishable } = environment(1);
    const key = { environmentId, id: idOf(publishable) };
    const until = new Date(sandbox.clock.now().getTime() + 24 * HOUR);
    const { newKey, oldKey } = await api.rotateKey(full(1), key, until);
    expect(newKey).toMatchObject({ type: 'CLIENT', expireAt: null, environmentId });
    expect(oldKey?.expireAt).toEqual(until);

    const sooner = new Date(sandbox.clock.now().getTime() + HOUR);
    expect((await api.updateKey(full(1), key, { expireAt: sooner })).expireAt).toEqual(sooner);
    expect(await api.probe(new Secret(publishable))).toBe('valid');

    const revoked = await api.revokeKey(full(1), key);
    expect(revoked.expireAt?.getTime()).toBeLessThanOrEqual(sandbox.clock.now().getTime());
    expect(await api.probe(new Secret(publishable))).toBe('invalid');

    const fresh = await api.revealToken(full(1), { environmentId, id: newKey.id });
    expect(fresh.shape.kind).toBe('client');
    expect(await api.probe(fresh)).toBe('valid');

    const { items, nextCursor } = await api.keyActivity(full(1), key, null);
    expect(items.map((event) => event.type)).toEqual(['API_KEY_REVOKED', 'API_KEY_UPDATED', 'API_KEY_ROTATED', 'API_KEY_CREATED']);
    expect(items[0]?.actor).toBe('Full access key');
    expect(nextCursor).toBeNull();
  });

  test('a grace period ends by the clock', async () => {
    const { expiring } = environment(3);
    expect(await api.probe(new Secret(expiring))).toBe('valid');
    sandbox.clock.advance(21 * HOUR);
    expect(await api.probe(new Secret(expiring))).toBe('invalid');
    sandbox.clock.advance(-21 * HOUR);
  });

  test('creates, renames and reads scoped keys', async () => {
    const environmentId = environment().id;
    const scopes = [{ resource: 'CUSTOMER', action: 'WRITE' }] as const;
    const made = await api.createScopedKey(full(), { environmentId, displayName: 'import job', description: 'nightly', scopes });
    expect(made).toMatchObject({ type: 'SCOPED', displayName: 'import job', description: 'nightly', expireAt: null });
    const key = { environmentId, id: made.id };
    expect(await api.keyScopes(full(), key)).toEqual(scopes);
    const wider = [...scopes, { resource: 'COUPON', action: 'READ' }] as const;
    expect(await api.updateKey(full(), key, { displayName: 'import', scopes: wider })).toMatchObject({ displayName: 'import' });
    expect(await api.keyScopes(full(), key)).toEqual(wider);
    expect(await api.availableScopes(full())).toHaveLength(11);
  });

  test.each([
    ['an unknown key', () => api.revokeKey(full(), { environmentId: environment().id, id: crypto.randomUUID() }), 'notFound', 'does not know this key'],
    ['a default key that was not rotated', () => api.revokeKey(full(), { environmentId: environment().id, id: idOf(environment().fullAccess) }), 'badRequest', 'rotated before'],
    ['a key already on its way out', () => api.rotateKey(full(), { environmentId: environment().id, id: idOf(environment().expiring) }, new Date()), 'conflict', 'on its way out'],
    ['an expired key', () => api.rotateKey(full(), { environmentId: environment().id, id: idOf(environment().expired) }, new Date()), 'conflict', 'expired'],
    ['a key without the scope', () => api.listKeys(new Secret(scopedNamed('billing-service').token), environment().id), 'forbidden', '403'],
    ['a read-only key that wants to change', () => api.revokeKey(new Secret(scopedNamed('analytics').token), { environmentId: environment().id, id: idOf(environment().fullAccess) }), 'forbidden', '403'],
    ['an expired key as the signer', () => api.listKeys(new Secret(environment().expired), environment().id), 'unauthenticated', '401'],
    ['another environment', () => api.listKeys(full(), environment(1).id), 'forbidden', '403'],
  ])('refuses %s', async (_what, act, code, words) => {
    const error = await expectedError(act(), code);
    expect(error.message).toContain(words);
    expect(error.nextStep).toMatch(/trace id: [0-9a-f]{32}/);
  });

  test('a plan without scoped keys, and a role that is no owner', async () => {
    const limited = await startSandbox({
      accounts: [
        { ...GLOBEX, scopedKeys: false },
        { ...ACME, role: 'MEMBER' },
      ],
    });
    try {
      const [globex, acme] = limited.environments;
      if (globex === undefined || acme === undefined) throw new Error('no environments');
      const client = createGraphqlApi({ endpoint: limited.url, fetch });
      const scopes = [{ resource: 'CUSTOMER', action: 'READ' }] as const;
      await expectedError(client.createScopedKey(new Secret(globex.fullAccess), { environmentId: globex.id, displayName: 'x', scopes }), 'planLimit');
      const key = { environmentId: acme.id, id: limited.keys().find((candidate) => candidate.token === acme.publishable)?.id ?? '' };
      await expectedError(client.rotateKey(new Secret(acme.fullAccess), key, new Date()), 'forbidden');
      await expectedError(client.revealToken(new Secret(acme.fullAccess), key), 'forbidden');
    } finally {
      await limited.close();
    }
  });
});

describe('probe', () => {
  test.each([
    ['full access', () => environment().fullAccess, 'valid'],
    ['publishable', () => environment().publishable, 'valid'],
    ['scoped', () => scopedNamed('billing-service').token, 'valid'],
    ['legacy', () => environment(1).legacy ?? '', 'valid'],
    ['expired', () => environment().expired, 'invalid'],
    ['unknown', () => `${environment().fullAccess}0`, 'invalid'],
    ['not even a token', () => 'two words', 'unknown'],
  ])('%s key', async (_what, token, validity) => {
    expect(await api.probe(new Secret(token()))).toBe(validity);
  });
});

test('the log names operations and never holds a token', () => {
  expect(log.some((line) => line.includes('ListKeys'))).toBe(true);
  const text = log.join('\n');
  for (const key of sandbox.keys()) expect(text).not.toContain(key.token);
});
