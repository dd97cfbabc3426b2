import * as vscode from 'vscode';
import type { EnvironmentRow, Inventory, KeyRow } from '../../keys/inventory.js';
import { groupOf, isFiltering, matcher, type KeyGroup } from '../../keys/keyFilter.js';
import { isSameList } from '../../keys/same.js';
import type { ActiveEnvironment } from '../activeEnvironment.js';
import { tooltipOf, treeItem, type EnvironmentLook } from './items.js';
import type { KeyViewStore } from './keyViewStore.js';
import { Layouts, PAGE, type Layout } from './layout.js';
import { keyNode, type EnvironmentNode, type KeyNode, type MoreNode, type Node } from './nodes.js';
import { NodeCache } from './nodeCache.js';

/** Where the children of the view itself are remembered. */
const ROOT = '';

/**
 * The sidebar: environments, and under each its keys or the reason why there are none. Never a blank tree.
 *
 * A change of the inventory is compared with what was handed to VS Code, and only the rows that differ are made again: selection,
 * focus and what is open survive, and a minute that passes does not cost a pass over thousands of rows.
 */
export class EnvironmentTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #inventory: Inventory;
  readonly #store: KeyViewStore;
  readonly #active: ActiveEnvironment;
  readonly #changed = new vscode.EventEmitter<Node[] | undefined>();
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #layouts = new Layouts();
  readonly #nodes = new NodeCache();
  /** What VS Code was told to be under each node it has opened. */
  readonly #shown = new Map<string, readonly Node[]>();
  /** What the row of an environment said. */
  readonly #heads = new Map<string, string>();
  /** How many pages are made of a list of keys; one, if absent. */
  readonly #pages = new Map<string, number>();
  #first: Promise<void> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(inventory: Inventory, store: KeyViewStore, active: ActiveEnvironment) {
    this.#inventory = inventory;
    this.#store = store;
    this.#active = active;
    this.#subscriptions = [
      inventory.onDidChange(() => { this.#refreshWhatChanged(); }),
      active.onDidChange(() => { this.#refreshWhatChanged(); }),
      store.onDidChange(() => {
        this.#pages.clear();
        this.#refreshAll();
      }),
    ];
  }

  get layouts(): Layouts {
    return this.#layouts;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind !== 'environment') return treeItem(node);
    const item = treeItem(node, this.#look(node.row));
    this.#heads.set(idOf(node), headOf(item));
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const tooltip = tooltipOf(node);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) await this.#load();
    const children = node === undefined ? this.#roots() : this.#childrenOf(node);
    this.#shown.set(node === undefined ? ROOT : idOf(node), children);
    return [...children];
  }

  getParent(node: Node): Node | undefined {
    if (node.kind === 'environment' || node.kind === 'noMatch') return undefined;
    const id = node.kind === 'key' ? node.environment.id : node.environmentId;
    const row = id === null ? undefined : this.#inventory.environment(id);
    if (row === undefined) return undefined;
    const environment = this.#environmentNode(row);
    const group = node.kind === 'key' ? groupOf(node.row) : node.kind === 'more' ? node.group : null;
    return this.#childrenOf(environment).find((child) => child.kind === 'group' && child.group === group) ?? environment;
  }

  /** Makes the next page of a list. Resolves with the first row of it, which is where the keyboard goes on. */
  showMore({ environmentId, group }: MoreNode): Node | undefined {
    const row = this.#inventory.environment(environmentId);
    if (row === undefined) return undefined;
    const list = listId(environmentId, group);
    const shown = (this.#pages.get(list) ?? 1) * PAGE;
    this.#pages.set(list, shown / PAGE + 1);
    this.#refreshList(row, group);
    const next = rowsIn(this.#layout(row), group)[shown];
    return next === undefined ? undefined : this.#nodes.keep(keyNode(row, next), idOf);
  }

  /** Whether the filter hides this key. */
  isHidden({ row }: KeyNode): boolean {
    return !matcher(this.#store.view)(row);
  }

  /** The key's own node, with enough pages made for it to have a row; undefined when the filter hides it or it is gone. */
  nodeOf({ environment: { id }, row: { key } }: KeyNode): Node | undefined {
    const row = this.#inventory.environment(id);
    if (row === undefined) return undefined;
    const layout = this.#layout(row);
    for (const { group, rows } of [{ group: null, rows: layout.rows }, ...layout.folders]) {
      const index = rows.findIndex((candidate) => candidate.key.id === key.id);
      const found = rows[index];
      if (found === undefined) continue;
      const list = listId(id, group);
      const pages = Math.floor(index / PAGE) + 1;
      if (pages > (this.#pages.get(list) ?? 1)) {
        this.#pages.set(list, pages);
        this.#refreshList(row, group);
      }
      return this.#nodes.keep(keyNode(row, found), idOf);
    }
    return undefined;
  }

  /** The environment's own node. */
  environmentNodeOf({ row: { environment } }: EnvironmentNode): Node | undefined {
    const row = this.#inventory.environment(environment.id);
    return row === undefined ? undefined : this.#environmentNode(row);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The keychain is first touched when somebody opens the view, not when the extension starts. */
  async #load(): Promise<void> {
    if (this.#inventory.snapshot.loaded) return;
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

  #roots(): Node[] {
    const { environments, vaultError } = this.#inventory.snapshot;
    const nodes: Node[] = environments.map((row) => this.#environmentNode(row));
    const total = environments.reduce((sum, { keys }) => sum + keys.length, 0);
    if (isFiltering(this.#store.view) && total > 0 && environments.every((row) => this.#layout(row).visible === 0)) nodes.unshift(this.#nodes.keep({ kind: 'noMatch', hidden: total }, idOf));
    if (vaultError !== null) nodes.unshift(this.#nodes.keep({ kind: 'error', environmentId: null, error: vaultError }, idOf));
    return nodes;
  }

  #environmentNode(row: EnvironmentRow): Node {
    return this.#nodes.keep({ kind: 'environment', row }, idOf);
  }

  #childrenOf(node: Node): Node[] {
    if (node.kind !== 'environment' && node.kind !== 'group') return [];
    const row = this.#inventory.environment(node.kind === 'group' ? node.environmentId : node.row.environment.id) ?? (node.kind === 'environment' ? node.row : undefined);
    if (row === undefined) return [];
    const layout = this.#layout(row);
    if (node.kind === 'group') return this.#page(row, node.group, rowsIn(layout, node.group));
    const { environment, error, loading } = row;
    const isFiltered = isFiltering(this.#store.view);
    const children = [
      ...this.#page(row, null, layout.rows),
      ...layout.folders.map(({ group, rows }) => this.#nodes.keep({ kind: 'group', environmentId: environment.id, group, count: rows.length, isFiltered }, idOf)),
    ];
    if (error !== null) children.unshift(this.#nodes.keep({ kind: 'error', environmentId: environment.id, error }, idOf));
    if (children.length === 0 && loading) children.push(this.#nodes.keep({ kind: 'loading', environmentId: environment.id }, idOf));
    return children;
  }

  #page(row: EnvironmentRow, group: KeyGroup | null, rows: readonly KeyRow[]): Node[] {
    const environmentId = row.environment.id;
    const shown = (this.#pages.get(listId(environmentId, group)) ?? 1) * PAGE;
    const nodes: Node[] = rows.slice(0, shown).map((key) => this.#nodes.keep(keyNode(row, key), idOf));
    const hidden = rows.length - shown;
    if (hidden > 0) nodes.push(this.#nodes.keep({ kind: 'more', environmentId, group, hidden, next: Math.min(PAGE, hidden) }, idOf));
    return nodes;
  }

  #layout({ environment, keys }: EnvironmentRow): Layout {
    return this.#layouts.of(environment.id, keys, this.#store.view);
  }

  #look(row: EnvironmentRow): EnvironmentLook {
    return {
      visible: isFiltering(this.#store.view) ? this.#layout(row).visible : null,
      isActive: this.#inventory.snapshot.environments.length > 1 && this.#active.id === row.environment.id,
    };
  }

  #refreshList(row: EnvironmentRow, group: KeyGroup | null): void {
    const environment = this.#environmentNode(row);
    this.#changed.fire([this.#childrenOf(environment).find((child) => child.kind === 'group' && child.group === group) ?? environment]);
  }

  #refreshAll(): void {
    this.#shown.clear();
    this.#heads.clear();
    this.#changed.fire(undefined);
  }

  #refreshWhatChanged(): void {
    const before = this.#shown.get(ROOT);
    // Nobody has opened the view yet.
    if (before === undefined) return;
    this.#nodes.forgetChanges();
    const roots = this.#roots();
    const ids = new Set(this.#inventory.snapshot.environments.map(({ environment }) => environment.id));
    this.#layouts.keepOnly(ids);
    if (!isSameList(before, roots) || roots.some((node) => node.kind === 'environment' && this.#isHeadMoved(node))) {
      this.#nodes.keepOnly(ids);
      this.#refreshAll();
      return;
    }
    const changed: Node[] = [];
    for (const node of roots) this.#collect(node, changed);
    if (changed.length > 0) this.#changed.fire(changed);
  }

  /** Adds what must be made again of a node and of what VS Code has opened under it. */
  #collect(node: Node, changed: Node[]): void {
    const isChanged = this.#nodes.hasChanged(node);
    if (node.kind === 'environment' ? this.#isHeadChanged(node) : isChanged) {
      changed.push(node);
      return;
    }
    if (node.kind === 'environment' && !isChanged) return;
    const shown = this.#shown.get(idOf(node));
    if (shown === undefined) return;
    const children = this.#childrenOf(node);
    if (!isSameList(shown, children)) changed.push(node);
    else for (const child of children) this.#collect(child, changed);
  }

  /** Whether the row itself says something else than VS Code was told. */
  #isHeadChanged(node: EnvironmentNode): boolean {
    const before = this.#heads.get(idOf(node));
    return before !== undefined && before !== headOf(treeItem(node, this.#look(node.row)));
  }

  /** Whether it has got another id, which only the view as a whole can take up. */
  #isHeadMoved(node: EnvironmentNode): boolean {
    const before = this.#heads.get(idOf(node));
    return before !== undefined && !before.startsWith(`${treeItem(node, this.#look(node.row)).id ?? ''}\n`);
  }
}

function headOf({ id, label, description, contextValue, accessibilityInformation, tooltip }: vscode.TreeItem): string {
  return [id, label, description, contextValue, accessibilityInformation?.label, tooltip instanceof vscode.MarkdownString ? tooltip.value : tooltip].map(String).join('\n');
}

function rowsIn(layout: Layout, group: KeyGroup | null): readonly KeyRow[] {
  return group === null ? layout.rows : (layout.folders.find((folder) => folder.group === group)?.rows ?? []);
}

function listId(environmentId: string, group: KeyGroup | null): string {
  return `${environmentId}/${group ?? ''}`;
}

/** Which node it is, whatever it says at the moment. */
function idOf(node: Node): string {
  switch (node.kind) {
    case 'environment':
      return `environment:${node.row.environment.id}`;
    case 'key':
      return `key:${node.environment.id}:${node.row.key.id}`;
    case 'group':
      return `group:${node.environmentId}:${node.group}`;
    case 'more':
      return `more:${node.environmentId}:${node.group ?? ''}`;
    case 'error':
      return `error:${node.environmentId ?? ''}`;
    case 'loading':
      return `loading:${node.environmentId}`;
    case 'noMatch':
      return 'noMatch';
  }
}
