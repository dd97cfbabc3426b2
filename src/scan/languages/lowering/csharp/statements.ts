import type { Node } from '@vscode/tree-sitter-wasm';
import { named, type Lower, type LowerNode } from '../../../ir/lowering.js';
import type { IrNode } from '../../../ir/node.js';
import { bind, nameTarget, solid, spanOf } from '../made.js';
import { operandsOf } from './arguments.js';
import { tupleTargets } from './patterns.js';

const scoped: LowerNode = (node, lower) => lower.make({ kind: 'group', ...spanOf(node), children: lower.all(operandsOf(node)), isScope: true });
const inside: LowerNode = (node, lower) => lower.all(named(node));
/** `#if`: both sides are code. */
const conditionally: LowerNode = (node, lower) => lower.block(named(node).slice(node.type === 'preproc_else' ? 0 : 1));

/** Statements, and the clauses of queries. */
export const statements: Readonly<Record<string, LowerNode>> = {
  global_statement: inside,
  expression_statement: inside,
  return_statement: (node, lower) => lower.make({ kind: 'return', ...spanOf(node), value: lower.maybe(operandsOf(node)[0]) }),
  foreach_statement: forEach,
  for_statement: scoped,
  using_statement: scoped,
  fixed_statement: scoped,
  catch_clause: scoped,
  catch_declaration: caught,
  labeled_statement: (node, lower) => lower.all(named(node).slice(1)),
  preproc_if: conditionally,
  preproc_elif: conditionally,
  preproc_else: conditionally,
  query_expression: scoped,
  from_clause: each,
  join_clause: each,
  let_clause: lets,
  join_into_clause: (node, lower) => named(node).map((name) => bind(spanOf(node), [nameTarget(name, lower.textOf(name))], undefined, lower)),
};

function forEach(node: Node, lower: Lower): IrNode {
  const type = node.childForFieldName('type');
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const targets = left === null ? [] : left.type === 'identifier' ? [nameTarget(left, lower.textOf(left))] : tupleTargets(left, lower);
  const start = (type ?? left ?? node).startIndex;
  const loop = bind({ start, end: (right ?? left ?? node).endIndex }, targets, lower.maybe(right), lower, { isEach: true, type: type === null || type.type === 'implicit_type' ? undefined : lower.textOf(type) });
  return lower.make({ kind: 'group', ...spanOf(node), children: [loop, ...lower.body(node.childForFieldName('body'))], isScope: true });
}

/** `(Exception e)`. */
function caught(node: Node, lower: Lower): IrNode[] {
  const [type, name] = named(node).filter((child) => child.type !== 'comment');
  return type === undefined || name === undefined ? [] : [bind(spanOf(node), [nameTarget(name, lower.textOf(name))], undefined, lower, { type: lower.textOf(type) })];
}

/** `from x in xs` and `join x in xs on …`. */
function each(node: Node, lower: Lower): IrNode[] {
  const children = solid(node);
  const at = children.findIndex(({ type }) => type === 'in');
  const name = children[at - 1];
  const source = children[at + 1];
  if (at === -1 || name === undefined || source === undefined) return lower.all(named(node));
  const rest = children.slice(at + 2).filter(({ isNamed }) => isNamed);
  return [bind({ start: node.startIndex, end: source.endIndex }, [nameTarget(name, lower.textOf(name))], lower.one(source), lower, { isEach: true }), ...lower.all(rest)];
}

function lets(node: Node, lower: Lower): IrNode[] {
  const [name, value] = operandsOf(node);
  return name === undefined ? [] : [bind(spanOf(node), [nameTarget(name, lower.textOf(name))], lower.maybe(value), lower)];
}
