import { isSameList } from '../../keys/same.js';
import type { Node } from './nodes.js';

/**
 * VS Code knows a row by the object it was given for it, and makes a row again only when it is handed that very object. So each node
 * stays one object, which is brought up to date; what was brought up to date is remembered until `forgetChanges`.
 */
export class NodeCache {
  readonly #nodes = new Map<string, Node>();
  readonly #changed = new Set<Node>();

  keep(node: Node, idOf: (node: Node) => string): Node {
    const id = idOf(node);
    const before = this.#nodes.get(id);
    if (before?.kind !== node.kind) {
      this.#nodes.set(id, node);
      return node;
    }
    if (!isSameList(Object.values(before), Object.values(node))) {
      Object.assign(before, node);
      this.#changed.add(before);
    }
    return before;
  }

  hasChanged(node: Node): boolean {
    return this.#changed.has(node);
  }

  forgetChanges(): void {
    this.#changed.clear();
  }

  /** Lets go of what belongs to environments that are no longer here. */
  keepOnly(environmentIds: ReadonlySet<string>): void {
    for (const [id, node] of this.#nodes) {
      const environmentId = node.kind === 'environment' ? node.row.environment.id : node.kind === 'key' ? node.environment.id : node.kind === 'noMatch' ? null : node.environmentId;
      if (environmentId !== null && !environmentIds.has(environmentId)) this.#nodes.delete(id);
    }
  }
}
