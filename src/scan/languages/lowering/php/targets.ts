import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Target } from '../../../ir/node.js';
import { constantText, nameTarget, solid, spanOf } from '../made.js';

/** Patterns inside of patterns are not looked at beyond that. */
const DEEPEST_PATTERN = 20;

/** A variable's name, without its sign. */
export function variableName(node: Node, lower: Lower): string {
  return lower.textOf(node).replace(/^\$/, '');
}

/** What is assigned to: a variable, a place, or those in `[$a, 'key' => $b]` and `list(…)`. */
export function targetsOf(node: Node, lower: Lower, path: readonly string[] = []): Target[] {
  switch (node.type) {
    case 'variable_name':
      return [nameTarget(node, variableName(node, lower), path)];
    case 'by_ref': {
      const inner = solid(node).at(-1);
      return inner === undefined || inner.type === 'by_ref' ? [] : targetsOf(inner, lower, path);
    }
    case 'list_literal':
    case 'array_creation_expression':
      return path.length > DEEPEST_PATTERN ? [] : listed(node, lower, path);
    default:
      return [{ name: undefined, place: lower.one(node), path, ...spanOf(node) }];
  }
}

function listed(node: Node, lower: Lower, path: readonly string[]): Target[] {
  const targets: Target[] = [];
  let position = 0;
  let part: Node | undefined;
  let key: string | undefined;
  const close = (): void => {
    if (part !== undefined) targets.push(...targetsOf(part, lower, [...path, key ?? String(position)]));
    part = undefined;
    key = undefined;
  };
  for (const child of solid(node).flatMap((each) => (each.type === 'array_element_initializer' ? solid(each) : each))) {
    if (child.type === ',') {
      close();
      position++;
    } else if (child.type === '=>') {
      key = part === undefined ? undefined : keyOf(part, lower);
      part = undefined;
    } else if (child.isNamed) part = child;
  }
  close();
  return targets;
}

function keyOf(node: Node, lower: Lower): string {
  const key = lower.one(node);
  return constantText(key)?.value ?? (key.kind === 'number' ? String(key.value) : '?');
}
