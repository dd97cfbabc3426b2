import { ExpectedError } from '../errors.js';
import type { KnownPermissions } from './knownPermissions.js';
import { decidedWith, type KeyAction } from './permissions.js';
import { roleRefusal } from './permissionWords.js';
import { isRoleRefusal } from './unverified.js';
import type { StoredKey } from './vault.js';

/** Remembers that Stigg has refused `actions` to a stored key, and answers the error to throw: for the role in words that help. */
export async function refusalOf(error: ExpectedError, actions: readonly KeyAction[], callerOf: () => Promise<StoredKey | undefined>, known: Pick<KnownPermissions, 'learn'>): Promise<ExpectedError> {
  const isRole = isRoleRefusal(error.code, error);
  if (!isRole && error.code !== 'planLimit') return error;
  const caller = await callerOf();
  if (caller === undefined) return error;
  await known.learn(caller, isRole ? actions.flatMap(decidedWith) : actions, isRole ? 'forbidden' : 'planLimit');
  // Of a scoped key it is more likely the scope: Stigg's client says so.
  const action = actions[0];
  if (!isRole || caller.type === 'SCOPED' || action === undefined) return error;
  const { reason, nextStep } = roleRefusal(action, caller);
  return new ExpectedError(error.code, reason, nextStep, { cause: error });
}
