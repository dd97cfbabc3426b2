import { CHANGES_NOTHING, ENDPOINTS, PAGED, PAGE_LIMIT, type Endpoint } from '../../endpoints.js';
import type { ApiRequest, Method, Placeholder, QueryParameter } from '../request.js';
import { addons, plans } from './packages.js';
import { beta } from './beta.js';
import { contracts } from './contracts.js';
import { coupons } from './coupons.js';
import { credits } from './credits.js';
import { customers } from './customers.js';
import { dataExport, events, usage } from './usage.js';
import type { Entries, Entry, QuerySample } from './entry.js';
import { features } from './features.js';
import { products } from './products.js';
import { Stops } from './stops.js';
import { subscriptions } from './subscriptions.js';

const ENTRIES: Entries = { ...customers, ...subscriptions, ...coupons, ...events, ...dataExport, ...credits, ...features, ...addons, ...plans, ...usage, ...products, ...contracts, ...beta };

/** What a path parameter is called at first, by the first part of the path and by its name. */
const PATH_SAMPLES: Readonly<Record<string, string>> = {
  'customers id': 'customer-123',
  'subscriptions id': 'subscription-123',
  'coupons id': 'coupon-launch',
  'features id': 'feature-seats',
  'addons id': 'addon-extra-seats',
  'addons addonId': 'addon-extra-seats',
  'plans id': 'plan-basic',
  'plans planId': 'plan-basic',
  'products id': 'product-main',
  'contracts id': 'contract-123',
  'usage customerId': 'customer-123',
  featureId: 'feature-seats',
  currencyId: 'credits-ai',
  integrationId: 'integration-stripe',
  destinationId: 'destination-warehouse',
  entityId: 'workspace-001',
};

/** Cursors are UUIDs, and come from the `pagination.next` of the page before. */
const CURSOR = '00000000-0000-4000-8000-000000000000';

/** Every endpoint of the REST API once, in the reference's order; after a list, the same with its filters, and from a cursor on. */
export function restRequests(): ApiRequest[] {
  return ENDPOINTS.flatMap((endpoint) => {
    const { operation } = endpoint;
    const entry = ENTRIES[operation];
    if (entry === undefined) return [];
    const { summary, query, filters } = entry;
    const paged = PAGED.has(operation);
    const page: QuerySample = paged ? { limit: PAGE_LIMIT.usual } : {};
    return [
      build(endpoint, entry, operation, { ...query, ...page }),
      ...(filters === undefined ? [] : [build(endpoint, { ...entry, summary: `${summary}, filtered` }, `${operation}.filtered`, { ...query, ...filters, ...page })]),
      ...(paged ? [build(endpoint, { ...entry, summary: `${summary}: the page after a cursor` }, `${operation}.next`, { ...query, ...page, after: CURSOR })] : []),
    ];
  });
}

function build({ method, path, operation }: Endpoint, entry: Entry, id: string, query: QuerySample): ApiRequest {
  const stops = new Stops();
  const writes = method !== 'GET' && !CHANGES_NOTHING.has(operation);
  return {
    id,
    surface: 'rest',
    resource: operation.slice(0, operation.lastIndexOf('.')),
    summary: entry.summary,
    method: method as Method,
    path: pathOf(path, entry, stops),
    query: Object.entries(query).map(([name, value]) => queryParameter(name, value, stops)),
    // The header is documented for POST: for two calls by name, for the others by the overview.
    idempotencyKey: method === 'POST',
    body: entry.body === undefined ? undefined : stops.object(entry.body),
    document: undefined,
    operationName: undefined,
    sdkCall: operation.startsWith('beta.') ? operation.replace('beta.', 'v1Beta.') : `v1.${operation}`,
    writes,
    beta: path.startsWith('v1-beta/'),
  };
}

function queryParameter(name: string, value: QuerySample[string], stops: Stops): QueryParameter {
  if (typeof value === 'string' || typeof value === 'number') return { name, value: stops.next(value) };
  return { name, value: stops.next(value.join(',')), list: true };
}

/** `v1/customers/{id}/archive` in its parts: what stands between the braces becomes a placeholder. */
function pathOf(path: string, entry: Entry, stops: Stops): (string | Placeholder)[] {
  const group = path.split('/')[1] ?? '';
  return `/api/${path}`
    .split(/[{}]/)
    .map((part, index) => (index % 2 === 0 ? part : stops.next(entry.path?.[part] ?? PATH_SAMPLES[`${group} ${part}`] ?? PATH_SAMPLES[part] ?? part)))
    .filter((part) => part !== '');
}
