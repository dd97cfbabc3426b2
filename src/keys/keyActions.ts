import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { KeyRow } from './keyRows.js';
import { isDefaultKey, isIntegrationKey } from './model.js';
import type { KeyAction, Permissions, Refusal } from './permissions.js';
import { canRevoke, canRotate } from './unverified.js';

/**
 * Why an action on a key is not possible now; undefined where it is. The one answer for the sidebar's menus, the details panel's
 * buttons and the commands themselves, so that nobody meets the reason only after the click.
 */
export function refusalOf(action: Exclude<KeyAction, 'create' | 'harden'>, row: KeyRow, permissions: Permissions, now: Date): Refusal | undefined {
  // What is in the keychain here is given out by the keychain, whatever Stigg allows.
  const ofOurKey = action === 'reveal' && row.stored !== null ? undefined : permissions[action];
  return byKey(action, row, now) ?? ofOurKey;
}

/** The same, as what a command throws. */
export function asError({ code, reason, nextStep }: Refusal): ExpectedError {
  return new ExpectedError(code, reason, nextStep);
}

/** What the key itself rules out, whoever asks. */
function byKey(action: Exclude<KeyAction, 'create' | 'harden'>, row: KeyRow, now: Date): Refusal | undefined {
  const { key, status, isListed, isManagement, stored } = row;
  const name = key.displayName;
  if (action === 'reveal') {
    return stored !== null || (isListed && status.kind !== 'expired') ? undefined : refusal('valueMissing', t('The value of "{0}" is not stored here, and Stigg does not give it out any more.', name), t('Paste it with "Add Environment" where it still works.'));
  }
  if (!isListed) return refusal('notListed', t('Stigg does not list "{0}" (any more).', name), t('Refresh to see its state.'));
  switch (action) {
    case 'rotate':
      if (isIntegrationKey(key.type)) return integration(name);
      return canRotate(key) ? undefined : refusal('notActive', t('"{0}" is on its way out already.', name), t('Change its grace period, or rotate the key that replaced it.'));
    case 'grace':
      return status.kind === 'expiring' ? undefined : refusal('notExpiring', t('"{0}" is not in a grace period.', name), t('Rotate it first.'));
    case 'revoke':
      if (isManagement) return refusal('managementKey', t('"{0}" is the key this extension talks to Stigg with.', name), t('Rotate it, or add the environment with another key first.'));
      if (isIntegrationKey(key.type)) return integration(name);
      if (isDefaultKey(key.type) && status.kind === 'active') return refusal('rotateFirst', t('"{0}" is a default key: every environment needs one.', name), t('Rotate it; its old value can then be revoked.'));
      return canRevoke(key, now) ? undefined : ended(name);
    case 'rename':
    case 'scope':
      if (status.kind === 'expired') return ended(name);
      if (key.type === 'SCOPED') return undefined;
      return action === 'rename'
        ? refusal('immutable', t('Only scoped keys can be renamed; "{0}" is provisioned by Stigg.', name), t('Create a scoped key for a service that needs a name of its own.'))
        : refusal('immutable', isIntegrationKey(key.type) ? t('The scope of an integration key is immutable.') : t('The scope of a default key is immutable.'), t('Create a scoped key with just the permissions that are needed.'));
    case 'activity':
      return undefined;
  }
}

function refusal(code: string, reason: string, nextStep: string): Refusal {
  return { code, reason, nextStep };
}

function integration(name: string): Refusal {
  return refusal('integrationKey', t('"{0}" belongs to an integration, which would stop working.', name), t('Disconnect and connect the integration in the Stigg console: its key goes and comes with it.'));
}

function ended(name: string): Refusal {
  return refusal('ended', t('"{0}" has ended already.', name), t('Refresh to see its state.'));
}
