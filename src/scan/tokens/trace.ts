import { INNER_KEYS, mayBePayload } from '../stigg/payload/trigger.js';
import { BASE64_BEGINNINGS } from './base64Beginnings.js';

// Two native searches, one for each way of looking at case, take 25 ms for five megabytes of code and are over at the first trace.
const KIND = '(?:server|client)';
/** Every form of a token of today's shape has this in one piece, or is in base64, or put together. */
export const CURRENT_TRACE = `${KIND}-[0-9a-f]{8}-`;
/** The first dollar signs of a legacy token, escaped or encoded: of an encoded one the end is enough. */
export const LEGACY_TRACE = '(?:\\$|4|;)2[aby](?:\\\\{0,4}\\$|%(?:25){0,3}24|&(?:#|dollar)|\\\\[ux])';
/** The kind of a token that an expression puts together may be all of a text: ['server', …]. */
const QUOTED = '\\\\?["\'`]';
/** Or it is followed by a part of the rest: 'server-' + …, `server-${…}`, 'server\x2d…', 'server-…:' + …. */
const REST = `(?:\\\\[ux]|-[0-9a-f-]{0,36}(?::[0-9a-f-]{0,35})?(?:\\\\?["'\`]|[$#{\\\\]|%s))`;
/** What begins with the kind of a key: a token, or the beginning of one that is put together. A little more than that. */
const KIND_TRACE = `${CURRENT_TRACE}|${KIND}(?:${QUOTED}|${REST})`;
/** Not what other words end in, `observer` and `my-server-…`, where a single letter may belong to an escape. */
const BEGINS_WORD = `(?:(?<=(?:\\\\u[0-9a-f]{4}|\\\\x[0-9a-f]{2}|%[0-9a-f]{2})${KIND})|(?<![a-z_]{2}${KIND}|\\w-${KIND}))`;
/** Nor `the server's`. */
const JOINED = `\\s{0,9}[-+.,"'\`]`;
export const SPLIT_TRACE = `${KIND}(?:(?<=["'\`]${KIND})${QUOTED}|${BEGINS_WORD}(?:${QUOTED}${JOINED}|${REST}))`;
/** Then the digits stand elsewhere, as those behind a legacy token's hash do, and enough of them in one piece. Begins with what is rare, and looks back: that is sixty times as fast. */
const DIGITS = /-[0-9a-f]{4}(?:-[0-9a-f]{4}|(?<=[0-9a-f]{8}-[0-9a-f]{4}))|-[0-9a-f]{12}(?<=[0-9a-f]{4}-[0-9a-f]{12})|["'`][0-9a-f]{12}/i;

/** Characters. */
const LONGEST_WRITTEN = 256 * 1024;

/** The second is a field that only Stigg's answers have: code to which the client is handed need not name Stigg. */
export const STIGG = /stigg|subscription_?entitlements/i;
const WRITTEN = new RegExp(CURRENT_TRACE, 'i');
const TOKEN = new RegExp(`${CURRENT_TRACE}|(${LEGACY_TRACE}|${SPLIT_TRACE})`, 'i');
const STIGG_OR_TOKEN = new RegExp(`${STIGG.source}|${CURRENT_TRACE}|(${LEGACY_TRACE}|${SPLIT_TRACE})`, 'i');
const BASE64 = new RegExp(BASE64_BEGINNINGS.join('|'));
const BEGINNING = new RegExp(SPLIT_TRACE, 'i');
const LEGACY = new RegExp(LEGACY_TRACE, 'i');

/**
 * What `mayConcernStigg` looks for, and a little more, as ripgrep writes regular expressions. It searches fast only for what begins with one of at
 * most some fifty groups of three characters; hence the inner parts of long names, and no more than the ways of writing that occur: nobody writes
 * the version of a bcrypt string in capitals.
 */
export const RIPGREP_TRACES = [
  '(?i-u:stigg)',
  '[sS]ubscription_?[eE]ntitlements|SUBSCRIPTION_?ENTITLEMENTS',
  `(?i-u:${KIND_TRACE})`,
  '[$4;]2[aby](?:\\\\{0,4}\\$|%(?:25){0,3}24|&(?:#|dollar)|\\\\[uxUX])',
  ...BASE64_BEGINNINGS,
  INNER_KEYS,
].join('|');

/** Cheap: may the text hold a token in any form? */
export function mayHoldToken(text: string): boolean {
  return hasTrace(TOKEN, text) || BASE64.test(text);
}

/** Cheap: may a token be found in the text in any form but base64? */
export function mayHoldPlainToken(text: string): boolean {
  return TOKEN.test(text) && (WRITTEN.test(text) || (LEGACY.test(text) && DIGITS.test(text)) || mayHoldSplitToken(text));
}

/** Cheap: may there be, in a part of a text, anything of what `mayHoldToken` looks for in all of it? */
export function mayHoldPieceOfToken(part: string): boolean {
  return TOKEN.test(part) || DIGITS.test(part) || BASE64.test(part);
}

/** Cheap, and without anything of the engine: is there anything in the text that a rule could speak about? */
export function mayConcernStigg(text: string): boolean {
  return hasTrace(STIGG_OR_TOKEN, text) || BASE64.test(text) || mayBePayload(text);
}

/** The same for texts without expressions, in which nothing puts a token together. */
export function mayConcernStiggAsData(text: string): boolean {
  return STIGG.test(text) || WRITTEN.test(text) || (LEGACY.test(text) && DIGITS.test(text)) || BASE64.test(text) || mayBePayload(text);
}

/** Cheap: may an expression of the text put a token together? Nobody writes that in what is longer: then it is a bundle, whose expressions take seconds. */
export function mayHoldSplitToken(text: string): boolean {
  return text.length <= LONGEST_WRITTEN && mayHoldTokenWithDigits(text);
}

/** The beginning of a token that is put together, or a hash alone, is none without digits. */
function hasTrace(trace: RegExp, text: string): boolean {
  const match = trace.exec(text);
  if (match === null) return false;
  return match[1] === undefined || WRITTEN.test(text) || (trace === STIGG_OR_TOKEN && STIGG.test(text)) || mayHoldTokenWithDigits(text);
}

/** Whether there is what makes more of such a beginning or hash. However long the text is: what characters are is known when it is decoded. */
export function mayHoldTokenWithDigits(text: string): boolean {
  return (BEGINNING.test(text) || LEGACY.test(text)) && DIGITS.test(text);
}
