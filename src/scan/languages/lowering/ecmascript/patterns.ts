import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { IrNode, Target } from '../../../ir/node.js';
import { COMMENTS, keyOf, parts } from './parts.js';

/** Deeper patterns than this are not looked at. */
const DEEPEST = 50;

/** What a pattern binds. */
export interface Pattern {
  readonly targets: readonly Target[];
  /** Code inside of it, to stand after the bind: its defaults (`??=` to the same names) and computed keys. */
  readonly inside: readonly IrNode[];
}

/** What is assigned to: a name, a place, or a destructuring pattern. */
export function patternOf(node: Node, lower: Lower): Pattern {
  const into = { targets: [], inside: [] };
  collect(node, [], into, lower, 0);
  return into;
}

interface Collected {
  readonly targets: Target[];
  readonly inside: IrNode[];
}

function collect(node: Node, path: readonly string[], into: Collected, lower: Lower, depth: number): void {
  if (depth > DEEPEST) return;
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
    case 'undefined':
      into.targets.push({ name: lower.textOf(node), place: undefined, path, start: node.startIndex, end: node.endIndex });
      return;
    case 'object_pattern':
      for (const part of parts(node)) collectProperty(part, path, into, lower, depth);
      return;
    case 'array_pattern':
      collectElements(node, path, into, lower, depth);
      return;
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      collectWithDefault(node, path, into, lower, depth);
      return;
    // The rest has what the whole has.
    case 'rest_pattern':
      for (const part of parts(node)) collect(part, path, into, lower, depth + 1);
      return;
    case 'member_expression':
    case 'subscript_expression':
    case 'non_null_expression':
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'type_assertion':
      into.targets.push({ name: undefined, place: lower.one(node), path, start: node.startIndex, end: node.endIndex });
      return;
    default:
      into.inside.push(...lower.some(node));
  }
}

function collectProperty(node: Node, path: readonly string[], into: Collected, lower: Lower, depth: number): void {
  const { type } = node;
  if (type === 'object_assignment_pattern') {
    collectWithDefault(node, path, into, lower, depth, true);
    return;
  }
  if (type !== 'pair_pattern') {
    collect(node, type === 'shorthand_property_identifier_pattern' ? [...path, lower.textOf(node)] : path, into, lower, depth + 1);
    return;
  }
  const [keyNode, value] = parts(node);
  if (keyNode === undefined || value === undefined) return;
  const key = keyOf(keyNode, lower);
  if (key.computed !== undefined) into.inside.push(key.computed);
  collect(value, [...path, key.name ?? lower.textOf(keyNode)], into, lower, depth + 1);
}

function collectElements(node: Node, path: readonly string[], into: Collected, lower: Lower, depth: number): void {
  let position = 0;
  for (const child of node.children) {
    if (child === null) continue;
    const { type } = child;
    if (type === ',') position++;
    else if (type !== '[' && type !== ']' && !COMMENTS.has(type)) collect(child, type === 'rest_pattern' ? path : [...path, String(position)], into, lower, depth + 1);
  }
}

/** `{ amount = 1 }` and `[amount = 1]` take the value where there is one: `amount ??= 1` after the bind. */
function collectWithDefault(node: Node, path: readonly string[], into: Collected, lower: Lower, depth: number, isProperty = false): void {
  const [left, right] = parts(node);
  if (left === undefined) return;
  const from = into.targets.length;
  if (isProperty) collectProperty(left, path, into, lower, depth + 1);
  else collect(left, path, into, lower, depth + 1);
  if (right === undefined) return;
  const value = lower.one(right);
  // A place belongs to one node only.
  const taken = isProperty ? path.length + 1 : path.length;
  const targets = into.targets.slice(from).flatMap((target): Target[] => (target.name === undefined ? [] : [{ ...target, path: target.path.slice(taken) }]));
  into.inside.push(
    targets.length === 0
      ? value
      : lower.make({ kind: 'bind', start: node.startIndex, end: node.endIndex, targets, value, operator: '??', isDeclaration: false, isEach: false, type: undefined }),
  );
}
