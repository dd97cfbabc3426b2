import type { Node } from '@vscode/tree-sitter-wasm';
import type { IrNode, TextNode, TextStretch } from '../../../ir/node.js';
import type { Lower } from '../../../ir/lowering.js';
import { parts, Stretches } from '../jvm.js';

/** A name in a text, and what is before it: escapes, so that `\$` begins no name. */
const NAME = /\\[^\n]|\$(?:[\p{L}_][\p{L}_\p{Nd}]*|`[^`\n]+`)/gu;
const RAW_NAME = /\$(?:[\p{L}_][\p{L}_\p{Nd}]*|`[^`\n]+`)/gu;

/** `"…"`, `"""…"""` without escapes, `'c'`; with `$x`, which the grammar does not tell from the text everywhere, and `${…}`. */
export function textLiteral(node: Node, lower: Lower): TextNode {
  const { startIndex: start, endIndex: end } = node;
  const literal = lower.textOf(node);
  const quote = literal.startsWith('"""') ? '"""' : literal.charAt(0);
  const to = literal.length >= 2 * quote.length && literal.endsWith(quote) ? end - quote.length : end;
  const all: (TextStretch | IrNode)[] = [];
  let at = start + quote.length;
  for (const part of literal.includes('${') || (quote === '"""' && literal.includes('$')) ? parts(node) : []) {
    if (part.type !== 'interpolation') continue;
    addStretch(all, lower, at, part.startIndex, quote);
    all.push(...lower.all(parts(part)));
    at = part.endIndex;
  }
  addStretch(all, lower, at, to, quote);
  return lower.make({ kind: 'text', start, end, parts: all });
}

function addStretch(all: (TextStretch | IrNode)[], lower: Lower, from: number, to: number, quote: string): void {
  const isRaw = quote === '"""';
  let at = from;
  const add = (end: number): void => {
    const stretches = new Stretches(lower.text);
    if (isRaw) stretches.verbatim(at, end);
    else stretches.unescaped(at, end);
    all.push(...stretches.all);
  };
  for (const match of quote === "'" ? [] : lower.text.slice(from, to).matchAll(isRaw ? RAW_NAME : NAME)) {
    if (match[0].startsWith('\\')) continue;
    const start = from + match.index;
    add(start);
    at = start + match[0].length;
    all.push(lower.make({ kind: 'name', start: start + 1, end: at, name: match[0].slice(1).replaceAll('`', '') }));
  }
  add(to);
}
