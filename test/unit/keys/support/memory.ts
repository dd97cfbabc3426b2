import { Emitter } from '../../../../src/event.js';
import { Secret } from '../../../../src/secret.js';
import type { SharedState, StoredKey, StoredKeyRef, Vault } from '../../../../src/keys/vault.js';

/** A vault that is only memory: for tests of what is built upon vaults. The vaults themselves are tested on real keychains. */
export class MemoryVault implements Vault {
  readonly kind = 'keychain';
  readonly values = new Map<string, string>();
  readonly index = new Map<string, StoredKey>();
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event as Vault['onDidChange'];

  list(): Promise<readonly StoredKey[]> {
    return Promise.resolve([...this.index.values()]);
  }

  read(key: StoredKeyRef): Promise<Secret | undefined> {
    const value = this.values.get(nameOf(key));
    return Promise.resolve(value === undefined ? undefined : new Secret(value));
  }

  save(key: StoredKey, secret: Secret): Promise<void> {
    this.values.set(nameOf(key), secret.reveal());
    return this.updateIndex(key);
  }

  updateIndex(key: StoredKey): Promise<void> {
    this.index.set(nameOf(key), key);
    this.#changed.fire(undefined);
    return Promise.resolve();
  }

  delete(key: StoredKeyRef): Promise<void> {
    this.values.delete(nameOf(key));
    this.index.delete(nameOf(key));
    this.#changed.fire(undefined);
    return Promise.resolve();
  }

  /** Tells of a change, such as another window's. */
  touch(): void {
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function nameOf(key: StoredKeyRef): string {
  return `${key.environmentId}/${key.keyId}`;
}

export class MemoryState implements SharedState {
  readonly texts = new Map<string, string>();
  readonly #changed = new Emitter<string>();
  readonly onDidChange = this.#changed.event;

  list(prefix: string): Promise<readonly string[]> {
    return Promise.resolve([...this.texts.keys()].filter((name) => name.startsWith(prefix)));
  }

  read(name: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(name));
  }

  write(name: string, text: string): Promise<void> {
    this.texts.set(name, text);
    this.#changed.fire(name);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.texts.delete(name);
    this.#changed.fire(name);
    return Promise.resolve();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
