import type { Span, VariableRead } from '../language.js';
import { groupSpan, linesOf } from './lines.js';

/** `$NAME`, `${NAME}` and `${NAME:-default}`; not the escaped `$$NAME` and `\$NAME`. */
export const DOLLAR_READ = /(?<![$\\])\$(?:\{(?<braced>[A-Za-z_]\w*)(?:[^\w{}$][^{}$]*)?\}|(?<name>[A-Za-z_]\w*))/dg;

/**
 * The reads that a pattern finds, which has the flags `d` and `g` and the variable in its groups `name` or `braced`.
 * `readable` says what of a line is looked at: not its comment.
 */
export function* readsIn(text: string, pattern: RegExp, readable: (line: Span) => Span | undefined): Iterable<VariableRead> {
  for (const line of linesOf(text)) {
    const span = readable(line);
    if (span !== undefined) yield* readsOf(text, pattern, span);
  }
}

/** The reads in one stretch of the text. */
export function* readsOf(text: string, pattern: RegExp, { start, end }: Span): Iterable<VariableRead> {
  for (const match of text.slice(start, end).matchAll(pattern)) {
    const nameSpan = groupSpan(match, 'name', start) ?? groupSpan(match, 'braced', start);
    if (nameSpan === undefined) continue;
    const at = start + match.index;
    yield { start: at, end: at + match[0].length, variable: text.slice(nameSpan.start, nameSpan.end), nameSpan };
  }
}

/** The line up to a comment that `#` starts, alone or behind white space. */
export function beforeHash(text: string, line: Span): Span {
  const comment = /(?:^|[ \t])#/.exec(text.slice(line.start, line.end));
  return comment === null ? line : { start: line.start, end: line.start + comment.index };
}
