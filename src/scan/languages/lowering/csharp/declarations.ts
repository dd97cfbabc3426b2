import type { Node } from '@vscode/tree-sitter-wasm';
import { named, type Lower, type LowerNode } from '../../../ir/lowering.js';
import type { BindNode, FunctionNode, IrNode } from '../../../ir/node.js';
import { bind, nameTarget, solid, spanOf } from '../made.js';
import { callOf } from './arguments.js';
import { typed } from './creations.js';
import { parametersOf } from './parameters.js';
import { tupleTargets } from './patterns.js';

const inside: LowerNode = (node, lower) => lower.all(named(node));

/** Types, their members and variables. */
export const declarations: Readonly<Record<string, LowerNode>> = {
  namespace_declaration: (node, lower) => lower.body(node.childForFieldName('body')),
  class_declaration: classOf,
  struct_declaration: classOf,
  record_declaration: classOf,
  interface_declaration: classOf,
  enum_declaration: classOf,
  enum_member_declaration: enumMember,
  base_list: baseList,
  primary_constructor_base_type: (node, lower) => baseCall(named(node), lower),
  field_declaration: inside,
  event_field_declaration: inside,
  local_declaration_statement: inside,
  variable_declaration: variables,
  property_declaration: property,
  indexer_declaration: indexer,
  event_declaration: (node, lower) => lower.all(named(node).filter(({ type }) => type === 'accessor_list')),
  accessor_list: inside,
  accessor_declaration: (node, lower) => functionOf(node, undefined, lower),
  method_declaration: (node, lower) => functionOf(node, node.childForFieldName('name'), lower),
  local_function_statement: (node, lower) => functionOf(node, node.childForFieldName('name'), lower),
  constructor_declaration: (node, lower) => functionOf(node, node.childForFieldName('name'), lower),
  destructor_declaration: (node, lower) => functionOf(node, undefined, lower),
  operator_declaration: (node, lower) => functionOf(node, undefined, lower),
  conversion_operator_declaration: (node, lower) => functionOf(node, undefined, lower),
  arrow_expression_clause: (node, lower) => bodyOf(node, lower),
};

function classOf(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const name = children.find(({ type }) => type === 'identifier');
  const list = children.find(({ type }) => type === 'parameter_list');
  const bases = children.find(({ type }) => type === 'base_list');
  const body = children.findLast(({ type }) => type === 'declaration_list' || type === 'enum_member_declaration_list');
  const members = [...(list === undefined ? [] : primaryConstructor(list, name, lower)), ...(bases === undefined ? [] : lower.some(bases)), ...lower.body(body)];
  return lower.make({ kind: 'class', ...spanOf(node), name: name === undefined ? undefined : lower.textOf(name), members });
}

/** `record R(int A)`, `class C(int a)`: a constructor, whose parameters the whole class knows. */
function primaryConstructor(list: Node, name: Node | undefined, lower: Lower): IrNode[] {
  const parameters = parametersOf(list, lower);
  // Every node has its own targets: they are moved with it.
  const fields = parameters.map(({ targets, type, start, end }) => bind({ start, end }, targets.map((target) => ({ ...target })), undefined, lower, { type }));
  return [lower.make<FunctionNode>({ kind: 'function', ...spanOf(list), name: name === undefined ? undefined : lower.textOf(name), parameters, body: [] }), ...fields];
}

/** Only `: Base(x)` is code. */
function baseList(node: Node, lower: Lower): IrNode[] {
  return named(node).flatMap((child, index, all) => {
    if (child.type === 'primary_constructor_base_type') return [...lower.some(child)];
    return child.type === 'argument_list' ? baseCall(all.slice(Math.max(index - 1, 0), index + 1), lower) : [];
  });
}

function baseCall([base, list]: readonly Node[], lower: Lower): IrNode[] {
  return base === undefined || list?.type !== 'argument_list' ? [] : [callOf(base.startIndex, list.endIndex, lower.one(base), list, lower)];
}

function enumMember(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const name = children.find(({ type }) => type === 'identifier');
  const equals = children.findIndex(({ type }) => type === '=');
  return bind(spanOf(node), name === undefined ? [] : [nameTarget(name, lower.textOf(name))], equals === -1 ? undefined : lower.maybe(children[equals + 1]), lower);
}

/** The type as it is written; none for `var`. */
function typeOf(node: Node | null | undefined, lower: Lower): string | undefined {
  return node === null || node === undefined || node.type === 'implicit_type' ? undefined : lower.textOf(node);
}

/** `T a = 1, b`. */
function variables(node: Node, lower: Lower): IrNode[] {
  const [first, ...rest] = named(node).filter(({ type }) => type !== 'comment');
  const type = typeOf(first, lower);
  return rest.filter((child) => child.type === 'variable_declarator').map((child) => variable(child, type, lower));
}

function variable(node: Node, type: string | undefined, lower: Lower): BindNode {
  const children = solid(node);
  const [name] = children;
  const equals = children.findIndex((child) => child.type === '=');
  const value = equals === -1 ? undefined : children[equals + 1];
  const targets = name === undefined ? [] : name.type === 'tuple_pattern' ? tupleTargets(name, lower) : [nameTarget(name, lower.textOf(name))];
  return bind(spanOf(node), targets, value === undefined ? undefined : typed(value, type, lower), lower, { type });
}

/** A property is a field with the value of its initialiser, or of the expression it stands for; what its accessors do follows it. */
function property(node: Node, lower: Lower): IrNode[] {
  const name = node.childForFieldName('name');
  const type = typeOf(node.childForFieldName('type'), lower);
  const given = node.childForFieldName('value');
  const accessors = named(node).filter((child) => child.type === 'accessor_list').flatMap((list) => named(list));
  const arrow = given?.type === 'arrow_expression_clause' ? given : given === null ? accessors.map(getterOf).find((found) => found !== undefined) : undefined;
  const value = arrow === undefined ? given : solid(arrow).at(-1);
  const others = accessors.filter((accessor) => arrow === undefined || accessor.endIndex <= arrow.startIndex || accessor.startIndex >= arrow.endIndex);
  const targets = name === null ? [] : [nameTarget(name, lower.textOf(name))];
  const field = bind(spanOf(node), targets, value === null || value === undefined ? undefined : typed(value, type, lower), lower, { type });
  return [field, ...lower.all(others).filter((each) => each.kind !== 'function' || each.body.length > 0)];
}

/** The expression of `get => x;`. */
function getterOf(accessor: Node): Node | undefined {
  const children = solid(accessor);
  return children.some(({ type }) => type === 'get') ? children.find(({ type }) => type === 'arrow_expression_clause') : undefined;
}

function indexer(node: Node, lower: Lower): IrNode {
  const body = solid(node).findLast(({ type }) => type === 'arrow_expression_clause' || type === 'accessor_list');
  return lower.make({ kind: 'function', ...spanOf(node), name: undefined, parameters: parametersOf(node.childForFieldName('parameters'), lower), body: bodyOf(body, lower) });
}

function functionOf(node: Node, name: Node | null | undefined, lower: Lower): FunctionNode {
  const children = solid(node);
  const list = children.find(({ type }) => type === 'parameter_list');
  const initializer = children.find(({ type }) => type === 'constructor_initializer');
  const body = children.findLast(({ type }) => type === 'block' || type === 'arrow_expression_clause');
  return lower.make({
    kind: 'function',
    ...spanOf(node),
    name: name === null || name === undefined ? undefined : lower.textOf(name),
    parameters: parametersOf(list, lower),
    body: [...(initializer === undefined ? [] : chained(initializer, lower)), ...bodyOf(body, lower, resultOf(node, lower))],
  });
}

/** `: base(x)` and `: this(x)`. */
function chained(node: Node, lower: Lower): IrNode[] {
  const children = solid(node);
  const list = children.find(({ type }) => type === 'argument_list');
  const callee = children.find(({ type }) => type === 'base' || type === 'this');
  return list === undefined || callee === undefined ? [] : [callOf(callee.startIndex, list.endIndex, lower.one(callee), list, lower)];
}

/** What a function gives, of a task what it ends with. */
function resultOf(node: Node, lower: Lower): string | undefined {
  const type = typeOf(node.childForFieldName('returns') ?? node.childForFieldName('type'), lower);
  return type === undefined ? undefined : /^(?:Value)?Task<(.{1,200})>$/s.exec(type)?.[1] ?? type;
}

function bodyOf(body: Node | undefined, lower: Lower, type?: string): IrNode[] {
  if (body?.type !== 'arrow_expression_clause') return lower.body(body);
  const expression = solid(body).at(-1);
  return expression === undefined ? [] : [lower.make({ kind: 'return', ...spanOf(expression), value: typed(expression, type, lower) })];
}
