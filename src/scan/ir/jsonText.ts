import { parseTree, type Node as JsonNode } from 'jsonc-parser';
import type { IrNode, TextNode } from './node.js';
import { made } from './walk.js';

/** Longer texts are data. */
const LONGEST = 100_000;

/** The value of a text that holds JSON, as the nodes that code would have; what is interpolated keeps its place. undefined for any other text. */
export function jsonIn(text: TextNode): IrNode | undefined {
  const first = text.parts[0];
  if (first?.kind !== 'stretch' || !/^\s*[{[]/.test(first.value)) return undefined;
  // JSON only where a letter of it is a letter of the document: then its offsets are the document's.
  let written = '';
  const holes = new Map<number, IrNode>();
  for (const part of text.parts) {
    const gap = part.start - first.start - written.length;
    if (gap < 0) return undefined;
    // What opens and closes an interpolation belongs to it.
    written += '1'.repeat(gap);
    if (part.kind === 'stretch') {
      if (part.value.length !== part.end - part.start) return undefined;
      written += part.value;
    } else {
      holes.set(part.start - first.start, part);
      written += '1'.repeat(part.end - part.start);
    }
    if (written.length > LONGEST) return undefined;
  }
  return jsonNodes(written, first.start, holes);
}

/** The nodes of a JSON document that begins at the offset. */
export function jsonNodes(json: string, offset: number, holes: ReadonlyMap<number, IrNode> = new Map()): IrNode | undefined {
  const tree = parseTree(json, [], { allowTrailingComma: true });
  return tree === undefined ? undefined : toIr(tree, offset, holes, 0);
}

function toIr(node: JsonNode, offset: number, holes: ReadonlyMap<number, IrNode>, depth: number): IrNode | undefined {
  const start = offset + node.offset;
  const end = start + node.length;
  if (depth > 100) return undefined;
  switch (node.type) {
    case 'object':
      return made({
        kind: 'object', start, end, type: undefined, innerStart: start + 1, innerEnd: Math.max(start + 1, end - 1),
        entries: (node.children ?? []).flatMap((property) => {
          const [key, value] = property.children ?? [];
          const inner = value === undefined ? undefined : toIr(value, offset, holes, depth + 1);
          if (key === undefined || inner === undefined) return [];
          const keyStart = offset + key.offset + 1;
          return [{
            key: String(key.value), keyStart, keyEnd: keyStart + Math.max(0, key.length - 2), value: inner, isSpread: false, isShorthand: false,
            start: offset + property.offset, end: Math.max(inner.end, offset + property.offset + property.length),
          }];
        }),
      });
    case 'array':
      return made({ kind: 'list', start, end, elements: (node.children ?? []).flatMap((element) => toIr(element, offset, holes, depth + 1) ?? []) });
    case 'number': {
      for (const [at, hole] of holes) if (at >= node.offset && at < node.offset + node.length) return hole;
      return { kind: 'number', start, end, value: Number(node.value) };
    }
    case 'string':
      return { kind: 'text', start, end, parts: [{ kind: 'stretch', value: String(node.value), start: start + 1, end: Math.max(start + 1, end - 1) }] };
    default:
      return { kind: 'name', start, end, name: String(node.value) };
  }
}
