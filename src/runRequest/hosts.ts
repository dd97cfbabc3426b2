import { visible, type Text } from './draft.js';

/** Where a key may be sent. */
export interface StiggHosts {
  /** The configured endpoint, as `parseEndpoint` gives it. */
  readonly endpoint: URL;
}

/** Stigg's own. Source: Stigg's documentation (REST and GraphQL, and Edge). */
const OWN = ['https://api.stigg.io', 'https://edge.api.stigg.io'];

/** Whether the address is below one of Stigg's: same scheme, host and port, and without a user name. */
export function isStiggs(url: URL, { endpoint }: StiggHosts): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (OWN.includes(url.origin)) return true;
  const base = endpoint.pathname.endsWith('/') ? endpoint.pathname : `${endpoint.pathname}/`;
  return url.origin === endpoint.origin && (url.pathname.startsWith(base) || url.pathname === endpoint.pathname);
}

/** Cheap, and only for what is offered: whether a request seems to be meant for Stigg. `isStiggs` decides before anything is sent. */
export function seemsStiggs(url: Text, hosts: StiggHosts): boolean {
  const text = visible(url);
  const origin = /^https?:\/\/[^/?#\s]{1,300}/i.exec(text)?.[0].toLowerCase();
  if (origin !== undefined && !origin.includes('\uFFFC')) return [...OWN, hosts.endpoint.origin].includes(origin.replace(/^http:\/\/(?=[\w.]{0,20}stigg\.io$)/, 'https://'));
  // `$STIGG_URL/api/v1/…`: what it is cannot be told before it is run.
  return url.some((part) => typeof part === 'object' && /stigg/i.test(part.missing));
}
