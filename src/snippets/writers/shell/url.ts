import { Placeholder, type ApiRequest, type QueryParameter } from '../../request.js';
import { tabStop, type SnippetParts } from '../../snippet.js';
import type { WriterOptions } from '../../writer.js';
import { merged } from './json.js';

/**
 * The address of a request. Names and samples are percent-encoded: curl takes `[` and `{` for ranges of its own, and no shell has
 * anything to expand in what is left (letters, digits, `-_.~%` and the delimiters of an address).
 * @param quoted Escapes literal text for the quotes it stands in.
 */
export function urlParts(request: ApiRequest, { baseUrl }: Pick<WriterOptions, 'baseUrl'>, quoted: (text: string) => string, query: readonly QueryParameter[] = request.query): SnippetParts {
  const path = request.path.map((part) => (part instanceof Placeholder ? tabStop(part.stop, quoted(encodeSegment(String(part.sample)))) : quoted(part)));
  const parameters = query.flatMap(({ name, value }, index) => [
    quoted(`${index === 0 ? '?' : '&'}${encodeQuery(name)}=`),
    value instanceof Placeholder ? tabStop(value.stop, quoted(encodeQuery(String(value.sample)))) : quoted(encodeQuery(value)),
  ]);
  return merged([quoted(baseUrl.replace(/(?<!\/)\/{1,20}$/, '')), ...path, ...parameters]);
}

/** `encodeURIComponent`, and what it leaves although a shell may read something into it. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Colons and commas stay readable: dates and lists of states are full of them, and a query may hold them. */
function encodeQuery(text: string): string {
  return encodeSegment(text).replaceAll('%3A', ':').replaceAll('%2C', ',');
}
