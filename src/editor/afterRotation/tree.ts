import * as vscode from 'vscode';
import type { Leftovers, Subject } from './leftovers.js';
import { childrenOf, fileItem, noteItem, oldValueItem, placeItem, placesOf, subjectItem, terminalItem, type LeftoverNode } from './nodes.js';

/** The rows of the view. A row names its subject by id, so that it always shows the newest state of it. */
export class LeftoversTree implements vscode.TreeDataProvider<LeftoverNode>, vscode.Disposable {
  readonly #leftovers: Leftovers;
  readonly #now: () => Date;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(leftovers: Leftovers, now: () => Date) {
    this.#leftovers = leftovers;
    this.#now = now;
    this.#subscription = leftovers.onDidChange(() => { this.#changed.fire(undefined); });
  }

  getTreeItem(node: LeftoverNode): vscode.TreeItem {
    const subject = this.#leftovers.subject(node.subjectId);
    // Gone a moment ago: the view is about to hear of it.
    return subject === undefined ? new vscode.TreeItem('') : this.#item(subject, node);
  }

  getChildren(node?: LeftoverNode): LeftoverNode[] {
    if (node === undefined) return this.#leftovers.subjects.map(({ id }) => ({ kind: 'subject', subjectId: id }));
    const subject = this.#leftovers.subject(node.subjectId);
    if (subject === undefined) return [];
    if (node.kind === 'subject') return childrenOf(subject);
    return node.kind === 'file' ? placesOf(subject, node.uri).map((usage) => ({ kind: 'place', subjectId: subject.id, usage })) : [];
  }

  getParent(node: LeftoverNode): LeftoverNode | undefined {
    const { subjectId } = node;
    if (node.kind === 'subject') return undefined;
    return node.kind === 'place' ? { kind: 'file', subjectId, uri: node.usage.uri, isOutside: node.usage.isOutside } : { kind: 'subject', subjectId };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #item(subject: Subject, node: LeftoverNode): vscode.TreeItem {
    switch (node.kind) {
      case 'subject':
        return subjectItem(subject);
      case 'oldValue':
        return oldValueItem(subject, this.#leftovers.oldValue(subject), this.#now());
      case 'file':
        return fileItem(subject, node.uri, node.isOutside);
      case 'place':
        return placeItem(subject, node.usage);
      case 'terminal':
        return terminalItem(subject, node.terminal, node.index);
      case 'note':
        return noteItem(subject, node.note);
    }
  }
}
