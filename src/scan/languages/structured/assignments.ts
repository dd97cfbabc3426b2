import type { Span } from '../language.js';
import { groupSpan, trimmed } from './lines.js';

/** A name and its value on one line: `NAME=value`, `name: value`. */
export interface Assignment {
  readonly name: string;
  readonly nameSpan: Span;
  /** What stands between them; empty where the pattern does not tell. */
  readonly sign: string;
  /** All that follows, without white space around it. */
  readonly value: Span;
}

/** What the line assigns by that pattern, which has the flag `d`, the groups `name` and `value`, and maybe `sign`. */
export function assignmentIn(text: string, { start, end }: Span, pattern: RegExp): Assignment | undefined {
  const match = pattern.exec(text.slice(start, end));
  if (match === null) return undefined;
  const nameSpan = groupSpan(match, 'name', start);
  const value = groupSpan(match, 'value', start);
  if (nameSpan === undefined || value === undefined) return undefined;
  return { name: text.slice(nameSpan.start, nameSpan.end), nameSpan, sign: match.groups?.sign ?? '', value: trimmed(text, value) };
}

/** The span of a value; undefined for an empty one. */
export function unlessEmpty(value: Span): Span | undefined {
  return value.start < value.end ? value : undefined;
}
