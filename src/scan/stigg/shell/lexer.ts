import type { IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import { lineEndAt } from '../../lines.js';
import { asWritten, lastName, Writing, type Written } from '../payload/written.js';
import { substitution } from './substitution.js';

/** A variable that a word expands. */
export interface Expansion {
  /** The whole of `$name`, `${name:-x}` or `"${names[@]}"`. */
  readonly start: number;
  readonly end: number;
  /** Empty for what has no name: `$1`, `$(…)`. */
  readonly name: string;
  /** What stands in when the variable is not set: `${name:-text}`. */
  readonly fallback: string | undefined;
  /** It stands for any number of words: `"$@"`, `"${names[@]}"`. */
  readonly isList: boolean;
  /** The inside of `$(…)`. */
  readonly command: { readonly start: number; readonly end: number } | undefined;
}

/** A word of a command as the program gets it, with what is filled in at its place. */
export interface ShellWord {
  readonly start: number;
  readonly end: number;
  readonly written: Written;
  /** By the index of the unit that stands for it. */
  readonly expansions: ReadonlyMap<number, Expansion>;
}

/** A word of more units than this is data. */
const LONGEST = 200_000;
const MOST_WORDS = 2_000;
/** What ends a command. */
const OPERATOR = /[;|&()]/;
/** CircleCI puts its parameters in before a shell sees the line. */
const CIRCLE = /^<< ?parameters\.[\w.-]{1,100} ?>>/;
const EXPRESSION = /^\$\{\{[^{}]{0,200}\}\}/;
const REDIRECTION = /^(?:\d?(?:<<<|>>?|<(?!<))|&>>?)&?(?!\()[ \t]{0,9}/;
const NAMED = /^\$(?:([A-Za-z_]\w{0,200})|([@*])|[\d#?$!-])/;
const BRACED = /^\$\{[!#]?([A-Za-z_]\w{0,200}|[@*]|\d{1,3})(\[[@*]\])?/;

/** The words of the command that begins at the offset; it ends where a shell would end it, at the latest at `end`. A list goes on over lines. */
export function wordsAt(text: string, start: number, end: number, isList = false): ShellWord[] {
  const words: ShellWord[] = [];
  let at = start;
  while (at < end && words.length < MOST_WORDS) {
    if (!isList && /[\r\n]/.test(text.charAt(at))) break;
    const blank = blankAt(text, at);
    if (blank > 0) {
      at += blank;
      continue;
    }
    const redirection = REDIRECTION.exec(text.slice(at, at + 20))?.[0];
    if (redirection !== undefined) {
      at = Math.max(at + redirection.length, wordAt(text, at + redirection.length, end).end);
      continue;
    }
    if ((text.startsWith('<<', at) && !CIRCLE.test(text.slice(at, at + 120))) || OPERATOR.test(text.charAt(at))) break;
    if (text.charAt(at) === '#') {
      if (!isList) break;
      at = lineEndAt(text, at);
      continue;
    }
    const word = wordAt(text, at, end);
    if (word.end <= at) break;
    words.push(word);
    at = word.end;
  }
  return words;
}

function blankAt(text: string, at: number): number {
  if (/[ \t\r\n]/.test(text.charAt(at))) return 1;
  return text.charAt(at) === '\\' ? /^\\\r?\n/.exec(text.slice(at, at + 3))?.[0].length ?? 0 : 0;
}

/** The word that begins there. */
export function wordAt(text: string, start: number, end: number): ShellWord {
  const reader = new WordReader(text, start, Math.min(end, start + LONGEST));
  reader.word();
  return reader.result();
}

/** A here-document's text, whose variables are expanded unless its mark is quoted. */
export function hereText(text: string, start: number, end: number, isRaw: boolean): ShellWord {
  const reader = new WordReader(text, start, Math.min(end, start + LONGEST));
  if (isRaw) reader.raw();
  else reader.quoted('');
  return reader.result();
}

class WordReader {
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #written = new Writing();
  readonly #expansions = new Map<number, Expansion>();
  #at: number;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#start = start;
    this.#end = end;
    this.#at = start;
  }

  result(): ShellWord {
    return { start: this.#start, end: this.#at, written: this.#written, expansions: this.#expansions };
  }

  raw(): void {
    this.#written.addStretch(this.#text.slice(this.#at, this.#end), this.#at);
    this.#at = this.#end;
  }

  word(): void {
    while (this.#at < this.#end) {
      const unit = this.#text.charAt(this.#at);
      if (unit === '\\' && /[\r\n]/.test(this.#text.charAt(this.#at + 1))) return;
      if (/[ \t\r\n]/.test(unit)) return;
      if (unit === "'") this.#single(this.#at + 1);
      else if (unit === '"') this.#double();
      else if (unit === '$' && this.#text.startsWith("$'", this.#at)) this.#ansi();
      else if (unit === '\\') this.#escaped();
      else if (this.#expansion()) continue;
      else if (/^[<>]\(/.test(this.#text.slice(this.#at, this.#at + 2))) this.#process();
      else if (OPERATOR.test(unit) || unit === '<' || unit === '>') return;
      else this.#unit();
    }
  }

  /** The inside of double quotes, up to the closing one; of a here-document up to its end. */
  quoted(quote: '"' | ''): void {
    while (this.#at < this.#end && (quote === '' || this.#text.charAt(this.#at) !== quote)) {
      const next = this.#text.charAt(this.#at + 1);
      if (this.#text.charAt(this.#at) === '\\' && (/[$`\\\n]/.test(next) || (next === '"' && quote === '"'))) this.#escaped();
      else if (!this.#expansion()) this.#unit();
    }
  }

  #unit(): void {
    this.#written.add(this.#text.charAt(this.#at), this.#at, this.#at + 1);
    this.#at++;
  }

  #escaped(): void {
    if (this.#at + 1 < this.#end && this.#text.charAt(this.#at + 1) !== '\n') this.#written.add(this.#text.charAt(this.#at + 1), this.#at, this.#at + 2);
    this.#at = Math.min(this.#end, this.#at + 2);
  }

  #single(from: number): void {
    const close = this.#text.indexOf("'", from);
    const to = close === -1 || close > this.#end ? this.#end : close;
    this.#written.addStretch(this.#text.slice(from, to), from);
    this.#at = Math.min(this.#end, to + 1);
  }

  #double(): void {
    this.#at++;
    this.quoted('"');
    this.#at = Math.min(this.#end, this.#at + 1);
  }

  /** `$'…'` */
  #ansi(): void {
    for (this.#at += 2; this.#at < this.#end && this.#text.charAt(this.#at) !== "'"; ) {
      if (this.#text.charAt(this.#at) !== '\\') this.#unit();
      else {
        const sign = this.#text.charAt(this.#at + 1);
        this.#written.add(({ n: '\n', t: '\t', r: '\r' } as Readonly<Record<string, string>>)[sign] ?? sign, this.#at, this.#at + 2);
        this.#at += 2;
      }
    }
    this.#at = Math.min(this.#end, this.#at + 1);
  }

  /** `<(…)` */
  #process(): void {
    const close = closingAt(this.#text, this.#at + 1, this.#end);
    this.#hole({ kind: 'group', children: [], isScope: false, start: this.#at, end: close }, { name: '', fallback: undefined, isList: false, command: undefined });
  }

  #expansion(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + 220);
    const first = rest.charAt(0);
    if (first !== '$' && first !== '`' && !CIRCLE.test(rest)) return false;
    const start = this.#at;
    const expression = EXPRESSION.exec(rest)?.[0] ?? CIRCLE.exec(rest)?.[0];
    if (expression !== undefined) {
      const name = lastName(expression.slice(0, -2));
      this.#hole({ kind: 'name', name, start, end: start + expression.length }, { name: '', fallback: undefined, isList: false, command: undefined });
      return true;
    }
    if (first === '`' || rest.startsWith('$(')) return this.#command(start, first === '`');
    const braced = BRACED.exec(rest);
    if (braced !== null) {
      const close = closingAt(this.#text, start + 1, this.#end);
      const inner = this.#text.slice(start + braced[0].length, close - 1);
      const name = braced[1] ?? '';
      const fallback = /^:?[-=]([^]*)$/.exec(inner)?.[1]?.replace(/^["']|["']$/g, '');
      this.#hole({ kind: 'name', name, start, end: close }, { name: /^\d/.test(name) ? '' : name, fallback, isList: braced[2] !== undefined || /^[@*]$/.test(name), command: undefined });
      return true;
    }
    const named = NAMED.exec(rest);
    if (named === null) return false;
    const [whole, name = '', list] = named;
    this.#hole({ kind: 'name', name: name === '' ? whole : name, start, end: start + whole.length }, { name: list ?? name, fallback: undefined, isList: list !== undefined, command: undefined });
    return true;
  }

  #command(start: number, isOld: boolean): boolean {
    const isArithmetic = this.#text.startsWith('$((', start);
    const tick = isOld ? this.#text.indexOf('`', start + 1) : -1;
    const close = isOld ? (tick === -1 || tick >= this.#end ? this.#end : tick + 1) : closingAt(this.#text, start + 1, this.#end);
    const inner = { start: start + (isOld ? 1 : isArithmetic ? 3 : 2), end: Math.max(start + 1, close - (isArithmetic ? 2 : 1)) };
    const value = substitution(asWritten(this.#text, inner.start, Math.max(inner.start, inner.end)), isArithmetic);
    const node: IrNode = value === undefined ? { kind: 'group', children: [], isScope: false, start, end: close } : made({ kind: 'wrapped', by: 'parentheses', inner: value, start, end: close });
    this.#hole(node, { name: '', fallback: undefined, isList: false, command: isArithmetic ? undefined : inner });
    return true;
  }

  #hole(node: IrNode, expansion: Omit<Expansion, 'start' | 'end'>): void {
    this.#expansions.set(this.#written.text.length, { ...expansion, start: node.start, end: node.end });
    this.#written.addHole(node);
    this.#at = Math.max(this.#at + 1, node.end);
  }
}

/** The offset behind the bracket that closes the one at `at`; quotes count. */
export function closingAt(text: string, at: number, end: number): number {
  let depth = 0;
  for (let index = at; index < end; index++) {
    const unit = text.charAt(index);
    if (unit === '\\') index++;
    else if (unit === "'") {
      const close = text.indexOf("'", index + 1);
      if (close !== -1 && close < end) index = close;
    } else if (/[({]/.test(unit)) depth++;
    else if (/[)}]/.test(unit) && --depth === 0) return index + 1;
  }
  return end;
}
