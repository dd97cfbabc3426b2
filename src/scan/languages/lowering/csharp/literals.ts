import type { Node } from '@vscode/tree-sitter-wasm';
import { stretch, type Lower, type LowerNode } from '../../../ir/lowering.js';
import type { IrNode, TextNode, TextStretch } from '../../../ir/node.js';
import { solid, spanOf, split } from '../made.js';
import { escapedStretches } from '../shared.js';

/** Numbers and strings of C#. */
export const literals: Readonly<Record<string, LowerNode>> = {
  integer_literal: (node, lower) => lower.number(node, numberOf(lower.textOf(node))),
  real_literal: (node, lower) => lower.number(node, numberOf(lower.textOf(node))),
  string_literal: (node, lower) => plain(node, lower),
  character_literal: (node, lower) => plain(node, lower),
  verbatim_string_literal: (node, lower) => verbatim(node, lower),
  raw_string_literal: (node, lower) => raw(node, lower),
  interpolated_string_expression: interpolated,
  null_literal: (node, lower) => lower.name(node),
  boolean_literal: (node, lower) => lower.name(node),
};

/** `1_000`, `49m`, `49.0f`, `100UL`, `0x1F`, `0b11`. */
function numberOf(literal: string): number {
  const digits = literal.replaceAll('_', '');
  return /^0[xb]/i.test(digits) ? Number(digits.replace(/[ul]{1,2}$/i, '')) : Number(digits.replace(/[ulfdm]{1,2}$/i, ''));
}

function textNode(node: Node, lower: Lower, parts: readonly TextStretch[]): TextNode {
  return lower.make({ kind: 'text', ...spanOf(node), parts });
}

/** `"…"`, `"…"u8` and `'…'`. */
function plain(node: Node, lower: Lower): IrNode {
  const text = lower.textOf(node);
  const close = text.lastIndexOf(text.charAt(0));
  const start = node.startIndex + 1;
  return textNode(node, lower, escaped(lower.text, start, node.startIndex + (close > 0 ? close : text.length)));
}

function escaped(text: string, start: number, end: number): readonly TextStretch[] {
  return start < end ? escapedStretches(text, start, end) : [];
}

/** `@"…"`, in which only quotes are escaped, by another one. */
function verbatim(node: Node, lower: Lower): IrNode {
  const text = lower.textOf(node);
  const open = text.indexOf('"') + 1;
  const close = text.lastIndexOf('"');
  return textNode(node, lower, split(lower.text, node.startIndex + open, node.startIndex + (close >= open ? close : text.length), DOUBLED_QUOTES, halved));
}

const DOUBLED_QUOTES = /""/g;
const DOUBLED_BRACES = /\{\{|\}\}/g;
const DOUBLED = /""|\{\{|\}\}/g;

function halved(doubled: string): string {
  return doubled.charAt(0);
}

/** `"""…"""`. The lines keep their indentation, so that the value stays as long as its span. */
function raw(node: Node, lower: Lower): IrNode {
  const text = lower.textOf(node);
  const open = quotesAt(text);
  const close = text.lastIndexOf(text.slice(0, open));
  const [start, end] = withinLines(text, open, close >= open ? close : text.length);
  return textNode(node, lower, start < end ? [stretch(text.slice(start, end), node.startIndex + start, node.startIndex + end)] : []);
}

function quotesAt(text: string): number {
  let quotes = 0;
  while (text.charAt(quotes) === '"') quotes++;
  return quotes;
}

/** Without the line breaks next to the quotes, and the indentation of the closing ones. */
function withinLines(text: string, start: number, end: number): [number, number] {
  const inner = text.slice(start, end);
  const first = /^[ \t]*\r?\n/.exec(inner)?.[0].length ?? 0;
  if (first === 0) return [start, end];
  return [start + first, Math.max(start + first, start + beforeLastLine(inner))];
}

/** Where the last line break is when only blanks follow it. */
function beforeLastLine(text: string): number {
  const at = text.lastIndexOf('\n');
  if (at === -1 || text.slice(at + 1).trim() !== '') return text.length;
  return text.charAt(at - 1) === '\r' ? at - 1 : at;
}

/** `$"…{x}…"`, also `$@"…"` and `$$"""…{{x}}…"""`. */
function interpolated(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const open = children.findIndex(({ type }) => type === '"' || type === 'interpolation_quote');
  const content = children.slice(open + 1);
  const opening = lower.text.slice(node.startIndex, children[open]?.endIndex ?? node.startIndex);
  const isRaw = opening.endsWith('"""');
  const last = content.at(-1);
  const isClosed = last !== undefined && (last.type === '"' || last.type === 'interpolation_quote');
  let from = children[open]?.endIndex ?? node.endIndex;
  let to = isClosed ? last.startIndex : node.endIndex;
  if (isRaw) [from, to] = withinLines(lower.text, from, to);
  const parts: (TextStretch | IrNode)[] = [];
  const literal = (until: number): void => {
    if (from >= until) return;
    if (isRaw) parts.push(stretch(lower.text.slice(from, until), from, until));
    else parts.push(...(opening.includes('@') ? split(lower.text, from, until, DOUBLED, halved) : split(lower.text, from, until, DOUBLED_BRACES, halved, escaped)));
  };
  for (const hole of content) {
    if (hole.type !== 'interpolation') continue;
    literal(hole.startIndex);
    parts.push(held(hole, lower));
    from = hole.endIndex;
  }
  literal(to);
  return lower.make({ kind: 'text', start: node.startIndex, end: node.endIndex, parts });
}

/** What an interpolation holds: its format says nothing about the value. */
function held(hole: Node, lower: Lower): IrNode {
  const inner = solid(hole).find(({ type }) => !type.startsWith('interpolation_') && type !== '{' && type !== '}');
  return inner === undefined ? lower.group(hole, []) : lower.one(inner);
}
