import { keyStatus, type ApiKey, type KeyStatus } from './model.js';
import { isSame, isSameList } from './same.js';
import { managementKeyOf, UNLISTED } from './storedKey.js';
import type { StoredKey } from './vault.js';

export interface KeyRow {
  readonly key: ApiKey;
  readonly status: KeyStatus;
  /** The vault's entry; null where the value is not stored here. */
  readonly stored: StoredKey | null;
  /** The key that we talk to Stigg with. */
  readonly isManagement: boolean;
  /** False for a stored key that is not in Stigg's list: it is gone there, or its id could not be learned. It can be used, not managed. */
  readonly isListed: boolean;
}

export function byEnvironment(stored: readonly StoredKey[]): ReadonlyMap<string, readonly StoredKey[]> {
  const found = new Map<string, StoredKey[]>();
  for (const key of stored) {
    const keys = found.get(key.environmentId);
    if (keys === undefined) found.set(key.environmentId, [key]);
    else keys.push(key);
  }
  return found;
}

/**
 * Stored and listed keys of one environment seen together. Nothing stored is ever invisible, listed or not.
 *
 * @param before the rows of the last time: those that still say the same are kept as the objects they are
 */
export function rowsOf(stored: readonly StoredKey[], environmentId: string, listed: readonly ApiKey[] | null, now: Date, before: readonly KeyRow[] = []): readonly KeyRow[] {
  const management = managementKeyOf(stored, environmentId) ?? null;
  const rest = new Map(stored.map((entry) => [entry.keyId, entry]));
  const earlier = new Map(before.map((kept) => [kept.key.id, kept]));
  const row = (key: ApiKey, entry: StoredKey | null, isListed: boolean): KeyRow => {
    const made: KeyRow = { key, status: keyStatus(key, now), stored: entry, isManagement: entry !== null && entry === management, isListed };
    const kept = earlier.get(key.id);
    return kept !== undefined && isSameRow(kept, made) ? kept : made;
  };
  const rows = (listed ?? []).map((key) => {
    const entry = rest.get(key.id) ?? null;
    rest.delete(key.id);
    return row(key, entry, true);
  });
  for (const entry of rest.values()) rows.push(row(keyOf(entry), entry, listed === null && !entry.keyId.startsWith(UNLISTED)));
  rows.sort(byRank);
  return isSameList(before, rows) ? before : rows;
}

function isSameRow(a: KeyRow, b: KeyRow): boolean {
  return isSame(a.key, b.key) && a.stored === b.stored && a.isManagement === b.isManagement && a.isListed === b.isListed && isSameStatus(a.status, b.status);
}

const MINUTE_MS = 60_000;

/** As far as a person is told: the time that is left counts in minutes. */
export function isSameStatus(a: KeyStatus, b: KeyStatus): boolean {
  return a.kind === b.kind && (a.kind !== 'expiring' || b.kind !== 'expiring' || Math.floor(a.msLeft / MINUTE_MS) === Math.floor(b.msLeft / MINUTE_MS));
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
