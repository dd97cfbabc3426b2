import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Argument, Entry, IrNode } from '../../../ir/node.js';
import { innerEndOf, operationOf } from '../shared.js';
import { constantOf } from './texts.js';
import { closure, conditional, declaration } from './tokenForms.js';
import { path, skipGenerics } from './tokenPaths.js';

/** Trees nested more deeply in a macro are not looked at, nor are longer chains: that many levels may come of each tree. */
const DEEPEST_TREE = 40;
const LONGEST_CHAIN = 60;

/** Binds more tightly, the higher. */
const POWERS: Readonly<Record<string, number>> = {
  '..': 1, '..=': 1, '||': 2, '&&': 3, '==': 4, '!=': 4, '<': 4, '>': 4, '<=': 4, '>=': 4, '|': 5, '^': 6, '&': 7, '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '%': 10, as: 11,
};
const PREFIXES = new Set(['-', '!', '*', '&', '&&']);
const LITERALS = new Set(['string_literal', 'raw_string_literal', 'integer_literal', 'float_literal', 'boolean_literal', 'char_literal']);
const NAMES = new Set(['identifier', 'self', 'super', 'crate', 'primitive_type', 'metavariable']);
const CLOSING = new Set([')', ']', '}']);

/** A stretch of what a macro is given: the grammar tells its brackets and literals only, so that expressions are read here. */
export class Tokens {
  readonly lower: Lower;
  readonly #all: readonly Node[];
  readonly #level: number;
  at = 0;

  constructor(tree: Node, lower: Lower, level: number) {
    const inner = tree.children.filter((child) => child !== null).filter(({ type }) => !type.endsWith('comment')).slice(1);
    this.#all = inner.length > 0 && CLOSING.has(inner.at(-1)?.type ?? '') ? inner.slice(0, -1) : inner;
    this.#level = level;
    this.lower = lower;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#all.length;
  }

  peek(ahead = 0): Node | undefined {
    return this.#all[this.at + ahead];
  }

  is(type: string, ahead = 0): boolean {
    return this.peek(ahead)?.type === type;
  }

  /** Whether a tree with that bracket stands there. */
  isTree(bracket: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.type === 'token_tree' && this.lower.text[token.startIndex] === bracket;
  }

  inside(tree: Node): Tokens | undefined {
    return this.#level >= DEEPEST_TREE ? undefined : new Tokens(tree, this.lower, this.#level + 1);
  }

  /** What is separated by commas, or in blocks by semicolons. */
  items(): IrNode[] {
    const items: IrNode[] = [];
    while (!this.isAtEnd) {
      if (this.is(',') || this.is(';')) this.at++;
      else items.push(...this.item());
    }
    return items;
  }

  /** What a list is made of; in `[x; n]` the number is none of the elements. */
  elements(): IrNode[] {
    const items: IrNode[] = [];
    for (let isNumber = false; !this.isAtEnd; ) {
      if (this.is(',') || this.is(';')) {
        isNumber ||= this.is(';');
        this.at++;
        continue;
      }
      for (const item of this.item()) items.push(isNumber ? this.lower.make({ kind: 'group', start: item.start, end: item.end, children: [item], isScope: false }) : item);
    }
    return items;
  }

  /** Everything up to the next separator: one expression, or what could be read of something else. */
  item(): IrNode[] {
    const declared = declaration(this);
    if (declared !== undefined) return [declared];
    const read: IrNode[] = [];
    while (!this.isAtEnd && !this.is(',') && !this.is(';')) {
      const before = this.at;
      const expression = this.expression(0, 0);
      if (expression !== undefined) read.push(expression);
      if (this.at === before) this.at++;
    }
    const [first] = read;
    const last = read.at(-1);
    if (first === undefined || last === undefined || read.length === 1) return read;
    return [this.lower.make({ kind: 'group', start: first.start, end: last.end, children: read, isScope: false })];
  }

  one(start: number): IrNode {
    const [item] = this.item();
    return item ?? this.lower.make({ kind: 'group', start, end: start, children: [], isScope: false });
  }

  /** An expression whose operators bind at least so tightly. Nothing, and nothing is read, where none begins. */
  expression(power: number, depth: number): IrNode | undefined {
    let left = this.#prefixed(depth);
    for (let links = depth; left !== undefined && links < LONGEST_CHAIN; links++) {
      const sign = this.peek();
      const own = sign === undefined ? undefined : POWERS[sign.type];
      if (sign === undefined || own === undefined || own < power) break;
      this.at++;
      const { start } = left;
      if (sign.type === 'as') {
        const type = this.peek();
        if (type === undefined || !NAMES.has(type.type)) break;
        path(this);
        left = this.lower.make({ kind: 'wrapped', start, end: this.peek(-1)?.endIndex ?? sign.endIndex, by: 'cast', inner: left });
        continue;
      }
      const right = this.expression(own + 1, links + 1);
      left = right === undefined ? this.lower.make({ kind: 'group', start, end: sign.endIndex, children: [left], isScope: false }) : operationOf(this.lower, sign.type, [left, right]);
    }
    return left;
  }

  #prefixed(depth: number): IrNode | undefined {
    const sign = this.peek();
    if (sign === undefined || depth >= LONGEST_CHAIN) return undefined;
    if (this.is('|') || this.is('||') || (this.isWord('move') && (this.is('|', 1) || this.is('||', 1)))) return closure(this, depth);
    if (sign.type === 'if') return conditional(this, depth);
    if (!PREFIXES.has(sign.type)) return this.#postfixed();
    const before = this.at++;
    while (this.is('mutable_specifier')) this.at++;
    const inner = this.#prefixed(depth + 1);
    if (inner === undefined) {
      this.at = before;
      return undefined;
    }
    const { startIndex: start } = sign;
    const { end } = inner;
    if (sign.type === '-' || sign.type === '!') return this.lower.make({ kind: 'operation', start, end, operator: sign.type, operands: [inner] });
    return this.lower.make({ kind: 'wrapped', start, end, by: 'reference', inner });
  }

  isWord(word: string): boolean {
    const token = this.peek();
    return token?.type === 'identifier' && this.lower.textOf(token) === word;
  }

  #postfixed(): IrNode | undefined {
    let left = this.#primary();
    for (let links = 0; left !== undefined && links < LONGEST_CHAIN; links++) {
      const next = this.#link(left);
      if (next === undefined) break;
      left = next;
    }
    return left;
  }

  /** `.name`, `.0`, `.await`, `?`, `(…)`, `[…]` after an expression. */
  #link(object: IrNode): IrNode | undefined {
    const { lower } = this;
    const token = this.peek();
    if (token === undefined) return undefined;
    const { start } = object;
    const { endIndex: end } = token;
    if (token.type === '?') {
      this.at++;
      return lower.make({ kind: 'wrapped', start, end, by: 'cast', inner: object });
    }
    if (this.isTree('(')) {
      this.at++;
      return lower.make({ kind: 'call', start, end, callee: object, arguments: this.inside(token)?.arguments() ?? [], isNew: false, listStart: token.startIndex, listEnd: end });
    }
    if (this.isTree('[')) {
      this.at++;
      const index = this.inside(token)?.items()[0];
      const constant = index === undefined ? undefined : constantOf(index);
      if (constant !== undefined) return lower.make({ kind: 'member', start, end, object, name: constant.value, nameStart: constant.start, nameEnd: constant.end });
      return lower.make({ kind: 'element', start, end, object, index });
    }
    const name = this.peek(1);
    if (token.type !== '.' || name === undefined) return undefined;
    if (name.type === 'await') {
      this.at += 2;
      return lower.make({ kind: 'wrapped', start, end: name.endIndex, by: 'await', inner: object });
    }
    if (name.type === 'integer_literal') {
      this.at += 2;
      return lower.make({ kind: 'element', start, end: name.endIndex, object, index: lower.one(name) });
    }
    if (name.type !== 'identifier') return undefined;
    this.at += 2;
    if (this.is('::')) {
      const before = this.at++;
      if (!skipGenerics(this)) this.at = before;
    }
    return lower.make({ kind: 'member', start, end: name.endIndex, object, name: lower.textOf(name), nameStart: name.startIndex, nameEnd: name.endIndex });
  }

  #primary(): IrNode | undefined {
    const token = this.peek();
    if (token === undefined) return undefined;
    if (LITERALS.has(token.type)) {
      this.at++;
      return this.lower.one(token);
    }
    if (token.type === 'token_tree') {
      this.at++;
      return this.tree(token);
    }
    return NAMES.has(token.type) ? path(this) : undefined;
  }

  /** Brackets that stand for themselves: `[…]` is a list, `{"a": 1}` an object, `(…)` a tuple. */
  tree(tree: Node): IrNode {
    const { lower } = this;
    const { startIndex: start, endIndex: end } = tree;
    const inner = this.inside(tree);
    if (inner === undefined) return lower.group(tree, []);
    const bracket = lower.text[start];
    if (bracket === '{') return inner.isObject ? inner.object(tree, undefined) : lower.make({ kind: 'group', start, end, children: inner.items(), isScope: true });
    const elements = inner.elements();
    const [only] = elements;
    if (bracket === '(' && only !== undefined && elements.length === 1 && !inner.is(',', -1)) return lower.make({ kind: 'wrapped', start, end, by: 'parentheses', inner: only });
    return lower.make({ kind: 'list', start, end, elements });
  }

  get isObject(): boolean {
    return this.#all.length === 0 || this.is(':', 1) || (this.isTree('(') && this.is('=>', 1));
  }

  arguments(): Argument[] {
    const all: Argument[] = [];
    while (!this.isAtEnd) {
      if (this.is(',') || this.is(';')) this.at++;
      else all.push(...this.#argument());
    }
    return all;
  }

  /** `x`, or `name = x`. */
  #argument(): Argument[] {
    const name = this.peek();
    const isNamed = name?.type === 'identifier' && this.is('=', 1);
    if (isNamed) this.at += 2;
    const [value] = this.item();
    if (value === undefined) return [];
    return [{ name: isNamed ? this.lower.textOf(name) : undefined, value, isSpread: false, start: isNamed ? name.startIndex : value.start, end: value.end }];
  }

  /** `key: value` and `key => value`; `type` where it is a struct, whose keys are names. `tree` has the brackets. */
  object(tree: Node, type: string | undefined, start = tree.startIndex): IrNode {
    const { text } = this.lower;
    const { startIndex, endIndex: end } = tree;
    const entries: Entry[] = [];
    while (!this.isAtEnd) {
      if (this.is(',') || this.is(';')) this.at++;
      else entries.push(...this.#entry(type !== undefined));
    }
    return this.lower.make({ kind: 'object', start, end, type, entries, innerStart: startIndex + 1, innerEnd: innerEndOf(text, startIndex, end, entries) });
  }

  #entry(hasFields: boolean): Entry[] {
    const first = this.peek();
    if (first === undefined) return [];
    const { startIndex: start, endIndex } = first;
    if (first.type === '..') {
      this.at++;
      const value = this.one(endIndex);
      return [{ key: undefined, keyStart: start, keyEnd: start, value, isSpread: true, isShorthand: false, start, end: value.end }];
    }
    const key = this.expression(0, 0);
    const sign = this.peek();
    if (key === undefined || sign === undefined || (sign.type !== ':' && sign.type !== '=>')) {
      const value = key ?? this.one(start);
      const isShorthand = hasFields && value.kind === 'name';
      // What follows and cannot be read.
      const others = this.item();
      const end = others.at(-1)?.end ?? value.end;
      const whole = others.length === 0 ? value : this.lower.make({ kind: 'group', start: value.start, end, children: [value, ...others], isScope: false });
      return [{ key: isShorthand ? value.name : undefined, keyStart: value.start, keyEnd: isShorthand ? value.end : value.start, value: whole, isSpread: false, isShorthand, start: value.start, end }];
    }
    this.at++;
    const value = this.one(sign.endIndex);
    const common = { value, isSpread: false, isShorthand: false, start: key.start, end: Math.max(value.end, sign.endIndex) };
    if (hasFields && key.kind === 'name') return [{ ...common, key: key.name, keyStart: key.start, keyEnd: key.end }];
    const constant = constantOf(key);
    if (constant !== undefined) return [{ ...common, key: constant.value, keyStart: constant.start, keyEnd: constant.end }];
    return [{ ...common, key: undefined, computed: key, keyStart: key.start, keyEnd: key.end }];
  }
}
