import type { Disposable, Event } from '../event.js';
import { ExpectedError } from '../errors.js';
import { Secret } from '../secret.js';
import { KEYCHAIN_TIMEOUT_MS, KeychainCalls } from './keychainCalls.js';
import { notDeleted, notStored, writeFailed } from './keychainErrors.js';
import type { NativeKeychain } from './keytar.js';
import { accountOf, decodeStoredKey, encodeStoredKey, storableText } from './storedKeyCodec.js';
import { type SharedState, type StoredKey, type StoredKeyRef, type Vault } from './vault.js';
import { VaultChanges } from './vaultChanges.js';

/** Entries of this service hold values; those of `<service>.index` hold what is not secret. */
export const KEYCHAIN_SERVICE = 'stigg-key-hygiene';

export interface KeychainVaultOptions {
  /** Called on first use, and again after it failed: `() => loadKeytar(directory)`. */
  readonly load: () => Promise<NativeKeychain>;
  /** Tells other windows of changes; without it only this process hears of its own. */
  readonly state?: SharedState | undefined;
  /** Another name for tests. */
  readonly service?: string;
  /** How long one call may take, with the person's answer to a prompt. */
  readonly timeoutMs?: number;
}

/** The operating system's keychain: Keychain, Credential Manager, or the Secret Service. */
export class KeychainVault implements Vault {
  readonly kind = 'keychain';
  readonly onDidChange: Event<void>;
  readonly #values: string;
  readonly #index: string;
  readonly #calls: KeychainCalls;
  readonly #changes: VaultChanges;
  readonly #owned: readonly Disposable[];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: KeychainVaultOptions) {
    const service = options.service ?? KEYCHAIN_SERVICE;
    this.#values = service;
    this.#index = `${service}.index`;
    this.#calls = new KeychainCalls({ load: options.load, timeoutMs: options.timeoutMs ?? KEYCHAIN_TIMEOUT_MS, indexService: this.#index, checkService: `${service}.check` });
    this.#changes = new VaultChanges(options.state);
    this.onDidChange = this.#changes.event;
    this.#owned = [this.#changes, this.#calls];
  }

  async list(): Promise<readonly StoredKey[]> {
    const entries = await this.#calls.entries(this.#index);
    return entries.flatMap(({ account, password }) => decodeStoredKey(account, password) ?? []);
  }

  async read(key: StoredKeyRef): Promise<Secret | undefined> {
    const value = await this.#calls.get(this.#values, accountOf(key));
    return value === null || value === '' ? undefined : new Secret(value);
  }

  async save(key: StoredKey, secret: Secret): Promise<void> {
    const account = accountOf(key);
    const entry = encodeStoredKey(key);
    const value = storableText(secret);
    await this.#inTurn(() => this.#replace(account, [[this.#values, value], [this.#index, entry]]));
  }

  async updateIndex(key: StoredKey): Promise<void> {
    const account = accountOf(key);
    const entry = encodeStoredKey(key);
    await this.#inTurn(async () => {
      const before = await this.#calls.get(this.#index, account);
      // Another window has removed the key: writing its entry would bring it back without a value.
      if (before === null) throw notStored();
      if (before !== entry) await this.#replace(account, [[this.#index, entry]]);
    });
  }

  async delete(key: StoredKeyRef): Promise<void> {
    const account = accountOf(key);
    await this.#inTurn(async () => {
      let changed = false;
      try {
        // The value goes first: an entry without its value is shown as such, a value without its entry would be forgotten.
        for (const service of [this.#values, this.#index]) {
          changed = (await this.#calls.delete(service, account)) || changed;
          if ((await this.#calls.peek(service, account)) !== null) throw notDeleted();
        }
      } finally {
        if (changed) await this.#changes.announce();
      }
    });
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  /** Writes entries one after the other, each read back; when one fails, all are put back as they were as well as possible. */
  async #replace(account: string, entries: readonly (readonly [service: string, text: string])[]): Promise<void> {
    // Checked, because what a locked keychain hid would be lost when things are put back.
    const before: { service: string; text: string | null }[] = [];
    for (const [service] of entries) before.push({ service, text: await this.#calls.get(service, account) });
    let written = 0;
    try {
      for (const [service, text] of entries) {
        await this.#calls.set(service, account, text);
        written += 1;
        if ((await this.#calls.peek(service, account)) !== text) throw writeFailed('unchanged');
      }
    } catch (error) {
      // Refused at the first write: nothing has been touched, and the reason is the better message.
      if (written === 0) throw error;
      const restored = await this.#restore(account, before);
      await this.#changes.announce();
      throw writeFailed(restored ? 'unchanged' : 'unknown', error instanceof ExpectedError ? error : undefined);
    }
    await this.#changes.announce();
  }

  /** True when every entry is now what it was. */
  async #restore(account: string, before: readonly { readonly service: string; readonly text: string | null }[]): Promise<boolean> {
    let whole = true;
    for (const { service, text } of before) {
      try {
        if ((await this.#calls.get(service, account)) === text) continue;
        if (text === null) await this.#calls.delete(service, account);
        else await this.#calls.set(service, account, text);
        whole = (await this.#calls.get(service, account)) === text && whole;
      } catch {
        whole = false;
      }
    }
    return whole;
  }

  /** Changes of this window never interleave; between windows each single entry is replaced whole. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
