import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Environment } from '../../keys/model.js';
import type { StoredKey } from '../../keys/vault.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { Node } from '../environments/nodes.js';
import type { KeyCommandDeps } from '../keyCommands/deps.js';
import { activeOrPicked, currentKey } from '../keyCommands/pick.js';
import { handoverOf, requireTrust } from '../injection/handover.js';
import { currentFolder, namesIn } from '../injection/names.js';
import { openTerminalWithKey } from './openTerminal.js';
import type { TerminalsWithKeys } from './terminalsWithKeys.js';

export type OpenTerminalDeps = Pick<KeyCommandDeps, 'vault' | 'inventory' | 'reporter' | 'now'> & { readonly terminals: TerminalsWithKeys; readonly active: ActiveEnvironment };

/** With the key it was chosen on; for an environment, the active one if none was chosen, with the keys that are stored for it. */
export async function openTerminal(deps: OpenTerminalDeps, node: Node | undefined): Promise<void> {
  requireTrust();
  const chosen = node?.kind === 'key' ? currentKey(deps.inventory, node) : undefined;
  if (chosen !== undefined && chosen.row.stored !== null) return open(deps, chosen.environment, chosen.row.stored);
  const row = await activeOrPicked(deps.inventory, node, vscode.l10n.t('Open Terminal with Key'), deps.active);
  if (row !== undefined) await open(deps, row.environment);
}

async function open({ vault, terminals, now }: OpenTerminalDeps, environment: Environment, chosen?: StoredKey): Promise<void> {
  const folder = currentFolder();
  const handover = handoverOf(await vault.list(), environment, await namesIn(folder?.uri), chosen);
  if (chosen !== undefined && chosen !== handover.server && chosen !== handover.publishable) {
    throw new ExpectedError('noVariable', vscode.l10n.t('This project reads keys of that kind under no name.'), vscode.l10n.t('See "variables" in .stigg-keys.json.'));
  }
  const terminal = await openTerminalWithKey({ vault, now }, handover, folder);
  terminals.remember(terminal, [handover.server, handover.publishable].flatMap((key) => (key === undefined ? [] : [key.fingerprint])));
}
