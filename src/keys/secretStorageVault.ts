import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { Disposable, Event } from '../event.js';
import { Secret } from '../secret.js';
import { notStored } from './keychainErrors.js';
import { accountOf, decodeStoredKey, encodeStoredKey, storableText } from './storedKeyCodec.js';
import { type SharedState, type StoredKey, type StoredKeyRef, type Vault } from './vault.js';
import { VaultChanges } from './vaultChanges.js';

/** What of vscode.SecretStorage is used. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

const VALUES = 'stigg-key-hygiene/';
/** One record of the shared state for each key, so that two windows never overwrite each other's. */
const INDEX = 'secret-storage-';

/**
 * VS Code's own secret storage: values are encrypted in VS Code's database with a key that the operating system protects.
 * It cannot be listed and drops what it cannot decrypt, so the index is kept apart.
 */
export class SecretStorageVault implements Vault {
  readonly kind = 'secretStorage';
  readonly onDidChange: Event<void>;
  readonly #secrets: SecretStore;
  readonly #state: SharedState;
  readonly #changes: VaultChanges;
  readonly #owned: readonly Disposable[];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: { readonly secrets: SecretStore; readonly state: SharedState }) {
    this.#secrets = options.secrets;
    this.#state = options.state;
    this.#changes = new VaultChanges(options.state);
    this.onDidChange = this.#changes.event;
    this.#owned = [this.#changes];
  }

  async list(): Promise<readonly StoredKey[]> {
    const names = await attempt(() => this.#state.list(INDEX));
    const keys = await Promise.all(names.map((name) => this.#entry(name)));
    return keys.filter((key) => key !== undefined);
  }

  async read(key: StoredKeyRef): Promise<Secret | undefined> {
    const account = accountOf(key);
    const value = await attempt(() => this.#secrets.get(VALUES + account));
    return value === undefined || value === '' ? undefined : new Secret(value);
  }

  async save(key: StoredKey, secret: Secret): Promise<void> {
    const account = accountOf(key);
    const entry = encodeStoredKey(key);
    const value = storableText(secret);
    await this.#inTurn(async () => {
      const before = await attempt(() => this.#secrets.get(VALUES + account));
      try {
        await this.#put(account, value);
        await this.#putEntry(account, entry);
      } catch (error) {
        const restored = await this.#restore(account, before);
        await this.#changes.announce();
        throw writeFailed(restored, error);
      }
      await this.#changes.announce();
    });
  }

  async updateIndex(key: StoredKey): Promise<void> {
    const account = accountOf(key);
    const entry = encodeStoredKey(key);
    await this.#inTurn(async () => {
      const before = await attempt(() => this.#state.read(recordOf(account)));
      if (before === undefined) throw notStored();
      if (before === entry) return;
      try {
        await this.#putEntry(account, entry);
      } catch (error) {
        throw writeFailed(true, error);
      }
      await this.#changes.announce();
    });
  }

  async delete(key: StoredKeyRef): Promise<void> {
    const account = accountOf(key);
    await this.#inTurn(async () => {
      await attempt(() => this.#secrets.delete(VALUES + account));
      if ((await attempt(() => this.#secrets.get(VALUES + account))) !== undefined) {
        throw new ExpectedError('vaultWriteFailed', t('VS Code\'s secret storage did not remove the key.'), t('Restart VS Code and try again.'));
      }
      await attempt(() => this.#state.delete(recordOf(account)));
      await this.#changes.announce();
    });
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  async #entry(name: string): Promise<StoredKey | undefined> {
    const text = await attempt(() => this.#state.read(name));
    if (text === undefined) return undefined;
    const account = accountIn(text);
    // A record under another key's name is not one of ours.
    return account === undefined || recordOf(account) !== name ? undefined : decodeStoredKey(account, text);
  }

  async #put(account: string, value: string): Promise<void> {
    await this.#secrets.store(VALUES + account, value);
    if ((await this.#secrets.get(VALUES + account)) !== value) throw new Error('The value read back is another one');
  }

  async #putEntry(account: string, entry: string): Promise<void> {
    await this.#state.write(recordOf(account), entry);
    if ((await this.#state.read(recordOf(account))) !== entry) throw new Error('The entry read back is another one');
  }

  /** The index record is the last thing written, and replaced whole or not at all: only the value has to be put back. */
  async #restore(account: string, before: string | undefined): Promise<boolean> {
    try {
      if (before === undefined) await this.#secrets.delete(VALUES + account);
      else await this.#secrets.store(VALUES + account, before);
      return (await this.#secrets.get(VALUES + account)) === before;
    } catch {
      return false;
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** Ids may hold what file names may not (or not tell apart), so the record is named by their digest. */
function recordOf(account: string): string {
  return `${INDEX}${bytesToHex(sha256(utf8ToBytes(account))).slice(0, 32)}.json`;
}

function accountIn(text: string): string | undefined {
  try {
    const { environmentId, keyId } = JSON.parse(text) as { environmentId?: unknown; keyId?: unknown };
    return typeof environmentId === 'string' && typeof keyId === 'string' ? `${environmentId}/${keyId}` : undefined;
  } catch {
    return undefined;
  }
}

async function attempt<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ExpectedError(
      'vaultUnavailable',
      t('VS Code\'s secret storage cannot be used here.'),
      t('Restart VS Code and try again, or choose the keychain in the setting {0}.', 'stiggKeys.vault.store'),
      { cause: error },
    );
  }
}

function writeFailed(restored: boolean, cause: unknown): ExpectedError {
  return restored
    ? new ExpectedError('vaultWriteFailed', t('VS Code\'s secret storage did not keep the key; nothing was saved.'), t('Try again, or choose the keychain in the setting {0}.', 'stiggKeys.vault.store'), { cause })
    : new ExpectedError('vaultWriteFailed', t('VS Code\'s secret storage failed in the middle of saving, and what it holds now is not certain.'), t('Save the key again.'), { cause });
}
