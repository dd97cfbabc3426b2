import * as vscode from 'vscode';
import { Lazy } from '../../lazy.js';
import type { EnvironmentsDeps } from './deps.js';
import { KeyViewStore } from './keyViewStore.js';
import type { Node } from './nodes.js';
import type { Sidebar } from './sidebar.js';

/** The sidebar and the commands that only look. Its rows are loaded when it is opened, or when there is something to say of a key. */
export function registerEnvironments(deps: EnvironmentsDeps): vscode.Disposable {
  const { inventory, reporter, active } = deps;
  const store = new KeyViewStore(deps.workspaceState);
  const changed = new vscode.EventEmitter<Node[] | undefined>();
  const sidebar = new Lazy<Sidebar>(async () => {
    const { Sidebar } = await import('./sidebar.js');
    const made = new Sidebar({ inventory, store, active, view });
    made.tree.onDidChangeTreeData((nodes) => { changed.fire(nodes); });
    return made;
  });
  const view: vscode.TreeView<Node> = vscode.window.createTreeView('stiggKeys.environments', { treeDataProvider: rows(sidebar, changed.event), showCollapseAll: true });
  return vscode.Disposable.from(
    view,
    sidebar,
    changed,
    store,
    // The badge says what needs attention, whether the view is open or not.
    inventory.onDidChange(() => { if (sidebar.made === undefined) sidebar.get().catch((error: unknown) => void reporter.show(error)); }),
    reporter.command('stiggKeys.filterKeys', async () => (await import('./filterCommands.js')).filterKeys(store)),
    reporter.command('stiggKeys.searchKeys', async () => (await import('./filterCommands.js')).searchKeys(store)),
    reporter.command('stiggKeys.sortKeys', async () => (await import('./filterCommands.js')).sortKeys(store)),
    reporter.command('stiggKeys.clearFilter', () => store.clear()),
    // Not in the palette: other features of ours show a row by it.
    reporter.command('stiggKeys.revealNode', async (node) => (await sidebar.get()).reveal(node)),
    reporter.command('stiggKeys.showMoreKeys', async (node) => (await sidebar.get()).showMore(node)),
    reporter.command('stiggKeys.explainActions', async (node) => (await import('./explainActions.js')).explainActions(inventory, node)),
    reporter.command('stiggKeys.refresh', async (node) => (await import('./lookCommands.js')).refresh(deps, node)),
    reporter.command('stiggKeys.openConsole', async (node) => (await import('./lookCommands.js')).openConsole(deps, node)),
  );
}

/** VS Code asks about a row only after it got it from `getChildren`, so that there is a sidebar by then. */
function rows(sidebar: Lazy<Sidebar>, onDidChangeTreeData: vscode.Event<Node[] | undefined>): vscode.TreeDataProvider<Node> {
  return {
    onDidChangeTreeData,
    getChildren: async (node) => (await sidebar.get()).tree.getChildren(node),
    getTreeItem: (node) => sidebar.made?.tree.getTreeItem(node) ?? new vscode.TreeItem(''),
    getParent: (node) => sidebar.made?.tree.getParent(node),
    resolveTreeItem: (item, node) => sidebar.made?.tree.resolveTreeItem(item, node) ?? item,
  };
}
