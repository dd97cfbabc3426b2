import type { Disposable, Event } from '../event.js';
import { Emitter } from '../event.js';
import type { KnownKey } from '../scan/context.js';
import { managementKeyOf } from '../keys/storedKey.js';
import type { StoredKey, Vault } from '../keys/vault.js';
import type { KnownKeys } from './diagnostics/deps.js';

/**
 * The vault's index by fingerprint, for warnings that say which key a literal is. A copy, because rules are synchronous;
 * read the first time somebody asks, so that nothing touches the keychain before it is needed.
 */
export class VaultKnownKeys implements KnownKeys, Disposable {
  readonly #vault: Vault;
  readonly #changed = new Emitter<undefined>();
  readonly #subscription: Disposable;
  #keys: ReadonlyMap<string, KnownKey> | undefined;
  #loading = false;

  readonly onDidChange: Event<undefined> = this.#changed.event;

  constructor(vault: Vault) {
    this.#vault = vault;
    this.#subscription = vault.onDidChange(() => {
      if (this.#keys !== undefined) void this.#load();
    });
  }

  knownKey(fingerprint: string): KnownKey | undefined {
    if (this.#keys === undefined) void this.#load();
    return this.#keys?.get(fingerprint);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    try {
      this.#keys = byFingerprint(await this.#vault.list());
    } catch {
      // Without a keychain a literal is still a finding, it just has no name. The sidebar says what is wrong.
      this.#keys = new Map();
    } finally {
      this.#loading = false;
    }
    this.#changed.fire(undefined);
  }
}

function byFingerprint(stored: readonly StoredKey[]): ReadonlyMap<string, KnownKey> {
  const known = new Map<string, KnownKey>();
  for (const key of stored) {
    const entry: KnownKey = {
      environmentName: managementKeyOf(stored, key.environmentId)?.manages?.displayName ?? key.environmentId,
      displayName: key.displayName,
      keyType: key.type,
      expireAt: key.expireAt === null ? null : new Date(key.expireAt),
    };
    // The current value wins over a retired one of another key.
    known.set(key.fingerprint, entry);
    for (const retired of key.retired) if (!known.has(retired)) known.set(retired, entry);
  }
  return known;
}
