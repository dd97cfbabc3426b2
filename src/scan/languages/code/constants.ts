import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource } from '../language.js';

/** A name that is used more often than this is taken to be used in every way. */
const MOST_USES = 50;

/** Whether the name stands anywhere else than in `declaration` at a place of that kind. Nodes go from the name outwards. */
export function isUsedWhere(source: ParsedSource, name: string, declaration: Node, isSuchPlace: (around: readonly Node[]) => boolean): boolean {
  if (source.syntax === undefined || name === '') return true;
  let uses = 0;
  for (let at = source.text.indexOf(name); at !== -1; at = source.text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    if (/\w/.test(source.text.charAt(at - 1)) || /\w/.test(source.text.charAt(end))) continue;
    if (declaration.startIndex <= at && end <= declaration.endIndex) continue;
    if (++uses > MOST_USES || isSuchPlace(source.syntax.nodesAround(at, end))) return true;
  }
  return false;
}

/** The nearest node of such a type, itself or around; undefined where a node of a type in `limits` comes first. */
export function nearest(around: readonly Node[], types: ReadonlySet<string>, limits?: ReadonlySet<string>): Node | undefined {
  for (const node of around) {
    if (types.has(node.type)) return node;
    if (limits?.has(node.type) === true) return undefined;
  }
  return undefined;
}
