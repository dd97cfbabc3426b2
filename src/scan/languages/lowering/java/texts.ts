import type { Node } from '@vscode/tree-sitter-wasm';
import type { IrNode, TextNode, TextStretch } from '../../../ir/node.js';
import type { Lower } from '../../../ir/lowering.js';
import { parts, Stretches } from '../jvm.js';

/** `"…"`, `'c'`, text blocks, and texts with `\{…}`. */
export function textLiteral(node: Node, lower: Lower): TextNode {
  const { startIndex: start, endIndex: end } = node;
  const literal = lower.textOf(node);
  const quote = literal.startsWith('"""') ? '"""' : literal.charAt(0);
  const from = start + quote.length;
  const to = literal.length >= 2 * quote.length && literal.endsWith(quote) ? end - quote.length : end;
  return lower.make({ kind: 'text', start, end, parts: literal.includes('\\{') ? template(node, lower, from, to) : plain(lower.text, quote, from, to) });
}

function plain(text: string, quote: string, from: number, to: number): readonly TextStretch[] {
  if (quote === '"""') return textBlock(text, from, to);
  const stretches = new Stretches(text);
  stretches.unescaped(from, to);
  return stretches.all;
}

function template(node: Node, lower: Lower, from: number, to: number): readonly (TextStretch | IrNode)[] {
  const all: (TextStretch | IrNode)[] = [];
  let at = from;
  const upTo = (end: number): void => {
    const stretches = new Stretches(lower.text);
    stretches.unescaped(at, end);
    all.push(...stretches.all);
  };
  for (const part of parts(node)) {
    if (part.type !== 'string_interpolation') continue;
    upTo(part.startIndex);
    all.push(...lower.all(parts(part)));
    at = part.endIndex;
  }
  upTo(to);
  return all;
}

/** The lines of a text block, without the indentation that they have in common and the blanks at their ends. */
function textBlock(text: string, from: number, to: number): readonly TextStretch[] {
  const stretches = new Stretches(text);
  const first = text.indexOf('\n', from) + 1;
  if (first === 0 || first > to) return stretches.all;
  const lines = linesOf(text, first, to);
  const indents = lines.filter(({ start, end, isLast }) => isLast || start < end).map(({ start, lineStart }) => start - lineStart);
  const indent = indents.reduce((least, each) => Math.min(least, each), Number.MAX_SAFE_INTEGER);
  for (const { lineStart, end, next, isLast } of lines) {
    const start = Math.min(lineStart + indent, end);
    const goesOn = !isLast && endsInBackslash(text, start, end);
    stretches.unescaped(start, goesOn ? end - 1 : end);
    if (goesOn) stretches.add('', end - 1, next);
    else if (!isLast && end + 1 === next) stretches.verbatim(end, next);
    else if (!isLast) stretches.add('\n', end, next);
  }
  return stretches.all;
}

/** A last backslash that is not escaped itself joins the line with the next. */
function endsInBackslash(text: string, start: number, end: number): boolean {
  let at = end;
  while (at > start && text[at - 1] === '\\') at--;
  return (end - at) % 2 === 1;
}

interface Line {
  readonly lineStart: number;
  /** Where the first and behind the last character stand that are no blanks; both the end of the line where there are none. */
  readonly start: number;
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
  readonly isLast: boolean;
}

function linesOf(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  for (let at = from; ;) {
    const newline = text.indexOf('\n', at);
    const isLast = newline === -1 || newline >= to;
    const line = text.slice(at, isLast ? to : newline);
    const end = at + line.trimEnd().length;
    lines.push({ lineStart: at, start: Math.max(at, at + line.length - line.trimStart().length), end: Math.max(at, end), next: isLast ? to : newline + 1, isLast });
    if (isLast) return lines;
    at = newline + 1;
  }
}
