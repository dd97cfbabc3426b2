import * as vscode from 'vscode';
import { SELECTOR } from '../diagnostics/documents.js';
import { isTooLarge, mayHoldFindings } from '../diagnostics/prefilter.js';
import type { RunRequestDeps } from './deps.js';
import type { RunRequests } from './lenses.js';

export type { RunRequestDeps } from './deps.js';

/** The command that runs the request at the cursor, and the lenses above requests. All else is loaded by the first document that has any. */
export function registerRunRequest(deps: RunRequestDeps): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => { changed.fire(); };
  let feature: Promise<RunRequests> | undefined;
  const make = async (): Promise<RunRequests> => new (await import('./lenses.js')).RunRequests(deps, fire);
  const load = (): Promise<RunRequests> => (feature ??= make());

  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) => {
      const isWanted = vscode.workspace.isTrusted && vscode.workspace.getConfiguration('stiggKeys', document).get<boolean>('requests.codeLens', true);
      return isWanted && mayHoldRequests(document, deps.endpoint) ? (await load()).lenses(document) : [];
    },
  };
  return vscode.Disposable.from(
    changed,
    deps.reporter.command('stiggKeys.runRequest', async (_node, ...place) => {
      const { runner } = await load();
      await runner.run((await import('./lenses.js')).placeOf(place));
    }),
    vscode.languages.registerCodeLensProvider(SELECTOR, provider),
    deps.active.onDidChange(fire),
    deps.inventory.onDidChange(fire),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.workspace.onDidChangeConfiguration((event) => { if (event.affectsConfiguration('stiggKeys')) fire(); }),
    { dispose: () => void feature?.then((loaded) => { loaded.dispose(); }, () => undefined) },
  );
}

/** Cheap: one search of the text, before anything is loaded. */
function mayHoldRequests(document: vscode.TextDocument, endpoint: () => string): boolean {
  const text = document.getText();
  if (isTooLarge(text.length)) return false;
  return mayHoldFindings(text) || text.includes(hostOf(endpoint));
}

function hostOf(endpoint: () => string): string {
  try {
    return new URL(endpoint()).host;
  } catch {
    return 'api.stigg.io';
  }
}
