import { parseTree, type Node as JsonNode } from 'jsonc-parser';
import type { IrNode, TextNode } from './node.js';
import { made } from './walk.js';

/** Longer texts are data. */
const LONGEST = 100_000;

/** Where an offset of the JSON stands in the document: the offset of its beginning where both are alike. */
export type JsonPlace = number | ((offset: number) => number);

/** The value of a text that holds JSON, as the nodes that code would have; what is interpolated keeps its place. undefined for any other text. */
export function jsonIn(text: TextNode): IrNode | undefined {
  const first = text.parts[0];
  if (first?.kind !== 'stretch' || text.end - text.start > LONGEST || !/^\s*[{[]?$|^\s*[{[]/.test(first.value)) return undefined;
  let written = '';
  const places: number[] = [];
  const holes = new Map<number, IrNode>();
  for (const part of text.parts) {
    if (part.kind === 'stretch') {
      // An escape is one letter of the text and several of the document.
      const isAlike = part.value.length === part.end - part.start;
      for (let at = 0; at < part.value.length; at++) places.push(isAlike ? part.start + at : part.start);
      written += part.value;
    } else {
      // A number may stand wherever a value may, and inside of a text it harms nobody.
      holes.set(written.length, part);
      places.push(part.start);
      written += '1';
    }
  }
  if (!/^\s*[{[]/.test(written)) return undefined;
  places.push(text.parts.at(-1)?.end ?? text.end);
  return jsonNodes(written, (offset) => places[Math.min(offset, places.length - 1)] ?? text.end, holes);
}

/** The nodes of a JSON document; `holes` are values that stand for numbers at these offsets of it. */
export function jsonNodes(json: string, place: JsonPlace, holes: ReadonlyMap<number, IrNode> = new Map()): IrNode | undefined {
  const tree = parseTree(json, [], { allowTrailingComma: true });
  return tree === undefined ? undefined : toIr(tree, typeof place === 'number' ? (offset) => place + offset : place, holes, 0);
}

function toIr(node: JsonNode, place: (offset: number) => number, holes: ReadonlyMap<number, IrNode>, depth: number): IrNode | undefined {
  const start = place(node.offset);
  // What comes next may stand elsewhere: behind an indentation, in another literal.
  const end = node.length === 0 ? start : place(node.offset + node.length - 1) + 1;
  if (depth > 100) return undefined;
  switch (node.type) {
    case 'object':
      return made({
        kind: 'object', start, end, type: undefined, innerStart: start + 1, innerEnd: Math.max(start + 1, end - 1),
        entries: (node.children ?? []).flatMap((property) => {
          const [key, value] = property.children ?? [];
          const inner = value === undefined ? undefined : toIr(value, place, holes, depth + 1);
          if (key === undefined || inner === undefined) return [];
          const keyStart = place(key.offset + 1);
          return [{
            key: String(key.value), keyStart, keyEnd: place(key.offset + Math.max(1, key.length - 1)), value: inner, isSpread: false, isShorthand: false,
            start: place(property.offset), end: Math.max(inner.end, place(property.offset)),
          }];
        }),
      });
    case 'array':
      return made({ kind: 'list', start, end, elements: (node.children ?? []).flatMap((element) => toIr(element, place, holes, depth + 1) ?? []) });
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
