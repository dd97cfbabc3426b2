import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named, stretch } from '../../../ir/lowering.js';
import type { IrNode, TextNode, TextStretch } from '../../../ir/node.js';
import { characterOf, parts, stretchesOf } from '../scripting.js';

const OPEN = /^([a-z]{0,3})("""|'''|"|')/i;
const ESCAPES = /\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[0-7]{1,3}|\r\n|[\s\S])/gi;
const FORMATTED = /\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[0-7]{1,3}|\r\n|[\s\S])|\{\{|\}\}/gi;
const BRACES = /\{\{|\}\}/g;
const NOTHING = /(?!)/g;
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"', '\n': '', '\r\n': '' };

/** What a literal holds, before its escapes are read. */
interface Content {
  readonly start: number;
  readonly end: number;
  readonly isRaw: boolean;
  readonly isFormatted: boolean;
}

/** Undefined for what is no literal: broken code. */
function contentOf(node: Node, lower: Lower): Content | undefined {
  const text = lower.textOf(node);
  const [open = '', prefix = '', quote = ''] = OPEN.exec(text) ?? [];
  if (quote === '') return undefined;
  const isClosed = text.length >= open.length + quote.length && text.endsWith(quote);
  return {
    start: node.startIndex + open.length,
    end: isClosed ? node.endIndex - quote.length : node.endIndex,
    isRaw: /r/i.test(prefix),
    isFormatted: /[ft]/i.test(prefix),
  };
}

function read(start: number, end: number, { isRaw, isFormatted }: Content, lower: Lower): TextStretch[] {
  return stretchesOf(lower.text, start, end, isRaw ? (isFormatted ? BRACES : NOTHING) : isFormatted ? FORMATTED : ESCAPES, unescape);
}

function unescape(escape: string): string {
  if (!escape.startsWith('\\')) return escape.charAt(0);
  const body = escape.slice(1);
  if (/^[xu]./i.test(body)) return characterOf(body.slice(1), 16);
  if (/^[0-7]/.test(body)) return characterOf(body, 8);
  // An unknown escape stands for itself, with its backslash.
  return SIMPLE[body] ?? escape;
}

/** A literal, with a prefix or without. */
export function string(node: Node, lower: Lower): IrNode {
  const inside = stringParts(node, lower);
  return inside === undefined ? lower.group(node, lower.all(parts(node))) : text(node, inside, lower);
}

/** Literals side by side are one text. */
export function concatenated(node: Node, lower: Lower): IrNode {
  return text(node, textParts(node, lower), lower);
}

function textParts(node: Node, lower: Lower): (TextStretch | IrNode)[] {
  return parts(node).flatMap((each): readonly (TextStretch | IrNode)[] => (each.type === 'string' ? stringParts(each, lower) : undefined) ?? lower.some(each));
}

function text(node: Node, inside: TextNode['parts'], lower: Lower): TextNode {
  return lower.make({ kind: 'text', start: node.startIndex, end: node.endIndex, parts: inside });
}

/** An empty text has one empty stretch, so that it can be filled in. */
function stringParts(node: Node, lower: Lower): (TextStretch | IrNode)[] | undefined {
  const content = contentOf(node, lower);
  if (content === undefined) return undefined;
  const inside: (TextStretch | IrNode)[] = [];
  let at = content.start;
  for (const child of content.isFormatted && lower.text.slice(content.start, content.end).includes('{') ? named(node) : []) {
    if (child.type !== 'interpolation') continue;
    inside.push(...read(at, child.startIndex, content, lower), lower.one(child));
    at = child.endIndex;
  }
  inside.push(...read(at, content.end, content, lower));
  return inside.length === 0 ? [stretch('', content.start, content.start)] : inside;
}

/** `{price * 100:>{width}.2f}`: the expression, and those of its format before it. */
export function interpolation(node: Node, lower: Lower): IrNode {
  const [expression, ...format] = parts(node);
  if (expression === undefined) return lower.group(node, []);
  const beside = format.flatMap((each) => (each.type === 'format_specifier' ? lower.all(parts(each)) : lower.some(each)));
  return beside.length === 0 ? lower.one(expression) : lower.group(node, [...beside, lower.one(expression)]);
}

/** NaN where it cannot be read: complex numbers. */
export function numberOf(literal: string): number {
  return Number(literal.replaceAll('_', '').replace(/l$/i, ''));
}
