import * as vscode from 'vscode';
import { FOLLOW_UP } from '../../keys/followUpName.js';
import type { Inventory } from '../../keys/inventory.js';
import type { SharedState, Vault } from '../../keys/vault.js';
import { Lazy } from '../../lazy.js';
import type { ErrorReporter } from '../report.js';
import type { TerminalsWithKeys } from '../terminal/terminalsWithKeys.js';
import type { Usages } from '../usages/usages.js';
import type { AfterRotation } from './afterRotation.js';
import type { Leftovers } from './leftovers.js';
import type { LeftoverNode } from './nodes.js';

export interface AfterRotationDeps {
  readonly state: SharedState;
  readonly vault: Vault;
  readonly inventory: Inventory;
  readonly usages: Usages;
  readonly terminals: TerminalsWithKeys;
  readonly reporter: ErrorReporter;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

/** What others use of it. */
export type LeftoversService = Pick<Leftovers, 'begin' | 'subjects' | 'onDidChange'>;

/** The ends of the ids of the view's commands. `showTerminal` is not in package.json: rows call it. */
const COMMANDS = ['search', 'replaceAll', 'replaceFile', 'dismiss', 'endNow', 'extend', 'openTerminal', 'closeTerminal', 'showTerminal'] as const;
export type LeftoverCommand = (typeof COMMANDS)[number];

/**
 * What follows a rotation: where the old value still stands, until it is gone or has ended. The view is there only while there is something;
 * all of it is loaded when something is written down, by this window or another, or when somebody asks for the usages of a key.
 */
export function registerAfterRotation(deps: AfterRotationDeps): { readonly leftovers: LeftoversService; dispose(): void } {
  const { state, inventory, reporter } = deps;
  const changed = new vscode.EventEmitter<undefined>();
  const feature = new Lazy<AfterRotation>(async () => {
    const { AfterRotation } = await import('./afterRotation.js');
    const made = new AfterRotation(deps, view);
    made.leftovers.onDidChange(() => { changed.fire(undefined); });
    return made;
  });
  const view: vscode.TreeView<LeftoverNode> = vscode.window.createTreeView('stiggKeys.leftovers', { treeDataProvider: rows(feature, changed.event), showCollapseAll: true });
  const reportError = (error: unknown): void => void reporter.show(error);
  const run = async (name: LeftoverCommand, row: unknown): Promise<void> => {
    const [{ leftovers }, { LEFTOVER_COMMANDS }] = await Promise.all([feature.get(), import('./commands.js')]);
    await LEFTOVER_COMMANDS[name]({ leftovers, inventory }, row);
  };
  const owned = vscode.Disposable.from(
    view, feature, changed,
    state.onDidChange((name) => { if (name.startsWith(FOLLOW_UP) && feature.made === undefined) feature.get().catch(reportError); }),
    reporter.command('stiggKeys.findUsages', async (node) => {
      const [{ leftovers }, { findUsages }] = await Promise.all([feature.get(), import('./commands.js')]);
      await findUsages({ leftovers, inventory }, node);
    }),
    ...COMMANDS.map((name) => vscode.commands.registerCommand(`stiggKeys.leftovers.${name}`, (row?: unknown) => run(name, row).catch(reportError))),
  );
  void state.list(FOLLOW_UP).then(async (left) => { if (left.length > 0) await feature.get(); }).catch(reportError);
  return {
    leftovers: {
      begin: async (...args) => (await feature.get()).leftovers.begin(...args),
      get subjects() { return feature.made?.leftovers.subjects ?? []; },
      onDidChange: changed.event,
    },
    dispose: () => { owned.dispose(); },
  };
}

/** VS Code asks about a row only after it got it from `getChildren`, so that all is loaded by then. */
function rows(feature: Lazy<AfterRotation>, onDidChangeTreeData: vscode.Event<undefined>): vscode.TreeDataProvider<LeftoverNode> {
  return {
    onDidChangeTreeData,
    // The view is not there while there is nothing to show.
    getChildren: (node) => feature.made?.tree.getChildren(node) ?? [],
    getTreeItem: (node) => feature.made?.tree.getTreeItem(node) ?? new vscode.TreeItem(''),
    getParent: (node) => feature.made?.tree.getParent(node),
  };
}
