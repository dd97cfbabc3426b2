import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

// Separates our digests from any other use of SHA-256 over the same token.
const DOMAIN = 'stigg-key-hygiene/fingerprint/v1\0';

/**
 * Identifies a token without holding it: the first 128 bits of a domain-separated SHA-256, as 32 lower-case hex digits.
 * Meaningful for full tokens only (122 bits and more of randomness); a digest of a guessable text would give it away.
 * Pure JavaScript and synchronous, so that scanning works in a browser too.
 */
export function fingerprint(token: string): string {
  return bytesToHex(sha256(utf8ToBytes(DOMAIN + token))).slice(0, 32);
}
