import { ALL_SCOPES, type EnvironmentRecord, type EventRecord, type KeyRecord, type Store } from './model.js';
import { connection, matches, type Comparison, type CursorPaging } from './paging.js';
import { demand, demandOwner, refuse } from './refuse.js';
import type { SandboxBehaviour } from './options.js';
import { createScopedKey, rotateKey, revokeKey, updateEnvironment, updateKey } from './mutations.js';

/** Who calls: every resolver gets it as its context. */
export interface Caller {
  readonly key: KeyRecord;
}

interface KeysInput {
  readonly environmentId?: string | null;
  readonly displayNameContains?: string | null;
  readonly keyTypes?: readonly string[] | null;
  readonly expirationFilter?: { readonly expiresAfter?: string | null; readonly expiresBefore?: string | null; readonly includeNeverExpires?: boolean | null } | null;
  readonly paging?: CursorPaging | null;
}

interface EventFilter {
  readonly id?: Comparison<string>;
  readonly environmentId?: Comparison<string>;
  readonly eventLogType?: Comparison<string>;
  readonly entityId?: Comparison<string>;
  readonly createdAt?: { readonly gte?: string | null; readonly lte?: string | null };
}

interface EnvironmentFilter {
  readonly and?: readonly EnvironmentFilter[];
  readonly or?: readonly EnvironmentFilter[];
  readonly id?: Comparison<string>;
  readonly slug?: Comparison<string>;
  readonly displayName?: Comparison<string>;
}

interface KeyFilter {
  readonly and?: readonly KeyFilter[];
  readonly or?: readonly KeyFilter[];
  readonly id?: Comparison<string>;
}

/** The root value of the schema: one function per operation, called with the arguments and the caller. */
export function rootOf(store: Store, behaviour: SandboxBehaviour) {
  const keyNode = (key: KeyRecord) => ({
    id: key.id,
    keyType: key.type,
    displayName: key.displayName,
    description: key.description,
    environmentId: key.environmentId,
    createdAt: key.createdAt,
    expireAt: key.expireAt,
    token: (_args: unknown, caller: Caller) => {
      const owner = store.environment(key.environmentId).account.role === 'OWNER';
      const mayRead = owner && (caller.key.type === 'SERVER' || behaviour.scopedKeysReadTokens);
      return mayRead ? key.token : `${key.token.slice(0, 11)}${'*'.repeat(20)}`;
    },
  });

  /** Revoked keys stay listed as expired, unless told otherwise: which of the two Stigg does is not evidenced. */
  const keysOf = (environmentId: string): KeyRecord[] =>
    store.keys.filter((key) => key.environmentId === environmentId && !(key.revoked && behaviour.revokedKeysVanish)).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());

  const environmentNode = (environment: EnvironmentRecord) => ({
    ...environment,
    isSandbox: environment.type !== 'PRODUCTION',
    provisionStatus: 'DONE',
    permanentDeletionDate: null,
    signingToken: () => {
      throw refuse('AccessDeniedError', 'The sandbox gives out no signing secret');
    },
    account: (_args: unknown, caller: Caller) => {
      if (caller.key.type !== 'SERVER') throw refuse('AccessDeniedError', 'Access denied: the account is not visible to scoped keys');
      return { id: environment.account.id, displayName: environment.account.displayName, accountStatus: 'ACTIVE' };
    },
    apiKeys: ({ filter }: { filter?: KeyFilter }, caller: Caller) => {
      demand(caller.key, 'Environment.apiKeys', 'API_KEY', 'READ');
      return keysOf(environment.id)
        .filter((key) => keyPasses(key, filter))
        .map(keyNode);
    },
  });

  const visibleEnvironments = (caller: Caller, field: string): EnvironmentRecord[] => {
    demand(caller.key, field, 'ENVIRONMENT', 'READ');
    const own = store.environment(caller.key.environmentId);
    return behaviour.environmentsSeen === 'own' ? [own] : store.environments.filter((environment) => environment.account === own.account);
  };

  return {
    sdkConfiguration: () => ({ isWidgetWatermarkEnabled: false, showWatermark: false, sentryDsn: null }),

    currentEnvironment: (_args: unknown, caller: Caller) => {
      demand(caller.key, 'currentEnvironment', 'ENVIRONMENT', 'READ');
      return store.environment(caller.key.environmentId).slug;
    },

    currentUser: (_args: unknown, caller: Caller) => {
      throw refuse('IdentityForbidden', 'currentUser is not available to this identity', { accessedField: 'currentUser', currentIdentityType: caller.key.type === 'CLIENT' ? 'APP_PUBLIC' : 'APP_SERVER', requiredIdentityType: 'USER' });
    },

    environments: ({ filter, paging }: { filter?: EnvironmentFilter; paging?: CursorPaging }, caller: Caller) =>
      connection(
        visibleEnvironments(caller, 'environments').filter((environment) => environmentPasses(environment, filter)),
        paging,
        environmentNode,
      ),

    listEnvironments: (_args: unknown, caller: Caller) => visibleEnvironments(caller, 'listEnvironments').map(environmentNode),

    apiKeys: ({ input }: { input: KeysInput }, caller: Caller) => {
      demand(caller.key, 'apiKeys', 'API_KEY', 'READ');
      const environmentId = input.environmentId ?? caller.key.environmentId;
      if (environmentId !== caller.key.environmentId) throw refuse('AccessDeniedError', 'Access denied: this key belongs to another environment');
      const found = keysOf(environmentId).filter(
        (key) =>
          key.displayName.toLowerCase().includes((input.displayNameContains ?? '').toLowerCase()) &&
          (input.keyTypes?.includes(key.type) ?? true) &&
          expiryPasses(store, key, input.expirationFilter),
      );
      return connection(found, input.paging, keyNode);
    },

    apiKeyScope: ({ id }: { id: string }, caller: Caller) => {
      demand(caller.key, 'apiKeyScope', 'API_KEY', 'READ');
      return findKey(store, caller, id).scopes;
    },

    availableScopes: (_args: unknown, caller: Caller) => {
      demand(caller.key, 'availableScopes', 'API_KEY', 'READ');
      if (!store.environment(caller.key.environmentId).account.scopedKeys) throw refuse('NoFeatureEntitlementError', 'Your plan does not include scoped API keys', { isValidationError: false });
      return ALL_SCOPES;
    },

    eventLogs: ({ filter, paging, sorting }: { filter?: EventFilter; paging?: CursorPaging; sorting?: readonly { direction: string }[] }, caller: Caller) => {
      demand(caller.key, 'eventLogs', 'API_KEY', 'READ');
      const ascending = sorting?.[0]?.direction === 'ASC';
      const found = store.events
        .filter((event) => event.environmentId === caller.key.environmentId && eventPasses(event, filter))
        .sort((a, b) => (ascending ? 1 : -1) * (a.createdAt.getTime() - b.createdAt.getTime()));
      return connection(found, paging, (event) => ({
        ...event,
        accountId: store.environment(event.environmentId).account.id,
        entityType: null,
        // What Stigg puts here for key events is not known; nobody should look.
        payload: { sandbox: 'do not select' },
      }));
    },

    createScopedApiKey: ({ input }: { input: Parameters<typeof createScopedKey>[2] }, caller: Caller) => keyNode(createScopedKey(store, caller.key, input)),
    updateApiKey: ({ input }: { input: Parameters<typeof updateKey>[3] }, caller: Caller) => keyNode(updateKey(store, caller.key, ownKey(caller, input, 'updateApiKey'), input)),
    rotateApiKey: ({ input }: { input: Parameters<typeof rotateKey>[3] }, caller: Caller) => {
      const old = ownKey(caller, input, 'rotateApiKey');
      return { newApiKey: keyNode(rotateKey(store, caller.key, old, input)), oldApiKey: keyNode(old) };
    },
    revokeApiKey: ({ input }: { input: KeyReference }, caller: Caller) => keyNode(revokeKey(store, caller.key, ownKey(caller, input, 'revokeApiKey'))),
    updateOneEnvironment: ({ input }: { input: Parameters<typeof updateEnvironment>[2] }, caller: Caller) => {
      demand(caller.key, 'updateOneEnvironment', 'ENVIRONMENT', 'WRITE');
      return environmentNode(updateEnvironment(store, caller.key, input));
    },
  };

  /** The key that a mutation is about, once the caller may change keys at all. */
  function ownKey(caller: Caller, input: KeyReference, field: string): KeyRecord {
    demand(caller.key, field, 'API_KEY', 'WRITE');
    demandOwner(store.environment(caller.key.environmentId).account);
    const key = findKey(store, caller, input.id);
    if (typeof input.environmentId === 'string' && input.environmentId !== key.environmentId) throw notFound(input.id);
    return key;
  }
}

interface KeyReference {
  readonly id: string;
  readonly environmentId?: string | null;
}

function notFound(id: string) {
  return refuse('ApiKeyNotFound', 'API key not found', { isValidationError: true, id });
}

/** A key of the caller's own environment: others do not exist for it. */
function findKey(store: Store, caller: Caller, id: string): KeyRecord {
  const key = store.keys.find((candidate) => candidate.id === id && candidate.environmentId === caller.key.environmentId);
  if (key === undefined) throw notFound(id);
  return key;
}

function expiryPasses(store: Store, key: KeyRecord, filter: KeysInput['expirationFilter']): boolean {
  if (key.expireAt === null) return filter?.includeNeverExpires ?? true;
  const { expiresAfter, expiresBefore } = filter ?? {};
  const hasBound = typeof expiresAfter === 'string' || typeof expiresBefore === 'string';
  if (!hasBound) return !store.isExpired(key);
  const at = key.expireAt.getTime();
  return (typeof expiresAfter !== 'string' || at > Date.parse(expiresAfter)) && (typeof expiresBefore !== 'string' || at < Date.parse(expiresBefore));
}

function environmentPasses(environment: EnvironmentRecord, filter: EnvironmentFilter | undefined): boolean {
  if (filter === undefined) return true;
  return (
    matches(environment.id, filter.id) &&
    matches(environment.slug, filter.slug) &&
    matches(environment.displayName, filter.displayName) &&
    (filter.and?.every((part) => environmentPasses(environment, part)) ?? true) &&
    (filter.or?.some((part) => environmentPasses(environment, part)) ?? true)
  );
}

function keyPasses(key: KeyRecord, filter: KeyFilter | undefined): boolean {
  if (filter === undefined) return true;
  return matches(key.id, filter.id) && (filter.and?.every((part) => keyPasses(key, part)) ?? true) && (filter.or?.some((part) => keyPasses(key, part)) ?? true);
}

function eventPasses(event: EventRecord, filter: EventFilter | undefined): boolean {
  const { gte, lte } = filter?.createdAt ?? {};
  const at = event.createdAt.getTime();
  return (
    matches(event.id, filter?.id) &&
    matches(event.environmentId, filter?.environmentId) &&
    matches(event.eventLogType, filter?.eventLogType) &&
    matches(event.entityId, filter?.entityId) &&
    (typeof gte !== 'string' || at >= Date.parse(gte)) &&
    (typeof lte !== 'string' || at <= Date.parse(lte))
  );
}

