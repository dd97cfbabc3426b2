import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { IrNode } from '../../../ir/node.js';
import { contentOf, isConstantText } from './strings.js';

export const COMMENTS: ReadonlySet<string> = new Set(['comment', 'html_comment', 'hash_bang_line']);

/** The named children but for comments, which may stand anywhere. */
export function parts(node: Node): Node[] {
  return named(node).filter(({ type }) => !COMMENTS.has(type));
}

/** What a property, field or method goes by. */
export interface Key {
  /** Undefined for a computed one that is no constant. */
  readonly name: string | undefined;
  /** Without quotes. */
  readonly start: number;
  readonly end: number;
  readonly computed: IrNode | undefined;
}

export function keyOf(node: Node, lower: Lower): Key {
  const { startIndex: start, endIndex: end } = node;
  switch (node.type) {
    case 'string':
    case 'template_string': {
      const content = contentOf(node, lower);
      return { name: content.value, start: content.start, end: content.end, computed: undefined };
    }
    case 'computed_property_name': {
      const inner = parts(node)[0];
      if (inner === undefined) return { name: undefined, start, end, computed: undefined };
      if (isConstantText(inner, lower) || inner.type === 'number') return keyOf(inner, lower);
      return { name: undefined, start, end, computed: lower.one(inner) };
    }
    default:
      return { name: lower.textOf(node), start, end, computed: undefined };
  }
}

/** The type as it is written behind the colon. */
export function typeOf(annotation: Node, lower: Lower): string {
  return lower.textOf(annotation).replace(/^:/, '').trim();
}
