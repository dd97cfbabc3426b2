import type { Node } from '@vscode/tree-sitter-wasm';
import type { FunctionNode, IrNode, Parameter } from '../../../ir/node.js';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import { bindOf, parts, plainName, spanOf, targetOf, tokens } from '../jvm.js';
import { callOf } from './calls.js';
import { identifierIn, isType, patternOf, returned, typeAfter, TYPES } from './patterns.js';

const VARIABLES = new Set(['variable_declaration', 'multi_variable_declaration']);
const BODIES = new Set(['class_body', 'enum_class_body']);
/** What a declaration of a variable holds beside the expression of its value. */
const AROUND_VALUE = new Set(['modifiers', 'type_parameters', 'type_constraints', 'getter', 'setter', 'property_delegate', ...TYPES, ...VARIABLES]);

/** What annotations with arguments say, as calls. */
function annotations(inner: readonly Node[], lower: Lower): readonly IrNode[] {
  const modifiers = inner.find(({ type }) => type === 'modifiers');
  return modifiers === undefined || !lower.textOf(modifiers).includes('(') ? [] : lower.all(parts(modifiers).filter(({ type }) => type === 'annotation'));
}

/** `val a = 1`, `val (a, b) = pair`, `val a by lazy { … }`, with getters and setters. */
const property: LowerNode = (node, lower) => {
  const inner = parts(node);
  const variable = inner.find(({ type }) => VARIABLES.has(type));
  if (variable === undefined) return lower.group(node, lower.all(inner));
  const { targets, type } = patternOf(variable, lower);
  const given = inner.find((each) => !AROUND_VALUE.has(each.type) && each.startIndex >= variable.endIndex);
  const delegate = inner.find((each) => each.type === 'property_delegate');
  const accessors = inner.filter((each) => each.type === 'getter' || each.type === 'setter').map((each) => accessor(each, lower));
  // What a getter returns is what the property is whenever it is read.
  const [getter] = accessors;
  const [only] = getter?.body ?? [];
  const computed = given === undefined && delegate === undefined && getter?.parameters.length === 0 && getter.body.length === 1 && only?.kind === 'return' ? only.value : undefined;
  const value = computed ?? (given === undefined ? undefined : lower.one(given)) ?? (delegate === undefined ? undefined : lower.one(delegate));
  return [...annotations(inner, lower), bindOf(lower, spanOf(node), targets, value, { type }), ...accessors.slice(computed === undefined ? 0 : 1)];
};

/** A getter or setter. It has no name: nobody calls it. */
function accessor(node: Node, lower: Lower): FunctionNode {
  const inner = parts(node);
  const given = node.type === 'setter' ? identifierIn(inner) : undefined;
  const parameters = given === undefined ? [] : [{ targets: [targetOf(lower, given)], type: typeAfter(inner, given, lower), fallback: undefined, ...spanOf(given) }];
  return lower.make({ kind: 'function', ...spanOf(node), name: undefined, parameters, body: functionBody(inner, lower) });
}

/** A block, or `=` and an expression. */
function functionBody(inner: readonly Node[], lower: Lower): readonly IrNode[] {
  const body = inner.find(({ type }) => type === 'function_body');
  if (body === undefined) return [];
  const given = parts(body);
  const [block] = given;
  if (given.length === 1 && block?.type === 'block') return lower.body(block);
  return given.flatMap((each) => (each.type === 'ERROR' ? lower.some(each) : [returned(lower.one(each), lower)]));
}

function parametersOf(inner: readonly Node[], lower: Lower): readonly Parameter[] {
  const list = inner.find(({ type }) => type === 'function_value_parameters');
  const all: Parameter[] = [];
  for (const each of list === undefined ? [] : parts(list)) {
    const last = all.at(-1);
    if (each.type === 'parameter') {
      const { targets, type } = patternOf(each, lower);
      all.push({ targets, type, fallback: undefined, ...spanOf(each) });
    } else if (last !== undefined && each.type !== 'parameter_modifiers') all.splice(-1, 1, { ...last, fallback: lower.one(each), end: each.endIndex });
  }
  return all;
}

/** Also those without a name; a receiver's type is not looked at. */
const functionLike: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = node.type === 'function_declaration' ? identifierIn(inner) : undefined;
  return [
    ...annotations(inner, lower),
    lower.make({ kind: 'function', ...spanOf(node), name: name === undefined ? undefined : plainName(lower, name), parameters: parametersOf(inner, lower), body: functionBody(inner, lower) }),
  ];
};

/** `constructor(a: Int) : this(a, 2) { … }` */
const secondaryConstructor: LowerNode = (node, lower) => {
  const inner = parts(node);
  const body = inner.flatMap((each) => (each.type === 'constructor_delegation_call' ? lower.some(each) : each.type === 'block' ? lower.body(each) : []));
  return [...annotations(inner, lower), lower.make({ kind: 'function', ...spanOf(node), name: 'constructor', parameters: parametersOf(inner, lower), body })];
};

/** `this(a, 2)` */
const delegation: LowerNode = (node, lower) => {
  const inner = tokens(node);
  const [callee, list] = inner;
  return callee === undefined || list?.type !== 'value_arguments' ? lower.group(node, lower.all(parts(node))) : callOf(lower, spanOf(node), lower.name(callee), list, undefined);
};

/** Classes, interfaces and objects. What the primary constructor is given comes first among the members, then the calls of other constructors. */
const classLike: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = node.type === 'object_literal' ? undefined : identifierIn(inner);
  const members = inner.flatMap((each): readonly IrNode[] => {
    if (each.type === 'primary_constructor') return parts(each).flatMap((list) => (list.type === 'class_parameters' ? parts(list).flatMap((parameter) => lower.some(parameter)) : []));
    if (each.type === 'delegation_specifiers') return lower.some(each);
    return BODIES.has(each.type) ? lower.body(each) : [];
  });
  return [...annotations(inner, lower), lower.make({ kind: 'class', ...spanOf(node), name: name === undefined ? undefined : plainName(lower, name), members })];
};

/** `val a: Int = 1` of a primary constructor. A parameter that is no property has a name in the class all the same. */
const classParameter: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = identifierIn(inner);
  const value = inner.findLast((each) => each.type !== 'modifiers' && !isType(each) && each !== name);
  return [...annotations(inner, lower), bindOf(lower, spanOf(node), name === undefined ? [] : [targetOf(lower, name)], lower.maybe(value), { type: typeAfter(inner, name, lower) })];
};

/** `USD("usd") { … }`: a field with a new object, whose class has no other name here. */
const enumEntry: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = identifierIn(inner);
  const list = inner.find(({ type }) => type === 'value_arguments');
  const body = inner.find(({ type }) => type === 'class_body');
  if (name === undefined) return lower.group(node, lower.all(inner));
  const span = { start: name.startIndex, end: (body ?? list ?? name).endIndex };
  const own = body === undefined ? undefined : lower.make({ kind: 'class' as const, ...spanOf(body), name: undefined, members: lower.body(body) });
  const value = list === undefined && own === undefined ? undefined : callOf(lower, span, lower.name(name, plainName(lower, name)), list, own, true);
  return [...annotations(inner, lower), bindOf(lower, span, [targetOf(lower, name)], value)];
};

export const DECLARATIONS: Readonly<Record<string, LowerNode>> = {
  property_declaration: property,
  property_delegate: (node, lower) => lower.all(parts(node)),
  function_declaration: functionLike,
  anonymous_function: functionLike,
  secondary_constructor: secondaryConstructor,
  constructor_delegation_call: delegation,
  class_declaration: classLike,
  object_declaration: classLike,
  companion_object: classLike,
  object_literal: classLike,
  class_parameter: classParameter,
  enum_entry: enumEntry,
  // A type alone says nothing; a call of a constructor and a delegate may.
  delegation_specifiers: (node, lower) => parts(node).flatMap((each) => lower.all(parts(each).filter((part) => !isType(part)))),
  explicit_delegation: (node, lower) => lower.all(parts(node).filter((part) => !isType(part))),
  annotation: (node, lower) => lower.all(parts(node).filter(({ type }) => type === 'constructor_invocation')),
  file_annotation: (node, lower) => lower.all(parts(node).filter(({ type }) => type === 'constructor_invocation')),
};
