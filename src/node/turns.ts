/** Milliseconds: reading waits for the disk, and so long others wait for it. */
const TURN = 20;

/** Lets signals and messages in now and then, where a lot is done without waiting for anything. */
export class Turns {
  readonly #signal: AbortSignal | undefined;
  #began = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** Whether it is time for `next`, which most of the time is not worth a promise. */
  get isOver(): boolean {
    return performance.now() - this.#began >= TURN;
  }

  /** Resolves when others had their turn. Rejects when the signal says so. */
  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await new Promise((next) => { setImmediate(next); });
    this.#began = performance.now();
    this.#signal?.throwIfAborted();
  }
}
