import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { BindNode, IrNode } from '../../../ir/node.js';
import { parts, typeOf } from './parts.js';
import { patternOf } from './patterns.js';

/** `name: type = value` of a declaration. */
export function declarator(node: Node, lower: Lower): IrNode[] {
  const [pattern, ...others] = parts(node);
  if (pattern === undefined) return [];
  let type: string | undefined;
  let value: Node | undefined;
  for (const other of others) {
    if (other.type === 'type_annotation') type = typeOf(other, lower);
    else value = other;
  }
  return bind(node, pattern, lower, { value: lower.maybe(value), isDeclaration: true, type });
}

/** Also `using x = y`, which the grammar takes for an assignment. */
export function assignment(node: Node, lower: Lower): IrNode[] {
  const all = parts(node);
  const [pattern] = all;
  const value = all.at(-1);
  if (pattern === undefined || value === undefined || value === pattern) return lower.all(all);
  return bind(node, pattern, lower, { value: lower.one(value), isDeclaration: pattern.startIndex > node.startIndex });
}

export function compoundAssignment(node: Node, lower: Lower): IrNode[] {
  const all = parts(node);
  const [pattern] = all;
  const value = all.at(-1);
  if (pattern === undefined || value === undefined || value === pattern) return lower.all(all);
  const sign = node.childForFieldName('operator')?.type ?? '=';
  return bind(node, pattern, lower, { value: lower.one(value), operator: sign.length > 1 ? sign.slice(0, -1) : sign });
}

/** `for (const x of xs) …`; those of `in` are names of xs, not elements. */
export function loop(node: Node, lower: Lower): IrNode {
  const pattern = node.childForFieldName('left');
  const value = node.childForFieldName('right');
  const others = parts(node).filter(({ id }) => id !== pattern?.id && id !== value?.id);
  const of = lower.maybe(value);
  const isEach = node.childForFieldName('operator')?.type === 'of';
  const isDeclaration = node.childForFieldName('kind') !== null;
  // Span: from the pattern to the value.
  const start = pattern?.startIndex ?? node.startIndex;
  const binds = pattern === null ? [] : bind({ startIndex: start, endIndex: isEach ? of?.end ?? pattern.endIndex : pattern.endIndex }, pattern, lower, { value: isEach ? of : undefined, isEach, isDeclaration });
  const children = [...binds, ...(of === undefined || (isEach && binds.length > 0) ? [] : [of]), ...lower.all(others)];
  return lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children, isScope: true });
}

export function catchClause(node: Node, lower: Lower): IrNode {
  const parameter = node.childForFieldName('parameter');
  const children = parts(node).flatMap((part) => (part.id === parameter?.id ? bind(part, part, lower, { value: undefined, isDeclaration: true }) : lower.some(part)));
  return lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children, isScope: true });
}

type What = { readonly value: IrNode | undefined } & Partial<Pick<BindNode, 'operator' | 'isDeclaration' | 'isEach' | 'type'>>;

function bind(place: { readonly startIndex: number; readonly endIndex: number }, pattern: Node, lower: Lower, what: What): IrNode[] {
  const { targets, inside } = patternOf(pattern, lower);
  const { value, operator = '=', isDeclaration = false, isEach = false, type } = what;
  return [lower.make<BindNode>({ kind: 'bind', start: place.startIndex, end: place.endIndex, targets, value, operator, isDeclaration, isEach, type }), ...inside];
}
