import * as l10n from '@vscode/l10n';
import type { KnownKey } from '../context.js';
import type { Fix } from '../finding.js';
import type { Lookup } from '../languages/language.js';
import type { ScanFile, TokenSite } from '../scanFile.js';

/** A token of the file that is a stored key, or an earlier value of one. */
export interface KnownKeySite extends TokenSite {
  readonly known: KnownKey;
}

/** The tokens of the file that are stored keys, of every kind. */
export function* knownKeys(file: ScanFile): Iterable<KnownKeySite> {
  for (const token of file.tokens) {
    const known = file.context.knownKey(token.fingerprint);
    if (known !== undefined) yield { ...token, known };
  }
}

/** Reading the value from the environment instead: the next value is then given from outside. Unsafe: until it is, there is none. */
export function readInstead(file: ScanFile, key: KnownKeySite): Fix[] {
  const lookup = lookupFor(file, key);
  const edits = lookup === undefined || key.holder.kind !== 'code' ? undefined : key.holder.replaceBy(lookup.expression);
  if (lookup === undefined || edits === undefined) return [];
  return [{ title: l10n.t('Read {0} instead', lookup.expression), safety: 'unsafe', edits, preferred: true }];
}

function lookupFor(file: ScanFile, key: KnownKeySite): Lookup | undefined {
  const isBrowser = file.sideAt(key).side === 'browser';
  if (key.known.keyType === 'CLIENT') {
    return isBrowser ? file.language.publishableLookup(file, file.context.dependencies(file.path)) : file.language.serverLookup('STIGG_CLIENT_API_KEY', file);
  }
  // No server key belongs there, whatever its age.
  return isBrowser ? undefined : file.language.serverLookup('STIGG_SERVER_API_KEY', file);
}
