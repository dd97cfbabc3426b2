import { randomUUID } from 'node:crypto';
import type { EnvironmentType, KeyType, Scope } from '../../src/keys/model.js';
import { ALL_SCOPES, type AccountRecord, type EnvironmentRecord, type KeyRecord, type Role, type Store } from './model.js';
import { newLegacyToken, newToken } from './tokens.js';

export interface EnvironmentSpec {
  readonly name: string;
  readonly type: EnvironmentType;
  readonly color?: string;
  /** One key of the legacy shape among the seeds: the outgoing full access key. */
  readonly legacy?: boolean;
  /** More scoped keys, to have several pages of them. */
  readonly extraKeys?: number;
}

export interface AccountSpec {
  readonly name: string;
  readonly environments: readonly EnvironmentSpec[];
  /** False: a plan without scoped keys, so that none are seeded and none can be made. Default true. */
  readonly scopedKeys?: boolean;
  /** The role that the keys act with. Default OWNER. */
  readonly role?: Role;
}

export const ACME: AccountSpec = {
  name: 'Acme Inc',
  environments: [
    { name: 'Production', type: 'PRODUCTION', color: '#e5484d' },
    { name: 'Staging', type: 'DEVELOPMENT', color: '#f5a623', legacy: true },
    { name: 'Sandbox', type: 'SANDBOX', color: '#30a46c' },
  ],
};

/** A second account with an environment of the same name as one of Acme's. */
export const GLOBEX: AccountSpec = { name: 'Globex', environments: [{ name: 'Production', type: 'PRODUCTION', color: '#0091ff' }] };

export interface SeededKey {
  readonly id: string;
  readonly name: string;
  readonly type: KeyType;
  readonly token: string;
}

/** What a test needs to know of a seeded environment. The strings are tokens. */
export interface SeededEnvironment {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly type: EnvironmentType;
  readonly account: { readonly id: string; readonly name: string };
  readonly fullAccess: string;
  readonly publishable: string;
  /** billing-service, ci-deployer (may manage keys), analytics (read only); empty on a plan without scoped keys. */
  readonly scoped: readonly SeededKey[];
  readonly salesforce: string;
  /** The full access key before the present one: stops working 20 hours after the start. */
  readonly expiring: string;
  /** Stopped working three days before the start. */
  readonly expired: string;
  /** A token of the legacy shape (it is the expiring one), where the environment has one. */
  readonly legacy: string | null;
  readonly all: readonly SeededKey[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const read = (...resources: Scope['resource'][]): Scope[] => resources.map((resource) => ({ resource, action: 'READ' }));
const write = (...resources: Scope['resource'][]): Scope[] => resources.map((resource) => ({ resource, action: 'WRITE' }));

/** Fills the store with an account, its environments, keys, history and customers. */
export function seedAccount(store: Store, spec: AccountSpec): SeededEnvironment[] {
  const account: AccountRecord = { id: randomUUID(), displayName: spec.name, scopedKeys: spec.scopedKeys ?? true, role: spec.role ?? 'OWNER' };
  return spec.environments.map((environment) => seedEnvironment(store, account, environment));
}

function seedEnvironment(store: Store, account: AccountRecord, spec: EnvironmentSpec): SeededEnvironment {
  const start = store.now().getTime();
  const at = (daysAgo: number): Date => new Date(start - daysAgo * DAY);
  const id = randomUUID();
  const slug = `${spec.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${id.slice(0, 8)}`;
  const environment: EnvironmentRecord = {
    id,
    slug,
    displayName: spec.name,
    description: null,
    type: spec.type,
    color: spec.color ?? null,
    createdAt: at(400),
    hardenClientAccessEnabled: spec.type === 'PRODUCTION',
    signingToken: randomUUID(),
    account,
  };
  store.environments.push(environment);

  const add = (type: KeyType, displayName: string, daysAgo: number, more: Partial<Pick<KeyRecord, 'description' | 'expireAt' | 'scopes' | 'token'>> = {}): KeyRecord => {
    const key: KeyRecord = {
      id: randomUUID(),
      environmentId: id,
      type,
      displayName,
      description: null,
      createdAt: at(daysAgo),
      expireAt: null,
      revoked: false,
      scopes: type === 'SERVER' ? ALL_SCOPES : [],
      token: newToken(type === 'CLIENT' ? 'client' : 'server', id),
      ...more,
    };
    store.keys.push(key);
    const actor: Record<string, string> = type === 'SCOPED' ? { type: 'USER', name: 'Dana Owner', email: 'dana@example.com' } : { type: 'SYSTEM' };
    store.events.push({ id: randomUUID(), environmentId: id, createdAt: key.createdAt, eventLogType: 'API_KEY_CREATED', entityId: key.id, actor });
    return key;
  };

  const expiring = add('SERVER', 'Full access key', 400, {
    expireAt: new Date(start + 20 * HOUR),
    ...(spec.legacy === true ? { token: newLegacyToken(id) } : {}),
  });
  store.events.push({
    id: randomUUID(),
    environmentId: id,
    createdAt: at(0.2),
    eventLogType: 'API_KEY_ROTATED',
    entityId: expiring.id,
    actor: { type: 'USER', name: 'Dana Owner', email: 'dana@example.com' },
  });
  const fullAccess = add('SERVER', 'Full access key', 0.2);
  const publishable = add('CLIENT', 'Publishable key', 399);
  const salesforce = add('SALESFORCE', 'Salesforce integration', 120, { scopes: [...write('CUSTOMER', 'SUBSCRIPTION')] });
  const scoped = account.scopedKeys
    ? [
        add('SCOPED', 'billing-service', 210, { description: 'Invoices and subscriptions', scopes: write('CUSTOMER', 'SUBSCRIPTION', 'COUPON') }),
        add('SCOPED', 'ci-deployer', 90, { description: 'Rotates keys from the pipeline', scopes: [...write('API_KEY'), ...read('ENVIRONMENT')] }),
        add('SCOPED', 'analytics', 45, { scopes: read('API_KEY', 'COUPON', 'CUSTOMER', 'ENVIRONMENT', 'EVENT_QUEUE', 'SUBSCRIPTION') }),
      ]
    : [];
  const expired = account.scopedKeys
    ? add('SCOPED', 'reporting', 300, { expireAt: at(3), scopes: read('CUSTOMER') })
    : add('SERVER', 'Full access key', 401, { expireAt: at(3) });
  for (let n = 1; n <= (spec.extraKeys ?? 0); n++) add('SCOPED', `service-${String(n).padStart(4, '0')}`, 30 + n / 1_000, { scopes: read('CUSTOMER') });

  for (let n = 1; n <= 45; n++) {
    const number = String(n).padStart(3, '0');
    store.customers.push({ id: `customer-${number}`, environmentId: id, name: `Customer ${number}`, email: `billing@customer-${number}.example.com`, createdAt: at(100 - n) });
  }

  const asSeeded = (key: KeyRecord): SeededKey => ({ id: key.id, name: key.displayName, type: key.type, token: key.token });
  return {
    id,
    slug,
    name: spec.name,
    type: spec.type,
    account: { id: account.id, name: account.displayName },
    fullAccess: fullAccess.token,
    publishable: publishable.token,
    scoped: scoped.map(asSeeded),
    salesforce: salesforce.token,
    expiring: expiring.token,
    expired: expired.token,
    legacy: spec.legacy === true ? expiring.token : null,
    all: store.keys.filter((key) => key.environmentId === id).map(asSeeded),
  };
}
