import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemTiming, type Timing } from '../../../src/keys/graphql/timing.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { Secret } from '../../../src/secret.js';
import { startSandbox, type FaultRequest, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { expectedError } from '../keys/graphqlApiHelpers.js';
import { ask, at, idOf, named, rest } from './helpers.js';

const UNTIL = new Date(Date.now() + 3_600_000);

let sandbox: Sandbox;
let production: SeededEnvironment;
let api: StiggApi;
let auth: Secret;
beforeEach(async () => {
  sandbox = await startSandbox();
  production = at(sandbox, 0);
  // No jitter: retries follow at once.
  api = createGraphqlApi({ endpoint: sandbox.url, fetch, random: () => 0 });
  auth = new Secret(production.fullAccess);
});
afterEach(() => sandbox.close());

/** A client whose first timeout runs out as soon as the request has arrived: nobody waits, however busy the machine. */
function impatient(): StiggApi {
  let first = true;
  const clock: Timing = {
    now: () => Date.now(),
    schedule: (ms, callback) => {
      if (!first) return systemTiming.schedule(ms, callback);
      first = false;
      const timer = setInterval(() => {
        if (sandbox.requests.length === 0) return;
        clearInterval(timer);
        callback();
      }, 2);
      return () => {
        clearInterval(timer);
      };
    },
  };
  return createGraphqlApi({ endpoint: sandbox.url, fetch, random: () => 0, clock });
}

const rotate = () => api.rotateKey(auth, { environmentId: production.id, id: idOf(sandbox, production.publishable) }, UNTIL);
const publishableKeys = (): number => sandbox.keys(production.id).filter((key) => key.type === 'CLIENT').length;

describe('the client against each fault, over real connections', () => {
  test.each<[FaultRequest, string, boolean]>([
    [{ status: 401 }, 'unauthenticated', false],
    [{ status: 403 }, 'forbidden', false],
    [{ status: 409 }, 'conflict', false],
    [{ status: 429, retryAfter: 100 }, 'rateLimited', false],
    [{ status: 500 }, 'outcomeUnknown', false],
    [{ status: 503, code: null }, 'outcomeUnknown', false],
    [{ status: 200, code: 'ApiKeyNotFound' }, 'notFound', false],
    [{ kind: 'hang' }, 'outcomeUnknown', false],
    [{ kind: 'cut-before' }, 'outcomeUnknown', false],
    [{ kind: 'cut-after' }, 'outcomeUnknown', true],
    [{ kind: 'html' }, 'outcomeUnknown', false],
    [{ kind: 'redirect' }, 'notStigg', false],
    [{ kind: 'lie' }, 'outcomeUnknown', true],
    [{ kind: 'lie', data: { rotateApiKey: 7 } }, 'outcomeUnknown', true],
    [{ kind: 'invalid-json' }, 'outcomeUnknown', true],
    [{ kind: 'huge-body' }, 'outcomeUnknown', true],
  ])('a rotation that meets %j', async (fault, code, happened) => {
    sandbox.fail({ operation: 'RotateApiKey', ...fault });
    const client = fault.kind === 'hang' ? impatient() : api;
    const key = { environmentId: production.id, id: idOf(sandbox, production.publishable) };
    await expectedError(client.rotateKey(auth, key, UNTIL), code);
    expect(publishableKeys()).toBe(happened ? 2 : 1);
    expect(sandbox.requests.filter((request) => request.operation === 'RotateApiKey')).toHaveLength(1);
  });

  test('a throttled rotation goes through at the second try', async () => {
    sandbox.fail({ operation: 'RotateApiKey', status: 429, retryAfter: 0 });
    await rotate();
    expect(publishableKeys()).toBe(2);
  });

  test.each<FaultRequest>([{ status: 503 }, { status: 429 }, { kind: 'cut-before' }, { kind: 'cut-after' }, { kind: 'hang' }])('a list that meets %j goes through at the second try', async (fault) => {
    sandbox.fail({ operation: 'ListKeys', ...fault });
    const client = fault.kind === 'hang' ? impatient() : api;
    expect(await client.listKeys(auth, production.id)).toHaveLength(production.all.length);
    expect(sandbox.requests.filter((request) => request.operation === 'ListKeys')).toHaveLength(2);
  });

  test('a list that is lied to', async () => {
    sandbox.fail({ operation: 'ListKeys', kind: 'lie' });
    await expectedError(api.listKeys(auth, production.id), 'notStigg');
  });

  test('nobody there', async () => {
    const { url } = sandbox;
    await sandbox.close();
    const client = createGraphqlApi({ endpoint: url, fetch, random: () => 0 });
    const error = await expectedError(client.listKeys(auth, production.id), 'unreachable');
    expect(error.message).toContain('ECONNREFUSED');
    await expectedError(client.rotateKey(auth, { environmentId: production.id, id: production.id }, UNTIL), 'unreachable');
    sandbox = await startSandbox();
  });

  test('a redirect is not followed: the key stays here', async () => {
    const other = await startSandbox();
    try {
      sandbox.fail({ kind: 'redirect', status: 307, location: `${other.url}/graphql` });
      const error = await expectedError(api.listKeys(auth, production.id), 'notStigg');
      expect(error.message).toContain(new URL(other.url).host);
      expect(other.requests).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('faults', () => {
  test('come in order, for the operation and key they name, as often as told', async () => {
    const PROBE = 'query Probe { sdkConfiguration { showWatermark } }';
    const keyId = idOf(sandbox, production.publishable);
    sandbox.fail({ operation: 'Probe', status: 500, times: 2 });
    sandbox.fail({ keyId, status: 429, times: null });
    expect(await ask(sandbox.url, production.fullAccess, PROBE)).toMatchObject({ status: 500 });
    expect(await ask(sandbox.url, production.fullAccess, PROBE)).toMatchObject({ status: 500 });
    expect(await ask(sandbox.url, production.fullAccess, PROBE)).toMatchObject({ status: 200 });
    for (let n = 0; n < 3; n++) expect(await ask(sandbox.url, production.publishable, PROBE)).toMatchObject({ status: 429, code: 'RateLimitExceeded' });
    sandbox.clearFaults();
    expect(await ask(sandbox.url, production.publishable, PROBE)).toMatchObject({ status: 200 });
  });

  test('reach REST as well, in its own form', async () => {
    sandbox.fail({ operation: 'GET /api/v1/customers', status: 403, message: 'not today' });
    expect(await rest(sandbox.url, production.fullAccess, '/api/v1/customers')).toEqual({ status: 403, body: { error: { code: 'AccessDeniedError', message: 'not today' } } });
  });

  test('may only be slow', async () => {
    sandbox.fail({ kind: 'slow', ms: 20 });
    expect(await rest(sandbox.url, production.fullAccess, '/api/v1/customers/customer-001')).toMatchObject({ status: 200 });
  });
});

test('the log of requests knows operations, keys and statuses, and no token', async () => {
  await api.listKeys(auth, production.id);
  await api.probe(new Secret('server-unknown-to-everybody'));
  await rest(sandbox.url, named(production, 'analytics').token, '/api/v1/customers/customer-001');
  expect(sandbox.requests).toMatchObject([
    { operation: 'ListKeys', keyId: idOf(sandbox, production.fullAccess), status: 200 },
    { operation: 'Probe', keyId: null, status: 401 },
    { operation: 'GET /api/v1/customers/{id}', keyId: named(production, 'analytics').id, status: 200 },
  ]);
  const text = JSON.stringify(sandbox.requests);
  for (const key of sandbox.keys()) expect(text).not.toContain(key.token);
});
