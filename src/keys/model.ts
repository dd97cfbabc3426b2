/** Stigg's environments and keys as this extension sees them: plain immutable data, no secrets. */

export type EnvironmentType = 'PRODUCTION' | 'SANDBOX' | 'DEVELOPMENT';

/** `SERVER` full access, `CLIENT` publishable, `SCOPED` user-made and restricted, the other two belong to integrations. */
export type KeyType = 'SERVER' | 'CLIENT' | 'SCOPED' | 'SALESFORCE' | 'WORKFLOW';

export interface Environment {
  readonly id: string;
  readonly slug: string;
  readonly displayName: string;
  readonly type: EnvironmentType;
  readonly isSandbox: boolean;
  /** As the console shows it, `#rrggbb`; null where none was chosen. */
  readonly color: string | null;
  readonly hardenClientAccessEnabled: boolean;
  /** Tells environments of the same name apart; null where the key may not read it. */
  readonly account: { readonly id: string; readonly displayName: string } | null;
}

export interface ApiKey {
  readonly id: string;
  readonly environmentId: string;
  readonly type: KeyType;
  readonly displayName: string;
  readonly description: string | null;
  readonly createdAt: Date;
  /** null: never expires. In the future: a grace period runs. In the past: expired or revoked. */
  readonly expireAt: Date | null;
}

export type KeyStatus =
  | { readonly kind: 'active' }
  | { readonly kind: 'expiring'; readonly at: Date; readonly msLeft: number }
  | { readonly kind: 'expired'; readonly at: Date };

/** A key's status is derived from its expiry alone: Stigg has no status field. */
export function keyStatus(key: Pick<ApiKey, 'expireAt'>, now: Date): KeyStatus {
  if (key.expireAt === null) return { kind: 'active' };
  const msLeft = key.expireAt.getTime() - now.getTime();
  return msLeft > 0 ? { kind: 'expiring', at: key.expireAt, msLeft } : { kind: 'expired', at: key.expireAt };
}

/** How long the outgoing key keeps working after a rotation: the five choices of Stigg's console. */
export const GRACE_PERIODS = ['now', '1h', '24h', '3d', '7d'] as const;
export type GracePeriod = (typeof GRACE_PERIODS)[number];

const HOUR = 3_600_000;
const GRACE_MS: Readonly<Record<GracePeriod, number>> = { now: 0, '1h': HOUR, '24h': 24 * HOUR, '3d': 72 * HOUR, '7d': 168 * HOUR };

/** Milliseconds of a grace period. */
export function graceMs(grace: GracePeriod): number {
  return GRACE_MS[grace];
}

/** True for keys that an integration owns: Stigg provisions and removes them, their scope is immutable. */
export function isIntegrationKey(type: KeyType): boolean {
  return type === 'SALESFORCE' || type === 'WORKFLOW';
}

/** True for the two keys every environment is provisioned with; they must be rotated before they can be revoked. */
export function isDefaultKey(type: KeyType): boolean {
  return type === 'SERVER' || type === 'CLIENT';
}

export type ScopeResource = 'API_KEY' | 'COUPON' | 'CUSTOMER' | 'ENVIRONMENT' | 'EVENT_QUEUE' | 'SUBSCRIPTION';
export type ScopeAction = 'READ' | 'WRITE';
export interface Scope {
  readonly resource: ScopeResource;
  readonly action: ScopeAction;
}

/** One entry of a key's activity log. */
export interface KeyEvent {
  readonly id: string;
  readonly at: Date;
  /** Stigg's event type, e.g. `API_KEY_ROTATED`. */
  readonly type: string;
  /** Who did it, in words: a person's name or e-mail address, a scoped key's name, or the kind of actor. */
  readonly actor: string;
}
