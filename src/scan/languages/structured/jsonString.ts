import type { Decoded, Span } from '../language.js';
import { decode } from './decoded.js';

const ESCAPES = /\\(?:u[0-9a-f]{4}|[^u])/gi;
const VALUES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The text of a JSON string. The span is what stands between the quotes; an escape that JSON does not know is taken as it is. */
export function decodeJsonString(text: string, span: Span): Decoded {
  return decode(text, span, ESCAPES, valueOf, encodeJsonString);
}

/** A text as it has to be written between the quotes of a JSON string. */
export function encodeJsonString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function valueOf(escape: string): string {
  if (/^\\u/i.test(escape)) return String.fromCharCode(parseInt(escape.slice(2), 16));
  return VALUES[escape.slice(1)] ?? escape.slice(1);
}
