import { Emitter, type Disposable, type Event } from '../event.js';
import type { SharedState } from './vault.js';

/** The shared text that every change replaces. It holds a random id only, so that any window can tell that something is new. */
export const CHANGES = 'changes';

/** Tells this window and, through the shared state, the others that a vault has changed. */
export class VaultChanges implements Disposable {
  readonly #state: SharedState | undefined;
  readonly #emitter = new Emitter<undefined>();
  readonly #subscription: Disposable | undefined;
  /** The last change that was announced here: a later event with the same id is our own, or the same one once more. */
  #seen: string | undefined;
  #disposed = false;

  constructor(state: SharedState | undefined) {
    this.#state = state;
    this.#subscription = state?.onDidChange((name) => {
      if (name === CHANGES) void this.#look();
    });
  }

  readonly event: Event<void> = (listener) => this.#emitter.event(() => listener());

  /** After a change of ours. The change itself is done, so a shared state that cannot be written is no failure of it. */
  async announce(): Promise<void> {
    const id = crypto.randomUUID();
    this.#seen = id;
    try {
      await this.#state?.write(CHANGES, JSON.stringify({ change: id }));
    } catch {
      // Other windows will see it when they next read the vault.
    }
    this.#fire();
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscription?.dispose();
    this.#emitter.dispose();
  }

  async #look(): Promise<void> {
    let text: string | undefined;
    try {
      text = await this.#state?.read(CHANGES);
    } catch {
      text = undefined;
    }
    const id = text === undefined ? undefined : /"change":"([^"]+)"/.exec(text)?.[1];
    if (id !== undefined && id === this.#seen) return;
    this.#seen = id;
    this.#fire();
  }

  #fire(): void {
    if (this.#disposed) return;
    try {
      this.#emitter.fire(undefined);
    } catch (error) {
      // A listener's defect is reported as one, and never turns a finished save into a failed one.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
