import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';

/** Stigg's hosted MCP server. Source: Stigg's MCP page. */
export const DEFAULT_MCP_ENDPOINT = 'https://mcp.stigg.io';

const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/**
 * Reads the setting that says where Stigg's MCP server is. The key goes to this address with every request, so that only https counts, or http
 * on this very machine. Rejects with `badMcpEndpoint`; the message never quotes the address, which may hold a password.
 */
export function parseMcpEndpoint(value: unknown): URL {
  const step = t('Set “stiggKeys.mcp.endpoint” to {0}, or remove the setting.', DEFAULT_MCP_ENDPOINT);
  const bad = (reason: string): ExpectedError => new ExpectedError('badMcpEndpoint', reason, step);
  let url: URL;
  try {
    url = new URL(typeof value === 'string' ? value.trim() : '');
  } catch {
    throw bad(t('The address of Stigg\'s MCP server is not a web address.'));
  }
  if (url.username !== '' || url.password !== '') throw bad(t('The address of Stigg\'s MCP server must not contain a user name or password.'));
  if (url.search !== '' || url.hash !== '') throw bad(t('The address of Stigg\'s MCP server must not contain a query or a fragment.'));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    throw bad(t('The address of Stigg\'s MCP server must start with https:// (http:// is for this machine only).'));
  }
  return url;
}
