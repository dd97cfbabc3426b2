import { t } from '@vscode/l10n';
import { CancelledError, ExpectedError, isCancelled } from '../errors.js';
import type { EnvironmentRow } from './inventory.js';
import type { Environment } from './model.js';
import type { Refusal } from './permissions.js';
import { sameId } from './sameId.js';
import type { StiggApi } from './stiggApi.js';
import { managementSecret } from './storedKey.js';
import type { Vault } from './vault.js';

export interface HardeningDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
}

/** Why hardened client access cannot be changed from here; undefined where it can. */
export function hardeningRefusal({ permissions }: Pick<EnvironmentRow, 'permissions'>): Refusal | undefined {
  return permissions.harden;
}

/**
 * The environment as Stigg has it now; what is kept of it here is brought in step. Rejects with the codes of StiggApi and Vault,
 * and with `notThisEnvironment` when the stored key speaks for another one.
 */
export async function readEnvironment({ api, vault }: HardeningDeps, environmentId: string, signal?: AbortSignal): Promise<Environment> {
  const environment = await api.environmentOf(await managementSecret(vault, environmentId), signal);
  if (!sameId(environment.id, environmentId)) {
    throw new ExpectedError('notThisEnvironment', t('The key that is stored for this environment belongs to {0}.', environment.displayName), t('Add the environment again with a full access key of its own.'));
  }
  return remember(vault, environmentId, environment);
}

/**
 * Turns hardened client access on or off, and resolves only when Stigg says that it is so. When the answer is lost, or the person cancels
 * while it is under way, the state is read back: nothing is sent twice.
 */
export async function setHardening(deps: HardeningDeps, environmentId: string, isOn: boolean, signal?: AbortSignal): Promise<Environment> {
  const { api, vault } = deps;
  const auth = await managementSecret(vault, environmentId);
  try {
    const answer = await api.setHardenedClientAccess(auth, environmentId, isOn, signal);
    if (answer.hardenClientAccessEnabled === isOn) return await remember(vault, environmentId, answer);
  } catch (error) {
    if (!isCancelled(error) && !(error instanceof ExpectedError && error.code === 'outcomeUnknown')) throw error;
    return await settle(deps, environmentId, isOn, error);
  }
  return settle(deps, environmentId, isOn, undefined);
}

/** What became of a change that Stigg did not confirm. */
async function settle(deps: HardeningDeps, environmentId: string, isOn: boolean, cause: unknown): Promise<Environment> {
  let environment: Environment;
  try {
    environment = await readEnvironment(deps, environmentId);
  } catch (error) {
    throw new ExpectedError('outcomeUnknown', t('Stigg did not say whether hardened client access was changed, and its state could not be read.'), t('Look at it again before you change it once more: the command reads the state first.'), { cause: error });
  }
  if (environment.hardenClientAccessEnabled === isOn) return environment;
  if (isCancelled(cause)) throw new CancelledError();
  throw new ExpectedError(
    'notChanged',
    isOn ? t('Stigg did not confirm the change: hardened client access of {0} is still off.', environment.displayName) : t('Stigg did not confirm the change: hardened client access of {0} is still on.', environment.displayName),
    t('Try again in a minute.'),
    { cause },
  );
}

/** The index keeps the environment beside its management key, and is what the sidebar shows. */
async function remember(vault: Vault, environmentId: string, environment: Environment): Promise<Environment> {
  for (const entry of await vault.list()) {
    const { manages } = entry;
    if (entry.environmentId !== environmentId || manages === null) continue;
    // A key may be kept from the account; what was known of it stays known.
    const known: Environment = { ...environment, id: environmentId, account: environment.account ?? manages.account };
    if (JSON.stringify(known) === JSON.stringify(manages)) continue;
    try {
      await vault.updateIndex({ ...entry, manages: known });
    } catch (error) {
      // Another window has removed the environment meanwhile: at Stigg it is as was said.
      if (!(error instanceof ExpectedError && error.code === 'vaultWriteFailed')) throw error;
    }
  }
  return environment;
}
