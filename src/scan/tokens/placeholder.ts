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
  // The standards: RFC 4122 and RFC 9562, versions 1 and 3 to 7.
  'f81d4fae7dec11d0a76500a0c91e6bf6',
  'c232ab00941411ecb3c89f6bdeced846',
  '5df418813aed351588a72f4a814cf09e',
  '919108f752d143209bacf847db4148a8',
  '2ed6657de927568b95e12665a8aea6a2',
  '1ec9414c232a6b00b3c89f6bdeced846',
  '017f22e279b07cc398c4dc0c0c07398f',
  // The manuals of Python, Java, .NET, SwaggerHub, JSON Schema and npm's uuid.
  '16fd27068baf433b82eb8c7fada847da',
  '886313e13b8a53729b900c9aee199e5d',
  '6fa459eaee8a3ca4894edb77e160355e',
  'a8098c1af86e11dabd1a00112444be1e',
  '384000008cf011bdb23e10b96e4ef00d',
  'de305d5475b4431badb2eb6b9e546014',
  '0f8fad5bd9cb469fa16570867728950e',
  '7c9e6679742540de944be07fc1f90ae7',
  'd290f1ee6c544b0190e6d701748f0851',
  '2eb8aa08aa9811eab4aa73b441d16380',
  '109156bec4fb41eab1b4efe1671c5836',
  '630eb68fe0fa5ecc887a7c7a62614681',
  'd9428888122b11e1b85c61cd3cbb3210',
]);

/** So few different digits never come out of a random generator (one in 10^9). */
const FEWEST_DIGITS = 6;
/** The share of digits that continue a pattern from which a human, not a generator, wrote it (one in 10^9 by chance). */
const PATTERNED = 0.75;
/** The same for a mixture of patterns, which chance meets more often: a quarter of all digits does (one in 10^11 in this number). */
const MIXED = 0.85;
/** One digit so many times in a row (one in 10^8 by chance). */
const RUN = /([0-9a-f])\1{8}/;
/** `deadbeef` and the like, written out instead of a value. */
const WORDS = /(?:deadbeef|cafebabe|badc0ffee|c0ffee|feedface){2}|^(?:deadbeef|cafebabe|feedface)/;

/**
 * True for a UUID that somebody made up: `0000…`, `1234…`, `a1b2c3…`, repeated groups, or one that documentation
 * uses as an example. A generated UUID passes for one of these about once in 10^8.
 */
export function isPlaceholderUuid(uuid: string): boolean {
  const digits = uuid.replaceAll('-', '').toLowerCase();
  return WELL_KNOWN.has(digits) || new Set(digits).size <= FEWEST_DIGITS || RUN.test(digits) || WORDS.test(digits) || isPatterned(digits);
}

/** Different characters in the 53 of a hash: 36 on average, never so few by chance. */
const FEWEST_CHARACTERS = 8;
/** Long enough words to be no chance (one in 10^8), and runs of one character (one in 10^9). */
const BODY_WORDS = /example|placeholder|changeme|redacted|([./a-z0-9])\1{6}/i;

/** True for the hash of a legacy token that somebody made up: `xxxx…`, `abcd…`, or a word in place of it. */
export function isPlaceholderBody(body: string): boolean {
  const values = Array.from(body, (character) => character.charCodeAt(0));
  return new Set(body).size <= FEWEST_CHARACTERS || BODY_WORDS.test(body) || share(values, (at) => values[at] === (values[at - 1] ?? 0) + 1) >= PATTERNED;
}

function isPatterned(digits: string): boolean {
  const values = Array.from(digits, (digit) => parseInt(digit, 16));
  const repeats = (at: number, lag: number): boolean => values[at] === values[at - lag];
  return share(values, (at) => follows(values, at, 1) || follows(values, at, 2)) >= PATTERNED
    || share(values, (at) => descends(values, at)) >= PATTERNED
    || [3, 4, 5, 6, 8, 12, 16].some((lag) => share(values, (at) => repeats(at, lag), lag) >= PATTERNED)
    || share(values, (at) => follows(values, at, 1) || follows(values, at, 2) || repeats(at, 1) || repeats(at, 2)) >= MIXED;
}

/** The share of positions, from the third on or a later one, for which the predicate holds. */
function share(values: readonly number[], predicate: (at: number) => boolean, first = 2): number {
  let hits = 0;
  for (let at = first; at < values.length; at++) if (predicate(at)) hits++;
  return hits / (values.length - first);
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
