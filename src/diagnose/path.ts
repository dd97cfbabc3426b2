import { endpointsAt, isHole, type Endpoint } from './endpoints.js';
import { methodOf, type InspectedRequest } from './request.js';

/** Where GraphQL is; it has no version in its path. */
export const GRAPHQL_PATH = '/graphql';

/** What the path of a request turned out to be. */
export type PathReading =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  /** There is such a path, but not with this method. */
  | { readonly kind: 'otherMethod'; readonly methods: readonly string[] }
  /** There is such a path behind another prefix; `path` is the right one. */
  | { readonly kind: 'otherPrefix'; readonly path: string }
  | { readonly kind: 'graphql' }
  | { readonly kind: 'graphqlElsewhere' }
  /** The part that would tell is computed. */
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown' };

/** The path alone: no scheme and host, query or fragment; at least a slash. */
export function pathOf(request: InspectedRequest): string {
  const bare = request.path.trim().slice(0, 2_000).replace(/^[a-z][a-z+.-]{0,20}:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return bare.startsWith('/') ? bare : `/${bare}`;
}

/** Looks the path up among Stigg's endpoints. */
export function readPath(request: InspectedRequest): PathReading {
  const path = pathOf(request);
  if (request.surface === 'graphql') return readGraphqlPath(path);
  const { version, rest, isOpen } = split(path);
  const found = endpointsAt(rest);
  const wanted = version === null ? [] : found.filter((endpoint) => endpoint.version === version);
  const method = methodOf(request);
  const exact = wanted.find(({ methods }) => methods.includes(method));
  if (exact !== undefined) return { kind: 'endpoint', endpoint: exact };
  if (wanted.length > 0) return { kind: 'otherMethod', methods: [...new Set(wanted.flatMap(({ methods }) => methods))] };
  const elsewhere = found.find(({ methods }) => methods.includes(method)) ?? found[0];
  // A computed beginning may hold the right prefix, or any other part of the path.
  if (isOpen) return elsewhere === undefined || rest.every(isHole) ? { kind: 'open' } : { kind: 'endpoint', endpoint: elsewhere };
  return elsewhere === undefined || rest.every(isHole) ? { kind: 'unknown' } : { kind: 'otherPrefix', path: `/api/${elsewhere.version}/${rest.join('/')}` };
}

function readGraphqlPath(path: string): PathReading {
  const [first = '', ...more] = path.split('/').filter((segment) => segment !== '');
  const rest = isHole(first) ? more : [first, ...more];
  if (`/${rest.join('/')}` === GRAPHQL_PATH) return { kind: 'graphql' };
  return rest.every(isHole) ? { kind: 'open' } : { kind: 'graphqlElsewhere' };
}

interface Split {
  /** null: what stands before the resource is not one of Stigg's prefixes. */
  readonly version: Endpoint['version'] | null;
  readonly rest: readonly string[];
  /** True where the path begins with something that is computed. */
  readonly isOpen: boolean;
}

function split(path: string): Split {
  const segments = path.split('/').filter((segment) => segment !== '');
  const isOpen = isHole(segments[0] ?? '');
  if (isOpen) segments.shift();
  const isApi = segments[0]?.toLowerCase() === 'api';
  if (isApi) segments.shift();
  const version = /^v\d{1,2}(?:-beta)?$/i.test(segments[0] ?? '') ? segments.shift() : undefined;
  const known = isApi && (version === 'v1' || version === 'v1-beta') && !isOpen;
  return { version: known ? version : null, rest: segments, isOpen };
}
