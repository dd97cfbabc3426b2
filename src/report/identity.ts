import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ReportedFinding } from './report.js';

const DOMAIN = 'stigg-key-hygiene/finding/v1';

/**
 * What a finding is known by wherever its line moves to, as 32 lower-case hex digits: its rule with the fingerprint of its key, or with its
 * message. Made of what is shown anyway, so that no secret can be guessed from it; the text of the line is not part of it.
 */
export function identityOf({ rule, fingerprint, message }: Pick<ReportedFinding, 'rule' | 'fingerprint' | 'message'>): string {
  const facts = JSON.stringify(fingerprint === undefined ? [DOMAIN, rule, 'message', message] : [DOMAIN, rule, 'key', fingerprint]);
  return bytesToHex(sha256(utf8ToBytes(facts))).slice(0, 32);
}
