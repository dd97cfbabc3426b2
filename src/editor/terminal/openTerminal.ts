import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Environment } from '../../keys/model.js';
import type { StoredKey, Vault } from '../../keys/vault.js';

/** What opening a terminal needs from the rest of the extension. */
export interface TerminalDeps {
  readonly vault: Pick<Vault, 'read'>;
}

const SERVER_VARIABLE = 'STIGG_SERVER_API_KEY';
const CLIENT_VARIABLE = 'STIGG_CLIENT_API_KEY';

/**
 * Variables that may still hold another environment's key, from the shell VS Code was started in. They are unset, or a
 * script in this terminal would talk to two environments at once.
 */
const STALE_VARIABLES: readonly string[] = [SERVER_VARIABLE, CLIENT_VARIABLE, 'STIGG_API_KEY', 'STIGG_PUBLISHABLE_KEY', 'STIGG_FULL_ACCESS_KEY'];

/**
 * Opens a terminal whose environment alone holds the key. Rejects with an ExpectedError when there is no value to
 * hand over; the vault's own errors (locked, unavailable) pass through.
 */
export async function openTerminalWithKey(deps: TerminalDeps, environment: Environment, key: StoredKey): Promise<vscode.Terminal> {
  if (!vscode.workspace.isTrusted) {
    throw new ExpectedError(
      'workspaceNotTrusted',
      vscode.l10n.t('No terminal with a key is opened in Restricted Mode: scripts of this workspace could read the key.'),
      vscode.l10n.t('Trust the workspace first.'),
    );
  }
  const secret = await deps.vault.read(key);
  if (secret === undefined) {
    throw new ExpectedError(
      'valueMissing',
      vscode.l10n.t('The value of "{0}" ({1}) is no longer stored on this machine.', key.displayName, environment.displayName),
      vscode.l10n.t('Use "Keep Key in Keychain" on the key, or add the environment again, and paste it.'),
    );
  }
  const variable = key.type === 'CLIENT' ? CLIENT_VARIABLE : SERVER_VARIABLE;
  const env: Record<string, string | null> = Object.fromEntries(STALE_VARIABLES.map((name) => [name, null]));
  env[variable] = secret.reveal();
  const terminal = vscode.window.createTerminal({
    name: `Stigg: ${environment.displayName}`,
    env,
    // VS Code stores the launch configuration of other terminals on disk, environment included.
    isTransient: true,
    iconPath: new vscode.ThemeIcon('key'),
    color: new vscode.ThemeColor(environment.type === 'PRODUCTION' ? 'terminal.ansiRed' : 'terminal.ansiGreen'),
    message: greeting(environment, key, variable, secret.mask),
  });
  // Every extension may read a terminal's creation options. VS Code has sent them to the terminal by now and keeps this
  // very object, so the value is taken out again.
  env[variable] = null;
  terminal.show();
  return terminal;
}

function greeting(environment: Environment, key: StoredKey, variable: string, mask: string): string {
  const where = vscode.l10n.t('{0} holds {1} ({2}) of {3}, in this terminal only.', variable, key.displayName, mask, environment.displayName);
  const lines = environment.type === 'PRODUCTION' ? [vscode.l10n.t('PRODUCTION: what you run here acts on real customers.'), where] : [where];
  if (key.expireAt !== null && Date.parse(key.expireAt) <= Date.now()) {
    lines.push(vscode.l10n.t('This key has expired: Stigg will answer 401.'));
  }
  return lines.join('\r\n');
}
