import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named, stretch } from '../../../ir/lowering.js';
import type { IrNode, TextNode, TextStretch } from '../../../ir/node.js';
import { characterOf, parts, stretchesOf } from '../scripting.js';

type Parts = (TextStretch | IrNode)[];

/** Opening quotes: `"`, `'`, a backtick, `%q(`, `%(`, `:"`. */
const OPEN = /^(?::?["'`]|%[qQx]?[^\w\s])/;
/** In these only the backslash and the quote are escaped. */
const SINGLE = /^(?::?'|%q)/;
const SINGLE_ESCAPES = /\\[\\'()[\]{}<>|!]/g;
const NOTHING = /(?!)/g;
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', s: ' ', a: '\x07', b: '\b', e: '\x1b', f: '\f', v: '\v', '\n': '', '\r\n': '' };

function text(node: Node, inside: Parts, lower: Lower): TextNode {
  return lower.make({ kind: 'text', start: node.startIndex, end: node.endIndex, parts: inside });
}

/** A string or symbol in quotes, a command in backticks. */
export function string(node: Node, lower: Lower): TextNode {
  return text(node, quoted(node, lower), lower);
}

/** Strings side by side are one text. */
export function chained(node: Node, lower: Lower): TextNode {
  return text(node, parts(node).flatMap((each): readonly (TextStretch | IrNode)[] => (each.type === 'string' ? quoted(each, lower) : lower.some(each))), lower);
}

/** An element of `%w[…]` or `%i[…]`: the word is all of it. */
export function word(node: Node, lower: Lower): TextNode {
  return text(node, pieces(named(node), NOTHING, lower), lower);
}

/** `:usd` */
export function symbol(node: Node, lower: Lower): TextNode {
  return lower.literal(node, lower.textOf(node).slice(1), Math.min(node.startIndex + 1, node.endIndex), node.endIndex);
}

/** An empty text has one empty stretch, so that it can be filled in. */
function quoted(node: Node, lower: Lower): Parts {
  const { startIndex, endIndex } = node;
  const raw = lower.textOf(node);
  const open = OPEN.exec(raw)?.[0] ?? '';
  const start = startIndex + open.length;
  const isSingle = SINGLE.test(raw);
  // Most have nothing in them that needs the syntax tree.
  if (open !== '' && raw.length > open.length && closes(open, raw) && !raw.includes('\\') && (isSingle || !raw.includes('#'))) return [stretch(raw.slice(open.length, -1), start, endIndex - 1)];
  const inside = pieces(named(node), isSingle ? SINGLE_ESCAPES : NOTHING, lower);
  return inside.length === 0 ? [stretch('', start, start)] : inside;
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

function closes(open: string, raw: string): boolean {
  const quote = open.charAt(open.length - 1);
  return raw.endsWith(PAIRS[quote] ?? quote);
}

/** What stands between the quotes; escapes are nodes of their own where there are any but those given. */
function pieces(nodes: readonly Node[], escapes: RegExp, lower: Lower): Parts {
  return nodes.flatMap((node): readonly (TextStretch | IrNode)[] => {
    const { startIndex, endIndex, type } = node;
    if (type === 'string_content' || type === 'heredoc_content') return stretchesOf(lower.text, startIndex, endIndex, escapes, (escape) => escape.slice(1));
    return type === 'escape_sequence' ? [stretch(unescape(lower.textOf(node)), startIndex, endIndex)] : lower.some(node);
  });
}

function unescape(escape: string): string {
  const body = escape.slice(1);
  if (body.startsWith('u{')) return (body.match(/[0-9a-f]{1,8}/gi) ?? []).map((digits) => characterOf(digits, 16)).join('');
  if (/^[xu][0-9a-f]/i.test(body)) return characterOf(body.slice(1), 16);
  if (/^[0-7]/.test(body)) return characterOf(body, 8);
  return SIMPLE[body] ?? body;
}

/** `#{price * 100}`, also `#@price`. */
export function interpolation(node: Node, lower: Lower): IrNode {
  const inside = lower.all(parts(node));
  const [only, second] = inside;
  return only !== undefined && second === undefined ? only : lower.group(node, inside);
}

/** Heredocs on one line beyond this are not looked for, nor so far behind its start. */
const MOST_ON_A_LINE = 8;
const LONGEST_LINE = 2_000;
const OPENINGS = /<<[~-]?["'`]?[\w\u0080-\uffff]/g;

/**
 * `<<~NAME`: the text whose content stands below, outside of the span. The lines are stretches of their own without the
 * indentation that is taken away. Statements with one are never kept (`reachesOut`).
 */
export function heredoc(node: Node, lower: Lower): IrNode {
  const [, squiggle = '', , name = ''] = /^<<([~-]?)(["'`]?)([^"'`]+)/.exec(lower.textOf(node)) ?? [];
  const body = name === '' ? undefined : bodyOf(node, name, lower);
  if (body === undefined) return lower.group(node, []);
  const inside = named(body);
  const close = inside.at(-1);
  const start = Math.min(lower.text.indexOf('\n', body.startIndex) + 1 || body.endIndex, body.endIndex);
  const closing = close?.type === 'heredoc_end' ? close.startIndex : body.endIndex;
  // What the name at the end is indented by is no content.
  const end = close !== undefined && close.endIndex > close.startIndex ? Math.max(start, lower.text.lastIndexOf('\n', closing - 1) + 1) : closing;
  const indentation = squiggle === '~' ? indentationOf(lower.text.slice(start, end)) : 0;
  const lines = pieces(inside.filter(({ type }) => type !== 'heredoc_end'), NOTHING, lower).flatMap((piece): Parts => (piece.kind === 'stretch' ? linesOf(piece, { start, end, indentation }, lower) : [piece]));
  return text(node, lines.length === 0 ? [stretch('', start, start)] : lines, lower);
}

/** The body belongs to the name in the order in which they stand on the line. */
function bodyOf(node: Node, name: string, lower: Lower): Node | undefined {
  const from = Math.max(0, node.startIndex - LONGEST_LINE);
  const near = lower.text.slice(from, node.startIndex);
  const line = near.lastIndexOf('\n');
  const before = [...near.slice(line + 1).matchAll(OPENINGS)].length;
  if ((line === -1 && from > 0) || before >= MOST_ON_A_LINE) return undefined;
  let at = lower.text.indexOf('\n', node.endIndex);
  for (let index = 0; at !== -1 && index <= before; index++) {
    const body = bodyAt(node, at);
    if (body === undefined) return undefined;
    if (index === before) return [name, ''].includes(endOf(body, lower)) ? body : undefined;
    at = body.endIndex;
  }
  return undefined;
}

function bodyAt(node: Node, at: number): Node | undefined {
  let found = node.tree.rootNode.descendantForIndex(at, at + 1);
  for (let left = 3; left > 0 && found !== null && found.type !== 'heredoc_body'; left--) found = found.parent;
  return found?.type === 'heredoc_body' ? found : undefined;
}

function endOf(body: Node, lower: Lower): string {
  const end = named(body).at(-1);
  return end?.type === 'heredoc_end' ? lower.textOf(end).trim() : '';
}

function indentationOf(content: string): number {
  let least = Infinity;
  for (const line of content.split('\n')) if (line.trim() !== '') least = Math.min(least, line.length - line.trimStart().length);
  return Number.isFinite(least) ? least : 0;
}

interface Content {
  readonly start: number;
  readonly end: number;
  readonly indentation: number;
}

/** An escape stays in one piece: it is as long as it is written. */
function linesOf(piece: TextStretch, { start, end, indentation }: Content, lower: Lower): TextStretch[] {
  if (piece.value.length !== piece.end - piece.start) return [piece];
  const lines: TextStretch[] = [];
  let at = Math.max(piece.start, start);
  const until = Math.min(piece.end, end);
  while (at < until) {
    const newline = indentation === 0 ? -1 : lower.text.indexOf('\n', at);
    const next = newline === -1 || newline >= until ? until : newline + 1;
    let from = at;
    if (at === start || lower.text.charAt(at - 1) === '\n') while (from < next && from < at + indentation && /[ \t]/.test(lower.text.charAt(from))) from++;
    if (from < next) lines.push(stretch(lower.text.slice(from, next), from, next));
    at = next;
  }
  return lines;
}

/** NaN where it cannot be read: imaginary numbers. */
export function numberOf(literal: string): number {
  const digits = literal.replaceAll('_', '').replace(/r$/, '').replace(/^0d/i, '');
  return /^0[0-7]+$/.test(digits) ? parseInt(digits, 8) : Number(digits);
}
