import { isSameStatus, rowsOf, type KeyRow } from './keyRows.js';
import { isSameList } from './same.js';
import { keyStatus, type ApiKey } from './model.js';
import type { StoredKey } from './vault.js';

interface Made {
  readonly stored: readonly StoredKey[];
  readonly listed: readonly ApiKey[] | null;
  readonly rows: readonly KeyRow[];
  readonly expiring: readonly KeyRow[];
}

/**
 * The rows of each environment, made anew only where something in that environment has changed: one environment's answer, or a
 * minute that has passed, must not cost a pass over the keys of all the others.
 */
export class RowCache {
  readonly #made = new Map<string, Made>();

  /** The very rows of the last time where nothing has changed. "Time left" counts as changed when another minute has passed. */
  rowsOf(environmentId: string, stored: readonly StoredKey[], listed: readonly ApiKey[] | null, now: Date): readonly KeyRow[] {
    const before = this.#made.get(environmentId);
    if (before?.listed === listed && isSameList(before.stored, stored)) {
      const moved = before.expiring.filter(({ key, status }) => !isSameStatus(status, keyStatus(key, now)));
      if (moved.length === 0) return before.rows;
      // Only the time that is left is another one: everything stays in its place.
      if (moved.every(({ key }) => keyStatus(key, now).kind === 'expiring')) return this.#keep(environmentId, stored, listed, before.rows.map((row) => (row.status.kind === 'expiring' && moved.includes(row) ? { ...row, status: keyStatus(row.key, now) } : row)));
    }
    return this.#keep(environmentId, stored, listed, rowsOf(stored, environmentId, listed, now, before?.rows));
  }

  #keep(environmentId: string, stored: readonly StoredKey[], listed: readonly ApiKey[] | null, rows: readonly KeyRow[]): readonly KeyRow[] {
    this.#made.set(environmentId, { stored, listed, rows, expiring: rows.filter(({ status }) => status.kind === 'expiring') });
    return rows;
  }

  /** When the next key of the environments ends, in milliseconds since the epoch; undefined while none is about to. */
  nextEnd(): number | undefined {
    const ends = [...this.#made.values()].flatMap(({ expiring }) => expiring.flatMap(({ status }) => (status.kind === 'expiring' ? [status.at.getTime()] : [])));
    return ends.length === 0 ? undefined : ends.reduce((a, b) => Math.min(a, b));
  }

  /** Lets go of environments that are no longer here. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#made.keys()) if (!ids.has(id)) this.#made.delete(id);
  }
}
