import { nextLineAt } from '../../lines.js';
import type { Span } from '../language.js';
import { groupSpan, lineAround, linesOf, previousLine } from './lines.js';

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  /** What follows the keyword and its flags, over all lines that belong to it. */
  readonly body: Span;
  /** The lines of the here-document that it opens. */
  readonly heredoc: Span | undefined;
}

const START = /^[ \t]*(?<keyword>[A-Za-z]+)(?<flags>(?:[ \t]+--[\w-]+(?:=[^\s]*)?)*)(?:[ \t]+(?<body>[^]*))?$/d;
const HEREDOC = /^<<-?(["']?)(\w+)\1/;
const ESCAPE = /^[ \t\uFEFF]*#[ \t]*escape[ \t]*=[ \t]*`/im;
/** An instruction of more lines than this is looked for no farther. */
const FARTHEST_LINES = 500;

/** The instructions, in order. */
export function* instructionsOf(text: string): Iterable<Instruction> {
  const goesOn = continuation(text);
  let first: Span | undefined;
  let heredoc: { readonly end: string; readonly of: Instruction; readonly start: number } | undefined;
  let last: Span | undefined;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end);
    if (heredoc !== undefined) {
      if (content.trim() === heredoc.end) {
        yield { ...heredoc.of, heredoc: { start: heredoc.start, end: line.start } };
        heredoc = undefined;
      }
      continue;
    }
    // Comments and empty lines may stand between the lines of one instruction.
    if (/^[ \t]*(?:#|$)/.test(content)) continue;
    first ??= line;
    last = line;
    if (goesOn.test(content)) continue;
    const instruction = read(text, { start: first.start, end: line.end });
    first = undefined;
    if (instruction === undefined) continue;
    const end = HEREDOC.exec(text.slice(instruction.body.start, instruction.body.end))?.[2];
    if (end === undefined) yield instruction;
    else heredoc = { end, of: instruction, start: nextLineAt(text, line.end) };
  }
  if (heredoc !== undefined) yield { ...heredoc.of, heredoc: { start: Math.min(heredoc.start, text.length), end: text.length } };
  else if (first !== undefined && last !== undefined) {
    const instruction = read(text, { start: first.start, end: last.end });
    if (instruction !== undefined) yield instruction;
  }
}

/** The instruction whose lines hold the offset, found from there; it has no here-document. */
export function instructionAt(text: string, offset: number): Instruction | undefined {
  const goesOn = continuation(text);
  const line = lineAround(text, offset);
  let { start } = line;
  for (let before = previousLine(text, start), count = 0; before !== undefined && count < FARTHEST_LINES; before = previousLine(text, before.start), count++) {
    const content = text.slice(before.start, before.end);
    if (/^[ \t]*#/.test(content)) continue;
    if (!goesOn.test(content)) break;
    start = before.start;
  }
  return read(text, { start, end: line.end });
}

function read(text: string, { start, end }: Span): Instruction | undefined {
  const match = START.exec(text.slice(start, end));
  if (match === null) return undefined;
  return { keyword: (match.groups?.keyword ?? '').toUpperCase(), body: groupSpan(match, 'body', start) ?? { start: end, end }, heredoc: undefined };
}

function continuation(text: string): RegExp {
  return ESCAPE.test(text.slice(0, 1_000)) ? /`[ \t]*$/ : /\\[ \t]*$/;
}
