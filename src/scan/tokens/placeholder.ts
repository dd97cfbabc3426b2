/** Identifiers that documentation everywhere uses as examples. */
const WELL_KNOWN = new Set([
  '123e4567e89b12d3a456426614174000',
  '123e4567e89b12d3a456426655440000',
  '550e8400e29b41d4a716446655440000',
  '3fa85f6457174562b3fc2c963f66afa6',
  'f47ac10b58cc4372a5670e02b2c3d479',
  '9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d',
  '1b9d6bcdbbfd4b2d9b5dab8dfbbd4bed',
  '6ba7b8109dad11d180b400c04fd430c8',
  '6ba7b8119dad11d180b400c04fd430c8',
  '6ba7b8129dad11d180b400c04fd430c8',
  '6ba7b8149dad11d180b400c04fd430c8',
]);

/** So few different digits never come out of a random generator (one in 10^9). */
const FEWEST_DIGITS = 6;
/** The share of digits that continue a pattern from which a human, not a generator, wrote it (one in 10^9 by chance). */
const PATTERNED = 0.75;
/** `deadbeef` and the like, written out instead of a value. */
const WORDS = /(?:deadbeef|cafebabe|badc0ffee|c0ffee|feedface){2}|^(?:deadbeef|cafebabe|feedface)/;

/**
 * True for a UUID that somebody made up: `0000…`, `1234…`, `a1b2c3…`, repeated groups, or one that documentation
 * uses as an example. A generated UUID passes for one of these about once in 10^8.
 */
export function isPlaceholderUuid(uuid: string): boolean {
  const digits = uuid.replaceAll('-', '').toLowerCase();
  return WELL_KNOWN.has(digits) || new Set(digits).size <= FEWEST_DIGITS || WORDS.test(digits) || isPatterned(digits);
}

function isPatterned(digits: string): boolean {
  const values = Array.from(digits, (digit) => parseInt(digit, 16));
  return share(values, (at) => follows(values, at, 1) || follows(values, at, 2)) >= PATTERNED
    || share(values, (at) => descends(values, at)) >= PATTERNED
    || share(values, (at) => values[at] === values[at - 4] || values[at] === values[at - 8]) >= PATTERNED;
}

/** The share of positions, from the third on, for which the predicate holds. */
function share(values: readonly number[], predicate: (at: number) => boolean): number {
  let hits = 0;
  for (let at = 2; at < values.length; at++) if (predicate(at)) hits++;
  return hits / (values.length - 2);
}

/** The digit counts up from the one `lag` places before: `1234` (lag 1), `a1b2c3` (lag 2); 9 goes on with 0 or a. */
function follows(values: readonly number[], at: number, lag: number): boolean {
  const before = values[at - lag];
  const value = values[at];
  return before !== undefined && value !== undefined && (value === (before + 1) % 16 || (before === 9 && value === 0));
}

function descends(values: readonly number[], at: number): boolean {
  const before = values[at - 1];
  const value = values[at];
  return before !== undefined && value !== undefined && before === (value + 1) % 16;
}
