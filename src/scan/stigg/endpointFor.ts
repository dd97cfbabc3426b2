import { UNKNOWN } from '../ir/texts.js';
import { ENDPOINTS, type Endpoint } from '../../endpoints.js';

/** Where a request goes. */
export interface Destination {
  readonly surface: 'rest' | 'graphql';
  /** From the version on, without a query: `v1/coupons`, `graphql`; may hold `UNKNOWN`. */
  readonly path: string;
  /** The path as it is written, from its first slash on: `/api/v1/coupons`. */
  readonly written: string;
  /** Name and value of the query's parameters; values may hold `UNKNOWN`. */
  readonly query: readonly (readonly [string, string])[];
}

/** Stigg's hosts; `mcp.stigg.io` is no API of its own. */
const HOST = /^(?:(?:https?|wss?):)?\/\/(?:[\w.-]*\.)?(?:api|edge\.api)\.stigg\.io(?::\d+)?(?=[/?#\uE000]|$)/i;
/** A name that says that its value is Stigg's address. */
const STIGGS = /stigg(\w*)/i;
const ADDRESS = /url|uri|host|endpoint|origin|base/i;

/** Cheap: whether a text may send requests to Stigg by hand. */
export function namesStiggsAddress(text: string): boolean {
  return /stigg\.io|stigg\w{0,40}(?:url|uri|host|endpoint|origin|base)/i.test(text);
}

/** The address that something of unknown value holds, as far as its name tells: `STIGG_API_URL`; otherwise `UNKNOWN`. */
export function addressBy(name: string): string {
  if (!ADDRESS.test(STIGGS.exec(name)?.[1] ?? '')) return UNKNOWN;
  return /graphql/i.test(name) ? 'https://api.stigg.io/graphql' : 'https://api.stigg.io';
}

/** Where that URL leads when it is one of Stigg's; `UNKNOWN` stands for what is not constant. */
export function destinationOf(url: string): Destination | undefined {
  const host = HOST.exec(url)?.[0];
  if (host === undefined) return undefined;
  const [whole = '', search = ''] = url.slice(host.length).split('#')[0]?.split('?') ?? [];
  const path = whole.split('/').filter((part) => part !== '').join('/').replace(/^api(?:\/|$)/, '');
  return { written: whole.startsWith('/') ? whole : `/${whole}`, surface: /(?:^|\/)graphql$/i.test(path) ? 'graphql' : 'rest', path, query: queryOf(search) };
}

function queryOf(search: string): (readonly [string, string])[] {
  return search.split('&').filter((pair) => pair !== '').map((pair) => {
    const at = pair.indexOf('=');
    return at === -1 ? [pair, ''] as const : [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
}

/** The endpoint of a method and a path such as `v1/customers/UNKNOWN`; a literal part is preferred to a parameter. undefined where none or several fit. */
export function endpointFor(method: string | undefined, path: string): Endpoint | undefined {
  // The version may be part of an address of which only the name is known.
  return among(method, path.split('/')) ?? (/^v\d/.test(path) ? undefined : among(method, ['v1', ...path.split('/')]));
}

/** The endpoints with the parts of their paths. */
const SPLIT = ENDPOINTS.map((endpoint) => ({ endpoint, parts: endpoint.path.split('/') }));

function among(method: string | undefined, parts: readonly string[]): Endpoint | undefined {
  let best: { readonly endpoint: Endpoint; readonly literals: number } | undefined;
  for (const { endpoint, parts: wanted } of SPLIT) {
    if (wanted.length !== parts.length || (method !== undefined && endpoint.method !== method)) continue;
    const literals = matching(wanted, parts);
    if (literals === undefined) continue;
    // Without a method the path has to tell.
    if (method === undefined && best?.endpoint.path === endpoint.path) return undefined;
    if (best === undefined || literals > best.literals) best = { endpoint, literals };
  }
  return best?.endpoint;
}

/** How many parts are equal; undefined where one does not fit. */
function matching(wanted: readonly string[], parts: readonly string[]): number | undefined {
  let literals = 0;
  for (const [index, part] of wanted.entries()) {
    const given = parts[index] ?? '';
    if (part === given) literals++;
    // `/subscriptions/preview` is no id, and an unknown part is taken for an id only.
    else if (!part.startsWith('{') || given === '') return undefined;
  }
  return literals;
}
