import type { EnvironmentRow, InventorySnapshot, KeyRow } from '../../../../src/keys/inventory.js';
import { keyStatus, type Environment, type KeyType } from '../../../../src/keys/model.js';
import type { Permissions } from '../../../../src/keys/permissions.js';
import type { ReminderSettings } from '../../../../src/keys/reminders/reminders.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Wednesday at noon in winter. */
export const NOON = new Date(2026, 0, 14, 12, 0, 0);

export const SETTINGS: ReminderSettings = { isEnabled: true, maxKeyAgeDays: 180, quietHours: null };

export interface KeySpec {
  readonly id: string;
  readonly type?: KeyType;
  readonly name?: string;
  /** Days before NOON. */
  readonly age?: number;
  /** Milliseconds after NOON. */
  readonly ends?: number;
  readonly stored?: boolean;
  readonly isManagement?: boolean;
  readonly isListed?: boolean;
}

export interface EnvironmentSpec {
  readonly type?: Environment['type'];
  readonly hardened?: boolean;
  readonly permissions?: Permissions;
}

export function environmentRow(keys: readonly KeySpec[], { type = 'PRODUCTION', hardened = true, permissions = {} }: EnvironmentSpec = {}, now = NOON): EnvironmentRow {
  const environment: Environment = { id: 'e1', slug: 'e1', displayName: 'Acme', type, isSandbox: false, color: null, hardenClientAccessEnabled: hardened, account: null };
  return { environment, permissions, loading: false, error: null, keys: keys.map((spec) => keyRow(spec, environment, now)) };
}

export function snapshotOf(...environments: readonly EnvironmentRow[]): InventorySnapshot {
  return { loaded: true, vaultError: null, environments };
}

/** One environment with these keys, as it is at a time. */
export function oneWith(keys: readonly KeySpec[], spec: EnvironmentSpec = {}, now = NOON): InventorySnapshot {
  return snapshotOf(environmentRow(keys, spec, now));
}

function keyRow({ id, type = 'SERVER', name = 'Full access key', age = 10, ends, stored = true, isManagement = false, isListed = true }: KeySpec, environment: Environment, now: Date): KeyRow {
  const expireAt = ends === undefined ? null : new Date(NOON.getTime() + ends);
  const createdAt = new Date(NOON.getTime() - age * DAY);
  const key = { id, environmentId: environment.id, type, displayName: name, description: null, createdAt, expireAt };
  return {
    key, status: keyStatus(key, now), isManagement, isListed,
    stored: stored ? { environmentId: environment.id, keyId: id, type, displayName: name, createdAt: createdAt.toISOString(), expireAt: expireAt?.toISOString() ?? null, mask: 'server-1234…abcd', fingerprint: '0'.repeat(32), retired: [], manages: isManagement ? environment : null } : null,
  };
}
