import { UUID_SOURCE } from '../../tokenShape.js';
import { isPlaceholderBody, isPlaceholderUuid } from './placeholder.js';

/** A token with its value. Never leaves the scanner: `findTokens` gives mask and fingerprint instead. */
export interface WrittenToken {
  readonly start: number;
  readonly end: number;
  readonly kind: 'server' | 'client' | 'legacy' | 'loose';
  readonly isReplaceable: boolean;
  readonly value: string;
}

// URLs inside of URLs are encoded again: %3A, %253A, %25253A.
const PERCENT = '%(?:25){0,3}';
const COLON = `(?::|${PERCENT}3a|&#58;|&#x3a;|&colon;|\\\\u003a|\\\\x3a)`;
// Escaped for dotenv files, shells and template literals, doubled for compose files, encoded for URLs and HTML.
const DOLLAR = `(?:\\\\{0,4}\\\${1,2}|${PERCENT}24|&#36;|&#x24;|&dollar;|\\\\u0024|\\\\x24)`;
const SLASH = `(?:\\\\?/|${PERCENT}2f|\\\\u002f|\\\\x2f)`;
/** What makes the token part of something longer. */
const AFTER = '(?!\\w|-\\w)';

const CURRENT = new RegExp(`(server|client)-(${UUID_SOURCE})${COLON}(${UUID_SOURCE})${AFTER}`, 'gi');
const LEGACY = new RegExp(`${DOLLAR}(2[aby])${DOLLAR}(\\d{2})${DOLLAR}((?:[.A-Za-z0-9]|${SLASH}){53})${COLON}(${UUID_SOURCE})${AFTER}`, 'gi');
// A colon or dots after it begin a tail that is masked, made up, or the full token.
const LOOSE = new RegExp(`server-(${UUID_SOURCE})${AFTER}(?!${COLON}[^\\s"'\`]|\\.\\.|…|\\*)`, 'gi');

/** A letter or a digit that ends an escape, not a word. */
const ESCAPE_BEFORE = /(?:\\[nrtbfv0]|%(?:25){0,3}[0-9a-f]{2}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2})$/i;
/** A shell's value for a variable that has none: `${NAME-…}`. Its hyphen joins no words. */
const DEFAULT_BEFORE = /\$\{\w{1,100}-$/;
/** So far back these two look. */
const FARTHEST_BACK = 110;

/** The full tokens that stand in the text character by character, in no particular order; made-up ones are none. */
export function* writtenTokens(text: string): Iterable<WrittenToken> {
  for (const match of text.matchAll(CURRENT)) {
    const [written, kind = '', secret = '', environment = ''] = match;
    if (!startsWord(text, match.index) || secret === environment || isPlaceholderUuid(secret) || isPlaceholderUuid(environment)) continue;
    yield token(match.index, written, kind.toLowerCase() === 'server' ? 'server' : 'client', `${kind}-${secret}:${environment}`);
  }
  for (const match of text.matchAll(LEGACY)) {
    const [written, version = '', cost = '', rawBody = '', environment = ''] = match;
    const body = rawBody.replace(SLASHES, '/');
    if (isPlaceholderBody(body) || isPlaceholderUuid(environment)) continue;
    yield token(match.index, written, 'legacy', `$${version}$${cost}$${body}:${environment}`);
  }
}

const SLASHES = new RegExp(SLASH, 'gi');

/** Every `server-UUID` without a tail: an ordinary id, unless its use says that it is a key of Stigg. */
export function* looseTokens(text: string): Iterable<WrittenToken> {
  for (const match of text.matchAll(LOOSE)) {
    const [written, secret = ''] = match;
    if (startsWord(text, match.index) && !isPlaceholderUuid(secret)) yield token(match.index, written, 'loose', written);
  }
}

function token(start: number, written: string, kind: WrittenToken['kind'], value: string): WrittenToken {
  // A URL inside of a URL is decoded twice, which what takes the token's place would not survive.
  return { start, end: start + written.length, kind, isReplaceable: !written.includes('%25'), value };
}

/** False when the place continues a word, such as `my-server-…`. Hyphens join words and what is substituted; with neither before them they join nothing: `${NAME:-…}`, `-…`. */
function startsWord(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - FARTHEST_BACK), at);
  const word = before.replace(HYPHENS, '');
  return !(word === before ? /\w$/ : /[\w}]$/).test(word) || ESCAPE_BEFORE.test(word) || DEFAULT_BEFORE.test(before);
}

const HYPHENS = /(?<!-)-{1,100}$/;
