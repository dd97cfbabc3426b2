import type { TextEdit } from '../../finding.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import { indentationAt, lineStartAt } from '../../lines.js';
import type { Code } from '../code.js';

/** A new line with a statement below one that has its lines for itself; undefined where it has not. */
export function statementBelow({ start, end }: { readonly start: number; readonly end: number }, statement: string, { text }: Code): TextEdit[] | undefined {
  const first = lineStartAt(text, start);
  if (!/^[\t ]*$/.test(text.slice(first, start))) return undefined;
  const rest = /^[\t ]{0,80};?[\t ]{0,80}(?=\r?\n|$)/.exec(text.slice(end, end + 200));
  // A comment may stand behind it.
  if (rest === null) return undefined;
  const at = end + rest[0].trimEnd().length;
  return [{ start: at, end: at, text: `${newlineOf(text)}${indentationAt(text, start)}${statement}` }];
}

/** A new link in a chain of calls, behind that call: in a line of its own where the others have theirs. */
export function linkBehind(call: CallNode, link: string, code: Code): TextEdit[] | undefined {
  if (!code.text.slice(call.listStart, call.listEnd).endsWith(')')) return undefined;
  return [{ start: call.end, end: call.end, text: `${separator(linkAfter(call), code) ?? separator(call, code) ?? '.'}${link}` }];
}

/** The call that goes on from this one. */
export function linkAfter(call: CallNode): CallNode | undefined {
  let node: IrNode = call;
  while (node.parent?.kind === 'wrapped') node = node.parent;
  const member = node.parent;
  const next = member?.kind === 'member' ? member.parent : undefined;
  return next?.kind === 'call' && next.callee === member ? next : undefined;
}

/** What stands between a call and what it is a method of, when it is no more than a dot and blanks. */
function separator(call: CallNode | undefined, { text }: Code): string | undefined {
  const callee = call === undefined ? undefined : unwrap(call.callee);
  if (callee?.kind !== 'member') return undefined;
  const between = text.slice(callee.object.end, callee.nameStart);
  return /^\s*\.\s*$/.test(between) ? between : undefined;
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
