import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gather, type GatherDeps } from '../../../src/diagnose/gather.js';
import { diagnose, type Diagnosis } from '../../../src/diagnose/judge.js';
import { report } from '../../../src/diagnose/report.js';
import type { InspectedRequest } from '../../../src/diagnose/request.js';
import type { Symptom } from '../../../src/diagnose/symptom.js';
import { CancelledError } from '../../../src/errors.js';
import { enrolManagementKey, keepKey } from '../../../src/keys/enrol.js';
import { createGraphqlApi } from '../../../src/keys/graphqlApi.js';
import type { StiggApi } from '../../../src/keys/stiggApi.js';
import { managementKeyOf, storedKeyOf } from '../../../src/keys/storedKey.js';
import type { StoredKey } from '../../../src/keys/vault.js';
import { Secret } from '../../../src/secret.js';
import { startSandbox, type FaultRequest, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { newToken } from '../../sandbox/tokens.js';
import { MemoryVault } from '../keys/support/memory.js';
import { request } from './support.js';

// The checks against a Stigg that answers over real HTTP, with keys from a vault.

const HOUR = 3_600_000;
let stigg: Sandbox;
let api: StiggApi;
let vault: MemoryVault;
let deps: GatherDeps;

/** The client's clock: pauses have no length, and an answer is waited for a moment only. */
const impatient = {
  now: (): number => Date.now(),
  schedule: (ms: number, callback: () => void): (() => void) => {
    const timer = setTimeout(callback, ms > 10_000 ? 400 : 0);
    return () => { clearTimeout(timer); };
  },
};

beforeAll(async () => {
  stigg = await startSandbox();
  api = createGraphqlApi({ endpoint: stigg.url, fetch: globalThis.fetch, clock: impatient, random: () => 0 });
});
afterAll(() => stigg.close());
beforeEach(async () => {
  stigg.clearFaults();
  stigg.clock.set(new Date());
  vault = new MemoryVault();
  deps = { api, vault, now: () => stigg.clock.now() };
  await enrolManagementKey({ api, vault, now: deps.now }, new Secret(seed().fullAccess));
});

function seed(name = 'Production'): SeededEnvironment {
  const found = stigg.environments.find((environment) => environment.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

const management = async (): Promise<StoredKey> => {
  const key = managementKeyOf(await vault.list(), seed().id);
  if (key === undefined) throw new Error('no management key');
  return key;
};

/** Keeps a token as one of the environment's keys, as "Store Key" does. */
async function keep(token: string): Promise<StoredKey> {
  return (await keepKey({ api, vault, now: deps.now }, new Secret(token))).stored;
}

/** Puts an index entry before another value: what a key that was mixed up, or went bad, looks like. */
async function swapValue(key: StoredKey, token: string): Promise<void> {
  await vault.save(key, new Secret(token));
}

interface Asked {
  readonly symptom: Symptom;
  readonly key?: StoredKey;
  readonly request?: InspectedRequest;
  readonly signal?: AbortSignal;
}

async function ask({ symptom, key, request: asked, signal }: Asked): Promise<Diagnosis & { readonly text: string; readonly outcome: Readonly<Record<string, string>> }> {
  const chosen = key ?? (await management());
  const environment = (await management()).manages;
  const facts = await gather(deps, { symptom, environment, key: chosen, stored: await vault.list(), request: asked ?? null, used: { ok: true, value: [] } }, signal);
  const diagnosis = diagnose(facts, { hasOtherEnvironments: false });
  const text = report(diagnosis, { host: new URL(stigg.url).host, version: '0.0.0' });
  for (const { token } of stigg.keys()) expect(text + JSON.stringify(diagnosis)).not.toContain(token);
  return { ...diagnosis, text, outcome: Object.fromEntries(diagnosis.checks.map(({ id, outcome }) => [id, outcome])) };
}

const cause = ({ main }: Diagnosis): string => `${main.certainty} ${main.cause}`;
const fail = (fault: FaultRequest): void => { stigg.fail({ times: null, ...fault }); };

describe('401', () => {
  test('a key that works', async () => {
    const answer = await ask({ symptom: '401', request: request() });
    expect(cause(answer)).toBe('likely otherValueSent');
    expect(answer.outcome).toMatchObject({ stored: 'here', prefix: 'server', accepted: 'yes', expiry: 'none', rotation: 'current', environment: 'same' });
  });

  test('a wrong key', async () => {
    await swapValue(await management(), newToken('server', seed().id));
    const answer = await ask({ symptom: '401' });
    expect(cause(answer)).toBe('found keyRefused');
    // Nobody else can ask Stigg about it, and that is said.
    expect(answer.outcome).toMatchObject({ accepted: 'no', expiry: 'unknown', rotation: 'unknown', environment: 'unknown' });
    expect(answer.text).toContain('does not accept the key that is stored to ask it');
  });

  test('a key that expired', async () => {
    const key = await keep(seed().expiring);
    stigg.clock.advance(21 * HOUR);
    const answer = await ask({ symptom: '401', key });
    expect(answer.outcome).toMatchObject({ accepted: 'no', expiry: 'over' });
    // The sandbox's activity log has its rotation.
    expect(cause(answer)).toBe('found keyEnded');
  });

  test('a scoped key that expired without a rotation', async () => {
    const [listed] = (await api.listKeys(new Secret(seed().fullAccess), seed().id)).filter(({ displayName }) => displayName === 'reporting');
    if (listed === undefined) throw new Error('no expired key');
    const key = storedKeyOf(listed, new Secret(seed().expired));
    await vault.save(key, new Secret(seed().expired));
    const answer = await ask({ symptom: '401', key });
    expect(cause(answer)).toBe('found keyExpired');
    expect(answer.outcome).toMatchObject({ accepted: 'no', expiry: 'over' });
  });

  test('a key that is about to expire still works, and that is said', async () => {
    const answer = await ask({ symptom: '401-rotation', key: await keep(seed().expiring) });
    expect(cause(answer)).toBe('likely keyOutgoing');
    expect(answer.outcome).toMatchObject({ accepted: 'yes', expiry: 'running', rotation: 'outgoing' });
    expect(answer.main.why).toMatch(/ends at \d{4}-/);
  });

  test('a key that was revoked', async () => {
    const made = await api.createScopedKey(new Secret(seed().fullAccess), { environmentId: seed().id, displayName: 'short-lived', scopes: [{ resource: 'CUSTOMER', action: 'READ' }] });
    const secret = await api.revealToken(new Secret(seed().fullAccess), made);
    const key = storedKeyOf(made, secret);
    await vault.save(key, secret);
    await api.revokeKey(new Secret(seed().fullAccess), made);
    stigg.clock.advance(1_000);
    const answer = await ask({ symptom: '401', key });
    expect(answer.main.certainty).toBe('found');
    expect(answer.outcome.accepted).toBe('no');
  });

  test('since a rotation, with the new key stored', async () => {
    expect(cause(await ask({ symptom: '401-rotation' }))).toBe('likely servicesHoldOldValue');
  });

  test('the value of another environment under this one\'s name', async () => {
    await swapValue(await management(), seed('Sandbox').fullAccess);
    const answer = await ask({ symptom: '401' });
    expect(cause(await ask({ symptom: '404' }))).toBe('found otherEnvironment');
    expect(cause(answer)).toBe('likely otherEnvironment');
    expect(answer.outcome).toMatchObject({ accepted: 'yes', environment: 'other' });
    expect(answer.text).toContain('belongs to Sandbox, and Production was chosen');
  });

  test('a publishable key in the place of a server key', async () => {
    await swapValue(await management(), seed().publishable);
    const answer = await ask({ symptom: '401' });
    expect(cause(answer)).toBe('likely publishableKey');
    expect(answer.outcome).toMatchObject({ prefix: 'publishable', accepted: 'yes' });
  });

  test('what the sandbox does to a wrong header is what the check says', async () => {
    const call = (headers: Record<string, string>, init: RequestInit = {}): Promise<number> => fetch(`${stigg.url}/api/v1/customers`, { ...init, headers }).then(({ status }) => status);
    const key = seed().fullAccess;
    expect(await call({ Authorization: `Bearer ${key}` })).toBe(401);
    expect(await call({ 'X-API-KEY': key }, { method: 'POST', body: '{}' })).toBe(401);
    expect(await call({ 'X-API-KEY': key })).toBe(200);
    expect(cause(await ask({ symptom: '401', request: request({ headers: [{ name: 'Authorization', value: undefined }] }) }))).toBe('found wrongHeader');
    expect(cause(await ask({ symptom: '401-posts', request: request({ method: 'POST', hasBody: true }) }))).toBe('found contentType');
  });
});

describe('403', () => {
  const post = request({ method: 'POST', hasBody: true, headers: [{ name: 'X-API-KEY', value: undefined }, { name: 'Content-Type', value: 'application/json' }] });
  const scoped = (name: string): string => seed().scoped.find((key) => key.name === name)?.token ?? '';

  test.each([
    ['ci-deployer', request(), 'found scopeMissing', 'missing', 'API_KEY:WRITE, ENVIRONMENT:READ'],
    ['analytics', request(), 'likely otherKeyInUse', 'covered', 'CUSTOMER:READ'],
    ['analytics', post, 'found scopeMissing', 'missing', 'needs CUSTOMER:WRITE'],
    ['billing-service', post, 'likely otherKeyInUse', 'covered', 'CUSTOMER:WRITE'],
    ['analytics', request({ method: 'POST', path: '/api/v1/events', hasBody: true }), 'found scopeNotOffered', 'notOffered', 'EVENT_QUEUE:WRITE'],
    ['analytics', request({ path: '/api/v1/plans' }), 'likely scopeLikely', 'undocumented', 'plans'],
    ['analytics', undefined, 'likely scopeLikely', 'noRequest', 'no request under the cursor'],
  ] as const)('%s', async (name, asked, expected, outcome, words) => {
    const answer = await ask({ symptom: '403', key: await keep(scoped(name)), ...(asked === undefined ? {} : { request: asked }) });
    expect(cause(answer)).toBe(expected);
    // A key without access to environments is proved by the probe, and placed by the list.
    expect(answer.outcome).toMatchObject({ scope: outcome, accepted: 'yes', environment: 'same' });
    expect(answer.text).toContain(words);
  });

  test('what the sandbox refuses is what the check says', async () => {
    const get = (token: string): Promise<number> => fetch(`${stigg.url}/api/v1/customers`, { headers: { 'X-API-KEY': token } }).then(({ status }) => status);
    expect([await get(scoped('ci-deployer')), await get(scoped('analytics'))]).toEqual([403, 200]);
  });

  test('permissions that may not be read, because the key that asks is narrow itself', async () => {
    const key = await keep(scoped('billing-service'));
    for (const entry of await vault.list()) if (entry.manages !== null) await vault.delete(entry);
    await vault.save({ ...key, manages: { id: seed().id, slug: 'production', displayName: 'Production', type: 'PRODUCTION', isSandbox: false, color: null, hardenClientAccessEnabled: false, account: null } }, new Secret(scoped('billing-service')));
    const answer = await ask({ symptom: '403', request: request() });
    expect(cause(answer)).toBe('possible scopeLikely');
    expect(answer.outcome).toMatchObject({ accepted: 'yes', scope: 'unknown' });
    expect(answer.text).toContain('read access to API keys');
  });
});

describe('404, 409', () => {
  test('a key of the chosen environment, a known path: the id', async () => {
    expect(cause(await ask({ symptom: '404', request: request({ path: '/api/v1/customers/nobody' }) }))).toBe('likely idElsewhere');
  });

  test('a wrong prefix, which the sandbox does not know either', async () => {
    expect((await fetch(`${stigg.url}/v1/customers`, { headers: { 'X-API-KEY': seed().fullAccess } })).status).toBe(404);
    expect(cause(await ask({ symptom: '404', request: request({ path: '/v1/customers' }) }))).toBe('found wrongPrefix');
  });

  test('creating what exists', async () => {
    const answer = await ask({ symptom: '409', request: request({ method: 'POST', hasBody: true }) });
    expect(cause(answer)).toBe('likely existsAlready');
    expect(answer.text).toMatch(/REST SDKs repeat a 409 by themselves/);
    expect(answer.outcome.idempotency).toBe('missing');
  });
});

describe('429', () => {
  test('throttled now, and told how long', async () => {
    fail({ status: 429, retryAfter: 30 });
    const answer = await ask({ symptom: '429' });
    expect(cause(answer)).toBe('found throttledNow');
    expect(answer.text).toContain('asks to wait 30 s (Retry-After)');
  });

  test('throttled now, and not told', async () => {
    fail({ status: 429 });
    const answer = await ask({ symptom: '429' });
    expect(cause(answer)).toBe('found throttledNow');
    expect(answer.text).toContain('no Retry-After');
  });

  test('not any more; and not asked more than needed', async () => {
    const before = stigg.requests.length;
    expect(cause(await ask({ symptom: '429' }))).toBe('likely burst');
    expect(stigg.requests.length - before).toBe(1);
  });
});

describe('when Stigg does not answer', () => {
  test.each<[string, FaultRequest, RegExp]>([
    ['a cut connection', { kind: 'cut-before' }, /cannot be reached/],
    ['silence', { kind: 'hang' }, /did not answer within/],
    ['500', { status: 500 }, /failed to answer \(status 500\)/],
    ['503', { status: 503 }, /status 503/],
    ['a sign-in page', { kind: 'html' }, /not Stigg’s/],
    ['a redirect', { kind: 'redirect' }, /The key was not sent there/],
  ])('%s is said in words, and the request is judged all the same', async (_name, fault, words) => {
    fail(fault);
    const alone = await ask({ symptom: '401' });
    expect(cause(alone)).toBe('possible unreachable');
    expect(alone.outcome).toMatchObject({ stored: 'here', prefix: 'server', accepted: 'unanswered' });
    expect(alone.text).toMatch(words);
    const withRequest = await ask({ symptom: '401', request: request({ headers: [{ name: 'X_API_KEY', value: undefined }] }) });
    expect(cause(withRequest)).toBe('found wrongHeader');
  });

  test('a server that is gone', async () => {
    const gone = await startSandbox();
    deps = { ...deps, api: createGraphqlApi({ endpoint: gone.url, fetch: globalThis.fetch, clock: impatient, random: () => 0 }) };
    await gone.close();
    const answer = await ask({ symptom: '403', request: request() });
    expect(answer.outcome.accepted).toBe('unanswered');
    expect(answer.text).toContain('ECONNREFUSED');
  });

  test('Stigg answers, but will not list the keys', async () => {
    fail({ operation: 'ListKeys', status: 500 });
    const answer = await ask({ symptom: '401' });
    expect(answer.outcome).toMatchObject({ accepted: 'yes', expiry: 'unknown', rotation: 'unknown', environment: 'same' });
    expect(cause(answer)).toBe('possible wrongHeader');
  });

  test('the person changes their mind', async () => {
    fail({ kind: 'hang' });
    const controller = new AbortController();
    setTimeout(() => { controller.abort(); }, 50);
    await expect(ask({ symptom: '401', signal: controller.signal })).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('what is stored', () => {
  test('a value that is gone', async () => {
    const key = await management();
    vault.values.clear();
    const answer = await ask({ symptom: '401', key });
    expect(cause(answer)).toBe('possible noKeyHere');
    expect(answer.outcome).toMatchObject({ stored: 'gone', accepted: 'unasked' });
    expect(answer.actions.slice(0, 2)).toEqual(['addEnvironment', 'storeKey']);
  });

  test('no environment at all, a request that is wrong', async () => {
    const facts = await gather(deps, { symptom: '401', environment: null, key: null, stored: [], request: request({ headers: [] }), used: { ok: true, value: [] } });
    expect(cause(diagnose(facts, { hasOtherEnvironments: false }))).toBe('found noHeader');
  });
});
