import type { Node } from '@vscode/tree-sitter-wasm';
import type { Span } from './language.js';

/** Where a node of a syntax tree stands. */
export function spanOf({ startIndex, endIndex }: Pick<Node, 'startIndex' | 'endIndex'>): Span {
  return { start: startIndex, end: endIndex };
}

/** Whether all of `inner` lies in `outer`; an outer span that is not there holds nothing. */
export function contains(outer: Span | undefined, inner: Span): boolean {
  return outer !== undefined && outer.start <= inner.start && inner.end <= outer.end;
}
