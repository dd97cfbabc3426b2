import { EMPTY_CONTEXT } from './context.js';
import type { CallNode, IrNode, ObjectNode } from './ir/node.js';
import { calleeText } from './ir/objects.js';
import { rootName } from './ir/scopes.js';
import { unwrap, walk } from './ir/walk.js';
import type { Part } from './parts.js';
import { ScanFile } from './scanFile.js';
import type { Source } from './source.js';
import type { Code } from './stigg/code.js';

/** A value as far as the document says what it is. It may hold a key: never shown as it is. */
export type WrittenValue =
  | { readonly kind: 'text'; readonly parts: readonly (string | WrittenHole)[] }
  | { readonly kind: 'plain'; readonly value: number | boolean | null }
  | { readonly kind: 'object'; readonly entries: readonly { readonly key: string; readonly value: WrittenValue }[] }
  | { readonly kind: 'list'; readonly elements: readonly WrittenValue[] }
  /** `JSON.stringify(…)` */
  | { readonly kind: 'json'; readonly value: WrittenValue; readonly isIndented: boolean }
  | { readonly kind: 'undefined' }
  | WrittenHole;

/** What is not constant, by its code. `fresh`: an expression that makes a UUID. */
export interface WrittenHole {
  readonly kind: 'hole';
  readonly code: string;
  readonly isFresh: boolean;
}

/** A call of `fetch`. Offsets are the document's. */
export interface FetchCall {
  readonly start: number;
  readonly end: number;
  readonly url: WrittenValue;
  /** The second argument; undefined where there is none. */
  readonly options: WrittenValue | undefined;
}

const FETCH = /^(?:(?:globalThis|window|self)\.)?fetch$/;
const FRESH = /^(?:(?:globalThis\.|window\.|self\.)?crypto\.)?randomUUID$|^(?:uuidv?4?|v4|nanoid)$/;
/** What changes the object it is called on. */
const CHANGING = /^(?:set|append|delete|push|unshift|splice)$/;
const ECMASCRIPT = /^(?:java|type)script(?:react)?$/;
const DEEPEST = 40;
const MOST = 500;

/** The calls of `fetch` in the scripts of a document, with what they are given. */
export function fetchCalls(document: Source, parts: readonly Part[]): FetchCall[] {
  try {
    return parts.filter(({ source }) => ECMASCRIPT.test(source.languageId)).flatMap((part) => {
      const file = new ScanFile(part, document, EMPTY_CONTEXT);
      if (file.program === undefined) return [];
      const values = new Values(file.stigg.code);
      return values.fetches().map(({ call, url, options }) => ({ start: part.toOuter(call.start), end: part.toOuter(call.end), url, options }));
    });
  } finally {
    for (const { syntax } of parts) syntax?.forgetNodes();
  }
}

class Values {
  readonly #code: Code;
  /** Names of objects that are changed after they were made. */
  readonly #changed: ReadonlySet<string>;
  /** Values within values can grow without bounds. */
  #left = 20_000;

  constructor(code: Code) {
    this.#code = code;
    this.#changed = new Set(walk(code.program.root).flatMap(changedBy));
  }

  fetches(): { readonly call: CallNode; readonly url: WrittenValue; readonly options: WrittenValue | undefined }[] {
    return this.#code.calls.filter((call) => !call.isNew && FETCH.test(calleeText(unwrap(call.callee)))).slice(0, MOST).flatMap((call) => {
      const [url, options] = call.arguments;
      if (url === undefined || url.isSpread) return [];
      this.#left = 20_000;
      return [{ call, url: this.#of(url.value, 0), options: options === undefined ? undefined : this.#of(options.value, 0) }];
    });
  }

  #of(expression: IrNode, depth: number): WrittenValue {
    const node = unwrap(expression);
    if (depth > DEEPEST || this.#left-- < 0) return this.#hole(node);
    switch (node.kind) {
      case 'text':
        return { kind: 'text', parts: node.parts.flatMap((part) => (part.kind === 'stretch' ? [part.value] : this.#text(part, depth + 1))) };
      case 'number':
        return { kind: 'plain', value: node.value };
      case 'name':
        return this.#named(node.name, node, depth);
      case 'object':
        return this.#object(node, depth);
      case 'list':
        return { kind: 'list', elements: node.elements.map((element) => (element.kind === 'wrapped' && element.by === 'spread' ? this.#hole(element) : this.#of(element, depth + 1))) };
      case 'operation': {
        const [left, right] = node.operands;
        if (node.operator === '+' && left !== undefined && right !== undefined) return { kind: 'text', parts: [...this.#text(left, depth + 1), ...this.#text(right, depth + 1)] };
        const inner = node.operator === '-' && right === undefined && left !== undefined ? this.#of(left, depth + 1) : undefined;
        return inner?.kind === 'plain' && typeof inner.value === 'number' ? { kind: 'plain', value: -inner.value } : this.#hole(node);
      }
      case 'choice':
        return this.#choice(node.alternatives, node, depth);
      case 'call':
        return this.#call(node, depth);
      case 'member':
        return this.#member(node.object, node.name, depth) ?? this.#hole(node);
      default:
        return this.#hole(node);
    }
  }

  /** As a part of a longer text. */
  #text(expression: IrNode, depth: number): readonly (string | WrittenHole)[] {
    const value = this.#of(expression, depth);
    if (value.kind === 'text') return value.parts;
    if (value.kind === 'plain') return [String(value.value)];
    return [value.kind === 'hole' ? value : this.#hole(expression)];
  }

  #named(name: string, node: IrNode, depth: number): WrittenValue {
    if (name === 'true' || name === 'false') return { kind: 'plain', value: name === 'true' };
    if (name === 'null') return { kind: 'plain', value: null };
    if (name === 'undefined') return { kind: 'undefined' };
    const [source, second] = this.#code.scopes.resolve(name, node)?.sources ?? [];
    if (source?.kind !== 'bind' || second !== undefined || this.#changed.has(name)) return this.#hole(node);
    const { target, node: { value, isEach, operator } } = source;
    if (value === undefined || isEach || operator !== '=' || target.path.length > 0 || target.place !== undefined) return this.#hole(node);
    return this.#of(value, depth + 1);
  }

  #object(node: ObjectNode, depth: number): WrittenValue {
    const entries = node.entries.flatMap(({ key, computed, value, isSpread }): { readonly key: string; readonly value: WrittenValue }[] => {
      const inner = this.#of(value, depth + 1);
      if (isSpread) return inner.kind === 'object' ? [...inner.entries] : [{ key: '...', value: this.#hole(value) }];
      const name = key ?? (computed === undefined ? undefined : wholeText(this.#of(computed, depth + 1)));
      return [name === undefined ? { key: '...', value: this.#hole(computed ?? value) } : { key: name, value: inner }];
    });
    return { kind: 'object', entries };
  }

  /** A fallback is the value where nothing else is known: `process.env.STIGG_URL ?? 'https://…'`. */
  #choice(alternatives: readonly IrNode[], node: IrNode, depth: number): WrittenValue {
    const values = alternatives.map((alternative) => this.#of(alternative, depth + 1));
    const holes = values.filter((value) => value.kind === 'hole');
    const known = values.filter((value) => value.kind !== 'hole');
    const [first] = known;
    if (known.length === 1 && first !== undefined && holes.every(({ code }) => /\benv\b/.test(code)) && wholeText(first) !== '') return first;
    return holes.find(({ code }) => /\benv\b/.test(code)) ?? this.#hole(node);
  }

  #call(node: CallNode, depth: number): WrittenValue {
    const callee = calleeText(unwrap(node.callee));
    const [first, second, third] = node.arguments.map(({ value }) => value);
    if (callee === 'JSON.stringify' && first !== undefined) return { kind: 'json', value: this.#of(first, depth + 1), isIndented: third !== undefined };
    if (callee === 'String' && first !== undefined) return { kind: 'text', parts: this.#text(first, depth + 1) };
    if (callee === 'encodeURIComponent' && first !== undefined) return { kind: 'text', parts: this.#text(first, depth + 1).map((part) => (typeof part === 'string' ? encodeSafely(part) : part)) };
    if (callee === 'Headers' && node.isNew && first !== undefined) return this.#of(first, depth + 1);
    if (callee === 'URL' && node.isNew && first !== undefined) {
      const parts = this.#text(first, depth + 1);
      const base = second === undefined ? undefined : wholeText({ kind: 'text', parts: this.#text(second, depth + 1) });
      if (base === undefined) return { kind: 'text', parts };
      return { kind: 'text', parts: [typeof parts[0] === 'string' && parts[0].startsWith('/') ? originOf(base) : base, ...parts] };
    }
    if (FRESH.test(callee)) return { kind: 'hole', code: this.#code.text.slice(node.start, node.end).slice(0, 100), isFresh: true };
    return this.#hole(node);
  }

  /** A member of a constant object. */
  #member(object: IrNode, name: string, depth: number): WrittenValue | undefined {
    const root = unwrap(object);
    if (root.kind !== 'name' && root.kind !== 'member') return undefined;
    const value = this.#of(root, depth + 1);
    return value.kind === 'object' ? value.entries.findLast(({ key }) => key === name)?.value : undefined;
  }

  #hole({ start, end }: IrNode): WrittenHole {
    return { kind: 'hole', code: this.#code.text.slice(start, Math.min(end, start + 100)), isFresh: false };
  }
}

/** The names of objects that a piece of code changes. */
function changedBy(node: IrNode): string[] {
  if (node.kind === 'bind') return node.targets.flatMap(({ place }) => (place === undefined ? [] : rootName(place)?.name ?? []));
  if (node.kind !== 'call') return [];
  const callee = unwrap(node.callee);
  if (callee.kind !== 'member') return [];
  if (calleeText(callee) === 'Object.assign') return node.arguments.slice(0, 1).flatMap(({ value }) => rootName(value)?.name ?? []);
  const root = CHANGING.test(callee.name) ? rootName(callee.object) : undefined;
  return root === undefined ? [] : [root.name];
}

/** The text when all of it is constant. */
function wholeText(value: WrittenValue): string | undefined {
  return value.kind === 'text' && value.parts.every((part) => typeof part === 'string') ? value.parts.join('') : undefined;
}

function encodeSafely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a surrogate pair.
    return text;
  }
}

function originOf(base: string): string {
  return /^[a-z]{2,10}:\/\/[^/?#]{0,300}/i.exec(base)?.[0] ?? base;
}
