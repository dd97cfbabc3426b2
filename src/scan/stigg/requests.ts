import { unwrap } from '../ir/walk.js';
import type { CallNode, IrNode } from '../ir/node.js';
import { ELEMENT } from '../ir/access.js';
import { canonical } from '../ir/names.js';
import { partsOf, type Part } from '../ir/objects.js';
import type { Span } from '../languages/language.js';
import type { Code } from './code.js';
import { destinationOf, endpointFor } from './endpointFor.js';
import type { HeaderSource, HttpDraft } from './http/draft.js';
import { HTTP_CLIENTS } from './http/index.js';
import { namedObject } from './http/sources.js';
import { throughWrappers, ThroughWrappers, type RequestIn } from './wrappers.js';
import type { QueryParameter, RequestHeader, StiggRequest } from './request.js';

/** Objects inside of objects that make up headers. */
const DEEPEST = 12;
/** Whoever sends more headers has generated them, and a list of what is wrong with each helps nobody. */
const MOST_HEADERS = 200;
const NOTHING = /^(?:undefined|null|nil|None|NULL)$/;

/** The requests to Stigg that the program sends by hand, those through functions of its own included. */
export function requestsOf(code: Code): readonly StiggRequest[] {
  const open: CallNode[] = [];
  const request = requestIn(code, (call) => open.push(call));
  if (request === undefined) return [];
  const direct = code.calls.flatMap((call) => request(call, code) ?? []);
  return [...direct, ...throughWrappers(code, direct, open, request)];
}

/** The requests of single calls: what `requestsOf` says of them, asked call by call. */
export class RequestsByCall {
  readonly #code: Code;
  readonly #open = new Set<CallNode>();
  readonly #request: RequestIn | undefined;
  readonly #through: ThroughWrappers | undefined;
  readonly #direct = new Map<CallNode, StiggRequest | undefined>();

  constructor(code: Code) {
    this.#code = code;
    this.#request = requestIn(code, (call) => this.#open.add(call));
    if (this.#request !== undefined) this.#through = new ThroughWrappers(code, { direct: (call) => this.#of(call), isOpen: (call) => this.#open.has(call), request: this.#request });
  }

  /** The request that the call itself sends. */
  direct(calls: readonly CallNode[]): readonly StiggRequest[] {
    return calls.flatMap((call) => this.#of(call) ?? []);
  }

  /** The requests that it makes functions of the program send. */
  through(calls: readonly CallNode[]): readonly StiggRequest[] {
    return this.#through?.of(calls) ?? [];
  }

  #of(call: CallNode): StiggRequest | undefined {
    if (!this.#direct.has(call)) this.#direct.set(call, this.#request?.(call, this.#code));
    return this.#direct.get(call);
  }
}

/** What tells the request of a call; undefined where the program sends none. `isHanded` is told of calls that send to an address that their function is handed. */
function requestIn(code: Code, isHanded: (call: CallNode) => void): RequestIn | undefined {
  const clients = HTTP_CLIENTS.filter(({ languages, trace }) => languages.includes(code.languageId) && code.says(trace));
  if (clients.length === 0) return undefined;
  return (call, within) => {
    for (const client of clients) {
      const draft = client.draft(call, within);
      if (draft === undefined) continue;
      const found = resolved(draft, within);
      if (found !== undefined) return found;
      // A function that is handed the address: its callers may say Stigg's.
      if (within === code && draft.address.some((node) => code.tracer.origins(node).some((origin) => isParameter(origin.node, code)))) isHanded(call);
    }
    return undefined;
  };
}

export function isParameter(node: IrNode, code: Code): boolean {
  if (node.kind === 'text') return node.parts.some((part) => part.kind !== 'stretch' && isParameter(unwrap(part), code));
  if (node.kind === 'operation') return node.operands.some((operand) => isParameter(unwrap(operand), code));
  return node.kind === 'name' && code.scopes.resolve(node.name, node)?.sources.some(({ kind }) => kind === 'parameter') === true;
}

/** The request when it goes to Stigg. */
function resolved(draft: HttpDraft, code: Code): StiggRequest | undefined {
  const destination = destinationOf(addressOf(draft.address.map((node) => code.textOf(node))));
  if (destination === undefined) return undefined;
  const { call, method, body, isOpen } = draft;
  const headers: RequestHeader[] = [];
  const isSeen = draft.headers.map((source) => collect(source, code, headers, 0)).every(Boolean);
  return {
    ...destination,
    start: call.start,
    end: call.end,
    method,
    endpoint: destination.surface === 'rest' ? endpointFor(method, destination.path) : undefined,
    headers,
    isOpen: isOpen || !isSeen,
    ...(isSeen && draft.isOpenBySettings === true ? { isOpenBySettings: true } : {}),
    body,
    parameters: [...draft.parameters.flatMap((node) => parametersIn(node, code)), ...(draft.query ?? [])],
    addHeader: (name, value) => (call.end > code.text.length ? undefined : draft.addHeader(name, value)),
    call: draft.answer ?? call,
  };
}

/** One address of several parts: a whole URL starts anew, anything else is a path below what comes before. */
export function addressOf(parts: readonly string[]): string {
  let address = '';
  for (const part of parts) {
    if (part === '') continue;
    address = /^(?:https?:|wss?:)?\/\//i.test(part) || address === '' ? part : `${address.replace(/\/$/, '')}/${part.replace(/^\//, '')}`;
  }
  return address;
}

/** Adds what the source holds; false where more may come from a place that cannot be seen. */
export function collect(source: HeaderSource, code: Code, headers: RequestHeader[], depth: number): boolean {
  if (source.kind === 'object') return collectFrom(source.node, code, headers, depth);
  const name = code.textOf(source.name);
  add(code, headers, name, source.name, source.value, source);
  return true;
}

function collectFrom(start: IrNode, code: Code, headers: RequestHeader[], depth: number): boolean {
  const node = unwrap(start);
  if (node.kind === 'name' && NOTHING.test(node.name)) return true;
  if (depth > DEEPEST || headers.length > MOST_HEADERS) return false;
  if (node.kind === 'choice') return node.alternatives.map((alternative) => collectFrom(alternative, code, headers, depth + 1)).every(Boolean);
  const fn = node.kind === 'call' ? code.tracer.functionOf(node) : undefined;
  // What the function puts into the headers before it returns them counts; one that calls itself says nothing more.
  const returned = (): boolean[] => (node.kind !== 'call' || fn === undefined || code.tracer.isWithin(fn) ? []
    : code.tracer.returnsOf(fn).map((value) => collectFrom(value, code.within(fn, node), headers, depth + 1)));
  const parts = partsOf(node);
  if (parts !== undefined) {
    // What a function of this program is given comes on top of what it returns.
    const isSeen = returned().every(Boolean);
    for (const { computed, value, start: from, end } of node.kind === 'object' ? node.entries : []) {
      // `{ [HEADER]: key }`
      if (computed !== undefined) add(code, headers, code.textOf(computed), computed, value, { start: from, end });
    }
    return parts.map((part): boolean => {
      if (headers.length > MOST_HEADERS) return false;
      if (part.key === undefined) return collectFrom(part.value, code, headers, depth + 1);
      // A pair in a list: `['X-API-KEY', key]`.
      const pair = part.keyStart === part.keyEnd ? unwrap(part.value) : undefined;
      if (pair !== undefined) {
        const [name, value] = pair.kind === 'list' ? pair.elements : [];
        if (name === undefined || value === undefined) return line(pair, code, headers);
        add(code, headers, code.textOf(name), name, value, pair);
        return true;
      }
      const keySpan = keyOf(part, code);
      add(code, headers, code.slice(keySpan), keySpan, part.value, part);
      return true;
    }).every(Boolean) && isSeen;
  }
  if (node.kind === 'call' && fn === undefined) {
    // `new Headers({ … })`, `Headers.of(…)`, `http.Header{…}`
    const [first] = node.arguments;
    if (first !== undefined && node.arguments.length === 1) return collectFrom(first.value, code, headers, depth + 1);
    if (first === undefined && node.isNew) return true;
  }
  if (fn !== undefined) {
    const seen = returned();
    return seen.length > 0 && seen.every(Boolean);
  }
  if (node.kind === 'name' || node.kind === 'member' || node.kind === 'call') {
    let isSeen = true;
    let found = false;
    if (node.kind === 'name') {
      for (const write of code.writes.to(node, code.scopes)) {
        if (headers.length > MOST_HEADERS) return false;
        const [step, ...rest] = write.steps;
        if (write.value === undefined || isCopy(write.node)) continue;
        found = true;
        const named = write.node.kind === 'call' ? write.node.arguments.find(({ name, value }) => name !== undefined && value === write.value) : undefined;
        if (named !== undefined) isSeen = collectFrom(namedObject([named], code) ?? named.value, code, headers, depth + 1) && isSeen;
        else if (step === undefined) isSeen = collectFrom(write.value, code, headers, depth + 1) && isSeen;
        else if (rest.length > 0) continue;
        else if (step === ELEMENT) isSeen = line(write.value, code, headers) && isSeen;
        else addWritten(code, headers, write.node, write.value);
      }
    }
    for (const origin of code.tracer.origins(node)) {
      if (origin.node.kind === 'name' && NOTHING.test(origin.node.name)) continue;
      found = true;
      isSeen = origin.node !== node && origin.path.length === 0 && origin.node.kind !== 'name' && collectFrom(origin.node, code, headers, depth + 1) && isSeen;
    }
    return found && isSeen;
  }
  return false;
}

/** Ruby's `headers.merge(…)` makes new headers, unlike `merge!`. */
function isCopy(node: IrNode): boolean {
  const callee = node.kind === 'call' ? unwrap(node.callee) : undefined;
  return callee?.kind === 'member' && callee.name === 'merge';
}

/** `headers['X-API-KEY'] = key`, `headers.set('X-API-KEY', key)`. */
function addWritten(code: Code, headers: RequestHeader[], node: IrNode, value: IrNode): void {
  if (node.kind === 'bind') {
    const place = node.targets[0]?.place;
    if (place?.kind === 'member') {
      const span = { start: place.nameStart, end: place.nameEnd };
      add(code, headers, place.name, span, value, node);
    } else if (place?.kind === 'element' && place.index !== undefined) {
      add(code, headers, code.textOf(place.index), place.index, value, node);
    }
  } else if (node.kind === 'call') {
    const name = node.arguments[0]?.value;
    if (name !== undefined) add(code, headers, code.textOf(name), name, value, node);
  }
}

/** PHP's curl and others take whole lines: `'X-API-KEY: ' . $key`. */
function line(node: IrNode, code: Code, headers: RequestHeader[]): boolean {
  const text = code.textOf(node);
  const at = text.indexOf(':');
  if (at === -1) return false;
  const name = text.slice(0, at).trim();
  const start = code.text.indexOf(name, node.start);
  const isWritten = start !== -1 && start + name.length <= node.end;
  const nameSpan = isWritten ? { start, end: start + name.length } : node;
  headers.push({ name, nameStart: nameSpan.start, nameEnd: nameSpan.end, value: { start: nameSpan.end, end: node.end }, text: text.slice(at + 1).trim(), start: node.start, end: node.end });
  return true;
}

function add(code: Code, headers: RequestHeader[], name: string, nameAt: { readonly start: number; readonly end: number }, value: IrNode, entry: { readonly start: number; readonly end: number }): void {
  const inner = trimmed(code, nameAt.start, nameAt.end);
  headers.push({ name, nameStart: inner.start, nameEnd: inner.end, value: { start: value.start, end: value.end }, text: code.textOf(value), start: entry.start, end: entry.end });
}

/** Where the name of an entry stands, as it is written; Ruby's arguments may have theirs in quotes: `"X-API-KEY" => key`. */
function keyOf({ key, start, value, keyStart, keyEnd }: Part, code: Code): Span {
  const span = trimmed(code, keyStart, keyEnd);
  return start === keyStart && canonical(code.slice(span)) !== key ? trimmed(code, start, Math.max(start, value.start)) : span;
}

/** Without quotes, brackets, colons and arrows around. */
function trimmed(code: Code, start: number, end: number): { readonly start: number; readonly end: number } {
  const text = code.text.slice(start, end);
  const lead = /^[\s"'`:[({]*/.exec(text)?.[0].length ?? 0;
  let length = text.length;
  while (length > lead && /[\s"'`:=>\])}]/.test(text.charAt(length - 1))) length--;
  return { start: start + lead, end: start + length };
}

/** The query's parameters that an object, a dictionary or a list of pairs holds. */
function parametersIn(node: IrNode, code: Code): QueryParameter[] {
  const own = partsOf(node) ?? code.tracer.origins(node).flatMap((origin) => (origin.path.length > 0 || origin.node === node ? [] : partsOf(origin.node) ?? []));
  return own.flatMap(({ key, value }): QueryParameter[] => {
    const inner = unwrap(value);
    const elements = inner.kind === 'list' ? inner.elements : [];
    const [first, second] = elements;
    // `[("limit", "100")]`
    if (key === ELEMENT && first !== undefined && second !== undefined) return [{ name: code.textOf(first), value: second }];
    // Go's `url.Values{"limit": {"100"}}` has a list of values for each name.
    return key === undefined || key === ELEMENT ? [] : [{ name: key, value: elements.length === 1 && first !== undefined ? first : value }];
  });
}
