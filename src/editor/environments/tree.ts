import * as vscode from 'vscode';
import type { Inventory } from '../../keys/inventory.js';
import { keyNode, treeItem, type Node } from './nodes.js';

/** The sidebar: environments, and under each its keys or the reason why there are none. Never a blank tree. */
export class EnvironmentTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: { dispose(): void };
  #first: Promise<void> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.#subscription = inventory.onDidChange(() => { this.#changed.fire(undefined); });
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) return this.#roots();
    if (node.kind !== 'environment') return [];
    const found = this.#inventory.environment(node.row.environment.id) ?? node.row;
    const { environment, keys, error, loading } = found;
    const children: Node[] = keys.map((row) => keyNode(found, row));
    if (error !== null) children.unshift({ kind: 'error', environmentId: environment.id, error });
    if (children.length === 0) return loading ? [{ kind: 'loading', environmentId: environment.id }] : [];
    return children;
  }

  getParent(node: Node): Node | undefined {
    if (node.kind === 'environment') return undefined;
    const id = node.kind === 'key' ? node.environment.id : node.environmentId;
    const row = id === null ? undefined : this.#inventory.environment(id);
    return row === undefined ? undefined : { kind: 'environment', row };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** The keychain is first touched when somebody opens the view, not when the extension starts. */
  async #roots(): Promise<Node[]> {
    if (!this.#inventory.snapshot.loaded) {
      this.#first ??= this.#inventory.refresh();
      // Environments are known as soon as the vault has answered; their keys may take longer.
      await new Promise<void>((resolve) => {
        const done = (): void => {
          subscription.dispose();
          resolve();
        };
        const subscription = this.#inventory.onDidChange(({ loaded }) => { if (loaded) done(); });
        void this.#first?.finally(done);
      });
    }
    const { environments, vaultError } = this.#inventory.snapshot;
    const nodes: Node[] = environments.map((row) => ({ kind: 'environment', row }));
    if (vaultError !== null) nodes.unshift({ kind: 'error', environmentId: null, error: vaultError });
    return nodes;
  }
}
