import type * as vscode from 'vscode';
import type { OpenTerminalDeps } from './openTerminalCommand.js';

/** The command that opens a terminal with an environment's keys. Loaded when it is first run. */
export function registerTerminal(deps: OpenTerminalDeps): vscode.Disposable {
  return deps.reporter.command('stiggKeys.openTerminal', async (node) => (await import('./openTerminalCommand.js')).openTerminal(deps, node));
}
