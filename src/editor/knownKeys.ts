import type { Disposable, Event } from '../event.js';
import { Emitter } from '../event.js';
import type { KnownKey } from '../scan/context.js';
import type { StoredKey, StoredKeyRef, Vault } from '../keys/vault.js';
import { unref } from '../unref.js';
import type { KnownKeys } from './diagnostics/deps.js';
import type { Known } from './knownIndex.js';

/** Timers cannot wait for years; and a day on, another key may be about to expire. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

const NOTHING: Known = { keys: new Map(), rotatable: new Map(), environmentNames: [], stored: new Set() };

/**
 * The vault's index by fingerprint, for warnings that say which key a literal is. A copy, because rules are synchronous;
 * read the first time somebody asks, so that nothing touches the keychain before it is needed.
 */
export class VaultKnownKeys implements KnownKeys, Disposable {
  readonly #vault: Vault;
  readonly #changed = new Emitter<undefined>();
  readonly #subscription: Disposable;
  /** Values whose entry was seen to go. An entry is let go only when Stigg refuses its value. */
  readonly #ended = new Map<string, Date>();
  #known: Known | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isLoading = false;
  #isStale = false;

  readonly onDidChange: Event<undefined> = this.#changed.event;

  constructor(vault: Vault) {
    this.#vault = vault;
    this.#subscription = vault.onDidChange(() => {
      if (this.#known !== undefined || this.#isLoading) void this.#load();
    });
  }

  knownKey(fingerprint: string): KnownKey | undefined {
    return this.#current().keys.get(fingerprint);
  }

  /** All of them. */
  all(): ReadonlyMap<string, KnownKey> {
    return this.#current().keys;
  }

  environmentNames(): readonly string[] {
    return this.#current().environmentNames;
  }

  rotatable(fingerprint: string): StoredKeyRef | undefined {
    return this.#current().rotatable.get(fingerprint);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #current(): Known {
    if (this.#known === undefined && !this.#isLoading) void this.#load();
    return this.#known ?? NOTHING;
  }

  async #load(): Promise<void> {
    this.#isStale = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    // What changes during the reading may be missing from it: then it is read once more.
    while (this.#isStale) {
      this.#isStale = false;
      try {
        const [stored, { knownOf }] = await Promise.all([this.#vault.list(), import('./knownIndex.js')]);
        this.#noteEnded(stored);
        this.#known = knownOf(stored, this.#ended);
      } catch {
        // Without a keychain a literal is still a finding, it just has no name. The sidebar says what is wrong.
        this.#known = NOTHING;
      }
    }
    this.#isLoading = false;
    this.#wakeAtNextEnd();
    this.#changed.fire(undefined);
  }

  /** What was about to expire has expired then, without anything having changed in the vault. */
  #wakeAtNextEnd(): void {
    clearTimeout(this.#timer);
    const left = [...this.#current().keys.values()].flatMap(({ expireAt }) => (expireAt === null ? [] : [expireAt.getTime() - Date.now()])).filter((ms) => ms >= 0);
    if (left.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#changed.fire(undefined);
      this.#wakeAtNextEnd();
    }, Math.min(LONGEST_WAIT_MS, Math.min(...left) + 1));
    unref(this.#timer);
  }

  #noteEnded(stored: readonly StoredKey[]): void {
    const present = new Set(stored.map(({ fingerprint }) => fingerprint));
    for (const before of this.#known?.stored ?? []) if (!present.has(before)) this.#ended.set(before, new Date());
    for (const again of present) this.#ended.delete(again);
  }
}
