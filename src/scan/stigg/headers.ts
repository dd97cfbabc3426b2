import { UNKNOWN } from '../ir/texts.js';
import type { RequestHeader, StiggRequest } from './request.js';

export const KEY_HEADER = 'X-API-KEY';
export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
export const CONTENT_TYPE = 'Content-Type';
export const JSON_TYPE = 'application/json';

/** The headers of that name; case does not matter in HTTP. */
export function headersNamed({ headers }: Pick<StiggRequest, 'headers'>, name: string): readonly RequestHeader[] {
  const wanted = name.toLowerCase();
  return headers.filter((header) => header.name.trim().toLowerCase() === wanted);
}

/** Names that people take for X-API-KEY, or that other vendors use for the same: without signs, in lower case. */
const MISSPELT = new Set([
  'xapikey', 'xapikeys', 'xapiskey', 'xapykey', 'xaapikey', 'xappikey', 'xapkey', 'xapiky', 'xapike', 'xapkikey', 'xaipkey', 'xapikye', 'xapi', 'xkey', 'xapitoken', 'xapisecret', 'xapiauth', 'xserverkey', 'xserverapikey',
  'xauthkey', 'xauthtoken', 'xauth', 'xaccesskey', 'xaccesstoken', 'xtoken', 'xauthorization', 'apikey', 'apikeys', 'apitoken', 'apisecret', 'authkey', 'authtoken', 'accesskey', 'accesstoken', 'token',
  'xstiggkey', 'xstiggapikey', 'xstiggtoken', 'xstiggserverkey', 'xstiggserverapikey', 'stiggkey', 'stiggapikey', 'stiggtoken', 'stiggserverkey', 'stiggserverapikey', 'stiggauth', 'xstiggauth',
]);

/** What a header's name says of the key: the right one, one that Stigg does not know, the one that others use, or nothing. */
export function keyHeaderKind(name: string): 'right' | 'misspelt' | 'authorization' | undefined {
  const lower = name.trim().toLowerCase();
  if (lower === 'x-api-key') return 'right';
  if (lower === 'authorization') return 'authorization';
  return MISSPELT.has(lower.replace(/[^a-z\d]/g, '')) ? 'misspelt' : undefined;
}

/** True, false, or undefined where the type is not constant. */
export function isJsonType({ text }: RequestHeader): boolean | undefined {
  if (/\bjson\b/i.test(text)) return true;
  return text.includes(UNKNOWN) || text.trim() === '' ? undefined : false;
}
