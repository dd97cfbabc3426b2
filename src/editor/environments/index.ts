import * as vscode from 'vscode';
import { Lazy } from '../../lazy.js';
import type { EnvironmentsDeps } from './deps.js';
import type { KeyViewStore } from './keyViewStore.js';
import type { Node } from './nodes.js';
import type { Sidebar } from './sidebar.js';

/** The sidebar and the commands that only look. Its rows are loaded when it is opened, or when there is something to say of a key. */
export function registerEnvironments(deps: EnvironmentsDeps): vscode.Disposable {
  const { inventory, reporter, active } = deps;
  /** Made with the rows, or by the first command that asks: what it hides can only be seen in the view. */
  const store = new Lazy(async () => new (await import('./keyViewStore.js')).KeyViewStore(deps.workspaceState));
  const look = (id: string, run: (store: KeyViewStore) => Promise<void>): vscode.Disposable => reporter.command(id, async () => run(await store.get()));
  const changed = new vscode.EventEmitter<Node[] | undefined>();
  const sidebar = new Lazy<Sidebar>(async () => {
    const [{ Sidebar }, kept] = await Promise.all([import('./sidebar.js'), store.get()]);
    const made = new Sidebar({ inventory, store: kept, active, view });
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
    look('stiggKeys.filterKeys', async (kept) => (await import('./filterCommands.js')).filterKeys(kept)),
    look('stiggKeys.searchKeys', async (kept) => (await import('./filterCommands.js')).searchKeys(kept)),
    look('stiggKeys.sortKeys', async (kept) => (await import('./filterCommands.js')).sortKeys(kept)),
    look('stiggKeys.clearFilter', (kept) => kept.clear()),
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
