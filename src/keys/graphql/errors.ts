import * as l10n from '@vscode/l10n';
import type { Secret } from '../../secret.js';
import { errorKind, isPublishableIdentity, type ErrorKind } from '../unverified.js';
import type { Permission } from './documents.js';
import { BROWSER_REFUSED, isCertificateError, isProxyError } from './networkError.js';
import { StiggApiError, type StiggErrorCode, type StiggErrorDetail } from './stiggApiError.js';
import { cleanText } from './text.js';

/** An error answer, reduced to what decides. Texts are clean (see cleanText). */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string | null;
  readonly message: string;
  readonly traceId: string | null;
  readonly currentIdentityType: string | null;
  readonly retryAfterMs: number | null;
}

/** Which kind of failure an error answer is. */
export function kindOf(answer: ErrorAnswer): ErrorKind {
  return errorKind(answer.code, answer.status, answer.message);
}

/** The error a person is told for an answer of Stigg's that refuses a request. */
export function refusal(answer: ErrorAnswer, permission: Permission, auth: Secret): StiggApiError {
  const detail: StiggErrorDetail = { stiggCode: answer.code, traceId: answer.traceId, status: answer.status, retryAfterMs: answer.retryAfterMs };
  const make = (code: StiggErrorCode, message: string, nextStep: string): StiggApiError => new StiggApiError(code, message, nextStep, detail);
  switch (kindOf(answer)) {
    case 'unauthenticated':
      return make(
        'unauthenticated',
        l10n.t('Stigg does not accept this key: it is wrong, expired or revoked (401).'),
        l10n.t('Copy the current key from Integrations > API keys in the Stigg console and add the environment again.'),
      );
    case 'identityForbidden':
      return isPublishableIdentity(answer.currentIdentityType) || auth.shape.kind === 'client'
        ? make('forbidden', publishable(), publishableStep())
        : make('forbidden', l10n.t('This kind of key cannot do that.'), l10n.t('Use the full access key of the environment, or do it in the Stigg console.'));
    case 'ssoRequired':
      return make('forbidden', l10n.t('This Stigg account demands single sign-on for that.'), l10n.t('Do it in the Stigg console, signed in through your identity provider.'));
    case 'forbidden':
      return auth.shape.kind === 'client'
        ? make('forbidden', publishable(), publishableStep())
        : make('forbidden', l10n.t('This key may not do that (403).'), permissionStep(permission));
    case 'planLimit':
      return make('planLimit', withReason(l10n.t('The plan of this Stigg account does not include that.'), answer.message), l10n.t('Scoped keys need the Scale plan: ask the account owner, or use the full access key.'));
    case 'keyNotFound':
      return make('notFound', l10n.t('Stigg does not know this key (any more).'), l10n.t('Refresh the list of keys.'));
    case 'environmentNotFound':
      return make('notFound', l10n.t('Stigg does not know this environment (any more).'), l10n.t('Remove the environment and add it again with a current key.'));
    case 'keyExpired':
      return make('conflict', l10n.t('This key has expired already.'), l10n.t('Refresh the list of keys and use the current one.'));
    case 'keyHasExpiry':
      return make('conflict', l10n.t('This key is already on its way out: it was rotated before.'), l10n.t('Change its grace period instead, or rotate the key that replaced it.'));
    case 'conflict':
      return make('conflict', withReason(l10n.t('Stigg refused the change because it contradicts the present state.'), answer.message), l10n.t('Refresh the list of keys and try again.'));
    case 'rateLimited':
      return make('rateLimited', l10n.t('Stigg received too many requests (429).'), waitStep(answer.retryAfterMs));
    case 'serverError':
      return make('serverError', l10n.t('Stigg failed to answer (status {0}).', answer.status), l10n.t('Try again in a minute; status.stigg.io tells about incidents.'));
    case 'badRequest':
      return make('badRequest', withReason(l10n.t('Stigg did not accept the request (status {0}).', answer.status), answer.message), l10n.t('Check the values you entered; if they are right, update this extension.'));
  }
}

function publishable(): string {
  return l10n.t('This is a publishable key: it can only read, and cannot manage keys.');
}

function publishableStep(): string {
  return l10n.t('Use the full access key (it starts with "server-"), or a scoped key that may read and write API keys.');
}

function withReason(sentence: string, reason: string): string {
  return reason === '' ? sentence : l10n.t('{0} Stigg says: “{1}”', sentence, reason);
}

function permissionStep(permission: Permission): string {
  switch (permission) {
    case 'apiKeysRead':
      return l10n.t('Use the full access key, or let an account owner give this scoped key read access to API keys and environments.');
    case 'apiKeysWrite':
      return l10n.t('Use the full access key, or let an account owner give this scoped key read and write access to API keys.');
    case 'environmentWrite':
      return l10n.t('Use the full access key of the environment, or let an account owner give this scoped key write access to environments.');
    case 'environmentRead':
      return l10n.t('Use the full access key, or let an account owner give this scoped key read access to environments.');
    case 'none':
      return l10n.t('Use the full access key of the environment.');
  }
}

function waitStep(retryAfterMs: number | null): string {
  if (retryAfterMs === null || retryAfterMs <= 0) return l10n.t('Wait a minute, then try again.');
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return seconds < 120 ? l10n.t('Try again in {0} seconds.', seconds) : l10n.t('Try again in {0} minutes.', Math.ceil(seconds / 60));
}

/** A mutation whose answer never came or could not be read. */
export function outcomeUnknown(why: string, detail: StiggErrorDetail = {}): StiggApiError {
  return new StiggApiError('outcomeUnknown', l10n.t('It is not known whether Stigg made the change: {0}', why), l10n.t('Refresh the list of keys to see what happened before you try again.'), detail);
}

/** Something answered, but not the way Stigg does. `host` is who was asked. */
export function notStigg(host: string, what: string, detail: StiggErrorDetail = {}): StiggApiError {
  return new StiggApiError(
    'notStigg',
    l10n.t('The answer from {0} is not Stigg’s: {1}', host, what),
    l10n.t('Check the setting “stiggKeys.api.endpoint”, and whether a proxy, a firewall or a sign-in page answers in between.'),
    detail,
  );
}

/** A redirect, which is never followed: it would hand the key to another host. */
export function redirected(host: string, status: number, location: string | null): StiggApiError {
  const target = location === null ? null : targetHost(location, host);
  const what = target === null ? l10n.t('it redirects elsewhere (status {0}).', status) : l10n.t('it redirects to {0} (status {1}).', target, status);
  return notStigg(host, `${what} ${l10n.t('The key was not sent there.')}`, { status });
}

function targetHost(location: string, host: string): string | null {
  try {
    return cleanText(new URL(location, `https://${host}/`).host, 100) || null;
  } catch {
    return null;
  }
}

/** No answer at all. `reason` is a system error code such as ECONNREFUSED, or null. */
export function unreachable(host: string, reason: string | null): StiggApiError {
  if (reason !== null && isCertificateError(reason)) {
    return new StiggApiError(
      'unreachable',
      l10n.t('The certificate of {0} is not trusted ({1}).', host, reason),
      l10n.t('If your company inspects traffic, install its certificate authority in the operating system (command line: NODE_EXTRA_CA_CERTS) and restart.'),
    );
  }
  if (reason !== null && isProxyError(reason)) {
    return new StiggApiError(
      'unreachable',
      l10n.t('The proxy did not let the connection to {0} through ({1}).', host, reason),
      l10n.t('Check the proxy settings (“http.proxy”; command line: HTTPS_PROXY) and whether the proxy wants a user name and password.'),
    );
  }
  if (reason === BROWSER_REFUSED) {
    return new StiggApiError(
      'unreachable',
      l10n.t('The browser did not let the call to {0} through: either there is no connection, or {0} does not allow calls from VS Code in a browser (CORS).', host),
      l10n.t('Check the network connection. If that is fine, use VS Code on the desktop, where this limit does not exist.'),
    );
  }
  return new StiggApiError(
    'unreachable',
    reason === null ? l10n.t('{0} cannot be reached.', host) : l10n.t('{0} cannot be reached ({1}).', host, reason),
    l10n.t('Check the network connection and the proxy settings, then try again.'),
  );
}

/** No answer in time. */
export function timedOut(host: string, ms: number): StiggApiError {
  return new StiggApiError('unreachable', l10n.t('{0} did not answer within {1} seconds.', host, Math.max(1, Math.round(ms / 1_000))), l10n.t('Check the network connection and the proxy settings, then try again.'));
}
