import type { InventorySnapshot, KeyRow } from '../../../src/keys/inventory.js';
import { keyStatus, type Environment, type KeyType } from '../../../src/keys/model.js';
import type { StoredKey } from '../../../src/keys/vault.js';

export const production: Environment = { id: 'e1', slug: 'production', displayName: 'Production', type: 'PRODUCTION', isSandbox: false, color: null, hardenClientAccessEnabled: false, account: null };

export interface RowSpec {
  readonly type?: KeyType;
  readonly name?: string;
  /** Milliseconds from now. */
  readonly expires?: number;
  readonly stored?: boolean;
  readonly isManagement?: boolean;
  readonly isListed?: boolean;
}

export function row({ type = 'SCOPED', name = 'billing', expires, stored = false, isManagement = false, isListed = true }: RowSpec = {}): KeyRow {
  const now = new Date();
  const expireAt = expires === undefined ? null : new Date(now.getTime() + expires);
  const key = { id: 'k1', environmentId: production.id, type, displayName: name, description: null, createdAt: now, expireAt };
  const entry: StoredKey = { environmentId: production.id, keyId: 'k1', type, displayName: name, createdAt: null, expireAt: null, mask: 'server-1234…abcd', fingerprint: '0'.repeat(32), retired: [], manages: isManagement ? production : null };
  return { key, status: keyStatus(key, now), stored: stored ? entry : null, isManagement, isListed };
}

/** An inventory that knows one environment. */
export function inventoryOf(...keys: KeyRow[]) {
  const environments = [{ environment: production, keys, permissions: {}, loading: false, error: null }];
  const snapshot: InventorySnapshot = { loaded: true, vaultError: null, environments };
  return { snapshot, environment: (id: string) => environments.find(({ environment }) => environment.id === id), refresh: () => Promise.resolve() };
}
