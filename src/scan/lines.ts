import type { Position } from './source.js';

/** Where the lines of a text start; turns offsets into positions. Lines end with `\n`, `\r\n` or a lone `\r`, as in VS Code. */
export class Lines {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    const length = text.length;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
    }
    this.#starts = starts;
    this.#length = length;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** The zero-based line that holds the offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The offset at which the line starts; the end of the text for lines past it. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  positionAt(offset: number): Position {
    const bounded = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineAt(bounded);
    return { line, column: bounded - this.startOf(line) };
  }
}

/** Where the line starts that holds the offset. Looks no further back than that, whichever line ends the text has. */
export function lineStartAt(text: string, offset: number): number {
  for (let at = offset; at > 0; at--) {
    const unit = text.charCodeAt(at - 1);
    if (unit === 10 || unit === 13) return at;
  }
  return 0;
}

/** Where the line ends, without its line break. */
export function lineEndAt(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) return at;
  }
  return text.length;
}

/** Where the next line starts, for the end of a line as `lineEndAt` tells it; the end of the text for the last one. */
export function nextLineAt(text: string, lineEnd: number): number {
  return Math.min(text.length, lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : 1));
}

/** The line break that the text uses, by its first one. */
export function newlineOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** The white space that the line of the offset begins with. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? '';
}
