import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { ClassNode, FunctionNode, IrNode, Parameter } from '../../../ir/node.js';
import { bind, nameTarget, returned, solid, spanOf } from '../made.js';
import { parts } from '../shared.js';
import { targetsOf, variableName } from './targets.js';

const inside: LowerNode = (node, lower) => lower.all(parts(node));

/** Functions, classes and statements. */
export const declarations: Readonly<Record<string, LowerNode>> = {
  function_definition: functionOf,
  anonymous_function: functionOf,
  arrow_function: functionOf,
  property_hook: functionOf,
  method_declaration: method,
  class_declaration: classOf,
  interface_declaration: classOf,
  trait_declaration: classOf,
  enum_declaration: classOf,
  anonymous_class: (node, lower) => [...lower.all(parts(node).filter(({ type }) => type === 'arguments')), classOf(node, lower)],
  property_declaration: properties,
  property_hook_list: inside,
  const_declaration: constants,
  enum_case: (node, lower) => constant(node, undefined, lower),
  static_variable_declaration: (node, lower) => variable(node, undefined, lower),
  namespace_definition: (node, lower) => lower.body(node.childForFieldName('body')),
  expression_statement: inside,
  function_static_declaration: inside,
  return_statement: (node, lower) => lower.make({ kind: 'return', ...spanOf(node), value: lower.maybe(parts(node)[0]) }),
  foreach_statement: forEach,
  catch_clause: caught,
};

function textOf(node: Node | null | undefined, lower: Lower): string | undefined {
  return node === null || node === undefined ? undefined : lower.textOf(node);
}

function functionOf(node: Node, lower: Lower): FunctionNode {
  const children = solid(node);
  const isNamed = node.type === 'function_definition' || node.type === 'method_declaration';
  const name = isNamed ? children.find(({ type }) => type === 'name') : undefined;
  const list = children.find(({ type }) => type === 'formal_parameters');
  const arrow = children.findIndex(({ type }) => type === '=>');
  const expression = arrow === -1 ? undefined : children.slice(arrow + 1).find((child) => child.isNamed);
  const body = children.findLast(({ type }) => type === 'compound_statement');
  return lower.make({
    kind: 'function',
    ...spanOf(node),
    name: textOf(name, lower),
    parameters: list === undefined ? [] : parts(list).filter(isParameter).map((child) => parameter(child, lower)),
    body: expression === undefined ? lower.body(body) : [returned(expression, lower)],
  });
}

function isParameter({ type }: Node): boolean {
  return type.endsWith('_parameter');
}

/** `?int &$x = 1`, `float ...$rest`, `private readonly Foo $foo`. */
function parameter(node: Node, lower: Lower): Parameter {
  const children = solid(node);
  const at = children.findIndex(({ type }) => type === 'variable_name' || type === 'by_ref');
  const name = children[at];
  const before = children.slice(0, Math.max(at, 0)).findLast(({ isNamed, type }) => isNamed && !type.endsWith('_modifier') && type !== 'attribute_list');
  const equals = children.findIndex(({ type }) => type === '=');
  return {
    targets: name === undefined ? [] : targetsOf(name, lower),
    type: textOf(before, lower),
    fallback: equals === -1 ? undefined : lower.maybe(children[equals + 1]),
    ...spanOf(node),
  };
}

/** Parameters of a constructor that declare fields are fields too. */
function method(node: Node, lower: Lower): IrNode[] {
  const list = node.childForFieldName('parameters');
  const promoted = list === null ? [] : parts(list).filter(({ type }) => type === 'property_promotion_parameter').map((child) => {
    const name = child.childForFieldName('name');
    return bind(spanOf(child), name === null ? [] : targetsOf(name, lower), undefined, lower, { type: textOf(child.childForFieldName('type'), lower) });
  });
  return [...promoted, functionOf(node, lower)];
}

function classOf(node: Node, lower: Lower): ClassNode {
  const children = parts(node);
  const name = children.find(({ type }) => type === 'name');
  const body = children.findLast(({ type }) => type === 'declaration_list' || type === 'enum_declaration_list');
  return lower.make({ kind: 'class', ...spanOf(node), name: textOf(name, lower), members: lower.body(body) });
}

function properties(node: Node, lower: Lower): IrNode[] {
  const children = parts(node);
  const first = children.findIndex(({ type }) => type === 'property_element');
  const type = children.slice(0, Math.max(first, 0)).findLast((child) => !child.type.endsWith('_modifier') && child.type !== 'attribute_list');
  return children.slice(Math.max(first, 0)).flatMap((child) => (child.type === 'property_element' ? variable(child, textOf(type, lower), lower) : lower.some(child)));
}

/** `$x = 1` where it declares. */
function variable(node: Node, type: string | undefined, lower: Lower): IrNode {
  const [name, value] = parts(node);
  return bind(spanOf(node), name === undefined ? [] : [nameTarget(name, variableName(name, lower))], lower.maybe(value), lower, { type });
}

function constants(node: Node, lower: Lower): IrNode[] {
  const type = node.childForFieldName('type');
  return parts(node).filter((child) => child.type === 'const_element').map((child) => constant(child, textOf(type, lower), lower));
}

/** `A = 1`, also `case A = 'a'`. */
function constant(node: Node, type: string | undefined, lower: Lower): IrNode {
  const [name, value] = parts(node).filter((child) => child.type !== 'attribute_list');
  return bind(spanOf(node), name === undefined ? [] : [nameTarget(name, lower.textOf(name))], lower.maybe(value), lower, { type });
}

/** The key is declared without a value. */
function forEach(node: Node, lower: Lower): IrNode {
  const [source, element, ...rest] = parts(node);
  if (source === undefined || element === undefined) return lower.group(node, lower.all(parts(node)));
  const pair = element.type === 'pair' ? parts(element) : [element];
  const value = pair.at(-1) ?? element;
  const keys = pair.slice(0, -1).map((key) => bind(spanOf(key), targetsOf(key, lower), undefined, lower));
  const loop = bind({ start: source.startIndex, end: element.endIndex }, targetsOf(value, lower), lower.one(source), lower, { isEach: true });
  return lower.group(node, [...keys, loop, ...rest.flatMap((body) => lower.body(body))]);
}

function caught(node: Node, lower: Lower): IrNode {
  const name = node.childForFieldName('name');
  const type = node.childForFieldName('type');
  const error = name === null ? [] : [bind({ start: (type ?? name).startIndex, end: name.endIndex }, [nameTarget(name, variableName(name, lower))], undefined, lower, { type: textOf(type, lower) })];
  return lower.group(node, [...error, ...lower.body(node.childForFieldName('body'))]);
}
