import { t } from '@vscode/l10n';
import type { Scope } from './model.js';
import type { Lessons } from './permissionLessons.js';
import { KEY_ACTIONS, NEEDED_SCOPE, type KeyAction, type Permissions, type Refusal } from './permissions.js';
import { allows } from './scopes.js';
import { scopeWords } from './scopeWords.js';
import type { StoredKey } from './vault.js';

/** The management key, as far as words need it. */
export type Manager = Pick<StoredKey, 'displayName' | 'type'>;

/**
 * What a management key may not do, and what to do about it.
 *
 * @param scopes of a scoped management key; undefined while they are not known, and for a full access key
 */
export function permissionsFrom(manager: Manager, scopes: readonly Scope[] | undefined, lessons: Lessons): Permissions {
  return Object.fromEntries(KEY_ACTIONS.flatMap((action): [KeyAction, Refusal][] => {
    const refusal = refusalOf(action, manager, scopes, lessons);
    return refusal === undefined ? [] : [[action, refusal]];
  }));
}

function refusalOf(action: KeyAction, manager: Manager, scopes: readonly Scope[] | undefined, lessons: Lessons): Refusal | undefined {
  if (scopes !== undefined && !allows(scopes, NEEDED_SCOPE[action])) return lacksScope(manager, NEEDED_SCOPE[action]);
  const lesson = lessons[action];
  if (lesson !== undefined) return lesson.limit === 'planLimit' ? planRefusal(action) : roleRefusal(action, manager);
  // A new key whose value nobody can read would be worse than none.
  const needsValue = action === 'create' || action === 'rotate';
  return needsValue && lessons.reveal?.limit === 'forbidden' ? { ...roleRefusal('reveal', manager), reason: valuesHidden(manager) } : undefined;
}

function lacksScope({ displayName }: Manager, scope: Scope): Refusal {
  return {
    code: 'scope',
    reason: t('The key that is stored for this environment, "{0}", does not have the permission "{1}".', displayName, scopeWords(scope)),
    nextStep: t('Add the environment with its full access key, or let an account owner give "{0}" that permission.', displayName),
  };
}

function planRefusal(action: KeyAction): Refusal {
  return {
    code: 'plan',
    reason: action === 'create' || action === 'scope' ? t('The plan of this Stigg account does not include scoped keys.') : t('The plan of this Stigg account does not include this.'),
    nextStep: t('Scoped keys come with the Scale plan: ask an account owner to upgrade. Until then use the full access key.'),
  };
}

/** Stigg answered 403 to a key whose scope is not the reason: what is left is the role. */
export function roleRefusal(action: KeyAction, manager: Manager): Refusal {
  if (action === 'reveal') return { code: 'role', reason: valuesAreKept(manager), nextStep: ownersCan(manager) };
  return {
    code: 'role',
    reason: action === 'activity'
      ? t('Stigg does not show the activity of keys to "{0}".', manager.displayName)
      : t('Stigg has refused this to "{0}": only account owners may create, change, rotate and revoke keys.', manager.displayName),
    nextStep: ownersCan(manager),
  };
}

function valuesAreKept({ displayName }: Manager): string {
  return t('Stigg does not give out the values of keys to "{0}".', displayName);
}

function valuesHidden({ displayName }: Manager): string {
  return t('Stigg does not give out the values of keys to "{0}", so that the new value could not be stored.', displayName);
}

function ownersCan({ type }: Manager): string {
  return type === 'SCOPED'
    ? t('Add the environment with the full access key of an account owner, or ask one to do it (the list of members in the Stigg console says who that is).')
    : t('Ask an account owner to do it in the Stigg console, or for the role (the list of members there says who the owners are).');
}
