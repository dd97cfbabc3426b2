import { CancelledError } from './errors.js';
import type { Disposable } from './event.js';

/**
 * What is made, and its module loaded, by the first who needs it. A failure is not kept: the next one tries again. What has to be
 * disposed of goes with this, also when it is only being made at that moment.
 */
export class Lazy<T extends object> implements Disposable {
  readonly #make: () => Promise<T>;
  #making: Promise<T> | undefined;
  #made: T | undefined;
  #isDisposed = false;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  /** undefined while nobody has needed it. */
  get made(): T | undefined {
    return this.#made;
  }

  /** Rejects with CancelledError when it was not made before the end. */
  get(): Promise<T> {
    this.#making ??= this.#isDisposed ? Promise.reject(new CancelledError()) : this.#start();
    return this.#making;
  }

  dispose(): void {
    this.#isDisposed = true;
    dispose(this.#made);
  }

  async #start(): Promise<T> {
    try {
      const made = await this.#make();
      // Nobody would dispose of it later.
      if (this.#isDisposed) {
        dispose(made);
        throw new CancelledError();
      }
      this.#made = made;
      return made;
    } catch (error) {
      this.#making = undefined;
      throw error;
    }
  }
}

function dispose(value: object | undefined): void {
  if (value !== undefined && 'dispose' in value && typeof value.dispose === 'function') (value as Disposable).dispose();
}
