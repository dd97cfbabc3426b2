import type { Node } from '@vscode/tree-sitter-wasm';
import type { Argument, BindNode, CallNode, IrNode, Parameter } from '../../../ir/node.js';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import { bindOf, parts, spanOf, targetOf, tokens } from '../jvm.js';

const TYPES = new Set(['type_identifier', 'scoped_type_identifier', 'generic_type', 'array_type', 'annotated_type', 'integral_type', 'floating_point_type', 'boolean_type', 'void_type']);
const BODIES = new Set(['class_body', 'interface_body', 'enum_body', 'annotation_type_body', 'block', 'constructor_body']);

export function isType({ type }: Node): boolean {
  return TYPES.has(type);
}

/** The type as it is written; undefined for `var`. */
function typeText(inner: readonly Node[], lower: Lower): string | undefined {
  const type = inner.find(isType);
  const text = type === undefined ? 'var' : lower.textOf(type);
  return text === 'var' ? undefined : text;
}

/** What annotations with arguments say, as calls. */
function annotations(inner: readonly Node[], lower: Lower): readonly IrNode[] {
  const modifiers = inner.find(({ type }) => type === 'modifiers');
  return modifiers === undefined || !lower.textOf(modifiers).includes('(') ? [] : lower.all(parts(modifiers));
}

function nameIn(inner: readonly Node[]): Node | undefined {
  return inner.find(({ type }) => type === 'identifier');
}

/** `int a = 1, b = 2;`, also of fields and constants. */
const variables: LowerNode = (node, lower) => {
  const inner = parts(node);
  const type = typeText(inner, lower);
  return [...annotations(inner, lower), ...inner.flatMap((part) => (part.type === 'variable_declarator' ? declarator(part, lower, type) : part.type === 'ERROR' ? lower.some(part) : []))];
};

function declarator(node: Node, lower: Lower, type: string | undefined): BindNode {
  const [name, ...rest] = parts(node);
  const value = rest.find((part) => part.type !== 'dimensions');
  return bindOf(lower, spanOf(node), name === undefined ? [] : [targetOf(lower, name)], lower.maybe(value), { type });
}

/** A name with a type and no value: the component of a record, a pattern, an exception that is caught. */
function declared(node: Node, lower: Lower): BindNode {
  const inner = parts(node);
  const name = inner.findLast(({ type }) => type === 'identifier');
  const caught = inner.find(({ type }) => type === 'catch_type');
  return bindOf(lower, spanOf(node), name === undefined ? [] : [targetOf(lower, name)], undefined, { type: caught === undefined ? typeText(inner, lower) : lower.textOf(caught) });
}

function parameter(node: Node, lower: Lower): Parameter {
  const inner = parts(node);
  const type = typeText(inner, lower);
  const isRest = node.type === 'spread_parameter';
  const own = isRest ? inner.find((part) => part.type === 'variable_declarator') : undefined;
  const name = nameIn(own === undefined ? inner : parts(own));
  return { targets: name === undefined ? [] : [targetOf(lower, name)], type: isRest && type !== undefined ? `${type}...` : type, fallback: undefined, ...spanOf(node) };
}

function parametersOf(inner: readonly Node[], lower: Lower): readonly Parameter[] {
  const list = inner.find(({ type }) => type === 'formal_parameters');
  return list === undefined ? [] : parts(list).filter(({ type }) => type === 'formal_parameter' || type === 'spread_parameter').map((each) => parameter(each, lower));
}

/** Methods and constructors, which have the name of the class. */
const method: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = nameIn(inner);
  return [
    ...annotations(inner, lower),
    lower.make({ kind: 'function', ...spanOf(node), name: name === undefined ? undefined : lower.textOf(name), parameters: parametersOf(inner, lower), body: lower.body(inner.find(({ type }) => BODIES.has(type))) }),
  ];
};

/** Classes, interfaces, enums and records, whose components come first among the members. */
const classLike: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = nameIn(inner);
  const components = inner.find(({ type }) => type === 'formal_parameters');
  return [
    ...annotations(inner, lower),
    lower.make({
      kind: 'class',
      ...spanOf(node),
      name: name === undefined ? undefined : lower.textOf(name),
      members: [...(components === undefined ? [] : parts(components).map((component) => declared(component, lower))), ...lower.body(inner.find(({ type }) => BODIES.has(type)))],
    }),
  ];
};

/** The body of an anonymous class, as an argument of what makes it. */
function anonymousClass(body: Node, lower: Lower): Argument {
  const value = lower.make({ kind: 'class', ...spanOf(body), name: undefined, members: lower.body(body) });
  return { name: undefined, value, isSpread: false, start: value.start, end: value.end };
}

/** `USD("usd", 1) { … }`: a field with a new object, whose class has no other name here. */
const enumConstant: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = nameIn(inner);
  const list = inner.find(({ type }) => type === 'argument_list');
  const body = inner.find(({ type }) => type === 'class_body');
  if (name === undefined) return lower.group(node, lower.all(inner));
  const span = { start: name.startIndex, end: (body ?? list ?? name).endIndex };
  const value = list === undefined && body === undefined ? undefined : callOf(lower, span, lower.name(name), list, { isNew: true, body });
  return [...annotations(inner, lower), bindOf(lower, span, [targetOf(lower, name)], value)];
};

/** A call with its list of arguments, which an annotation need not have, and the body of an anonymous class. */
export function callOf(lower: Lower, span: { readonly start: number; readonly end: number }, callee: IrNode, list: Node | undefined, { isNew = false, body }: { readonly isNew?: boolean; readonly body?: Node | undefined } = {}): CallNode {
  return lower.make({
    kind: 'call',
    ...span,
    callee,
    arguments: [...(list === undefined ? [] : parts(list).flatMap((each) => argument(each, lower))), ...(body === undefined ? [] : [anonymousClass(body, lower)])],
    isNew,
    listStart: list?.startIndex ?? callee.end,
    listEnd: list?.endIndex ?? callee.end,
  });
}

function argument(node: Node, lower: Lower): Argument[] {
  const [key, value] = node.type === 'element_value_pair' ? parts(node) : [];
  const lowered = lower.one(value ?? node);
  if (node.type === 'ERROR' && lowered.kind === 'group' && lowered.children.length === 0) return [];
  return [{ name: key === undefined || value === undefined ? undefined : lower.textOf(key), value: lowered, isSpread: false, ...spanOf(node) }];
}

/** `@Value("…")`, `@PostMapping(path = "…")`. */
const annotation: LowerNode = (node, lower) => {
  const [name, list] = parts(node);
  return name === undefined ? [] : callOf(lower, spanOf(node), lower.one(name), list);
};

/** `int value() default 3;` */
const annotationElement: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = nameIn(inner);
  const value = node.childForFieldName('value');
  return bindOf(lower, spanOf(node), name === undefined ? [] : [targetOf(lower, name)], lower.maybe(value), { type: typeText(inner, lower) });
};

/** `(a, b) -> …`, `(int a) -> …`, `a -> …` */
const lambda: LowerNode = (node, lower) => {
  const inner = parts(node);
  const body = inner.at(-1);
  const [list] = inner;
  const parameters = list === undefined || list === body ? [] : list.type === 'identifier' ? [untyped(list, lower)] : list.type === 'inferred_parameters' ? parts(list).map((each) => untyped(each, lower)) : parametersOf(inner, lower);
  const isBlock = body?.type === 'block';
  const statements = body === undefined || inner.length < 2 ? lower.all(inner) : lower.body(body);
  const [value] = statements;
  const returned = !isBlock && inner.length > 1 && value !== undefined ? [lower.make({ kind: 'return' as const, start: value.start, end: value.end, value })] : statements;
  return lower.make({ kind: 'function', ...spanOf(node), name: undefined, parameters, body: returned });
};

function untyped(node: Node, lower: Lower): Parameter {
  return { targets: [targetOf(lower, node)], type: undefined, fallback: undefined, ...spanOf(node) };
}

/** `var c = open();` of a try statement; a resource that has a name already is only that name. */
const resource: LowerNode = (node, lower) => {
  const inner = parts(node);
  const name = nameIn(inner);
  const value = inner.at(-1);
  if (!tokens(node).some(({ type }) => type === '=') || name === undefined || value === undefined || value === name) return lower.all(inner);
  return bindOf(lower, spanOf(node), [targetOf(lower, name)], lower.one(value), { type: typeText(inner, lower) });
};

export const DECLARATIONS: Readonly<Record<string, LowerNode>> = {
  local_variable_declaration: variables,
  field_declaration: variables,
  constant_declaration: variables,
  catch_formal_parameter: declared,
  type_pattern: declared,
  record_pattern_component: declared,
  method_declaration: method,
  constructor_declaration: method,
  compact_constructor_declaration: method,
  class_declaration: classLike,
  interface_declaration: classLike,
  enum_declaration: classLike,
  record_declaration: classLike,
  annotation_type_declaration: classLike,
  enum_body_declarations: (node, lower) => lower.block(parts(node)),
  enum_constant: enumConstant,
  annotation,
  marker_annotation: () => [],
  annotation_type_element_declaration: annotationElement,
  lambda_expression: lambda,
  resource,
};
