import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Target } from '../../../ir/node.js';
import { constantOf, nameTarget, parts, placeTarget } from '../scripting.js';

/** Deeper patterns than this are not looked at. */
const DEEPEST = 50;

/** What is assigned to: names, places, or patterns of them. */
export function targetsOf(node: Node, lower: Lower, path: readonly string[] = [], depth = 0): Target[] {
  switch (node.type) {
    case 'identifier':
      return [nameTarget(node, lower, path)];
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
    case 'expression_list': {
      if (depth > DEEPEST) return [];
      const elements = parts(node);
      const [only] = elements;
      // `(x) = …` is no tuple.
      if (node.type === 'tuple_pattern' && elements.length === 1 && only !== undefined && !lower.text.slice(only.endIndex, node.endIndex).includes(',')) return targetsOf(only, lower, path, depth + 1);
      return elements.flatMap((element, index) => targetsOf(element, lower, isSplat(element) ? path : [...path, String(index)], depth + 1));
    }
    // The rest has what the whole has.
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
    case 'list_splat':
    case 'splat_pattern':
    case 'parenthesized_expression':
    case 'as_pattern_target':
      return depth > DEEPEST ? [] : parts(node).flatMap((inner) => targetsOf(inner, lower, path, depth + 1));
    default:
      return [placeTarget(node, lower, path)];
  }
}

export function isSplat({ type }: Node): boolean {
  return type === 'list_splat_pattern' || type === 'list_splat' || type === 'splat_pattern' || type === 'dictionary_splat_pattern';
}

/** The names that the pattern of a `case` captures. */
export function capturesOf(node: Node, lower: Lower, path: readonly string[] = [], depth = 0): Target[] {
  if (depth > DEEPEST) return [];
  const inside = parts(node);
  const into = (inner: Node, step?: string): Target[] => capturesOf(inner, lower, step === undefined ? path : [...path, step], depth + 1);
  switch (node.type) {
    case 'dotted_name':
      // A name with dots is a value to compare with.
      return inside.length === 1 ? [nameTarget(node, lower, path)] : [];
    case 'identifier':
      return [nameTarget(node, lower, path)];
    case 'list_pattern':
    case 'tuple_pattern':
      return inside.flatMap((inner, index) => (parts(inner)[0]?.type === 'splat_pattern' ? into(inner) : into(inner, String(index))));
    case 'class_pattern':
      return inside.slice(1).flatMap((inner, index) => (parts(inner)[0]?.type === 'keyword_pattern' ? into(inner) : into(inner, String(index))));
    case 'keyword_pattern': {
      const [name, value] = inside;
      return name === undefined || value === undefined ? [] : into(value, lower.textOf(name));
    }
    case 'dict_pattern': {
      let key = '';
      return inside.flatMap((inner) => {
        if (inner.type === 'case_pattern') return into(inner, key);
        if (inner.type === 'splat_pattern') return into(inner);
        key = constantOf(lower.one(inner))?.value ?? lower.textOf(inner);
        return [];
      });
    }
    case 'case_pattern':
    case 'splat_pattern':
    case 'as_pattern':
    case 'union_pattern':
      return inside.flatMap((inner) => into(inner));
    default:
      return [];
  }
}
