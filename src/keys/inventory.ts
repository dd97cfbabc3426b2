import { t } from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../errors.js';
import { Emitter, type Disposable } from '../event.js';
import { keyStatus, type ApiKey, type Environment, type KeyStatus } from './model.js';
import type { ResumeOutcome } from './rotation.js';
import type { StiggApi } from './stiggApi.js';
import { managementKeyOf } from './storedKey.js';
import type { StoredKey, Vault } from './vault.js';

export interface KeyRow {
  readonly key: ApiKey;
  readonly status: KeyStatus;
  /** The vault's entry; null where the value is not stored here. */
  readonly stored: StoredKey | null;
  /** The key that we talk to Stigg with. */
  readonly isManagement: boolean;
}

export interface EnvironmentRow {
  readonly environment: Environment;
  /** Management key first, then by type, then the youngest first. Empty until Stigg has answered once. */
  readonly keys: readonly KeyRow[];
  readonly loading: boolean;
  /** Why Stigg could not be asked the last time; the keys are then the last ones known. */
  readonly error: ExpectedError | null;
}

/** Immutable; a new one is made at every change. */
export interface InventorySnapshot {
  /** False until the vault has answered once. */
  readonly loaded: boolean;
  /** Production first, then by name. */
  readonly environments: readonly EnvironmentRow[];
  readonly vaultError: ExpectedError | null;
}

export interface InventoryDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly now: () => Date;
  /** Completes rotations that a crash or a lost answer left behind. */
  readonly resume: (environmentId: string) => Promise<readonly ResumeOutcome[]>;
}

interface Loaded {
  readonly keys: readonly ApiKey[];
  readonly loading: boolean;
  readonly error: ExpectedError | null;
}

/** "Time left" is shown in minutes, so the clock need not tick faster. */
const TICK_MS = 60_000;
const SETTLE_MS = 100;
const NOTHING: Loaded = { keys: [], loading: false, error: null };

/** Vault and Stigg seen together: what is stored here and what exists there. The one source of the sidebar and of `list`. */
export class Inventory implements Disposable {
  readonly #deps: InventoryDeps;
  readonly #changed = new Emitter<InventorySnapshot>();
  readonly #resumed = new Emitter<readonly ResumeOutcome[]>();
  readonly #loaded = new Map<string, Loaded>();
  readonly #runs = new Map<string, number>();
  readonly #subscription: Disposable;
  #stored: readonly StoredKey[] = [];
  #vaultLoaded = false;
  #vaultError: ExpectedError | null = null;
  #snapshot: InventorySnapshot = { loaded: false, environments: [], vaultError: null };
  #timer: NodeJS.Timeout | undefined;
  #vaultTimer: NodeJS.Timeout | undefined;
  #disposed = false;

  readonly onDidChange = this.#changed.event;
  /** What became of unfinished rotations, whenever a refresh took some up. */
  readonly onDidResume = this.#resumed.event;

  constructor(deps: InventoryDeps) {
    this.#deps = deps;
    this.#subscription = deps.vault.onDidChange(() => {
      // A rotation writes several entries in a row; they are looked at together.
      clearTimeout(this.#vaultTimer);
      this.#vaultTimer = setTimeout(() => {
        // Nobody has looked yet: the first refresh will see it.
        if (this.#vaultLoaded) void this.refresh();
      }, SETTLE_MS);
    });
  }

  get snapshot(): InventorySnapshot {
    return this.#snapshot;
  }

  /** The row of an environment, or undefined when it is not here. */
  environment(id: string): EnvironmentRow | undefined {
    return this.#snapshot.environments.find((row) => row.environment.id === id);
  }

  /**
   * Reads the vault and asks Stigg for the keys of one environment, or of all. Failures become part of the snapshot,
   * never a rejection: one environment that cannot be reached says nothing about the others.
   */
  async refresh(environmentId?: string, signal?: AbortSignal): Promise<void> {
    if (!(await this.#readVault())) return;
    const ids = environmentId === undefined ? this.#environments().map((environment) => environment.id) : [environmentId];
    await Promise.all(ids.map((id) => this.#load(id, signal)));
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#vaultTimer);
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#resumed.dispose();
  }

  async #readVault(): Promise<boolean> {
    try {
      this.#stored = await this.#deps.vault.list();
      this.#vaultError = null;
    } catch (error) {
      this.#vaultError = asExpected(error);
    }
    this.#vaultLoaded = true;
    this.#publish();
    return this.#vaultError === null;
  }

  async #load(id: string, signal?: AbortSignal): Promise<void> {
    const run = (this.#runs.get(id) ?? 0) + 1;
    this.#runs.set(id, run);
    const isStale = (): boolean => this.#disposed || this.#runs.get(id) !== run;
    const before = this.#loaded.get(id) ?? NOTHING;
    this.#loaded.set(id, { ...before, loading: true });
    this.#publish();
    try {
      const management = managementKeyOf(this.#stored, id);
      const auth = management === undefined ? undefined : await this.#deps.vault.read(management);
      if (auth === undefined) {
        throw new ExpectedError('valueMissing', t('The key that was stored for this environment is no longer in the keychain.'), t('Add the environment again and paste the key.'));
      }
      const keys = await this.#deps.api.listKeys(auth, id, signal);
      if (isStale()) return;
      this.#loaded.set(id, { keys, loading: false, error: null });
      this.#publish();
      await this.#resume(id);
      await this.#reconcile(id);
    } catch (error) {
      if (isStale()) return;
      this.#loaded.set(id, isCancelled(error) ? { ...before, loading: false } : { ...before, loading: false, error: asExpected(error) });
      this.#publish();
    }
  }

  /** A rotation that was completed changes vault and list; its own change events load them again. */
  async #resume(id: string): Promise<void> {
    const outcomes = await this.#deps.resume(id);
    if (outcomes.length > 0) this.#resumed.fire(outcomes);
  }

  /** Keeps the index in step with Stigg, and lets go of values that can never work again. */
  async #reconcile(id: string): Promise<void> {
    const keys = new Map((this.#loaded.get(id)?.keys ?? []).map((key) => [key.id, key]));
    for (const stored of this.#stored.filter((entry) => entry.environmentId === id)) {
      const key = keys.get(stored.keyId);
      if (key === undefined) continue;
      const expireAt = key.expireAt?.toISOString() ?? null;
      try {
        if (keyStatus(key, this.#deps.now()).kind === 'expired' && stored.manages === null) {
          await this.#deps.vault.delete(stored);
        } else if (stored.displayName !== key.displayName || stored.expireAt !== expireAt) {
          await this.#deps.vault.updateIndex({ ...stored, displayName: key.displayName, expireAt });
        }
      } catch (error) {
        // Another window may have removed the key meanwhile. What is shown comes from Stigg; the index catches up at the next refresh.
        if (!(error instanceof ExpectedError)) throw error;
      }
    }
  }

  #environments(): Environment[] {
    const ids = new Set(this.#stored.map((key) => key.environmentId));
    return [...ids].flatMap((id) => managementKeyOf(this.#stored, id)?.manages ?? []);
  }

  #publish(): void {
    if (this.#disposed) return;
    const now = this.#deps.now();
    const environments = this.#environments();
    for (const id of this.#loaded.keys()) {
      if (!environments.some((environment) => environment.id === id)) this.#loaded.delete(id);
    }
    this.#snapshot = {
      loaded: this.#vaultLoaded,
      vaultError: this.#vaultError,
      environments: environments
        .sort((a, b) => Number(b.type === 'PRODUCTION') - Number(a.type === 'PRODUCTION') || a.displayName.localeCompare(b.displayName) || (a.account?.displayName ?? '').localeCompare(b.account?.displayName ?? '') || a.id.localeCompare(b.id))
        .map((environment) => {
          const loaded = this.#loaded.get(environment.id) ?? NOTHING;
          return { environment, loading: loaded.loading, error: loaded.error, keys: this.#rows(environment.id, loaded.keys, now) };
        }),
    };
    this.#schedule(now);
    this.#changed.fire(this.#snapshot);
  }

  #rows(environmentId: string, keys: readonly ApiKey[], now: Date): readonly KeyRow[] {
    const management = managementKeyOf(this.#stored, environmentId);
    const rows = keys.map((key): KeyRow => {
      const stored = this.#stored.find((entry) => entry.environmentId === environmentId && entry.keyId === key.id) ?? null;
      return { key, status: keyStatus(key, now), stored, isManagement: stored !== null && stored === management };
    });
    // A stored key that Stigg does not list is shown all the same: nothing stored is ever invisible.
    const unlisted = this.#stored
      .filter((entry) => entry.environmentId === environmentId && !keys.some((key) => key.id === entry.keyId))
      .map((entry): KeyRow => {
        const key = keyOf(entry);
        return { key, status: keyStatus(key, now), stored: entry, isManagement: entry === management };
      });
    return [...rows, ...unlisted].sort(byRank);
  }

  /** The expiry clock: wakes at the next expiry, or every minute while a countdown is shown. */
  #schedule(now: Date): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const left = this.#snapshot.environments.flatMap((row) => row.keys).flatMap(({ status }) => (status.kind === 'expiring' ? [status.msLeft] : []));
    if (left.length === 0) return;
    // One millisecond late rather than early: at the very instant the key still counts as expiring.
    const next = Math.min(TICK_MS - (now.getTime() % TICK_MS), ...left.map((ms) => ms + 1));
    this.#timer = setTimeout(() => {
      this.#publish();
    }, next);
    this.#timer.unref();
  }
}

const RANK: Readonly<Record<ApiKey['type'], number>> = { SERVER: 0, CLIENT: 1, SCOPED: 2, SALESFORCE: 3, WORKFLOW: 3 };
const STATUS_RANK: Readonly<Record<KeyStatus['kind'], number>> = { active: 0, expiring: 1, expired: 2 };

function byRank(a: KeyRow, b: KeyRow): number {
  return (
    Number(a.status.kind === 'expired') - Number(b.status.kind === 'expired') ||
    RANK[a.key.type] - RANK[b.key.type] ||
    STATUS_RANK[a.status.kind] - STATUS_RANK[b.status.kind] ||
    b.key.createdAt.getTime() - a.key.createdAt.getTime() ||
    a.key.displayName.localeCompare(b.key.displayName)
  );
}

function keyOf(stored: StoredKey): ApiKey {
  return {
    id: stored.keyId,
    environmentId: stored.environmentId,
    type: stored.type,
    displayName: stored.displayName,
    description: null,
    createdAt: new Date(stored.createdAt ?? 0),
    expireAt: stored.expireAt === null ? null : new Date(stored.expireAt),
  };
}

function asExpected(error: unknown): ExpectedError {
  if (error instanceof ExpectedError) return error;
  return new ExpectedError('unexpected', t('Something went wrong: {0}', error instanceof Error ? error.message : String(error)), t('Try again; if it stays, report it with the log.'), { cause: error });
}
