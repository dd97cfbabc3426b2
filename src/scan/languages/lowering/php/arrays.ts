import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { Entry, IrNode } from '../../../ir/node.js';
import { constantText, solid, spanOf } from '../made.js';
import { parts } from '../shared.js';

/** `[…]` and `array(…)`: an object where anything has a key, else a list. */
export const arrays: Readonly<Record<string, LowerNode>> = {
  array_creation_expression: array,
  array_element_initializer: (node, lower) => lower.all(parts(node)),
  variadic_unpacking: spread,
  by_ref: (node, lower) => wrapped(node, 'reference', lower),
};

function array(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const elements = children.filter(({ type }) => type === 'array_element_initializer').map((element) => ({ element, inner: solid(element) }));
  if (!elements.some(({ inner }) => inner.some(({ type }) => type === '=>'))) {
    return lower.make({ kind: 'list', ...spanOf(node), elements: elements.map(({ element, inner }) => (inner.length === 1 && inner[0] !== undefined ? lower.one(inner[0]) : lower.one(element))) });
  }
  const open = children.find(({ type }) => type === '[' || type === '(');
  const last = children.at(-1);
  const isClosed = last?.type === ']' || last?.type === ')';
  return lower.make({
    kind: 'object',
    ...spanOf(node),
    type: undefined,
    entries: elements.map(({ element, inner }) => entry(element, inner, lower)),
    innerStart: open?.endIndex ?? node.startIndex,
    innerEnd: isClosed ? last.startIndex : node.endIndex,
  });
}

function entry(element: Node, inner: readonly Node[], lower: Lower): Entry {
  const place = { isSpread: false, isShorthand: false, ...spanOf(element) };
  const [first] = inner;
  const arrow = inner.findIndex(({ type }) => type === '=>');
  const last = inner[arrow + 1];
  if (first === undefined || last === undefined) return { key: undefined, keyStart: element.startIndex, keyEnd: element.startIndex, value: lower.group(element, []), ...place };
  if (arrow === -1) {
    const isSpread = first.type === 'variadic_unpacking';
    const held = isSpread ? solid(first).at(-1) ?? first : first;
    return { key: undefined, keyStart: element.startIndex, keyEnd: element.startIndex, value: lower.one(held), ...place, isSpread };
  }
  const key = lower.one(first);
  const value = lower.one(last);
  const constant = constantText(key);
  if (constant !== undefined) return { key: constant.value, keyStart: constant.start, keyEnd: constant.end, value, ...place };
  const keyPlace = { keyStart: first.startIndex, keyEnd: first.endIndex, value, ...place };
  return key.kind === 'number' ? { key: String(key.value), ...keyPlace } : { key: undefined, computed: key, ...keyPlace };
}

function spread(node: Node, lower: Lower): IrNode {
  return wrapped(node, 'spread', lower);
}

function wrapped(node: Node, by: 'spread' | 'reference', lower: Lower): IrNode {
  const inner = solid(node).at(-1);
  return inner === undefined ? lower.group(node, []) : lower.make({ kind: 'wrapped', ...spanOf(node), by, inner: lower.one(inner) });
}
