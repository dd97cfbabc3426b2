/** Structurally the same as vscode.Disposable, so that rooms without vscode can own resources. */
export interface Disposable {
  dispose(): void;
}

/** Structurally the same as vscode.Event. */
export type Event<T> = (listener: (event: T) => unknown) => Disposable;

/** A minimal event source for rooms that must not import vscode. One failing listener never silences the others. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(event: T) => unknown>();

  readonly event: Event<T> = (listener) => {
    // Wrapped, so that subscribing one function twice gives two subscriptions.
    const own = (event: T): unknown => listener(event);
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  fire(event: T): void {
    const failures: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'An event listener failed');
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
