import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import type { ParsedSource } from '../language.js';
import { namedChildren } from './nodes.js';

/** Adds a property to an object literal, in the way its other properties are written. */
export function optionEdits(source: ParsedSource, object: Node, name: string, expression: string): TextEdit[] | undefined {
  if (object.hasError) return undefined;
  const property = name === expression ? name : `${name}: ${expression}`;
  const last = namedChildren(object).at(-1);
  if (last === undefined) {
    if (object.endIndex - object.startIndex !== 2 && object.namedChildCount > 0) return undefined;
    return [{ start: object.startIndex, end: object.endIndex, text: `{ ${property} }` }];
  }
  const lineBreak = breakBefore(source.text, object.startIndex, last.startIndex);
  const comma = /^\s*,/.exec(source.text.slice(last.endIndex, object.endIndex));
  if (lineBreak === undefined) {
    const at = last.endIndex + (comma?.[0].length ?? 0);
    return [{ start: at, end: at, text: comma === null ? `, ${property}` : ` ${property},` }];
  }
  // A comment behind the last property stays with it.
  const at = endOfLine(source.text, last.endIndex + (comma?.[0].length ?? 0), object);
  if (comma !== null) return [{ start: at, end: at, text: `${lineBreak}${property},` }];
  if (at === last.endIndex) return [{ start: at, end: at, text: `,${lineBreak}${property}` }];
  return [{ start: last.endIndex, end: last.endIndex, text: ',' }, { start: at, end: at, text: `${lineBreak}${property}` }];
}

/** Adds an attribute to the opening tag of an element. */
export function attributeEdits(source: ParsedSource, tag: Node, name: string, expression: string): TextEdit[] | undefined {
  if (tag.hasError) return undefined;
  const children = namedChildren(tag);
  const last = children.at(-1);
  if (last === undefined) return undefined;
  const previous = children.at(-2);
  const lineBreak = previous === undefined ? undefined : breakBefore(source.text, previous.endIndex, last.startIndex);
  return [{ start: last.endIndex, end: last.endIndex, text: `${lineBreak ?? ' '}${name}={${expression}}` }];
}

/** The line end and the indentation before a node that begins a line; undefined for one that does not. */
function breakBefore(text: string, from: number, at: number): string | undefined {
  return /(?:\r\n|\n|\r)[ \t]*$/.exec(text.slice(Math.max(from, at - 400), at))?.[0];
}

/** The end of the line comment or of the block comments that follow on the same line; the offset itself where there are none. */
function endOfLine(text: string, at: number, object: Node): number {
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n*]*\*\/(?=[ \t]*[\r\n]))/.exec(text.slice(at, object.endIndex - 1));
  return at + (rest?.[0].length ?? 0);
}
