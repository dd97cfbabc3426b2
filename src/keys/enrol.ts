import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import { Secret } from '../secret.js';
import { isIntegrationKey, keyStatus, type ApiKey, type Environment } from './model.js';
import type { StiggApi } from './stiggApi.js';
import type { KnownPermissions } from './knownPermissions.js';
import { decidedWith } from './permissions.js';
import { managementKeyOf, storedKeyOf, UNLISTED } from './storedKey.js';
import { isRoleRefusal } from './unverified.js';
import type { StoredKey, Vault } from './vault.js';

export interface EnrolDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly now: () => Date;
  /** Remembers what Stigg has refused to a key that is being stored, so that nobody has to meet the refusal again. */
  readonly lessons?: Pick<KnownPermissions, 'learn'>;
}

export interface Enrolled {
  readonly environment: Environment;
  readonly stored: StoredKey;
  /** The environment was here before; its management key may be another one now. */
  readonly known: boolean;
}

/** Asking for tokens one by one is slow in an environment with hundreds of keys; beyond this the key stays unlisted. */
const MATCH_MAX = 40;

/**
 * Turns pasted text into a key: trims it and takes off quotes. Rejects with ExpectedError what cannot be a server key;
 * whether it is one is for Stigg to say.
 */
export function serverKeyFrom(text: string): Secret {
  const value = text.trim().replace(/^(["'`])(.*)\1$/s, '$2').replaceAll('\\$', '$');
  if (value === '') throw new ExpectedError('emptyKey', t('No key was given.'), t('Paste the value of a full access key.'));
  const secret = new Secret(value);
  if (secret.shape.kind === 'client' || /^client-/i.test(value)) {
    throw new ExpectedError(
      'clientKey',
      t('This is a publishable key: it may be used in browsers, and cannot manage keys.'),
      t('Paste the full access key of the same environment, it starts with "server-".'),
    );
  }
  // Anything else could not be sent in a header, and no key looks like it.
  if (!/^[\x21-\x7e]{20,400}$/.test(value)) {
    throw new ExpectedError('notAKey', t('This does not look like a Stigg key.'), t('Copy the whole key in the Stigg console under Integrations > API keys: it starts with "server-".'));
  }
  return secret;
}

/**
 * Adds an environment by one of its server keys: proves the key at Stigg, recognises the environment, stores the key.
 * Nothing is stored unless everything before it worked. Rejects with the codes of StiggApi and Vault.
 */
export async function enrolManagementKey(deps: EnrolDeps, secret: Secret, signal?: AbortSignal): Promise<Enrolled> {
  const { api, vault } = deps;
  const environment = await api.environmentOf(secret, signal);
  const keys = await api.listKeys(secret, environment.id, signal);
  const { key, isHidden } = await matchKey(deps, secret, secret, keys, signal);
  const before = await vault.list();
  const management = managementKeyOf(before, environment.id);
  const entry = entryFor(before, environment.id, key, secret, environment);
  await vault.save(entry, secret);
  if (isHidden) await deps.lessons?.learn(entry, decidedWith('reveal'), 'forbidden');
  // After the new one is safe: a crash in between leaves two, and the younger one counts.
  for (const other of before) {
    if (other.environmentId !== environment.id || other.keyId === entry.keyId) continue;
    // The same key, stored before its id could be learned.
    if (other.fingerprint === entry.fingerprint) await vault.delete(other);
    else if (other.manages !== null) await vault.updateIndex({ ...other, manages: null });
  }
  return { environment, stored: entry, known: management !== undefined };
}

/**
 * Stores a key that was found in a file. With an environment that is here already it becomes one of its keys; otherwise the key
 * itself is asked who it is, and manages its environment when it may list keys.
 */
export async function keepKey(deps: EnrolDeps, secret: Secret, signal?: AbortSignal): Promise<Enrolled> {
  const { vault } = deps;
  const stored = await vault.list();
  const known = stored.find((entry) => entry.fingerprint === secret.fingerprint);
  const home = known === undefined ? null : (managementKeyOf(stored, known.environmentId)?.manages ?? null);
  if (known !== undefined && home !== null && (await vault.read(known)) !== undefined) {
    return { environment: home, stored: known, known: true };
  }
  const hint = secret.shape.kind === 'unknown' ? undefined : managementKeyOf(stored, secret.shape.environmentId);
  return (await keepAsOneOf(deps, stored, hint, secret, signal)) ?? keepByItsOwnWord(deps, stored, secret, signal);
}

/** Finds the key among those of an environment that is here already: most scoped keys may not say where they belong. */
async function keepAsOneOf(deps: EnrolDeps, stored: readonly StoredKey[], manager: StoredKey | undefined, secret: Secret, signal?: AbortSignal): Promise<Enrolled | undefined> {
  const auth = manager === undefined ? undefined : await deps.vault.read(manager);
  if (manager === undefined || manager.manages === null || auth === undefined) return undefined;
  const keys = await deps.api.listKeys(auth, manager.environmentId, signal);
  const { key } = await matchKey(deps, auth, secret, keys, signal);
  if (key === undefined) return undefined;
  const entry = entryFor(stored, manager.environmentId, key, secret, null);
  await deps.vault.save(entry, secret);
  return { environment: manager.manages, stored: entry, known: true };
}

/** Asks the key itself where it belongs, and adds the environment with it when it is not here. */
async function keepByItsOwnWord(deps: EnrolDeps, stored: readonly StoredKey[], secret: Secret, signal?: AbortSignal): Promise<Enrolled> {
  let environment: Environment;
  try {
    environment = await deps.api.environmentOf(secret, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'forbidden')) throw error;
    throw new ExpectedError('forbidden', t('Stigg knows this key, but the key may not say which environment it belongs to.'), t('Add its environment with a full access key first, then try again.'), { cause: error });
  }
  const manager = managementKeyOf(stored, environment.id);
  if (manager === undefined || (await deps.vault.read(manager)) === undefined) return enrolManagementKey(deps, secret, signal);
  const kept = await keepAsOneOf(deps, stored, manager, secret, signal);
  if (kept !== undefined) return kept;
  const entry = entryFor(stored, environment.id, undefined, secret, null);
  await deps.vault.save(entry, secret);
  return { environment, stored: entry, known: true };
}

/** Which of the environment's keys this value is; none when Stigg does not let us compare (`isHidden`: because it gives no values to this key). */
async function matchKey(deps: EnrolDeps, auth: Secret, secret: Secret, keys: readonly ApiKey[], signal?: AbortSignal): Promise<{ readonly key?: ApiKey; readonly isHidden: boolean }> {
  const likely = keys
    .filter((key) => key.type !== 'CLIENT' && keyStatus(key, deps.now()).kind !== 'expired')
    // Most often it is the full access key; among the others the youngest was pasted most likely.
    .sort((a, b) => rank(a) - rank(b) || b.createdAt.getTime() - a.createdAt.getTime());
  for (const key of likely.slice(0, MATCH_MAX)) {
    try {
      if ((await deps.api.revealToken(auth, key, signal)).equals(secret)) return { key, isHidden: false };
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      if (error.code === 'notFound') continue;
      // The key works, it just may not read tokens: it is kept without its id.
      if (error.code === 'forbidden') return { isHidden: isRoleRefusal(error.code, error) };
      throw error;
    }
  }
  return { isHidden: false };
}

function rank(key: ApiKey): number {
  if (key.type === 'SERVER') return key.expireAt === null ? 0 : 1;
  return isIntegrationKey(key.type) ? 3 : 2;
}

function entryFor(stored: readonly StoredKey[], environmentId: string, key: ApiKey | undefined, secret: Secret, manages: Environment | null): StoredKey {
  if (key !== undefined) {
    const before = stored.find((entry) => entry.environmentId === environmentId && entry.keyId === key.id);
    return storedKeyOf(key, secret, { retired: before?.retired ?? [], manages: manages ?? before?.manages ?? null });
  }
  // Stored before, when Stigg let us compare: what is known of it stays known.
  const known = stored.find((entry) => entry.environmentId === environmentId && entry.fingerprint === secret.fingerprint);
  if (known !== undefined) return { ...known, manages: manages ?? known.manages };
  return {
    environmentId,
    keyId: `${UNLISTED}${secret.fingerprint.slice(0, 16)}`,
    type: 'SCOPED',
    displayName: t('Key {0}', secret.mask),
    createdAt: null,
    expireAt: null,
    mask: secret.mask,
    fingerprint: secret.fingerprint,
    retired: [],
    manages,
  };
}
