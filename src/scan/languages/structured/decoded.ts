import type { Decoded, Span } from '../language.js';

/** From this offset of the decoded text on, a place stands so much further in the document. */
interface Shift {
  readonly from: number;
  readonly by: number;
}

/** A stretch of the document that stands for another text. Offsets of the document. */
export interface Escape extends Span {
  readonly value: string;
}

/**
 * Decodes a stretch of a document. `escapes` (with the flag `g`) finds what is not written as it is, and `value` says what it
 * stands for. Linear in the length of the stretch.
 */
export function decode(text: string, span: Span, escapes: RegExp, value: (escape: string) => string, encode: (text: string) => string): Decoded {
  const found = Array.from(text.slice(span.start, span.end).matchAll(escapes), ({ 0: escape, index }): Escape => {
    const start = span.start + index;
    return { start, end: start + escape.length, value: value(escape) };
  });
  return decodeEscapes(text, span, found, encode);
}

/** Decodes a stretch of a document in which the escapes are known, in order and apart from each other. */
export function decodeEscapes(text: string, { start, end }: Span, escapes: Iterable<Escape>, encode: (text: string) => string): Decoded {
  const shifts: Shift[] = [];
  const pieces: string[] = [];
  let length = 0;
  let at = start;
  for (const escape of escapes) {
    const before = text.slice(at, escape.start);
    pieces.push(before, escape.value);
    length += before.length + escape.value.length;
    at = escape.end;
    // The places of one escape: its first unit stands at its start, what follows it behind its end.
    if (escape.value.length !== escape.end - escape.start) shifts.push({ from: length, by: at - length });
  }
  pieces.push(text.slice(at, end));
  const decodedText = pieces.join('');
  return {
    text: decodedText,
    toOuter: (offset) => Math.min(end, offset + (shifts[lastAtOrBefore(shifts, offset)]?.by ?? start)),
    encode,
  };
}

/** The last shift that applies to the offset; -1 before the first. */
function lastAtOrBefore(shifts: readonly Shift[], offset: number): number {
  let low = -1;
  let high = shifts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((shifts[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
