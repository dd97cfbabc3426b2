import { GRACE_PERIODS, graceMs } from '../keys/model.js';
import { managementKeyOf, UNLISTED } from '../keys/storedKey.js';
import { canRotate } from '../keys/unverified.js';
import type { StoredKey, StoredKeyRef } from '../keys/vault.js';
import type { KnownKey } from '../scan/context.js';

/** The longest time that an outgoing value is given. */
const LONGEST_GRACE_MS = Math.max(...GRACE_PERIODS.map(graceMs));

/** What the vault's index says, by fingerprint. */
export interface Known {
  readonly keys: ReadonlyMap<string, KnownKey>;
  readonly rotatable: ReadonlyMap<string, StoredKeyRef>;
  readonly environmentNames: readonly string[];
  /** The values that have an entry of their own. */
  readonly stored: ReadonlySet<string>;
}

/** What the entries say, and which values are known to have ended. */
export function knownOf(stored: readonly StoredKey[], ended: ReadonlyMap<string, Date>): Known {
  const keys = new Map<string, KnownKey>();
  const rotatable = new Map<string, StoredKeyRef>();
  const environments = new Map([...new Set(stored.map(({ environmentId }) => environmentId))].map((id) => [id, managementKeyOf(stored, id)?.manages ?? undefined]));
  const describe = (key: StoredKey): Omit<KnownKey, 'expireAt'> => {
    const environment = environments.get(key.environmentId);
    return {
      environmentName: environment?.displayName ?? key.environmentId,
      displayName: key.displayName,
      keyType: key.type,
      ...(environment === undefined ? {} : { environmentType: environment.type }),
    };
  };
  for (const key of stored) {
    keys.set(key.fingerprint, { ...describe(key), expireAt: dateOrNull(key.expireAt) });
    if (canRotate({ type: key.type, expireAt: dateOrNull(key.expireAt) }) && !key.keyId.startsWith(UNLISTED)) {
      rotatable.set(key.fingerprint, { environmentId: key.environmentId, keyId: key.keyId });
    }
  }
  const values = new Set(keys.keys());
  for (const key of stored) {
    for (const retired of key.retired) {
      // A value with an entry of its own, in its grace period most likely, has an end of its own.
      if (!keys.has(retired)) keys.set(retired, { ...describe(key), expireAt: endOfRetired(key, ended.get(retired)), isRetired: true });
    }
  }
  return { keys, rotatable, stored: values, environmentNames: [...environments.values()].flatMap((environment) => environment?.displayName ?? []) };
}

/**
 * When an earlier value ended. The index keeps fingerprints alone, so only two things are certain: its entry was seen to go, or the
 * longest grace period has passed since its successor was made. Otherwise it may still work: a leak of it is then a leak.
 */
function endOfRetired(successor: StoredKey, seenToEnd: Date | undefined): Date | null {
  if (seenToEnd !== undefined) return seenToEnd;
  const made = dateOrNull(successor.createdAt);
  const latest = made === null ? undefined : new Date(made.getTime() + LONGEST_GRACE_MS);
  return latest !== undefined && latest <= new Date() ? latest : null;
}

/** Null for a date that is missing or makes no sense. */
function dateOrNull(text: string | null): Date | null {
  const date = text === null ? undefined : new Date(text);
  return date === undefined || Number.isNaN(date.getTime()) ? null : date;
}
