import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { IrNode, TextNode } from '../../../ir/node.js';
import { escapedStretches, numberOf } from '../shared.js';

const OPENING = /^(?:[bc]?r(#{0,255})"|[bc]?["'])/;

/** The content's place, and whether escapes mean something in it; undefined for a literal that is not closed. */
function contentOf(literal: string, start: number): { readonly from: number; readonly to: number; readonly isRaw: boolean } | undefined {
  const opening = OPENING.exec(literal);
  if (opening === null) return undefined;
  const [open, hashes] = opening;
  const close = hashes === undefined ? open.slice(-1) : `"${hashes}`;
  const isClosed = literal.length >= open.length + close.length && literal.endsWith(close);
  return isClosed ? { from: start + open.length, to: start + literal.length - close.length, isRaw: hashes !== undefined } : undefined;
}

/** `"…"`, `b"…"`, `r#"…"#`, `'…'`. */
export const text: LowerNode = (node, lower) => {
  const { startIndex: start, endIndex: end } = node;
  const content = contentOf(lower.textOf(node), start);
  if (content === undefined) return lower.group(node, []);
  const { from, to, isRaw } = content;
  if (isRaw) return lower.literal(node, lower.text.slice(from, to), from, to);
  return lower.make({ kind: 'text', start, end, parts: escapedStretches(lower.text, from, to) });
};

/** Suffixes are no digits; those of floats would be in hexadecimal literals. */
const SUFFIX = /(?:[iu](?:8|16|32|64|128|size)|f(?:32|64))$/;
const HEX_SUFFIX = /[iu](?:8|16|32|64|128|size)$/;

/** `4_900_i64`, `49.0f64`, `0x1F`; a leading zero means nothing. */
export const number: LowerNode = (node, lower) => {
  const literal = lower.textOf(node);
  const digits = literal.replace(/^0x/i.test(literal) ? HEX_SUFFIX : SUFFIX, '').replace(/^0+(?=\d)/, '');
  return lower.number(node, numberOf(digits));
};

const CAPTURE = /\{\{|\}\}|\{([A-Za-z_]\w{0,200})(?::[^{}]{0,50})?\}/g;

/** The first text that `format!` is given: `{name}` stands for the variable, unless an argument has that name. */
export function withCaptures(text: TextNode, given: ReadonlySet<string>, lower: Lower): TextNode {
  const content = contentOf(lower.text.slice(text.start, text.end), text.start);
  if (content === undefined) return text;
  const { from, to, isRaw } = content;
  const raw = lower.text.slice(from, to);
  const made: TextNode['parts'][number][] = [];
  let at = 0;
  const literal = (until: number): void => {
    if (until > at) made.push(...(isRaw ? [{ kind: 'stretch' as const, value: raw.slice(at, until), start: from + at, end: from + until }] : escapedStretches(lower.text, from + at, from + until)));
    at = until;
  };
  for (const { 0: all, 1: name, index } of raw.matchAll(CAPTURE)) {
    if (name === undefined) {
      literal(index);
      made.push({ kind: 'stretch', value: all.charAt(0), start: from + index, end: from + index + 2 });
    } else if (given.has(name) || raw[index - 1] === '\\') continue;
    else {
      literal(index);
      const start = from + index + 1;
      made.push({ kind: 'name', start, end: start + name.length, name } satisfies IrNode);
    }
    at = index + all.length;
  }
  literal(raw.length);
  return lower.make({ kind: 'text', start: text.start, end: text.end, parts: made });
}

/** A text without interpolations, with the place of its content. */
export function constantOf(node: IrNode): { readonly value: string; readonly start: number; readonly end: number } | undefined {
  if (node.kind !== 'text') return undefined;
  const stretches = node.parts.filter((part) => part.kind === 'stretch');
  const [first] = stretches;
  const last = stretches.at(-1);
  if (first === undefined || last === undefined || stretches.length < node.parts.length) return undefined;
  return { value: stretches.map(({ value }) => value).join(''), start: first.start, end: last.end };
}
