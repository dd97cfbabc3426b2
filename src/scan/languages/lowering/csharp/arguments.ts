import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Argument, CallNode, IrNode } from '../../../ir/node.js';
import { solid, spanOf } from '../made.js';

/** Expressions for which the grammar has no name. */
const KEYWORDS: ReadonlySet<string> = new Set(['this', 'base']);

/** The expressions among the children. */
export function operandsOf(node: Node): Node[] {
  return solid(node).filter(({ isNamed, type }) => isNamed || KEYWORDS.has(type));
}

/** The arguments of a list in any brackets. */
export function argumentsOf(list: Node, lower: Lower): Argument[] {
  // The grammar puts an argument of nothing between brackets with nothing inside.
  return solid(list).filter(({ isNamed, startIndex, endIndex }) => isNamed && startIndex < endIndex).map((node) => argumentOf(node, lower));
}

/** `x`, `name: x`, `ref x`, `out var x`. */
export function argumentOf(node: Node, lower: Lower): Argument {
  const plain = { isSpread: false, ...spanOf(node) };
  if (node.type !== 'argument' && node.type !== 'attribute_argument') return { name: undefined, value: lower.one(node), ...plain };
  const children = solid(node);
  const [first, colon] = children;
  const name = first !== undefined && colon?.type === ':' ? lower.textOf(first) : undefined;
  const rest = name === undefined ? children : children.slice(2);
  return { name, value: valueOf(node, rest, lower), ...plain };
}

function valueOf(node: Node, parts: readonly Node[], lower: Lower): IrNode {
  const last = parts.at(-1);
  if (last === undefined) return lower.group(node, []);
  const [first] = parts;
  if (first === undefined || first === last || last.type === 'declaration_expression') return lower.one(last);
  return lower.make({ kind: 'wrapped', start: first.startIndex, end: last.endIndex, by: 'reference', inner: lower.one(last) });
}

/** A call of a callee that is lowered already. */
export function callOf(start: number, end: number, callee: IrNode, list: Node | undefined, lower: Lower): CallNode {
  return lower.make({ kind: 'call', start, end, callee, arguments: list === undefined ? [] : argumentsOf(list, lower), isNew: false, listStart: list?.startIndex ?? callee.end, listEnd: list?.endIndex ?? callee.end });
}
