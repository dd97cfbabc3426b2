/** Longer than any header or path that git writes on one line. */
const LINE_MAX = 1_048_576;

/** Reads lines and counted bytes from one stream, in turn, without holding more than a chunk. */
export class StreamReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its end; undefined at the end of the stream. */
  async line(): Promise<string | undefined> {
    let at = this.#rest.indexOf(10);
    while (at === -1) {
      const from = this.#rest.length;
      if (from > LINE_MAX) throw new Error('git wrote a line without an end');
      if (!(await this.#more())) return from === 0 ? undefined : this.#cut(from, 0);
      const found = this.#rest.subarray(from).indexOf(10);
      at = found === -1 ? -1 : found + from;
    }
    return this.#cut(at, 1);
  }

  /** The next `size` bytes, in parts as they come. Iterating it again goes on where it was left. */
  take(size: number): AsyncIterable<Uint8Array> {
    let left = size;
    return {
      [Symbol.asyncIterator]: () => ({
        next: async (): Promise<IteratorResult<Uint8Array>> => {
          if (left === 0) return { done: true, value: undefined };
          if (this.#rest.length === 0 && !(await this.#more())) throw new Error('git ended in the middle of an object');
          const part = this.#rest.subarray(0, left);
          this.#rest = this.#rest.subarray(part.length);
          left -= part.length;
          return { done: false, value: part };
        },
      }),
    };
  }

  #cut(length: number, end: number): string {
    const line = this.#rest.toString('utf8', 0, length);
    this.#rest = this.#rest.subarray(length + end);
    return line;
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
    return true;
  }
}
