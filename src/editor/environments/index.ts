import * as vscode from 'vscode';
import { attentionIn, attentionLines, totalOf, type AttentionCounts } from '../../keys/attention.js';
import type { EnvironmentRow, Inventory, InventorySnapshot } from '../../keys/inventory.js';
import type { Environment } from '../../keys/model.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import type { KeyCommandDeps } from '../keyCommands/deps.js';
import { currentKey, pickEnvironment } from '../keyCommands/pick.js';
import { withProgress } from '../report.js';
import { explainActions } from './explainActions.js';
import { clearFor, registerFilterCommands } from './filterCommands.js';
import { filterSentence, sortSentence, viewDescription } from './filterWords.js';
import { KeyViewStore } from './keyViewStore.js';
import { hiddenBy } from './layout.js';
import type { Node } from './nodes.js';
import { EnvironmentTree } from './tree.js';
import { timeLeft } from './wording.js';

const SLOW_MS = 3_000;

type Deps = Pick<KeyCommandDeps, 'inventory' | 'reporter'> & {
  readonly consoleUrl: (environment: Environment) => string;
  readonly active: ActiveEnvironment;
  /** What is kept with the workspace. */
  readonly workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
};

/** The sidebar and the commands that only look. */
export function registerEnvironments(deps: Deps): vscode.Disposable {
  const { inventory, reporter, active } = deps;
  const store = new KeyViewStore(deps.workspaceState);
  const tree = new EnvironmentTree(inventory, store, active);
  const view = vscode.window.createTreeView('stiggKeys.environments', { treeDataProvider: tree, showCollapseAll: true });
  const tell = (): void => { tellState(view, inventory.snapshot, store, tree); };
  tell();
  return vscode.Disposable.from(
    store,
    tree,
    view,
    // A row is one line and is cut; what to do next must be readable without a mouse.
    inventory.onDidChange(tell),
    store.onDidChange(tell),
    registerFilterCommands(store, reporter),
    // Not in the palette: other features of ours show a row by it.
    reporter.command('stiggKeys.revealNode', (node) => reveal({ inventory, view, tree, store }, node)),
    reporter.command('stiggKeys.showMoreKeys', (node) => showMore(view, tree, node)),
    reporter.command('stiggKeys.explainActions', (node) => explainActions(inventory, node)),
    reporter.command('stiggKeys.refresh', (node) => refresh(deps, node)),
    reporter.command('stiggKeys.openConsole', (node) => openConsole(deps, node)),
  );
}

/** What the view says beside its rows: the filter and what it hides, what went wrong, what is about to end, and how many keys need attention. */
function tellState(view: vscode.TreeView<Node>, { vaultError, environments }: InventorySnapshot, store: KeyViewStore, tree: EnvironmentTree): void {
  const { total, hidden } = hiddenBy(environments, store.view, tree.layouts);
  const lines = [
    [filterSentence(store.view, total, hidden), sortSentence(store.view)].filter((sentence) => sentence !== undefined).join(' ') || undefined,
    vaultError?.full,
    ...environments.map(({ environment, error }) => (error === null ? undefined : `${environment.displayName}: ${error.full}`)),
    // Whatever is filtered: without this key nothing can be seen at all.
    ...environments.map(accessEnds),
  ];
  // An empty text shows nothing.
  view.message = lines.filter((text) => text !== undefined).join('\n');
  view.description = viewDescription(store.view, hidden) ?? '';
  const counts = attentionIn(environments);
  const value = totalOf(counts);
  view.badge = value === 0 ? undefined : { value, tooltip: attentionTooltip(value, counts) };
}

function attentionTooltip(total: number, counts: AttentionCounts): string {
  const what = attentionLines(counts).join('; ');
  return total === 1 ? vscode.l10n.t('1 key needs attention: {0}', what) : vscode.l10n.t('{0} keys need attention: {1}', total, what);
}

/** Somebody has rotated our key elsewhere: after its grace period we could no longer talk to Stigg. */
function accessEnds({ environment, keys }: EnvironmentRow): string | undefined {
  const management = keys.find(({ isManagement }) => isManagement);
  if (management?.status.kind !== 'expiring') return undefined;
  return vscode.l10n.t('{0}: the key that is stored for it ends in {1}. If it was rotated elsewhere, add the environment again with its current full access key.', environment.displayName, timeLeft(management.status.msLeft));
}

interface Sidebar {
  readonly inventory: Inventory;
  readonly view: vscode.TreeView<Node>;
  readonly tree: EnvironmentTree;
  readonly store: KeyViewStore;
}

/** Shows a row, also one that is on a later page, in a folder that is closed, or hidden by the filter (which is then cleared). */
async function reveal({ inventory, view, tree, store }: Sidebar, node: Node | undefined): Promise<void> {
  await vscode.commands.executeCommand('stiggKeys.environments.focus');
  if (node?.kind !== 'key' && node?.kind !== 'environment') return;
  if (!inventory.snapshot.loaded) await inventory.refresh();
  let target: Node | undefined;
  if (node.kind === 'key') {
    const current = currentKey(inventory, node);
    if (tree.isHidden(current)) await clearFor(store, current.row.key.displayName);
    target = tree.nodeOf(current);
  } else {
    target = tree.environmentNodeOf(node);
  }
  if (target !== undefined) await view.reveal(target, { select: true, focus: true, expand: true });
}

/** The keyboard goes on where the new rows begin. */
async function showMore(view: vscode.TreeView<Node>, tree: EnvironmentTree, node: Node | undefined): Promise<void> {
  const first = node?.kind === 'more' ? tree.showMore(node) : undefined;
  if (first !== undefined) await view.reveal(first, { select: true, focus: true });
}

async function refresh({ inventory }: Deps, node: Node | undefined): Promise<void> {
  const id = node?.kind === 'environment' ? node.row.environment.id : node?.kind === 'key' ? node.environment.id : node?.kind === 'error' ? (node.environmentId ?? undefined) : undefined;
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

async function openConsole({ inventory, active, consoleUrl }: Deps, node: Node | undefined): Promise<void> {
  const row = await pickEnvironment(inventory, node, vscode.l10n.t('Open in Stigg Console'), { active });
  if (row !== undefined) await vscode.env.openExternal(vscode.Uri.parse(consoleUrl(row.environment), true));
}
