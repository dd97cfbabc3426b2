/**
 * Every fact about Stigg's service that is not evidenced, in one place: when the real service disagrees, this file is what changes.
 *
 * "Inferred" below means: follows from names, types or neighbouring documentation, but nobody has seen the service do it.
 * What is evidenced (operation names, input fields, enum values, header, endpoint) stands where it is used.
 */
import { isDefaultKey, isIntegrationKey, type ApiKey, type EnvironmentType, type KeyType } from './model.js';
import { tokenShape } from '../tokenShape.js';

// ------------------------------------------------------------------------------------------------ arguments

/** Inferred from the schema's conventions: `apiKeys` takes one argument of `GetApiKeysInput`, `apiKeyScope` a bare id. */
export const ARGUMENT = { apiKeys: 'input', apiKeyScope: 'id' } as const;

/**
 * Inferred: the default of `apiKeys` leaves expired keys out, and "after the epoch, or never" is how to ask for all of them
 * (`expiresAfter` only considers keys that have an expiry, `includeNeverExpires` adds the others).
 */
export const ALL_KEYS_FILTER = { expiresAfter: '1970-01-01T00:00:00.000Z', includeNeverExpires: true } as const;

/** Keys or environments per page. No maximum is documented for GraphQL; REST allows 100. */
export const PAGE_SIZE = 50;

/** Inferred: an API_KEY_* event carries the key's id as `entityId` (there is no entity type for keys). */
export const KEY_EVENT_TYPES = ['API_KEY_CREATED', 'API_KEY_ROTATED', 'API_KEY_UPDATED', 'API_KEY_REVOKED'] as const;

// ------------------------------------------------------------------------------------------------ environments

/** What tells an environment apart when a key can see more than one. */
export interface EnvironmentClue {
  readonly id: string;
  readonly slug: string;
  readonly displayName: string;
}

/**
 * Inferred, in this order: a key sees its own environment only; a token's tail is its environment's id; `currentEnvironment`
 * (a bare string in the schema) is that environment's id, slug or name.
 *
 * @param current answer of `currentEnvironment`, null while it was not asked
 * @returns the key's own environment, or undefined when the clues do not single one out
 */
export function ownEnvironment<E extends EnvironmentClue>(visible: readonly E[], token: string, current: string | null): E | undefined {
  if (visible.length === 1) return visible[0];
  const shape = tokenShape(token);
  if (shape.kind !== 'unknown') {
    const byTail = visible.find((environment) => environment.id.toLowerCase() === shape.environmentId);
    if (byTail !== undefined) return byTail;
  }
  if (current === null) return undefined;
  const wanted = current.trim().toLowerCase();
  for (const property of ['id', 'slug', 'displayName'] as const) {
    const matches = visible.filter((environment) => environment[property].toLowerCase() === wanted);
    if (matches.length === 1) return matches[0];
  }
  return undefined;
}

/** A type that this version does not know is treated with the care that production gets. */
export const UNKNOWN_ENVIRONMENT_TYPE: EnvironmentType = 'PRODUCTION';

/** A key type that this version does not know is most likely another integration's: shown, and left alone. */
export const UNKNOWN_KEY_TYPE: KeyType = 'WORKFLOW';

/**
 * The page of the console that shows an environment's keys (Integrations > API keys).
 * Evidence: one public link of the form `app.stigg.io/<environment slug>/subscriptions/...`; the page's own path is inferred.
 */
export function consoleUrl(environment: Pick<EnvironmentClue, 'slug'>): string {
  return `https://app.stigg.io/${encodeURIComponent(environment.slug)}/integrations/api-keys`;
}

// ------------------------------------------------------------------------------------------------ life cycle

/** The longest grace period an older revision of Stigg's page allows through the API (one year); today's bound is unknown. */
export const MAX_GRACE_MS = 365 * 24 * 3_600_000;

/**
 * Documented: default keys must be rotated first. Inferred from newer wording: a scoped key may be revoked directly (older
 * wording: only keys that have an expiry). Integration keys go when the integration is disconnected.
 */
export function canRevoke(key: Pick<ApiKey, 'type' | 'expireAt'>, now: Date): boolean {
  if (key.expireAt !== null) return key.expireAt.getTime() > now.getTime();
  return !isDefaultKey(key.type) && !isIntegrationKey(key.type);
}

/** Inferred: a key that is on its way out (`ApiKeyHasExpiry`) or gone, and a key that an integration owns, cannot be rotated. */
export function canRotate(key: Pick<ApiKey, 'type' | 'expireAt'>): boolean {
  return key.expireAt === null && !isIntegrationKey(key.type);
}

/**
 * Inferred: a caller who may not read a token gets a masked one rather than an error. Anything that is too short, or holds
 * something no token has (stars, dots in a row, white space), is not a value worth storing. A legacy token may hold three dots
 * by chance (its alphabet has them: one in five thousand does), so where the shape is right only a long run counts as a mask.
 */
export function isWholeToken(value: string): boolean {
  if (!/^[\x21-\x7e]{24,400}$/.test(value)) return false;
  return tokenShape(value).kind === 'unknown' ? !/\*|\.{3}|x{6}/i.test(value) : !/([.x])\1{7}/i.test(value);
}

// ------------------------------------------------------------------------------------------------ errors

/** What an error means for us, whatever its transport. */
export type ErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'identityForbidden'
  | 'ssoRequired'
  | 'planLimit'
  | 'keyNotFound'
  | 'environmentNotFound'
  | 'keyExpired'
  | 'keyHasExpiry'
  | 'conflict'
  | 'rateLimited'
  | 'serverError'
  | 'badRequest';

/**
 * Meaning by `errors[].extensions.code`, written lower-case without underscores (schema and documentation spell codes differently).
 * The codes are evidenced (the schema's ErrorCode enum, or Apollo's own); most meanings are inferred from the names.
 */
const KIND_BY_CODE: ReadonlyMap<string, ErrorKind> = new Map([
  ['unauthenticated', 'unauthenticated'],
  ['unauthorized', 'unauthenticated'],
  ['accessdeniederror', 'forbidden'],
  ['accessdenied', 'forbidden'],
  ['forbidden', 'forbidden'],
  ['authcustomermismatch', 'forbidden'],
  ['authcustomerreadonly', 'forbidden'],
  ['identityforbidden', 'identityForbidden'],
  ['requiredssoauthenticationerror', 'ssoRequired'],
  ['apikeynotfound', 'keyNotFound'],
  ['notfound', 'keyNotFound'],
  ['apikeyexpired', 'keyExpired'],
  ['apikeyhasexpiry', 'keyHasExpiry'],
  ['apikeyhasexpirydate', 'keyHasExpiry'],
  ['environmentmissing', 'environmentNotFound'],
  ['accountnotfounderror', 'environmentNotFound'],
  ['nofeatureentitlementerror', 'planLimit'],
  ['entitlementlimitexceedederror', 'planLimit'],
  ['entitlementlimitexceeded', 'planLimit'],
  ['duplicatedentitynotallowed', 'conflict'],
  ['integrityviolation', 'conflict'],
  ['objectalreadybeingusedbyanotherrequesterror', 'conflict'],
  ['conflict', 'conflict'],
  ['ratelimitexceeded', 'rateLimited'],
  ['toomanyrequests', 'rateLimited'],
  ['operationtimeout', 'serverError'],
  ['authorizationserviceerror', 'serverError'],
  ['unexpectederror', 'serverError'],
  ['internalservererror', 'serverError'],
]);

/** Meaning by HTTP status, for answers that carry no code. Documented for REST; inferred for GraphQL but for 401 and 403. */
const KIND_BY_STATUS: ReadonlyMap<number, ErrorKind> = new Map([
  [401, 'unauthenticated'],
  [402, 'planLimit'],
  [403, 'forbidden'],
  [404, 'badRequest'],
  [408, 'serverError'],
  [409, 'conflict'],
  [429, 'rateLimited'],
]);

/**
 * What an error means. The code decides where there is one (which HTTP status accompanies a business error is not documented),
 * the status otherwise. Inferred: a plan that lacks a feature says so by an access error whose words name the plan.
 */
export function errorKind(code: string | null, status: number, message: string): ErrorKind {
  const known = code === null ? undefined : KIND_BY_CODE.get(code.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const kind = known ?? KIND_BY_STATUS.get(status) ?? (status >= 500 ? 'serverError' : 'badRequest');
  return kind === 'forbidden' && /\b(?:your|current|scale|enterprise) plan\b|\bupgrade\b/i.test(message) ? 'planLimit' : kind;
}

/** True when Stigg could not make sense of the document itself: an argument above is named differently. */
export function isDocumentRejected(code: string | null): boolean {
  return code !== null && /^graphql_?(?:validation|parse)_?failed$/i.test(code);
}

/**
 * Whether an error answer proves that Stigg knew the key: it got as far as asking what the key may do.
 * Inferred: identity is checked before permissions, and the documents are validated before either.
 */
export function errorProvesKey(kind: ErrorKind): boolean {
  return kind === 'forbidden' || kind === 'identityForbidden' || kind === 'planLimit' || kind === 'ssoRequired';
}

/**
 * Unverified as a whole: no query is known by which a key could ask what its role or its account's plan allows (`currentUser` is for
 * people). So both are learned: a 403 to a key whose scope would allow the action, and a value that comes masked, count as the role's.
 * Single sign-on is not a matter of role.
 */
export function isRoleRefusal(code: string, error: unknown): boolean {
  const detail: unknown = typeof error === 'object' && error !== null && 'detail' in error ? error.detail : undefined;
  const stiggCode: unknown = typeof detail === 'object' && detail !== null && 'stiggCode' in detail ? detail.stiggCode : undefined;
  return code === 'forbidden' && !(typeof stiggCode === 'string' && /sso|identity/i.test(stiggCode));
}

/** Inferred: on a plan without scoped keys `availableScopes` answers with a plan error, or with nothing. */
export function planLacksScopedKeys(available: readonly unknown[]): boolean {
  return available.length === 0;
}

/** The kinds of identity that a publishable key may be called in `IdentityForbidden`'s `currentIdentityType`. */
export function isPublishableIdentity(currentIdentityType: string | null): boolean {
  return currentIdentityType !== null && /public|client|publishable/i.test(currentIdentityType);
}
