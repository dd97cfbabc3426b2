import { plainText } from '../../ir/access.js';
import { wordsOf } from '../../ir/names.js';
import type { CallNode, IrNode, TextNode } from '../../ir/node.js';
import { calleeText, partsOf } from '../../ir/objects.js';
import { UNKNOWN } from '../../ir/texts.js';
import { unwrap } from '../../ir/walk.js';
import type { Span } from '../../languages/language.js';
import type { Code } from '../code.js';
import type { HeaderSource } from './draft.js';
import { actionsInside, historyOf, startOf, type Action } from './history.js';
import { mediaOf } from './media.js';

/** Headers that are set one after the other. */
export interface HeaderList {
  readonly sources: readonly HeaderSource[];
  readonly isOpen: boolean;
  /** The actions that set one, in order. */
  readonly setters: readonly Action[];
}

/** What headers are put into has such a name. */
const HOLDER = /headers?$/i;
/** One header with name and value, whoever the method belongs to, and where it belongs to headers. */
const PAIR = /^(?:header|addHeader|setHeader|withHeader|defaultHeader|addDefaultHeader|setRequestProperty|addRequestProperty|addOrUpdateHeader|headerVerbatim|setHeaderVerbatim)$/;
const PUT = /^(?:set|add|append|insert|put|tryAddWithoutValidation|addWithoutValidation|addUnsafeNonAscii|addAll)$/;
/** Several at once. */
const MANY = /^(?:headers|setHeaders|addHeaders|withHeaders|defaultHeaders|addDefaultHeaders|httpHeaders|putAll|addAll|appendAll|extend|setHeaderMultiValues)$/;
const TYPE = /^(?:contentType|setContentType)$/;
const AUTHORIZATION = /^(?:bearerAuth|setBearerAuth|setAuthToken|basicAuth|setBasicAuth|withOAuthBearerToken|withBasicAuth|setAuthScheme)$/;
/** What headers are collected in. */
const MAKER = /header|map|dict|multivalue/i;
const DEEPEST = 6;

/** The headers that the actions set. In a `bag` what they are done to holds headers and nothing else. */
export function headersOf(actions: readonly Action[], code: Code, bag = false, depth = 0): HeaderList {
  const lists = actions.map((action) => ofAction(action, code, bag, depth));
  const setters = actions.filter((_, index) => (lists[index]?.sources.length ?? 0) > 0);
  return { ...joined(lists), setters };
}

/** One after the other. */
export function joined(lists: readonly HeaderList[]): HeaderList {
  return { sources: lists.flatMap(({ sources }) => sources), isOpen: lists.some(({ isOpen }) => isOpen), setters: lists.flatMap(({ setters }) => setters) };
}

export const NO_HEADERS: HeaderList = { sources: [], isOpen: false, setters: [] };
const OPEN: HeaderList = { sources: [], isOpen: true, setters: [] };

/** A text that stands for what is written there in another way. */
export function textAt(value: string, { start, end }: Span): TextNode {
  return { kind: 'text', start, end, parts: [{ kind: 'stretch', value, start, end }] };
}

/** A header that goes by something else than its name: a content type, a bearer token. */
export function namedHeader(name: string, at: Span, value: IrNode, entry: Span = at): HeaderSource {
  return { kind: 'pair', name: textAt(name, at), value, start: entry.start, end: entry.end };
}

function ofAction(action: Action, code: Code, bag: boolean, depth: number): HeaderList {
  const { path, values, node, nameStart, nameEnd } = action;
  const name = path.at(-1) ?? '';
  const holder = path.at(-2);
  const isIn = holder === undefined ? bag : HOLDER.test(holder);
  const [first, second] = values;
  if ((holder !== undefined && !isIn) || depth > DEEPEST) return NO_HEADERS;
  if (action.isAssignment) {
    if (first === undefined) return NO_HEADERS;
    if (!isIn) return HOLDER.test(name) && holder === undefined ? headersIn(first, code, depth + 1) : NO_HEADERS;
    const isAuthorization = name === 'authorization';
    const value = single(first);
    // A property of that name is no text that could be written in another way.
    const at = isAuthorization ? value : { start: nameStart, end: nameEnd };
    return pair(namedHeader(headerName(action, code), at, isAuthorization ? credentials(value) : name === 'contentType' ? mediaOf(value, code) ?? value : value, node));
  }
  const at = { start: nameStart, end: nameEnd };
  if (first === undefined) return NO_HEADERS;
  const entry = { start: nameStart, end: node.end };
  if (AUTHORIZATION.test(name)) return pair(namedHeader('Authorization', at, first, entry));
  if (TYPE.test(name)) return pair(namedHeader('Content-Type', at, mediaOf(first, code) ?? first, entry));
  if (second !== undefined && (PAIR.test(name) || (isIn && PUT.test(name)))) return pair({ kind: 'pair', name: nameOf(first, code), value: single(second), ...entry });
  if (second !== undefined && MANY.test(name)) return { ...NO_HEADERS, sources: alternating(values, code) };
  return MANY.test(name) ? headersIn(first, code, depth + 1) : NO_HEADERS;
}

function pair(source: HeaderSource): HeaderList {
  return { sources: [source], isOpen: false, setters: [] };
}

/** The headers that an expression holds: a map, a collection that is filled before, a lambda that fills one. */
export function headersIn(expression: IrNode, code: Code, depth = 0): HeaderList {
  const node = unwrap(expression);
  if (depth > DEEPEST) return OPEN;
  if (node.kind === 'function') return headersOf(actionsInside(node, code), code, true, depth + 1);
  const literal = written(node, code, depth);
  if (literal !== undefined) return literal;
  if (node.kind !== 'name' && node.kind !== 'member' && node.kind !== 'call') return OPEN;
  const isEnd = (end: IrNode): boolean => end.kind === 'call' && code.tracer.functionOf(end) === undefined;
  const origins = code.tracer.origins(node, isEnd);
  if (origins.length === 0) return OPEN;
  return joined(origins.map(({ node: origin, path }): HeaderList => {
    if (path.length > 0) return OPEN;
    if (origin.kind === 'call') return filled(origin, code, depth + 1);
    const given = origin.kind === 'object' ? written(origin, code, depth) : undefined;
    return given === undefined ? OPEN : joined([given, afterwards(origin, code, depth + 1)]);
  }));
}

/** What is put into headers that such a call makes: `new HttpHeaders()`, `HeaderMap::new()`, `Headers.Builder().add(…).build()`. */
function filled(call: CallNode, code: Code, depth: number): HeaderList {
  const literal = written(call, code, depth);
  if (literal !== undefined) return joined([literal, afterwards(call, code, depth)]);
  const callee = unwrap(call.callee);
  if (callee.kind === 'member' && /^(?:clone|copy)$/i.test(callee.name) && call.arguments.length === 0) return joined([headersIn(callee.object, code, depth + 1), afterwards(call, code, depth)]);
  const start = startOf(call);
  const path = calleeText(unwrap(start.callee));
  if (!MAKER.test(path) && !start.isNew) return OPEN;
  const [copied] = start.arguments;
  const base = copied === undefined || unwrap(copied.value).kind === 'number' || /capacity/i.test(path) ? NO_HEADERS : headersIn(copied.value, code, depth + 1);
  return joined([base, afterwards(start, code, depth), start === call ? NO_HEADERS : afterwards(call, code, depth)]);
}

function afterwards(made: IrNode, code: Code, depth: number): HeaderList {
  const { actions, givenTo } = historyOf(made, code);
  // A function that is called for nothing else may fill them too.
  const isOpen = givenTo.some((call) => (call.parent?.kind === 'group' || call.parent?.kind === 'function') && unwrap(call.callee).kind === 'name');
  const list = headersOf(actions, code, true, depth + 1);
  return isOpen ? { ...list, isOpen } : list;
}

/** Names and values that stand there; undefined where none do. */
function written(node: IrNode, code: Code, depth: number): HeaderList | undefined {
  if (node.kind === 'object') {
    return joined(node.entries.map((entry): HeaderList => {
      const { key, keyStart, keyEnd, computed, value, isSpread, start, end } = entry;
      if (isSpread) return headersIn(value, code, depth + 1);
      const name = key === undefined ? computed === undefined ? undefined : nameOf(computed, code) : textAt(key, { start: keyStart, end: keyEnd });
      return name === undefined ? OPEN : pair({ kind: 'pair', name, value: single(value), start, end });
    }));
  }
  if (node.kind !== 'call') return undefined;
  const path = calleeText(unwrap(node.callee));
  const values = node.arguments.map(({ value }) => value);
  if (/(?:^|\.)(?:Headers\.of|headersOf|Map\.of|ImmutableMap\.of)$/.test(path)) {
    if (values.length !== 1) return { ...NO_HEADERS, sources: alternating(values, code) };
    return values[0] === undefined ? NO_HEADERS : headersIn(values[0], code, depth + 1);
  }
  if (values.length > 0 && values.every((value) => isPair(unwrap(value)))) {
    return { ...NO_HEADERS, sources: values.flatMap((value): HeaderSource[] => {
      const inner = unwrap(value);
      const [name, given] = inner.kind === 'operation' ? inner.operands : inner.kind === 'call' ? inner.arguments.map((argument) => argument.value) : [];
      return name === undefined || given === undefined ? [] : [{ kind: 'pair', name: nameOf(name, code), value: single(given), start: value.start, end: value.end }];
    }) };
  }
  // A chain that fills something is looked at as such.
  return startOf(node) === node && partsOf(node) !== undefined ? { ...NO_HEADERS, sources: [{ kind: 'object', node }] } : undefined;
}

function isPair(node: IrNode): boolean {
  return (node.kind === 'operation' && node.operator === 'to') || (node.kind === 'call' && /(?:^|\.)(?:entry|Pair|KeyValuePair)$/.test(calleeText(unwrap(node.callee))));
}

function alternating(values: readonly IrNode[], code: Code): HeaderSource[] {
  return values.flatMap((name, index): HeaderSource[] => {
    const value = index % 2 === 0 ? values[index + 1] : undefined;
    return value === undefined ? [] : [{ kind: 'pair', name: nameOf(name, code), value, start: name.start, end: value.end }];
  });
}

/** A header's name; libraries have constants for those that everyone uses: `HttpHeaders.CONTENT_TYPE`. */
function nameOf(expression: IrNode, code: Code): IrNode {
  const node = unwrap(expression);
  if (node.kind === 'text' || code.textOf(node) !== UNKNOWN) return node;
  const call = node.kind === 'call' ? node.arguments[0]?.value : undefined;
  // `HeaderName::from_static("x-api-key")`
  if (call !== undefined && code.textOf(call) !== UNKNOWN) return textAt(code.textOf(call), call);
  const name = node.kind === 'member' || node.kind === 'name' ? node.name : '';
  return /^(?:content_?type|authorization|accept|user_?agent)$/i.test(name) ? textAt(dashed(name), node) : node;
}

function headerName({ name, nameStart }: Action, { text }: Code): string {
  // By an index the name is written as it is.
  return text[nameStart - 1] === '.' ? dashed(name) : name;
}

function dashed(name: string): string {
  return wordsOf(name).map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('-');
}

/** `[]string{key}`, `{ key }`: the only one of several values. */
function single(value: IrNode): IrNode {
  let node = unwrap(value);
  for (let left = 6; left > 0 && node.kind === 'call'; left--) {
    // Rust: `HeaderValue::from_str(key)?`, `"…".parse().unwrap()`
    const callee = unwrap(node.callee);
    const [first] = node.arguments;
    if (callee.kind !== 'member') break;
    if (/^(?:unwrap|expect|into|unwrap_or_default)$/.test(callee.name)) node = unwrap(callee.object);
    else if (calleeText(callee).startsWith("HeaderValue.from") && first !== undefined) node = unwrap(first.value);
    else break;
  }
  const [only, other] = node.kind === 'list' ? node.elements : [];
  if (only !== undefined && other === undefined) return only;
  return node.kind === 'list' ? value : node;
}

/** `new AuthenticationHeaderValue("Bearer", key)`: what the scheme comes with. */
function credentials(value: IrNode): IrNode {
  const node = unwrap(value);
  return node.kind === 'call' ? node.arguments.at(-1)?.value ?? value : value;
}

/** Whether one of the headers may be the one with the key. */
export function hasKey(sources: readonly HeaderSource[], code: Code): boolean {
  return sources.some((source) => {
    if (source.kind === 'object') return true;
    const name = plainText(source.name) ?? code.textOf(source.name);
    return name.includes(UNKNOWN) || /key|token|auth|secret|cookie/i.test(name.replace(/idempotency-?key/i, ''));
  });
}
