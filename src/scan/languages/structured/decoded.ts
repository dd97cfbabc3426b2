import type { Decoded, Span } from '../language.js';

/** From this offset of the decoded text on, a place stands so much further in the document. */
interface Shift {
  readonly from: number;
  readonly by: number;
}

/**
 * Decodes a stretch of a document. `escapes` (with the flag `g`) finds what is not written as it is, and `value` says what it
 * stands for. Linear in the length of the stretch.
 */
export function decode(text: string, { start, end }: Span, escapes: RegExp, value: (escape: string) => string, encode: (text: string) => string): Decoded {
  const raw = text.slice(start, end);
  const shifts: Shift[] = [];
  const pieces: string[] = [];
  let length = 0;
  let at = 0;
  for (const match of raw.matchAll(escapes)) {
    const [escape] = match;
    const decoded = value(escape);
    if (decoded === escape) continue;
    const before = raw.slice(at, match.index);
    pieces.push(before, decoded);
    length += before.length + decoded.length;
    at = match.index + escape.length;
    // The places of one escape: its first unit stands at its start, what follows it behind its end.
    if (decoded.length !== escape.length) shifts.push({ from: length, by: start + at - length });
  }
  pieces.push(raw.slice(at));
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
