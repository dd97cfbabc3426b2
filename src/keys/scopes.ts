import type { Scope, ScopeAction, ScopeResource } from './model.js';

/**
 * The scope matrix of scoped keys: six resources, reading and writing, and the seven presets that Stigg's console offers.
 * Source: Stigg's page "API keys" (scope matrix). Pure: no words, no calls.
 */
export const SCOPE_RESOURCES: readonly ScopeResource[] = ['API_KEY', 'COUPON', 'CUSTOMER', 'ENVIRONMENT', 'EVENT_QUEUE', 'SUBSCRIPTION'];

const ACTIONS: readonly ScopeAction[] = ['READ', 'WRITE'];

/** The presets in the console's order and by its names, see `presetWords`. */
export const PRESET_IDS = ['fullAccess', 'readOnly', 'customersWrite', 'subscriptionsWrite', 'couponsWrite', 'apiKeysReadWrite', 'eventQueueRead'] as const;
export type PresetId = (typeof PRESET_IDS)[number];

/** False for the one resource that Stigg lets nobody write. */
export function isWritable(resource: ScopeResource): boolean {
  return resource !== 'EVENT_QUEUE';
}

/**
 * The one form of what a list of scopes allows: reading is spelt out beside writing, nothing twice, in the order of the matrix.
 * Grants nothing that was not asked for, but reading where writing was; writing the event queue does not exist and becomes reading.
 */
export function normalise(scopes: readonly Scope[]): readonly Scope[] {
  return SCOPE_RESOURCES.flatMap((resource) => {
    const asked = scopes.filter((scope) => scope.resource === resource);
    const isWritten = isWritable(resource) && asked.some(({ action }) => action === 'WRITE');
    return asked.length === 0 ? [] : ACTIONS.slice(0, isWritten ? 2 : 1).map((action) => ({ resource, action }));
  });
}

/** The shortest form of the same: one entry per resource, because writing implies reading. For sentences. */
export function denormalise(scopes: readonly Scope[]): readonly Scope[] {
  const all = normalise(scopes);
  return all.filter(({ resource, action }) => action === 'WRITE' || !all.some((scope) => scope.resource === resource && scope.action === 'WRITE'));
}

/** True when the scopes allow it. */
export function allows(scopes: readonly Scope[], { resource, action }: Scope): boolean {
  return normalise(scopes).some((scope) => scope.resource === resource && scope.action === action);
}

/** True for two lists that allow the same. */
export function sameScopes(a: readonly Scope[], b: readonly Scope[]): boolean {
  return textOf(a) === textOf(b);
}

/** What of `scopes` is not among the `available` ones. */
export function notAvailable(scopes: readonly Scope[], available: readonly Scope[]): readonly Scope[] {
  return normalise(scopes).filter((scope) => !allows(available, scope));
}

/** What a preset allows, normalised. */
export function presetScopes(preset: PresetId): readonly Scope[] {
  switch (preset) {
    case 'fullAccess':
      return normalise(SCOPE_RESOURCES.map((resource) => ({ resource, action: 'WRITE' })));
    case 'readOnly':
      return normalise(SCOPE_RESOURCES.map((resource) => ({ resource, action: 'READ' })));
    case 'customersWrite':
      return normalise([{ resource: 'CUSTOMER', action: 'WRITE' }]);
    case 'subscriptionsWrite':
      return normalise([{ resource: 'SUBSCRIPTION', action: 'WRITE' }]);
    case 'couponsWrite':
      return normalise([{ resource: 'COUPON', action: 'WRITE' }]);
    case 'apiKeysReadWrite':
      return normalise([{ resource: 'API_KEY', action: 'WRITE' }]);
    case 'eventQueueRead':
      return normalise([{ resource: 'EVENT_QUEUE', action: 'READ' }]);
  }
}

/** The preset that allows just this; undefined for a custom scope. */
export function presetOf(scopes: readonly Scope[]): PresetId | undefined {
  return PRESET_IDS.find((preset) => sameScopes(presetScopes(preset), scopes));
}

/** A preset as it can be offered: one with something `missing` is shown with the reason, and cannot be chosen. */
export interface PresetChoice {
  readonly preset: PresetId;
  readonly scopes: readonly Scope[];
  /** What of it Stigg does not make available. */
  readonly missing: readonly Scope[];
}

/** @param available what `availableScopes` answered */
export function presetChoices(available: readonly Scope[]): readonly PresetChoice[] {
  return PRESET_IDS.map((preset) => {
    const scopes = presetScopes(preset);
    return { preset, scopes, missing: notAvailable(scopes, available) };
  });
}

/** One of the matrix's fields that can be chosen. */
export function matrix(available: readonly Scope[]): readonly Scope[] {
  return normalise(available);
}

/**
 * What is ticked in a matrix after a tick was changed: "write" brings "read" along, and taking "read" away takes "write" with it.
 *
 * @param fields the matrix's fields; the answer is made of these very objects
 */
export function ticked(fields: readonly Scope[], now: readonly Scope[], before: readonly Scope[]): readonly Scope[] {
  const isRead = (scopes: readonly Scope[], resource: ScopeResource): boolean => scopes.some((scope) => scope.resource === resource && scope.action === 'READ');
  const kept = now.filter(({ resource, action }) => action === 'READ' || isRead(now, resource) || !isRead(before, resource));
  return fields.filter((scope) => allows(kept, scope));
}

function textOf(scopes: readonly Scope[]): string {
  return normalise(scopes).map(({ resource, action }) => `${resource}:${action}`).join(' ');
}
