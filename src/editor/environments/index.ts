import * as vscode from 'vscode';
import type { EnvironmentRow, InventorySnapshot } from '../../keys/inventory.js';
import type { Environment } from '../../keys/model.js';
import type { KeyCommandDeps } from '../keyCommands/deps.js';
import { pickEnvironment } from '../keyCommands/pick.js';
import type { Node } from './nodes.js';
import { withProgress } from '../report.js';
import { EnvironmentTree } from './tree.js';
import { timeLeft } from './wording.js';

const SLOW_MS = 3_000;

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
    // Not in the palette: other features of ours show a row by it.
    reporter.command('stiggKeys.revealNode', (node) => reveal(view, node)),
    reporter.command('stiggKeys.refresh', (node) => refresh(deps, node)),
    reporter.command('stiggKeys.openConsole', (node) => openConsole(deps, node)),
  );
}

function setMessage(view: vscode.TreeView<Node>, { vaultError, environments }: InventorySnapshot): void {
  const lines = [vaultError?.full, ...environments.map(({ environment, error }) => (error === null ? undefined : `${environment.displayName}: ${error.full}`)), ...environments.map(accessEnds)];
  // An empty text shows nothing.
  view.message = lines.filter((text) => text !== undefined).join('\n');
}

/** Somebody has rotated our key elsewhere: after its grace period we could no longer talk to Stigg. */
function accessEnds({ environment, keys }: EnvironmentRow): string | undefined {
  const management = keys.find(({ isManagement }) => isManagement);
  if (management?.status.kind !== 'expiring') return undefined;
  return vscode.l10n.t('{0}: the key that is stored for it ends in {1}. If it was rotated elsewhere, add the environment again with its current full access key.', environment.displayName, timeLeft(management.status.msLeft));
}

async function reveal(view: vscode.TreeView<Node>, node: Node | undefined): Promise<void> {
  await vscode.commands.executeCommand('stiggKeys.environments.focus');
  if (node !== undefined) await view.reveal(node, { select: true, focus: true, expand: true });
}

async function refresh({ inventory }: Deps, node: Node | undefined): Promise<void> {
  const id = node?.kind === 'environment' ? node.row.environment.id : node?.kind === 'error' ? (node.environmentId ?? undefined) : undefined;
  const slow = new AbortController();
  const work = inventory.refresh(id, slow.signal);
  const offer = setTimeout(() => {
    // A view's own progress cannot be cancelled: that is offered once it takes long enough for somebody to want it.
    void withProgress(vscode.l10n.t('Asking Stigg for the keys'), async (signal) => {
      signal.addEventListener('abort', () => { slow.abort(); });
      await work;
    });
  }, SLOW_MS);
  await vscode.window.withProgress({ location: { viewId: 'stiggKeys.environments' } }, () => work);
  clearTimeout(offer);
}

async function openConsole({ inventory, consoleUrl }: Deps, node: Node | undefined): Promise<void> {
  const row = await pickEnvironment(inventory, node, vscode.l10n.t('Open in Stigg Console'));
  if (row !== undefined) await vscode.env.openExternal(vscode.Uri.parse(consoleUrl(row.environment), true));
}
