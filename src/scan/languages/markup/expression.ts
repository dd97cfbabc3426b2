import type { Span } from '../language.js';

/** After so many expressions without an end, braces count as text: each costs a look at the whole rest. */
const MOST_UNCLOSED = 10;
/** Braces in braces, deeper than anybody writes. */
const DEEPEST = 500;

/** Finds the ends of JavaScript expressions in braces, without a parser: strings, templates and comments are skipped. */
export class ExpressionScanner {
  readonly #text: string;
  #unclosed = 0;
  /** Up to where the line is known to hold no second quote of that kind. */
  readonly #lone = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the brace stands that closes the one before `from`; -1 when there is none. */
  end(from: number): number {
    if (this.#unclosed >= MOST_UNCLOSED) return -1;
    const text = this.#text;
    const open: ('brace' | 'template')[] = ['brace'];
    for (let at = from; at < text.length && open.length < DEEPEST;) {
      const character = text.charAt(at);
      if (open.at(-1) === 'template') {
        if (character === '`') open.pop();
        else if (character === '$' && text.charAt(at + 1) === '{') {
          open.push('brace');
          at++;
        } else if (character === '\\') at++;
        at++;
        continue;
      }
      if (character === '}') {
        open.pop();
        if (open.length === 0) return at;
      } else if (character === '{') open.push('brace');
      else if (character === '`') open.push('template');
      else if (character === '"' || character === "'") {
        at = this.#afterString(at);
        continue;
      } else if (character === '/') {
        at = this.#afterComment(at);
        continue;
      }
      at++;
    }
    this.#unclosed++;
    return -1;
  }

  /** A quote without another one on its line is an apostrophe in text. */
  #afterString(start: number): number {
    const text = this.#text;
    const quote = text.charAt(start);
    if (start < (this.#lone.get(quote) ?? 0)) return start + 1;
    let at = start + 1;
    for (; at < text.length; at++) {
      const character = text.charAt(at);
      if (character === quote) return at + 1;
      if (character === '\n' || character === '\r') break;
      if (character === '\\') at++;
    }
    this.#lone.set(quote, at);
    return start + 1;
  }

  #afterComment(start: number): number {
    const text = this.#text;
    const kind = text.charAt(start + 1);
    // Not the slashes of an address, nor those of `</a>`.
    if (kind === '/' && text.charAt(start - 1) !== ':') {
      const end = text.indexOf('\n', start);
      return end === -1 ? text.length : end;
    }
    if (kind !== '*') return start + 1;
    const end = text.indexOf('*/', start + 2);
    return end === -1 ? text.length : end + 2;
  }
}

/** The content of a string literal, when the expression is nothing else: no substitution, no escape. */
export function soleLiteral(text: string, { start, end }: Span): { readonly whole: Span; readonly content: Span } | undefined {
  const match = /^(\s*)(["'`])([^"'`\\$]*)\2\s*$/.exec(text.slice(start, Math.min(end, start + 2_000)));
  if (match === null) return undefined;
  const from = start + (match[1]?.length ?? 0);
  const length = match[3]?.length ?? 0;
  return { whole: { start: from, end: from + length + 2 }, content: { start: from + 1, end: from + 1 + length } };
}

/** An entry of an object literal; the value of a shorthand is its name. */
export interface Entry {
  readonly name: string;
  readonly value: Span;
  readonly isShorthand: boolean;
}

/** The entries of an object literal that is the whole expression, and whether it may hold more than can be seen. */
export function objectEntries(text: string, { start, end }: Span): { readonly entries: readonly Entry[]; readonly isOpen: boolean } | undefined {
  const source = text.slice(start, end);
  const open = /^\s*\{/.exec(source);
  const close = /\}\s*$/.exec(source.slice(-100));
  if (open === null || close === null) return undefined;
  const last = end - close[0].length;
  const entries: Entry[] = [];
  let isOpen = false;
  for (const part of commaParts(text, start + open[0].length, last)) {
    const match = /^\s*(?:(["']?)([\w$-]+)\1\s*(?::\s*|$)|(\.\.\.|\[))/.exec(text.slice(part.start, Math.min(part.end, part.start + 200)));
    const name = match?.[2];
    if (match === null || name === undefined) {
      isOpen ||= text.slice(part.start, part.end).trim() !== '';
      continue;
    }
    const isShorthand = !match[0].includes(':');
    const lead = isShorthand ? match[0].length - match[0].trimStart().length : match[0].length;
    entries.push({ name, isShorthand, value: trimmed(text, { start: part.start + lead, end: part.end }) });
  }
  return { entries, isOpen };
}

/** The span without white space at its ends. */
export function trimmed(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text.charAt(from))) from++;
  while (to > from && /\s/.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

function commaParts(text: string, start: number, end: number): Span[] {
  const parts: Span[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (/["'`]/.test(character)) {
      const close = text.indexOf(character, at + 1);
      if (close === -1 || close >= end) break;
      at = close;
    } else if (/[([{]/.test(character)) depth++;
    else if (/[)\]}]/.test(character)) depth--;
    else if (character === ',' && depth === 0) {
      parts.push({ start: from, end: at });
      from = at + 1;
    }
  }
  return [...parts, { start: from, end }];
}
