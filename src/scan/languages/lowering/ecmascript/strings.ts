import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named, stretch } from '../../../ir/lowering.js';
import type { IrNode, TextNode, TextStretch } from '../../../ir/node.js';
import { unescape } from '../../ecmascript/nodes.js';

const ESCAPES = /\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|\r\n|[\s\S])/gi;
const REFERENCES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&#39;': "'" };

/** The content of a literal between its quotes; the closing one may be missing in broken code. */
export function contentOf(node: Node, lower: Lower): TextStretch {
  const { startIndex, endIndex } = node;
  const start = Math.min(startIndex + 1, endIndex);
  const isClosed = endIndex - startIndex > 1 && lower.text[endIndex - 1] === lower.text[startIndex];
  return contentBetween(start, isClosed ? endIndex - 1 : endIndex, lower);
}

function contentBetween(start: number, end: number, lower: Lower): TextStretch {
  const raw = lower.text.slice(start, end);
  return stretch(raw.includes('\\') ? raw.replace(ESCAPES, unescape) : raw, start, end);
}

export function string(node: Node, lower: Lower): TextNode {
  const { value, start, end } = contentOf(node, lower);
  return lower.literal(node, value, start, end);
}

/** Whether the literal has one constant value. */
export function isConstantText(node: Node, lower: Lower): boolean {
  return node.type === 'string' || (node.type === 'template_string' && !lower.textOf(node).includes('${'));
}

export function template(node: Node, lower: Lower): TextNode {
  const content = contentOf(node, lower);
  if (!lower.textOf(node).includes('${')) return lower.literal(node, content.value, content.start, content.end);
  const parts: (TextStretch | IrNode)[] = [];
  let at = content.start;
  for (const child of named(node)) {
    if (child.type !== 'template_substitution') continue;
    if (child.startIndex > at) parts.push(contentBetween(at, child.startIndex, lower));
    parts.push(lower.one(child));
    at = child.endIndex;
  }
  if (content.end > at) parts.push(contentBetween(at, content.end, lower));
  return lower.make({ kind: 'text', start: node.startIndex, end: node.endIndex, parts });
}

/** The value of a JSX attribute: it has references instead of escapes. */
export function attributeText(node: Node, lower: Lower): TextNode {
  const { start, end } = contentOf(node, lower);
  const raw = lower.text.slice(start, end);
  return lower.literal(node, raw.replace(/&(?:amp|lt|gt|quot|apos|#39);/g, (reference) => REFERENCES[reference] ?? reference), start, end);
}

/** NaN where it cannot be read. */
export function numberValue(text: string): number {
  const digits = text.replaceAll('_', '').replace(/n$/, '');
  return /^0[0-7]+$/.test(digits) ? parseInt(digits, 8) : Number(digits);
}
