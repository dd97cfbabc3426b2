import type { CustomerRecord, KeyRecord, Store } from './model.js';
import { permits } from './model.js';
import { cursorOf } from './paging.js';

export interface RestRequest {
  readonly method: string;
  readonly url: URL;
  readonly contentType: string;
  readonly idempotencyKey: string | undefined;
  readonly body: string;
}

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The documented body of an error. */
export function restError(status: number, code: string, message: string): RestAnswer {
  return { status, body: { error: { code, message } } };
}

/** The name a REST request goes by in faults and in the log, e.g. `GET /api/v1/customers/{id}`. */
export function restOperation(method: string, pathname: string): string {
  return `${method} ${pathname.replace(/^(\/api\/v1\/customers\/)[^/]+$/, '$1{id}')}`;
}

/** Serves /api/v1/customers to a key that was let in. */
export function serveRest(store: Store, caller: KeyRecord, request: RestRequest): RestAnswer {
  const { pathname } = request.url;
  const one = /^\/api\/v1\/customers\/([^/]+)$/.exec(pathname)?.[1];
  const isList = pathname === '/api/v1/customers';
  if (!isList && one === undefined) return restError(404, 'NOT_FOUND', 'Unknown path');
  const writes = isList && request.method === 'POST';
  if (!writes && request.method !== 'GET') return restError(405, 'METHOD_NOT_ALLOWED', 'Method not allowed');
  // A publishable key is for the frontend SDKs: the REST API takes server keys only.
  if (caller.type === 'CLIENT' || !permits(caller, 'CUSTOMER', writes ? 'WRITE' : 'READ')) {
    return restError(403, 'FORBIDDEN', `This key lacks CUSTOMER:${writes ? 'WRITE' : 'READ'}`);
  }
  const own = store.customers.filter((customer) => customer.environmentId === caller.environmentId);
  if (one !== undefined) {
    const customer = own.find((candidate) => candidate.id === safeDecode(one));
    return customer === undefined ? restError(404, 'CUSTOMER_NOT_FOUND', 'Customer not found') : { status: 200, body: { data: view(customer) } };
  }
  return writes ? createOnce(store, caller, request) : listCustomers(own, request.url.searchParams);
}

function listCustomers(customers: readonly CustomerRecord[], query: URLSearchParams): RestAnswer {
  const limitText = query.get('limit') ?? '20';
  const limit = /^\d{1,4}$/.test(limitText) ? Number(limitText) : 0;
  if (limit < 1 || limit > 100) return restError(400, 'VALIDATION_ERROR', 'limit must be between 1 and 100');
  const wanted = customers.filter((customer) => ['name', 'email'].every((field) => query.get(field) === null || customer[field as 'name' | 'email'] === query.get(field)));
  const sorted = wanted.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const indexOf = (cursor: string): number => sorted.findIndex((customer) => cursorOf(customer) === cursor);
  const after = query.get('after');
  const before = query.get('before');
  if ((after !== null && indexOf(after) < 0) || (before !== null && indexOf(before) < 0)) return restError(400, 'VALIDATION_ERROR', 'Unknown cursor');
  const end = before === null ? sorted.length : indexOf(before);
  const start = after === null ? (before === null ? 0 : Math.max(0, end - limit)) : indexOf(after) + 1;
  const page = sorted.slice(start, Math.min(end, start + limit));
  const first = page[0];
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      data: page.map(view),
      pagination: {
        next: last !== undefined && start + page.length < sorted.length ? cursorOf(last) : null,
        prev: first !== undefined && start > 0 ? cursorOf(first) : null,
      },
    },
  };
}

const KEPT_MS = 24 * 3_600_000;

/** With an Idempotency-Key the first answer is kept for 24 hours and given again. */
function createOnce(store: Store, caller: KeyRecord, request: RestRequest): RestAnswer {
  if (request.idempotencyKey === undefined) return createCustomer(store, caller, request.body);
  const slot = `${caller.environmentId} ${request.idempotencyKey}`;
  const kept = store.kept.get(slot);
  if (kept !== undefined && kept.until > store.now().getTime()) return kept;
  const answer = createCustomer(store, caller, request.body);
  store.kept.set(slot, { ...answer, until: store.now().getTime() + KEPT_MS });
  return answer;
}

function createCustomer(store: Store, caller: KeyRecord, body: string): RestAnswer {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    return restError(400, 'VALIDATION_ERROR', 'The body is not JSON');
  }
  const { id, name, email } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  if (typeof id !== 'string' || id === '' || id.length > 255) return restError(400, 'VALIDATION_ERROR', 'id is required');
  for (const [field, value] of Object.entries({ name, email })) {
    if (value !== undefined && value !== null && typeof value !== 'string') return restError(400, 'VALIDATION_ERROR', `${field} must be a string`);
  }
  if (store.customers.some((customer) => customer.environmentId === caller.environmentId && customer.id === id)) {
    return restError(409, 'DUPLICATED_ENTITY_NOT_ALLOWED', 'A customer with this id exists already');
  }
  const customer: CustomerRecord = { id, environmentId: caller.environmentId, name: typeof name === 'string' ? name : null, email: typeof email === 'string' ? email : null, createdAt: store.now() };
  store.customers.push(customer);
  return { status: 201, body: { data: view(customer) } };
}

function view(customer: CustomerRecord): unknown {
  return { id: customer.id, name: customer.name, email: customer.email, createdAt: customer.createdAt.toISOString(), archivedAt: null, metadata: {} };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
