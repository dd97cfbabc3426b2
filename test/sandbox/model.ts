import type { EnvironmentType, KeyType, Scope, ScopeAction, ScopeResource } from '../../src/keys/model.js';

/** The state of the local Stigg: plain records, changed in place by the operations. */

/** Who is behind the keys of an account: only owners may create, rotate, revoke or copy keys. */
export type Role = 'OWNER' | 'MEMBER' | 'READ_ONLY';

export interface AccountRecord {
  readonly id: string;
  readonly displayName: string;
  /** False: the plan has no scoped keys. */
  readonly scopedKeys: boolean;
  role: Role;
}

export interface EnvironmentRecord {
  readonly id: string;
  readonly slug: string;
  displayName: string;
  description: string | null;
  readonly type: EnvironmentType;
  color: string | null;
  readonly createdAt: Date;
  hardenClientAccessEnabled: boolean;
  readonly signingToken: string;
  readonly account: AccountRecord;
}

export interface KeyRecord {
  readonly id: string;
  readonly environmentId: string;
  readonly type: KeyType;
  displayName: string;
  description: string | null;
  readonly createdAt: Date;
  expireAt: Date | null;
  revoked: boolean;
  scopes: readonly Scope[];
  readonly token: string;
}

export interface EventRecord {
  readonly id: string;
  readonly environmentId: string;
  readonly createdAt: Date;
  readonly eventLogType: string;
  readonly entityId: string;
  readonly actor: Readonly<Record<string, string>>;
}

export interface CustomerRecord {
  readonly id: string;
  readonly environmentId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly createdAt: Date;
}

/** Something that the REST API keeps. */
export type RestEntity = Record<string, unknown> & { id: string; createdAt: string };

/** A REST answer kept for the Idempotency-Key that asked for it. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly until: number;
}

export const RESOURCES: readonly ScopeResource[] = ['API_KEY', 'COUPON', 'CUSTOMER', 'ENVIRONMENT', 'EVENT_QUEUE', 'SUBSCRIPTION'];

/** Every scope a key can have: EVENT_QUEUE is read only. */
export const ALL_SCOPES: readonly Scope[] = RESOURCES.flatMap((resource) =>
  (resource === 'EVENT_QUEUE' ? ['READ' as const] : ['READ' as const, 'WRITE' as const]).map((action) => ({ resource, action })),
);

/** True when the key may do it. Write implies read; a full access key may do everything. */
export function permits(key: KeyRecord, resource: ScopeResource, action: ScopeAction): boolean {
  return key.type === 'SERVER' || key.scopes.some((scope) => scope.resource === resource && (scope.action === action || scope.action === 'WRITE'));
}

export class Store {
  readonly environments: EnvironmentRecord[] = [];
  readonly keys: KeyRecord[] = [];
  readonly events: EventRecord[] = [];
  readonly customers: CustomerRecord[] = [];
  readonly kept = new Map<string, KeptAnswer>();
  /** By environment and by the path they are listed at, see rest/world.ts. */
  readonly rest = new Map<string, Map<string, RestEntity[]>>();
  readonly now: () => Date;

  constructor(now: () => Date) {
    this.now = now;
  }

  isExpired(key: KeyRecord): boolean {
    return key.expireAt !== null && key.expireAt.getTime() <= this.now().getTime();
  }

  /** The key that a token opens the door with; undefined when it is unknown, expired or revoked. */
  authenticate(token: string | undefined): KeyRecord | undefined {
    const key = token === undefined ? undefined : this.keys.find((candidate) => candidate.token === token);
    return key === undefined || this.isExpired(key) ? undefined : key;
  }

  environment(id: string): EnvironmentRecord {
    const found = this.environments.find((environment) => environment.id === id);
    if (found === undefined) throw new Error(`The sandbox has no environment ${id}`);
    return found;
  }
}
