import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { managementSecret, storedKeyOf } from '../../keys/storedKey.js';
import type { KeyNode, Node } from '../environments/nodes.js';
import { withProgress } from '../report.js';
import type { KeyCommandDeps } from './deps.js';
import { pickKey } from './pick.js';
import type { Secret } from '../../secret.js';

type Deps = Pick<KeyCommandDeps, 'api' | 'vault' | 'inventory' | 'reporter' | 'clipboard'>;

/** The commands that handle a key's value: copy it, or keep it here. */
export function registerKeyValueCommands(deps: Deps): vscode.Disposable {
  return vscode.Disposable.from(
    deps.reporter.command('stiggKeys.copyKey', (node?: Node) => copyKey(deps, node)),
    deps.reporter.command('stiggKeys.storeKey', (node?: Node) => storeKey(deps, node)),
  );
}

async function copyKey(deps: Deps, node: Node | undefined): Promise<void> {
  const none = new ExpectedError('noKey', vscode.l10n.t('There is no key to copy.'), vscode.l10n.t('Add an environment first.'));
  const target = await pickKey(deps.inventory, node, vscode.l10n.t('Copy Key'), ({ row }) => row.status.kind !== 'expired', none);
  if (target === undefined) return;
  const value = await withProgress(vscode.l10n.t('Reading "{0}"', target.row.key.displayName), (signal) => valueOf(deps, target, signal));
  const seconds = clearAfterSeconds();
  await deps.clipboard.copy(value, seconds * 1_000);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('"{0}" of {1} is on the clipboard, which is cleared in {2} s unless you copy something else.', target.row.key.displayName, target.environment.displayName, seconds),
  );
}

async function storeKey({ api, vault, inventory }: Deps, node: Node | undefined): Promise<void> {
  const none = new ExpectedError('noKey', vscode.l10n.t('Every key that Stigg shows is stored already.'), vscode.l10n.t('Nothing is left to do.'));
  const target = await pickKey(inventory, node, vscode.l10n.t('Keep Key in Keychain'), ({ row }) => row.stored === null && row.status.kind !== 'expired' && row.isListed, none);
  if (target === undefined) return;
  const { environment, row } = target;
  await withProgress(vscode.l10n.t('Storing "{0}"', row.key.displayName), async (signal) => {
    const secret = await api.revealToken(await managementSecret(vault, environment.id), row.key, signal);
    await vault.save(storedKeyOf(row.key, secret), secret);
  });
  await inventory.refresh(environment.id);
  void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" of {1} is now kept in the keychain.', row.key.displayName, environment.displayName));
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
