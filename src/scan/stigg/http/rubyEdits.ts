import type { TextEdit } from '../../finding.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import { indentationAt, lineStartAt, newlineOf } from '../../lines.js';
import type { Code } from '../code.js';
import type { HeaderValue } from '../request.js';
import { insertEntry } from './insert.js';
import { literalAt } from './properties.js';
import { valueExpression } from './values.js';

/** Where a call takes its headers. */
export interface HeaderPlace {
  /** What it is given as headers; undefined where there is nothing. */
  readonly headers: IrNode | undefined;
  /** The headers are the arguments with names, without brackets: `post(uri, body, "A" => 1)`. */
  readonly isBraceless: boolean;
  /** The argument to be added where there is none: `headers: { "A" => 1 }`; undefined where none may be added. */
  readonly argument: (entry: string) => string | undefined;
}

/** Edits that give the call one more header. */
export function addRubyHeader(call: CallNode, place: HeaderPlace, code: Code, name: string, value: HeaderValue): readonly TextEdit[] | undefined {
  const written = valueExpression(value, code);
  if (written === undefined) return undefined;
  const edits = entryEdits(call, place, code, `"${name}" => ${written.expression}`);
  return edits === undefined ? undefined : [...written.edits, ...edits];
}

function entryEdits(call: CallNode, { headers, isBraceless, argument }: HeaderPlace, code: Code, entry: string): TextEdit[] | undefined {
  if (isBraceless) return insertRubyArgument(call, entry, code);
  const literal = literalAt(headers);
  if (literal !== undefined) return insertEntry(literal, entry, code);
  if (headers !== undefined) return isCallable(headers, code) ? [{ start: headers.end, end: headers.end, text: `.merge(${entry})` }] : undefined;
  const added = argument(entry);
  return added === undefined ? undefined : insertRubyArgument(call, added, code);
}

/** Whether a method can be called on the expression as it is written. */
function isCallable(headers: IrNode, code: Code): boolean {
  const { kind } = unwrap(headers);
  return kind === 'name' || kind === 'member' || (kind === 'call' && code.slice(headers).endsWith(')'));
}

/** A last argument, before a block. */
function insertRubyArgument({ arguments: given, listStart, listEnd }: CallNode, argument: string, { text }: Code): TextEdit[] | undefined {
  if (text[listStart] !== '(' || text[listEnd - 1] !== ')') return undefined;
  const last = given.findLast(({ end }) => end < listEnd);
  return last === undefined ? [{ start: listStart + 1, end: listEnd - 1, text: argument }] : [{ start: last.end, end: last.end, text: `, ${argument}` }];
}

/** A statement before all others of a block: `request.headers["A"] = 1`. */
export function addRubyStatement(block: IrNode, statement: (parameter: string, name: string, value: string) => string, code: Code, name: string, value: HeaderValue): readonly TextEdit[] | undefined {
  const written = valueExpression(value, code);
  const parameter = block.kind === 'function' ? block.parameters[0]?.targets[0]?.name : undefined;
  const first = block.kind === 'function' ? block.body[0] : undefined;
  if (written === undefined || parameter === undefined || first === undefined) return undefined;
  const { text } = code;
  const isOwnLine = text.slice(lineStartAt(text, first.start), first.start).trim() === '';
  const separator = isOwnLine ? `${newlineOf(text)}${indentationAt(text, first.start)}` : '; ';
  return [...written.edits, { start: first.start, end: first.start, text: `${statement(parameter, name, written.expression)}${separator}` }];
}

/** A call in a chain, before the one that sends: `HTTP.headers("A" => 1).post(url)`. */
export function addRubyLink(call: CallNode, link: (name: string, value: string) => string, code: Code, name: string, value: HeaderValue): readonly TextEdit[] | undefined {
  const written = valueExpression(value, code);
  const callee = unwrap(call.callee);
  if (written === undefined || callee.kind !== 'member') return undefined;
  return [...written.edits, { start: callee.nameStart, end: callee.nameStart, text: `${link(name, written.expression)}.` }];
}
