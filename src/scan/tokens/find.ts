import { Secret } from '../../secret.js';
import type { Language, ParsedSource, Span } from '../languages/language.js';
import { contains } from '../languages/span.js';
import { base64Tokens } from './base64.js';
import { splitTokens } from './split.js';
import { mayHoldSplitToken } from './trace.js';
import { looseTokens, writtenTokens, type WrittenToken } from './written.js';

/** A token in a text. The value itself is not kept: mask and fingerprint stand for it. */
export interface TokenSpan extends Span {
  /**
   * `client` keys are publishable: no secret. `legacy` tokens do not tell server keys from publishable ones. `loose` is `server-UUID`, mostly an
   * ordinary id. `serverKeys` says which of them are server keys.
   */
  readonly kind: 'server' | 'client' | 'legacy' | 'loose';
  /** False where something else cannot simply stand in its place: the span holds the token in base64, or more than the token. */
  readonly isReplaceable: boolean;
  readonly mask: string;
  readonly fingerprint: string;
}

/** All full tokens that stand in the text, in order, publishable ones too; masks and made-up values are none. */
export function findTokens(text: string): TokenSpan[] {
  return located(text).map(withoutValue);
}

/** What `tokensOf` asks of a part of a document. */
export interface TokenSource extends ParsedSource {
  readonly language: Language;
  /** False for places that belong to another part. */
  isOwn(place: Span): boolean;
  /** Whether the document has to do with Stigg by its own words. Asked only when it makes a difference. */
  mentionsStigg(): boolean;
}

/**
 * A file with more tokens than this is a dump or generated. Fixes want to know what holds each, which costs up to a tenth of a
 * millisecond, and a list of warnings helps nobody long before.
 */
const MOST_TOKENS = 5_000;

/** The tokens of one part of a document in every form, in order. Those that expressions put together come without what is written out elsewhere. */
export function tokensOf(source: TokenSource): TokenSpan[] {
  return valuesOf(source).map(withoutValue);
}

/** The places in the part of the token with that fingerprint, with its value: the one way from a span, which has none to give away, to the value. */
export function revealTokens(source: TokenSource, fingerprint: string): { readonly start: number; readonly secret: Secret }[] {
  return valuesOf(source)
    .map(({ start, value }) => ({ start, secret: new Secret(value) }))
    .filter(({ secret }) => secret.fingerprint === fingerprint);
}

/** The tokens of the part that have one of these fingerprints, in order. */
export function fingerprintsIn(source: TokenSource, fingerprints: ReadonlySet<string>): TokenSpan[] {
  return tokensOf(source).filter(({ fingerprint }) => fingerprints.has(fingerprint));
}

function valuesOf(source: TokenSource): WrittenToken[] {
  const whole = located(source.text);
  const split = mayHoldSplitToken(source.text) ? Array.from(splitTokens(source.text, source.language.constantTexts(source))) : [];
  // A constant that is written out elsewhere is reported there, not wherever it goes.
  const values = new Set(whole.map(({ value }) => value));
  const certain = first([...whole, ...split.filter(({ value }) => !values.has(value))].filter((token) => source.isOwn(token)), MOST_TOKENS);
  // A list of ids leaves room for the keys among them.
  const loose = first(looseIn(source, split).filter((token) => source.isOwn(token)), MOST_TOKENS - certain.length);
  return first([...certain, ...loose], MOST_TOKENS);
}

/** So many of them that stand first, in order. */
function first(tokens: readonly WrittenToken[], most: number): WrittenToken[] {
  return [...tokens].sort((a, b) => a.start - b.start || a.end - b.end).slice(0, most);
}

/** The ids that may be keys, but for the first halves of tokens that are put together. */
function looseIn(source: TokenSource, split: readonly WrittenToken[]): WrittenToken[] {
  const loose = Array.from(looseTokens(source.text));
  if (loose.length === 0 || !source.mentionsStigg()) return [];
  return loose.filter((id) => !split.some((token) => contains(token, id)));
}

function located(text: string): WrittenToken[] {
  return [...writtenTokens(text), ...base64Tokens(text)].sort((a, b) => a.start - b.start);
}

function withoutValue({ start, end, kind, isReplaceable, value }: WrittenToken): TokenSpan {
  const { mask, fingerprint } = new Secret(value);
  return { start, end, kind, isReplaceable, mask, fingerprint };
}
