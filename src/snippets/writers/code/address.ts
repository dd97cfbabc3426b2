import { Placeholder, type ApiRequest, type QueryParameter } from '../../request.js';
import { tabStop, type SnippetParts } from '../../snippet.js';
import { block, placeholderIn, stringIn, type Notation, type Quoted } from './notation.js';

/** The address without the query, as one string literal. Values of the path are percent-encoded, so nothing in them can end the literal's text early. */
export function addressIn(quote: (text: string) => Quoted, request: ApiRequest, baseUrl: string): SnippetParts {
  const { open, inner, close } = quote(baseUrl.replace(/(?<!\/)\/+$/, ''));
  return [open, inner, ...request.path.map((part) => (part instanceof Placeholder ? tabStop(part.stop, quote(encodeURIComponent(wellFormed(String(part.sample)))).inner) : quote(part).inner)), close];
}

/** Half a surrogate pair has no encoding. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD');
}

/** The value of a query parameter; `asText`: where the language takes nothing but strings. */
export function queryValueIn(notation: Notation, { value }: QueryParameter, asText: boolean): SnippetParts {
  if (typeof value === 'string') return [stringIn(notation, value)];
  return placeholderIn(notation, asText ? new Placeholder(value.stop, String(value.sample)) : value);
}

/** The query as a dictionary of the language; it encodes names and values itself. */
export function queryIn(notation: Notation, request: ApiRequest, asText: boolean, level = 0): SnippetParts {
  return block(notation, notation.object, request.query.map((parameter) => [notation.key(parameter.name), ...queryValueIn(notation, parameter, asText)]), level);
}
