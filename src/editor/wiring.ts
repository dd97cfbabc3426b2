import * as vscode from 'vscode';
import type { Disposable } from '../event.js';
import { DEFAULT_ENDPOINT } from '../keys/graphql/endpoint.js';
import type { StiggApi } from '../keys/stiggApi.js';
import { Lazy } from '../lazy.js';
import type { Engine } from '../scan/engine.js';

/** The endpoint setting as it stands: of the person alone, because its scope is the application. */
export function endpointSetting(): string {
  return vscode.workspace.getConfiguration('stiggKeys').get<string>('api.endpoint', DEFAULT_ENDPOINT);
}

/**
 * Stigg at the endpoint that is set at the time of each call, so that a changed setting needs no restart, and a bad one is an
 * error of the call rather than of the extension's start. The client is loaded by the first call.
 * `fetch` is looked up at each call: VS Code replaces the global one by one that knows its proxy and certificate settings.
 */
export function createApi(log: vscode.LogOutputChannel, fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args)): StiggApi {
  let current: { readonly endpoint: string; readonly api: StiggApi } | undefined;
  const api = async (): Promise<StiggApi> => {
    const { createGraphqlApi } = await import('../keys/graphqlApi.js');
    const endpoint = endpointSetting();
    if (current?.endpoint !== endpoint) {
      current = { endpoint, api: createGraphqlApi({ endpoint, fetch, log: (line) => { log.debug(line); } }) };
    }
    return current.api;
  };
  return {
    probe: async (...args) => (await api()).probe(...args),
    environmentOf: async (...args) => (await api()).environmentOf(...args),
    listKeys: async (...args) => (await api()).listKeys(...args),
    revealToken: async (...args) => (await api()).revealToken(...args),
    rotateKey: async (...args) => (await api()).rotateKey(...args),
    updateKey: async (...args) => (await api()).updateKey(...args),
    setHardenedClientAccess: async (...args) => (await api()).setHardenedClientAccess(...args),
    revokeKey: async (...args) => (await api()).revokeKey(...args),
    createScopedKey: async (...args) => (await api()).createScopedKey(...args),
    keyScopes: async (...args) => (await api()).keyScopes(...args),
    availableScopes: async (...args) => (await api()).availableScopes(...args),
    keyActivity: async (...args) => (await api()).keyActivity(...args),
  };
}

/** The engine, loaded with its grammars by the first document that needs it. */
export function createEngine(context: vscode.ExtensionContext, own: <T extends Disposable>(resource: T) => T): () => Promise<Engine> {
  const engine = own(new Lazy(async () => {
    const { Engine } = await import('../scan/engine.js');
    const wasm = vscode.Uri.joinPath(context.extensionUri, 'dist', 'wasm');
    return new Engine({ readWasm: async (name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(wasm, name)) });
  }));
  return () => engine.get();
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
