import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tokenShape } from '../../../src/tokenShape.js';
import { ACME, GLOBEX, startSandbox, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { ask, at, idOf, named } from './helpers.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-03-01T12:00:00Z');
const ROTATE = 'mutation Rotate($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { newApiKey { id expireAt keyType displayName } oldApiKey { id expireAt } } }';
const REVOKE = 'mutation Revoke($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { id expireAt } }';
const UPDATE = 'mutation Update($input: UpdateApiKeyInput!) { updateApiKey(input: $input) { id displayName description expireAt } }';
const CREATE = 'mutation Create($input: CreateScopedApiKeyInput!) { createScopedApiKey(input: $input) { id keyType expireAt } }';
const PROBE = 'query Probe { sdkConfiguration { showWatermark } }';
const KEYS = 'query Keys($input: GetApiKeysInput!) { apiKeys(input: $input) { totalCount edges { cursor node { id displayName expireAt keyType } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }';

interface Connection {
  totalCount: number;
  edges: { cursor: string; node: { id: string; displayName: string; expireAt: string | null; keyType: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
}

let sandbox: Sandbox;
let production: SeededEnvironment;
beforeEach(async () => {
  sandbox = await startSandbox({ now: () => NOW, accounts: [ACME, GLOBEX] });
  production = at(sandbox, 0);
});
afterEach(() => sandbox.close());

async function keys(input: object = {}, token = production.fullAccess): Promise<Connection> {
  const reply = await ask(sandbox.url, token, KEYS, { input });
  expect(reply.code).toBeUndefined();
  return reply.data?.apiKeys as Connection;
}

test('seeds: the environments, two of one name, and keys of every kind', () => {
  expect(sandbox.environments.map(({ account, name, type }) => [account.name, name, type])).toEqual([
    ['Acme Inc', 'Production', 'PRODUCTION'],
    ['Acme Inc', 'Staging', 'DEVELOPMENT'],
    ['Acme Inc', 'Sandbox', 'SANDBOX'],
    ['Globex', 'Production', 'PRODUCTION'],
  ]);
  expect(production.all.map((key) => key.name).sort()).toEqual(['Full access key', 'Full access key', 'Publishable key', 'Salesforce integration', 'analytics', 'billing-service', 'ci-deployer', 'reporting']);
  expect(tokenShape(production.fullAccess)).toEqual({ kind: 'server', environmentId: production.id });
  expect(tokenShape(production.publishable)).toEqual({ kind: 'client', environmentId: production.id });
  expect(tokenShape(at(sandbox, 1).legacy ?? '')).toEqual({ kind: 'legacy', environmentId: at(sandbox, 1).id });
  expect(new Set(sandbox.keys().map((key) => key.token)).size).toBe(sandbox.keys().length);
});

describe('who may come in', () => {
  test.each<[string, () => string | undefined]>([
    ['nobody', () => undefined],
    ['an unknown key', () => 'nonsense'],
    ['an expired key', () => production.expired],
  ])('%s gets 401', async (_who, token) => {
    expect(await ask(sandbox.url, token(), PROBE)).toMatchObject({ status: 401, code: 'Unauthenticated' });
  });

  test('the header counts in any case, the content type counts before the key', async () => {
    expect(await ask(sandbox.url, undefined, PROBE, {}, { 'X-Api-Key': production.fullAccess })).toMatchObject({ status: 200 });
    expect(await ask(sandbox.url, production.fullAccess, PROBE, {}, { 'content-type': 'text/plain' })).toMatchObject({ status: 401 });
  });

  test('a key sees its own environment only', async () => {
    const reply = await ask(sandbox.url, production.fullAccess, '{ environments { edges { node { id } } } listEnvironments { id } currentEnvironment }');
    expect(reply.data).toEqual({ environments: { edges: [{ node: { id: production.id } }] }, listEnvironments: [{ id: production.id }], currentEnvironment: production.slug });
    expect(await ask(sandbox.url, production.fullAccess, KEYS, { input: { environmentId: at(sandbox, 1).id } })).toMatchObject({ status: 403, code: 'AccessDeniedError' });
    const foreign = named(at(sandbox, 1), 'analytics').id;
    expect(await ask(sandbox.url, production.fullAccess, REVOKE, { input: { id: foreign } })).toMatchObject({ code: 'ApiKeyNotFound' });
  });

  test('scopes are enforced, and write implies read', async () => {
    const analytics = named(production, 'analytics').token;
    const deployer = named(production, 'ci-deployer').token;
    const billing = named(production, 'billing-service').token;
    expect((await keys({}, analytics)).totalCount).toBeGreaterThan(0);
    expect((await keys({}, deployer)).totalCount).toBeGreaterThan(0);
    expect(await ask(sandbox.url, billing, KEYS, { input: {} })).toMatchObject({ status: 403, code: 'AccessDeniedError' });
    const id = idOf(sandbox, production.publishable);
    expect(await ask(sandbox.url, analytics, ROTATE, { input: { id } })).toMatchObject({ status: 403, code: 'AccessDeniedError' });
    expect(await ask(sandbox.url, deployer, ROTATE, { input: { id } })).toMatchObject({ status: 200, code: undefined });
  });

  test('a publishable key is the wrong identity, and nobody reads the account but the full access key', async () => {
    expect(await ask(sandbox.url, production.publishable, KEYS, { input: {} })).toMatchObject({ status: 403, code: 'IdentityForbidden' });
    expect(await ask(sandbox.url, production.publishable, PROBE)).toMatchObject({ status: 200 });
    expect(await ask(sandbox.url, production.fullAccess, '{ currentUser { id } }')).toMatchObject({ status: 403, code: 'IdentityForbidden' });
    expect(await ask(sandbox.url, named(production, 'ci-deployer').token, '{ environments { edges { node { account { id } } } } }')).toMatchObject({ status: 403 });
    expect(await ask(sandbox.url, production.fullAccess, '{ listEnvironments { signingToken } }')).toMatchObject({ code: 'AccessDeniedError' });
  });

  test('nonsense is refused as GraphQL servers do', async () => {
    expect(await ask(sandbox.url, production.fullAccess, '{ nope }')).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(await ask(sandbox.url, production.fullAccess, '{ {')).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
    expect(await ask(sandbox.url, production.fullAccess, REVOKE, { input: { id: 'no-uuid' } })).toMatchObject({ code: 'BadUserInput' });
    expect(await ask(sandbox.url, production.fullAccess, ROTATE, { input: { id: production.id, expirationDate: 'tomorrow' } })).toMatchObject({ code: 'BadUserInput' });
  });
});

describe('lists', () => {
  test('leave expired keys out unless told', async () => {
    expect((await keys()).totalCount).toBe(7);
    expect((await keys({ expirationFilter: { expiresAfter: '1970-01-01T00:00:00Z' } })).totalCount).toBe(8);
    expect((await keys({ expirationFilter: { expiresBefore: NOW.toISOString(), includeNeverExpires: false } })).edges.map((edge) => edge.node.displayName)).toEqual(['reporting']);
    expect((await keys({ expirationFilter: { includeNeverExpires: false } })).totalCount).toBe(1);
  });

  test('filter by name and type', async () => {
    expect((await keys({ displayNameContains: 'BILL' })).edges.map((edge) => edge.node.displayName)).toEqual(['billing-service']);
    expect((await keys({ keyTypes: ['CLIENT', 'SALESFORCE'] })).totalCount).toBe(2);
  });

  test('page forwards and backwards', async () => {
    const first = await keys({ paging: { first: 3 } });
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await keys({ paging: { first: 3, after: first.pageInfo.endCursor } });
    const third = await keys({ paging: { first: 3, after: second.pageInfo.endCursor } });
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const ids = [first, second, third].flatMap((page) => page.edges.map((edge) => edge.node.id));
    expect(new Set(ids).size).toBe(7);
    const back = await keys({ paging: { last: 3, before: third.pageInfo.startCursor } });
    expect(back.edges).toEqual(second.edges);
    expect(await ask(sandbox.url, production.fullAccess, KEYS, { input: { paging: { after: 'bogus' } } })).toMatchObject({ code: 'BadUserInput' });
  });
});

describe('rotation', () => {
  test('makes a key without expiry and lets the old one go on until its time', async () => {
    const id = idOf(sandbox, production.fullAccess);
    const until = new Date(NOW.getTime() + 24 * HOUR).toISOString();
    const reply = await ask(sandbox.url, production.fullAccess, ROTATE, { input: { id, expirationDate: until } });
    expect(reply.data).toMatchObject({ rotateApiKey: { newApiKey: { expireAt: null, keyType: 'SERVER', displayName: 'Full access key' }, oldApiKey: { id, expireAt: until } } });
    sandbox.clock.advance(24 * HOUR - 1);
    expect(await ask(sandbox.url, production.fullAccess, PROBE)).toMatchObject({ status: 200 });
    sandbox.clock.advance(1);
    expect(await ask(sandbox.url, production.fullAccess, PROBE)).toMatchObject({ status: 401 });
  });

  test.each([undefined, null, '2020-01-01T00:00:00Z'])('cuts the old key off at once for %j', async (expirationDate) => {
    const id = idOf(sandbox, production.publishable);
    await ask(sandbox.url, production.fullAccess, ROTATE, { input: { id, expirationDate } });
    expect(await ask(sandbox.url, production.publishable, PROBE)).toMatchObject({ status: 401 });
  });

  test.each<[string, () => string, string]>([
    ['an outgoing key', () => production.expiring, 'ApiKeyHasExpiry'],
    ['an expired key', () => production.expired, 'ApiKeyExpired'],
    ['a key of an integration', () => production.salesforce, 'InvalidArgumentError'],
  ])('refuses %s', async (_what, token, code) => {
    expect(await ask(sandbox.url, production.fullAccess, ROTATE, { input: { id: idOf(sandbox, token()) } })).toMatchObject({ status: 200, code });
  });

  test('refuses more than a year', async () => {
    const expirationDate = new Date(NOW.getTime() + 366 * 24 * HOUR).toISOString();
    expect(await ask(sandbox.url, production.fullAccess, ROTATE, { input: { id: idOf(sandbox, production.fullAccess), expirationDate } })).toMatchObject({ code: 'InvalidArgumentError' });
  });
});

describe('revocation', () => {
  test('is at once, and the key stays listed as expired', async () => {
    const { id, token } = named(production, 'analytics');
    expect(await ask(sandbox.url, production.fullAccess, REVOKE, { input: { id } })).toMatchObject({ status: 200, data: { revokeApiKey: { expireAt: NOW.toISOString() } } });
    expect(await ask(sandbox.url, token, PROBE)).toMatchObject({ status: 401 });
    expect((await keys({ expirationFilter: { expiresAfter: '1970-01-01T00:00:00Z' } })).edges.some((edge) => edge.node.id === id)).toBe(true);
    expect(await ask(sandbox.url, production.fullAccess, REVOKE, { input: { id } })).toMatchObject({ code: 'ApiKeyExpired' });
  });

  test('or the key vanishes, when told so', async () => {
    const vanishing = await startSandbox({ revokedKeysVanish: true });
    try {
      const environment = at(vanishing, 0);
      const { id } = named(environment, 'analytics');
      await ask(vanishing.url, environment.fullAccess, REVOKE, { input: { id } });
      const reply = await ask(vanishing.url, environment.fullAccess, KEYS, { input: { expirationFilter: { expiresAfter: '1970-01-01T00:00:00Z' } } });
      expect((reply.data?.apiKeys as Connection).edges.some((edge) => edge.node.id === id)).toBe(false);
    } finally {
      await vanishing.close();
    }
  });

  test('of a default key wants a rotation first', async () => {
    const input = { id: idOf(sandbox, production.fullAccess) };
    expect(await ask(sandbox.url, production.fullAccess, REVOKE, { input })).toMatchObject({ code: 'InvalidArgumentError' });
    await ask(sandbox.url, production.fullAccess, ROTATE, { input: { ...input, expirationDate: new Date(NOW.getTime() + HOUR).toISOString() } });
    expect(await ask(sandbox.url, production.fullAccess, REVOKE, { input })).toMatchObject({ code: undefined });
    expect(await ask(sandbox.url, production.fullAccess, PROBE)).toMatchObject({ status: 401 });
    expect(await ask(sandbox.url, named(production, 'ci-deployer').token, REVOKE, { input: { id: idOf(sandbox, production.salesforce) } })).toMatchObject({ code: 'InvalidArgumentError' });
  });
});

describe('changes', () => {
  const update = (input: object) => ask(sandbox.url, production.fullAccess, UPDATE, { input });

  test('of a grace period', async () => {
    const id = idOf(sandbox, production.expiring);
    const later = new Date(NOW.getTime() + 72 * HOUR).toISOString();
    expect(await update({ id, expireAt: later })).toMatchObject({ data: { updateApiKey: { expireAt: later } } });
    expect(await update({ id: idOf(sandbox, production.fullAccess), expireAt: later })).toMatchObject({ code: 'InvalidArgumentError' });
    expect(await update({ id: idOf(sandbox, production.expired), expireAt: later })).toMatchObject({ code: 'ApiKeyExpired' });
    await update({ id, expireAt: '2020-01-01T00:00:00Z' });
    expect(await ask(sandbox.url, production.expiring, PROBE)).toMatchObject({ status: 401 });
  });

  test('of names and scopes: scoped keys only', async () => {
    const { id, token } = named(production, 'billing-service');
    expect(await update({ id, displayName: 'billing', description: 'new' })).toMatchObject({ data: { updateApiKey: { displayName: 'billing', description: 'new' } } });
    expect(await update({ id: idOf(sandbox, production.fullAccess), displayName: 'mine' })).toMatchObject({ code: 'InvalidArgumentError' });
    expect(await update({ id, scopes: [] })).toMatchObject({ code: 'InvalidArgumentError' });
    expect(await update({ id, scopes: [{ resource: 'EVENT_QUEUE', action: 'WRITE' }] })).toMatchObject({ code: 'InvalidArgumentError' });
    expect(await ask(sandbox.url, token, KEYS, { input: {} })).toMatchObject({ status: 403 });
    await update({ id, scopes: [{ resource: 'API_KEY', action: 'READ' }] });
    expect(await ask(sandbox.url, token, KEYS, { input: {} })).toMatchObject({ status: 200 });
  });

  test('of the environment: hardened client access', async () => {
    const reply = await ask(sandbox.url, production.fullAccess, 'mutation Harden($input: UpdateOneEnvironmentInput!) { updateOneEnvironment(input: $input) { hardenClientAccessEnabled } }', {
      input: { id: production.id, update: { hardenClientAccessEnabled: false } },
    });
    expect(reply.data).toEqual({ updateOneEnvironment: { hardenClientAccessEnabled: false } });
  });

  test('new scoped keys, where the plan has them', async () => {
    const input = { environmentId: production.id, displayName: 'new', scopes: [{ resource: 'CUSTOMER', action: 'READ' }] };
    expect(await ask(sandbox.url, production.fullAccess, CREATE, { input })).toMatchObject({ data: { createScopedApiKey: { keyType: 'SCOPED', expireAt: null } } });
    const limited = await startSandbox({ accounts: [{ ...GLOBEX, scopedKeys: false }] });
    try {
      const environment = at(limited, 0);
      expect(environment.scoped).toEqual([]);
      expect(await ask(limited.url, environment.fullAccess, CREATE, { input: { ...input, environmentId: environment.id } })).toMatchObject({ code: 'NoFeatureEntitlementError' });
    } finally {
      await limited.close();
    }
  });
});

test('the activity log tells who did what, newest first', async () => {
  const { id, token } = named(production, 'ci-deployer');
  const target = named(production, 'analytics').id;
  sandbox.clock.advance(1_000);
  await ask(sandbox.url, token, UPDATE, { input: { id: target, displayName: 'numbers' } });
  sandbox.clock.advance(1_000);
  await ask(sandbox.url, production.fullAccess, REVOKE, { input: { id: target } });
  const reply = await ask(
    sandbox.url,
    production.fullAccess,
    'query Log($filter: EventLogFilter) { eventLogs(filter: $filter) { edges { node { eventLogType entityId entityType createdAt actor { type name scopedKeyId } } } } }',
    { filter: { entityId: { eq: target }, environmentId: { eq: production.id }, eventLogType: { in: ['API_KEY_UPDATED', 'API_KEY_REVOKED'] } } },
  );
  expect(reply.data).toEqual({
    eventLogs: {
      edges: [
        { node: { eventLogType: 'API_KEY_REVOKED', entityId: target, entityType: null, createdAt: '2026-03-01T12:00:02.000Z', actor: { type: 'APP_SERVER', name: 'Full access key', scopedKeyId: null } } },
        { node: { eventLogType: 'API_KEY_UPDATED', entityId: target, entityType: null, createdAt: '2026-03-01T12:00:01.000Z', actor: { type: 'SCOPED_KEY', name: null, scopedKeyId: id } } },
      ],
    },
  });
});

test('without the role of an owner nothing changes and values are masked', async () => {
  const members = await startSandbox({ accounts: [{ ...ACME, role: 'MEMBER' }] });
  try {
    const environment = at(members, 0);
    expect(await ask(members.url, environment.fullAccess, ROTATE, { input: { id: idOf(members, environment.publishable) } })).toMatchObject({ status: 403, code: 'AccessDeniedError' });
    const reply = await ask(members.url, environment.fullAccess, '{ environments { edges { node { apiKeys { token } } } } }');
    expect(reply.code).toBeUndefined();
    const text = JSON.stringify(reply.data);
    for (const key of members.keys()) expect(text).not.toContain(key.token);
  } finally {
    await members.close();
  }
});
