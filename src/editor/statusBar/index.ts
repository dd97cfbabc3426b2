import * as vscode from 'vscode';
import type { Inventory } from '../../keys/inventory.js';
import { Lazy } from '../../lazy.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { ErrorReporter } from '../report.js';

interface Deps {
  readonly inventory: Inventory;
  readonly active: ActiveEnvironment;
  readonly reporter: Pick<ErrorReporter, 'command' | 'show'>;
}

/** Beside the branch of git, which also says where what one does will land. */
const PRIORITY = 90;

/**
 * The active environment in the status bar, and the command that chooses it. It shows what is known: the choice that was kept, and the
 * inventory once somebody has looked at it. It never asks the keychain or Stigg by itself.
 */
export function registerStatusBar({ inventory, active, reporter }: Deps): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('stiggKeys.activeEnvironment', vscode.StatusBarAlignment.Left, PRIORITY);
  item.name = vscode.l10n.t('Stigg Environment');
  const look = new Lazy(() => import('./look.js'));
  const show = (): void => {
    const { snapshot } = inventory;
    // Before anybody has chosen or looked there is nothing to say, and nothing is loaded to say it.
    if (active.chosen === undefined && !snapshot.loaded && snapshot.vaultError === null) item.hide();
    else if (look.made === undefined) look.get().then(show).catch((error: unknown) => void reporter.show(error));
    else look.made.showIn(item, snapshot, active);
  };
  show();
  return vscode.Disposable.from(
    item,
    look,
    inventory.onDidChange(show),
    active.onDidChange(show),
    reporter.command('stiggKeys.selectEnvironment', () => selectEnvironment(inventory, active)),
  );
}

async function selectEnvironment(inventory: Inventory, active: ActiveEnvironment): Promise<void> {
  const { pickEnvironment } = await import('../keyCommands/pick.js');
  const none = vscode.l10n.t('None: ask each time');
  const row = await pickEnvironment(inventory, undefined, vscode.l10n.t('Select the Active Environment'), { active, always: true, none });
  if (row !== undefined) await active.choose(row === 'none' ? null : row.environment);
}
