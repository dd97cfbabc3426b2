import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requests } from '../../../src/snippets/catalogue/index.js';
import { startSandbox, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { FACTS } from '../../sandbox/rest/facts.js';
import { fieldsOf, type Field } from '../../sandbox/rest/types.js';
import { bodyFields } from '../../sandbox/rest/validate.js';
import { filled, sampleOf, send, type Json, type Sample } from '../snippets/catalogue/samples.js';
import { at, named, rest } from './helpers.js';

const REST = requests().filter(({ surface }) => surface === 'rest');
const ALL: readonly (readonly [string, Sample])[] = REST.map((request) => [request.id, sampleOf(request)]);
const PUBLIC = new Set(['customers', 'subscriptions', 'coupons']);

let sandbox: Sandbox;
let production: SeededEnvironment;
beforeAll(async () => {
  sandbox = await startSandbox();
  production = at(sandbox, 0);
});
afterAll(() => sandbox.close());

/** One request of the catalogue, with something changed; to an environment that the others leave alone. */
function bad(id: string, change: (sample: Sample) => Partial<Sample>, token = at(sandbox, 1).fullAccess) {
  const found = ALL.find(([known]) => known === id)?.[1];
  if (found === undefined) throw new Error(`no request ${id}`);
  return send(sandbox.url, token, { ...found, ...change(found) });
}

const withBody = (change: Readonly<Record<string, Json | undefined>>) => (sample: Sample): Partial<Sample> => ({
  body: Object.fromEntries(Object.entries({ ...(sample.body as Record<string, Json>), ...change }).filter((entry): entry is [string, Json] => entry[1] !== undefined)),
});
const withQuery = (query: string) => ({ target }: Sample): Partial<Sample> => ({ target: `${target}${target.includes('?') ? '&' : '?'}${query}` });

describe('what the catalogue offers runs as it is', () => {
  test.each(ALL)('%s', async (_, sample) => {
    const answer = await send(sandbox.url, production.fullAccess, sample);
    expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(200);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    expect(answer.body.data).toBeDefined();
  });
});

describe('bodies', () => {
  const WITH_BODY = REST.filter(({ body }) => body !== undefined);
  const BY_OPERATION = new Map(FACTS.map((facts) => [facts.operation, facts]));

  test.each(WITH_BODY.flatMap(({ id, sdkCall = '' }) => Object.keys(BY_OPERATION.get(sdkCall)?.required ?? {}).map((field) => [id, field] as const)))('%s without %s', async (id, field) => {
    const answer = await bad(id, withBody({ [field]: undefined }));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
    expect(JSON.stringify(answer.body)).toContain(`${field} is required`);
  });

  test.each(WITH_BODY.flatMap(({ id, body = {} }) => Object.entries(body).map(([field, value]) => [id, field, filled(value)] as const)))('%s with another type of %s', async (id, field, value) => {
    const wrong: Json = typeof value === 'string' ? 7 : typeof value === 'number' || typeof value === 'boolean' ? 'seven' : 7;
    const answer = await bad(id, withBody({ [field]: wrong }));
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(field);
  });

  test.each(ALL.filter(([, { method }]) => method !== 'GET' && method !== 'DELETE'))('%s with a field nobody knows', async (id) => {
    expect(await bad(id, (sample) => withBody({ colour: 'green' })({ ...sample, body: sample.body ?? {} }))).toMatchObject({ status: 400 });
  });

  test.each<[string, Readonly<Record<string, Json>>, string]>([
    ['coupons.create', { amountsOff: [{ amount: '49', currency: 'usd' }] }, 'amountsOff[0].amount must be a number'],
    ['coupons.create', { amountsOff: [{ amount: 49 }] }, 'amountsOff[0].currency is required'],
    ['coupons.create', { amountsOff: [{ amount: 49, currency: 'USD' }] }, 'amountsOff[0].currency must be one of'],
    ['coupons.create', { percentOff: 20 }, 'Exactly one'],
    ['credits.grants.create', { grantType: 'FREE' }, 'grantType must be one of PAID, PROMOTIONAL'],
    ['credits.grants.create', { expireAt: 'tomorrow' }, 'expireAt must be an ISO 8601 date'],
    ['credits.grants.create', { cost: { amount: 49, currency: 'usd', cents: 4900 } }, 'cost.cents is not a known field'],
    ['subscriptions.provision', { entitlements: [{ type: 'CREDIT', id: 'credits-ai' }] }, 'entitlements[0].amount is required'],
    ['subscriptions.provision', { metadata: { seats: 5 } }, 'metadata must be a map of strings'],
    ['plans.update', { charges: { pricingType: 'PAID', pricingModels: [{ billingModel: 'PER_UNIT' }] } }, 'charges.pricingModels[0].pricePeriods is required'],
    ['plans.entitlements.update', { type: 'SEATS' }, 'type must be one of'],
    ['events.report', { events: [{ customerId: 'customer-123', eventName: 'x' }] }, 'events[0].idempotencyKey is required'],
    ['customers.paymentMethod.attach', { vendorIdentifier: 'PAYPAL' }, 'vendorIdentifier must be one of'],
  ])('%s with %j', async (id, change, message) => {
    const answer = await bad(id, withBody(change));
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(message);
  });

  test('that are no JSON objects, or not said to be JSON', async () => {
    const patch = (body: string, type = 'application/json') => rest(sandbox.url, production.fullAccess, '/api/v1/plans/plan-basic', { method: 'PATCH', headers: { 'content-type': type }, body });
    expect(await patch('{')).toMatchObject({ status: 400 });
    expect(await patch('[]')).toMatchObject({ status: 400 });
    expect(await patch('{}', 'text/plain')).toMatchObject({ status: 415 });
  });
});

describe('queries', () => {
  test.each(REST.filter(({ query }) => query.some(({ name }) => name === 'limit')).map(({ id }) => id))('%s of 101, of 0, of many, beside what nobody knows', async (id) => {
    for (const query of ['limit=101', 'limit=0', 'limit=many', 'starting_with=7']) expect(await bad(id, withQuery(query)), query).toMatchObject({ status: 400 });
  });

  test.each([
    ['subscriptions.list', 'status=SLEEPING'],
    ['subscriptions.list', 'status=ACTIVE,SLEEPING'],
    ['subscriptions.list', 'createdAt=2026-01-01T00:00:00Z'],
    ['subscriptions.list', 'createdAt[since]=2026-01-01T00:00:00Z'],
    ['subscriptions.list', 'createdAt[gte]=yesterday'],
    ['subscriptions.list', 'after=bogus'],
    ['features.listFeatures', 'featureType=TEXT'],
    ['customers.checkEntitlement', 'currencyId=credits-ai'],
    ['plans.retrieve', 'limit=20'],
  ])('%s?%s', async (id, query) => {
    expect(await bad(id, withQuery(query))).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
  });

  test.each(FACTS.filter(({ requiredQuery }) => requiredQuery.length > 0).map(({ operation }) => operation.replace('v1.', '')))('%s without its required parameters', async (id) => {
    expect(await bad(id, ({ target }) => ({ target: target.replace(/\?.*$/s, '') }))).toMatchObject({ status: 400 });
  });

  test('filters filter', async () => {
    const ids = async (query: string): Promise<unknown> => ((await rest(sandbox.url, at(sandbox, 1).fullAccess, `/api/v1/${query}`)).body.data as { id: string }[]).map(({ id }) => id);
    expect(await ids('features?meterType=INCREMENTAL')).toEqual(['feature-api-calls']);
    expect(await ids('subscriptions?status=CANCELED')).toEqual([]);
    expect(await ids('subscriptions?status=CANCELED,ACTIVE')).toEqual(['subscription-123']);
    expect(await ids('coupons?createdAt[gte]=2999-01-01T00:00:00Z')).toEqual([]);
  });
});

describe('access', () => {
  test.each(ALL)('%s needs a key', async (id) => {
    const found = ALL.find(([known]) => known === id)?.[1];
    if (found !== undefined) expect(await send(sandbox.url, undefined, found)).toMatchObject({ status: 401 });
  });

  test.each(REST.map(({ id }) => id))('%s needs its permission', async (id) => {
    const environment = at(sandbox, 1);
    expect(await bad(id, () => ({}), environment.publishable)).toMatchObject({ status: 403 });
    expect(await bad(id, () => ({}), named(environment, 'ci-deployer').token)).toMatchObject({ status: 403 });
    const facts = REST.find((request) => request.id === id);
    const [first = ''] = facts?.path ?? [];
    const group = typeof first === 'string' ? (first.split('/')[3] ?? '') : '';
    const reader = await bad(id, () => ({}), named(environment, 'analytics').token);
    if (!PUBLIC.has(group) || facts?.writes === true) expect(reader.status).toBe(403);
    else expect(reader.status).toBe(200);
  });
});

describe('state', () => {
  const json = { 'content-type': 'application/json' };
  const call = (method: string, path: string, body?: Json, headers: Record<string, string> = {}) => rest(sandbox.url, at(sandbox, 2).fullAccess, `/api/v1/${path}`, { method, headers: { ...json, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

  test('what was created is there, is changed, archived and restored', async () => {
    expect(await call('POST', 'products', { id: 'mine', displayName: 'Mine' })).toMatchObject({ status: 201 });
    expect(await call('POST', 'products', { id: 'mine', displayName: 'Mine' })).toMatchObject({ status: 409 });
    expect(await call('PATCH', 'products/mine', { displayName: 'Ours' })).toMatchObject({ status: 200, body: { data: { id: 'mine', displayName: 'Ours' } } });
    expect(await call('POST', 'products/mine/archive')).toMatchObject({ status: 200, body: { data: { status: 'ARCHIVED' } } });
    expect(await call('POST', 'products/mine/unarchive')).toMatchObject({ status: 200, body: { data: { archivedAt: null } } });
    expect(await call('POST', 'products/other/archive')).toMatchObject({ status: 404, body: { error: { code: 'PRODUCT_NOT_FOUND' } } });
    expect(await rest(sandbox.url, at(sandbox, 1).fullAccess, '/api/v1/products?id=mine')).toMatchObject({ status: 200, body: { data: [] } });
  });

  test('what was removed is gone, and what a body names must be there', async () => {
    expect(await call('DELETE', 'customers/customer-123/integrations/integration-stripe')).toMatchObject({ status: 200 });
    expect(await call('GET', 'customers/customer-123/integrations/integration-stripe')).toMatchObject({ status: 404, body: { error: { code: 'INTEGRATION_NOT_FOUND' } } });
    expect(await call('POST', 'subscriptions', { customerId: 'customer-123', planId: 'plan-none' })).toMatchObject({ status: 404, body: { error: { code: 'PLAN_NOT_FOUND' } } });
    expect(await call('GET', 'usage/customer-none/history/feature-seats?startDate=2026-01-01T00:00:00Z')).toMatchObject({ status: 404, body: { error: { code: 'CUSTOMER_NOT_FOUND' } } });
  });

  test('an Idempotency-Key answers again for 24 hours, for its own path', async () => {
    const headers = { 'Idempotency-Key': 'again' };
    const first = await call('POST', 'features', { id: 'f-1', displayName: 'F', featureType: 'BOOLEAN' }, headers);
    expect(first.status).toBe(201);
    expect(await call('POST', 'features', { id: 'f-1', displayName: 'F', featureType: 'BOOLEAN' }, headers)).toEqual(first);
    expect(await call('POST', 'plans', { id: 'p-1', displayName: 'P', productId: 'product-main' }, headers)).toMatchObject({ status: 201, body: { data: { id: 'p-1' } } });
    sandbox.clock.advance(24 * 3_600_000);
    expect(await call('POST', 'features', { id: 'f-1', displayName: 'F', featureType: 'BOOLEAN' }, headers)).toMatchObject({ status: 409 });
  });

  test('paths and methods nobody documented', async () => {
    expect(await call('GET', 'plans/plan-basic/secrets')).toMatchObject({ status: 404 });
    expect(await call('PUT', 'plans')).toMatchObject({ status: 405 });
    expect(await rest(sandbox.url, production.fullAccess, '/api/v1-beta/plans')).toMatchObject({ status: 404 });
  });
});

test('every money field of the facts is a number to the sandbox', () => {
  const missing = FACTS.flatMap((facts) => facts.money.filter((path) => typeAt(bodyFields(facts), path) !== 'number').map((path) => `${facts.operation} ${path}`));
  expect(missing).toEqual([]);
});

/** The type that stands at a path such as `priceOverrides[].tiers[].flatPrice.amount`. */
function typeAt(fields: readonly Field[], path: string): string | undefined {
  const [name = '', ...rest] = path.replaceAll('[]', '').split('.');
  const type = fields.find((field) => field.name === name)?.type.replace(/[?[\]]+$/, '');
  return rest.length === 0 || type === undefined ? type : typeAt(fieldsOf(type), rest.join('.'));
}
