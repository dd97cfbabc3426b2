import * as vscode from 'vscode';
import type { InventorySnapshot } from '../../keys/inventory.js';
import type { Environment } from '../../keys/model.js';
import type { KeyCommandDeps } from '../keyCommands/deps.js';
import { pickEnvironment } from '../keyCommands/pick.js';
import type { Node } from './nodes.js';
import { EnvironmentTree } from './tree.js';

type Deps = Pick<KeyCommandDeps, 'inventory' | 'reporter'> & {
  readonly consoleUrl: (environment: Environment) => string;
};

/** The sidebar and the commands that only look. */
export function registerEnvironments(deps: Deps): vscode.Disposable {
  const { inventory, reporter } = deps;
  const tree = new EnvironmentTree(inventory);
  const view = vscode.window.createTreeView('stiggKeys.environments', { treeDataProvider: tree, showCollapseAll: true });
  return vscode.Disposable.from(
    tree,
    view,
    // A row is one line and is cut; what to do next must be readable without a mouse.
    inventory.onDidChange((snapshot) => { setMessage(view, snapshot); }),
    reporter.command('stiggKeys.refresh', (node) => refresh(deps, node)),
    reporter.command('stiggKeys.openConsole', (node) => openConsole(deps, node)),
  );
}

function setMessage(view: vscode.TreeView<Node>, { vaultError, environments }: InventorySnapshot): void {
  const errors = [vaultError?.full, ...environments.map(({ environment, error }) => (error === null ? undefined : `${environment.displayName}: ${error.full}`))].filter((text) => text !== undefined);
  // An empty text shows nothing.
  view.message = errors.join('\n');
}

async function refresh({ inventory }: Deps, node: Node | undefined): Promise<void> {
  const id = node?.kind === 'environment' ? node.row.environment.id : node?.kind === 'error' ? (node.environmentId ?? undefined) : undefined;
  await vscode.window.withProgress({ location: { viewId: 'stiggKeys.environments' } }, () => inventory.refresh(id));
}

async function openConsole({ inventory, consoleUrl }: Deps, node: Node | undefined): Promise<void> {
  const row = await pickEnvironment(inventory, node, vscode.l10n.t('Open in Stigg Console'));
  if (row !== undefined) await vscode.env.openExternal(vscode.Uri.parse(consoleUrl(row.environment), true));
}
