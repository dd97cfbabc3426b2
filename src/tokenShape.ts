/**
 * The shapes of Stigg keys that are told by form alone.
 *
 * Source: three public server keys and nine public client keys, all `<kind>-UUID:UUID`; legacy keys are a bcrypt string
 * followed by `:UUID` and carry no marker of their kind. `server-UUID` without the tail is an ordinary id elsewhere.
 */

/** Regular expression source of a UUID of any version (case-insensitive). */
export const UUID_SOURCE = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const CURRENT = new RegExp(`^(server|client)-${UUID_SOURCE}:(${UUID_SOURCE})$`, 'i');
const LEGACY = new RegExp(`^\\$2[aby]\\$\\d{2}\\$[./A-Za-z0-9]{53}:(${UUID_SOURCE})$`, 'i');

/** What a text is, judged by its shape. `server` covers full access, scoped and integration keys: their prefix is the same. */
export type TokenShape =
  | { readonly kind: 'server' | 'client'; readonly environmentId: string }
  | { readonly kind: 'legacy'; readonly environmentId: string }
  | { readonly kind: 'unknown' };

/** Regular expression source of a current full server or client token, for scanners (no anchors, case-insensitive). */
export const CURRENT_TOKEN_SOURCE = `(?:server|client)-${UUID_SOURCE}:${UUID_SOURCE}`;

/**
 * Classifies one value. `environmentId` is the token's tail, which is *inferred* to be the environment's id
 * (environment ids are UUIDs, and legacy keys carry the same tail): use it as a hint, never as a fact.
 */
export function tokenShape(value: string): TokenShape {
  const current = CURRENT.exec(value);
  if (current?.[1] !== undefined && current[2] !== undefined) {
    return { kind: current[1].toLowerCase() === 'server' ? 'server' : 'client', environmentId: current[2].toLowerCase() };
  }
  const legacy = LEGACY.exec(value);
  if (legacy?.[1] !== undefined) {
    return { kind: 'legacy', environmentId: legacy[1].toLowerCase() };
  }
  return { kind: 'unknown' };
}

/**
 * A form of the token that may be shown: `server-6a4b…fe26`. Keeps at most eight characters of the secret,
 * and none of a text that is too short to hide the rest.
 */
export function maskToken(value: string): string {
  const prefix = /^(?:server-|client-|\$2[aby]\$\d{2}\$)/i.exec(value)?.[0] ?? '';
  const body = value.slice(prefix.length);
  return body.length < 24 ? `${prefix}…` : `${prefix}${body.slice(0, 4)}…${body.slice(-4)}`;
}
