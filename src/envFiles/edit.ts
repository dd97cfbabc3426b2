import { newlineOf } from '../scan/lines.js';
import { parseEnv, type Assignment } from './parse.js';

/** What becomes of a variable whose value is taken out. */
export interface Taken {
  readonly assignment: Assignment;
  /** `empty` leaves `NAME=`, `remove` takes its lines out. */
  readonly how: 'empty' | 'remove';
  /** A comment without its `#`, put in the line above or in its place; undefined for none. */
  readonly note?: string | undefined;
}

/** The text without those values. Everything else stays as it is, byte for byte. */
export function takeOut(text: string, taken: readonly Taken[]): string {
  let result = text;
  // From the end, so that the places before stay right.
  for (const { assignment, how, note } of taken.toSorted((a, b) => b.assignment.start - a.assignment.start)) {
    const { start, end, value } = assignment;
    const before = result.slice(0, start);
    const lines = result.slice(start, end);
    const newline = /\r\n$|\n$|\r$/.exec(lines)?.[0];
    const put = note === undefined || hasNote(before, note) ? '' : `# ${note}${newline ?? (how === 'remove' ? '' : newlineOf(text))}`;
    const kept = how === 'remove' ? '' : result.slice(start, value.start) + result.slice(value.end, end);
    result = before + put + kept + result.slice(end);
  }
  return result;
}

/** Whether the line above says so already. */
function hasNote(before: string, note: string): boolean {
  const last = before.replace(/(?:\r\n|\n|\r)$/, '');
  const line = last.slice(Math.max(last.lastIndexOf('\n'), last.lastIndexOf('\r')) + 1);
  return line.trim() === `# ${note}`;
}

/**
 * The text with that value for that variable: in its last assignment, which is the one that counts, or in a line of its own at the end.
 * Only the value changes. Throws for a value that no env file can hold on one line.
 */
export function setVariable(text: string, name: string, value: string): string {
  if (!/^[\x21-\x7e]{1,1000}$/.test(value) || /['"`\\]/.test(value)) throw new RangeError('Not a value for an env file');
  const last = parseEnv(text).findLast((assignment) => assignment.name === name && !assignment.isComment);
  if (last === undefined) {
    const newline = newlineOf(text);
    const isLineOver = text === '' || text === '\uFEFF' || /[\r\n]$/.test(text);
    return `${text}${isLineOver ? '' : newline}${name}=${written(value)}${newline}`;
  }
  const { value: { start, end }, quote } = last;
  // A comment begins behind a blank.
  if (quote === '') return `${text.slice(0, start)}${written(value)}${text.charAt(end) === '#' ? ' ' : ''}${text.slice(end)}`;
  // Only single quotes keep a dollar from being expanded.
  const isKept = quote === "'" || !value.includes('$');
  return isKept ? text.slice(0, start) + value + text.slice(end) : `${text.slice(0, start - 1)}'${value}'${text.slice(end + 1)}`;
}

function written(value: string): string {
  return /^[\w:.-]+$/.test(value) ? value : `'${value}'`;
}
