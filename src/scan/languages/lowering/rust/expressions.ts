import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { Entry } from '../../../ir/node.js';
import { binary, innerEndOf, parts } from '../shared.js';
import { expanded } from './macros.js';
import { constantOf, number, text } from './texts.js';
import { Tokens } from './tokens.js';

const name: LowerNode = (node, lower) => lower.name(node);
const all: LowerNode = (node, lower) => lower.all(parts(node));

/** `a.b`; `a.0` is an element. */
const field: LowerNode = (node, lower) => {
  const [object, at] = parts(node);
  if (object === undefined) return lower.group(node, []);
  if (at === undefined || at.startIndex === at.endIndex) return lower.group(node, lower.all([object]));
  const { startIndex: start, endIndex: end } = node;
  if (at.type === 'integer_literal') return lower.make({ kind: 'element', start, end, object: lower.one(object), index: lower.one(at) });
  return lower.make({ kind: 'member', start, end, object: lower.one(object), name: lower.textOf(at), nameStart: at.startIndex, nameEnd: at.endIndex });
};

/** `a::b`; `::a` is a plain name. */
const scoped: LowerNode = (node, lower) => {
  const path = node.childForFieldName('path');
  const last = node.childForFieldName('name');
  if (last === null) return lower.group(node, lower.all(parts(node)));
  if (path === null) return lower.name(last);
  return lower.make({ kind: 'member', start: node.startIndex, end: node.endIndex, object: lower.one(path), name: lower.textOf(last), nameStart: last.startIndex, nameEnd: last.endIndex });
};

/** The first part stands for the whole: type arguments are ignored. */
const generic: LowerNode = (node, lower) => lower.maybe(parts(node)[0]) ?? lower.group(node, []);

const index: LowerNode = (node, lower) => {
  const [object, at, ...others] = parts(node);
  if (object === undefined || at === undefined || others.length > 0) return lower.group(node, lower.all(parts(node)));
  const { startIndex: start, endIndex: end } = node;
  const key = lower.one(at);
  const constant = constantOf(key);
  if (constant === undefined) return lower.make({ kind: 'element', start, end, object: lower.one(object), index: key });
  return lower.make({ kind: 'member', start, end, object: lower.one(object), name: constant.value, nameStart: constant.start, nameEnd: constant.end });
};

const call: LowerNode = (node, lower) => {
  const [callee, list] = parts(node);
  if (callee === undefined || list?.type !== 'arguments') return lower.group(node, lower.all(parts(node)));
  const given = parts(list).filter(({ type }) => type !== 'attribute_item').map((each) => ({ name: undefined, value: lower.one(each), isSpread: false, start: each.startIndex, end: each.endIndex }));
  return lower.make({ kind: 'call', start: node.startIndex, end: node.endIndex, callee: lower.one(callee), arguments: given, isNew: false, listStart: list.startIndex, listEnd: list.endIndex });
};

const macro: LowerNode = (node, lower) => {
  const [callee, tree] = parts(node);
  if (callee === undefined || tree?.type !== 'token_tree') return lower.group(node, lower.all(parts(node)));
  return expanded(lower.one(callee), tree, node.startIndex, new Tokens(tree, lower, 0), lower);
};

/** Trees that belong to no macro, in broken code. */
const tokenTree: LowerNode = (node, lower) => lower.group(node, new Tokens(node, lower, 0).items());

const struct: LowerNode = (node, lower) => {
  const type = node.childForFieldName('name');
  const body = node.childForFieldName('body');
  if (type === null || body === null) return lower.group(node, lower.all(parts(node)));
  const { startIndex, endIndex } = body;
  const entries = parts(body).flatMap((each) => entry(each, lower));
  return lower.make({
    kind: 'object', start: node.startIndex, end: node.endIndex, type: lower.textOf(type).replace(/::<[\s\S]*/, ''), entries,
    innerStart: startIndex + 1, innerEnd: innerEndOf(lower.text, startIndex, endIndex, entries),
  });
};

/** `name: value`, `name`, `..others`. */
function entry(node: Node, lower: Lower): Entry[] {
  if (node.type === 'attribute_item') return [];
  const { startIndex: start, endIndex: end } = node;
  const [first, value] = parts(node).filter(({ type }) => type !== 'attribute_item');
  const common = { isSpread: false, isShorthand: false, start, end };
  if (first === undefined) return [];
  if (node.type === 'field_initializer' && value !== undefined) return [{ ...common, key: lower.textOf(first), keyStart: first.startIndex, keyEnd: first.endIndex, value: lower.one(value) }];
  if (node.type === 'shorthand_field_initializer') return [{ ...common, key: lower.textOf(first), keyStart: first.startIndex, keyEnd: first.endIndex, value: lower.one(first), isShorthand: true }];
  return [{ ...common, key: undefined, keyStart: start, keyEnd: start, value: lower.one(first), isSpread: node.type === 'base_field_initializer' }];
}

/** In `[x; n]` the number is none of the elements. */
const array: LowerNode = (node, lower) => {
  const length = node.childForFieldName('length');
  const elements = parts(node).filter(({ type }) => type !== 'attribute_item').map((each) => (each.startIndex === length?.startIndex ? lower.group(each, lower.some(each)) : lower.one(each)));
  return lower.make({ kind: 'list', start: node.startIndex, end: node.endIndex, elements });
};

const tuple: LowerNode = (node, lower) => lower.make({ kind: 'list', start: node.startIndex, end: node.endIndex, elements: lower.all(parts(node)) });

const unary: LowerNode = (node, lower) => {
  const [operand] = parts(node);
  if (operand === undefined) return lower.group(node, []);
  const { startIndex: start, endIndex: end } = node;
  const operator = lower.text[start] ?? '';
  const inner = lower.one(operand);
  return operator === '*' ? lower.make({ kind: 'wrapped', start, end, by: 'reference', inner }) : lower.make({ kind: 'operation', start, end, operator, operands: [inner] });
};

/** `(x)`, `x?`, `x.await`, `x as T`, `&mut x`. */
function wrapped(by: 'parentheses' | 'await' | 'cast' | 'reference'): LowerNode {
  return (node, lower) => {
    const [inner, ...others] = parts(node).filter(({ type }) => type !== 'mutable_specifier');
    const isWhole = inner !== undefined && (by === 'cast' || others.length === 0);
    return isWhole ? lower.make({ kind: 'wrapped', start: node.startIndex, end: node.endIndex, by, inner: lower.one(inner) }) : lower.group(node, lower.all(parts(node)));
  };
}

const returned: LowerNode = (node, lower) => lower.make({ kind: 'return', start: node.startIndex, end: node.endIndex, value: lower.maybe(parts(node)[0]) });

export const rustExpressions: Readonly<Record<string, LowerNode>> = {
  identifier: name,
  self: name,
  super: name,
  crate: name,
  boolean_literal: name,
  metavariable: name,
  type_identifier: name,
  primitive_type: name,
  integer_literal: number,
  float_literal: number,
  string_literal: text,
  raw_string_literal: text,
  char_literal: text,
  field_expression: field,
  scoped_identifier: scoped,
  scoped_type_identifier: scoped,
  generic_function: generic,
  generic_type: generic,
  generic_type_with_turbofish: generic,
  bracketed_type: generic,
  qualified_type: generic,
  index_expression: index,
  call_expression: call,
  macro_invocation: macro,
  token_tree: tokenTree,
  struct_expression: struct,
  array_expression: array,
  tuple_expression: tuple,
  unit_expression: tuple,
  binary_expression: binary,
  unary_expression: unary,
  parenthesized_expression: wrapped('parentheses'),
  try_expression: wrapped('cast'),
  type_cast_expression: wrapped('cast'),
  await_expression: wrapped('await'),
  reference_expression: wrapped('reference'),
  return_expression: returned,
  // What only stands around a value.
  expression_statement: all,
  else_clause: all,
  unsafe_block: all,
  async_block: all,
  const_block: all,
  try_block: all,
  gen_block: all,
};
