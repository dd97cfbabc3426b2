import * as l10n from '@vscode/l10n';
import { StiggApiError } from './stiggApiError.js';

/** Stigg's own endpoint. Source: Stigg's documentation and every official client. */
export const DEFAULT_ENDPOINT = 'https://api.stigg.io';

/**
 * Reads the endpoint setting. The key goes to this address with every call, so that only https counts, or http on this very machine.
 *
 * @param text such as `https://api.stigg.io`; a trailing slash and a trailing `/graphql` are fine
 * @returns the base address, without either
 * @throws ExpectedError `badEndpoint`
 */
export function parseEndpoint(text: string): URL {
  const step = l10n.t('Set “stiggKeys.api.endpoint” to {0}, or remove the setting.', DEFAULT_ENDPOINT);
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw new StiggApiError('badEndpoint', l10n.t('The Stigg endpoint is not a web address.'), step);
  }
  // Before anything is quoted: a password in the address must not reach a message.
  if (url.username !== '' || url.password !== '') {
    throw new StiggApiError('badEndpoint', l10n.t('The Stigg endpoint must not contain a user name or password.'), step);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new StiggApiError('badEndpoint', l10n.t('The Stigg endpoint must not contain a query or a fragment.'), step);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new StiggApiError('badEndpoint', l10n.t('The Stigg endpoint must start with https:// (http:// is for this machine only).'), step);
  }
  url.pathname = url.pathname.replace(/(?<!\/)\/+$/, '').replace(/\/graphql$/, '');
  return url;
}

/** True for names that never leave the machine. `*.localhost` is not among them: resolvers differ. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Where GraphQL requests go. */
export function graphqlUrl(endpoint: URL): URL {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/(?<!\/)\/+$/, '')}/graphql`;
  return url;
}
