import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { asError, refusalOf } from '../../keys/keyActions.js';
import { managementSecret, storedKeyOf } from '../../keys/storedKey.js';
import type { KeyNode, Node } from '../environments/nodes.js';
import { withProgress } from '../report.js';
import { storeWords } from '../storeWords.js';
import type { KeyCommandDeps } from './deps.js';
import { pickKey } from './pick.js';
import type { Secret } from '../../secret.js';

type Deps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'reporter' | 'clipboard'>;

/** Copies the value of a key. */
export async function copyKey(deps: Deps, node: Node | undefined): Promise<void> {
  const none = new ExpectedError('noKey', vscode.l10n.t('There is no key to copy.'), vscode.l10n.t('Add an environment first.'));
  const target = await pickKey(deps.inventory, node, vscode.l10n.t('Copy Key'), ({ row }) => row.status.kind !== 'expired', none);
  if (target === undefined || !(await isWanted(target, node))) return;
  const refusal = refusalOf('reveal', target.row, target.permissions, new Date());
  if (refusal !== undefined) throw asError(refusal);
  const value = await withProgress(vscode.l10n.t('Reading "{0}"', target.row.key.displayName), (signal) => valueOf(deps, target, signal));
  const seconds = clearAfterSeconds();
  await deps.clipboard.copy(value, seconds * 1_000);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('"{0}" of {1} is on the clipboard, which is cleared in {2} s unless you copy something else.', target.row.key.displayName, target.environment.displayName, seconds),
  );
}

/** Keeps the value of a key here. */
export async function storeKey({ api, vault, inventory }: Deps, node: Node | undefined): Promise<void> {
  const none = new ExpectedError('noKey', vscode.l10n.t('Every key that Stigg shows is stored already.'), vscode.l10n.t('Nothing is left to do.'));
  const target = await pickKey(inventory, node, vscode.l10n.t('Store Key'), isStorable, none);
  if (target === undefined) return;
  const refusal = refusalOf('reveal', target.row, target.permissions, new Date());
  if (refusal !== undefined) throw asError(refusal);
  const { environment, row } = target;
  await withProgress(vscode.l10n.t('Storing "{0}"', row.key.displayName), async (signal) => {
    const secret = await api.revealToken(await managementSecret(vault, environment.id), row.key, signal);
    // What is known of it stays: it may be here by now, or be the key we talk to Stigg with whose value has vanished.
    const before = (await vault.list()).find((entry) => entry.environmentId === environment.id && entry.keyId === row.key.id);
    await vault.save(storedKeyOf(row.key, secret, { retired: before?.retired ?? [], manages: before?.manages ?? null }), secret);
  });
  await inventory.refresh(environment.id);
  void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" of {1} is now kept in {2}.', row.key.displayName, environment.displayName, storeWords(vault.kind)));
}

function isStorable({ row, permissions }: Pick<KeyNode, 'row' | 'permissions'>): boolean {
  return row.stored === null && refusalOf('reveal', row, permissions, new Date()) === undefined;
}

/**
 * Any extension can call a command and read the clipboard afterwards. A row that the sidebar or the panel holds is one that a person has
 * chosen; what was put together elsewhere is asked about.
 */
async function isWanted({ environment, row }: KeyNode, node: Node | undefined): Promise<boolean> {
  if (node?.kind !== 'key' || node.row === row) return true;
  const copy = vscode.l10n.t('Copy Key');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Copy the value of "{0}" of {1} to the clipboard?', row.key.displayName, environment.displayName),
    { modal: true, detail: vscode.l10n.t('Everything that runs on this machine can read the clipboard. Say no if you did not ask for this.') },
    copy,
  );
  return choice === copy;
}

/** From the vault; for a key that is not stored, or whose value vanished, from Stigg. */
export async function valueOf({ api, vault }: { readonly api: Pick<Deps['api'], 'revealToken'>; readonly vault: Pick<Deps['vault'], 'list' | 'read'> }, { environment, row }: KeyNode, signal: AbortSignal): Promise<Secret> {
  const stored = row.stored === null ? undefined : await vault.read(row.stored);
  if (stored !== undefined) return stored;
  if (!row.isListed) {
    throw new ExpectedError('valueMissing', vscode.l10n.t('The value of "{0}" is no longer stored on this machine.', row.key.displayName), vscode.l10n.t('Paste it again with "Add Environment".'));
  }
  return api.revealToken(await managementSecret(vault, environment.id), row.key, signal);
}

function clearAfterSeconds(): number {
  const value: unknown = vscode.workspace.getConfiguration('stiggKeys').get('clipboard.clearAfterSeconds');
  return typeof value === 'number' && value >= 5 && value <= 600 ? value : 60;
}
