import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Identifies the name of the key that the record `id` is about; the names themselves stay out of files. 32 hex digits. */
export function nameDigest(id: string, name: string): string {
  return bytesToHex(sha256(utf8ToBytes(`stigg-key-hygiene/name/v1\0${id}\0${name}`))).slice(0, 32);
}
