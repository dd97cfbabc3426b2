import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';
import type { Secret } from '../../secret.js';
import { environmentsOf } from '../diagnose/ask.js';
import { environmentTypeWords } from '../environments/wording.js';
import type { RunRequestDeps } from './deps.js';

/** What a request is run with. */
export interface RunWith {
  readonly environment: Environment;
  readonly stored: readonly StoredKey[];
  readonly key: StoredKey;
  readonly secret: Secret;
}

/**
 * The active environment with its key; asked for where none is active. undefined: the person changed their mind.
 *
 * @throws ExpectedError `noEnvironment`, `valueMissing`, and the vault's
 */
export async function runWith({ vault, active }: Pick<RunRequestDeps, 'vault' | 'active'>): Promise<RunWith | undefined> {
  const stored = await vault.list();
  const environments = environmentsOf(stored);
  if (environments.length === 0) throw new ExpectedError('noEnvironment', vscode.l10n.t('No Stigg environment has been added yet.'), vscode.l10n.t('Run "Stigg: Add Environment" first.'));
  const environment = activeAmong(environments, active) ?? (await pick(environments));
  if (environment === undefined) return undefined;
  const key = managementKeyOf(stored, environment.id);
  const secret = key === undefined ? undefined : await vault.read(key);
  if (key === undefined || secret === undefined) {
    throw new ExpectedError('valueMissing', vscode.l10n.t('No key of {0} is stored on this machine.', environment.displayName), vscode.l10n.t('Add the environment again and paste a key.'));
  }
  return { environment, stored, key, secret };
}

/** As ActiveEnvironment has it, also before the sidebar was looked at. Production alone is never taken for granted. */
function activeAmong(environments: readonly Environment[], { chosen, id }: Pick<RunRequestDeps['active'], 'chosen' | 'id'>): Environment | undefined {
  const wanted = chosen?.id ?? id;
  if (wanted !== undefined) return environments.find((environment) => environment.id === wanted);
  const [only, second] = environments;
  return second === undefined && only?.type !== 'PRODUCTION' ? only : undefined;
}

async function pick(environments: readonly Environment[]): Promise<Environment | undefined> {
  const picked = await vscode.window.showQuickPick(
    environments.map((environment) => ({
      label: environment.displayName,
      description: [environment.type === 'PRODUCTION' ? environmentTypeWords(environment.type).toUpperCase() : environmentTypeWords(environment.type), environment.account?.displayName].filter((part) => part !== undefined).join(' · '),
      environment,
    })),
    { title: vscode.l10n.t('Run Request'), placeHolder: vscode.l10n.t('Which environment is the request sent to?') },
  );
  return picked?.environment;
}
