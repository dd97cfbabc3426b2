import type { ScanFile, TokenSite } from '../scanFile.js';
import { readVariableName } from '../variables.js';

const SERVER_NAME = /server|full_?-?access|secret|backend/i;
const CLIENT_NAME = /client|publishable|public|browser|frontend/i;
/** The variable that all of Stigg's REST SDKs, its command line and its MCP server read their key from. */
const SDK_VARIABLE = /^stigg_api_key$/i;
const KEY_HEADER = /^x-api-key$/i;
const STIGG_HOST = /\b(?:edge\.)?(?:api|mcp)\.stigg\.io\b/i;
const ANY_HOST = /\b(?:https?|wss?):\/\/[a-z\d[]/i;
/** How far a statement reaches around its header, about ten lines. */
const NEARBY = 400;

/** A legacy token has no mark of its kind; its use may say that it is a server key. */
export function isLegacyServerKey(file: ScanFile, token: TokenSite): boolean {
  const { names, stiggInit } = token.holder.use;
  if (stiggInit !== undefined) return stiggInit === 'backend';
  for (const name of names) {
    if (CLIENT_NAME.test(name)) return false;
    if (SDK_VARIABLE.test(name)) return isOffBrowser(file, token);
    if (SERVER_NAME.test(name)) return file.mentionsStigg() || names.some((other) => /stigg/i.test(other));
  }
  // Browsers send the publishable key in the same header.
  return names.some((name) => KEY_HEADER.test(name)) && file.mentionsStigg() && isOffBrowser(file, token);
}

/** `server-UUID` is an id like any other, but for where a key of Stigg is expected. */
export function isLooseServerKey(file: ScanFile, token: TokenSite): boolean {
  const { names, stiggInit } = token.holder.use;
  if (stiggInit !== undefined) return true;
  if (names.some((name) => KEY_HEADER.test(name))) return isSentToStigg(file, token);
  return namesStiggKey(names);
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

/** By the hosts nearby; where the statement names none, as with a base URL in a constant, by those of the document. */
function isSentToStigg(file: ScanFile, { start, end }: TokenSite): boolean {
  const nearby = file.text.slice(Math.max(0, start - NEARBY), end + NEARBY);
  if (STIGG_HOST.test(nearby)) return true;
  return !ANY_HOST.test(nearby) && file.documentMatches(STIGG_HOST);
}

function isOffBrowser(file: ScanFile, token: TokenSite): boolean {
  return file.sideAt(token).side !== 'browser';
}
