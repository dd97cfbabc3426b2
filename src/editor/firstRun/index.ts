import * as vscode from 'vscode';
import type { Inventory } from '../../keys/inventory.js';
import type { ErrorReporter } from '../report.js';

interface Deps {
  readonly inventory: Pick<Inventory, 'snapshot' | 'onDidChange'>;
  readonly reporter: ErrorReporter;
  /** This extension's id, as `publisher.name`. */
  readonly extensionId: string;
}

/** The walkthrough's command, and what ticks its first step off. */
export function registerFirstRun({ inventory, reporter, extensionId }: Deps): vscode.Disposable {
  let had = false;
  const look = (): void => {
    const has = inventory.snapshot.environments.length > 0;
    if (has === had) return;
    had = has;
    void vscode.commands.executeCommand('setContext', 'stiggKeys.hasEnvironments', has);
  };
  return vscode.Disposable.from(
    inventory.onDidChange(look),
    reporter.command('stiggKeys.openWalkthrough', async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#start`, false);
    }),
  );
}
