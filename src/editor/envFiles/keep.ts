import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { keepKey } from '../../keys/enrol.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf, managementSecret, storedKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';
import type { Secret } from '../../secret.js';
import type { EnvFilesDeps } from './deps.js';

type Deps = Pick<EnvFilesDeps, 'api' | 'vault' | 'now' | 'lessons'>;

/** Stores a key and proves it: resolves only when the keychain has given back this very value. Rejects with the errors of `keepKey`. */
export async function keepProved(deps: Deps, secret: Secret, signal: AbortSignal): Promise<Environment> {
  const { environment, stored } = secret.shape.kind === 'client' ? await keepPublishable(deps, secret, signal) : await keepKey(deps, secret, signal);
  if ((await deps.vault.read(stored))?.equals(secret) !== true) {
    throw new ExpectedError('vaultWriteFailed', vscode.l10n.t('The keychain did not keep {0}.', secret.mask), vscode.l10n.t('Check that the keychain is unlocked and try again; no file was changed.'));
  }
  return environment;
}

/** A publishable key cannot be asked where it belongs: its environment has to be here, and to list it. */
async function keepPublishable({ api, vault }: Deps, secret: Secret, signal: AbortSignal): Promise<{ readonly environment: Environment; readonly stored: StoredKey }> {
  const index = await vault.list();
  const { shape } = secret;
  const environment = shape.kind === 'unknown' ? null : (managementKeyOf(index, shape.environmentId)?.manages ?? null);
  if (environment === null) {
    throw new ExpectedError('unknownEnvironment', vscode.l10n.t('The environment of the publishable key {0} is not here.', secret.mask), vscode.l10n.t('Add it with a full access key first, or leave the publishable key where it is: it is no secret.'));
  }
  const auth = await managementSecret(vault, environment.id, index);
  for (const key of await api.listKeys(auth, environment.id, signal)) {
    if (key.type !== 'CLIENT' || !(await api.revealToken(auth, key, signal)).equals(secret)) continue;
    const stored = storedKeyOf(key, secret);
    await vault.save(stored, secret);
    return { environment, stored };
  }
  throw new ExpectedError('notListed', vscode.l10n.t('{0} does not list the publishable key {1}.', environment.displayName, secret.mask), vscode.l10n.t('Leave it where it is, or replace it by the present one.'));
}
