import type { Node } from '@vscode/tree-sitter-wasm';
import { named, type Lower, type LowerNode } from '../../../ir/lowering.js';
import type { IrNode, Target } from '../../../ir/node.js';
import { bind, nameTarget, solid, spanOf } from '../made.js';

/** Patterns inside of patterns are not looked at beyond that. */
const DEEPEST_PATTERN = 20;

/** What a pattern gives a value, and the code in it: constants it compares with, types. */
interface Pattern {
  readonly targets: Target[];
  readonly code: IrNode[];
}

function standalone(node: Node, lower: Lower): IrNode[] {
  const { targets, code } = patternOf(node, lower);
  if (targets.length === 0) return code;
  return [bind(spanOf(node), targets, undefined, lower), ...code];
}

/** `x is Foo f`, `x switch { … }` and the patterns of `case`. */
export const patterns: Readonly<Record<string, LowerNode>> = {
  is_pattern_expression: isPattern,
  is_expression: isPattern,
  switch_expression: switchExpression,
  constant_pattern: standalone,
  parenthesized_pattern: standalone,
  var_pattern: standalone,
  type_pattern: standalone,
  list_pattern: standalone,
  recursive_pattern: standalone,
  relational_pattern: standalone,
  negated_pattern: standalone,
  and_pattern: standalone,
  or_pattern: standalone,
  declaration_pattern: standalone,
};

/** `(a, b)` of `var (a, b) = …`: names by position. */
export function tupleTargets(node: Node, lower: Lower, path: readonly string[] = [], depth = 0): Target[] {
  if (depth > DEEPEST_PATTERN) return [];
  return named(node).filter(({ type }) => type !== 'comment').flatMap((child, index): Target[] => {
    const inner = [...path, String(index)];
    if (child.type === 'identifier') return lower.textOf(child) === '_' ? [] : [nameTarget(child, lower.textOf(child), inner)];
    return child.type === 'discard' ? [] : tupleTargets(child, lower, inner, depth + 1);
  });
}

function patternOf(node: Node, lower: Lower): Pattern {
  const found: Pattern = { targets: [], code: [] };
  collect(node, lower, [], found, 0);
  return found;
}

function collect(node: Node, lower: Lower, path: readonly string[], found: Pattern, depth: number): void {
  if (depth > DEEPEST_PATTERN) return;
  const inner = named(node);
  const within = (child: Node, ...more: string[]): void => {
    collect(child, lower, more.length === 0 ? path : [...path, ...more], found, depth + 1);
  };
  switch (node.type) {
    case 'discard':
    case 'type_pattern':
    case 'implicit_type':
    case 'comment':
      return;
    case 'declaration_pattern':
    case 'var_pattern':
    case 'parenthesized_variable_designation':
      designated(node, inner, lower, path, found);
      return;
    case 'recursive_pattern': {
      const name = node.childForFieldName('name');
      if (name !== null) found.targets.push(nameTarget(name, lower.textOf(name), path));
      for (const clause of inner) if (clause.type.endsWith('_pattern_clause')) within(clause);
      return;
    }
    case 'positional_pattern_clause':
      inner.filter(({ type }) => type === 'subpattern').forEach((child, index) => {
        const part = child.lastNamedChild;
        if (part !== null) within(part, String(index));
      });
      return;
    case 'property_pattern_clause':
      for (const child of inner) {
        const [key] = named(child);
        const part = child.lastNamedChild;
        if (key !== undefined && part !== null && key.id !== part.id) within(part, ...lower.textOf(key).split('.').map((name) => name.trim()));
      }
      return;
    case 'list_pattern': {
      // Behind a slice nobody knows the position.
      let position: number | undefined = 0;
      for (const child of solid(node)) {
        if (child.type === '..') position = undefined;
        else if (child.isNamed) {
          within(child, position === undefined ? '?' : String(position));
          if (position !== undefined) position++;
        }
      }
      return;
    }
    case 'parenthesized_pattern':
    case 'negated_pattern':
    case 'and_pattern':
    case 'or_pattern':
      for (const child of inner) within(child);
      return;
    case 'constant_pattern':
    case 'relational_pattern':
      found.code.push(...lower.all(inner));
      return;
    default:
      found.code.push(...lower.some(node));
  }
}

/** `Foo f`, `var f`, `var (a, b)`. */
function designated(node: Node, inner: readonly Node[], lower: Lower, path: readonly string[], found: Pattern): void {
  const tuple = inner.find(({ type }) => type === 'parenthesized_variable_designation');
  if (tuple !== undefined) found.targets.push(...tupleTargets(tuple, lower, path));
  const name = node.childForFieldName('name');
  if (name !== null && node.type !== 'parenthesized_variable_designation') found.targets.push(nameTarget(name, lower.textOf(name), path));
}

function isPattern(node: Node, lower: Lower): IrNode {
  const [left, , right] = solid(node);
  if (left === undefined || right === undefined) return lower.group(node, lower.all(named(node)));
  const value = lower.one(left);
  const { targets, code } = patternOf(right, lower);
  const bound = targets.length === 0 ? value : bind(spanOf(node), targets, value, lower);
  return lower.make({ kind: 'operation', ...spanOf(node), operator: 'is', operands: [bound, ...code] });
}

/** Every arm is an alternative; what they ask for decides. */
function switchExpression(node: Node, lower: Lower): IrNode {
  const [subject, ...rest] = solid(node);
  const conditions = subject === undefined ? [] : [lower.one(subject)];
  const alternatives: IrNode[] = [];
  for (const arm of rest) {
    if (arm.type !== 'switch_expression_arm') continue;
    const parts = solid(arm);
    const arrow = parts.findIndex(({ type }) => type === '=>');
    const [pattern, ...guards] = parts.slice(0, Math.max(arrow, 0));
    if (pattern !== undefined) conditions.push(...standalone(pattern, lower));
    conditions.push(...lower.all(guards.filter(({ isNamed }) => isNamed)));
    const value = parts[arrow + 1];
    if (value !== undefined) alternatives.push(lower.one(value));
  }
  return lower.make({ kind: 'choice', ...spanOf(node), alternatives, conditions });
}
