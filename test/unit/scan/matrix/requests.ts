import type { HttpClient, Request, Tree, Use } from './model.js';

export const STIGG = 'https://api.stigg.io';
/** A host that is not Stigg's, for the same requests. */
export const OTHER = 'https://api.example.com';
export const TOTAL = ['data', 'immediateInvoice', 'total'] as const;
export const GRAPHQL_TOTAL = ['previewSubscription', 'total', 'amount'] as const;

const KEY = ['X-API-KEY', { name: 'key' }] as const;
export const ONCE = ['Idempotency-Key', { join: ['launch-', 'orderId'] }] as const;
const text = (value: string): Tree => ({ text: value });
const name = (value: string): Tree => ({ name: value });
const object = (entries: readonly (readonly [string, Tree])[]): Tree => ({ object: entries });

const BASE: Request = { method: 'GET', host: STIGG, path: '/api/v1/plans', query: [], headers: [KEY], isTyped: true };

/** A request that changes nothing, and has a body. */
export function preview(use?: Use): Request {
  return {
    ...BASE, method: 'POST', path: '/api/v1/subscriptions/preview',
    body: object([['customerId', name('customerId')], ['planId', name('planId')]]), ...(use === undefined ? {} : { use }),
  };
}

/** The same by GraphQL. */
export function graphqlPreview(use: Use): Request {
  return { ...graphql(PREVIEW, object([['input', object([['customerId', name('customerId')], ['planId', name('planId')]])]])), use };
}

/** A request that creates something, without an idempotency key. */
export function coupon(amount: Tree, currency = 'usd'): Request {
  const money = object([['amount', amount], ['currency', text(currency)]]);
  return { ...BASE, method: 'POST', path: '/api/v1/coupons', body: object([['id', text('launch')], ['name', text('Stigg launch')], ['amountsOff', { list: [money] }]]) };
}

/** A request of GraphQL. */
export function graphql(document: string, variables: Tree): Request {
  return { ...BASE, method: 'POST', path: '/graphql', body: object([['query', text(document)], ['variables', variables]]) };
}

const PROVISION = 'mutation Provision($input: ProvisionSubscriptionInput!) { provisionSubscription(input: $input) { id } }';
const REPORT = 'mutation Report($input: UsageEventsReportInput!) { reportEvent(input: $input) }';
const PREVIEW = 'query Preview($input: PreviewSubscriptionInput!) { previewSubscription(input: $input) { total { amount } } }';
const CUSTOMER = 'query Customer($input: GetCustomerByRefIdInput!) { getCustomerByRefId(input: $input) { id } }';

/** What carries money, in the form that the client speaks. */
export function priced({ isGraphql }: HttpClient, amount: Tree, currency = 'usd'): Request {
  if (isGraphql !== true) return withHeader(coupon(amount, currency), ONCE);
  const money = object([['amount', amount], ['currency', text(currency.toUpperCase())]]);
  const override = object([['featureId', text('seats')], ['price', money]]);
  return graphql(PROVISION, object([['input', object([['customerId', text('acme')], ['planId', text('pro')], ['priceOverrides', { list: [override] }]])]]));
}

/** What is given an idempotency key, in the form that the client speaks. */
export function keyed({ isGraphql }: HttpClient, key: Tree): Request {
  if (isGraphql !== true) return withHeader(coupon({ number: '49' }), ['Idempotency-Key', key]);
  const event = object([['customerId', name('customerId')], ['eventName', text('login')], ['idempotencyKey', key]]);
  return graphql(REPORT, object([['input', object([['events', { list: [event] }]])]]));
}

/** What reads a customer by GraphQL. */
export function graphqlCustomer(): Request {
  return graphql(CUSTOMER, object([['input', object([['customerId', text('acme')]])]]));
}

export function plan(id = 'pro'): Request {
  return { ...BASE, path: `/api/v1/plans/${id}` };
}

export function customers(limit: string): Request {
  return { ...BASE, path: '/api/v1/customers', query: [['limit', limit]] };
}

export function read(path: string, use: Use): Request {
  return { ...BASE, path, use };
}

export function withHeader(request: Request, header: Request['headers'][number]): Request {
  return { ...request, headers: [...request.headers, header] };
}

/** The key in another header. */
export function keyIn(request: Request, header: string, value: Tree): Request {
  return { ...request, headers: [[header, value]] };
}

export function untyped(request: Request): Request {
  return { ...request, isTyped: false };
}

/** The same, sent to somebody else. */
export function elsewhere(request: Request): Request {
  return { ...request, host: OTHER };
}
