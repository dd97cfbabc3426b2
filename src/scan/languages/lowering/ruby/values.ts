import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { Entry, IrNode, ListNode, ObjectNode } from '../../../ir/node.js';
import { constantOf } from '../scripting.js';

/** What is given: neither comments nor the bodies of heredocs, which may stand among it. */
export function given(node: Node): Node[] {
  return named(node).filter(({ type }) => type !== 'comment' && type !== 'heredoc_body');
}

/** What a spread holds; nothing for an anonymous one. */
export function inner(node: Node, lower: Lower): IrNode {
  const inside = given(node);
  const [only, second] = inside;
  return only !== undefined && second === undefined ? lower.one(only) : lower.group(node, lower.all(inside));
}

export function hash(node: Node, lower: Lower): ObjectNode {
  const { startIndex: start, endIndex: end } = node;
  const entries = given(node).map((each) => entry(each, lower));
  // The closing bracket may be missing in broken code.
  return lower.make({ kind: 'object', start, end, type: undefined, entries, innerStart: start + 1, innerEnd: Math.max(start + 1, end - 1, entries.at(-1)?.end ?? 0) });
}

/** Pairs without brackets around them. */
export function braceless(pairs: readonly Node[], lower: Lower): IrNode {
  const entries = pairs.map((pair) => entry(pair, lower));
  const start = entries[0]?.start ?? 0;
  const end = entries.at(-1)?.end ?? start;
  return lower.make<ObjectNode>({ kind: 'object', start, end, type: undefined, entries, innerStart: start, innerEnd: end });
}

export function entry(node: Node, lower: Lower): Entry {
  const { startIndex: start, endIndex: end } = node;
  const none = { key: undefined, keyStart: start, keyEnd: start, isShorthand: false, start, end };
  if (node.type === 'hash_splat_argument') return { ...none, value: inner(node, lower), isSpread: true };
  const [key, value] = given(node);
  if (node.type !== 'pair' || key === undefined) return { ...none, value: lower.one(node), isSpread: false };
  const sigil = key.type === 'simple_symbol' ? 1 : 0;
  const place = { keyStart: key.startIndex + sigil, keyEnd: key.endIndex };
  const isShorthand = value === undefined;
  const rest = { value: isShorthand ? lower.name(key) : lower.one(value), isSpread: false, isShorthand, start, end };
  if (key.type === 'hash_key_symbol' || key.type === 'simple_symbol' || key.type === 'integer') return { key: lower.textOf(key).slice(sigil), ...place, ...rest };
  const computed = lower.one(key);
  const constant = constantOf(computed);
  return constant === undefined ? { key: undefined, ...place, computed, ...rest } : { key: constant.value, keyStart: constant.start, keyEnd: constant.end, ...rest };
}

/** `[1, *rest, amount: 1]`: pairs are a hash in the end. */
export function list(node: Node, lower: Lower): ListNode {
  return lower.make({ kind: 'list', start: node.startIndex, end: node.endIndex, elements: elementsOf(given(node), lower) });
}

function elementsOf(nodes: readonly Node[], lower: Lower): IrNode[] {
  const isPair = ({ type }: Node): boolean => type === 'pair' || type === 'hash_splat_argument';
  const pairs = nodes.filter(isPair);
  const elements = nodes.filter((each) => !isPair(each)).map((each) => lower.one(each));
  return pairs.length === 0 ? elements : [...elements, braceless(pairs, lower)];
}

/** `return 1, 2`, `x[1, 2]`: one value, or a list of them. */
export function valueOf(nodes: readonly Node[], lower: Lower): IrNode | undefined {
  const elements = elementsOf(nodes, lower);
  const [only, second] = elements;
  if (only === undefined || (second === undefined && nodes[0]?.type !== 'splat_argument')) return only;
  return lower.make<ListNode>({ kind: 'list', start: Math.min(...elements.map(({ start }) => start)), end: Math.max(...elements.map(({ end }) => end)), elements });
}
