import * as vscode from 'vscode';
import type { HardeningCommandDeps } from './deps.js';

/** Hardened client access: the switch, and the code that it asks for. Loaded when they are first used. */
export function registerHardening(deps: HardeningCommandDeps): vscode.Disposable {
  return vscode.Disposable.from(
    deps.reporter.command('stiggKeys.toggleHardenedAccess', async (node) => (await import('./toggle.js')).toggleHardenedAccess(deps, node)),
    deps.reporter.command('stiggKeys.insertCustomerToken', async () => (await import('./insertCustomerToken.js')).insertCustomerToken(deps)),
  );
}
