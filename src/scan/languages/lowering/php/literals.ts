import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, type LowerNode } from '../../../ir/lowering.js';
import type { IrNode, TextStretch } from '../../../ir/node.js';
import { solid, spanOf, split } from '../made.js';
import { numberOf, parts } from '../shared.js';

/** Numbers and strings of PHP. */
export const literals: Readonly<Record<string, LowerNode>> = {
  integer: (node, lower) => lower.number(node, numberOf(lower.textOf(node))),
  float: (node, lower) => lower.number(node, numberOf(lower.textOf(node))),
  string: singleQuoted,
  encapsed_string: doubleQuoted,
  shell_command_expression: doubleQuoted,
  heredoc,
  nowdoc,
  boolean: (node, lower) => lower.name(node),
  null: (node, lower) => lower.name(node),
};

const QUOTED = /\\[\\']/g;
const ESCAPE = /\\(?:x[\da-fA-F]{1,2}|u\{[\da-fA-F]{1,8}\}|[0-7]{1,3}|[nrtvef\\$"`])/g;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', v: '\v', e: '\u001b', f: '\f' };

/** `'…'`, in which only quotes and backslashes are escaped. */
function singleQuoted(node: Node, lower: Lower): IrNode {
  const text = lower.textOf(node);
  const start = node.startIndex + text.indexOf("'") + 1;
  const end = text.length > 1 && text.endsWith("'") ? node.endIndex - 1 : node.endIndex;
  return lower.make({ kind: 'text', ...spanOf(node), parts: start < end ? split(lower.text, start, end, QUOTED, (escape) => escape.charAt(1)) : [] });
}

/** `"…"`, which may hold variables. */
function doubleQuoted(node: Node, lower: Lower): IrNode {
  const children = solid(node);
  const [first] = children;
  const last = children.at(-1);
  // With a prefix (`b"…"`) the opening quote is no node.
  const quote = lower.text.indexOf(node.type === 'encapsed_string' ? '"' : '`', node.startIndex);
  const start = quote >= node.startIndex && quote < node.endIndex ? quote + 1 : first?.startIndex ?? node.endIndex;
  const isClosed = last !== undefined && !last.isNamed && last.startIndex >= start && (last.type === '"' || last.type === '`');
  return lower.make({ kind: 'text', ...spanOf(node), parts: withVariables(children, start, isClosed ? last.startIndex : node.endIndex, lower) });
}

/** `<<<NAME … NAME`. The lines keep their indentation, so that the value stays as long as its span. */
function heredoc(node: Node, lower: Lower): IrNode {
  const body = node.childForFieldName('value');
  if (body === null) return lower.make({ kind: 'text', ...spanOf(node), parts: [] });
  return lower.make({ kind: 'text', ...spanOf(node), parts: withVariables(solid(body), afterBreak(body, lower), body.endIndex, lower) });
}

function nowdoc(node: Node, lower: Lower): IrNode {
  const body = node.childForFieldName('value');
  const start = body === null ? node.endIndex : afterBreak(body, lower);
  return body === null || start >= body.endIndex
    ? lower.make({ kind: 'text', ...spanOf(node), parts: [] })
    : lower.literal(node, lower.text.slice(start, body.endIndex), start, body.endIndex);
}

/** The body begins with the end of the line that opens it. */
function afterBreak(body: Node, lower: Lower): number {
  const opening = /^\r?\n/.exec(lower.text.slice(body.startIndex, body.startIndex + 2));
  return body.startIndex + (opening?.[0].length ?? 0);
}

/** What stands between the variables is literal, but for the braces around them. */
function withVariables(children: readonly Node[], start: number, end: number, lower: Lower): (TextStretch | IrNode)[] {
  const found: (TextStretch | IrNode)[] = [];
  let from = start;
  const literal = (until: number): void => {
    if (from < until) found.push(...split(lower.text, from, until, ESCAPE, meaning));
  };
  for (const child of children) {
    if (child.startIndex < from || child.type === 'string_content' || child.type === 'escape_sequence') continue;
    const isBrace = child.type === '{' || child.type === '}';
    if (!child.isNamed && !isBrace) continue;
    literal(Math.min(child.startIndex, end));
    if (!isBrace) found.push(variable(child, lower));
    from = child.endIndex;
  }
  literal(end);
  return found;
}

/** In `"$a[key]"`, without braces, the key is no constant. */
function variable(node: Node, lower: Lower): IrNode {
  if (node.type === 'subscript_expression' && lower.text.charAt(node.startIndex - 1) !== '{') {
    const [object, key] = parts(node);
    if (object !== undefined && key?.type === 'name') return lower.make({ kind: 'member', ...spanOf(node), object: lower.one(object), name: lower.textOf(key), nameStart: key.startIndex, nameEnd: key.endIndex });
  }
  return lower.one(node);
}

function meaning(escape: string): string {
  const sign = escape.charAt(1);
  if (sign === 'x') return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  if (sign === 'u') {
    const code = Number.parseInt(escape.slice(3, -1), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  if (/[0-7]/.test(sign)) return String.fromCharCode(Number.parseInt(escape.slice(1), 8));
  return CONTROLS[sign] ?? sign;
}
