import type { KeyRow } from '../../keys/keyRows.js';

/**
 * The key that took the place of one that was rotated; undefined where none is known. A stored one remembers the values before it; Stigg
 * itself does not link the two, so that otherwise the youngest key of the same name and type speaks, if it is younger and stays.
 */
export function successorOf({ key, stored }: KeyRow, rows: readonly KeyRow[]): KeyRow | undefined {
  const others = rows.filter((row) => row.key.id !== key.id && row.isListed && row.status.kind === 'active' && row.key.type === key.type && row.key.createdAt > key.createdAt);
  return (stored === null ? undefined : others.find((row) => row.stored?.retired.includes(stored.fingerprint)))
    ?? others.filter((row) => row.key.displayName === key.displayName).sort((a, b) => b.key.createdAt.getTime() - a.key.createdAt.getTime())[0];
}
