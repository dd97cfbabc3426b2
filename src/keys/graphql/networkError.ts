/** Connections that never came about, so that nothing was sent: by Node's code, or by Chromium's where VS Code fetches through Electron. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_CONNECTION_REFUSED',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_ADDRESS_UNREACHABLE',
  'ERR_INTERNET_DISCONNECTED',
  'ERR_PROXY_CONNECTION_FAILED',
  'ERR_TUNNEL_CONNECTION_FAILED',
]);

/**
 * The system code inside an error of fetch, e.g. `ECONNREFUSED`, or null. Only a code in capitals leaves this function:
 * the texts around it may quote headers.
 */
export function networkReason(error: unknown): string | null {
  for (let current = error, depth = 0; typeof current === 'object' && current !== null && depth < 5; depth++) {
    const { code, message, cause, errors } = current as { code?: unknown; message?: unknown; cause?: unknown; errors?: unknown };
    // A proxy that refuses the tunnel: the code alone (UND_ERR_ABORTED) would not tell, and nothing got past it.
    const proxyStatus = typeof message === 'string' ? /^Proxy response \((\d{3})\)/.exec(message)?.[1] : undefined;
    if (proxyStatus !== undefined) return `PROXY_${proxyStatus}`;
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(code)) return code;
    const chromium = typeof message === 'string' ? /\bnet::(ERR_[A-Z_]{3,50})\b/.exec(message)?.[1] : undefined;
    if (chromium !== undefined) return chromium;
    // Node tries all addresses of a name and reports their failures together.
    current = cause ?? (Array.isArray(errors) ? (errors[0] as unknown) : undefined);
  }
  return null;
}

/** True when the request surely never left: the one kind of network failure after which a mutation may be sent again. */
export function wasNeverSent(reason: string | null): boolean {
  return reason !== null && (NEVER_SENT.has(reason) || isProxyError(reason));
}

/** True when the proxy in between is what failed. */
export function isProxyError(reason: string): boolean {
  return /^PROXY_\d{3}$|^ERR_(?:PROXY|TUNNEL)_/.test(reason);
}

/** True for codes with which TLS refuses the other side: trying again does not help, and nothing was sent. */
export function isCertificateError(reason: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/.test(reason);
}

/** The code of the error that a browser's fetch becomes, which is the same for a call that the page is not allowed and one for which there is no connection. */
export const BROWSER_REFUSED = 'BROWSER_REFUSED';
