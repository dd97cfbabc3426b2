import * as vscode from 'vscode';
import { LazyVault } from '../../keys/lazyVault.js';
import type { SharedState, Vault } from '../../keys/vault.js';
import { NoKeychain } from './noKeychain.js';

/** VS Code's secret storage where the person has chosen it; otherwise keys are kept nowhere, and the view says so. */
export function createBrowserVault(context: vscode.ExtensionContext, state: SharedState): Vault {
  if (vscode.workspace.getConfiguration('stiggKeys').get<string>('vault.store', 'keychain') !== 'secretStorage') return new NoKeychain();
  return new LazyVault({ kind: 'secretStorage', state, load: async () => new (await import('../../keys/secretStorageVault.js')).SecretStorageVault({ secrets: context.secrets, state }) });
}
