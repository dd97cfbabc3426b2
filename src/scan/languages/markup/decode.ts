import type { Decoded, Span } from '../language.js';

/** A piece of a decoded text. */
export interface Piece {
  readonly text: string;
  /** Where an offset of the piece stands in the document; never smaller than that of an earlier offset. */
  toOuter(offset: number): number;
}

/** A stretch that is taken over as it is. */
export function copied(text: string, { start, end }: Span): Piece {
  return { text: text.slice(start, end), toOuter: (offset) => start + offset };
}

/** A text that is nowhere in the document and only helps to read what follows it. */
export function added(text: string, at: number): Piece {
  return { text, toOuter: () => at };
}

/** Puts pieces, in the order of the document, together. The end of one piece is the start of the next. */
export function joined(pieces: readonly Piece[], encode: (text: string) => string): Decoded {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  return {
    text: pieces.map(({ text }) => text).join(''),
    encode,
    toOuter: (offset) => {
      let low = 0;
      let high = pieces.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const piece = pieces[low];
      return piece?.toOuter(Math.min(piece.text.length, Math.max(0, offset - (starts[low] ?? 0)))) ?? 0;
    },
  };
}
