import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox, type SeededEnvironment } from '../../sandbox/index.js';
import { at, named, rest } from './helpers.js';

let sandbox: Sandbox;
let production: SeededEnvironment;
beforeAll(async () => {
  sandbox = await startSandbox();
  production = at(sandbox, 0);
});
afterAll(() => sandbox.close());

interface Page {
  data: { id: string }[];
  pagination: { next: string | null; prev: string | null };
}
async function page(query = ''): Promise<Page> {
  const { status, body } = await rest(sandbox.url, production.fullAccess, `/api/v1/customers${query}`);
  expect(status).toBe(200);
  return body as unknown as Page;
}
function create(body: unknown, headers: Record<string, string> = {}, token: string | undefined = production.fullAccess) {
  return rest(sandbox.url, token, '/api/v1/customers', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

describe('GET /api/v1/customers', () => {
  test('20 at a time, forwards and backwards', async () => {
    const first = await page();
    expect(first.data).toHaveLength(20);
    expect(first.pagination.prev).toBeNull();
    const second = await page(`?after=${first.pagination.next ?? ''}`);
    const third = await page(`?after=${second.pagination.next ?? ''}`);
    expect(third.data).toHaveLength(7);
    expect(third.pagination.next).toBeNull();
    expect(new Set([...first.data, ...second.data, ...third.data].map((customer) => customer.id)).size).toBe(47);
    expect((await page(`?before=${third.pagination.prev ?? ''}`)).data).toEqual(second.data);
  });

  test('limits, filters, bad cursors', async () => {
    expect((await page('?limit=100')).data).toHaveLength(47);
    expect((await page('?email=billing@customer-007.example.com')).data).toMatchObject([{ id: 'customer-007' }]);
    for (const query of ['?limit=101', '?limit=0', '?limit=many', '?after=bogus']) {
      expect(await rest(sandbox.url, production.fullAccess, `/api/v1/customers${query}`)).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
    }
  });

  test('one customer', async () => {
    expect(await rest(sandbox.url, production.fullAccess, '/api/v1/customers/customer-001')).toMatchObject({ status: 200, body: { data: { id: 'customer-001' } } });
    expect(await rest(sandbox.url, production.fullAccess, '/api/v1/customers/nobody')).toMatchObject({ status: 404, body: { error: { code: 'CUSTOMER_NOT_FOUND' } } });
  });
});

describe('access', () => {
  test('401 without a key, with a wrong one, with an expired one', async () => {
    for (const token of [undefined, 'nonsense', production.expired]) {
      expect(await rest(sandbox.url, token, '/api/v1/customers')).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
    }
  });

  test('403 for a publishable key and for a missing scope', async () => {
    expect(await rest(sandbox.url, production.publishable, '/api/v1/customers')).toMatchObject({ status: 403 });
    expect(await rest(sandbox.url, named(production, 'ci-deployer').token, '/api/v1/customers')).toMatchObject({ status: 403 });
    expect(await rest(sandbox.url, named(production, 'analytics').token, '/api/v1/customers')).toMatchObject({ status: 200 });
    expect(await create({ id: 'x' }, {}, named(production, 'analytics').token)).toMatchObject({ status: 403 });
  });

  test('unknown paths and methods', async () => {
    expect(await rest(sandbox.url, production.fullAccess, '/api/v1/nothing')).toMatchObject({ status: 404 });
    expect(await rest(sandbox.url, production.fullAccess, '/elsewhere')).toMatchObject({ status: 404 });
    expect(await rest(sandbox.url, production.fullAccess, '/api/v1/customers', { method: 'DELETE' })).toMatchObject({ status: 405 });
  });
});

describe('POST /api/v1/customers', () => {
  test('creates once', async () => {
    expect(await create({ id: 'acme', name: 'Acme', email: 'a@example.com' })).toMatchObject({ status: 201, body: { data: { id: 'acme', name: 'Acme' } } });
    expect(await create({ id: 'acme' })).toMatchObject({ status: 409 });
  });

  test('the same Idempotency-Key gets the same answer for 24 hours', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    const first = await create({ id: 'idem', name: 'One' }, headers);
    expect(first.status).toBe(201);
    sandbox.clock.advance(23 * 3_600_000);
    // Long before, the key of the expiring kind would have gone; full access stays.
    expect(await create({ id: 'other', name: 'Two' }, headers)).toEqual(first);
    expect(await rest(sandbox.url, production.fullAccess, '/api/v1/customers/other')).toMatchObject({ status: 404 });
    expect(await create({ id: 'idem' }, {}, at(sandbox, 1).fullAccess)).toMatchObject({ status: 201 });
    sandbox.clock.advance(3_600_000);
    expect(await create({ id: 'idem' }, headers)).toMatchObject({ status: 409 });
  });

  test('bad bodies, and a body without its content type', async () => {
    for (const body of ['{', '[]', {}, { id: '' }, { id: 7 }, { id: 'x', name: 7 }]) expect(await create(body)).toMatchObject({ status: 400 });
    expect(await create({ id: 'typeless' }, { 'content-type': 'text/plain' })).toMatchObject({ status: 401 });
  });
});
