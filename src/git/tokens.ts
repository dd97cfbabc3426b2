import { fingerprint } from '../fingerprint.js';
import { UUID_SOURCE } from '../tokenShape.js';

/** The longest form in which a token is written here, in characters: base64 of a legacy key. Parts of a stream overlap by this much. */
export const TOKEN_MAX = 400;

const COLON = '(?::|%3a)';
const CURRENT = new RegExp(`(server|client)-(${UUID_SOURCE})${COLON}(${UUID_SOURCE})`, 'gi');
/** A legacy key's dollars and slashes are escaped in shells, in addresses and in JSON. */
const LEGACY = new RegExp(String.raw`(?:\$|%24)(2[aby])\\{0,2}(?:\$\$?|%24)(\d{2})\\{0,2}(?:\$\$?|%24)((?:[.A-Za-z0-9]|\\?\/|%2f){53})${COLON}(${UUID_SOURCE})`, 'gi');
/** Base64 of "server-" and of a legacy key's beginning, at each of its three alignments: the characters that are always the same. */
const BEGINNINGS = ['server-', '$2a$', '$2b$', '$2y$'].flatMap((text) => [0, 1, 2].map((skip) => {
  const coded = Buffer.from('\0'.repeat(skip) + text, 'latin1').toString('base64').replace(/={0,2}$/, '');
  const whole = Math.floor(((skip + text.length) * 8) / 6);
  const mixed = Math.ceil((skip * 8) / 6);
  return { skip, before: coded.slice(0, mixed), text: coded.slice(mixed, whole) };
}));
const BASE64 = new RegExp(`(${BEGINNINGS.map(({ text }) => text).join('|')})`, 'g');

/**
 * Fingerprints of the tokens that stand in a text, in the forms that files give them: as they are, escaped, in an address, in base64.
 * The text may be bytes as Latin-1: tokens are ASCII.
 */
export function* tokenFingerprints(text: string): Generator<string, void, undefined> {
  yield* plain(text);
  for (const found of text.matchAll(BASE64)) {
    const { skip, before } = BEGINNINGS.find((beginning) => beginning.text === found[0]) ?? { skip: 0, before: '' };
    // Back to the border of its group of four; what else was in that group decodes to bytes that are dropped.
    const coded = before + text.slice(found.index, found.index + TOKEN_MAX);
    yield* plain(Buffer.from(coded.replace(/[^A-Za-z0-9+/_-].*$/s, ''), 'base64').toString('latin1').slice(skip));
  }
}

function* plain(text: string): Generator<string, void, undefined> {
  for (const [, kind = '', random = '', environment = ''] of text.matchAll(CURRENT)) yield fingerprint(`${kind}-${random}:${environment}`);
  for (const [, version = '', cost = '', body = '', environment = ''] of text.matchAll(LEGACY)) {
    yield fingerprint(['', version, cost, body.replaceAll('\\/', '/').replaceAll(/%2f/gi, '/')].join('$') + `:${environment}`);
  }
}

/**
 * Whether a stream of bytes holds a token with one of these fingerprints. UTF-16 text is seen as well. Reads no further than the first one.
 */
export async function holdsToken(chunks: AsyncIterable<Uint8Array>, fingerprints: ReadonlySet<string>): Promise<boolean> {
  let tail = '';
  for await (const chunk of chunks) {
    const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    if (hasOne(text, fingerprints)) return true;
    if (text.includes('\0') && hasOne(text.replaceAll('\0', ''), fingerprints)) return true;
    // Twice as long for UTF-16.
    tail = text.slice(-TOKEN_MAX * 2);
  }
  return false;
}

function hasOne(text: string, fingerprints: ReadonlySet<string>): boolean {
  for (const found of tokenFingerprints(text)) if (fingerprints.has(found)) return true;
  return false;
}
