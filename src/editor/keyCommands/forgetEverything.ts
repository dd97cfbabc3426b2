import * as vscode from 'vscode';
import type { SharedState } from '../../keys/vault.js';
import type { KeyCommandDeps } from './deps.js';

type Deps = Pick<KeyCommandDeps, 'vault' | 'inventory' | 'reporter' | 'clipboard'> & { readonly state: SharedState };

/** Every setting of ours; forgetting removes them from the person's settings, too. */
const SETTINGS = ['vault.store', 'api.endpoint', 'clipboard.clearAfterSeconds', 'diagnostics.enabled', 'requests.keyHeader', 'reminders.enabled', 'reminders.quietHours', 'reminders.maxKeyAgeDays'];

export function registerForgetEverything(deps: Deps): vscode.Disposable {
  return deps.reporter.command('stiggKeys.forgetEverything', () => forgetEverything(deps));
}

/** Removes every entry, index, journal and setting of ours from this machine. At Stigg nothing changes. */
async function forgetEverything({ vault, inventory, clipboard, state }: Deps): Promise<void> {
  const stored = await vault.list();
  const forget = vscode.l10n.t('Forget Everything');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Forget everything that Stigg Key Hygiene keeps on this machine?'),
    {
      modal: true,
      detail: vscode.l10n.t('All stored values ({0}), their index, unfinished rotations and the settings of this extension are deleted. Nothing changes at Stigg: the keys stay valid.', stored.length),
    },
    forget,
  );
  if (choice !== forget) return;
  await clipboard.clear();
  for (const key of stored) await vault.delete(key);
  for (const name of await state.list('')) await state.delete(name);
  const settings = vscode.workspace.getConfiguration('stiggKeys');
  for (const name of SETTINGS) {
    if (settings.inspect(name)?.globalValue !== undefined) await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
  }
  await inventory.refresh();
  void vscode.window.showInformationMessage(vscode.l10n.t('Everything was forgotten on this machine.'));
}
