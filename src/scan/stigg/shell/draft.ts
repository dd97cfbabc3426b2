import type { TextEdit } from '../../finding.js';
import { indentationAt, lineStartAt, newlineOf } from '../../lines.js';
import type { IrNode } from '../../ir/node.js';
import type { Span } from '../../languages/language.js';
import { destinationOf, endpointFor } from '../endpointFor.js';
import { HOLE } from '../payload/written.js';
import type { HeaderValue, RequestBody, RequestHeader, StiggRequest } from '../request.js';
import type { ShellWord } from './lexer.js';
import type { Script } from './script.js';

/** A request as a command describes it; where it goes is not looked at yet. */
export interface CommandDraft {
  method: string | undefined;
  address: ShellWord | undefined;
  /** Added to the query by the command itself. */
  readonly query: string[];
  readonly headers: RequestHeader[];
  isOpen: boolean;
  body: RequestBody | undefined;
  /** The last word that gives a header, and the words that it consists of: a new one goes behind it. */
  lastHeader: Span | undefined;
}

export function emptyDraft(isOpen: boolean): CommandDraft {
  return { method: undefined, address: undefined, query: [], headers: [], isOpen, body: undefined, lastHeader: undefined };
}

/** How a command takes a header on its command line: ` -H "Name: value"`. */
export type HeaderOption = (name: string, value: string) => string;

/** The header of a word such as `X-API-KEY: $KEY`; undefined where no name can be seen. */
export function headerOf(word: ShellWord, script: Script): RequestHeader | undefined {
  const own = script.resolved(word);
  const { written } = own;
  const name = /^\s{0,20}([\w-]{1,100})[ \t]{0,20}[:;]/.exec(written.text)?.[1];
  if (name === undefined) return undefined;
  const at = written.text.indexOf(name);
  const colon = written.text.slice(at + name.length).search(/[:;]/) + at + name.length;
  const blank = /^\s{0,100}/.exec(written.text.slice(colon + 1))?.[0].length ?? 0;
  const first = colon + 1 + blank;
  const last = written.text.length - 1;
  const value = first > last ? { start: written.end(colon), end: written.end(colon) } : { start: written.start(first), end: written.end(last) };
  const text = script.textOf(own, false);
  return { name, nameStart: written.start(at), nameEnd: written.end(at + name.length - 1), value, text: text.slice(text.indexOf(':') + 1).trim(), start: own.start, end: own.end };
}

/** A header that an option makes; it has no name to be edited. */
export function impliedHeader(name: string, option: ShellWord, value: ShellWord | undefined, scheme: string): RequestHeader {
  const at = { start: option.start, end: (value ?? option).end };
  return { name, nameStart: option.start, nameEnd: option.end, value: value === undefined ? at : { start: value.start, end: value.end }, text: `${scheme} ${HOLE}`, ...at, isImplied: true };
}

/** The request when it goes to Stigg. */
export function requestOf(draft: CommandDraft, command: Span, words: readonly ShellWord[], script: Script, option: HeaderOption, fresh: string): StiggRequest | undefined {
  if (draft.address === undefined) return undefined;
  const address = script.textOf(draft.address, true).trim();
  // Programs that take an address without its scheme put one before it.
  const whole = /^(?:[\w-]+\.)*stigg\.io\b/i.test(address) ? `https://${address}` : address;
  const destination = destinationOf(draft.query.length === 0 ? whole : `${whole}${whole.includes('?') ? '&' : '?'}${draft.query.join('&')}`);
  if (destination === undefined) return undefined;
  return {
    ...destination,
    ...command,
    method: draft.method,
    endpoint: destination.surface === 'rest' ? endpointFor(draft.method, destination.path) : undefined,
    headers: draft.headers,
    isOpen: draft.isOpen,
    body: draft.body,
    parameters: [],
    call: undefined,
    addHeader: (name, value) => addHeader(name, value, { draft, words, script, option, fresh }),
  };
}

interface Insertion {
  readonly draft: CommandDraft;
  readonly words: readonly ShellWord[];
  readonly script: Script;
  readonly option: HeaderOption;
  readonly fresh: string;
}

function addHeader(name: string, value: HeaderValue, { draft, words, script: { text }, option, fresh }: Insertion): TextEdit[] | undefined {
  const [first] = words;
  // Headers of a list that stands elsewhere are shared with other commands.
  const own = draft.lastHeader !== undefined && words.some(({ end }) => end === draft.lastHeader?.end) ? draft.lastHeader : undefined;
  const after = own ?? words.find((word) => word === draft.address) ?? words.at(-1);
  if (first === undefined || after === undefined || after.end <= first.end) return undefined;
  const written = option(name, value.kind === 'fresh' ? fresh : value.text);
  const line = /\\\r?\n/.exec(text.slice(first.start, words.at(-1)?.end))?.index;
  if (line === undefined) return [{ start: after.end, end: after.end, text: ` ${written}` }];
  const sample = own ?? words.find(({ start }) => start > first.start + line);
  const isFirst = sample === undefined || lineStartAt(text, sample.start) <= first.start;
  const indentation = isFirst ? `${indentationAt(text, first.start)}  ` : indentationAt(text, sample.start);
  return [{ start: after.end, end: after.end, text: ` \\${newlineOf(text)}${indentation}${written}` }];
}

/** The value of a body, where only its text is known. */
export function bodyWith(value: IrNode | undefined, form: RequestBody['form']): RequestBody {
  return { value, form };
}
