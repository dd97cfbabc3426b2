import type { IrNode } from './node.js';
import { childrenOf } from './walk.js';

const EDGES = ['start', 'end', 'nameStart', 'nameEnd', 'listStart', 'listEnd', 'innerStart', 'innerEnd', 'keyStart', 'keyEnd'] as const;
type Edged = Partial<Record<(typeof EDGES)[number], number>>;

/** Ends at `end` what reaches beyond it: the parser reads one more line end than the text has, and broken code may hold on to it. */
export function clip(node: IrNode, end: number): void {
  const waiting: IrNode[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.end <= end) continue;
    for (const place of [next, ...placesIn(next)]) {
      for (const edge of EDGES) {
        const at = (place as Edged)[edge];
        if (at !== undefined && at > end) (place as Edged)[edge] = end;
      }
    }
    waiting.push(...childrenOf(next));
  }
}

/** What has a place without being a node. */
function placesIn(node: IrNode): readonly object[] {
  switch (node.kind) {
    case 'text':
      return node.parts.filter(({ kind }) => kind === 'stretch');
    case 'call':
      return node.arguments;
    case 'object':
      return node.entries;
    case 'function':
      return node.parameters.flatMap((parameter) => [parameter, ...parameter.targets]);
    case 'bind':
      return node.targets;
    default:
      return [];
  }
}
