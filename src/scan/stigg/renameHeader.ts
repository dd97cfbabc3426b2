import type { TextEdit } from '../finding.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from './code.js';
import { nodeAt } from './constants.js';
import { KEY_HEADER } from './headers.js';
import { quoted } from './http/values.js';
import type { RequestHeader } from './request.js';

const SCRIPT = /^(?:javascript|typescript)/;
const SCHEME = /^\s*(?:Bearer|Token|ApiKey|Api-Key)\s/i;
/** Names of what is all of the header's value. */
const WHOLE_VALUE = /^auth(?:orization)?(?:_?(?:header|value))?$/i;

/** Edits that send the key as X-API-KEY, without the word that Authorization has in front of it; undefined where that is not certain. */
export function renameToKeyHeader(header: RequestHeader, code: Code, isPlainText: boolean): readonly TextEdit[] | undefined {
  const { nameStart, nameEnd, name } = header;
  // Other schemes encode what they carry.
  if (/^\s*(?:Basic|Digest|HMAC|AWS\S*)\b/i.test(header.text)) return undefined;
  const written = code.text.slice(nameStart, nameEnd);
  if (written.toLowerCase() !== name.trim().toLowerCase()) return special(written, header, code);
  const value = isPlainText ? withoutScheme(header, code) : schemeEdits(header, code);
  const renamed = isPlainText ? [replace(header, plainName(header, code))] : nameEdits(header, code);
  return value === undefined || renamed === undefined ? undefined : [...renamed, ...value];
}

/** A name of PowerShell's tables may have no dash. */
function plainName({ nameStart, nameEnd }: RequestHeader, { text, languageId }: Code): string {
  return languageId === 'powershell' && /[\s{;]/.test(text.charAt(nameStart - 1)) && /^\s*=/.test(text.slice(nameEnd, nameEnd + 20)) ? `'${KEY_HEADER}'` : KEY_HEADER;
}

/** What drops the scheme, where the value stands or where the variable gets it that nothing else reads. */
function schemeEdits(header: RequestHeader, code: Code): TextEdit[] | undefined {
  const node = nodeAt(header.value, code);
  const name = node === undefined ? undefined : unwrap(node);
  if (name?.kind !== 'name') return withoutScheme(header, code);
  const origin = code.tracer.sole(name);
  // A name that says that it is all of the header's value, and not its key: `{ Authorization }`, `authHeader`.
  if (origin === undefined || origin.kind === 'name') return WHOLE_VALUE.test(name.name) ? undefined : withoutScheme(header, code);
  if (withoutScheme(header, code)?.length === 0 && !SCHEME.test(code.textOf(origin))) return origin.kind === 'call' && WHOLE_VALUE.test(name.name) ? undefined : [];
  const binding = code.scopes.resolve(name.name, name);
  const [source] = binding?.sources ?? [];
  if (binding?.sources.length !== 1 || source?.kind !== 'bind' || source.target.path.length > 0 || source.node.value === undefined || unwrap(source.node.value) !== origin) return undefined;
  const uses = code.namesOf(name.name).filter((use) => code.scopes.resolve(use.name, use) === binding);
  const isExported = /(?:^|\n)[ \t]{0,20}export\b[^\n=]{0,80}$/.test(code.text.slice(Math.max(0, source.node.start - 120), source.node.start));
  return uses.length === 1 && !isExported ? withoutScheme({ text: header.text, value: origin }, code) : undefined;
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
function withoutScheme({ text: value, value: { start, end } }: Pick<RequestHeader, 'text' | 'value'>, { text, languageId }: Code): TextEdit[] | undefined {
  const written = text.slice(start, end);
  // A part of a sum that is nothing but the scheme goes with its operator.
  const operand = /^(["'`])(?:Bearer|Token|ApiKey|Api-Key)\s{1,4}\1\s{0,80}(?:\+|\.(?!\w)|\.\.)\s{0,80}/i.exec(written);
  if (operand !== null) return [{ start, end: start + operand[0].length, text: '' }];
  const scheme = /(^[\s:]{0,8}|["'`])((?:Bearer|Token|ApiKey|Api-Key)\s{1,4})(?=\S)/i.exec(written);
  // `['Bearer', key].join(' ')`, `bearer(key)`
  if (scheme === null && /\bbearer\b|bearer\w{0,40}\(/i.test(written)) return undefined;
  if (scheme === null) return SCHEME.test(value) ? undefined : [];
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

/** Calls that make a bearer token of what they are given, and the call of the same client that sets any header. */
const BEARER: Readonly<Record<string, string>> = {
  bearer_auth: 'header', bearerAuth: 'header', setBearerAuth: 'set', SetAuthToken: 'SetHeader', WithOAuthBearerToken: 'WithHeader', withToken: 'withHeader',
};

/** Ways to say it that have no header's name of their own. */
function special(written: string, header: RequestHeader, { text, languageId, calls }: Code): TextEdit[] | undefined {
  const { nameStart, nameEnd, start, end, value } = header;
  const setter = BEARER[written];
  if (setter !== undefined) {
    const isAlone = text.charAt(nameEnd) === '(' && calls.some((call) => call.listStart === nameEnd && call.arguments.length === 1);
    return isAlone ? [{ start: nameStart, end: nameEnd + 1, text: `${setter}(${quoted(KEY_HEADER, languageId)}, ` }] : undefined;
  }
  // C#: `client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key)`
  const assigned = /^([\w.]{1,200})\.Authorization\s{0,20}=\s{0,20}new(?:\s{1,20}[\w.]{1,80})?\(\s{0,20}"Bearer",\s{0,20}$/.exec(text.slice(start, Math.min(value.start, start + 500)));
  if (assigned === null || languageId !== 'csharp' || text.slice(value.end, end) !== ')') return undefined;
  return [{ start, end: value.start, text: `${assigned[1] ?? ''}.Add("${KEY_HEADER}", ` }];
}

function replace({ nameStart, nameEnd }: RequestHeader, text: string): TextEdit {
  return { start: nameStart, end: nameEnd, text };
}
