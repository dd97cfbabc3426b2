import type { Node } from '@vscode/tree-sitter-wasm';
import { named, type Lower, type LowerNode } from '../../../ir/lowering.js';
import type { IrNode, Target, WrappedNode } from '../../../ir/node.js';
import { bind, indexed, nameTarget, returned, solid, spanOf } from '../made.js';
import { argumentOf, callOf, operandsOf } from './arguments.js';
import { parametersOf } from './parameters.js';
import { tupleTargets } from './patterns.js';
import { attached, combined } from './regroup.js';

const plainName: LowerNode = (node, lower) => lower.name(node);

/** Names, members, calls, operators and lambdas. */
export const expressions: Readonly<Record<string, LowerNode>> = {
  identifier: plainName,
  this: plainName,
  base: plainName,
  predefined_type: plainName,
  generic_name: (node, lower) => lower.name(node.firstChild ?? node),
  member_access_expression: member,
  qualified_name: member,
  alias_qualified_name: aliased,
  conditional_access_expression: conditionalAccess,
  element_access_expression: (node, lower) => element(node, solid(node), lower),
  invocation_expression: invocation,
  argument: (node, lower) => argumentOf(node, lower).value,
  binary_expression: binary,
  conditional_expression: conditional,
  prefix_unary_expression: prefix,
  postfix_unary_expression: postfix,
  parenthesized_expression: (node, lower) => wrapped(node, 'parentheses', operandsOf(node)[0], lower),
  checked_expression: (node, lower) => wrapped(node, 'parentheses', operandsOf(node)[0], lower),
  await_expression: (node, lower) => wrapped(node, 'await', operandsOf(node)[0], lower),
  cast_expression: (node, lower) => wrapped(node, 'cast', operandsOf(node)[1], lower),
  as_expression: (node, lower) => wrapped(node, 'cast', operandsOf(node)[0], lower),
  ref_expression: (node, lower) => wrapped(node, 'reference', operandsOf(node)[0], lower),
  range_expression: (node, lower) => lower.make({ kind: 'operation', ...spanOf(node), operator: '..', operands: lower.all(operandsOf(node)) }),
  assignment_expression: assignment,
  declaration_expression: declared,
  lambda_expression: lambda,
  anonymous_method_expression: lambda,
  typeof_expression: (node, lower) => lower.group(node, []),
  sizeof_expression: (node, lower) => lower.group(node, []),
  default_expression: (node, lower) => lower.group(node, []),
};

function wrapped(node: Node, by: WrappedNode['by'], inner: Node | undefined, lower: Lower): IrNode {
  return inner === undefined ? lower.group(node, []) : lower.make({ kind: 'wrapped', ...spanOf(node), by, inner: lower.one(inner) });
}

function member(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  return memberOf(node, children[0], children.at(-1), lower);
}

function memberOf(node: Node, object: Node | undefined, last: Node | undefined, lower: Lower): IrNode {
  if (object === undefined || last === undefined || object === last) return lower.group(node, lower.all(named(node)));
  // `a.b<T>`
  const name = last.type === 'generic_name' ? last.firstChild ?? last : last;
  const end = node.endIndex;
  const attach = (inner: IrNode): IrNode => lower.make({ kind: 'member', start: inner.start, end, object: inner, name: lower.textOf(name), nameStart: name.startIndex, nameEnd: name.endIndex });
  return behind(object, end, attach, lower);
}

/** What stands behind an expression. A `switch` has an end of its own. */
function behind(object: Node, end: number, attach: (inner: IrNode) => IrNode, lower: Lower): IrNode {
  const inner = lower.one(object);
  return object.type === 'switch_expression' ? attach(inner) : attached(inner, end, attach, lower);
}

/** `global::System` is `System`. */
function aliased(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const [alias] = children;
  const last = children.at(-1);
  return alias !== undefined && last !== undefined && lower.textOf(alias) === 'global' ? lower.one(last) : memberOf(node, alias, last, lower);
}

/** `a?.b` and `a?["b"]`. */
function conditionalAccess(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const [object] = children;
  const binding = children.at(-1);
  if (object !== undefined && binding?.type === 'member_binding_expression') return memberOf(node, object, binding.lastChild ?? undefined, lower);
  if (object !== undefined && binding?.type === 'element_binding_expression') return element(node, [object, binding], lower);
  return lower.group(node, lower.all(named(node)));
}

function element(node: Node, [object, list]: readonly Node[], lower: Lower): IrNode {
  if (object === undefined || list === undefined) return lower.group(node, lower.all(named(node)));
  const indices = solid(list).filter(({ isNamed, startIndex, endIndex }) => isNamed && startIndex < endIndex);
  const [first] = indices;
  const index = first === undefined ? undefined : indices.length === 1 ? argumentOf(first, lower).value : lower.group(list, lower.all(indices));
  return behind(object, node.endIndex, (inner) => indexed({ start: inner.start, end: node.endIndex }, inner, index, lower), lower);
}

function invocation(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const [callee] = children;
  const list = children.findLast(({ type }) => type === 'argument_list');
  if (callee === undefined || list === undefined) return lower.group(node, lower.all(named(node)));
  return behind(callee, node.endIndex, (inner) => callOf(inner.start, node.endIndex, inner, list, lower), lower);
}

function binary(node: Node, lower: Lower): IrNode {
  const [left, operator, right] = solid(node);
  if (left === undefined || operator === undefined || right === undefined) return lower.group(node, lower.all(named(node)));
  const [first, second] = [lower.one(left), lower.one(right)];
  // A `switch` is no operation whose last arm could go on.
  return left.type === 'switch_expression' ? lower.make({ kind: 'operation', ...spanOf(node), operator: operator.type, operands: [first, second] }) : combined(first, operator.type, second, lower);
}

function conditional(node: Node, lower: Lower): IrNode {
  const [condition, ...alternatives] = operandsOf(node);
  if (condition === undefined) return lower.group(node, []);
  return lower.make({ kind: 'choice', ...spanOf(node), conditions: [lower.one(condition)], alternatives: alternatives.map((each) => lower.one(each)) });
}

function prefix(node: Node, lower: Lower): IrNode {
  const [operator, operand] = solid(node);
  if (operator === undefined || operand === undefined) return lower.group(node, lower.all(named(node)));
  if (operator.type === '&' || operator.type === '*') return wrapped(node, 'reference', operand, lower);
  if (operator.type === '++' || operator.type === '--') return lower.group(node, [lower.one(operand)]);
  return lower.make({ kind: 'operation', ...spanOf(node), operator: operator.type, operands: [lower.one(operand)] });
}

/** `x!` is x; `x++` says nothing about values. */
function postfix(node: Node, lower: Lower): IrNode {
  const [operand, operator] = solid(node);
  if (operator?.type === '!' && operand !== undefined) {
    return behind(operand, node.endIndex, (inner) => lower.make({ kind: 'wrapped', start: inner.start, end: node.endIndex, by: 'cast', inner }), lower);
  }
  return lower.group(node, operand === undefined ? [] : [lower.one(operand)]);
}

function assignment(node: Node, lower: Lower): IrNode {
  const [left, operator, right] = solid(node);
  if (left === undefined || operator === undefined || right === undefined) return lower.group(node, lower.all(named(node)));
  const targets = targetsOf(left, lower, []);
  const declares = left.type === 'declaration_expression' || (left.type === 'tuple_expression' && named(left).some((part) => part.lastNamedChild?.type === 'declaration_expression'));
  return bind(spanOf(node), targets, lower.one(right), lower, { operator: operator.type === '=' ? '=' : operator.type.slice(0, -1), isDeclaration: declares });
}

/** What is assigned to: names, places, and those in tuples; not `_`. */
function targetsOf(left: Node, lower: Lower, path: readonly string[]): Target[] {
  if (left.type === 'identifier') return lower.textOf(left) === '_' ? [] : [nameTarget(left, lower.textOf(left), path)];
  if (left.type === 'declaration_expression') {
    const last = left.lastNamedChild;
    if (last === null) return [];
    return last.type === 'identifier' ? [nameTarget(last, lower.textOf(last), path)] : tupleTargets(last, lower, path);
  }
  if (left.type === 'tuple_expression' && path.length < DEEPEST_TUPLE) {
    return named(left).filter(({ type }) => type === 'argument').flatMap((argument, index) => {
      const part = solid(argument).at(-1);
      return part === undefined ? [] : targetsOf(part, lower, [...path, String(index)]);
    });
  }
  return [{ name: undefined, place: lower.one(left), path, ...spanOf(left) }];
}

const DEEPEST_TUPLE = 8;

/** `out var x`, and `var (a, b)` where it is no assignment. */
function declared(node: Node, lower: Lower): IrNode {
  const [type] = named(node);
  const isInferred = type === undefined || type.type === 'implicit_type';
  return bind(spanOf(node), targetsOf(node, lower, []), undefined, lower, { type: isInferred ? undefined : lower.textOf(type) });
}

/** `x => …`, `async (int x) => { … }`, `delegate (int x) { … }`. */
function lambda(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const arrow = children.findIndex(({ type }) => type === '=>');
  const list = children.find(({ type }) => type === 'parameter_list' || type === 'implicit_parameter');
  const body = arrow === -1 ? children.findLast(({ type }) => type === 'block') : children[arrow + 1];
  const lowered = body === undefined ? [] : body.type === 'block' ? lower.body(body) : [returned(body, lower)];
  return lower.make({ kind: 'function', ...spanOf(node), name: undefined, parameters: parametersOf(list, lower), body: lowered });
}
