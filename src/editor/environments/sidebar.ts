import * as vscode from 'vscode';
import { attentionIn, attentionLines, totalOf, type AttentionCounts } from '../../keys/attention.js';
import type { Disposable } from '../../event.js';
import type { EnvironmentRow, Inventory, InventorySnapshot } from '../../keys/inventory.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import { currentKey } from '../keyCommands/pick.js';
import { clearFor } from './filterCommands.js';
import { filterSentence, sortSentence, viewDescription } from './filterWords.js';
import type { KeyViewStore } from './keyViewStore.js';
import { hiddenBy } from './layout.js';
import type { Node } from './nodes.js';
import { EnvironmentTree } from './tree.js';
import { timeLeft } from './wording.js';

export interface SidebarDeps {
  readonly inventory: Inventory;
  readonly active: ActiveEnvironment;
  readonly store: KeyViewStore;
  readonly view: vscode.TreeView<Node>;
}

/** The rows of the view, and what it says beside them. */
export class Sidebar implements Disposable {
  readonly tree: EnvironmentTree;
  readonly #deps: SidebarDeps;
  readonly #subscriptions: readonly Disposable[];

  constructor(deps: SidebarDeps) {
    const { inventory, store, view, active } = deps;
    this.#deps = deps;
    this.tree = new EnvironmentTree(inventory, store, active);
    const tell = (): void => { tellState(view, inventory.snapshot, store, this.tree); };
    tell();
    this.#subscriptions = [inventory.onDidChange(tell), store.onDidChange(tell), this.tree];
  }

  /** Shows a row, also one that is on a later page, in a folder that is closed, or hidden by the filter (which is then cleared). */
  async reveal(node: Node | undefined): Promise<void> {
    const { inventory, store, view } = this.#deps;
    await vscode.commands.executeCommand('stiggKeys.environments.focus');
    if (node?.kind !== 'key' && node?.kind !== 'environment') return;
    if (!inventory.snapshot.loaded) await inventory.refresh();
    let target: Node | undefined;
    if (node.kind === 'key') {
      const current = currentKey(inventory, node);
      if (this.tree.isHidden(current)) await clearFor(store, current.row.key.displayName);
      target = this.tree.nodeOf(current);
    } else {
      target = this.tree.environmentNodeOf(node);
    }
    if (target !== undefined) await view.reveal(target, { select: true, focus: true, expand: true });
  }

  /** The keyboard goes on where the new rows begin. */
  async showMore(node: Node | undefined): Promise<void> {
    const first = node?.kind === 'more' ? this.tree.showMore(node) : undefined;
    if (first !== undefined) await this.#deps.view.reveal(first, { select: true, focus: true });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
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
