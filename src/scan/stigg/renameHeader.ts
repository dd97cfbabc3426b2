import type { TextEdit } from '../finding.js';
import type { Code } from './code.js';
import { KEY_HEADER } from './headers.js';
import { quoted } from './http/values.js';
import type { RequestHeader } from './request.js';

const SCRIPT = /^(?:javascript|typescript)/;

/** Edits that send the key as X-API-KEY, without the word that Authorization has in front of it; undefined where that is not certain. */
export function renameToKeyHeader(header: RequestHeader, code: Code, isPlainText: boolean): readonly TextEdit[] | undefined {
  const { nameStart, nameEnd, name } = header;
  // Other schemes encode what they carry.
  if (/^\s*(?:Basic|Digest|HMAC|AWS\S*)\b/i.test(header.text)) return undefined;
  const written = code.text.slice(nameStart, nameEnd);
  if (written.toLowerCase() !== name.trim().toLowerCase()) return special(written, header, code);
  const value = withoutScheme(header, code);
  const renamed = isPlainText ? [replace(header, KEY_HEADER)] : nameEdits(header, code);
  return value === undefined || renamed === undefined ? undefined : [...renamed, ...value];
}

/** The name as it has to be written there. */
function nameEdits(header: RequestHeader, { text, languageId }: Code): TextEdit[] | undefined {
  const { nameStart, nameEnd, value } = header;
  const before = text.charAt(nameStart - 1);
  if (/["'`]/.test(before)) return [replace(header, KEY_HEADER)];
  // In the middle of a text: one of PHP's or C#'s lines of headers.
  if (/[\s:]/.test(before) && /^\s*:\s/.test(text.slice(nameEnd)) && isInText(text, nameStart)) return [replace(header, KEY_HEADER)];
  const name = quoted(KEY_HEADER, languageId);
  if (SCRIPT.test(languageId)) {
    // `{ Authorization }`, `headers.Authorization = …`, `{ Authorization: … }`
    if (value.start === nameStart && value.end === nameEnd) return [{ start: nameStart, end: nameEnd, text: `${name}: ${text.slice(nameStart, nameEnd)}` }];
    if (before === '.') return text.charAt(nameStart - 2) === '?' ? undefined : [{ start: nameStart - 1, end: nameEnd, text: `[${name}]` }];
    return /^\s*:/.test(text.slice(nameEnd, nameEnd + 20)) ? [replace(header, name)] : undefined;
  }
  // `{ Authorization: "…" }`
  return languageId === 'ruby' && text.charAt(nameEnd) === ':' ? [replace(header, `"${KEY_HEADER}"`)] : undefined;
}

/** An odd number of quotes before it on its line. */
function isInText(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 300), at);
  return (line.split('"').length - 1) % 2 === 1 || (line.split("'").length - 1) % 2 === 1;
}

/** What drops `Bearer`; nothing where it is not there, undefined where it is somewhere else. */
function withoutScheme({ text: value, value: { start, end } }: RequestHeader, { text, languageId }: Code): TextEdit[] | undefined {
  const written = text.slice(start, end);
  // A part of a sum that is nothing but the scheme goes with its operator.
  const operand = /^(["'`])(?:Bearer|Token|ApiKey|Api-Key)\s{1,4}\1\s{0,80}(?:\+|\.(?!\w)|\.\.)\s{0,80}/i.exec(written);
  if (operand !== null) return [{ start, end: start + operand[0].length, text: '' }];
  const scheme = /(^[\s:]{0,8}|["'`])((?:Bearer|Token|ApiKey|Api-Key)\s{1,4})(?=\S)/i.exec(written);
  if (scheme === null) return /^\s*(?:Bearer|Token|ApiKey|Api-Key)\s/i.test(value) ? undefined : [];
  const [, lead = '', word = ''] = scheme;
  const at = start + scheme.index + lead.length;
  const edits = [{ start: at, end: at + word.length, text: '' }];
  return languageId === 'python' ? edits : unwrapped(written, start, scheme.index + lead.length, word.length) ?? edits;
}

/** JavaScript's `Bearer ${key}` is nothing but the key without the word. */
function unwrapped(written: string, start: number, at: number, length: number): TextEdit[] | undefined {
  const whole = /^`\$\{([\w$.?!]+)\}`$/.exec(`${written.slice(0, at)}${written.slice(at + length)}`);
  const [, expression] = whole ?? [];
  // What may be missing stays a text, as it was.
  return expression === undefined || /[?]|\benv\b/.test(expression) ? undefined : [{ start, end: start + written.length, text: expression }];
}

/** Ways to say it that have no header's name of their own. */
function special(written: string, header: RequestHeader, { text, languageId }: Code): TextEdit[] | undefined {
  const { nameStart, nameEnd } = header;
  // Rust: `.bearer_auth(key)`
  if (languageId === 'rust' && written === 'bearer_auth' && text.charAt(nameEnd) === '(') return [{ start: nameStart, end: nameEnd + 1, text: `header("${KEY_HEADER}", ` }];
  return undefined;
}

function replace({ nameStart, nameEnd }: RequestHeader, text: string): TextEdit {
  return { start: nameStart, end: nameEnd, text };
}
