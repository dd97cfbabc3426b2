/** Ends a scan when the person interrupts it, so that nothing half-done is left. A second interruption ends the process at once. */
export class Interrupt implements Disposable {
  readonly #controller = new AbortController();
  readonly #onSignal = (): void => {
    this[Symbol.dispose]();
    this.#controller.abort();
  };

  constructor() {
    process.on('SIGINT', this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#onSignal);
  }
}
