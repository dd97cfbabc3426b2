import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { BindNode, IrNode, Target } from '../../../ir/node.js';
import { bind, constantOf, nameTarget, parts, placeTarget } from '../scripting.js';
import { valueOf } from './values.js';

/** Deeper patterns than this are not looked at. */
const DEEPEST = 50;
const RESTS: ReadonlySet<string> = new Set(['rest_assignment', 'splat_parameter', 'hash_splat_parameter', 'splat_argument']);

/** What is assigned to: names, places, or rows of them. */
export function targetsOf(node: Node, lower: Lower, path: readonly string[] = [], depth = 0): Target[] {
  switch (node.type) {
    case 'identifier':
    case 'constant':
    case 'global_variable':
      return [nameTarget(node, lower, path)];
    case 'left_assignment_list':
    case 'destructured_left_assignment':
    case 'destructured_parameter':
      return depth > DEEPEST ? [] : parts(node).flatMap((each, index) => targetsOf(each, lower, RESTS.has(each.type) ? path : [...path, String(index)], depth + 1));
    // The rest has what the whole has.
    case 'rest_assignment':
    case 'splat_parameter':
      return depth > DEEPEST ? [] : parts(node).flatMap((each) => targetsOf(each, lower, path, depth + 1));
    default:
      return [placeTarget(node, lower, path)];
  }
}

/** `x = value`, `a = b = value`, `a, b = 1, 2` */
export function assignment(node: Node, lower: Lower): IrNode | IrNode[] {
  const lefts: Node[] = [];
  let right: Node | undefined = node;
  // In `a = b = 1` all take the same value.
  while (right?.type === 'assignment') {
    const [left, value]: readonly (Node | undefined)[] = parts(right).filter(({ type }) => type !== 'heredoc_body');
    if (left !== undefined) lefts.push(left);
    right = value;
  }
  const [left, second] = lefts;
  if (left === undefined || right === undefined) return lower.group(node, lower.all(lefts));
  const values = right.type === 'right_assignment_list' ? parts(right) : [right];
  const targets = left.type === 'left_assignment_list' ? parts(left) : [left];
  if (second === undefined && targets.length > 1 && targets.length === values.length && ![...targets, ...values].some(({ type }) => RESTS.has(type))) {
    return targets.flatMap((target, index) => {
      const value = values[index];
      return value === undefined ? [] : [bind(lower, { targets: targetsOf(target, lower), value: lower.one(value) })];
    });
  }
  const all = lefts.flatMap((each) => targetsOf(each, lower));
  const value = right.type === 'right_assignment_list' ? valueOf(values, lower) : lower.one(right);
  const isDeclaration = all.some(({ name }) => name !== undefined);
  return lower.make<BindNode>({ kind: 'bind', start: node.startIndex, end: node.endIndex, targets: all, value, operator: '=', isDeclaration, isEach: false, type: undefined });
}

/** `x *= 100`; `x ||= 1` may make the name. */
export function compound(node: Node, lower: Lower): IrNode {
  const all = parts(node).filter(({ type }) => type !== 'heredoc_body');
  const [left, right] = all;
  if (left === undefined || right === undefined || all.length > 2) return lower.group(node, lower.all(all));
  const operator = lower.text.slice(left.endIndex, right.startIndex).trim().slice(0, -1);
  const targets = targetsOf(left, lower);
  return bind(lower, { targets, value: lower.one(right), operator, isDeclaration: operator === '||' && targets.some(({ name }) => name !== undefined) });
}

/** `value => { amount: }`, `value in [first, *]` */
export function patternMatch(node: Node, lower: Lower): IrNode {
  const [value, pattern] = parts(node);
  if (value === undefined || pattern === undefined) return lower.group(node, lower.all(parts(node)));
  const targets = capturesOf(pattern, lower);
  return targets.length === 0 ? lower.group(node, [...lower.some(value)]) : bind(lower, { targets, value: lower.one(value) });
}

/** The names that a pattern captures. */
export function capturesOf(node: Node, lower: Lower, path: readonly string[] = [], depth = 0): Target[] {
  if (depth > DEEPEST) return [];
  const into = (inner: Node, step?: string): Target[] => capturesOf(inner, lower, step === undefined ? path : [...path, step], depth + 1);
  switch (node.type) {
    case 'identifier':
      return [nameTarget(node, lower, path)];
    case 'array_pattern':
    case 'find_pattern':
      return parts(node).filter(({ type }) => type !== 'constant' && type !== 'scope_resolution').flatMap((each, index) => (RESTS.has(each.type) ? into(each) : into(each, String(index))));
    case 'keyword_pattern': {
      const [key, value] = parts(node);
      if (key === undefined) return [];
      const name = key.type === 'string' ? constantOf(lower.one(key))?.value ?? '' : lower.textOf(key);
      return value === undefined ? [nameTarget(key, lower, [...path, name])] : into(value, name);
    }
    case 'hash_pattern':
    case 'as_pattern':
    case 'alternative_pattern':
    case 'parenthesized_pattern':
    case 'pattern':
    case 'splat_parameter':
    case 'hash_splat_parameter':
      return parts(node).flatMap((each) => into(each));
    default:
      return [];
  }
}
