import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Argument, CallNode, Entry, IrNode, ObjectNode } from '../../../ir/node.js';
import { constantOf, keywordCall, parts } from '../scripting.js';

export function call(node: Node, lower: Lower): IrNode {
  const [called, list] = parts(node);
  if (called === undefined) return lower.group(node, []);
  const callee = lower.one(called);
  const place = { start: node.startIndex, end: node.endIndex, callee, isNew: false };
  if (list === undefined) return lower.make<CallNode>({ kind: 'call', ...place, arguments: [], listStart: callee.end, listEnd: callee.end });
  // `sum(x for x in xs)` has the brackets of the generator.
  const given = list.type === 'argument_list' ? parts(list) : [list];
  return lower.make<CallNode>({ kind: 'call', ...place, arguments: given.map((each) => argument(each, lower)), listStart: list.startIndex, listEnd: list.endIndex });
}

function argument(node: Node, lower: Lower): Argument {
  const { startIndex: start, endIndex: end } = node;
  if (node.type === 'list_splat' || node.type === 'dictionary_splat') return { name: undefined, value: inner(node, lower), isSpread: true, start, end };
  if (node.type === 'keyword_argument') {
    const [name, value] = parts(node);
    if (name !== undefined && value !== undefined) return { name: lower.textOf(name), value: lower.one(value), isSpread: false, start, end };
  }
  return { name: undefined, value: lower.one(node), isSpread: false, start, end };
}

function inner(node: Node, lower: Lower): IrNode {
  const [only, second] = parts(node);
  return only !== undefined && second === undefined ? lower.one(only) : lower.group(node, lower.all(parts(node)));
}

/** What a generator hands out; what it is sent back is unknown. */
export function yieldOf(node: Node, lower: Lower): IrNode {
  const [value] = parts(node);
  return keywordCall(node, 'yield', value, value === undefined ? [] : [argument(value, lower)], lower);
}

export function attribute(node: Node, lower: Lower): IrNode {
  const all = parts(node);
  const [object, name] = all;
  if (object === undefined || name?.type !== 'identifier' || all.length > 2) return lower.group(node, lower.all(all));
  return lower.make({ kind: 'member', start: node.startIndex, end: node.endIndex, object: lower.one(object), name: lower.textOf(name), nameStart: name.startIndex, nameEnd: name.endIndex });
}

/** `a["b"]` is a member; several indices are a list. */
export function subscript(node: Node, lower: Lower): IrNode {
  const [value, ...indices] = parts(node);
  if (value === undefined) return lower.group(node, []);
  const place = { start: node.startIndex, end: node.endIndex, object: lower.one(value) };
  const [only] = indices;
  const last = indices.at(-1);
  if (only === undefined || last === undefined) return lower.make({ kind: 'element', ...place, index: undefined });
  if (indices.length > 1) return lower.make({ kind: 'element', ...place, index: lower.make({ kind: 'list', start: only.startIndex, end: last.endIndex, elements: indices.map((index) => lower.one(index)) }) });
  const index = lower.one(only);
  const key = constantOf(index);
  if (key === undefined) return lower.make({ kind: 'element', ...place, index });
  return lower.make({ kind: 'member', ...place, name: key.value, nameStart: key.start, nameEnd: key.end });
}

export function dictionary(node: Node, lower: Lower): ObjectNode {
  const { startIndex: start, endIndex: end } = node;
  const entries = parts(node).map((each) => entry(each, lower));
  // The closing bracket may be missing in broken code.
  return lower.make({ kind: 'object', start, end, type: undefined, entries, innerStart: start + 1, innerEnd: Math.max(start + 1, end - 1, entries.at(-1)?.end ?? 0) });
}

/** The one entry of a comprehension. */
export function pairObject(node: Node, lower: Lower): ObjectNode {
  const { startIndex: start, endIndex: end } = node;
  return lower.make({ kind: 'object', start, end, type: undefined, entries: [entry(node, lower)], innerStart: start, innerEnd: end });
}

function entry(node: Node, lower: Lower): Entry {
  const { startIndex: start, endIndex: end } = node;
  const [key, value] = parts(node);
  if (node.type === 'dictionary_splat') return { key: undefined, keyStart: start, keyEnd: start, value: inner(node, lower), isSpread: true, isShorthand: false, start, end };
  if (node.type !== 'pair' || key === undefined || value === undefined) return { key: undefined, keyStart: start, keyEnd: start, value: lower.one(node), isSpread: false, isShorthand: false, start, end };
  const rest = { value: lower.one(value), isSpread: false, isShorthand: false, start, end };
  const computed = lower.one(key);
  const constant = constantOf(computed);
  if (constant !== undefined) return { key: constant.value, keyStart: constant.start, keyEnd: constant.end, ...rest };
  if (key.type === 'integer') return { key: lower.textOf(key), keyStart: key.startIndex, keyEnd: key.endIndex, ...rest };
  return { key: undefined, keyStart: key.startIndex, keyEnd: key.endIndex, computed, ...rest };
}
