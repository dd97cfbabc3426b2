import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../event.js';
import { createGraphqlApi } from '../keys/graphqlApi.js';
import { DEFAULT_ENDPOINT } from '../keys/graphql/endpoint.js';
import { KeychainVault } from '../keys/keychainVault.js';
import { loadKeytar } from '../keys/keytarLoader.js';
import { SecretStorageVault } from '../keys/secretStorageVault.js';
import type { StiggApi } from '../keys/stiggApi.js';
import type { SharedState, Vault } from '../keys/vault.js';
import type { Engine } from '../scan/engine.js';
import type { UsagesDeps } from './usages/deps.js';
import { createUsages } from './usages/index.js';
import type { Usages } from './usages/usages.js';

/** The endpoint setting as it stands: of the person alone, because its scope is the application. */
export function endpointSetting(): string {
  return vscode.workspace.getConfiguration('stiggKeys').get<string>('api.endpoint', DEFAULT_ENDPOINT);
}

/** The vault that the person chose. Nothing is loaded or read before it is used. */
export function createVault(context: vscode.ExtensionContext, state: SharedState): Vault {
  const store = vscode.workspace.getConfiguration('stiggKeys').get<string>('vault.store', 'keychain');
  if (store === 'secretStorage') return new SecretStorageVault({ secrets: context.secrets, state });
  const bindings = vscode.Uri.joinPath(context.extensionUri, 'dist', 'keytar').fsPath;
  return new KeychainVault({ load: () => loadKeytar(bindings), state });
}

/**
 * Stigg at the endpoint that is set at the time of each call, so that a changed setting needs no restart, and a bad one is an
 * error of the call rather than of the extension's start.
 */
export function createApi(log: vscode.LogOutputChannel): StiggApi {
  let current: { readonly endpoint: string; readonly api: StiggApi } | undefined;
  const api = (): StiggApi => {
    const endpoint = endpointSetting();
    if (current?.endpoint !== endpoint) {
      // Looked up at each call: VS Code replaces the global fetch by one that knows its proxy and certificate settings.
      const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args);
      current = { endpoint, api: createGraphqlApi({ endpoint, fetch, log: (line) => { log.debug(line); } }) };
    }
    return current.api;
  };
  return {
    probe: async (...args) => api().probe(...args),
    environmentOf: async (...args) => api().environmentOf(...args),
    listKeys: async (...args) => api().listKeys(...args),
    revealToken: async (...args) => api().revealToken(...args),
    rotateKey: async (...args) => api().rotateKey(...args),
    updateKey: async (...args) => api().updateKey(...args),
    setHardenedClientAccess: async (...args) => api().setHardenedClientAccess(...args),
    revokeKey: async (...args) => api().revokeKey(...args),
    createScopedKey: async (...args) => api().createScopedKey(...args),
    keyScopes: async (...args) => api().keyScopes(...args),
    availableScopes: async (...args) => api().availableScopes(...args),
    keyActivity: async (...args) => api().keyActivity(...args),
  };
}

/** The engine, loaded with its grammars by the first document that needs it. */
export function createEngine(context: vscode.ExtensionContext, own: <T extends Disposable>(resource: T) => T): () => Promise<Engine> {
  let engine: Promise<Engine> | undefined;
  const load = async (): Promise<Engine> => {
    const { Engine } = await import('../scan/engine.js');
    const wasm = vscode.Uri.joinPath(context.extensionUri, 'dist', 'wasm');
    return own(new Engine({ readWasm: async (name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(wasm, name)) }));
  };
  return () => (engine ??= load());
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

/** VS Code's `User` folder: global storage is `User/globalStorage/<id>`, on every platform. */
export function userFolder(context: Pick<vscode.ExtensionContext, 'globalStorageUri'>): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, '..', '..');
}

/** Which vault is used is decided at the start; changing it asks for a restart instead of mixing two of them. */
export function restartOnChange(): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(async (event) => {
    if (!event.affectsConfiguration('stiggKeys.vault.store')) return;
    const reload = vscode.l10n.t('Reload Window');
    const choice = await vscode.window.showInformationMessage(vscode.l10n.t('The place where keys are kept changes after a reload. Keys stay where they are: add the environments again, and forget the old ones.'), reload);
    if (choice === reload) await vscode.commands.executeCommand('workbench.action.reloadWindow');
  });
}
