import type { ScanFile, TokenSite } from '../scanFile.js';
import { readVariableName } from '../variables.js';
import { isSentElsewhere, isSentToStigg } from './host.js';

const SERVER_NAME = /server|full_?-?access|secret|backend/i;
const CLIENT_NAME = /client|publishable|public|browser|frontend/i;
const KEY_HEADER = /^x-api-key$/i;

/**
 * A legacy token has no mark of its kind; its use may say that it is a server key. STIGG_API_KEY does not: the name is that of
 * every key in the SDKs, whatever it opens.
 */
export function isLegacyServerKey(file: ScanFile, token: TokenSite): boolean {
  const { names, stiggInit, sentAt = [token] } = token.holder.use;
  if (stiggInit !== undefined) return stiggInit === 'backend';
  for (const name of names) {
    if (CLIENT_NAME.test(name)) return false;
    if (SERVER_NAME.test(name)) return file.mentionsStigg() || names.some((other) => /stigg/i.test(other));
  }
  // Browsers send the publishable key in the same header.
  return names.some((name) => KEY_HEADER.test(name)) && file.mentionsStigg() && isOffBrowser(file, token) && !sentAt.every((place) => isSentElsewhere(file, place));
}

/** `server-UUID` is an id like any other, but for where a key of Stigg is expected. */
export function isLooseServerKey(file: ScanFile, token: TokenSite): boolean {
  const { names, stiggInit, sentAt } = token.holder.use;
  if (stiggInit !== undefined) return true;
  if (sentAt !== undefined) return sentAt.some((place) => isSentToStigg(file, place)) || namesStiggKey(names);
  return names.some((name) => KEY_HEADER.test(name)) ? isSentToStigg(file, token) : namesStiggKey(names);
}

/** A name, or the path of the innermost names (`stigg.serverApiKey`), that means a key of Stigg for servers. */
function namesStiggKey(names: readonly string[]): boolean {
  const inner = names.slice(0, 3);
  for (const name of [...inner, inner.toReversed().join('_')]) {
    const reading = readVariableName(name);
    if (reading === undefined) continue;
    if (reading.kind !== 'server' && reading.kind !== 'unspecific') return false;
    if (reading.namesStigg) return true;
  }
  return false;
}

function isOffBrowser(file: ScanFile, token: TokenSite): boolean {
  return file.sideAt(token).side !== 'browser';
}
