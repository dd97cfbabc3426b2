import * as vscode from 'vscode';
import type { SharedState } from '../../keys/vault.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { KeyCommandDeps } from './deps.js';
import { unfinishedLines, unfinishedWork, type UnfinishedWork } from './unfinishedWork.js';

type Deps = Pick<KeyCommandDeps, 'vault' | 'inventory' | 'reporter' | 'clipboard'> & {
  readonly state: SharedState;
  readonly active: Pick<ActiveEnvironment, 'choose'>;
  /** What is kept with the workspace. */
  readonly workspaceState: Pick<vscode.Memento, 'keys' | 'update'>;
};

/** Every setting of ours; forgetting removes them from the person's settings, too. */
export const SETTINGS = ['vault.store', 'api.endpoint', 'clipboard.clearAfterSeconds', 'diagnostics.enabled', 'diagnostics.rules', 'scan.atStart', 'requests.keyHeader', 'requests.codeLens', 'reminders.enabled', 'reminders.quietHours', 'reminders.maxKeyAgeDays', 'mcp.enabled', 'mcp.endpoint'];

/** Removes every entry, index, journal, note and setting of ours from this machine. At Stigg nothing changes. */
export async function forgetEverything({ vault, inventory, clipboard, state, active, workspaceState }: Deps): Promise<void> {
  const stored = await vault.list();
  const forget = vscode.l10n.t('Forget Everything');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Forget everything that Stigg Key Hygiene keeps on this machine?'),
    { modal: true, detail: detailWords(stored.length, await unfinishedWork(state)) },
    forget,
  );
  if (choice !== forget) return;
  await clipboard.clear();
  // Listed anew: a rotation may have gone on while the question stood there. The values first: should that fail, nothing else is lost.
  for (const key of await vault.list()) await vault.delete(key);
  for (const name of await state.list('')) await state.delete(name);
  await vscode.commands.executeCommand('stiggKeys.clearFilter');
  await active.choose(null);
  for (const name of workspaceState.keys()) await workspaceState.update(name, undefined);
  const settings = vscode.workspace.getConfiguration('stiggKeys');
  for (const name of SETTINGS) {
    if (settings.inspect(name)?.globalValue !== undefined) await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
  }
  await inventory.refresh();
  void vscode.window.showInformationMessage(vscode.l10n.t('Everything was forgotten on this machine.'));
}

function detailWords(values: number, work: UnfinishedWork): string {
  const lines = unfinishedLines(work);
  return [
    vscode.l10n.t('Deleted are all stored values ({0}) and their index; the notes on rotations, creations, remediations of leaks and old values that are followed up; what reminders were given and snoozed; what was learned of permissions; this workspace\'s filter, active environment and the tasks, debug sessions and agents you have agreed to; and the settings of this extension.', values),
    ...(lines.length === 0 ? [] : [[vscode.l10n.t('Nobody goes on with what is unfinished:'), ...lines].join('\n')]),
    vscode.l10n.t('Nothing changes at Stigg: the keys stay valid. In other workspaces a filter, the name of the active environment and what you have agreed to there stay; none of them holds a key.'),
  ].join('\n\n');
}
