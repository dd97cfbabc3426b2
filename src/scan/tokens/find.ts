import { fingerprint } from '../../fingerprint.js';
import { maskToken } from '../../tokenShape.js';
import { isPlaceholderUuid } from './placeholder.js';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
// A word character before the token makes it part of something else, but for the letter of an escape such as \n.
const BEFORE = '(?:(?<![\\w-])|(?<=\\\\[nrt]))';
const CURRENT = new RegExp(`${BEFORE}server-(${UUID}):(${UUID})(?!\\w|-\\w)`, 'gi');
// `$` may be escaped (dotenv, shells, template literals).
const LEGACY = new RegExp(`\\\\?\\$2[aby]\\\\?\\$\\d{2}\\\\?\\$[./A-Za-z0-9]{53}:(${UUID})(?!\\w|-\\w)`, 'gi');

/** A full token shape in a text. The value itself is not kept: mask and fingerprint stand for it. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
  /** Legacy tokens do not tell server keys from publishable ones. */
  readonly kind: 'server' | 'legacy';
  readonly mask: string;
  readonly fingerprint: string;
}

/** Cheap: may the text hold a token at all? */
export function mayHoldToken(text: string): boolean {
  return /server-[0-9a-f]{8}-|\$2[aby]\\?\$\d/i.test(text);
}

/** All server and legacy tokens of the text, in order; publishable keys, masks and made-up values are none. */
export function findTokens(text: string): TokenSpan[] {
  const found: TokenSpan[] = [];
  for (const match of text.matchAll(CURRENT)) {
    const [value, secret = '', environment = ''] = match;
    if (isPlaceholderUuid(secret) || isPlaceholderUuid(environment)) continue;
    found.push(span('server', match.index, value, value));
  }
  for (const match of text.matchAll(LEGACY)) {
    const [value, environment = ''] = match;
    if (isPlaceholderUuid(environment)) continue;
    found.push(span('legacy', match.index, value, value.replaceAll('\\', '')));
  }
  return found.sort((a, b) => a.start - b.start);
}

function span(kind: TokenSpan['kind'], start: number, text: string, value: string): TokenSpan {
  return { kind, start, end: start + text.length, mask: maskToken(value), fingerprint: fingerprint(value) };
}
