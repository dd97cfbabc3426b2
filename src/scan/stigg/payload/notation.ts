import type { Entry, IrNode, ObjectNode, TextStretch } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import { expressionIn } from './expression.js';
import { HOLE, within, type Written } from './written.js';

/** Longer texts are data. */
const LONGEST = 300_000;
const DEEPEST = 100;
const WORD = /^[$@]?[A-Za-z_][\w.-]{0,200}/;
const NUMBER = /^-?\d[\d.eE+_-]{0,40}/;
/** What a shell's variable may be glued to: `${dollars}00`. */
const GLUED = /^\uE000\d{0,10}(?:\.\d{0,10})?/;
const OPERATOR = /^[ \t]{0,40}(?:[*%]|\/(?!\/)|[-+](?=[ \t(]))/;
const ENDS = /[,}\])\r\n]/;

/**
 * The value that a text writes down in JSON, or in what is close to it: a program of jq that makes an object, the arguments of a GraphQL field, YAML's
 * flow style. What is broken or missing is left out. undefined for a text that begins with no object and no list.
 */
export function valueIn(written: Written): IrNode | undefined {
  if (written.text.length > LONGEST) return undefined;
  const reader = new NotationReader(written, 0);
  return /^[{[]/.test(reader.skipped()) ? reader.value(0) : undefined;
}

/** The arguments in brackets that begin at the index, as an object, and the index behind them. */
export function argumentsAt(written: Written, index: number): { readonly node: ObjectNode; readonly end: number } | undefined {
  const reader = new NotationReader(written, index);
  const node = reader.object(')', 0);
  return node === undefined ? undefined : { node, end: reader.at };
}

class NotationReader {
  readonly #written: Written;
  at: number;

  constructor(written: Written, at: number) {
    this.#written = written;
    this.at = at;
  }

  /** The text from the next unit that means something. */
  skipped(): string {
    const { text } = this.#written;
    for (;;) {
      const unit = text.charAt(this.at);
      const isComment = unit === '#' || (unit === '/' && text.charAt(this.at + 1) === '/');
      if (isComment) while (this.at < text.length && !/[\r\n]/.test(text.charAt(this.at))) this.at++;
      else if (unit === '/' && text.charAt(this.at + 1) === '*') this.at = endAfter(text, '*/', this.at + 2);
      else if (unit !== '' && /[\s,\uFEFF]/.test(unit)) this.at++;
      else return text.slice(this.at, this.at + 300);
    }
  }

  value(depth: number): IrNode | undefined {
    const rest = this.skipped();
    if (depth > DEEPEST) {
      this.at = this.#written.text.length;
      return undefined;
    }
    switch (rest.charAt(0)) {
      case '':
        return undefined;
      case '{':
        return this.object('}', depth);
      case '[':
        return this.#list(depth);
      case '"':
      case "'":
        return this.#string(rest.charAt(0));
      default:
        return this.#scalar(rest);
    }
  }

  object(close: string, depth: number): ObjectNode | undefined {
    const from = this.at++;
    const entries: Entry[] = [];
    for (let rest = this.skipped(); rest !== '' && !rest.startsWith(close); rest = this.skipped()) {
      const entry = this.#entry(rest, depth);
      if (entry === undefined) {
        // The end of what surrounds it: this one was never closed.
        if (/^[}\])]/.test(rest)) break;
        this.at++;
      } else entries.push(entry);
    }
    const isClosed = this.#written.text.startsWith(close, this.at);
    const innerEnd = this.#written.start(Math.min(this.at, this.#written.text.length));
    if (isClosed) this.at++;
    return made({ kind: 'object', type: undefined, entries, ...this.#span(from), innerStart: this.#written.end(from), innerEnd: Math.max(innerEnd, this.#written.end(from)) });
  }

  #entry(rest: string, depth: number): Entry | undefined {
    const from = this.at;
    const quote = /^["']/.exec(rest)?.[0];
    let key: string | undefined;
    let isQuoted = false;
    if (quote !== undefined) {
      const node = this.#string(quote);
      key = node.parts.map((part) => (part.kind === 'stretch' ? part.value : HOLE)).join('');
      isQuoted = true;
    } else {
      key = WORD.exec(rest)?.[0] ?? (rest.startsWith(HOLE) ? HOLE : undefined);
      if (key === undefined) return undefined;
      this.at += key.length;
    }
    const { start, end } = this.#span(from);
    const name = { key: key.includes(HOLE) ? undefined : key.replace(/^\$/, ''), keyStart: isQuoted ? start + 1 : start, keyEnd: isQuoted ? Math.max(start + 1, end - 1) : end };
    if (!/^\s{0,40}:/.test(this.#written.text.slice(this.at, this.at + 41))) {
      // jq's `{ amount }` and `{ $price }`; in JSON something that is being typed.
      const value: IrNode = { kind: 'name', name: key.replace(/^\$/, ''), start, end };
      return isQuoted ? { ...name, value, isSpread: false, isShorthand: false, start, end } : { ...name, value, isSpread: false, isShorthand: true, start, end };
    }
    this.at = this.#written.text.indexOf(':', this.at) + 1;
    const value = this.value(depth + 1);
    if (value === undefined) return { ...name, value: made({ kind: 'group', start: end, end, children: [], isScope: false }), isSpread: false, isShorthand: false, start, end };
    return { ...name, value, isSpread: false, isShorthand: false, start, end: Math.max(end, value.end) };
  }

  #list(depth: number): IrNode {
    const from = this.at++;
    const elements: IrNode[] = [];
    for (let rest = this.skipped(); rest !== '' && !rest.startsWith(']'); rest = this.skipped()) {
      if (/^[})]/.test(rest)) break;
      const before = this.at;
      const element = this.value(depth + 1);
      if (element !== undefined) elements.push(element);
      if (this.at === before) this.at++;
    }
    if (this.#written.text.startsWith(']', this.at)) this.at++;
    return made({ kind: 'list', elements, ...this.#span(from) });
  }

  #string(quote: string): IrNode & { readonly kind: 'text' } {
    const { text } = this.#written;
    const from = this.at;
    const isBlock = text.startsWith('"""', from);
    this.at += isBlock ? 3 : 1;
    const parts: (TextStretch | IrNode)[] = [];
    let value = '';
    let stretchFrom = this.at;
    const flush = (): void => {
      if (this.at > stretchFrom) parts.push({ kind: 'stretch', value, start: this.#written.start(stretchFrom), end: this.#written.end(this.at - 1) });
      value = '';
    };
    while (this.at < text.length && !(isBlock ? text.startsWith('"""', this.at) : text.startsWith(quote, this.at))) {
      const hole = this.#written.hole(this.at);
      if (hole !== undefined) {
        flush();
        parts.push(hole);
        stretchFrom = ++this.at;
      } else if (text.charAt(this.at) === '\\' && !isBlock) {
        value += unescaped(text.slice(this.at, this.at + 6));
        this.at += Math.min(text.charAt(this.at + 1) === 'u' ? 6 : 2, text.length - this.at);
      } else value += text.charAt(this.at++);
    }
    flush();
    this.at = Math.min(text.length, this.at + (isBlock ? 3 : 1));
    if (parts.length === 0) parts.push({ kind: 'stretch', value: '', start: this.#written.end(from), end: this.#written.end(from) });
    return made({ kind: 'text', parts, ...this.#span(from) });
  }

  #scalar(rest: string): IrNode | undefined {
    const from = this.at;
    const token = rest.startsWith('(') || rest.startsWith('.') || rest.startsWith('$')
      ? this.#untilEnd()
      : GLUED.exec(rest)?.[0] ?? NUMBER.exec(rest)?.[0] ?? WORD.exec(rest)?.[0];
    if (token === undefined || token === '') return undefined;
    this.at = from + token.length;
    if (OPERATOR.test(this.#written.text.slice(this.at, this.at + 45))) {
      this.at = from;
      this.at = from + this.#untilEnd().length;
    }
    const piece = within(this.#written, from, this.at);
    const span = this.#span(from);
    if (piece.text.startsWith(HOLE) && /^\uE000\d/.test(piece.text)) return this.#glued(from, piece.text, span);
    const isNumber = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(piece.text);
    if (isNumber) return { kind: 'number', value: Number(piece.text), ...span };
    return expressionIn(piece) ?? { kind: 'name', name: piece.text.replace(/^\$/, ''), ...span };
  }

  /** `${dollars}00` is a hundred times as much. */
  #glued(from: number, text: string, span: { readonly start: number; readonly end: number }): IrNode | undefined {
    const hole = this.#written.hole(from);
    if (hole === undefined || text !== `${HOLE}00`) return made({ kind: 'group', children: [], isScope: false, ...span });
    const at = this.#written.start(from + 1);
    return made({ kind: 'operation', operator: '*', operands: [hole, { kind: 'number', value: 100, start: at, end: span.end }], ...span });
  }

  /** The text up to the end of the entry. */
  #untilEnd(): string {
    const { text } = this.#written;
    let depth = 0;
    let at = this.at;
    for (; at < text.length && at - this.at < 300; at++) {
      const unit = text.charAt(at);
      if (unit === '(' || unit === '[') depth++;
      else if (depth > 0 && (unit === ')' || unit === ']')) depth--;
      else if (depth === 0 && ENDS.test(unit)) break;
    }
    return text.slice(this.at, at).trimEnd();
  }

  #span(from: number): { readonly start: number; readonly end: number } {
    return { start: this.#written.start(from), end: this.#written.end(Math.max(from, Math.min(this.at, this.#written.text.length) - 1)) };
  }
}

function endAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

function unescaped(escape: string): string {
  const sign = escape.charAt(1);
  if (sign === 'u') return String.fromCharCode(Number.parseInt(escape.slice(2, 6), 16) || 0xfffd);
  return ({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' } as Readonly<Record<string, string>>)[sign] ?? sign;
}
