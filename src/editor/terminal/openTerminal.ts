import * as vscode from 'vscode';
import { environmentChanges, type InjectedKeys } from '../../inject/variables.js';
import type { Vault } from '../../keys/vault.js';
import { handoverLines, readKeys, requireTrust, type Handover } from '../injection/handover.js';

/** What opening a terminal needs from the rest of the extension. */
export interface TerminalDeps {
  readonly vault: Pick<Vault, 'read'>;
  readonly now: () => Date;
}

/**
 * The options of a terminal whose environment alone holds the keys. VS Code masks nothing of what a terminal shows: no API lets an extension
 * change the output of a shell.
 *
 * @returns also what takes the values out of the options again: every extension may read a terminal's creation options, which are this very object
 */
export function terminalOptions(handover: Handover, keys: InjectedKeys, folder: vscode.WorkspaceFolder | undefined, now: Date): { readonly options: vscode.TerminalOptions; readonly empty: () => void } {
  const changes = environmentChanges(handover.names, keys);
  const env = Object.fromEntries([...changes].map(([name, secret]) => [name, secret === null ? null : secret.reveal()]));
  const { environment } = handover;
  const severalFolders = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const options: vscode.TerminalOptions = {
    name: `Stigg: ${environment.displayName}`,
    env,
    // The folder whose variables these are; with one folder the person's settings decide.
    ...(severalFolders && folder !== undefined ? { cwd: folder.uri } : {}),
    // VS Code stores the launch configuration of other terminals on disk, environment included.
    isTransient: true,
    iconPath: new vscode.ThemeIcon('key'),
    color: new vscode.ThemeColor(environment.type === 'PRODUCTION' ? 'terminal.ansiRed' : 'terminal.ansiGreen'),
    message: [...handoverLines(handover, now), vscode.l10n.t('In this terminal only. What programs print here is not masked.')].join('\r\n'),
  };
  return { options, empty: () => { for (const name of Object.keys(env)) env[name] = null; } };
}

/**
 * Opens a terminal whose environment alone holds the keys. Rejects with an ExpectedError when there is no value to
 * hand over; the vault's own errors (locked, unavailable) pass through.
 */
export async function openTerminalWithKey({ vault, now }: TerminalDeps, handover: Handover, folder?: vscode.WorkspaceFolder): Promise<vscode.Terminal> {
  requireTrust();
  const { options, empty } = terminalOptions(handover, await readKeys(vault, handover), folder, now());
  const terminal = vscode.window.createTerminal(options);
  // VS Code has sent them to the terminal by now.
  empty();
  terminal.show();
  return terminal;
}
