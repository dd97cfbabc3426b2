import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { BindNode, IrNode, Target } from '../../../ir/node.js';
import { bind, parts } from '../scripting.js';
import { capturesOf, isSplat, targetsOf } from './patterns.js';
import { pairObject } from './calls.js';

const ROWS: ReadonlySet<string> = new Set(['pattern_list', 'tuple_pattern', 'list_pattern', 'expression_list', 'tuple', 'list']);

/** `x: T = value`, `a = b = value`, `a, b = 1, 2`, and fields without a value. */
export function assignment(node: Node, lower: Lower): IrNode | IrNode[] {
  const lefts: Node[] = [];
  let type: string | undefined;
  let right: Node | undefined = node;
  // In `a = b = 1` all take the same value.
  while (right?.type === 'assignment') {
    const [left, ...rest] = parts(right);
    right = undefined;
    if (left !== undefined) lefts.push(left);
    for (const part of rest) {
      if (part.type === 'type') type = lower.textOf(part);
      else right = part;
    }
  }
  const [left, second] = lefts;
  if (left === undefined) return lower.group(node, []);
  const pairs = second === undefined && right !== undefined ? pairsOf(left, right) : undefined;
  if (pairs !== undefined) return pairs.map(([target, value]) => bind(lower, { targets: targetsOf(target, lower), value: lower.one(value) }));
  const targets = lefts.flatMap((each) => targetsOf(each, lower));
  const value = lower.maybe(right);
  const isDeclaration = targets.some(({ name }) => name !== undefined);
  return lower.make<BindNode>({ kind: 'bind', start: node.startIndex, end: node.endIndex, targets, value, operator: '=', isDeclaration, isEach: false, type });
}

/** What goes where in `a, b = 1, 2`; undefined where it is not that plain. */
function pairsOf(left: Node, right: Node): (readonly [Node, Node])[] | undefined {
  if (!ROWS.has(left.type) || !ROWS.has(right.type)) return undefined;
  const targets = parts(left);
  const values = parts(right);
  if (targets.length < 2 || targets.length !== values.length || [...targets, ...values].some(isSplat)) return undefined;
  return targets.flatMap((target, index) => {
    const value = values[index];
    return value === undefined ? [] : [[target, value] as const];
  });
}

/** `x *= 100` */
export function compound(node: Node, lower: Lower): IrNode {
  const all = parts(node);
  const [left, right] = all;
  if (left === undefined || right === undefined || all.length > 2) return lower.group(node, lower.all(all));
  const operator = lower.text.slice(left.endIndex, right.startIndex).trim().slice(0, -1);
  return bind(lower, { targets: targetsOf(left, lower), value: lower.one(right), operator, isDeclaration: false });
}

/** `(n := value)` */
export function walrus(node: Node, lower: Lower): IrNode {
  const [left, right] = parts(node);
  if (left === undefined || right === undefined) return lower.group(node, lower.all(parts(node)));
  return bind(lower, { targets: targetsOf(left, lower), value: lower.one(right) });
}

/** `value as target` of a `with`. */
export function asPattern(node: Node, lower: Lower): IrNode {
  const [value, target] = parts(node);
  if (value === undefined || target === undefined) return lower.group(node, lower.all(parts(node)));
  return lower.make<BindNode>({ kind: 'bind', start: node.startIndex, end: node.endIndex, targets: targetsOf(target, lower), value: lower.one(value), operator: '=', isDeclaration: true, isEach: false, type: undefined });
}

export function withStatement(node: Node, lower: Lower): IrNode {
  const children = parts(node).flatMap((part) => {
    if (part.type === 'with_clause') return parts(part).flatMap((item) => (item.type === 'with_item' ? lower.all(parts(item)) : lower.some(item)));
    return lower.body(part);
  });
  return lower.group(node, children);
}

export function forStatement(node: Node, lower: Lower): IrNode {
  const [left, right, ...rest] = parts(node);
  if (left === undefined || right === undefined) return lower.group(node, lower.all(parts(node)));
  return lower.group(node, [each(left, right, lower), ...rest.flatMap((part) => lower.body(part))]);
}

function each(left: Node, right: Node, lower: Lower): IrNode {
  return bind(lower, { targets: targetsOf(left, lower), value: lower.one(right), isEach: true });
}

/** The name stands for what was raised, not for the type. */
export function exceptClause(node: Node, lower: Lower): IrNode {
  const children = parts(node).flatMap((part) => {
    if (part.type !== 'as_pattern') return lower.body(part);
    const [type, target] = parts(part);
    const targets = target === undefined ? [] : targetsOf(target, lower);
    return [...(type === undefined ? [] : lower.some(type)), ...captured(targets, lower)];
  });
  return lower.group(node, children);
}

export function caseClause(node: Node, lower: Lower): IrNode {
  const all = parts(node);
  const patterns = all.filter(({ type }) => type === 'case_pattern');
  const targets = patterns.flatMap((pattern, index) => capturesOf(pattern, lower, patterns.length > 1 ? [String(index)] : []));
  return lower.group(node, [...captured(targets, lower), ...all.filter(({ type }) => type !== 'case_pattern').flatMap((part) => lower.body(part))]);
}

function captured(targets: readonly Target[], lower: Lower): BindNode[] {
  return targets.length === 0 ? [] : [bind(lower, { targets, value: undefined, isDeclaration: true })];
}

/** A scope with what the loops bind and the conditions, and last the list or dictionary of what is made for each. */
export function comprehension(node: Node, lower: Lower): IrNode {
  const [body, ...clauses] = named(node).filter(({ type }) => type !== 'comment');
  if (body === undefined) return lower.group(node, []);
  const children = clauses.flatMap((clause): readonly IrNode[] => {
    const [left, right, second] = parts(clause);
    if (clause.type !== 'for_in_clause' || left === undefined || right === undefined || second !== undefined) return lower.all(parts(clause));
    return [each(left, right, lower)];
  });
  const made = body.type === 'pair' ? pairObject(body, lower) : lower.make<IrNode>({ kind: 'list', start: body.startIndex, end: body.endIndex, elements: [lower.one(body)] });
  return lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children: [...children, made], isScope: true });
}
