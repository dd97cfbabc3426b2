import { impliedHeader, headerOf, emptyDraft, bodyWith, type CommandDraft, type HeaderOption } from './draft.js';
import { HOLE } from '../payload/written.js';
import { pieceOf } from './options.js';
import type { ShellWord } from './lexer.js';
import type { Script } from './script.js';

/** Short options that take a value, with the long ones that the same letter stands for where they matter. */
const VALUED = 'AbcCdDeEFhHKmoPQrTtuUwxXyYz';
const SHORT: Readonly<Record<string, string>> = { X: 'request', H: 'header', d: 'data', F: 'form', u: 'user', K: 'config', G: 'get', I: 'head', T: 'upload-file' };
/** Long options that take no value; of any other word behind a long option it is one. */
const SWITCHES = new Set([
  'silent', 'show-error', 'fail', 'fail-with-body', 'fail-early', 'location', 'location-trusted', 'insecure', 'verbose', 'include', 'head', 'get', 'compressed', 'globoff', 'http1.0', 'http1.1', 'http2', 'http2-prior-knowledge', 'http3',
  'ipv4', 'ipv6', 'tlsv1', 'tlsv1.2', 'tlsv1.3', 'no-progress-meter', 'progress-bar', 'remote-name', 'remote-header-name', 'remote-name-all', 'parallel', 'path-as-is', 'raw', 'retry-all-errors', 'retry-connrefused', 'netrc', 'netrc-optional',
  'basic', 'digest', 'anyauth', 'ntlm', 'negotiate', 'no-buffer', 'no-keepalive', 'no-sessionid', 'create-dirs', 'disable', 'post301', 'post302', 'post303', 'tcp-nodelay', 'tcp-fastopen', 'ssl', 'ssl-reqd', 'styled-output', 'no-alpn', 'help', 'version', 'manual',
  'remote-time', 'use-ascii', 'form-escape', 'junk-session-cookies', 'list-only', 'append', 'crlf', 'ca-native', 'cert-status', 'false-start', 'ignore-content-length', 'no-clobber', 'proxytunnel', 'xattr', 'skip-existing', 'suppress-connect-headers', 'trace-time', 'trace-ids', 'next',
]);
const DATA = new Set(['data', 'data-raw', 'data-binary', 'data-ascii', 'data-urlencode', 'json']);

interface Option {
  readonly name: string;
  readonly word: ShellWord;
  readonly value: ShellWord | undefined;
}

/** What curl makes of its words, one draft for each request (`--next` begins another). */
export function curlDrafts(words: readonly ShellWord[], isOpen: boolean, start: number, script: Script): CommandDraft[] {
  const drafts: CommandDraft[] = [];
  let draft: Collected = { ...emptyDraft(isOpen), data: [], isGet: false };
  for (const option of optionsOf(words)) {
    if (option.name === 'next') {
      drafts.push(finished(draft, start, script));
      draft = { ...emptyDraft(isOpen), data: [], isGet: false };
    } else take(draft, option, script);
  }
  return [...drafts, finished(draft, start, script)];
}

interface Collected extends CommandDraft {
  readonly data: Option[];
  isGet: boolean;
}

/** The options with their values; an operand is the option `url`. */
function* optionsOf(words: readonly ShellWord[]): Iterable<Option> {
  for (let at = 1; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) return;
    const { text } = word.written;
    if (text.startsWith('--') && text.length > 2) {
      const name = text.slice(2);
      if (SWITCHES.has(name) || name.startsWith('no-')) yield { name, word, value: undefined };
      else yield { name, word, value: words[++at] };
    } else if (/^-[A-Za-z#0:]/.test(text)) {
      const next = words[at + 1];
      const { options, takesNext } = shortOptions(word, next);
      yield* options;
      if (takesNext) at++;
    } else yield { name: text === '-' ? 'none' : 'url', word, value: word };
  }
}

/** `-sSX POST`, `-XPOST`, `-H"…"`. */
function shortOptions(word: ShellWord, next: ShellWord | undefined): { readonly options: readonly Option[]; readonly takesNext: boolean } {
  const { text } = word.written;
  const options: Option[] = [];
  for (let at = 1; at < text.length; at++) {
    const letter = text.charAt(at);
    const name = letter === ':' ? 'next' : SHORT[letter] ?? letter;
    if (!VALUED.includes(letter)) options.push({ name, word, value: undefined });
    else if (at + 1 < text.length) return { options: [...options, { name, word, value: pieceOf(word, at + 1) }], takesNext: false };
    else return { options: [...options, { name, word, value: next }], takesNext: true };
  }
  return { options, takesNext: false };
}

function take(draft: Collected, option: Option, script: Script): void {
  const { name, word, value } = option;
  switch (name) {
    case 'request':
      draft.method = value === undefined ? undefined : methodOf(script.textOf(value, false));
      if (draft.method === undefined) draft.isOpen = true;
      return;
    case 'header':
      takeHeader(draft, value, script);
      return;
    case 'user':
      draft.headers.push(impliedHeader('Authorization', word, value, 'Basic'));
      return;
    case 'oauth2-bearer':
      draft.headers.push(impliedHeader('Authorization', word, value, 'Bearer'));
      return;
    case 'config':
      draft.isOpen = true;
      return;
    case 'get':
      draft.isGet = true;
      return;
    case 'head':
      draft.method ??= 'HEAD';
      return;
    case 'form':
    case 'form-string':
      draft.body ??= bodyWith(undefined, 'form');
      return;
    case 'upload-file':
      draft.body ??= bodyWith(undefined, 'text');
      draft.method ??= 'PUT';
      return;
    case 'url-query':
      if (value !== undefined) draft.query.push(script.textOf(value, false));
      return;
    case 'url':
      takeAddress(draft, value, script);
      return;
    default:
      if (DATA.has(name)) draft.data.push(option);
  }
}

function takeHeader(draft: CommandDraft, value: ShellWord | undefined, script: Script): void {
  const header = value === undefined ? undefined : headerOf(value, script);
  // `-H @file`, `-H "$header"`
  if (header === undefined) draft.isOpen = true;
  else draft.headers.push(header);
  if (value !== undefined) draft.lastHeader = { start: value.start, end: value.end };
}

/** The first address counts. A word of which nothing is known may be any number of options. */
function takeAddress(draft: CommandDraft, value: ShellWord | undefined, script: Script): void {
  if (value === undefined) return;
  const text = script.textOf(value, true);
  if (text === HOLE || text.startsWith('-')) draft.isOpen = true;
  else draft.address ??= value;
}

function finished(draft: Collected, start: number, script: Script): CommandDraft {
  const hasMethod = draft.method !== undefined;
  if (draft.isGet) {
    for (const { value } of draft.data) if (value !== undefined) draft.query.push(script.textOf(value, false).replace(/\s/g, ''));
    draft.method ??= 'GET';
    return draft;
  }
  const [first] = draft.data;
  if (first !== undefined) {
    const isJson = draft.data.some(({ name }) => name === 'json');
    if (isJson) draft.headers.push(...['Content-Type', 'Accept'].filter((name) => !draft.headers.some((header) => header.name.toLowerCase() === name.toLowerCase())).map((name) => jsonHeader(name, draft)));
    const body = first.value === undefined ? undefined : script.bodyOf(first.value, start);
    draft.body = bodyWith(draft.data.length === 1 ? body : undefined, isJson ? 'json' : 'text');
  }
  if (!hasMethod && draft.method === undefined) draft.method = draft.body !== undefined ? 'POST' : draft.isOpen ? undefined : 'GET';
  return draft;
}

/** `--json` sends these by itself. */
function jsonHeader(name: string, { data }: Collected): CommandDraft['headers'][number] {
  const word = data.find((option) => option.name === 'json')?.word;
  const at = { start: word?.start ?? 0, end: word?.end ?? 0 };
  return { name, nameStart: at.start, nameEnd: at.end, value: at, text: 'application/json', ...at, isImplied: true };
}

export function methodOf(text: string): string | undefined {
  return /^[A-Za-z]{3,8}$/.test(text) ? text.toUpperCase() : undefined;
}

/** ` -H "Name: value"` */
export const curlHeader: HeaderOption = (name, value) => `-H "${name}: ${value}"`;
