import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { Argument, IrNode } from '../../../ir/node.js';
import { binary, escapedStretches, numberOf, parts } from '../shared.js';
import { compositeLiteral, elidedLiteral } from './literals.js';

const name: LowerNode = (node, lower) => lower.name(node);
const nothing: LowerNode = (node, lower) => lower.group(node, []);
const number: LowerNode = (node, lower) => lower.number(node, numberOf(lower.textOf(node)));

/** `"…"`, `'…'` and the raw text between backticks. */
const text: LowerNode = (node, lower) => {
  const { startIndex: start, endIndex: end } = node;
  const quote = lower.text[start];
  if (end - start < 2 || lower.text[end - 1] !== quote) return lower.group(node, []);
  if (quote === '`') return lower.literal(node, lower.text.slice(start + 1, end - 1), start + 1, end - 1);
  return lower.make({ kind: 'text', start, end, parts: escapedStretches(lower.text, start + 1, end - 1) });
};

/** `a.b`, and `pkg.T` among types. */
const selector: LowerNode = (node, lower) => {
  const [object, field] = parts(node);
  if (object === undefined) return lower.group(node, []);
  // While it is being typed, the name after the dot is missing.
  if (field === undefined || field.startIndex === field.endIndex) return lower.group(node, lower.all([object]));
  return lower.make({
    kind: 'member', start: node.startIndex, end: node.endIndex, object: lower.one(object), name: lower.textOf(field), nameStart: field.startIndex, nameEnd: field.endIndex,
  });
};

/** `a["b"]` is a member, `a[0]` an element. */
const index: LowerNode = (node, lower) => {
  const [object, at, ...others] = parts(node);
  if (object === undefined || at === undefined || others.length > 0) return lower.group(node, lower.all(parts(node)));
  const { startIndex: start, endIndex: end } = node;
  const key = lower.one(at);
  if (key.kind !== 'text') return lower.make({ kind: 'element', start, end, object: lower.one(object), index: key });
  const constant = key.parts.map((part) => (part.kind === 'stretch' ? part.value : '')).join('');
  return lower.make({ kind: 'member', start, end, object: lower.one(object), name: constant, nameStart: at.startIndex + 1, nameEnd: at.endIndex - 1 });
};

const call: LowerNode = (node, lower) => {
  const all = parts(node);
  const [callee] = all;
  const list = all.find(({ type }) => type === 'argument_list');
  if (callee === undefined || list === undefined || callee === list) return lower.group(node, lower.all(all));
  return lower.make({
    kind: 'call', start: node.startIndex, end: node.endIndex, callee: calleeOf(callee, lower), arguments: parts(list).map((each) => argument(each, lower)), isNew: false,
    listStart: list.startIndex, listEnd: list.endIndex,
  });
};

/** Type arguments are ignored: `f[int](x)`, which is written as the call of an element. */
function calleeOf(node: Node, lower: Lower): IrNode {
  if (node.type !== 'index_expression' && node.type !== 'generic_type' && node.type !== 'type_instantiation_expression') return lower.one(node);
  const [called, type] = parts(node);
  const isIndex = node.type === 'index_expression' && type?.type !== 'identifier' && type?.type !== 'selector_expression';
  return lower.one(isIndex ? node : called ?? node);
}

function argument(node: Node, lower: Lower): Argument {
  const [inner] = node.type === 'variadic_argument' ? parts(node) : [];
  return { name: undefined, value: lower.one(inner ?? node), isSpread: inner !== undefined, start: node.startIndex, end: node.endIndex };
}

/** `[]byte(x)`, `generic[int](x)`. */
const conversion: LowerNode = (node, lower) => {
  const [type, operand] = parts(node);
  if (type === undefined || operand === undefined) return lower.group(node, lower.all(parts(node)));
  const open = node.children.find((child) => child?.type === '(');
  const { startIndex: start, endIndex: end } = node;
  const given = { name: undefined, value: lower.one(operand), isSpread: false, start: operand.startIndex, end: operand.endIndex };
  return lower.make({ kind: 'call', start, end, callee: calleeOf(type, lower), arguments: [given], isNew: false, listStart: open?.startIndex ?? type.endIndex, listEnd: end });
};

/** `&x` and `*x` leave the value as it is. */
const unary: LowerNode = (node, lower) => {
  const [operand] = parts(node);
  if (operand === undefined) return lower.group(node, []);
  const { startIndex: start, endIndex: end } = node;
  const inner = lower.one(operand);
  const operator = lower.text.startsWith('<-', start) ? '<-' : lower.text[start] ?? '';
  return operator === '&' || operator === '*' ? lower.make({ kind: 'wrapped', start, end, by: 'reference', inner }) : lower.make({ kind: 'operation', start, end, operator, operands: [inner] });
};

/** The first part stands for the whole: `(x)`, `x.(T)`. */
function wrapped(by: 'parentheses' | 'cast' | 'reference'): LowerNode {
  return (node, lower) => {
    const [inner, ...others] = parts(node);
    const isBroken = inner === undefined || (by !== 'cast' && others.length > 0);
    return isBroken ? lower.group(node, lower.all(parts(node))) : lower.make({ kind: 'wrapped', start: node.startIndex, end: node.endIndex, by, inner: lower.one(inner) });
  };
}

/** Type arguments are ignored; one may as well be the index of an element, and broken code around decides what the parser takes it for. */
const generic: LowerNode = (node, lower): IrNode => {
  const [object, ...given] = parts(node);
  if (object === undefined) return lower.group(node, []);
  const [type, ...others] = given.flatMap((each) => (each.type === 'type_arguments' ? parts(each) : [each]));
  if (type === undefined || others.length > 0) return lower.one(object);
  return lower.make({ kind: 'element', start: node.startIndex, end: node.endIndex, object: lower.one(object), index: lower.one(type) });
};

export const goExpressions: Readonly<Record<string, LowerNode>> = {
  identifier: name,
  nil: name,
  true: name,
  false: name,
  iota: name,
  int_literal: number,
  float_literal: number,
  imaginary_literal: nothing,
  interpreted_string_literal: text,
  raw_string_literal: text,
  rune_literal: text,
  selector_expression: selector,
  index_expression: index,
  call_expression: call,
  type_conversion_expression: conversion,
  binary_expression: binary,
  unary_expression: unary,
  parenthesized_expression: wrapped('parentheses'),
  type_assertion_expression: wrapped('cast'),
  type_instantiation_expression: generic,
  composite_literal: compositeLiteral,
  literal_value: elidedLiteral,
  // Types among the arguments, `new(stigg.Money)`, and where they convert, `[]byte(x)`.
  type_identifier: name,
  package_identifier: name,
  qualified_type: selector,
  generic_type: generic,
  slice_type: name,
  array_type: name,
  map_type: name,
  // In broken code the parser may take expressions for these.
  pointer_type: wrapped('reference'),
  parenthesized_type: wrapped('parentheses'),
  channel_type: name,
  struct_type: nothing,
  interface_type: nothing,
  function_type: nothing,
};
