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
  const { comma, end: at, isLine } = behind(text, last.end, innerEnd);
  const ownLine = isLine || text.slice(lineStartAt(text, last.start), last.start).trim() === '';
  const separator = ownLine ? `${newlineOf(text)}${indentationAt(text, last.start)}` : ' ';
  const added = { start: at, end: at, text: `${separator}${entry}${comma === undefined || !ownLine ? '' : ','}` };
  if (comma !== undefined) return [added];
  // The comma goes before a comment, the entry behind it.
  return at === last.end ? [{ ...added, text: `,${added.text}` }] : [{ start: last.end, end: last.end, text: ',' }, added];
}

/** What stands behind an entry on its line: its comma, and comments, which are about it. */
function behind(text: string, start: number, innerEnd: number): { readonly comma: number | undefined; readonly end: number; readonly isLine: boolean } {
  let comma: number | undefined;
  let end = start;
  for (let at = start; at < innerEnd;) {
    const rest = text.slice(at, innerEnd);
    if (rest.startsWith(',') && comma === undefined) {
      comma = at;
      end = ++at;
    } else if (rest.startsWith('/*')) {
      const close = rest.indexOf('*/');
      // One that begins on the line and goes on below it is left as it is.
      if (close === -1) break;
      at += close + 2;
      end = at;
    } else if (rest.startsWith('//') || rest.startsWith('#')) {
      const length = /^[^\r\n]*/.exec(rest)?.[0].trimEnd().length ?? 0;
      return { comma, end: at + length, isLine: true };
    } else if (/^[ \t]/.test(rest)) {
      at++;
    } else if (/^[\r\n]/.test(rest) && comma === undefined && /^\s*,/.test(rest)) {
      at += /^\s*/.exec(rest)?.[0].length ?? 1;
    } else {
      break;
    }
  }
  return { comma, end, isLine: false };
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
