import * as vscode from 'vscode';
import type { Disposable } from '../../event.js';
import type { WorkspaceScan } from '../workspaceScan/workspaceScan.js';
import { groupByRule, type FileGroup, type Grouped, type RuleGroup } from './group.js';
import { fileItem, findingItem, moreItem, noteItem, ruleItem, skippedItem } from './items.js';
import { idOf, type FindingNode } from './nodes.js';
import type { FindingsStore } from './store.js';

/** So many rows of one kind are made at first, and by each "Show more". */
const PAGE = 200;
/** A short list is shown open. */
const FEW = 30;
/** While a scan tells of findings, rows are made anew this often. */
const PAUSE_MS = 150;
/** The more there is to group, the longer the pause: others get most of the time. */
const PAUSES_PER_GROUPING = 10;

/** The rows of the view: rule, file, place; and what there is to say about the scan. Scanned files and open documents are one. */
export class FindingsTree implements Disposable {
  readonly #store: FindingsStore;
  readonly #scan: WorkspaceScan;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: readonly Disposable[];
  /** How many rows are shown below a row, where that is more than a page. */
  readonly #pages = new Map<string, number>();
  #grouped: Grouped | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #groupingMs = 0;

  readonly onDidChange = this.#changed.event;

  constructor(store: FindingsStore, scan: WorkspaceScan) {
    this.#store = store;
    this.#scan = scan;
    const outdated = (): void => {
      this.#grouped = undefined;
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#changed.fire(undefined);
      }, Math.max(PAUSE_MS, PAUSES_PER_GROUPING * this.#groupingMs));
    };
    this.#subscriptions = [this.#changed, store.onDidChange(outdated), scan.onDidChange(outdated)];
  }

  get grouped(): Grouped {
    if (this.#grouped !== undefined) return this.#grouped;
    const started = performance.now();
    this.#grouped = groupByRule(this.#store.files());
    this.#groupingMs = performance.now() - started;
    return this.#grouped;
  }

  getChildren(node?: FindingNode): FindingNode[] {
    if (node === undefined) return this.#roots();
    switch (node.kind) {
      case 'rule':
        return this.#paged(node, this.#rule(node.rule)?.files ?? [], ({ rule, uri }) => ({ kind: 'file', rule, uri }));
      case 'file':
        return this.#paged(node, this.#file(node.rule, node.uri)?.findings ?? [], (finding) => ({ kind: 'finding', rule: node.rule, uri: node.uri, finding }));
      case 'note':
        return node.note === 'skipped' ? this.#scan.skipped.map((file) => ({ kind: 'skipped', file })) : [];
      case 'finding':
      case 'more':
      case 'skipped':
        return [];
    }
  }

  getTreeItem(node: FindingNode): vscode.TreeItem {
    const item = this.#item(node);
    item.id = idOf(node);
    return item;
  }

  getParent(node: FindingNode): FindingNode | undefined {
    if (node.kind === 'file') return { kind: 'rule', rule: node.rule };
    if (node.kind === 'finding') return { kind: 'file', rule: node.rule, uri: node.uri };
    return node.kind === 'skipped' ? { kind: 'note', note: 'skipped' } : undefined;
  }

  /** Shows another page below the row with that id. */
  showMore(parent: string): void {
    this.#pages.set(parent, (this.#pages.get(parent) ?? 1) + 1);
    this.#changed.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #roots(): FindingNode[] {
    const { state, skipped } = this.#scan;
    const { rules } = this.grouped;
    const nodes: FindingNode[] = [];
    if (state.kind === 'cancelled' || state.kind === 'failed') nodes.push({ kind: 'note', note: state.kind });
    if (state.kind === 'done' && rules.length === 0) nodes.push({ kind: 'note', note: 'nothing' });
    for (const { rule } of rules) nodes.push({ kind: 'rule', rule });
    if (skipped.length > 0) nodes.push({ kind: 'note', note: 'skipped' });
    if (state.kind !== 'never' && vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme !== 'file') === true) nodes.push({ kind: 'note', note: 'readElsewhere' });
    return nodes;
  }

  #paged<T>(node: FindingNode, all: readonly T[], make: (one: T) => FindingNode): FindingNode[] {
    const shown = PAGE * (this.#pages.get(idOf(node)) ?? 1);
    const nodes = all.slice(0, shown).map(make);
    return all.length > shown ? [...nodes, { kind: 'more', parent: idOf(node), left: all.length - shown }] : nodes;
  }

  #item(node: FindingNode): vscode.TreeItem {
    const isOpen = this.grouped.count <= FEW;
    switch (node.kind) {
      case 'rule': {
        const group = this.#rule(node.rule);
        // Gone a moment ago: the view is about to hear of it.
        return group === undefined ? new vscode.TreeItem('') : ruleItem(group, isOpen);
      }
      case 'file': {
        const group = this.#file(node.rule, node.uri);
        return group === undefined ? new vscode.TreeItem('') : fileItem(group, isOpen);
      }
      case 'finding':
        return findingItem(node.uri, node.finding);
      case 'more': {
        const item = moreItem(node.left);
        item.command = { command: 'stiggKeys.findings.showMore', title: vscode.l10n.t('Show More'), arguments: [node] };
        return item;
      }
      case 'note':
        return noteItem(node.note, this.#scan.state, this.#scan.skipped);
      case 'skipped':
        return skippedItem(node.file);
    }
  }

  #rule(rule: string): RuleGroup | undefined {
    return this.grouped.rules.find((group) => group.rule === rule);
  }

  #file(rule: string, uri: string): FileGroup | undefined {
    return this.#rule(rule)?.files.find((group) => group.uri === uri);
  }
}
