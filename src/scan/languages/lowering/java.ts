import type { Node } from '@vscode/tree-sitter-wasm';
import type { IrNode, Target } from '../../ir/node.js';
import type { Lower, LowerNode, LoweringRules } from '../../ir/lowering.js';
import { callOf, DECLARATIONS, isType } from './java/declarations.js';
import { textLiteral } from './java/texts.js';
import { assigned, bindOf, JVM_COMMENTS, jvmNumber, parts, spanOf, targetOf, tokens } from './jvm.js';

const name: LowerNode = (node, lower) => lower.name(node);
const inside: LowerNode = (node, lower) => lower.all(parts(node));
const number: LowerNode = (node, lower) => lower.number(node, jvmNumber(lower.textOf(node), true));
const scope: LowerNode = (node, lower) => scoped(node, lower.all(parts(node)), lower);

function scoped(node: Node, children: readonly IrNode[], lower: Lower): IrNode {
  return lower.make({ kind: 'group', ...spanOf(node), children, isScope: true });
}

function memberOf(node: Node, object: IrNode, field: Node, lower: Lower): IrNode {
  return lower.make({ kind: 'member', ...spanOf(node), object, name: lower.textOf(field), nameStart: field.startIndex, nameEnd: field.endIndex });
}

/** `f(x)`, `a.b(x)`: the receiver and the name together are the callee. */
const call: LowerNode = (node, lower) => {
  const inner = parts(node);
  const at = inner.findLastIndex(({ type }) => type === 'argument_list');
  const called = inner[at - 1];
  if (called === undefined) return lower.group(node, lower.all(inner));
  const [object, ...between] = inner.slice(0, at - 1).filter(({ type }) => type !== 'type_arguments');
  // `Outer.super.f()`
  const receiver = between.find(({ type }) => type === 'super') ?? object;
  const callee = receiver === undefined ? lower.name(called) : lower.make({ kind: 'member' as const, start: receiver.startIndex, end: called.endIndex, object: lower.one(receiver), name: lower.textOf(called), nameStart: called.startIndex, nameEnd: called.endIndex });
  return callOf(lower, spanOf(node), callee, inner[at]);
};

/** `new T(x)`, also with the body of an anonymous class, which comes last among the arguments, and `outer.new T()`. */
const creation: LowerNode = (node, lower) => {
  const inner = parts(node).filter(({ type }) => type !== 'type_arguments' && type !== 'marker_annotation' && type !== 'annotation');
  const at = inner.findIndex(({ type }) => type === 'argument_list');
  const type = inner[at - 1];
  if (type === undefined) return lower.group(node, lower.all(inner));
  const outer = inner[at - 2];
  const plain = lower.one(type);
  const callee = outer === undefined || plain.kind !== 'name' ? plain : lower.make({ kind: 'member' as const, start: outer.startIndex, end: plain.end, object: lower.one(outer), name: plain.name, nameStart: plain.start, nameEnd: plain.end });
  return callOf(lower, spanOf(node), callee, inner[at], { isNew: true, body: inner.find((each) => each.type === 'class_body') });
};

/** `super(x);`, `this(x);` */
const constructorCall: LowerNode = (node, lower) => {
  const inner = parts(node);
  const callee = inner.find(({ type }) => type === 'super' || type === 'this');
  return callee === undefined ? lower.group(node, lower.all(inner)) : callOf(lower, spanOf(node), lower.name(callee), inner.find(({ type }) => type === 'argument_list'));
};

/** `a.b`; `Outer.this` is `this`. */
const field: LowerNode = (node, lower) => {
  const inner = parts(node);
  const [object] = inner;
  const last = inner.at(-1);
  if (object === undefined || last === undefined || last === object || last.type === 'ERROR') return lower.group(node, lower.all(inner));
  return last.type === 'this' ? lower.name(node, 'this') : memberOf(node, lower.one(inner.findLast(({ type }) => type === 'super') ?? object), last, lower);
};

/** `A::new`, `this::f` */
const reference: LowerNode = (node, lower) => {
  const inner = tokens(node);
  const [object] = inner;
  const last = inner.at(-1);
  return object === undefined || last === undefined || last === object ? lower.group(node, []) : memberOf(node, lower.one(object), last, lower);
};

/** `a.B` of names and types. */
const scopedName: LowerNode = (node, lower) => {
  const inner = parts(node);
  const [object] = inner;
  const last = inner.at(-1);
  return object === undefined || last === undefined || last === object ? lower.all(inner) : memberOf(node, lower.one(object), last, lower);
};

/** `T.class` */
const classLiteral: LowerNode = (node, lower) => {
  const inner = tokens(node);
  const [type] = inner;
  const last = inner.at(-1);
  return type === undefined || last?.type !== 'class' ? lower.group(node, []) : memberOf(node, lower.one(type), last, lower);
};

const element: LowerNode = (node, lower) => {
  const [array, index] = parts(node);
  return array === undefined ? lower.group(node, []) : lower.make({ kind: 'element', ...spanOf(node), object: lower.one(array), index: lower.maybe(index) });
};

const binary: LowerNode = (node, lower) => {
  const [left, sign, right] = tokens(node);
  if (left === undefined || sign === undefined || right === undefined || sign.isNamed) return lower.group(node, lower.all(parts(node)));
  const [first, second] = [lower.one(left), lower.one(right)];
  switch (sign.type) {
    case '&&':
      return lower.make({ kind: 'choice', ...spanOf(node), conditions: [first], alternatives: [second] });
    case '||':
      return lower.make({ kind: 'choice', ...spanOf(node), conditions: [], alternatives: [first, second] });
    default:
      return lower.make({ kind: 'operation', ...spanOf(node), operator: sign.type, operands: [first, second] });
  }
};

const unary: LowerNode = (node, lower) => {
  const [sign, operand] = tokens(node);
  return sign === undefined || operand === undefined || sign.isNamed ? lower.group(node, lower.all(parts(node))) : lower.make({ kind: 'operation', ...spanOf(node), operator: sign.type, operands: [lower.one(operand)] });
};

const ternary: LowerNode = (node, lower) => {
  const [condition, ...alternatives] = parts(node);
  return lower.make({ kind: 'choice', ...spanOf(node), conditions: condition === undefined ? [] : [lower.one(condition)], alternatives: alternatives.map((each) => lower.one(each)) });
};

const assignment: LowerNode = (node, lower) => {
  const [left, sign, right] = tokens(node);
  if (left === undefined || sign === undefined || right === undefined || sign.isNamed) return lower.group(node, lower.all(parts(node)));
  return bindOf(lower, spanOf(node), [assigned(lower, left)], lower.one(right), { operator: sign.type === '=' ? '=' : sign.type.slice(0, -1), isDeclaration: false });
};

/** `x instanceof T t` gives a name to the same value; in `x instanceof P(var a, var b)` names go by position. */
const instanceOf: LowerNode = (node, lower) => {
  const [value, pattern] = parts(node).filter(({ type }) => type !== 'modifiers');
  if (value === undefined) return lower.group(node, []);
  const named = tokens(node).at(-1);
  if (pattern?.type === 'record_pattern') return bindOf(lower, spanOf(node), patternTargets(pattern, lower, []), lower.one(value));
  if (pattern === undefined || named?.type !== 'identifier' || named.startIndex === value.startIndex) return lower.group(node, [lower.one(value)]);
  return bindOf(lower, spanOf(node), [targetOf(lower, named)], lower.one(value), { type: lower.textOf(pattern) });
};

/** Nested patterns deeper than this bind nothing. */
const DEEPEST_PATTERN = 10;

function patternTargets(pattern: Node, lower: Lower, path: readonly string[]): Target[] {
  const components = parts(pattern).find(({ type }) => type === 'record_pattern_body');
  if (components === undefined || path.length > DEEPEST_PATTERN) return [];
  return parts(components).flatMap((component, index): Target[] => {
    const place = [...path, String(index)];
    if (component.type === 'record_pattern') return patternTargets(component, lower, place);
    const declared = parts(component).findLast(({ type }) => type === 'identifier');
    return declared === undefined ? [] : [targetOf(lower, declared, place)];
  });
}

/** `new int[]{1, 2}` is the list; `new int[3]` holds nothing that is known. */
const newArray: LowerNode = (node, lower) => {
  const inner = parts(node);
  const values = inner.find(({ type }) => type === 'array_initializer');
  return values === undefined ? lower.group(node, lower.all(inner.filter((each) => !isType(each)))) : lower.make({ kind: 'list', ...spanOf(node), elements: elements(values, lower) });
};

const list: LowerNode = (node, lower) => lower.make({ kind: 'list', ...spanOf(node), elements: elements(node, lower) });

function elements(node: Node, lower: Lower): IrNode[] {
  return parts(node).map((each) => lower.one(each));
}

const wrapped = (by: 'parentheses' | 'cast'): LowerNode => (node, lower) => {
  const inner = parts(node).at(-1);
  return inner === undefined || isType(inner) ? lower.group(node, []) : lower.make({ kind: 'wrapped', ...spanOf(node), by, inner: lower.one(inner) });
};

/** The subject and the labels decide. The value of a branch of several statements is its last. */
const choice: LowerNode = (node, lower) => {
  const [subject, body] = parts(node);
  const branches = body === undefined ? [] : parts(body);
  const labels = branches.flatMap((branch) => parts(branch).filter(({ type }) => type === 'switch_label'));
  const conditions = [...(subject === undefined ? [] : [subject]), ...labels].flatMap((each) => lower.some(each));
  return lower.make({ kind: 'choice', ...spanOf(node), conditions, alternatives: branches.map((branch) => alternative(branch, lower)) });
};

function alternative(branch: Node, lower: Lower): IrNode {
  const inner = parts(branch).filter(({ type }) => type !== 'switch_label');
  const [first] = inner;
  const block = branch.type === 'switch_rule' && inner.length === 1 && first?.type === 'block' ? first : undefined;
  const statements = block === undefined ? lower.block(inner) : lower.body(block);
  const [only] = statements;
  return statements.length === 1 && only !== undefined && only.kind !== 'bind' ? only : scoped(block ?? branch, statements, lower);
}

/** `for (T x : xs) …` */
const forEach: LowerNode = (node, lower) => {
  const [variable, value, body, type] = ['name', 'value', 'body', 'type'].map((field) => node.childForFieldName(field));
  if (variable === null || variable === undefined || value === null || value === undefined) return scope(node, lower);
  const written = type === null || type === undefined ? 'var' : lower.textOf(type);
  const bind = bindOf(lower, { start: variable.startIndex, end: value.endIndex }, [targetOf(lower, variable)], lower.one(value), { isEach: true, type: written === 'var' ? undefined : written });
  return scoped(node, [bind, ...lower.body(body)], lower);
};

/** The resources are names of the block behind them. */
const withResources: LowerNode = (node, lower) =>
  scoped(node, parts(node).flatMap((part) => (part.type === 'resource_specification' ? lower.all(parts(part)) : lower.some(part))), lower);

export const javaLowering: LoweringRules = {
  nodes: {
    ...DECLARATIONS,
    identifier: name,
    type_identifier: name,
    this: name,
    super: name,
    true: name,
    false: name,
    null_literal: name,
    generic_type: (node, lower) => lower.all(parts(node).slice(0, 1)),
    annotated_type: (node, lower) => lower.all(parts(node).slice(-1)),
    scoped_type_identifier: scopedName,
    scoped_identifier: scopedName,
    decimal_integer_literal: number,
    hex_integer_literal: number,
    octal_integer_literal: number,
    binary_integer_literal: number,
    decimal_floating_point_literal: number,
    hex_floating_point_literal: number,
    string_literal: textLiteral,
    character_literal: textLiteral,
    method_invocation: call,
    object_creation_expression: creation,
    explicit_constructor_invocation: constructorCall,
    field_access: field,
    method_reference: reference,
    class_literal: classLiteral,
    array_access: element,
    binary_expression: binary,
    unary_expression: unary,
    ternary_expression: ternary,
    assignment_expression: assignment,
    instanceof_expression: instanceOf,
    array_creation_expression: newArray,
    array_initializer: list,
    element_value_array_initializer: list,
    parenthesized_expression: wrapped('parentheses'),
    cast_expression: wrapped('cast'),
    switch_expression: choice,
    switch_label: inside,
    expression_statement: inside,
    yield_statement: inside,
    labeled_statement: (node, lower) => lower.all(parts(node).slice(1)),
    return_statement: (node, lower) => lower.make({ kind: 'return', ...spanOf(node), value: lower.maybe(parts(node)[0]) }),
    enhanced_for_statement: forEach,
    for_statement: scope,
    catch_clause: scope,
    try_with_resources_statement: withResources,
  },
  blocks: new Set(['block', 'class_body', 'interface_body', 'enum_body', 'annotation_type_body', 'constructor_body']),
  scopes: new Set(['block', 'constructor_body']),
  skipped: new Set([
    ...JVM_COMMENTS, 'import_declaration', 'package_declaration', 'break_statement', 'continue_statement', 'type_arguments', 'type_parameters', 'throws', 'superclass', 'super_interfaces', 'extends_interfaces', 'permits',
    'dimensions', 'catch_type', 'array_type', 'integral_type', 'floating_point_type', 'boolean_type', 'void_type', 'asterisk', 'underscore_pattern',
  ]),
};
