import type { ApiKey, Environment, Scope } from '../keys/model.js';
import type { StoredKey } from '../keys/vault.js';
import type { TokenShape } from '../tokenShape.js';
import type { InspectedRequest } from './request.js';
import type { Symptom } from './symptom.js';

/** Something that was asked for; `why` says in words why it could not be had. */
export type Got<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** What came of one call that the key signed. Only an answer of Stigg's own proves anything about the key. */
export type Answer =
  /** `environment` is null where the key may not say where it belongs. */
  | { readonly kind: 'accepted'; readonly environment: Environment | null }
  | { readonly kind: 'refused' }
  /** `retryAfterMs` is null where Stigg did not say how long to wait. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  | { readonly kind: 'unanswered'; readonly why: string }
  | { readonly kind: 'unasked'; readonly why: string };

/** A Stigg key that stands in a file of the workspace, without its value. */
export interface UsedValue {
  /** The variable it is the value of. */
  readonly variable: string;
  /** Relative to the workspace, as it is shown. */
  readonly path: string;
  /** Where the editor finds it. */
  readonly uri: string;
  readonly fingerprint: string;
  readonly shape: TokenShape;
}

/** The key's value as it is stored. */
export type StoredValue =
  | { readonly kind: 'here'; readonly shape: TokenShape }
  | { readonly kind: 'gone' }
  /** The keychain did not answer. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** All that the checks look at: gathered once, plain data, and no secret in it. */
export interface Facts {
  readonly symptom: Symptom;
  readonly request: InspectedRequest | null;
  /** null: none was added. */
  readonly environment: Environment | null;
  /** The key that was tried; null: none of this environment is stored. */
  readonly key: StoredKey | null;
  readonly value: StoredValue;
  /** The vault's whole index. */
  readonly stored: readonly StoredKey[];
  readonly answer: Answer;
  /** The environment's keys as Stigg lists them. */
  readonly listed: Got<readonly ApiKey[]>;
  /** When Stigg's activity log says that the key was rotated; null: it does not say so. */
  readonly rotatedAt: Got<Date | null>;
  readonly scopes: Got<readonly Scope[]>;
  /** The permissions that Stigg gives to scoped keys at all. */
  readonly offered: Got<readonly Scope[]>;
  readonly used: Got<readonly UsedValue[]>;
  readonly now: Date;
}

/** The key as Stigg lists it; undefined when it does not, or was not asked. */
export function listedKey({ key, listed }: Facts): ApiKey | undefined {
  return key === null || !listed.ok ? undefined : listed.value.find(({ id }) => id === key.keyId);
}

/** When the key ends: Stigg's word before the index's, which may be old. undefined: nobody knows. */
export function endOf(facts: Facts): Date | null | undefined {
  const listed = listedKey(facts);
  if (listed !== undefined) return listed.expireAt;
  if (facts.key === null) return undefined;
  if (facts.key.expireAt === null) return undefined;
  const end = new Date(facts.key.expireAt);
  return Number.isNaN(end.getTime()) ? undefined : end;
}
