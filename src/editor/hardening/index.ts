import * as vscode from 'vscode';
import type { HardeningCommandDeps } from './deps.js';
import { insertCustomerToken } from './insertCustomerToken.js';
import { toggleHardenedAccess } from './toggle.js';

/** Hardened client access: the switch, and the code that it asks for. */
export function registerHardening(deps: HardeningCommandDeps): vscode.Disposable {
  return vscode.Disposable.from(
    deps.reporter.command('stiggKeys.toggleHardenedAccess', (node) => toggleHardenedAccess(deps, node)),
    deps.reporter.command('stiggKeys.insertCustomerToken', () => insertCustomerToken(deps)),
  );
}
