import * as vscode from 'vscode';
import { setVariable } from '../../envFiles/edit.js';
import { ExpectedError } from '../../errors.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';
import type { Secret } from '../../secret.js';
import { environmentTypeWords, keyTypeWords } from '../environments/wording.js';
import { plainLabel } from '../plainLabel.js';
import type { EnvFilesDeps } from './deps.js';
import { bytesOf, isDirty, readEnvFile } from './files.js';
import { variableNamesOf } from './gitFacts.js';
import { placeFile } from './place.js';
import { chooseTarget, ensureIgnored, refuseUnfit } from './target.js';

/** "Write Keys to an Env File": for people whose tools read nothing else. Only into a file that git ignores, and that its owner alone can read. */
export async function writeEnvFile({ vault }: Pick<EnvFilesDeps, 'vault'>): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new ExpectedError('workspaceNotTrusted', vscode.l10n.t('No key is written into a file in Restricted Mode: code of this workspace could read it.'), vscode.l10n.t('Trust the workspace first.'));
  }
  const index = await vault.list();
  const environment = await chooseEnvironment(index);
  if (environment === undefined) return;
  const target = await chooseTarget();
  if (target === undefined) return;
  await refuseUnfit(target);
  const entries = await chooseKeys(index.filter(({ environmentId }) => environmentId === environment.id), target);
  if (entries === undefined) return;
  // OK is pressed with nothing chosen more easily than one thinks.
  if (entries.length === 0) throw new ExpectedError('nothingChosen', vscode.l10n.t('No key was chosen, so nothing was written.'), vscode.l10n.t('Run it again, and tick the keys that are wanted.'));
  if (!(await confirmed(environment, target, entries))) return;
  if (!(await ensureIgnored(target))) return;
  const values: { readonly name: string; readonly secret: Secret }[] = [];
  for (const { name, key } of entries) {
    const secret = await vault.read(key);
    if (secret === undefined) throw new ExpectedError('valueMissing', vscode.l10n.t('The value of "{0}" is no longer stored on this machine.', key.displayName), vscode.l10n.t('Use "Store Key" on the key, or add the environment again, and paste it.'));
    values.push({ name, secret });
  }
  // A person has read a dialog meanwhile: what was looked at may be another file by now.
  await refuseUnfit(target);
  await write(target, values);
  const open = vscode.l10n.t('Open File');
  const message = vscode.l10n.t('{0} holds {1} of {2} in plain text; only you can read it, and git ignores it. Take it out again with "Move Secrets of Env Files to the Keychain".', vscode.workspace.asRelativePath(target), entries.map(({ name }) => name).join(', '), environment.displayName);
  void vscode.window.showInformationMessage(message, open).then((choice) => (choice === open ? vscode.window.showTextDocument(target) : undefined));
}

async function write(target: vscode.Uri, values: readonly { readonly name: string; readonly secret: Secret }[]): Promise<void> {
  if (isDirty(target)) throw new ExpectedError('fileNotSaved', vscode.l10n.t('{0} has changes that are not saved.', vscode.workspace.asRelativePath(target)), vscode.l10n.t('Save it, then run this again.'));
  const before = await readEnvFile(target);
  if (before === undefined && (await exists(target))) throw new ExpectedError('notAnEnvFile', vscode.l10n.t('{0} is no text, or too large for an env file.', vscode.workspace.asRelativePath(target)), vscode.l10n.t('Choose another file.'));
  const file = before ?? { text: '', isUtf8: true };
  const text = values.reduce((result, { name, secret }) => setVariable(result, name, secret.reveal()), file.text);
  try {
    await placeFile(target, bytesOf(text, file), 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '?';
    throw new ExpectedError('fileNotWritten', vscode.l10n.t('{0} cannot be written ({1}).', vscode.workspace.asRelativePath(target), code), vscode.l10n.t('Check the rights of the folder, or choose another file.'), { cause: error });
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}

async function chooseEnvironment(index: readonly StoredKey[]): Promise<Environment | undefined> {
  const environments = [...new Set(index.map(({ environmentId }) => environmentId))].flatMap((id) => managementKeyOf(index, id)?.manages ?? []);
  if (environments.length === 0) throw new ExpectedError('nothingStored', vscode.l10n.t('No Stigg environment has been added yet.'), vscode.l10n.t('Run "Stigg: Add Environment" first.'));
  const items = environments.map((environment) => ({
    label: plainLabel(environment.displayName),
    description: [environmentTypeWords(environment.type), environment.account === null ? undefined : plainLabel(environment.account.displayName)].filter((part) => part !== undefined).join(' · '),
    environment,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Write Keys to an Env File'), placeHolder: vscode.l10n.t('Choose an environment'), ignoreFocusOut: true }))?.environment;
}

/** A key and the variable that gets it. */
interface Entry {
  readonly name: string;
  readonly key: StoredKey;
}

async function chooseKeys(keys: readonly StoredKey[], target: vscode.Uri): Promise<readonly Entry[] | undefined> {
  const names = await variableNamesOf(target);
  const items = keys.flatMap((key) => (key.type === 'CLIENT' ? names.publishable : names.server).map((name) => ({
    label: name, description: `${plainLabel(key.displayName)} · ${key.mask}`, detail: keyTypeWords(key.type), entry: { name, key },
  })));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which keys are written?'), placeHolder: vscode.l10n.t('Only what you choose is written; one key for each variable'), canPickMany: true, ignoreFocusOut: true });
  const entries = picked?.map(({ entry }) => entry);
  const twice = entries?.find(({ name }, at) => entries.findIndex((other) => other.name === name) !== at);
  if (twice !== undefined) throw new ExpectedError('chosenTwice', vscode.l10n.t('Two keys were chosen for {0}.', twice.name), vscode.l10n.t('Choose one key for each variable.'));
  return entries;
}

async function confirmed(environment: Environment, target: vscode.Uri, entries: readonly Entry[]): Promise<boolean> {
  const write = vscode.l10n.t('Write in Plain Text');
  const production = environment.type === 'PRODUCTION' ? `${vscode.l10n.t('This is PRODUCTION.')} ` : '';
  const detail = production + vscode.l10n.t('{0} will stand in {1} as plain text: every program that you run can read it, and so can backups, sync tools and whoever gets the folder. A Stigg terminal, or "stigg-keys run", gives a program the same key without any file.', entries.map(({ name, key }) => `${name} (${key.mask})`).join(', '), vscode.workspace.asRelativePath(target));
  return (await vscode.window.showWarningMessage(vscode.l10n.t('Write keys of {0} into a file?', environment.displayName), { modal: true, detail }, write)) === write;
}
