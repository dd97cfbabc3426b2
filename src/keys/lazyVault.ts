import { Emitter, type Disposable, type Event } from '../event.js';
import { Lazy } from '../lazy.js';
import type { Secret } from '../secret.js';
import type { SharedState, StoredKey, StoredKeyRef, Vault, VaultKind } from './vault.js';
import { CHANGES } from './vaultChanges.js';

export interface LazyVaultOptions {
  readonly kind: VaultKind;
  readonly load: () => Promise<Vault>;
  /** The same that the vault itself tells changes by. */
  readonly state: SharedState;
}

/** A vault that is loaded by its first use: a window in which nobody looks at keys needs none of it. */
export class LazyVault implements Vault {
  readonly kind: VaultKind;
  readonly #vault: Lazy<Vault>;
  readonly #changed = new Emitter<undefined>();
  #subscription: Disposable;

  readonly onDidChange: Event<void> = (listener) => this.#changed.event(() => listener());

  constructor({ kind, load, state }: LazyVaultOptions) {
    this.kind = kind;
    const tell = (): void => { this.#changed.fire(undefined); };
    // Until it is loaded, only another window can have changed something.
    this.#subscription = state.onDidChange((name) => { if (name === CHANGES) tell(); });
    this.#vault = new Lazy(async () => {
      const vault = await load();
      this.#subscription.dispose();
      this.#subscription = vault.onDidChange(tell);
      return vault;
    });
  }

  async list(): Promise<readonly StoredKey[]> {
    return (await this.#vault.get()).list();
  }

  async read(key: StoredKeyRef): Promise<Secret | undefined> {
    return (await this.#vault.get()).read(key);
  }

  async save(key: StoredKey, secret: Secret): Promise<void> {
    return (await this.#vault.get()).save(key, secret);
  }

  async updateIndex(key: StoredKey): Promise<void> {
    return (await this.#vault.get()).updateIndex(key);
  }

  async delete(key: StoredKeyRef): Promise<void> {
    return (await this.#vault.get()).delete(key);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#vault.dispose();
    this.#changed.dispose();
  }
}
