import * as vscode from 'vscode';
import { isCancelled } from '../../errors.js';
import type { Disposable } from '../../event.js';
import type { KnownKey } from '../../scan/context.js';
import type { Engine } from '../../scan/engine.js';
import type { LiveFindings } from '../diagnostics/deps.js';
import type { FindingNode } from '../findings/nodes.js';
import type { ErrorReporter } from '../report.js';
import { ScanAtStart } from './atStart.js';
import type { ScanFeature } from './feature.js';

const COMMANDS = ['scanWorkspace', 'cancelScan', 'findings.fixSafe', 'findings.copy', 'findings.clear', 'findings.showFixes', 'findings.showMore'];

export interface WorkspaceScanFeatureDeps {
  readonly extensionUri: vscode.Uri;
  readonly engine: () => Promise<Engine>;
  readonly live: LiveFindings;
  readonly knownKeys: { all(): ReadonlyMap<string, KnownKey>; environmentNames(): readonly string[]; readonly onDidChange: (listener: () => void) => Disposable };
  readonly logError: (what: string, error: unknown) => void;
}

/** The scan of the workspace and the Findings view. What they are made of is loaded when the view is seen, or a command is run. */
export function registerWorkspaceScan(deps: WorkspaceScanFeatureDeps & { readonly reporter: ErrorReporter }): vscode.Disposable {
  const { reporter } = deps;
  const changed = new vscode.EventEmitter<undefined>();
  const subscriptions: Disposable[] = [changed];
  const owned = { isDisposed: false as boolean };
  let feature: Promise<ScanFeature> | undefined;
  const make = async (): Promise<ScanFeature> => {
    const made = await (await import('./feature.js')).ScanFeature.create(deps, view);
    if (owned.isDisposed) made.dispose();
    else subscriptions.push(made, made.tree.onDidChange(() => { changed.fire(undefined); }));
    return made;
  };
  const load = (): Promise<ScanFeature> => (feature ??= make());
  const view = vscode.window.createTreeView<FindingNode>('stiggKeys.findings', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => (await load()).tree.getChildren(node),
      getTreeItem: async (node) => (await load()).tree.getTreeItem(node),
      getParent: async (node) => (await load()).tree.getParent(node),
    },
  });
  subscriptions.push(view);
  for (const name of COMMANDS) {
    subscriptions.push(vscode.commands.registerCommand(`stiggKeys.${name}`, async (node?: unknown) => {
      try {
        await (await load()).run(name, node);
      } catch (error) {
        void reporter.show(error);
      }
    }));
  }
  subscriptions.push(new ScanAtStart(() => {
    load().then((made) => made.scanAtStart()).catch((error: unknown) => { if (!isCancelled(error)) deps.logError('Scanning the workspace at the start', error); });
  }));
  return new vscode.Disposable(() => {
    owned.isDisposed = true;
    for (const subscription of subscriptions.splice(0).reverse()) subscription.dispose();
  });
}
