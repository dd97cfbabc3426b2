import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { Argument, CallNode, Entry, IrNode } from '../../../ir/node.js';
import { COMMENTS, keyOf, parts } from './parts.js';
import { functionOf } from './functions.js';
import { contentOf, isConstantText } from './strings.js';
import { operation } from './operators.js';

/** Longer lists and objects, in characters, are tables: a keystroke in one value is to leave the others alone. */
const LARGE = 2_000;

export function member(node: Node, lower: Lower): IrNode {
  const all = parts(node);
  const [object] = all;
  const property = all.at(-1);
  if (object === undefined || property === undefined || property === object) return lower.group(node, lower.all(all));
  return lower.make({
    kind: 'member', start: node.startIndex, end: node.endIndex, object: lower.one(object), name: lower.textOf(property), nameStart: property.startIndex, nameEnd: property.endIndex,
  });
}

export function subscript(node: Node, lower: Lower): IrNode {
  const { startIndex: start, endIndex: end } = node;
  const all = parts(node);
  const [object] = all;
  const index = all.at(-1);
  if (object === undefined) return lower.group(node, []);
  const of = lower.one(object);
  if (index === undefined || index === object) return lower.make({ kind: 'element', start, end, object: of, index: undefined });
  if (!isConstantText(index, lower)) return lower.make({ kind: 'element', start, end, object: of, index: lower.one(index) });
  const name = contentOf(index, lower);
  return lower.make({ kind: 'member', start, end, object: of, name: name.value, nameStart: name.start, nameEnd: name.end });
}

/** `import.meta` and `new.target`, which have no named children. */
export function metaProperty(node: Node, lower: Lower): IrNode {
  const { startIndex: start, endIndex: end } = node;
  const text = lower.textOf(node);
  const first = /^\w*/.exec(text)?.[0] ?? '';
  const last = text.slice(text.lastIndexOf('.') + 1).trimStart();
  const object = lower.make({ kind: 'name', start, end: start + first.length, name: first });
  return lower.make({ kind: 'member', start, end, object, name: last, nameStart: end - last.length, nameEnd: end });
}

/** Also tagged templates, whose text is the argument. */
export function call(node: Node, lower: Lower): IrNode {
  const all = parts(node);
  const [callee] = all;
  const list = all.at(-1);
  if (callee === undefined || list === undefined || list === callee) return lower.group(node, lower.all(all));
  return called(callee, list, node.endIndex, lower);
}

/**
 * The grammar reads `await f<T>(x)` as `(await f)(x)` and `a + f<T>(x)` as `(a + f)(x)`: such callees can only stand in brackets,
 * so that the call is of their last operand.
 */
function called(callee: Node, list: Node, end: number, lower: Lower): IrNode {
  const start = callee.startIndex;
  switch (callee.type) {
    case 'await_expression':
    case 'unary_expression':
    case 'binary_expression': {
      const operands = parts(callee);
      const last = operands.at(-1);
      if (last === undefined) break;
      const inner = called(last, list, end, lower);
      if (callee.type === 'await_expression') return lower.make({ kind: 'wrapped', start, end, by: 'await', inner });
      return operation(callee, operands, end, inner, lower);
    }
    default:
  }
  const of = lower.one(callee);
  const given = argumentsOf(list, lower);
  // At the top level of a script the grammar takes `await (x)` for a call.
  if (of.kind === 'name' && of.name === 'await' && given.length === 1 && given[0] !== undefined) return lower.make({ kind: 'wrapped', start, end, by: 'await', inner: given[0].value });
  return lower.make<CallNode>({
    kind: 'call', start, end, callee: of, arguments: given, isNew: false, listStart: list.startIndex, listEnd: list.endIndex,
  });
}

function argumentsOf(list: Node, lower: Lower): Argument[] {
  return list.type === 'arguments' ? parts(list).map((each) => argument(each, lower)) : [{ name: undefined, value: lower.one(list), isSpread: false, start: list.startIndex, end: list.endIndex }];
}

function argument(node: Node, lower: Lower): Argument {
  const isSpread = node.type === 'spread_element';
  const value = isSpread ? parts(node)[0] ?? node : node;
  return { name: undefined, value: lower.one(value), isSpread, start: node.startIndex, end: node.endIndex };
}

export function construct(node: Node, lower: Lower): IrNode {
  const all = parts(node);
  const [callee] = all;
  if (callee === undefined) return lower.group(node, []);
  const of = lower.one(callee);
  const last = all.at(-1);
  const list = last?.type === 'arguments' ? last : undefined;
  return lower.make<CallNode>({
    kind: 'call', start: node.startIndex, end: node.endIndex, callee: of, arguments: list === undefined ? [] : argumentsOf(list, lower), isNew: true,
    listStart: list?.startIndex ?? of.end, listEnd: list?.endIndex ?? of.end,
  });
}

export function list(node: Node, lower: Lower): IrNode {
  const { startIndex: start, endIndex: end } = node;
  const isKept = end - start > LARGE;
  return lower.make({ kind: 'list', start, end, elements: parts(node).map((each) => (isKept ? kept(each, lower) : lower.one(each))) });
}

/** One value of many, which is kept from one lowering to the next as statements are. */
function kept(node: Node, lower: Lower): IrNode {
  const lowered = lower.block([node]);
  return lowered.length === 1 && lowered[0] !== undefined ? lowered[0] : lower.group(node, lowered);
}

export function object(node: Node, lower: Lower): IrNode {
  const { startIndex: start, endIndex: end } = node;
  const entries = named(node).flatMap((each) => (COMMENTS.has(each.type) ? [] : entry(each, lower, end - start > LARGE)));
  // In broken code the last bracket may be that of the last entry.
  const isClosed = end - start > 1 && lower.text[end - 1] === '}' && (entries.at(-1)?.end ?? 0) < end;
  const innerEnd = isClosed ? end - 1 : end;
  return lower.make({ kind: 'object', start, end, type: undefined, entries, innerStart: Math.min(start + 1, end), innerEnd });
}

function entry(node: Node, lower: Lower, isKept: boolean): Entry {
  const { startIndex: start, endIndex: end } = node;
  const unnamed = { key: undefined, keyStart: start, keyEnd: start, isShorthand: false, start, end };
  switch (node.type) {
    case 'pair': {
      const [keyNode, ...values] = parts(node);
      const value = values.at(-1);
      if (keyNode === undefined || value === undefined) break;
      const { name, start: keyStart, end: keyEnd, computed } = keyOf(keyNode, lower);
      return { key: name, keyStart, keyEnd, computed, value: isKept ? kept(value, lower) : lower.one(value), isSpread: false, isShorthand: false, start, end };
    }
    case 'shorthand_property_identifier': {
      const value = lower.name(node);
      return { key: value.name, keyStart: start, keyEnd: end, value, isSpread: false, isShorthand: true, start, end };
    }
    case 'spread_element':
      return { ...unnamed, value: lower.one(parts(node)[0] ?? node), isSpread: true };
    case 'method_definition': {
      const method = functionOf(node, lower);
      return { ...unnamed, key: method.function.name, keyStart: method.nameStart, keyEnd: method.nameEnd, computed: method.beside[0], value: method.function, isSpread: false };
    }
    default:
  }
  return { ...unnamed, value: lower.one(node), isSpread: false };
}
