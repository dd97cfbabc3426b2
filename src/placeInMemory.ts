/** Longer paths are not told. Bytes. */
const LONGEST = 4_096;
const LENGTH_BYTES = 4;

/** A path in memory that two threads share. It can be read when the thread that wrote it hangs, or is gone. */
export class PlaceInMemory {
  readonly buffer: SharedArrayBuffer;
  readonly #length: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(buffer = new SharedArrayBuffer(LENGTH_BYTES + LONGEST)) {
    this.buffer = buffer;
    this.#length = new Int32Array(buffer, 0, 1);
    this.#bytes = new Uint8Array(buffer, LENGTH_BYTES);
  }

  set(path: string | undefined): void {
    // Whoever reads in between finds nothing, and never half of a path.
    Atomics.store(this.#length, 0, 0);
    if (path === undefined) return;
    const bytes = new TextEncoder().encode(path);
    if (bytes.length > this.#bytes.length) return;
    this.#bytes.set(bytes);
    Atomics.store(this.#length, 0, bytes.length);
  }

  get(): string | undefined {
    const length = Atomics.load(this.#length, 0);
    // Shared memory is not decoded as it is.
    return length === 0 ? undefined : new TextDecoder().decode(this.#bytes.slice(0, length));
  }
}
