import type { KnownKey } from '../context.js';
import type { ScanFile, TokenSite } from '../scanFile.js';
import { isLooseServerKey, isLegacyServerKey } from './use.js';

/** A token that is certain to be a server key. */
export interface ServerKeySite extends TokenSite {
  readonly known: KnownKey | undefined;
}

/**
 * The tokens of the file that are server keys: the current shape by its prefix, a legacy one by its use or because it is stored,
 * `server-UUID` where a key of Stigg is expected. A key that is stored as a publishable one never is.
 */
export function* serverKeys(file: ScanFile): Iterable<ServerKeySite> {
  for (const token of file.tokens) {
    const known = file.context.knownKey(token.fingerprint);
    if (known === undefined ? isServerKey(file, token) : known.keyType !== 'CLIENT') yield { ...token, known };
  }
}

function isServerKey(file: ScanFile, token: TokenSite): boolean {
  switch (token.kind) {
    case 'server':
      return true;
    case 'client':
      return false;
    case 'legacy':
      return isLegacyServerKey(file, token);
    case 'loose':
      return isLooseServerKey(file, token);
  }
}
