import * as vscode from 'vscode';
import type { Inventory } from '../../keys/inventory.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import { markdownText } from '../markdownText.js';
import type { ErrorReporter } from '../report.js';
import { statusLook } from './health.js';

interface Deps {
  readonly inventory: Inventory;
  readonly active: ActiveEnvironment;
  readonly reporter: Pick<ErrorReporter, 'command'>;
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
  const show = (): void => {
    const look = statusLook(inventory.snapshot, active.row, active.chosen);
    if (look === undefined) {
      item.hide();
      return;
    }
    item.text = look.text;
    item.backgroundColor = look.isProduction ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.tooltip = new vscode.MarkdownString(look.lines.map(markdownText).join('\n\n'));
    item.command = look.command;
    item.accessibilityInformation = { label: [look.text.replace(/^\$\([a-z~-]{1,40}\) /, ''), ...look.lines].join(' '), role: 'button' };
    item.show();
  };
  show();
  return vscode.Disposable.from(
    item,
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
