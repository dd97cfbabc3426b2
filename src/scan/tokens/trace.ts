import { BASE64_BEGINNINGS } from './base64Beginnings.js';

/** The source of a regular expression in which the letters of the word match in either case. */
function anyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

const HEX = '[0-9a-fA-F]';
const KIND = `(?:${anyCase('server')}|${anyCase('client')})`;
/** Every form of a token has one of these in one piece. One expression and no flags, so that one pass does; base64 is not blind to case. */
const TRACES = [
  `${KIND}-${HEX}{8}-`,
  // The dollar signs of a legacy token, escaped or encoded. The letters after the percent signs are 24 encoded again and again.
  `(?:\\$|4|;)2[abyABY](?:\\\\{0,4}\\$|%(?:25){0,3}24|&(?:#|dollar)|\\\\[ux])`,
  ...BASE64_BEGINNINGS,
].join('|');
/** The beginning of a token that an expression puts together: 'server-' + …, `server-${…}`, ['server', …], 'server\x2d…', 'server-…:' + …. */
const SPLIT = `${KIND}(?:\\\\?["'\`]|\\\\[ux]|-[0-9a-fA-F-]{0,36}(?::[0-9a-fA-F-]{0,35})?(?:\\\\?["'\`]|[$#{\\\\]|%s))`;
/** Then the digits stand elsewhere, and enough of them in one piece. */
const DIGITS = /[0-9a-f]{8}-[0-9a-f]{4}|-[0-9a-f]{4}-[0-9a-f]{4}|[0-9a-f]{4}-[0-9a-f]{12}|["'`][0-9a-f]{12}\b/i;

const TOKEN = new RegExp(`${TRACES}|(${SPLIT})`);
const STIGG_OR_TOKEN = new RegExp(`${anyCase('stigg')}|${TRACES}|(${SPLIT})`);
const WHOLE = new RegExp(TRACES);
const BEGINNING = new RegExp(SPLIT);
const LEGACY = /\$2[aby]\\?\$/i;

/** Cheap: may the text hold a token in any form? */
export function mayHoldToken(text: string): boolean {
  return hasTrace(TOKEN, text);
}

/** Cheap, and without anything of the engine: is there anything in the text that a rule could speak about? */
export function mayConcernStigg(text: string): boolean {
  return hasTrace(STIGG_OR_TOKEN, text);
}

/** Cheap: may an expression of the text put a token together? */
export function mayHoldSplitToken(text: string): boolean {
  return (BEGINNING.test(text) || LEGACY.test(text)) && DIGITS.test(text);
}

/** One pass where there is a trace or none at all; a beginning alone has to be looked into. */
function hasTrace(trace: RegExp, text: string): boolean {
  const match = trace.exec(text);
  if (match === null) return false;
  return match[1] === undefined || DIGITS.test(text) || WHOLE.test(text) || (trace === STIGG_OR_TOKEN && /stigg/i.test(text));
}
