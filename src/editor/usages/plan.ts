import type { Replacement } from '../../scan/uses.js';
import type { TextEdit } from '../../scan/finding.js';
import { combine } from '../diagnostics/fixAll.js';
import type { LeftReason } from './words.js';

/** A place that somebody wants replaced: where it was found. Offset in the document. */
export interface Wanted {
  readonly start: number;
  readonly fingerprint: string;
}

export interface Plan {
  /** Of the text as it stands; empty when there is nothing to do. */
  readonly edits: readonly TextEdit[];
  /** By index of what was wanted; undefined for what the edits replace. */
  readonly left: readonly (LeftReason | undefined)[];
}

/** Two keys in one literal take two rounds; nobody has more than a few. */
const MOST_ROUNDS = 6;

/**
 * The edits that replace the wanted places. Fixes that touch each other, such as those of two keys in one string, are applied one after the other, and
 * then the whole is one edit.
 *
 * @param look what can be done in a text
 */
export function planFor(text: string, wanted: readonly Wanted[], look: (text: string) => readonly Replacement[]): Plan {
  const first = look(text);
  const left: (LeftReason | undefined)[] = wanted.map(() => undefined);
  const chosen: { readonly index: number; readonly edits: readonly TextEdit[] }[] = [];
  for (const [index, place] of wanted.entries()) {
    const found = first.find(({ start, fingerprint }) => start === place.start && fingerprint === place.fingerprint);
    if (found === undefined) left[index] = 'changed';
    else if (found.edits === undefined) left[index] = found.reason;
    else chosen.push({ index, edits: found.edits });
  }
  const { edits, taken } = combine(chosen.map((one) => one.edits));
  const rest = chosen.filter((_one, at) => taken[at] === false).map(({ index }) => index);
  if (rest.length === 0) return { edits, left };
  // Their places move with the first edits: they are known again by their fingerprint, where all places of it are wanted.
  const whole = new Set(wanted.map(({ fingerprint }) => fingerprint).filter((fingerprint) => first.every((found) => found.fingerprint !== fingerprint || wanted.some(({ start }) => start === found.start))));
  let now = applied(text, edits);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = combine(look(now).flatMap((found) => (found.edits !== undefined && whole.has(found.fingerprint) ? [found.edits] : [])));
    if (next.edits.length === 0) break;
    now = applied(now, next.edits);
  }
  const remaining = new Set(look(now).map(({ fingerprint }) => fingerprint));
  for (const index of rest) {
    const fingerprint = wanted[index]?.fingerprint ?? '';
    if (!whole.has(fingerprint) || remaining.has(fingerprint)) left[index] = 'several';
  }
  return { edits: [difference(text, now)], left };
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits].sort((a, b) => b.start - a.start || b.end - a.end).reduce((result, { start, end, text: put }) => result.slice(0, start) + put + result.slice(end), text);
}

/** One edit between two texts: what is between their common beginning and their common end. */
export function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  return { start, end: before.length - end, text: after.slice(start, after.length - end) };
}
