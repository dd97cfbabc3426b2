import type { ScopeAction, ScopeResource } from '../../../src/keys/model.js';
import { permits, type KeyRecord } from '../model.js';
import type { EndpointFacts } from './facts.js';

/** The permission by the first part of the path. Which one the others ask for is not documented: they are left to keys with full access. */
const RESOURCES: Readonly<Record<string, ScopeResource>> = { customers: 'CUSTOMER', subscriptions: 'SUBSCRIPTION', coupons: 'COUPON' };

/** POSTs that change nothing. */
const READING = /\/(?:preview|estimate)$/;

/** What the key lacks for that endpoint, in words; undefined when it may. */
export function lacking(caller: KeyRecord, endpoint: EndpointFacts): string | undefined {
  const group = endpoint.path.split('/')[3] ?? '';
  const resource = RESOURCES[group];
  const action: ScopeAction = endpoint.method === 'GET' || READING.test(endpoint.path) ? 'READ' : 'WRITE';
  // A publishable key is for the frontend SDKs: the REST API takes server keys only.
  if (caller.type === 'CLIENT') return 'server key';
  if (resource === undefined) return caller.type === 'SERVER' ? undefined : `full access to ${group}`;
  return permits(caller, resource, action) ? undefined : `${resource}:${action}`;
}
