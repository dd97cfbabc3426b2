import type { IrNode, ObjectNode } from '../../ir/node.js';
import { PathTree } from '../../ir/pathTree.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';

/** A set of properties that an options object may have; made once per client. */
export function properties(...names: readonly string[]): PathTree<string> {
  const tree = new PathTree<string>();
  for (const name of names) tree.add(name, name);
  return tree;
}

/** The values of those properties in the object, also where it is a constant or spread together; the last one wins, as it does when it runs. */
export function valuesIn(object: IrNode | undefined, tree: PathTree<string>, code: Code): ReadonlyMap<string, IrNode> {
  const found = new Map<string, IrNode>();
  if (object === undefined) return found;
  for (const { entry, value } of code.fields.inside(object, tree)) found.set(entry, value);
  return found;
}

/** True where properties may come from a place that cannot be seen: a variable of unknown value, a spread of one, a call. */
export function isOpenObject(node: IrNode | undefined, code: Code, depth = 0): boolean {
  if (node === undefined) return false;
  const inner = unwrap(node);
  if (depth > 8) return true;
  if (inner.kind === 'object') return inner.entries.some(({ isSpread, value }) => isSpread && isOpenObject(value, code, depth + 1));
  if (inner.kind === 'choice') return inner.alternatives.some((alternative) => isOpenObject(alternative, code, depth + 1));
  if (inner.kind === 'name' || inner.kind === 'member') {
    const origin = code.tracer.sole(inner);
    return origin === undefined || origin === inner || origin.kind === 'name' || isOpenObject(origin, code, depth + 1);
  }
  return true;
}

/** The object literal that stands there itself, to be edited. */
export function literalAt(node: IrNode | undefined): ObjectNode | undefined {
  const inner = node === undefined ? undefined : unwrap(node);
  return inner?.kind === 'object' ? inner : undefined;
}
