import type { Node } from '@vscode/tree-sitter-wasm';
import { stretch, type Lower, type LowerNode } from '../../ir/lowering.js';
import type { Entry, IrNode, TextStretch } from '../../ir/node.js';

/** The named children that are no comments. */
export function parts(node: Node): Node[] {
  return node.namedChildren.filter((child) => child !== null).filter(({ type }) => !type.endsWith('comment'));
}

/** `a + b`; of `&&` and `||` it is open which operand is the value. For grammars that name the sign `operator`. */
export const binary: LowerNode = (node, lower) => {
  const [left, right, ...others] = parts(node);
  const operator = node.childForFieldName('operator')?.type;
  if (left === undefined || right === undefined || operator === undefined || others.length > 0) return lower.group(node, lower.all(parts(node)));
  return operationOf(lower, operator, [lower.one(left), lower.one(right)], node.startIndex, node.endIndex);
};

/** The same from operands that are lowered already. */
export function operationOf(lower: Pick<Lower, 'make'>, operator: string, operands: readonly [IrNode, IrNode], start = operands[0].start, end = operands[1].end): IrNode {
  if (operator === '&&') return lower.make({ kind: 'choice', start, end, conditions: [operands[0]], alternatives: [operands[1]] });
  if (operator === '||') return lower.make({ kind: 'choice', start, end, conditions: [], alternatives: operands });
  return lower.make({ kind: 'operation', start, end, operator, operands });
}

const ESCAPE = /\\(?:x([\da-fA-F]{1,2})|u\{([\da-fA-F_]{1,8})\}|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|\r?\n[ \t\r\n]*|([\s\S]))/g;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\u0007', e: '\u001b' };

/**
 * The stretches of a literal's content with C's escapes: what stands for itself is joined, every escape is a stretch of its own, so
 * that offsets can be told inside of the text. A line that is continued goes on at its first character.
 */
export function escapedStretches(text: string, start: number, end: number): TextStretch[] {
  const content = text.slice(start, end);
  if (!content.includes('\\')) return [stretch(content, start, end)];
  const stretches: TextStretch[] = [];
  let at = 0;
  for (const match of content.matchAll(ESCAPE)) {
    if (match.index > at) stretches.push(stretch(content.slice(at, match.index), start + at, start + match.index));
    at = match.index + match[0].length;
    stretches.push(stretch(unescaped(match), start + match.index, start + at));
  }
  if (at < content.length) stretches.push(stretch(content.slice(at), start + at, end));
  return stretches;
}

function unescaped([, hex, braced, short, long, octal, other]: RegExpMatchArray): string {
  const code = hex ?? braced?.replaceAll('_', '') ?? short ?? long;
  if (code !== undefined) return character(Number.parseInt(code, 16));
  if (octal !== undefined) return character(Number.parseInt(octal, 8));
  return other === undefined ? '' : CONTROLS[other] ?? other;
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** The value of a literal without its suffix: `4_900`, `0x1F`, `0o17`, `017`, `.5`, `1e2`; NaN for others. */
export function numberOf(literal: string): number {
  const digits = literal.replaceAll('_', '');
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  return digits === '' ? Number.NaN : Number(digits);
}

/** Where the inside of brackets ends: before the last one, where that is not missing and belongs to an entry. */
export function innerEndOf(text: string, start: number, end: number, entries: readonly Entry[]): number {
  const last = entries.at(-1)?.end ?? start + 1;
  return last < end && /[)\]}]/.test(text[end - 1] ?? '') ? end - 1 : end;
}
