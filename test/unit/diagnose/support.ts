import type { Facts } from '../../../src/diagnose/facts.js';
import type { InspectedHeader, InspectedRequest } from '../../../src/diagnose/request.js';
import type { ApiKey, Environment } from '../../../src/keys/model.js';
import type { StoredKey } from '../../../src/keys/vault.js';
import type { UsedValue } from '../../../src/diagnose/facts.js';

export const NOW = new Date('2026-11-23T12:00:00Z');
export const HOUR = 3_600_000;
export const after = (ms: number): Date => new Date(NOW.getTime() + ms);

export const production: Environment = { id: 'e0000000-0000-4000-8000-000000000001', slug: 'production', displayName: 'Production', type: 'PRODUCTION', isSandbox: false, color: null, hardenClientAccessEnabled: false, account: null };
export const sandbox: Environment = { ...production, id: 'e0000000-0000-4000-8000-000000000002', slug: 'sandbox', displayName: 'Sandbox', type: 'SANDBOX' };

export function storedKey(change: Partial<StoredKey> = {}): StoredKey {
  return { environmentId: production.id, keyId: 'k1', type: 'SERVER', displayName: 'Full access key', createdAt: null, expireAt: null, mask: 'server-1234…abcd', fingerprint: '1'.repeat(32), retired: [], manages: production, ...change };
}

export function apiKey(change: Partial<ApiKey> = {}): ApiKey {
  return { id: 'k1', environmentId: production.id, type: 'SERVER', displayName: 'Full access key', description: null, createdAt: NOW, expireAt: null, ...change };
}

export function header(name: string, value?: string): InspectedHeader {
  return { name, value };
}

/** A GET of customers as it should be. */
export function request(change: Partial<InspectedRequest> = {}): InspectedRequest {
  return { surface: 'rest', method: 'GET', path: '/api/v1/customers', headers: [header('X-API-KEY', 'STIGG_SERVER_API_KEY')], headersAreOpen: false, hasBody: false, ...change };
}

export function usedValue(change: Partial<UsedValue> = {}): UsedValue {
  return { variable: 'STIGG_SERVER_API_KEY', path: '.env', uri: 'file:///w/.env', fingerprint: '1'.repeat(32), shape: { kind: 'server', environmentId: production.id }, ...change };
}

/** All is well: a full access key that Stigg accepts, and no request under the cursor. */
export function facts(change: Partial<Facts> = {}): Facts {
  const key = storedKey();
  return {
    symptom: '401', request: null, environment: production, key, stored: [key],
    value: { kind: 'here', shape: { kind: 'server', environmentId: production.id } },
    answer: { kind: 'accepted', environment: production },
    listed: { ok: true, value: [apiKey()] }, rotatedAt: { ok: true, value: null },
    scopes: { ok: true, value: [] }, offered: { ok: true, value: [] }, used: { ok: true, value: [] }, now: NOW, ...change,
  };
}

export const unknown = { ok: false, why: 'Stigg cannot be reached.' } as const;
