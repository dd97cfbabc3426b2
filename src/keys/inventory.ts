import { t } from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../errors.js';
import { Emitter, type Disposable } from '../event.js';
import { byEnvironment, type KeyRow } from './keyRows.js';
import { keyStatus, type ApiKey, type Environment } from './model.js';
import type { ResumeOutcome } from './rotation.js';
import { RowCache } from './rowCache.js';
import { isSame, isSameList, reuse } from './same.js';
import type { Secret } from '../secret.js';
import { unref } from '../unref.js';
import type { StiggApi } from './stiggApi.js';
import type { PermissionSource } from './knownPermissions.js';
import { EVERYTHING_ALLOWED, type Permissions } from './permissions.js';
import { managementKeyOf, managementSecret } from './storedKey.js';
import type { StoredKey, Vault } from './vault.js';

export type { KeyRow } from './keyRows.js';

export interface EnvironmentRow {
  readonly environment: Environment;
  /** What still works first, then by type, then the youngest first. Until Stigg has answered once: those that are stored here. */
  readonly keys: readonly KeyRow[];
  /** What our key may not do there, as far as is known. */
  readonly permissions: Permissions;
  readonly loading: boolean;
  /** Why Stigg could not be asked the last time; the keys are then the last ones known. */
  readonly error: ExpectedError | null;
}

/** Immutable; a new one is made at every change. The rows in which nothing has changed are the very objects of the one before. */
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
  /** What our keys may not do; without it everything counts as allowed. */
  readonly permissions?: PermissionSource;
  /** Ids of keys whose stored values something unfinished still needs, such as to prove their end; without it none. */
  readonly needed?: (environmentId: string) => Promise<ReadonlySet<string>>;
}

interface Loaded {
  /** null until Stigg has answered once. */
  readonly keys: readonly ApiKey[] | null;
  readonly loading: boolean;
  readonly error: ExpectedError | null;
}

/** "Time left" is shown in minutes, so the clock need not tick faster. */
const TICK_MS = 60_000;
const SETTLE_MS = 100;
const NOTHING: Loaded = { keys: null, loading: false, error: null };

/** Vault and Stigg seen together: what is stored here and what exists there. The one source of the sidebar and of `list`. */
export class Inventory implements Disposable {
  readonly #deps: InventoryDeps;
  readonly #changed = new Emitter<InventorySnapshot>();
  readonly #resumed = new Emitter<readonly ResumeOutcome[]>();
  readonly #loaded = new Map<string, Loaded>();
  readonly #runs = new Map<string, number>();
  /** The look whose answer is shown. */
  readonly #shownRuns = new Map<string, number>();
  readonly #subscription: Disposable;
  readonly #permissions: Disposable | undefined;
  readonly #rows = new RowCache();
  #stored: readonly StoredKey[] = [];
  #vaultRuns = 0;
  #vaultShown = 0;
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
    this.#permissions = deps.permissions?.onDidChange(() => { this.#publish(); });
    this.#subscription = deps.vault.onDidChange(() => {
      // A rotation writes several entries in a row; they are looked at together.
      clearTimeout(this.#vaultTimer);
      this.#vaultTimer = setTimeout(() => {
        // Nobody has looked yet: the first refresh will see it. Nothing is written from here: a change that answers a change has no end.
        if (this.#vaultLoaded) void this.#look();
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
   * Reads the vault and asks Stigg for the keys of one environment, or of all; then completes unfinished rotations and tidies the vault.
   * Failures become part of the snapshot, never a rejection: one environment that cannot be reached says nothing about the others.
   * When it resolves, what is shown is the answer to this look or to a newer one.
   */
  async refresh(environmentId?: string, signal?: AbortSignal): Promise<void> {
    await this.#look(environmentId, signal, (id, keys) => this.#settle(id, keys));
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#vaultTimer);
    this.#subscription.dispose();
    this.#permissions?.dispose();
    this.#changed.dispose();
    this.#resumed.dispose();
  }

  async #look(environmentId?: string, signal?: AbortSignal, then?: (id: string, keys: readonly ApiKey[]) => Promise<void>): Promise<void> {
    if (!(await this.#readVault())) return;
    const ids = environmentId === undefined ? this.#environments().map((environment) => environment.id) : [environmentId];
    await Promise.all(ids.map(async (id) => {
      const keys = await this.#load(id, signal);
      if (keys !== undefined && !this.#disposed) await then?.(id, keys);
    }));
  }

  async #readVault(): Promise<boolean> {
    const run = ++this.#vaultRuns;
    let stored: readonly StoredKey[] | undefined;
    let error: ExpectedError | null = null;
    try {
      stored = await this.#deps.vault.list();
    } catch (reason) {
      error = asExpected(reason);
    }
    // An answer that was overtaken by a later one is history.
    if (run > this.#vaultShown) {
      this.#vaultShown = run;
      this.#stored = reuse(this.#stored, stored ?? this.#stored, ({ environmentId, keyId }) => `${environmentId}/${keyId}`);
      this.#vaultError = error;
      this.#vaultLoaded = true;
      this.#publish();
    }
    return error === null;
  }

  /** Shows the environment's keys as Stigg lists them, and resolves with them; undefined when they could not be had. */
  async #load(id: string, signal?: AbortSignal): Promise<readonly ApiKey[] | undefined> {
    const run = (this.#runs.get(id) ?? 0) + 1;
    this.#runs.set(id, run);
    this.#show(id, { ...(this.#loaded.get(id) ?? NOTHING), loading: true });
    let keys: readonly ApiKey[] | undefined;
    let error: ExpectedError | null | undefined;
    let looking: Promise<void> | undefined;
    try {
      const auth = await managementSecret(this.#deps.vault, id, this.#stored);
      looking = this.#lookAtPermissions(id, auth, signal);
      const listed = await this.#deps.api.listKeys(auth, id, signal);
      keys = reuse(this.#loaded.get(id)?.keys ?? [], listed, (key) => key.id);
      error = null;
    } catch (reason) {
      if (!isCancelled(reason)) error = asExpected(reason);
    }
    // An answer that was overtaken by a later one is history; one that was only asked for earlier is better than what is shown.
    if (run > (this.#shownRuns.get(id) ?? 0)) {
      this.#shownRuns.set(id, run);
      const before = this.#loaded.get(id) ?? NOTHING;
      this.#show(id, { keys: keys ?? before.keys, loading: this.#runs.get(id) !== run, error: error === undefined ? before.error : error });
    }
    await looking;
    return keys;
  }

  async #lookAtPermissions(id: string, auth: Secret, signal: AbortSignal | undefined): Promise<void> {
    const management = managementKeyOf(this.#stored, id);
    if (management !== undefined) await this.#deps.permissions?.look(management, auth, signal);
  }

  #show(id: string, loaded: Loaded): void {
    this.#loaded.set(id, loaded);
    this.#publish();
  }

  /** Completes what a crash or a lost answer left behind, then brings the index in step. */
  async #settle(id: string, keys: readonly ApiKey[]): Promise<void> {
    try {
      const outcomes = await this.#deps.resume(id);
      if (outcomes.length > 0 && !this.#disposed) this.#resumed.fire(outcomes);
      const isChanged = outcomes.some(({ kind }) => kind === 'finished') && (await this.#readVault());
      await this.#reconcile(id, (isChanged ? await this.#load(id) : undefined) ?? keys);
    } catch (reason) {
      // The list that was had is shown all the same.
      this.#show(id, { ...(this.#loaded.get(id) ?? NOTHING), error: asExpected(reason) });
    }
  }

  /** Keeps the index in step with Stigg, and lets go of values that can never work again. */
  async #reconcile(id: string, listed: readonly ApiKey[]): Promise<void> {
    const keys = new Map(listed.map((key) => [key.id, key]));
    // Read anew: a rotation may have changed the entries while Stigg was asked, and must not be undone.
    const stored = await this.#deps.vault.list();
    const management = managementKeyOf(stored, id);
    const needed = await this.#deps.needed?.(id);
    for (const entry of stored) {
      const key = entry.environmentId === id ? keys.get(entry.keyId) : undefined;
      if (key === undefined) continue;
      const expireAt = key.expireAt?.toISOString() ?? null;
      try {
        if (keyStatus(key, this.#deps.now()).kind === 'expired' && entry !== management && needed?.has(entry.keyId) !== true && (await this.#isRefused(entry))) {
          await this.#deps.vault.delete(entry);
        } else if (entry.displayName !== key.displayName || entry.expireAt !== expireAt) {
          await this.#deps.vault.updateIndex({ ...entry, displayName: key.displayName, expireAt });
        }
      } catch (error) {
        // Another window may have removed the key meanwhile. What is shown comes from Stigg; the index catches up at the next refresh.
        if (!(error instanceof ExpectedError)) throw error;
      }
    }
  }

  /** This machine's clock may be wrong: Stigg, which has just accepted our own key, has the last word on a value before it is let go. */
  async #isRefused(entry: StoredKey): Promise<boolean> {
    const value = await this.#deps.vault.read(entry);
    return value === undefined || (await this.#deps.api.probe(value)) === 'invalid';
  }

  #environments(): Environment[] {
    return [...byEnvironment(this.#stored)].flatMap(([id, stored]) => managementKeyOf(stored, id)?.manages ?? []);
  }

  #publish(): void {
    if (this.#disposed) return;
    const now = this.#deps.now();
    const stored = byEnvironment(this.#stored);
    const environments = this.#environments();
    for (const id of this.#loaded.keys()) {
      if (!environments.some((environment) => environment.id === id)) this.#loaded.delete(id);
    }
    const earlier = new Map(this.#snapshot.environments.map((row) => [row.environment.id, row]));
    this.#rows.keepOnly(new Set(environments.map(({ id }) => id)));
    this.#snapshot = {
      loaded: this.#vaultLoaded,
      vaultError: this.#vaultError,
      environments: environments
        .sort((a, b) => Number(b.type === 'PRODUCTION') - Number(a.type === 'PRODUCTION') || a.displayName.localeCompare(b.displayName) || (a.account?.displayName ?? '').localeCompare(b.account?.displayName ?? '') || a.id.localeCompare(b.id))
        .map((environment) => {
          const loaded = this.#loaded.get(environment.id) ?? NOTHING;
          return kept(earlier.get(environment.id), {
            environment, permissions: this.#permissionsOf(stored.get(environment.id) ?? [], environment.id), loading: loaded.loading, error: loaded.error,
            keys: this.#rows.rowsOf(environment.id, stored.get(environment.id) ?? [], loaded.keys, now),
          });
        }),
    };
    this.#schedule(now);
    this.#changed.fire(this.#snapshot);
  }

  #permissionsOf(stored: readonly StoredKey[], id: string): Permissions {
    const management = managementKeyOf(stored, id);
    return (management === undefined ? undefined : this.#deps.permissions?.of(management)) ?? EVERYTHING_ALLOWED;
  }

  /** The expiry clock: wakes at the next expiry, or every minute while a countdown is shown. */
  #schedule(now: Date): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const end = this.#rows.nextEnd();
    if (end === undefined) return;
    // One millisecond late rather than early: at the very instant the key still counts as expiring.
    const next = Math.min(TICK_MS - (now.getTime() % TICK_MS), Math.max(0, end - now.getTime()) + 1);
    this.#timer = setTimeout(() => {
      this.#publish();
    }, next);
    unref(this.#timer);
  }
}

/** The row of the last time where this one says the same. */
function kept(before: EnvironmentRow | undefined, row: EnvironmentRow): EnvironmentRow {
  if (before === undefined) return row;
  // What our key may not do may be worked out anew each time.
  const next = isSame(before.permissions, row.permissions) ? { ...row, permissions: before.permissions } : row;
  return isSameList(Object.values(before), Object.values(next)) ? before : next;
}

function asExpected(error: unknown): ExpectedError {
  if (error instanceof ExpectedError) return error;
  return new ExpectedError('unexpected', t('Something went wrong: {0}', error instanceof Error ? error.message : String(error)), t('Try again; if it stays, report it with the log.'), { cause: error });
}
