import type { Secret } from '../secret.js';
import type { ApiKey, Environment, KeyEvent, Scope } from './model.js';

/**
 * What a call with the key said about the key itself. Only an answer from Stigg proves anything:
 * `unknown` covers everything else (network, 5xx, throttling).
 */
export type KeyValidity = 'valid' | 'invalid' | 'unknown';

/** One page of a connection; `nextCursor` is null on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface KeyRef {
  readonly environmentId: string;
  readonly id: string;
}

export interface RotateResult {
  readonly newKey: ApiKey;
  /** Stigg may leave the outgoing key out. */
  readonly oldKey: ApiKey | null;
}

/**
 * Stigg's key management, one method per operation. `auth` is the key that signs the call.
 * Every method rejects with ExpectedError (codes below), or with CancelledError when `signal` fires.
 *
 * Codes: `unauthenticated` (401), `forbidden` (403, role or scope), `planLimit`, `notFound`, `conflict`, `rateLimited`,
 * `unreachable` (no answer: DNS, refused, cut, timeout), `serverError` (5xx), `notStigg` (HTML, redirect, not JSON, wrong shape), `badRequest`,
 * `outcomeUnknown` (a mutation whose answer never came, came as 5xx or could not be read: it may or may not have happened, read the state back).
 *
 * A mutation that is cancelled while it is under way rejects with CancelledError and may have happened as well: whoever cancels one
 * reads the state back, exactly as after `outcomeUnknown`.
 */
export interface StiggApi {
  /** Cheap proof of a key: `valid` for any authenticated answer (403 included), `invalid` for 401 only. Never rejects but for cancellation. */
  probe(auth: Secret, signal?: AbortSignal): Promise<KeyValidity>;
  /** The environment the key belongs to. */
  environmentOf(auth: Secret, signal?: AbortSignal): Promise<Environment>;
  /** All keys of an environment, expired ones included, without their tokens. */
  listKeys(auth: Secret, environmentId: string, signal?: AbortSignal): Promise<readonly ApiKey[]>;
  /** The one place that asks Stigg for a token: for one key, when it is about to be stored or shown. */
  revealToken(auth: Secret, key: KeyRef, signal?: AbortSignal): Promise<Secret>;
  /** Makes a new key; the outgoing one stays valid until `oldKeyExpiresAt`. Never retried blindly. */
  rotateKey(auth: Secret, key: KeyRef, oldKeyExpiresAt: Date, signal?: AbortSignal): Promise<RotateResult>;
  updateKey(auth: Secret, key: KeyRef, change: { displayName?: string; description?: string; expireAt?: Date; scopes?: readonly Scope[] }, signal?: AbortSignal): Promise<ApiKey>;
  /** Hardened client access of an environment, on or off; resolves with the environment as it is then. */
  setHardenedClientAccess(auth: Secret, environmentId: string, isOn: boolean, signal?: AbortSignal): Promise<Environment>;
  revokeKey(auth: Secret, key: KeyRef, signal?: AbortSignal): Promise<ApiKey>;
  createScopedKey(auth: Secret, input: { environmentId: string; displayName: string; description?: string; scopes: readonly Scope[] }, signal?: AbortSignal): Promise<ApiKey>;
  keyScopes(auth: Secret, key: KeyRef, signal?: AbortSignal): Promise<readonly Scope[]>;
  availableScopes(auth: Secret, signal?: AbortSignal): Promise<readonly Scope[]>;
  /** Life-cycle events of one key, newest first. */
  keyActivity(auth: Secret, key: KeyRef, after: string | null, signal?: AbortSignal): Promise<Page<KeyEvent>>;
}
