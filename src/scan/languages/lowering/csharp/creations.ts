import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { Argument, Entry, IrNode, ObjectNode } from '../../../ir/node.js';
import { constantText, solid, spanOf } from '../made.js';
import { argumentsOf, operandsOf } from './arguments.js';

/** A declared type is handed down that far into collections of collections. */
const DEEPEST_TYPE = 8;
/** Types whose initialiser lists elements, even where it is empty. */
const COLLECTIONS: ReadonlySet<string> = new Set(['List', 'IList', 'HashSet', 'SortedSet', 'Collection', 'Queue', 'Stack', 'IEnumerable', 'ICollection', 'IReadOnlyList', 'ImmutableArray']);

/** Objects and lists: `new T { … }`, `new() { … }`, `new { … }`, `new[] { … }`, `[ … ]`, `x with { … }`. */
export const creations: Readonly<Record<string, LowerNode>> = {
  object_creation_expression: (node, lower) => created(node, undefined, 0, lower),
  implicit_object_creation_expression: (node, lower) => created(node, undefined, 0, lower),
  anonymous_object_creation_expression: anonymous,
  with_expression: withExpression,
  initializer_expression: (node, lower) => initialized(node, node, undefined, 0, lower),
  implicit_array_creation_expression: (node, lower) => array(node, lower),
  array_creation_expression: (node, lower) => array(node, lower),
  // Of `new T[n]` only the size is code.
  array_type: (node, lower) => lower.all(operandsOf(node).filter(({ type }) => type === 'array_rank_specifier')),
  element_binding_expression: (node, lower) => collection(node, undefined, 0, lower),
  tuple_expression: tuple,
};

/** A value whose type is declared: what `new()` makes is of that type, also as an element of a list and behind `??` and `? :`. */
export function typed(node: Node, type: string | undefined, lower: Lower, depth = 0): IrNode {
  if (type === undefined || depth > DEEPEST_TYPE) return lower.one(node);
  switch (node.type) {
    case 'implicit_object_creation_expression':
      return created(node, type, depth, lower);
    case 'element_binding_expression':
      return collection(node, type, depth, lower);
    case 'initializer_expression':
      return elements(node, operandsOf(node), elementType(type), depth, lower);
    case 'conditional_expression': {
      const [condition, then, otherwise] = operandsOf(node);
      if (condition === undefined || then === undefined || otherwise === undefined) break;
      return lower.make({ kind: 'choice', ...spanOf(node), conditions: [lower.one(condition)], alternatives: [typed(then, type, lower, depth + 1), typed(otherwise, type, lower, depth + 1)] });
    }
    case 'binary_expression': {
      const [left, operator, right] = solid(node);
      if (left === undefined || operator?.type !== '??' || right === undefined) break;
      return lower.make({ kind: 'choice', ...spanOf(node), conditions: [], alternatives: [lower.one(left), typed(right, type, lower, depth + 1)] });
    }
    default:
  }
  return lower.one(node);
}

function isCollectionType(type: string): boolean {
  const open = type.indexOf('<');
  return open === -1 ? /\]\??$/.test(type) : COLLECTIONS.has(type.slice(type.lastIndexOf('.', open) + 1, open).trim());
}

/** `T` of `T[]`, `List<T>`, `Dictionary<string, T>`. */
function elementType(type: string | undefined): string | undefined {
  if (type === undefined) return undefined;
  const array = /\[[\s,]*\]\??$/.exec(type);
  if (array !== null) return type.slice(0, array.index).trim();
  const close = type.lastIndexOf('>');
  const open = type.indexOf('<');
  return close < open || open === -1 ? undefined : lastOf(type.slice(open + 1, close));
}

/** The last of several type arguments. */
function lastOf(list: string): string {
  let depth = 0;
  for (let at = list.length - 1; at >= 0; at--) {
    const sign = list.charAt(at);
    if (sign === '>') depth++;
    else if (sign === '<') depth--;
    else if (sign === ',' && depth === 0) return list.slice(at + 1).trim();
  }
  return list.trim();
}

/** `declared` is the type by the declaration, for `new()`. */
function created(node: Node, declared: string | undefined, depth: number, lower: Lower): IrNode {
  const children = solid(node);
  const list = children.find(({ type }) => type === 'argument_list');
  const initializer = children.findLast(({ type }) => type === 'initializer_expression');
  const typeNode = node.type === 'object_creation_expression' ? children[1] : undefined;
  const type = typeNode === undefined ? declared : lower.textOf(typeNode);
  const given = list === undefined ? [] : argumentsOf(list, lower);
  if (initializer !== undefined && given.length === 0) return initialized(node, initializer, type, depth, lower);
  // The type of `new(…)` stands elsewhere: the name is the keyword.
  const callee = typeNode === undefined ? lower.name(children[0] ?? node, 'new') : lower.one(typeNode);
  const set: Argument[] = [];
  if (initializer !== undefined) set.push({ name: undefined, value: initialized(initializer, initializer, type, depth, lower), isSpread: false, ...spanOf(initializer) });
  return lower.make({ kind: 'call', ...spanOf(node), callee, arguments: [...given, ...set], isNew: true, listStart: list?.startIndex ?? callee.end, listEnd: list?.endIndex ?? callee.end });
}

/** What stands in braces: `A = 1` and `["a"] = 1`, pairs `{ "a", 1 }`, or elements. */
function initialized(place: Node, initializer: Node, type: string | undefined, depth: number, lower: Lower): IrNode {
  const given = operandsOf(initializer);
  const isCollection = type !== undefined && isCollectionType(type);
  if (given.length === 0) return isCollection ? elements(place, [], undefined, depth, lower) : object(place, initializer, type, [], lower);
  const pairs = given.map((part) => (part.type === 'initializer_expression' ? operandsOf(part) : []));
  if (!given.some((part) => part.type === 'assignment_expression') && (isCollection || !pairs.every(({ length }) => length === 2))) return elements(place, given, elementType(type), depth, lower);
  const entries = given.map((part, index): Entry => {
    const [key, value] = pairs[index] ?? [];
    if (key !== undefined && value !== undefined) return entry(part, key, typed(value, elementType(type), lower, depth + 1), lower);
    return part.type === 'assignment_expression' ? assigned(part, type, depth, lower) : unnamed(part, lower.one(part));
  });
  return object(place, initializer, type, entries, lower);
}

function object(place: Node, braces: Node, type: string | undefined, entries: readonly Entry[], lower: Lower): ObjectNode {
  const end = closingOf(braces);
  return lower.make({ kind: 'object', ...spanOf(place), type, entries, innerStart: Math.min(braces.startIndex + 1, end), innerEnd: end });
}

/** Where the inner part ends, also when the closing bracket is missing. */
function closingOf({ lastChild, endIndex }: Node): number {
  return lastChild !== null && !lastChild.isNamed && lastChild.type !== ',' ? lastChild.startIndex : endIndex;
}

/** `A = 1` and `["a"] = 1`. */
function assigned(part: Node, type: string | undefined, depth: number, lower: Lower): Entry {
  const [left, , right] = solid(part);
  if (left === undefined || right === undefined) return unnamed(part, lower.group(part, []));
  if (left.type === 'identifier') return named(part, left, lower.one(right), lower);
  const [key] = left.type === 'element_binding_expression' ? operandsOf(left).map((argument) => argument.firstChild) : [];
  return entry(part, key ?? left, typed(right, elementType(type), lower, depth + 1), lower);
}

function named(part: Node, key: Node, value: IrNode, lower: Lower): Entry {
  return { key: lower.textOf(key), keyStart: key.startIndex, keyEnd: key.endIndex, value, isSpread: false, isShorthand: false, ...spanOf(part) };
}

function unnamed(part: Node, value: IrNode): Entry {
  return { key: undefined, keyStart: part.startIndex, keyEnd: part.startIndex, value, isSpread: false, isShorthand: false, ...spanOf(part) };
}

/** An entry whose name is an expression. */
function entry(part: Node, key: Node, value: IrNode, lower: Lower): Entry {
  const computed = lower.one(key);
  const constant = constantText(computed);
  const place = { value, isSpread: false, isShorthand: false, ...spanOf(part) };
  return constant === undefined
    ? { key: undefined, keyStart: key.startIndex, keyEnd: key.endIndex, computed, ...place }
    : { key: constant.value, keyStart: constant.start, keyEnd: constant.end, ...place };
}

function elements(place: Node, given: readonly Node[], type: string | undefined, depth: number, lower: Lower): IrNode {
  return lower.make({ kind: 'list', ...spanOf(place), elements: given.map((element) => typed(element, type, lower, depth + 1)) });
}

function array(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const initializer = children.findLast(({ type }) => type === 'initializer_expression');
  const typeNode = children.find(({ type }) => type === 'array_type');
  if (initializer === undefined) return lower.group(node, typeNode === undefined ? [] : lower.some(typeNode));
  return elements(node, operandsOf(initializer), elementType(typeNode === undefined ? undefined : lower.textOf(typeNode)), 0, lower);
}

/** `[1, ..others]`. The grammar takes a collection for an index. */
function collection(node: Node, type: string | undefined, depth: number, lower: Lower): IrNode {
  const inner = elementType(type);
  const given = solid(node).flatMap((argument): IrNode[] => {
    if (!argument.isNamed || argument.startIndex === argument.endIndex) return [];
    const value = argument.type === 'argument' ? solid(argument).at(-1) : argument;
    if (value === undefined) return [];
    if (value.type !== 'range_expression') return [typed(value, inner, lower, depth + 1)];
    const [dots, spread] = solid(value);
    return dots?.type === '..' && spread !== undefined ? [lower.make({ kind: 'wrapped', ...spanOf(value), by: 'spread', inner: lower.one(spread) })] : [lower.one(value)];
  });
  return lower.make({ kind: 'list', ...spanOf(node), elements: given });
}

/** `new { a = 1, b, c.D }`: what has no name is called as it is. */
function anonymous(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const entries: Entry[] = [];
  let braces = { start: node.endIndex, end: node.endIndex };
  for (let at = 0; at < children.length; at++) {
    const child = children[at];
    if (child === undefined) continue;
    if (child.type === '{') braces = { start: child.endIndex, end: node.endIndex };
    else if (child.type === '}') braces = { start: braces.start, end: child.startIndex };
    if (!child.isNamed) continue;
    const value = children[at + 1]?.type === '=' ? children[at + 2] : undefined;
    if (value === undefined) entries.push(shorthand(child, lower));
    else {
      entries.push({ ...named(child, child, lower.one(value), lower), end: value.endIndex });
      at += 2;
    }
  }
  return lower.make({ kind: 'object', ...spanOf(node), type: undefined, entries, innerStart: braces.start, innerEnd: braces.end });
}

function shorthand(node: Node, lower: Lower): Entry {
  const value = lower.one(node);
  const place = { value, isSpread: false, isShorthand: true, ...spanOf(node) };
  if (value.kind === 'name') return { key: value.name, keyStart: value.start, keyEnd: value.end, ...place };
  return value.kind === 'member' ? { key: value.name, keyStart: value.nameStart, keyEnd: value.nameEnd, ...place } : unnamed(node, value);
}

/** `x with { A = 1 }` holds all that x holds. The receiver stands before the braces, so that the inner part begins with it. */
function withExpression(node: Node, lower: Lower): IrNode {
  const [receiver, ...rest] = solid(node);
  if (receiver === undefined) return lower.group(node, []);
  const spread: Entry = { ...unnamed(receiver, lower.one(receiver)), isSpread: true };
  const set = rest.flatMap((part): Entry[] => {
    if (part.type !== 'with_initializer') return [];
    const [key, , value] = solid(part);
    return key === undefined || value === undefined ? [unnamed(part, lower.group(part, []))] : [named(part, key, lower.one(value), lower)];
  });
  const end = rest.findLast(({ type }) => type === '}')?.startIndex ?? node.endIndex;
  return lower.make({ kind: 'object', ...spanOf(node), type: undefined, entries: [spread, ...set], innerStart: node.startIndex, innerEnd: end });
}

/** `(1, 2)` is a list; with names an object. */
function tuple(node: Node, lower: Lower): IrNode {
  const given = argumentsOf(node, lower);
  if (given.every(({ name }) => name === undefined)) return lower.make({ kind: 'list', ...spanOf(node), elements: given.map(({ value }) => value) });
  const entries = given.map(({ name, value, start, end }): Entry => {
    if (name !== undefined) return { key: name, keyStart: start, keyEnd: start + name.length, value, isSpread: false, isShorthand: false, start, end };
    const isName = value.kind === 'name';
    return { key: isName ? value.name : undefined, keyStart: start, keyEnd: isName ? end : start, value, isSpread: false, isShorthand: isName, start, end };
  });
  return lower.make({ kind: 'object', ...spanOf(node), type: undefined, entries, innerStart: node.startIndex + 1, innerEnd: closingOf(node) });
}
