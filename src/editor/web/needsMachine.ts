import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { ErrorReporter } from '../report.js';

/** Commands of ours that start programs or read files of the computer. Menus leave them out in a browser; links, key bindings and walkthroughs may still name them. */
const COMMANDS = ['stiggKeys.openTerminal', 'stiggKeys.moveEnvSecrets', 'stiggKeys.writeEnvFile', 'stiggKeys.replaceMcpKeys', 'stiggKeys.forgetConsents'];

/** What a browser cannot do says so. */
export function registerNeedsMachine(reporter: Pick<ErrorReporter, 'command'>): vscode.Disposable {
  return vscode.Disposable.from(...COMMANDS.map((id) => reporter.command(id, () => Promise.reject(new ExpectedError(
    'needsMachine',
    vscode.l10n.t('This needs programs and files of your computer, which VS Code in a browser does not reach.'),
    vscode.l10n.t('Open the folder with VS Code on the desktop.'),
  )))));
}
