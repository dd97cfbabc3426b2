import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Target } from '../../../ir/node.js';
import { parts } from '../shared.js';

/** Patterns nested more deeply bind nothing. */
const DEEPEST = 20;
/** What stands for the value inside of it, as `?` and `unwrap` take it out. */
const CARRIERS = new Set(['Some', 'Ok']);

/** The names that a pattern binds, with what they take from the value. Constants, literals and types bind nothing. */
export function targetsOf(pattern: Node, lower: Lower, path: readonly string[] = [], depth = 0): Target[] {
  if (depth > DEEPEST) return [];
  const inside = (node: Node | undefined, ...more: readonly string[]): Target[] => (node === undefined ? [] : targetsOf(node, lower, [...path, ...more], depth + 1));
  switch (pattern.type) {
    case 'identifier':
    case 'shorthand_field_identifier':
    case 'self':
      return bound(pattern, lower, path);
    case 'match_pattern':
      // A condition may follow.
      return inside(pattern.child(0) ?? undefined);
    case 'mut_pattern':
    case 'ref_pattern':
    case 'reference_pattern':
    case 'parenthesized_pattern':
      return inside(parts(pattern).find(isPattern));
    case 'or_pattern':
      return parts(pattern).flatMap((each) => inside(each));
    case 'captured_pattern': {
      const [name, inner] = parts(pattern);
      return [...(name === undefined ? [] : bound(name, lower, path)), ...inside(inner)];
    }
    case 'tuple_pattern':
    case 'slice_pattern':
      return positions(children(pattern)).flatMap(({ node, position }) => inside(node, position));
    case 'tuple_struct_pattern': {
      const [type, ...inner] = children(pattern);
      const name = type === undefined ? '' : lower.textOf(type);
      if (CARRIERS.has(name)) return inside(inner[0]);
      return positions(inner).flatMap(({ node, position }) => inside(node, ...(name === 'Err' ? ['Err'] : []), position));
    }
    case 'struct_pattern':
      return parts(pattern).filter(({ type }) => type === 'field_pattern').flatMap((field) => fieldTargets(field, inside, lower));
    default:
      return [];
  }
}

function fieldTargets(field: Node, inside: (node: Node | undefined, ...more: string[]) => Target[], lower: Lower): Target[] {
  const [name, pattern] = parts(field).filter(isPattern);
  return name === undefined ? [] : inside(pattern ?? name, lower.textOf(name));
}

function isPattern({ type }: Node): boolean {
  return type !== 'mutable_specifier';
}

/** With `_`, which has no name but a position. */
function children(pattern: Node): Node[] {
  return pattern.children.filter((child) => child !== null).filter((child) => child.type === '_' || (child.isNamed && !child.type.endsWith('comment')));
}

/** Counted from the end after `..`, as -1, -2. */
function positions(nodes: readonly Node[]): { readonly node: Node; readonly position: string }[] {
  const rest = nodes.findIndex((node) => node.type === 'remaining_field_pattern' || (node.type === 'captured_pattern' && parts(node).at(-1)?.type === 'remaining_field_pattern'));
  return nodes.map((node, index) => ({ node, position: String(rest === -1 || index < rest ? index : index === rest ? '..' : index - nodes.length) }));
}

/** Names in capitals are constants and variants. */
function bound(node: Node, lower: Lower, path: readonly string[]): Target[] {
  const name = lower.textOf(node);
  return /^(?:_|\p{Lu}.*)$/u.test(name) ? [] : [{ name, place: undefined, path, start: node.startIndex, end: node.endIndex }];
}
