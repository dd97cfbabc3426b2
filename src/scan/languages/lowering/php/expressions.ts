import type { Node } from '@vscode/tree-sitter-wasm';
import { named, type Lower, type LowerNode } from '../../../ir/lowering.js';
import type { Argument, IrNode, WrappedNode } from '../../../ir/node.js';
import { bind, constantText, indexed, solid, spanOf } from '../made.js';
import { parts } from '../shared.js';
import { targetsOf, variableName } from './targets.js';

const plainName: LowerNode = (node, lower) => lower.name(node);
const inner = (by: WrappedNode['by']): LowerNode => (node, lower) => wrapped(node, by, parts(node).at(-1), lower);

/** Names, members, calls and operators. */
export const expressions: Readonly<Record<string, LowerNode>> = {
  name: plainName,
  relative_scope: plainName,
  variable_name: (node, lower) => lower.name(node, variableName(node, lower)),
  dynamic_variable_name: dynamic,
  qualified_name: qualified,
  relative_name: (node, lower) => lower.name(node.lastNamedChild ?? node),
  member_access_expression: member,
  nullsafe_member_access_expression: member,
  scoped_property_access_expression: member,
  class_constant_access_expression: member,
  subscript_expression: subscript,
  function_call_expression: call,
  member_call_expression: methodCall,
  nullsafe_member_call_expression: methodCall,
  scoped_call_expression: methodCall,
  object_creation_expression: created,
  argument: (node, lower) => argumentOf(node, lower).value,
  arguments: (node, lower) => argumentsOf(node, lower).map(({ value }) => value),
  binary_expression: binary,
  conditional_expression: conditional,
  match_expression: match,
  unary_op_expression: unary,
  parenthesized_expression: inner('parentheses'),
  error_suppression_expression: inner('parentheses'),
  cast_expression: inner('cast'),
  clone_expression: inner('reference'),
  assignment_expression: assignment,
  reference_assignment_expression: assignment,
  augmented_assignment_expression: assignment,
};

function wrapped(node: Node, by: WrappedNode['by'], value: Node | undefined, lower: Lower): IrNode {
  return value === undefined ? lower.group(node, []) : lower.make({ kind: 'wrapped', ...spanOf(node), by, inner: lower.one(value) });
}

/** `${name}` in texts is a plain variable; `$$name` may be any. */
function dynamic(node: Node, lower: Lower): IrNode {
  const [only] = parts(node);
  return only?.type === 'name' ? lower.name(only) : lower.group(node, lower.all(parts(node)));
}

/** `\strlen` is a name, `\GuzzleHttp\Client` the member Client of the namespace. */
function qualified(node: Node, lower: Lower): IrNode {
  const last = node.lastNamedChild;
  const prefix = named(node).find(({ type }) => type === 'namespace_name');
  if (last === null || prefix === undefined || last.type !== 'name') return lower.name(last ?? node);
  return lower.make({ kind: 'member', ...spanOf(node), object: lower.name(prefix), name: lower.textOf(last), nameStart: last.startIndex, nameEnd: last.endIndex });
}

function member(node: Node, lower: Lower): IrNode {
  const [object, name] = parts(node);
  return memberOf(node, object, name, lower);
}

/** `$a->b`, `$a->{'b'}`, `A::b`, `A::$b`; `$a->$b` may be any member. The span ends with the name, so that it fits callees. */
function memberOf(node: Node, object: Node | undefined, name: Node | undefined, lower: Lower): IrNode {
  if (object === undefined || name === undefined) return lower.group(node, lower.all(parts(node)));
  const isStatic = node.type.startsWith('scoped_') || node.type.startsWith('class_');
  const place = { start: node.startIndex, end: name.endIndex, object: lower.one(object) };
  if (name.type === 'name') return lower.make({ kind: 'member', ...place, name: lower.textOf(name), nameStart: name.startIndex, nameEnd: name.endIndex });
  if (isStatic && name.type === 'variable_name') return lower.make({ kind: 'member', ...place, name: variableName(name, lower), nameStart: name.startIndex + 1, nameEnd: name.endIndex });
  const index = lower.one(name);
  const key = constantText(index);
  // Those may have braces around them.
  const end = node.type.endsWith('_call_expression') ? name.endIndex : node.endIndex;
  return key === undefined
    ? lower.make({ kind: 'element', ...place, end, index })
    : lower.make({ kind: 'member', ...place, end, name: key.value, nameStart: key.start, nameEnd: key.end });
}

function subscript(node: Node, lower: Lower): IrNode {
  const [object, index] = parts(node);
  return object === undefined ? lower.group(node, []) : indexed(spanOf(node), lower.one(object), lower.maybe(index), lower);
}

/** `f(...)` makes a closure of f. */
function isReference(list: Node | undefined): boolean {
  return list !== undefined && parts(list).some(({ type }) => type === 'variadic_placeholder');
}

function call(node: Node, lower: Lower): IrNode {
  const [callee, list] = parts(node);
  if (callee === undefined || list?.type !== 'arguments') return lower.group(node, lower.all(parts(node)));
  if (isReference(list)) return wrapped(node, 'reference', callee, lower);
  return defined(node, callee, list, lower) ?? called(node, lower.one(callee), list, false, lower);
}

/** `define('NAME', 1)` is how PHP declares constants. */
function defined(node: Node, callee: Node, list: Node, lower: Lower): IrNode | undefined {
  if (lower.textOf(callee).toLowerCase() !== 'define') return undefined;
  const [name, value, ...more] = argumentsOf(list, lower);
  const constant = constantText(name?.value);
  if (constant === undefined || value === undefined || more.length > 0) return undefined;
  return bind(spanOf(node), [{ name: constant.value, place: undefined, path: [], start: constant.start, end: constant.end }], value.value, lower);
}

function called(node: Node, callee: IrNode, list: Node | undefined, isNew: boolean, lower: Lower): IrNode {
  return lower.make({ kind: 'call', ...spanOf(node), callee, arguments: list === undefined ? [] : argumentsOf(list, lower), isNew, listStart: list?.startIndex ?? callee.end, listEnd: list?.endIndex ?? callee.end });
}

/** `$a->b()`, `$a?->b()`, `A::b()`. */
function methodCall(node: Node, lower: Lower): IrNode {
  const [object, name, list] = parts(node);
  if (list?.type !== 'arguments') return lower.group(node, lower.all(parts(node)));
  const callee = memberOf(node, object, name, lower);
  return isReference(list) ? lower.make({ kind: 'wrapped', ...spanOf(node), by: 'reference', inner: callee }) : called(node, callee, list, false, lower);
}

function created(node: Node, lower: Lower): IrNode {
  const children = parts(node);
  const list = children.find(({ type }) => type === 'arguments');
  const [type] = children;
  if (type === undefined || type === list || type.type === 'anonymous_class') return lower.group(node, lower.all(children));
  return called(node, lower.one(type), list, true, lower);
}

function argumentsOf(list: Node, lower: Lower): Argument[] {
  return parts(list).filter(({ startIndex, endIndex }) => startIndex < endIndex).map((node) => argumentOf(node, lower));
}

/** `$x`, `name: $x`, `...$x`. */
function argumentOf(node: Node, lower: Lower): Argument {
  const children = node.type === 'argument' ? solid(node) : [node];
  const [first, colon] = children;
  const name = first !== undefined && colon?.type === ':' ? lower.textOf(first) : undefined;
  const last = children.at(-1) ?? node;
  const isSpread = last.type === 'variadic_unpacking';
  const value = isSpread ? solid(last).at(-1) ?? last : last;
  return { name, value: lower.one(value), isSpread, ...spanOf(node) };
}

const OPERATORS: Readonly<Record<string, string>> = { '.': '+' };

function binary(node: Node, lower: Lower): IrNode {
  const [left, operator, right] = solid(node);
  if (left === undefined || operator === undefined || right === undefined) return lower.group(node, lower.all(parts(node)));
  const sign = operator.type.toLowerCase();
  const operands = [lower.one(left), lower.one(right)];
  if (sign === '??' || sign === '||' || sign === 'or') return lower.make({ kind: 'choice', ...spanOf(node), alternatives: operands, conditions: [] });
  if (sign === '&&' || sign === 'and') return lower.make({ kind: 'choice', ...spanOf(node), alternatives: operands.slice(1), conditions: operands.slice(0, 1) });
  return lower.make({ kind: 'operation', ...spanOf(node), operator: OPERATORS[sign] ?? sign, operands });
}

/** `$a ? $b : $c` and `$a ?: $b`. */
function conditional(node: Node, lower: Lower): IrNode {
  const operands = parts(node).map((operand) => lower.one(operand));
  const isElvis = operands.length === 2;
  return lower.make({ kind: 'choice', ...spanOf(node), conditions: isElvis ? [] : operands.slice(0, 1), alternatives: isElvis ? operands : operands.slice(1) });
}

function match(node: Node, lower: Lower): IrNode {
  const [subject, block] = parts(node);
  const conditions = subject === undefined ? [] : [lower.one(subject)];
  const alternatives: IrNode[] = [];
  for (const arm of block === undefined ? [] : parts(block)) {
    const inner = parts(arm);
    const value = inner.at(-1);
    for (const condition of inner.slice(0, -1)) conditions.push(...lower.all(condition.type === 'match_condition_list' ? parts(condition) : [condition]));
    if (value !== undefined) alternatives.push(lower.one(value));
  }
  return lower.make({ kind: 'choice', ...spanOf(node), conditions, alternatives });
}

function unary(node: Node, lower: Lower): IrNode {
  const [operator, operand] = solid(node);
  if (operator === undefined || operand === undefined) return lower.group(node, lower.all(parts(node)));
  return lower.make({ kind: 'operation', ...spanOf(node), operator: operator.type, operands: [lower.one(operand)] });
}

/** A plain assignment to a variable may make it; `.=` joins texts, as `+=` does elsewhere. */
function assignment(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const [left, operator] = children;
  const right = children.at(-1);
  if (left === undefined || operator === undefined || right === undefined || children.length < 3) return lower.group(node, lower.all(parts(node)));
  const targets = targetsOf(left, lower);
  const sign = operator.type === '=' ? '=' : operator.type.slice(0, -1);
  return bind(spanOf(node), targets, lower.one(right), lower, { operator: OPERATORS[sign] ?? sign, isDeclaration: sign === '=' && targets.some(({ name }) => name !== undefined) });
}
