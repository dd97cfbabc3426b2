import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { ApiKey } from './model.js';
import type { Rotation } from './rotation.js';
import type { StiggApi } from './stiggApi.js';
import { managementSecret } from './storedKey.js';
import type { Vault } from './vault.js';

export interface KeyEndDeps {
  readonly api: Pick<StiggApi, 'updateKey' | 'listKeys'>;
  readonly vault: Pick<Vault, 'list' | 'read'>;
  readonly rotation: Pick<Rotation, 'leaveOldKey'>;
}

/** Clocks of servers round: an end this close to the one asked for is the one asked for. */
const TOLERANCE_MS = 60_000;

/**
 * Gives an outgoing key another end, and resolves with the end as Stigg has it. Whatever the answer was, and
 * also when it never came, the list says what is so. Rejects with the codes of StiggApi and Vault, with CancelledError, and with `changeUnconfirmed`.
 */
export async function changeEnd({ api, vault, rotation }: KeyEndDeps, key: ApiKey, end: Date, signal?: AbortSignal): Promise<Date> {
  const auth = await managementSecret(vault, key.environmentId);
  const isSo = (at: Date | null | undefined): at is Date => at !== null && at !== undefined && Math.abs(at.getTime() - end.getTime()) <= TOLERANCE_MS;
  let at: Date | null | undefined;
  let cause: unknown;
  try {
    at = (await api.updateKey(auth, key, { expireAt: end }, signal)).expireAt;
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'outcomeUnknown')) throw error;
    cause = error;
  }
  try {
    at = (await api.listKeys(auth, key.environmentId)).find(({ id }) => id === key.id)?.expireAt;
  } catch (error) {
    // Where the list cannot be had, the answer is what there is.
    if (!(error instanceof ExpectedError)) throw error;
  }
  if (!isSo(at)) {
    throw new ExpectedError('changeUnconfirmed', t('Stigg does not show the new end of "{0}".', key.displayName), t('Refresh in a minute and look; the same change once more does no harm.'), { cause });
  }
  // What its rotation still meant to do with it no longer counts.
  await rotation.leaveOldKey(key);
  return at;
}
