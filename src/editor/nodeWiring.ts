import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { LazyVault } from '../keys/lazyVault.js';
import type { SharedState, Vault } from '../keys/vault.js';
import type { UsagesDeps } from './usages/deps.js';
import { createUsages } from './usages/index.js';
import type { Usages } from './usages/usages.js';
import { userFolder } from './wiring.js';

/** The vault that the person chose. Nothing is loaded or read before it is used. */
export function createVault(context: vscode.ExtensionContext, state: SharedState): Vault {
  const store = vscode.workspace.getConfiguration('stiggKeys').get<string>('vault.store', 'keychain');
  if (store === 'secretStorage') {
    return new LazyVault({ kind: 'secretStorage', state, load: async () => new (await import('../keys/secretStorageVault.js')).SecretStorageVault({ secrets: context.secrets, state }) });
  }
  const bindings = vscode.Uri.joinPath(context.extensionUri, 'dist', 'keytar').fsPath;
  return new LazyVault({
    kind: 'keychain', state,
    load: async () => {
      const [{ KeychainVault }, { loadKeytar }] = await Promise.all([import('../keys/keychainVault.js'), import('../keys/keytarLoader.js')]);
      return new KeychainVault({ load: () => loadKeytar(bindings), state });
    },
  });
}

/** Finds and mends places that hold a key, also in the person's own configurations on the machine that the extension runs on. */
export function createWorkspaceUsages(context: vscode.ExtensionContext, deps: Pick<UsagesDeps, 'engine' | 'terminals' | 'knownKey' | 'logError'>): Usages {
  return createUsages({
    ...deps,
    home: homeFolder(),
    platform: process.platform,
    userFolder: userFolder(context),
    isRemoteWorkspace: vscode.env.remoteName !== undefined && context.extension.extensionKind === vscode.ExtensionKind.UI,
  });
}

/** The home folder of the machine that the extension runs on. */
export function homeFolder(): vscode.Uri {
  return vscode.Uri.file(homedir());
}
