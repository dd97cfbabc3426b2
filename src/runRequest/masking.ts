import type { Secret } from '../secret.js';
import { maskToken, UUID_SOURCE } from '../tokenShape.js';
import { withoutTokens } from '../withoutTokens.js';

/** Names of fields and headers whose values are secrets, whatever they look like. */
const SECRET_NAME = /(?:token|secret|password|passwd|credential|private_?key|api_?key|signature|authorization|cookie)s?$/i;
/** Parts of such names that mean something else: a cursor, a count, an id. */
const HARMLESS_NAME = /(?:page|next|prev|previous|cursor|continuation)_?token$/i;
/** Halves of keys, and keys as they stand in an address. */
const ENCODED = new RegExp(`(?:server|client)-${UUID_SOURCE}(?:(?::|%(?:25){0,2}3a)${UUID_SOURCE})?`, 'gi');
const ENCODED_LEGACY = new RegExp(String.raw`(?:\$|%24)2[aby](?:\$|%24)\d{2}(?:\$|%24)(?:[./A-Za-z0-9]|%2f){53}(?:(?::|%3a)${UUID_SOURCE})?`, 'gi');
/** What may be a signed token: three parts with dots in between. */
const DOTTED = /[\w.-]+/g;

/** Takes secrets out of what a server answered: keys by their shape, the key that was sent in whatever shape, and what is named a secret. */
export class Masking {
  readonly #own: readonly string[];
  readonly #mask: string;

  constructor(key: Secret) {
    const value = key.reveal();
    this.#own = [...new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])].filter((form) => form.length >= 8);
    this.#mask = key.mask;
  }

  text(text: string): string {
    const without = this.#own.reduce((rest, form) => rest.split(form).join(this.#mask), text);
    return withoutTokens(without).replace(ENCODED, (token) => maskToken(token.split(/[:%]/, 1)[0] ?? '')).replace(ENCODED_LEGACY, (token) => maskToken(decoded(token))).replace(DOTTED, (word) => (word.startsWith('eyJ') && word.split('.').length === 3 && word.length > 30 ? `${word.slice(0, 6)}…` : word));
  }

  /** The value of a field or header of that name. */
  named(name: string, value: string): string {
    return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) && value !== '' ? maskToken(value) : this.text(value);
  }
}

function decoded(text: string): string {
  return text.replaceAll(/%24/g, '$').replaceAll(/%2f/gi, '/').split(/:|%3a/i, 1)[0] ?? '';
}
