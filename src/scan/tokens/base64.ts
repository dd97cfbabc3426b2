import { BASE64_BEGINNINGS, charactersBefore } from './base64Beginnings.js';
import { writtenTokens, type WrittenToken } from './written.js';

/** A run that is longer is data: then the finding stands at the encoded token alone. */
const LONGEST_RUN = 8_000;
/** Characters that hold the longest token, what stands right before it and after it. */
const WINDOW = 200;
/** Enough to see whether the beginning goes on like a token. */
const GLIMPSE = 40;
/** Groups of four characters before the token that say whether it continues a word. */
const GROUPS_BEFORE = 3;
const TOKEN_BEGINS = /(?:server|client)-[0-9a-f]{8}-|\$2[aby]\$\d{2}\$[./a-z0-9]{8}/i;
const LINE_BREAK = /(?:\r?\n|\\r\\n|\\n)[ \t]*/y;

const BEGINNING = new RegExp(BASE64_BEGINNINGS.map((source) => `(${source})`).join('|'), 'g');

/**
 * The tokens inside of base64, in both alphabets, with or without padding, also wrapped over lines: `Basic …` headers, deeplinks,
 * Kubernetes secrets. A token's place is the whole run of base64 around it.
 */
export function* base64Tokens(text: string): Iterable<WrittenToken> {
  let run: Run = { start: 0, end: 0, until: 0 };
  for (const match of text.matchAll(BEGINNING)) {
    const shift = match[1] !== undefined ? 0 : match[2] !== undefined ? 1 : 2;
    const group = match.index - charactersBefore(shift);
    if (group < 0 || !TOKEN_BEGINS.test(decode(text, group, GLIMPSE, true).value)) continue;
    // What follows on the next line may be something else, so that a token on one line is looked for first.
    const found = tokenAt(text, group, shift, false) ?? tokenAt(text, group, shift, true);
    if (found === undefined) continue;
    if (group >= run.until) run = runAround(text, group, found.end);
    const place = found.end <= run.end ? { start: run.start, end: run.end } : { start: found.start, end: found.end };
    yield { ...found, ...place };
  }
}

/** The token that begins in that group of four characters, with the place of its encoding. */
function tokenAt(text: string, group: number, shift: number, isWrapped: boolean): WrittenToken | undefined {
  const from = contextStart(text, group);
  const { value: decoded, places } = decode(text, from, WINDOW, isWrapped);
  const at = ((group - from) / 4) * 3 + shift;
  for (const { start, end, kind, value } of writtenTokens(decoded)) {
    if (start > at || end <= at) continue;
    return { start: group, end: (places[Math.floor((end * 8 - 1) / 6)] ?? group) + 1, kind, isReplaceable: false, value };
  }
  return undefined;
}

/** The beginning of up to three groups right before, as far as they are base64. */
function contextStart(text: string, group: number): number {
  let start = group;
  while (start >= 4 && group - start < 4 * GROUPS_BEFORE && [1, 2, 3, 4].every((back) => digit(text.charCodeAt(start - back)) !== -1)) start -= 4;
  return start;
}

interface Decoding {
  /** One character for each byte. */
  readonly value: string;
  /** Where the base64 characters stand. */
  readonly places: readonly number[];
}

/** Decodes up to so many characters, on request over line breaks. */
function decode(text: string, from: number, most: number, isWrapped: boolean): Decoding {
  const places: number[] = [];
  let value = '';
  let bits = 0;
  for (let at = from; places.length < most; at++) {
    let six = digit(text.charCodeAt(at));
    if (six === -1) {
      if (!isWrapped) break;
      LINE_BREAK.lastIndex = at;
      const [wrap] = LINE_BREAK.exec(text) ?? [];
      if (wrap === undefined) break;
      at += wrap.length;
      six = digit(text.charCodeAt(at));
      if (six === -1) break;
    }
    places.push(at);
    bits = ((bits << 6) | six) & 0xffff;
    // Each character but the first of a group of four completes a byte.
    const left = (places.length * 6) % 8;
    if (places.length % 4 !== 1) value += String.fromCharCode((bits >> left) & 0xff);
  }
  return { value, places };
}

/** The six bits of a base64 character of either alphabet; -1 for any other, and past the end of the text. */
function digit(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43 || code === 45) return 62;
  return code === 47 || code === 95 ? 63 : -1;
}

interface Run {
  readonly start: number;
  readonly end: number;
  /** How far the text is known to belong to it. */
  readonly until: number;
}

function runAround(text: string, from: number, to: number): Run {
  let start = from;
  let end = to;
  while (start > 0 && from - start <= LONGEST_RUN && digit(text.charCodeAt(start - 1)) !== -1) start--;
  while (end - to <= LONGEST_RUN && digit(text.charCodeAt(end)) !== -1) end++;
  if (end - start > LONGEST_RUN) return { start: from, end: to, until: end };
  for (let padding = 0; padding < 2 && text.charAt(end) === '='; padding++) end++;
  return { start, end, until: end };
}
