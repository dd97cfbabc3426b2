import type { Span } from '../language.js';

const NEWLINE = /\r\n?|\n/g;
/** Longer lines are generated; what is asked of one line stays cheap without their rest. UTF-16 code units. */
const LONGEST_LINE = 10_000;

/** The lines of a text without their ends, long ones cut off; a byte order mark belongs to no line. */
export function* linesOf(text: string): Iterable<Span> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const { 0: end, index } of text.matchAll(NEWLINE)) {
    if (index >= start) yield { start, end: Math.min(index, start + LONGEST_LINE) };
    start = index + end.length;
  }
  if (start <= text.length) yield { start, end: Math.min(text.length, start + LONGEST_LINE) };
}

/** The line that holds the offset; of a long one the stretch around it. */
export function lineAround(text: string, offset: number): Span {
  const start = lineStart(text, offset);
  const longest = Math.min(text.length, offset + LONGEST_LINE);
  let end = offset;
  while (end < longest && !isNewline(text, end)) end++;
  return { start, end };
}

function lineStart(text: string, offset: number): number {
  let start = Math.min(offset, text.length);
  const farthest = Math.max(0, start - LONGEST_LINE);
  while (start > farthest && !isNewline(text, start - 1)) start--;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The line before the one that starts there; undefined for the first. */
export function previousLine(text: string, start: number): Span | undefined {
  if (start === 0 || !isNewline(text, start - 1)) return undefined;
  const end = text.charAt(start - 1) === '\n' && text.charAt(start - 2) === '\r' ? start - 2 : start - 1;
  return { start: lineStart(text, end), end };
}

function isNewline(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 10 || unit === 13;
}

/** The span of a group of a match of a regular expression with the flag `d`; undefined for a group that took no part. */
export function groupSpan(match: RegExpExecArray, group: string, offset = 0): Span | undefined {
  const indices = match.indices?.groups?.[group];
  return indices === undefined ? undefined : { start: offset + indices[0], end: offset + indices[1] };
}

/** The span without white space around it. */
export function trimmed(text: string, { start, end }: Span): Span {
  const slice = text.slice(start, end);
  const from = start + slice.length - slice.trimStart().length;
  return { start: from, end: Math.max(from, start + slice.trimEnd().length) };
}

/** Whether a `#`, at the start of the line or behind white space, makes the place a comment. For texts that have no tree. */
export function isBehindHash(text: string, offset: number): boolean {
  return /(?:^|[ \t])#/.test(text.slice(lineStart(text, offset), offset));
}
