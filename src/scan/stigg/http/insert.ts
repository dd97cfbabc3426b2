import type { TextEdit } from '../../finding.js';
import type { CallNode, ObjectNode } from '../../ir/node.js';
import { indentationAt, lineStartAt } from '../../lines.js';
import type { Code } from '../code.js';

/** Edits that add an entry, written out as in that language, to an object literal: behind the last entry, in a line of its own where the others have theirs. */
export function insertEntry({ entries, innerStart, innerEnd }: ObjectNode, entry: string, { text }: Code): TextEdit[] {
  const last = entries.at(-1);
  if (last === undefined) {
    const inner = text.slice(innerStart, innerEnd);
    return inner.trim() === '' ? [{ start: innerStart, end: innerEnd, text: ` ${entry} ` }] : [{ start: innerStart, end: innerStart, text: ` ${entry},` }];
  }
  const rest = text.slice(last.end, innerEnd);
  const comma = /^\s*,/.exec(rest)?.[0];
  const at = last.end + (comma?.length ?? 0);
  const ownLine = text.slice(lineStartAt(text, last.start), last.start).trim() === '';
  const separator = ownLine ? `${newlineOf(text)}${indentationAt(text, last.start)}` : ' ';
  return [{ start: at, end: at, text: `${comma === undefined ? ',' : ''}${separator}${entry}${comma === undefined || !ownLine ? '' : ','}` }];
}

/** Edits that add a last argument to a call; undefined where the call is broken. */
export function insertArgument(call: CallNode, argument: string, { text }: Code): TextEdit[] | undefined {
  if (!text.slice(call.listStart, call.listEnd).endsWith(')')) return undefined;
  const last = call.arguments.at(-1);
  if (last === undefined) return [{ start: call.listStart + 1, end: call.listEnd - 1, text: argument }];
  return [{ start: last.end, end: last.end, text: `, ${argument}` }];
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
