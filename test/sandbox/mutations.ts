import { randomUUID } from 'node:crypto';
import { isDefaultKey, isIntegrationKey, type Scope } from '../../src/keys/model.js';
import { ALL_SCOPES, type EnvironmentRecord, type KeyRecord, type Store } from './model.js';
import { demand, demandOwner, refuse } from './refuse.js';
import { newToken } from './tokens.js';

const DAY = 24 * 3_600_000;

function invalid(message: string) {
  return refuse('InvalidArgumentError', message, { isValidationError: true });
}

/** Writes the activity log. The actor is the key that made the call. */
function record(store: Store, caller: KeyRecord, eventLogType: string, key: KeyRecord): void {
  const actor: Record<string, string> =
    caller.type === 'SCOPED'
      ? { type: 'SCOPED_KEY', scopedKeyId: caller.id, scopedKeyName: caller.displayName }
      : { type: 'APP_SERVER', name: caller.displayName };
  store.events.push({ id: randomUUID(), environmentId: key.environmentId, createdAt: store.now(), eventLogType, entityId: key.id, actor });
}

function expired(key: KeyRecord) {
  return refuse('ApiKeyExpired', 'API key has expired', { isValidationError: true, apiKeyId: key.id });
}

function checkScopes(scopes: readonly Scope[]): readonly Scope[] {
  if (scopes.length === 0) throw invalid('At least one scope is required');
  const unknown = scopes.find((scope) => !ALL_SCOPES.some((known) => known.resource === scope.resource && known.action === scope.action));
  if (unknown !== undefined) throw invalid(`${unknown.resource} does not support ${unknown.action}`);
  return scopes.map(({ resource, action }) => ({ resource, action }));
}

function checkName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 100) throw invalid('displayName must have 1 to 100 characters');
  return trimmed;
}

export function createScopedKey(store: Store, caller: KeyRecord, input: { displayName: string; description?: string | null; environmentId: string; scopes: readonly Scope[] }): KeyRecord {
  demand(caller, 'createScopedApiKey', 'API_KEY', 'WRITE');
  if (input.environmentId !== caller.environmentId) throw refuse('AccessDeniedError', 'Access denied: this key belongs to another environment');
  const { account } = store.environment(caller.environmentId);
  demandOwner(account);
  if (!account.scopedKeys) throw refuse('NoFeatureEntitlementError', 'Your plan does not include scoped API keys', { isValidationError: false });
  const key: KeyRecord = {
    id: randomUUID(),
    environmentId: input.environmentId,
    type: 'SCOPED',
    displayName: checkName(input.displayName),
    description: input.description ?? null,
    createdAt: store.now(),
    expireAt: null,
    revoked: false,
    scopes: checkScopes(input.scopes),
    token: newToken('server', input.environmentId),
  };
  store.keys.push(key);
  record(store, caller, 'API_KEY_CREATED', key);
  return key;
}

interface UpdateInput {
  readonly id: string;
  readonly environmentId?: string | null;
  readonly displayName?: string | null;
  readonly description?: string | null;
  readonly expireAt?: string | null;
  readonly scopes?: readonly Scope[] | null;
}

export function updateKey(store: Store, caller: KeyRecord, key: KeyRecord, input: UpdateInput): KeyRecord {
  if (store.isExpired(key)) throw expired(key);
  // Everything is checked before anything is changed.
  const displayName = typeof input.displayName === 'string' ? checkName(input.displayName) : undefined;
  const scopes = Array.isArray(input.scopes) ? checkScopes(input.scopes as Scope[]) : undefined;
  if (displayName !== undefined && key.type !== 'SCOPED') throw invalid('Only scoped keys can be renamed');
  if (scopes !== undefined && key.type !== 'SCOPED') throw invalid('The scope of this key is immutable');
  if (typeof input.expireAt === 'string') {
    if (key.expireAt === null) throw invalid('Only a key that was rotated has an expiry to change');
    if (Date.parse(input.expireAt) > store.now().getTime() + 365 * DAY) throw invalid('expireAt must be within a year');
    key.expireAt = new Date(Math.max(Date.parse(input.expireAt), store.now().getTime()));
  }
  if (displayName !== undefined) key.displayName = displayName;
  if (typeof input.description === 'string') key.description = input.description;
  if (scopes !== undefined) key.scopes = scopes;
  record(store, caller, 'API_KEY_UPDATED', key);
  return key;
}

/** Puts an expiry on the old key (now, when none or a past one is given) and returns the new one, which has none. */
export function rotateKey(store: Store, caller: KeyRecord, old: KeyRecord, input: { id: string; environmentId?: string | null; expirationDate?: string | null }): KeyRecord {
  if (isIntegrationKey(old.type)) throw invalid('Keys of integrations cannot be rotated');
  if (store.isExpired(old)) throw expired(old);
  if (old.expireAt !== null) throw refuse('ApiKeyHasExpiry', 'API key already has an expiry date', { isValidationError: true, apiKeyId: old.id });
  const now = store.now();
  const wanted = typeof input.expirationDate === 'string' ? Date.parse(input.expirationDate) : now.getTime();
  if (wanted > now.getTime() + 365 * DAY) throw invalid('expirationDate must be within a year');
  old.expireAt = new Date(Math.max(wanted, now.getTime()));
  const key: KeyRecord = { ...old, id: randomUUID(), createdAt: now, expireAt: null, token: newToken(old.type === 'CLIENT' ? 'client' : 'server', old.environmentId) };
  store.keys.push(key);
  record(store, caller, 'API_KEY_ROTATED', old);
  record(store, caller, 'API_KEY_CREATED', key);
  return key;
}

export function revokeKey(store: Store, caller: KeyRecord, key: KeyRecord): KeyRecord {
  if (store.isExpired(key)) throw expired(key);
  if (isIntegrationKey(key.type)) throw invalid('Keys of integrations are removed with the integration');
  if (isDefaultKey(key.type) && key.expireAt === null) throw invalid('Default keys must be rotated before they can be revoked');
  key.expireAt = store.now();
  key.revoked = true;
  record(store, caller, 'API_KEY_REVOKED', key);
  return key;
}

interface EnvironmentUpdate {
  readonly id: string;
  readonly update: { readonly displayName?: string | null; readonly description?: string | null; readonly color?: string | null; readonly hardenClientAccessEnabled?: boolean | null };
}

export function updateEnvironment(store: Store, caller: KeyRecord, { id, update }: EnvironmentUpdate): EnvironmentRecord {
  if (id !== caller.environmentId) throw refuse('EnvironmentMissing', 'Environment not found', { isValidationError: true });
  const environment = store.environment(id);
  if (typeof update.displayName === 'string') environment.displayName = checkName(update.displayName);
  if (update.description !== undefined) environment.description = update.description;
  if (update.color !== undefined) environment.color = update.color;
  if (typeof update.hardenClientAccessEnabled === 'boolean') environment.hardenClientAccessEnabled = update.hardenClientAccessEnabled;
  return environment;
}
