import { ENV_FILE } from '../envFiles.js';
import type { Definition, Language, ParsedSource, Span } from './language.js';
import { inertHolder, plainText } from './plainText.js';
import { contains } from './span.js';
import { assignmentIn, unlessEmpty } from './structured/assignments.js';
import { lineAround, linesOf, trimmed } from './structured/lines.js';
import { beforeHash, DOLLAR_READ, readsIn } from './structured/reads.js';

/** `KEY=value`, also with `export` and, as some readers take it, with a colon. */
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][\w.-]*)[ \t]*(?:=|:(?=[ \t]))(?<value>.*)$/ds;
const QUOTES = new Set(['"', "'", '`']);

/** Environment files. A key belongs there, so that no look-up takes its place. */
export const dotenv: Language = {
  ...plainText,
  ids: ['dotenv', 'env'],
  files: [{ languageId: 'dotenv', pattern: ENV_FILE }],
  holderOf: (source, token) => {
    if (inComment(source, token.start)) return inertHolder('comment');
    const line = lineAround(source.text, token.start);
    const assignment = assignmentIn(source.text, line, ASSIGNMENT);
    return { ...inertHolder('text'), use: { names: assignment !== undefined && contains(assignment.value, token) ? [assignment.name] : [] } };
  },
  inComment,
  definitions,
  variableReads: ({ text }) => readsIn(text, DOLLAR_READ, (line) => readable(text, line)),
};

/** A quoted value may go on over several lines; what looks like an assignment in there is none. */
function* definitions({ text }: ParsedSource): Iterable<Definition> {
  let goesOnTo = 0;
  for (const line of linesOf(text)) {
    if (line.start < goesOnTo) continue;
    const assignment = assignmentIn(text, line, ASSIGNMENT);
    if (assignment === undefined) continue;
    const { name, nameSpan, value } = assignment;
    const quote = text.charAt(value.start);
    const isQuoted = value.end > value.start && QUOTES.has(quote);
    const close = isQuoted ? closingQuote(text, value.start) : -1;
    if (close !== -1) goesOnTo = close;
    const valueSpan = close === -1 ? unquoted(text, value) : { start: value.start + 1, end: close };
    yield { name, nameSpan, valueSpan: unlessEmpty(valueSpan), isEnvironment: true };
  }
}

/** A value of more lines than this is a quote that was never closed. UTF-16 code units. */
const LONGEST_VALUE = 10_000;

function closingQuote(text: string, open: number): number {
  const quote = text.charAt(open);
  const longest = Math.min(text.length, open + LONGEST_VALUE);
  for (let at = open + 1; at < longest; at++) {
    if (text.charAt(at) === '\\' && quote === '"') at++;
    else if (text.charAt(at) === quote) return at;
  }
  return -1;
}

/** Without the comment behind it. */
function unquoted(text: string, value: Span): Span {
  return trimmed(text, beforeHash(text, value));
}

function inComment({ text }: ParsedSource, offset: number): boolean {
  const line = lineAround(text, offset);
  const before = text.slice(line.start, offset);
  if (/^[ \t]*#/.test(before)) return true;
  const value = assignmentIn(text, line, ASSIGNMENT)?.value;
  if (value === undefined || offset < value.start) return false;
  const quote = text.charAt(value.start);
  if (!QUOTES.has(quote)) return offset > unquoted(text, value).end && text.slice(value.start, offset).includes('#');
  const close = text.indexOf(quote, value.start + 1);
  return close !== -1 && close < offset && /^[ \t]*#/.test(text.slice(close + 1, offset));
}

/** Nothing is expanded in single quotes. */
function readable(text: string, line: Span): Span | undefined {
  const value = assignmentIn(text, line, ASSIGNMENT)?.value;
  return value !== undefined && text.charAt(value.start) === "'" ? undefined : beforeHash(text, line);
}
