import type { ScopeAction, ScopeResource } from './model.js';

/** What a person may want to do with the keys of an environment, as far as Stigg asks for a permission of its own. */
export const KEY_ACTIONS = ['reveal', 'create', 'rename', 'scope', 'rotate', 'grace', 'revoke', 'activity', 'harden'] as const;
export type KeyAction = (typeof KEY_ACTIONS)[number];

/** Why an action is not possible, before it is tried. Both are whole sentences. */
export interface Refusal {
  /** Stable, for tests and buttons: `scope`, `role`, `plan`, or the code of an ExpectedError. */
  readonly code: string;
  readonly reason: string;
  readonly nextStep: string;
}

/** What our key may not do in an environment, by action. What is absent is allowed, as far as is known. */
export type Permissions = Readonly<Partial<Record<KeyAction, Refusal>>>;

export const EVERYTHING_ALLOWED: Permissions = {};

/**
 * The scope that a scoped management key needs for an action.
 * Source: Stigg's scope matrix; that key management falls under API_KEY, and hardening under ENVIRONMENT, follows from the names of the resources.
 */
export const NEEDED_SCOPE: Readonly<Record<KeyAction, { readonly resource: ScopeResource; readonly action: ScopeAction }>> = {
  reveal: { resource: 'API_KEY', action: 'READ' },
  create: { resource: 'API_KEY', action: 'WRITE' },
  rename: { resource: 'API_KEY', action: 'WRITE' },
  scope: { resource: 'API_KEY', action: 'WRITE' },
  rotate: { resource: 'API_KEY', action: 'WRITE' },
  grace: { resource: 'API_KEY', action: 'WRITE' },
  revoke: { resource: 'API_KEY', action: 'WRITE' },
  activity: { resource: 'API_KEY', action: 'READ' },
  harden: { resource: 'ENVIRONMENT', action: 'WRITE' },
};

const NEEDS_API_KEY_WRITE = KEY_ACTIONS.filter((action) => NEEDED_SCOPE[action].resource === 'API_KEY' && NEEDED_SCOPE[action].action === 'WRITE');

/**
 * The actions about which Stigg's answer to one of them says the same. Whoever may not write one key may write none; whoever may not
 * even see values may not write either: only account owners may copy, create, rotate or revoke a key, and in a scope writing implies reading.
 */
export function decidedWith(action: KeyAction): readonly KeyAction[] {
  if (action === 'reveal') return ['reveal', ...NEEDS_API_KEY_WRITE];
  return NEEDS_API_KEY_WRITE.includes(action) ? NEEDS_API_KEY_WRITE : [action];
}
