import { withoutTokens } from '../../withoutTokens.js';

/** What moves or hides text: control characters, and marks that change the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const TEXT_MAX = 300;

/**
 * Text that others wrote (names of keys, branches and files, subjects of commits), fit for one line of Markdown: nothing in it counts as
 * markup, nothing hides, and a key in it is masked.
 */
export function inline(text: string): string {
  return seen(text).replace(/[\\`*_{}[\]()<>#|~!&]/g, '\\$&');
}

/** The same as code, which is how paths and ids are shown. */
export function code(text: string): string {
  const shown = seen(text);
  const longest = Math.max(0, ...(shown.match(/`{1,300}/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return shown === '' ? '' : `${fence}${space}${shown}${space}${fence}`;
}

/** A time as an incident wants it: in UTC, to the second. */
export function utc(date: Date): string {
  return Number.isNaN(date.getTime()) ? '?' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function seen(text: string): string {
  const line = withoutTokens(text).replace(UNSEEN, '\uFFFD');
  return line.length > TEXT_MAX ? `${line.slice(0, TEXT_MAX)}…` : line;
}
