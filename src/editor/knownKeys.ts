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
  #isLoading = false;
  #isStale = false;

  readonly onDidChange: Event<undefined> = this.#changed.event;

  constructor(vault: Vault) {
    this.#vault = vault;
    this.#subscription = vault.onDidChange(() => {
      if (this.#keys !== undefined || this.#isLoading) void this.#load();
    });
  }

  knownKey(fingerprint: string): KnownKey | undefined {
    if (this.#keys === undefined && !this.#isLoading) void this.#load();
    return this.#keys?.get(fingerprint);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #load(): Promise<void> {
    this.#isStale = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    // What changes during the reading may be missing from it: then it is read once more.
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#keys = byFingerprint(await this.#vault.list());
      } catch {
        // Without a keychain a literal is still a finding, it just has no name. The sidebar says what is wrong.
        this.#keys = new Map();
      }
    }
    this.#isLoading = false;
    this.#changed.fire(undefined);
  }
}

function byFingerprint(stored: readonly StoredKey[]): ReadonlyMap<string, KnownKey> {
  const known = new Map<string, KnownKey>();
  const names = new Map([...new Set(stored.map((key) => key.environmentId))].map((id) => [id, managementKeyOf(stored, id)?.manages?.displayName ?? id]));
  for (const key of stored) {
    const entry: KnownKey = {
      environmentName: names.get(key.environmentId) ?? key.environmentId,
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
