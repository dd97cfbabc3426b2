import type { Argument, Entry, IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';

const DEEPEST = 40;
const LONGEST = 60_000;
const NUMBER = /^\d{1,20}(?:\.\d{1,20})?[dDlL]?(?![\w.])/;
const VARIABLE = /^\$(?:\{(?:\w{1,20}:)?([^{}\r\n]{1,100})\}|(?:\w{1,20}:)?([A-Za-z_]\w{0,100}))/;
const SPLAT = /^@([A-Za-z_]\w{0,100})/;
const CAST = /^\[[\w.[\]]{1,60}\](?!::)/;
const STATIC = /^\[([\w.]{1,60})\]::(\w{1,60})/;
const BARE = /^[^\s;|(){},'"$@`#=]{1,400}/;
const OPERATOR = /^(?:[*/%+]|-(?=[\s\d$(]))/;
const RANK: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2 };

/** Reads values of PowerShell: hash tables, lists, texts, arithmetic, and what a pipeline makes JSON of. */
export class PowerShellReader {
  readonly #text: string;
  readonly #end: number;
  at: number;

  constructor(text: string, at: number, end: number) {
    this.#text = text;
    this.#end = Math.min(end, at + LONGEST);
    this.at = at;
  }

  /** One expression, with the operators behind it; a pipeline behind it leaves the value what it is. */
  expression(depth: number, lowest = 0): IrNode | undefined {
    let left = this.operand(depth);
    for (let count = 0; left !== undefined && count < DEEPEST; count++) {
      const before = this.at;
      this.blanks(false);
      const operator = OPERATOR.exec(this.#rest(3))?.[0];
      const rank = operator === undefined ? undefined : RANK[operator];
      if (operator === undefined || rank === undefined || rank <= lowest) {
        this.at = before;
        return left;
      }
      this.at += operator.length;
      this.blanks(true);
      const right = this.expression(depth + 1, rank);
      if (right === undefined) return left;
      left = made({ kind: 'operation', operator, operands: [left, right], start: left.start, end: right.end });
    }
    return left;
  }

  /** One value; an argument of a command is no more than that. */
  operand(depth: number): IrNode | undefined {
    if (depth > DEEPEST || this.at >= this.#end) return undefined;
    this.blanks(false);
    const start = this.at;
    const rest = this.#rest(420);
    const cast = CAST.exec(rest);
    if (cast !== null) {
      this.at += cast[0].length;
      const inner = this.operand(depth + 1);
      return inner === undefined ? undefined : made({ kind: 'wrapped', by: 'cast', inner, start, end: inner.end });
    }
    if (rest.startsWith('@{')) return this.#table(depth);
    if (rest.startsWith('@(')) return this.#list(depth);
    if (rest.startsWith("@'") || rest.startsWith('@"')) return this.#here();
    if (rest.startsWith('(') || rest.startsWith('$(')) return this.#members(this.#brackets(depth), depth);
    if (rest.startsWith("'") || rest.startsWith('"')) return this.#string(rest.charAt(0));
    const variable = VARIABLE.exec(rest);
    if (variable !== null) {
      this.at += variable[0].length;
      return this.#members({ kind: 'name', name: variable[1] ?? variable[2] ?? '', start, end: this.at }, depth);
    }
    const splat = SPLAT.exec(rest);
    if (splat !== null) {
      this.at += splat[0].length;
      return made({ kind: 'wrapped', by: 'spread', inner: { kind: 'name', name: splat[1] ?? '', start: start + 1, end: this.at }, start, end: this.at });
    }
    const called = STATIC.exec(rest);
    if (called !== null) {
      this.at += called[0].length;
      const object: IrNode = { kind: 'name', name: called[1]?.split('.').at(-1) ?? '', start, end: start + (called[1]?.length ?? 0) + 2 };
      return this.#members(made({ kind: 'member', object, name: called[2] ?? '', nameStart: this.at - (called[2]?.length ?? 0), nameEnd: this.at, start, end: this.at }), depth);
    }
    const number = NUMBER.exec(rest);
    if (number !== null) {
      this.at += number[0].length;
      return { kind: 'number', value: Number.parseFloat(number[0]), start, end: this.at };
    }
    const bare = BARE.exec(rest)?.[0];
    if (bare === undefined) return undefined;
    this.at += bare.length;
    return made({ kind: 'text', parts: [{ kind: 'stretch', value: bare, start, end: this.at }], start, end: this.at });
  }

  /** Members, calls and elements behind a value. */
  #members(first: IrNode, depth: number): IrNode {
    let node = first;
    for (let count = 0; count < DEEPEST; count++) {
      const member = /^\.([A-Za-z_]\w{0,100})/.exec(this.#rest(102));
      if (member !== null) {
        this.at += member[0].length;
        node = made({ kind: 'member', object: node, name: member[1] ?? '', nameStart: this.at - (member[1]?.length ?? 0), nameEnd: this.at, start: first.start, end: this.at });
      } else if (this.#text.startsWith('(', this.at) && node.kind === 'member') {
        const listStart = this.at++;
        const values = this.#items(')', depth);
        const list: Argument[] = values.map((value) => ({ name: undefined, value, isSpread: false, start: value.start, end: value.end }));
        node = made({ kind: 'call', callee: node, arguments: list, isNew: false, listStart, listEnd: this.at, start: first.start, end: this.at });
      } else return node;
    }
    return node;
  }

  #table(depth: number): IrNode {
    const start = this.at;
    this.at += 2;
    const innerStart = this.at;
    const entries: Entry[] = [];
    for (let count = 0; count < 1_000; count++) {
      this.blanks(true);
      if (this.at >= this.#end || this.#text.startsWith('}', this.at)) break;
      const from = this.at;
      const key = this.operand(depth + 1);
      this.blanks(false);
      if (key === undefined || !this.#text.startsWith('=', this.at)) {
        if (this.at === from) this.at++;
        continue;
      }
      this.at++;
      this.blanks(true);
      const value = this.pipeline(depth + 1);
      const isQuoted = /["']/.test(this.#text.charAt(key.start));
      const name = key.kind === 'text' ? key.parts.map((part) => (part.kind === 'stretch' ? part.value : '')).join('') : undefined;
      entries.push({
        key: name, keyStart: isQuoted ? key.start + 1 : key.start, keyEnd: isQuoted ? Math.max(key.start + 1, key.end - 1) : key.end, value: value ?? made({ kind: 'group', children: [], isScope: false, start: this.at, end: this.at }),
        isSpread: false, isShorthand: false, start: key.start, end: value?.end ?? this.at,
      });
    }
    const innerEnd = this.at;
    if (this.#text.startsWith('}', this.at)) this.at++;
    return made({ kind: 'object', type: undefined, entries, innerStart, innerEnd, start, end: this.at });
  }

  #list(depth: number): IrNode {
    const start = this.at;
    this.at += 2;
    const elements = this.#items(')', depth);
    return made({ kind: 'list', elements, start, end: this.at });
  }

  #items(close: string, depth: number): IrNode[] {
    const items: IrNode[] = [];
    for (let count = 0; count < 1_000; count++) {
      this.blanks(true);
      while (/[,;]/.test(this.#text.charAt(this.at))) {
        this.at++;
        this.blanks(true);
      }
      if (this.at >= this.#end || this.#text.startsWith(close, this.at)) break;
      const before = this.at;
      const item = this.pipeline(depth + 1);
      if (item !== undefined) items.push(item);
      if (this.at === before) this.at++;
    }
    if (this.#text.startsWith(close, this.at)) this.at++;
    return items;
  }

  #brackets(depth: number): IrNode {
    const start = this.at;
    this.at += this.#text.startsWith('$', this.at) ? 2 : 1;
    const [inner] = this.#items(')', depth);
    return inner === undefined ? made({ kind: 'group', children: [], isScope: false, start, end: this.at }) : made({ kind: 'wrapped', by: 'parentheses', inner, start, end: this.at });
  }

  /** An expression and the commands that its value is handed to: `… | ConvertTo-Json -Depth 5`. Those that count or choose make something else of it. */
  pipeline(depth: number): IrNode | undefined {
    const value = this.expression(depth);
    if (value === undefined) return undefined;
    for (let count = 0; count < 10; count++) {
      const before = this.at;
      this.blanks(false);
      const command = /^\|\s{0,20}(ConvertTo-Json|Out-String)((?:[ \t]{1,9}-[A-Za-z]{1,20})?(?:[ \t]{1,9}\d{1,4})?(?:[ \t]{1,9}-Compress)?)/i.exec(this.#rest(200));
      if (command === null) {
        this.at = before;
        break;
      }
      this.at += command[0].length;
    }
    return value;
  }

  #here(): IrNode {
    const start = this.at;
    const quote = this.#text.charAt(start + 1);
    const line = this.#text.indexOf('\n', start);
    const close = line === -1 ? -1 : this.#text.indexOf(`\n${quote}@`, line);
    const from = line === -1 || line > this.#end ? this.#end : line + 1;
    const to = close === -1 || close > this.#end ? this.#end : Math.max(from, close);
    this.at = Math.min(this.#end, to + (to === this.#end ? 0 : 3));
    return made({ kind: 'text', parts: this.#parts(from, to, quote === '"'), start, end: this.at });
  }

  #string(quote: string): IrNode {
    const start = this.at++;
    while (this.at < this.#end) {
      const unit = this.#text.charAt(this.at);
      if (unit === '`' && quote === '"') this.at++;
      else if (unit === quote) {
        if (this.#text.charAt(this.at + 1) !== quote) break;
        this.at++;
      } else if (unit === '$' && quote === '"' && this.#text.charAt(this.at + 1) === '(') this.at = Math.max(this.at, this.#closing(this.at + 1) - 1);
      this.at++;
    }
    const to = Math.min(this.at, this.#end);
    this.at = Math.min(this.#end, to + 1);
    return made({ kind: 'text', parts: this.#parts(start + 1, to, quote === '"'), start, end: this.at });
  }

  /** The stretches of a text and what it expands. */
  #parts(from: number, to: number, expands: boolean): Extract<IrNode, { readonly kind: 'text' }>['parts'] {
    const parts: Extract<IrNode, { readonly kind: 'text' }>['parts'][number][] = [];
    let open = from;
    const flush = (end: number): void => {
      if (end > open) parts.push({ kind: 'stretch', value: unescaped(this.#text.slice(open, end), expands), start: open, end });
    };
    for (let at = from; expands && at < to; at++) {
      if (this.#text.charAt(at) === '`') at++;
      else if (this.#text.charAt(at) === '$') {
        const isCode = this.#text.charAt(at + 1) === '(';
        const variable = isCode ? null : VARIABLE.exec(this.#text.slice(at, Math.min(to, at + 130)));
        if (!isCode && variable === null) continue;
        flush(at);
        const end = isCode ? Math.min(to, this.#closing(at + 1)) : at + (variable?.[0].length ?? 1);
        const inner = isCode ? new PowerShellReader(this.#text, at + 2, Math.max(at + 2, end - 1)).pipeline(20) : undefined;
        parts.push(inner ?? { kind: 'name', name: variable?.[1] ?? variable?.[2] ?? '', start: at, end });
        open = end;
        at = end - 1;
      }
    }
    flush(to);
    return parts.length > 0 ? parts : [{ kind: 'stretch', value: '', start: from, end: from }];
  }

  #closing(at: number): number {
    let depth = 0;
    for (let index = at; index < this.#end; index++) {
      const unit = this.#text.charAt(index);
      if (unit === '(') depth++;
      else if (unit === ')' && --depth === 0) return index + 1;
    }
    return this.#end;
  }

  /** Blanks, continued lines and comments; line breaks where they mean nothing. */
  blanks(acrossLines: boolean): void {
    while (this.at < this.#end) {
      const unit = this.#text.charAt(this.at);
      if (unit === ' ' || unit === '\t') this.at++;
      else if (unit === '`' && /^`[ \t]{0,20}\r?\n/.test(this.#rest(24))) this.at += /^`[ \t]{0,20}\r?\n/.exec(this.#rest(24))?.[0].length ?? 1;
      else if (acrossLines && /[\r\n;]/.test(unit)) this.at++;
      else if (acrossLines && unit === '#') while (this.at < this.#end && !/[\r\n]/.test(this.#text.charAt(this.at))) this.at++;
      else return;
    }
  }

  #rest(length: number): string {
    return this.#text.slice(this.at, Math.min(this.#end, this.at + length));
  }
}

function unescaped(text: string, expands: boolean): string {
  return expands ? text.replace(/`([^])/g, '$1').replaceAll('""', '"') : text.replaceAll("''", "'");
}
