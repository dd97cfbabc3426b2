import type { Scope, ScopeAction, ScopeResource } from '../keys/model.js';
import { readPath } from './path.js';
import { methodOf, type InspectedRequest } from './request.js';

/**
 * The permission that decides over a REST resource. Scoped keys can be given six; which of them the other endpoints ask for is
 * not documented, and is said to be unknown.
 */
const RESOURCES: Readonly<Record<string, ScopeResource>> = {
  customers: 'CUSTOMER',
  subscriptions: 'SUBSCRIPTION',
  coupons: 'COUPON',
  'api-keys': 'API_KEY',
  environments: 'ENVIRONMENT',
  events: 'EVENT_QUEUE',
};

/** POSTs that change nothing: whether they ask for reading or for writing is not documented. */
const READING = /\/(?:preview|estimate)$/;

/** What a request needs; `action` is undefined where reading may be enough. */
export interface NeededScope {
  readonly resource: ScopeResource;
  readonly action: ScopeAction | undefined;
}

/** The permission a request needs, or undefined where it is not documented (GraphQL, and REST resources outside of the table). */
export function neededScope(request: InspectedRequest): NeededScope | undefined {
  const resource = RESOURCES[resourceName(request) ?? ''];
  if (resource === undefined) return undefined;
  const method = methodOf(request);
  if (method === 'GET' || method === 'HEAD') return { resource, action: 'READ' };
  return { resource, action: READING.test(request.path.replace(/[?#].*$/s, '')) ? undefined : 'WRITE' };
}

/** The resource that a REST path is about, such as `customers`. */
export function resourceName(request: InspectedRequest): string | undefined {
  if (request.surface !== 'rest') return undefined;
  const reading = readPath(request);
  if (reading.kind === 'endpoint') return reading.endpoint.template.split('/')[0];
  return /\/(?:api\/)?v\d{1,2}(?:-beta)?\/([a-z-]{1,40})(?:[/?#]|$)/.exec(request.path)?.[1];
}

/** True when the scopes allow it: to write implies to read. */
export function covers(scopes: readonly Scope[], { resource, action }: NeededScope): boolean {
  return scopes.some((scope) => scope.resource === resource && (action !== 'WRITE' || scope.action === 'WRITE'));
}

/** `CUSTOMER:READ`, as Stigg's messages write it; what is held for writing only once. */
export function scopeText(scopes: readonly Scope[]): string {
  const written = new Set(scopes.filter(({ action }) => action === 'WRITE').map(({ resource }) => resource));
  return [...new Set(scopes.filter(({ resource, action }) => action === 'WRITE' || !written.has(resource)).map(({ resource, action }) => `${resource}:${action}`))].sort().join(', ');
}

export function neededText({ resource, action }: NeededScope): string {
  return `${resource}:${action ?? 'READ'}`;
}
