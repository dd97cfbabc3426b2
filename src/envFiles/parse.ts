/** A stretch of a text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `NAME=value` in an env file, also behind `export`, and as a line that a comment has switched off. */
export interface Assignment extends Span {
  readonly name: string;
  /** The line begins with `#`: nobody reads it, but what stands there is in the file all the same. */
  readonly isComment: boolean;
  /** What the value is written in; empty for none. */
  readonly quote: '' | '"' | "'" | '`';
  /** Inside of the quotes. `start` and `end` of the assignment itself span its whole lines with the last one's end. */
  readonly value: Span;
}

/** Names of more characters are none. Possessive by its bounds: every repetition stops at another kind of character. */
const HEAD = /[ \t]{0,100}(#[# \t]{0,100})?(?:export[ \t]{1,20})?([A-Za-z_][\w.-]{0,200})[ \t]{0,20}(?:=|:(?=[ \t]))/y;
/** A value of more characters is a quote that was never closed. UTF-16 code units. */
const LONGEST_VALUE = 10_000;

/** All assignments, in order. What looks like one inside of a quoted value of several lines is none. */
export function parseEnv(text: string): Assignment[] {
  const assignments: Assignment[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const found = assignmentAt(text, at);
    if (found !== undefined) assignments.push(found);
    at = found?.end ?? nextLine(text, lineEnd(text, at));
  }
  return assignments;
}

function assignmentAt(text: string, start: number): Assignment | undefined {
  HEAD.lastIndex = start;
  const head = HEAD.exec(text);
  const name = head?.[2];
  if (head === null || name === undefined) return undefined;
  const equals = start + head[0].length;
  const end = lineEnd(text, equals);
  let at = equals;
  while (at < end && isBlank(text.charAt(at))) at++;
  const isComment = head[1] !== undefined;
  const common = { name, isComment, start };
  const quote = quoteAt(text, at);
  if (quote !== '') {
    const close = closing(text, at, quote, isComment ? end : text.length);
    const after = close === -1 ? -1 : lineEnd(text, close);
    if (after !== -1 && isOver(text.slice(close + 1, after))) return { ...common, quote, value: { start: at + 1, end: close }, end: nextLine(text, after) };
  }
  return { ...common, quote: '', value: unquoted(text, equals, at, end), end: nextLine(text, end) };
}

/** Up to a comment, which begins behind a blank. */
function unquoted(text: string, equals: number, start: number, lineEndAt: number): Span {
  if (text.charAt(start) === '#' && start > equals) {
    // A colon counts only with a blank behind it.
    const empty = text.charAt(equals - 1) === ':' ? equals + 1 : equals;
    return { start: empty, end: empty };
  }
  let end = start;
  // Kept apart from the blanks behind it.
  for (let at = start; at < lineEndAt; at++) {
    const blank = isBlank(text.charAt(at));
    if (text.charAt(at) === '#' && at > start && isBlank(text.charAt(at - 1))) break;
    if (!blank) end = at + 1;
  }
  return { start, end };
}

function quoteAt(text: string, at: number): Assignment['quote'] {
  const unit = text.charAt(at);
  return unit === '"' || unit === "'" || unit === '`' ? unit : '';
}

function closing(text: string, open: number, quote: string, limit: number): number {
  const last = Math.min(limit, open + LONGEST_VALUE);
  for (let at = open + 1; at < last; at++) {
    if (text.charAt(at) === '\\' && quote === '"') at++;
    else if (text.charAt(at) === quote) return at;
  }
  return -1;
}

/** Behind the closing quote: nothing, a shell's semicolon, a comment. */
function isOver(rest: string): boolean {
  return /^[ \t;]{0,100}(?:#|$)/.test(rest);
}

function isBlank(unit: string): boolean {
  return unit === ' ' || unit === '\t';
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== '\n' && text.charAt(at) !== '\r') at++;
  return at;
}

function nextLine(text: string, end: number): number {
  if (end >= text.length) return text.length;
  return text.startsWith('\r\n', end) ? end + 2 : end + 1;
}
