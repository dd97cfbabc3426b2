import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { Secret } from '../secret.js';
import type { Environment, EnvironmentType, KeyType } from './model.js';
import { INDEX_ENTRY_MAX_BYTES, type StoredKey, type StoredKeyRef } from './vault.js';

/** Entries of a later version are left alone by this one. */
const VERSION = 1;
const KEY_TYPES: readonly KeyType[] = ['SERVER', 'CLIENT', 'SCOPED', 'SALESFORCE', 'WORKFLOW'];
const ENVIRONMENT_TYPES: readonly EnvironmentType[] = ['PRODUCTION', 'SANDBOX', 'DEVELOPMENT'];
const FINGERPRINT = /^[0-9a-f]{32}$/;
const DATE = /^[ -~]{1,40}$/;
const COLOR = /^#[0-9a-f]{3,8}$/i;
// Six bytes for each unpaired surrogate: everything that is not shortened further has to fit at its worst.
const MASK_MAX = 32;
const SLUG_MAX = 128;

// Printable ASCII without the separator, a backslash, or what the Windows credential store takes for a wildcard.
const ID = /^[!-)+-.0-9:;<=>@A-Z[\]^_`a-z{|}~]{1,128}$/;

/** True for an id that every keychain can hold as part of an entry's name. */
export function isStorableId(id: string): boolean {
  return ID.test(id);
}

/** The name of an entry: `<environment id>/<key id>`. Rejects ids that no keychain should be asked to hold. */
export function accountOf(key: StoredKeyRef): string {
  if (!isStorableId(key.environmentId) || !isStorableId(key.keyId)) throw invalidId();
  return `${key.environmentId}/${key.keyId}`;
}

function invalidId(): ExpectedError {
  return new ExpectedError(
    'vaultInvalidId',
    t('Stigg gave this key an id that cannot be stored.'),
    t('Refresh the environment; if it happens again, report it with the key\'s id.'),
  );
}

/** UTF-8 length, which is what the operating systems count. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * The index entry as JSON, at most INDEX_ENTRY_MAX_BYTES long. What is there for people only (names) is shortened, then the
 * oldest retired fingerprints are dropped, and the names are shortened further; ids are never touched.
 */
export function encodeStoredKey(key: StoredKey): string {
  accountOf(key);
  if (key.manages !== null && !isStorableId(key.manages.id)) throw invalidId();
  let names = 200;
  let retired = key.retired.filter((value) => FINGERPRINT.test(value));
  for (;;) {
    const text = JSON.stringify(entryOf(key, names, retired));
    if (byteLength(text) <= INDEX_ENTRY_MAX_BYTES) return text;
    // Names of 50 characters still tell keys apart; below that a retired fingerprint is worth less than a name.
    if (names > 50) names -= 10;
    else if (retired.length > 0) retired = retired.slice(0, -1);
    else if (names > 0) names = Math.max(0, names - 5);
    else throw tooLarge();
  }
}

/** The text of a value that every vault can hold. Throws for one that is too large, and for an empty one, which would look like a missing one. */
export function storableText(secret: Secret): string {
  const value = secret.reveal();
  if (value === '') throw new ExpectedError('vaultWriteFailed', t('There is no key to save.'), t('Paste the key and try again.'));
  if (byteLength(value) > INDEX_ENTRY_MAX_BYTES) throw tooLarge();
  return value;
}

/** What a person is told when a value or its description cannot be held by every keychain. */
function tooLarge(): ExpectedError {
  return new ExpectedError(
    'vaultEntryTooLarge',
    t('This key is too large for the keychain (more than {0} bytes).', INDEX_ENTRY_MAX_BYTES),
    t('Check that you pasted the key alone: a Stigg key has about 80 characters.'),
  );
}

function entryOf(key: StoredKey, names: number, retired: readonly string[]): Record<string, unknown> {
  const { manages } = key;
  return {
    v: VERSION,
    environmentId: key.environmentId,
    keyId: key.keyId,
    type: key.type,
    displayName: shorten(key.displayName, names),
    createdAt: dateOrNull(key.createdAt),
    expireAt: dateOrNull(key.expireAt),
    mask: shorten(key.mask, MASK_MAX),
    fingerprint: key.fingerprint,
    retired,
    manages: manages === null ? null : {
      id: manages.id,
      slug: shorten(manages.slug, SLUG_MAX),
      displayName: shorten(manages.displayName, names),
      type: manages.type,
      isSandbox: manages.isSandbox,
      color: manages.color !== null && COLOR.test(manages.color) ? manages.color : null,
      hardenClientAccessEnabled: manages.hardenClientAccessEnabled,
      account: manages.account === null || !isStorableId(manages.account.id)
        ? null
        : { id: manages.account.id, displayName: shorten(manages.account.displayName, names) },
    },
  };
}

function dateOrNull(text: string | null): string | null {
  return text !== null && DATE.test(text) ? text : null;
}

/** At most `max` code points, ending in an ellipsis where something was cut. Never splits a surrogate pair. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  let count = 0;
  for (const point of text) {
    if (count === max - 1) return `${kept}…`;
    kept += point;
    count += 1;
  }
  return max > 0 ? kept : '';
}

/**
 * Reads an index entry that was found under `account`; undefined for anything that this version did not write there.
 * Never throws: what lies in a keychain can come from another program.
 */
export function decodeStoredKey(account: string, text: string): StoredKey | undefined {
  if (text.length > INDEX_ENTRY_MAX_BYTES) return undefined;
  const entry = record(parse(text));
  if (entry?.v !== VERSION) return undefined;
  const { environmentId, keyId, type, displayName, createdAt, expireAt, mask, fingerprint, retired } = entry;
  const manages = entry.manages === null ? null : environment(entry.manages);
  if (
    !isText(environmentId) || !isText(keyId) || !isStorableId(environmentId) || !isStorableId(keyId) || account !== `${environmentId}/${keyId}` ||
    !isOneOf(KEY_TYPES, type) || !isText(displayName) || !isTextOrNull(createdAt) || !isTextOrNull(expireAt) ||
    !isText(mask) || !isText(fingerprint) || !FINGERPRINT.test(fingerprint) ||
    !Array.isArray(retired) || !retired.every((value): value is string => isText(value) && FINGERPRINT.test(value)) ||
    manages === undefined
  ) {
    return undefined;
  }
  return { environmentId, keyId, type, displayName, createdAt, expireAt, mask, fingerprint, retired, manages };
}

function environment(value: unknown): Environment | undefined {
  const entry = record(value);
  if (entry === undefined) return undefined;
  const { id, slug, displayName, type, isSandbox, color, hardenClientAccessEnabled } = entry;
  const owner = entry.account === null ? null : record(entry.account);
  if (
    !isText(id) || !isText(slug) || !isText(displayName) || !isOneOf(ENVIRONMENT_TYPES, type) || typeof isSandbox !== 'boolean' ||
    !isTextOrNull(color) || typeof hardenClientAccessEnabled !== 'boolean' || owner === undefined
  ) {
    return undefined;
  }
  if (owner === null) return { id, slug, displayName, type, isSandbox, color, hardenClientAccessEnabled, account: null };
  const { id: accountId, displayName: accountName } = owner;
  if (!isText(accountId) || !isText(accountName)) return undefined;
  return { id, slug, displayName, type, isSandbox, color, hardenClientAccessEnabled, account: { id: accountId, displayName: accountName } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isOneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return values.includes(value as T);
}
