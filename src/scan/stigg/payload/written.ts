import type { IrNode } from '../../ir/node.js';
import { UNKNOWN } from '../../ir/texts.js';

/** Stands in a written text for something that is filled in when it runs; one unit for each. */
export const HOLE = UNKNOWN;

/** A text as whoever gets it will read it, with the place of each of its units in the document: quotes and escapes around it are gone. */
export interface Written {
  readonly text: string;
  /** Where the unit starts in the document. */
  start(index: number): number;
  /** Where it ends. */
  end(index: number): number;
  /** What is filled in there; undefined for a unit that is written out. */
  hole(index: number): IrNode | undefined;
}

/** The last name in a text: `price` of `inputs.price`. */
export function lastName(text: string): string {
  const whole = text.trimEnd();
  let from = whole.length;
  while (from > 0 && /[\w-]/.test(whole.charAt(from - 1))) from--;
  return whole.slice(from);
}

/** A stretch of the document that is read as it stands. */
export function asWritten(document: string, start: number, end: number): Written {
  return { text: document.slice(start, end), start: (index) => start + index, end: (index) => start + index + 1, hole: () => undefined };
}

/** A part of a written text. */
export function within(written: Written, from: number, to: number): Written {
  return {
    text: written.text.slice(from, to),
    start: (index) => written.start(from + index),
    end: (index) => written.end(from + index),
    hole: (index) => written.hole(from + index),
  };
}

/** Puts a written text together, unit by unit. */
export class Writing implements Written {
  #text = '';
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #holes = new Map<number, IrNode>();

  get text(): string {
    return this.#text;
  }

  start(index: number): number {
    return this.#starts[index] ?? this.#ends.at(-1) ?? 0;
  }

  end(index: number): number {
    return this.#ends[index] ?? this.#ends.at(-1) ?? 0;
  }

  hole(index: number): IrNode | undefined {
    return this.#holes.get(index);
  }

  /** One unit that stands between two offsets of the document. */
  add(unit: string, start: number, end: number): void {
    this.#text += unit;
    this.#starts.push(start);
    this.#ends.push(end);
  }

  /** Units that stand there as they are. */
  addStretch(text: string, start: number): void {
    for (let at = 0; at < text.length; at++) this.add(text.charAt(at), start + at, start + at + 1);
  }

  addHole(node: IrNode): void {
    this.#holes.set(this.#text.length, node);
    this.add(HOLE, node.start, node.end);
  }
}
