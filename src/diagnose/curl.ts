import { curl, inDoubleQuotes, keyHeader, type HeaderFlavour } from './curlText.js';
import { toPlainText } from '../snippets/snippet.js';
import { isHole } from './endpoints.js';
import { GRAPHQL_PATH, pathOf, readPath } from './path.js';
import { methodOf, type InspectedRequest } from './request.js';
import { quoted } from './words.js';

export interface CurlTarget {
  /** Stigg's API without a path. */
  readonly baseUrl: string;
  readonly flavour: HeaderFlavour;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const JSON_TYPE = ['-H "Content-Type: application/json"'];

/**
 * The request as it should be: the right path as far as it is known, the right header with the variable and never a key, JSON where
 * there is a body. Without a request one that every server key may send: what matters is whether the key is let in.
 */
export function correctCurl(request: InspectedRequest | null, { baseUrl, flavour }: CurlTarget): string {
  const base = inDoubleQuotes(baseUrl.endsWith('/') ? baseUrl.slice(0, -1) : baseUrl);
  if (request === null || request.surface === 'graphql') {
    return toPlainText(curl('POST', [`${base}${GRAPHQL_PATH}`], [...keyHeader(flavour), JSON_TYPE, ["-d '{\"query\":\"{ sdkConfiguration { isWidgetWatermarkEnabled } }\"}'"]]));
  }
  const method = METHODS.find((known) => known === methodOf(request)) ?? 'GET';
  const reading = readPath(request);
  // curl reads braces as a list of addresses.
  const path = (reading.kind === 'otherPrefix' ? reading.path : pathOf(request)).split('/').map((segment) => (isHole(segment) ? 'ID' : segment)).join('/');
  const url = `${base}${inDoubleQuotes(quoted(path, 500).replaceAll(' ', '%20'))}`;
  const hasBody = request.hasBody || method === 'POST' || method === 'PUT' || method === 'PATCH';
  return toPlainText(curl(method, [url], [...keyHeader(flavour), ...(hasBody ? [JSON_TYPE, ["-d '{}'"]] : [])]));
}
