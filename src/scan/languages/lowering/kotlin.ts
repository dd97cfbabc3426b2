import type { Node } from '@vscode/tree-sitter-wasm';
import type { IrNode } from '../../ir/node.js';
import type { Lower, LowerNode, LoweringRules } from '../../ir/lowering.js';
import { assigned, bindOf, JVM_COMMENTS, jvmNumber, parts, plainName, spanOf, targetOf, tokens } from './jvm.js';
import { CALLS, callWithTypes } from './kotlin/calls.js';
import { DECLARATIONS } from './kotlin/declarations.js';
import { chained, identifierIn, isType, patternOf, typeAfter } from './kotlin/patterns.js';
import { textLiteral } from './kotlin/texts.js';

/** A qualified type of more names than this is not looked at. */
const MOST_NAMES = 50;

const number: LowerNode = (node, lower) => lower.number(node, jvmNumber(lower.textOf(node), false));
const inside: LowerNode = (node, lower) => lower.all(parts(node).filter(({ type }) => type !== 'annotation'));

function scoped(node: Node, children: readonly IrNode[], lower: Lower): IrNode {
  return lower.make({ kind: 'group', ...spanOf(node), children, isScope: true });
}

function member(lower: Lower, end: number, object: IrNode, field: Node): IrNode {
  const quotes = lower.text.charAt(field.startIndex) === '`' ? 1 : 0;
  return lower.make({ kind: 'member', start: object.start, end, object, name: plainName(lower, field), nameStart: field.startIndex + quotes, nameEnd: field.endIndex - quotes });
}

/** `a.b`, `a?.b`, `A::b`, `A::class` */
const navigation: LowerNode = (node, lower) => {
  const inner = parts(node);
  const [object] = inner;
  const field = inner.at(-1);
  return object === undefined || field?.type !== 'identifier' || field === object ? lower.group(node, lower.all(inner)) : chained(lower.one(object), lower, (of) => member(lower, node.endIndex, of, field));
};

/** `::f` is the function itself. */
const reference: LowerNode = (node, lower) => {
  const inner = tokens(node);
  const field = inner.at(-1);
  const type = inner.find(isType);
  if (field?.type !== 'identifier') return lower.group(node, []);
  return type === undefined ? lower.name(field, plainName(lower, field)) : member(lower, node.endIndex, lower.one(type), field);
};

/** `A.B<T>` */
const userType: LowerNode = (node, lower) => {
  const [first, ...rest] = parts(node).filter(({ type }) => type === 'identifier').slice(0, MOST_NAMES);
  if (first === undefined) return lower.group(node, []);
  return rest.reduce<IrNode>((object, each) => member(lower, each.endIndex, object, each), lower.name(first, plainName(lower, first)));
};

/** `a["b"]` is the member `b`. */
const index: LowerNode = (node, lower) => {
  const [object, ...indices] = parts(node);
  if (object === undefined) return lower.group(node, []);
  const [only] = indices;
  const lowered = only === undefined ? undefined : indices.length === 1 ? lower.one(only) : lower.group(node, lower.all(indices));
  return chained(lower.one(object), lower, (of) => {
    const place = { start: of.start, end: node.endIndex, object: of };
    if (lowered?.kind !== 'text' || lowered.parts.length === 0 || !lowered.parts.every((part) => part.kind === 'stretch')) return lower.make({ kind: 'element', ...place, index: lowered });
    const stretches = lowered.parts;
    return lower.make({ kind: 'member', ...place, name: stretches.map(({ value }) => value).join(''), nameStart: stretches[0]?.start ?? lowered.start, nameEnd: stretches.at(-1)?.end ?? lowered.end });
  });
};

/** Also `in`, `..`, and functions that stand between their operands: `"a" to b`. */
const binary: LowerNode = (node, lower) => {
  const [left, sign, right] = tokens(node);
  if (left === undefined || sign === undefined || right === undefined || sign.type === 'ERROR') return lower.group(node, lower.all(parts(node)));
  const typed = sign.type === '>' ? callWithTypes(node, left, right, lower) : undefined;
  if (typed !== undefined) return typed;
  const [first, second] = [lower.one(left), lower.one(right)];
  switch (sign.type) {
    case '&&':
      return lower.make({ kind: 'choice', ...spanOf(node), conditions: [first], alternatives: [second] });
    case '||':
    case '?:':
      return lower.make({ kind: 'choice', ...spanOf(node), conditions: [], alternatives: [first, second] });
    default:
      return lower.make({ kind: 'operation', ...spanOf(node), operator: plainName(lower, sign), operands: [first, second] });
  }
};

/** `-x`, `!x`; `x!!` leaves the value as it is. */
const unary: LowerNode = (node, lower) => {
  const inner = tokens(node);
  const sign = inner.find(({ isNamed }) => !isNamed);
  const operand = inner.find(({ isNamed }) => isNamed);
  if (sign === undefined || operand === undefined) return lower.group(node, lower.all(parts(node)));
  if (sign.type === '!!') return chained(lower.one(operand), lower, (inner) => lower.make({ kind: 'wrapped', start: inner.start, end: node.endIndex, by: 'cast', inner }));
  return sign.type === '++' || sign.type === '--' ? lower.group(node, [lower.one(operand)]) : lower.make({ kind: 'operation', ...spanOf(node), operator: sign.type, operands: [lower.one(operand)] });
};

const wrapped = (by: 'parentheses' | 'cast' | 'spread'): LowerNode => (node, lower) => {
  const [inner] = parts(node);
  return inner === undefined ? lower.group(node, []) : lower.make({ kind: 'wrapped', ...spanOf(node), by, inner: lower.one(inner) });
};

const assignment: LowerNode = (node, lower) => {
  const [left, sign, right] = tokens(node);
  if (left === undefined || sign === undefined || right === undefined || sign.isNamed) return lower.group(node, lower.all(parts(node)));
  return bindOf(lower, spanOf(node), [assigned(lower, left)], lower.one(right), { operator: sign.type === '=' ? '=' : sign.type.slice(0, -1), isDeclaration: false });
};

/** A branch. That of a block is its only statement; where it has several the last one is the value. */
function alternative(node: Node, lower: Lower): IrNode {
  if (node.type !== 'block') return lower.one(node);
  const statements = lower.body(node);
  const [only] = statements;
  return statements.length === 1 && only !== undefined && only.kind !== 'bind' ? only : scoped(node, statements, lower);
}

/** One of two values; without `else` it has none and is a statement. */
const ifElse: LowerNode = (node, lower) => {
  const inner = tokens(node);
  const otherwise = inner.findIndex(({ type }) => type === 'else');
  const closing = inner.findIndex(({ type }) => type === ')');
  const condition = inner.slice(0, closing).filter(({ isNamed }) => isNamed);
  const branches = inner.slice(closing + 1).filter(({ isNamed }) => isNamed);
  if (otherwise === -1 || closing === -1) return lower.group(node, lower.all(parts(node)));
  return lower.make({ kind: 'choice', ...spanOf(node), conditions: lower.all(condition), alternatives: branches.map((each) => alternative(each, lower)) });
};

/** The subject, which may be given a name, and what the branches ask for decide. */
const when: LowerNode = (node, lower) => {
  const inner = parts(node);
  const entries = inner.filter(({ type }) => type === 'when_entry').map((entry) => {
    const all = tokens(entry);
    const arrow = all.findIndex(({ type }) => type === '->');
    return { conditions: all.slice(0, Math.max(arrow, 0)).filter(({ isNamed }) => isNamed), branches: all.slice(arrow + 1).filter(({ isNamed }) => isNamed) };
  });
  const conditions = [...lower.all(inner.filter(({ type }) => type !== 'when_entry')), ...entries.flatMap((entry) => lower.all(entry.conditions))];
  return lower.make({ kind: 'choice', ...spanOf(node), conditions, alternatives: entries.flatMap(({ branches }) => branches.map((each) => alternative(each, lower))) });
};

const subject: LowerNode = (node, lower) => {
  const inner = parts(node);
  const variable = inner.find(({ type }) => type === 'variable_declaration');
  const value = inner.at(-1);
  if (variable === undefined || value === undefined || value === variable) return inside(node, lower);
  const { targets, type } = patternOf(variable, lower);
  return bindOf(lower, { start: variable.startIndex, end: value.endIndex }, targets, lower.one(value), { type });
};

/** What was tried, or what is taken instead. What happens at the end in any case is no alternative. */
const attempt: LowerNode = (node, lower) => {
  const inner = parts(node);
  const last = inner.filter(({ type }) => type === 'finally_block');
  return lower.make({ kind: 'choice', ...spanOf(node), conditions: lower.all(last), alternatives: inner.filter(({ type }) => type !== 'finally_block').map((each) => alternative(each, lower)) });
};

const caught: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = identifierIn(inner);
  const type = typeAfter(inner, name, lower);
  const bind = name === undefined ? [] : [bindOf(lower, spanOf(name), [targetOf(lower, name)], undefined, { type })];
  return scoped(node, [...bind, ...inner.flatMap((each) => (each.type === 'block' ? lower.body(each) : []))], lower);
};

/** `for ((k, v) in map) …` */
const loop: LowerNode = (node, lower) => {
  const inner = tokens(node);
  const at = inner.findIndex(({ type }) => type === 'in');
  const variable = inner[at - 1];
  const [value, ...body] = inner.slice(at + 1).filter(({ isNamed }) => isNamed);
  if (variable?.isNamed !== true || value === undefined) return scoped(node, lower.all(parts(node)), lower);
  const { targets, type } = patternOf(variable, lower);
  return scoped(node, [bindOf(lower, { start: variable.startIndex, end: value.endIndex }, targets, lower.one(value), { isEach: true, type }), ...body.flatMap((each) => lower.body(each))], lower);
};

export const kotlinLowering: LoweringRules = {
  nodes: {
    ...DECLARATIONS,
    ...CALLS,
    identifier: (node, lower) => lower.name(node, plainName(lower, node)),
    this_expression: (node, lower) => lower.name(node, 'this'),
    super_expression: (node, lower) => lower.name(node, 'super'),
    user_type: userType,
    number_literal: number,
    float_literal: number,
    string_literal: textLiteral,
    multiline_string_literal: textLiteral,
    character_literal: textLiteral,
    navigation_expression: navigation,
    callable_reference: reference,
    index_expression: index,
    binary_expression: binary,
    infix_expression: binary,
    in_expression: binary,
    range_expression: binary,
    unary_expression: unary,
    parenthesized_expression: wrapped('parentheses'),
    as_expression: wrapped('cast'),
    spread_expression: wrapped('spread'),
    is_expression: (node, lower) => lower.group(node, lower.all(parts(node).filter((part) => !isType(part)))),
    collection_literal: (node, lower) => lower.make({ kind: 'list', ...spanOf(node), elements: parts(node).map((each) => lower.one(each)) }),
    if_expression: ifElse,
    when_expression: when,
    when_subject: subject,
    try_expression: attempt,
    catch_block: caught,
    for_statement: loop,
    assignment,
    labeled_expression: inside,
    annotated_expression: inside,
    annotated_lambda: inside,
    value_argument: inside,
    return_expression: (node, lower) => {
      const value = tokens(node).findLast(({ isNamed }, at, all) => isNamed && all[at - 1]?.type !== 'return@');
      return lower.make({ kind: 'return', ...spanOf(node), value: lower.maybe(value) });
    },
  },
  blocks: new Set(['block', 'class_body', 'enum_class_body']),
  scopes: new Set(['block']),
  skipped: new Set([
    ...JVM_COMMENTS, 'shebang', 'import', 'package_header', 'type_alias', 'label', 'type_arguments', 'type_parameters', 'type_constraints', 'type_test', 'nullable_type', 'function_type', 'non_nullable_type', 'parenthesized_type',
    'parameter_modifiers', 'type_modifiers',
  ]),
};
