import type { TextEdit } from './finding.js';
import { lineEndAt, lineStartAt, nextLineAt } from './lines.js';
import type { Suppression } from './suppress.js';

/** How comments begin, and what ends them on the same line; others end with it. Longer ones first. */
const COMMENTS: readonly (readonly [open: string, close: string | undefined])[] = [
  ['{/*', '*/}'], ['{{/*', '*/}}'], ['<!--', '-->'], ['/*', '*/'], ['<#', '#>'], ['@*', '*@'], ['{#', '#}'],
  ['//', undefined], ['#', undefined], ['--', undefined], [';', undefined], ['%', undefined], ['rem', undefined],
];

/**
 * Takes rules out of a suppression, or with all of its rules the comment: the whole line when nothing else is on it. Undefined where
 * it cannot be told what would be left.
 */
export function removeSuppression(text: string, suppression: Suppression, unused: readonly string[]): TextEdit | undefined {
  const kept = suppression.rules.filter(({ name }) => !unused.includes(name));
  const [first] = suppression.rules;
  const last = suppression.rules.at(-1);
  if (kept.length > 0 && first !== undefined && last !== undefined) {
    const separator = text.slice(first.start, last.end).includes(',') ? ', ' : ' ';
    return { start: first.start, end: last.end, text: kept.map(({ name }) => name).join(separator) };
  }
  return removeComment(text, suppression);
}

function removeComment(text: string, { start, end }: Suppression): TextEdit | undefined {
  const lineStart = lineStartAt(text, start);
  const lineEnd = lineEndAt(text, end);
  const before = text.slice(lineStart, start).trimEnd();
  // A line of a comment over several lines.
  if (/^\s*\*?$/.test(before)) return /\*\/|-->|#>|\*@/.test(text.slice(end, lineEnd)) ? undefined : wholeLine(text, lineStart, lineEnd);
  const comment = COMMENTS.find(([open]) => before.toLowerCase().endsWith(open) && (open !== 'rem' || /^\s*rem$/i.test(before)));
  if (comment === undefined) return undefined;
  const [open, close] = comment;
  const closing = close === undefined ? lineEnd : text.indexOf(close, end);
  if (closing === -1 || closing > lineEnd) return undefined;
  // `///` and `##` are comments as well.
  const left = withoutTrailing(before.slice(0, -open.length), close === undefined ? open.charAt(0) : '');
  const right = closing + (close?.length ?? 0);
  const codeEnd = lineStart + left.trimEnd().length;
  if (text.slice(right, lineEnd).trim() !== '') return { start: lineStart + left.length, end: right, text: '' };
  return left.trim() === '' ? wholeLine(text, lineStart, lineEnd) : { start: codeEnd, end: lineEnd, text: '' };
}

function wholeLine(text: string, lineStart: number, lineEnd: number): TextEdit {
  // The mark that a file may begin with is no part of its first line.
  return { start: lineStart === 0 && text.startsWith('\uFEFF') ? 1 : lineStart, end: nextLineAt(text, lineEnd), text: '' };
}

function withoutTrailing(text: string, sign: string): string {
  let end = text.length;
  while (sign !== '' && end > 0 && text.charAt(end - 1) === sign) end--;
  return text.slice(0, end);
}
