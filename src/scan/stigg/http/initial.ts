import { canonical } from '../../ir/names.js';
import type { IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';

/** What the initialisers among the expressions set, by canonical name: `new HttpClient { BaseAddress = … }`. */
export function initialValues(nodes: readonly IrNode[]): ReadonlyMap<string, IrNode> {
  const found = new Map<string, IrNode>();
  for (const node of nodes) {
    const inner = unwrap(node);
    if (inner.kind !== 'object') continue;
    for (const { key, value } of inner.entries) if (key !== undefined) found.set(canonical(key), value);
  }
  return found;
}
