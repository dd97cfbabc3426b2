import type { KnownKey } from '../context.js';
import type { ScanFile, TokenSite } from '../scanFile.js';

/** A token that is certain to be a server key. */
export interface ServerKeySite extends TokenSite {
  readonly known: KnownKey | undefined;
}

const SERVER_NAME = /server|full_?-?access|secret|backend/i;
const CLIENT_NAME = /client|publishable|public|browser|frontend/i;
const STIGG = /stigg/i;

/** The tokens of the file that are server keys: the current shape by its prefix, the legacy one by its use or because it is stored. */
export function* serverKeys(file: ScanFile): Iterable<ServerKeySite> {
  for (const token of file.tokens) {
    const known = file.context.knownKey(token.fingerprint);
    if (token.kind === 'server' || (known === undefined ? usedAsServerKey(file, token) : known.keyType !== 'CLIENT')) yield { ...token, known };
  }
}

/** A legacy token has no mark of its kind; its use may say it. */
function usedAsServerKey(file: ScanFile, token: TokenSite): boolean {
  const { names, stiggInit } = token.holder.use;
  if (stiggInit !== undefined) return stiggInit === 'backend';
  if (names.some((name) => CLIENT_NAME.test(name))) return false;
  if (names.some((name) => SERVER_NAME.test(name)) && STIGG.test(`${names.join(' ')} ${file.path} ${file.text}`)) return true;
  // Browsers send the publishable key in the same header.
  return names.some((name) => /^x-api-key$/i.test(name)) && STIGG.test(file.text) && file.sideAt(token).side !== 'browser';
}

/** "Production / billing-service (scoped)" for a stored key. */
export function describeKnown(known: KnownKey): string {
  const kinds = { SERVER: 'full access', SCOPED: 'scoped', CLIENT: 'publishable', SALESFORCE: 'Salesforce', WORKFLOW: 'workflow' } as const;
  return `${known.environmentName} / ${known.displayName} (${kinds[known.keyType]})`;
}

/** Env files are the right place for a key; only their own rules speak there. */
export function isEnvFile(path: string): boolean {
  return /(?:^|\/)(?:\.env(?:\.[^/]*)?|[^/]+\.env)$/i.test(path);
}
