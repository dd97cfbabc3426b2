import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { Node } from '../environments/nodes.js';
import type { KeyCommandDeps } from '../keyCommands/deps.js';
import { activeOrPicked, currentKey } from '../keyCommands/pick.js';
import { openTerminalWithKey } from './openTerminal.js';
import type { TerminalsWithKeys } from './terminalsWithKeys.js';

type Deps = Pick<KeyCommandDeps, 'vault' | 'inventory' | 'reporter'> & { readonly terminals: TerminalsWithKeys; readonly active: ActiveEnvironment };

/** The command that opens a terminal with an environment's key. */
export function registerTerminal(deps: Deps): vscode.Disposable {
  return deps.reporter.command('stiggKeys.openTerminal', (node) => openTerminal(deps, node));
}

/** With the key it was chosen on; for an environment, the active one if none was chosen, with the key that is stored for it. */
async function openTerminal({ vault, inventory, terminals, active }: Deps, node: Node | undefined): Promise<void> {
  const chosen = node?.kind === 'key' ? currentKey(inventory, node) : undefined;
  if (chosen !== undefined && chosen.row.stored !== null) {
    terminals.remember(await openTerminalWithKey({ vault }, chosen.environment, chosen.row.stored), chosen.row.stored.fingerprint);
    return;
  }
  const row = await activeOrPicked(inventory, node, vscode.l10n.t('Open Terminal with Key'), active);
  if (row === undefined) return;
  const key = managementKeyOf(await vault.list(), row.environment.id);
  if (key === undefined) {
    throw new ExpectedError('valueMissing', vscode.l10n.t('No key of {0} is stored on this machine.', row.environment.displayName), vscode.l10n.t('Add the environment again and paste a key.'));
  }
  terminals.remember(await openTerminalWithKey({ vault }, row.environment, key), key.fingerprint);
}
