import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { Secret } from '../secret.js';
import type { ApiKey, Environment } from './model.js';
import type { StoredKey, Vault } from './vault.js';

/** How many earlier values a key remembers; more would crowd the index entry. */
export const RETIRED_MAX = 12;

/** How the ids of keys begin whose id at Stigg could not be learned. */
export const UNLISTED = 'unlisted-';

/** The index entry of a key as Stigg describes it, for the value that is stored beside it. */
export function storedKeyOf(key: ApiKey, secret: Secret, options: { retired?: readonly string[]; manages?: Environment | null } = {}): StoredKey {
  return {
    environmentId: key.environmentId,
    keyId: key.id,
    type: key.type,
    displayName: key.displayName,
    createdAt: key.createdAt.toISOString(),
    expireAt: key.expireAt?.toISOString() ?? null,
    mask: secret.mask,
    fingerprint: secret.fingerprint,
    retired: [...new Set(options.retired ?? [])].slice(0, RETIRED_MAX),
    manages: options.manages ?? null,
  };
}

/**
 * The key that signs our own calls for an environment. A crash between the two writes of a rotation can leave two entries
 * that manage it: the younger one is then the proved one.
 */
export function managementKeyOf(stored: readonly StoredKey[], environmentId: string): StoredKey | undefined {
  return stored
    .filter((key) => key.environmentId === environmentId && key.manages !== null)
    .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))[0];
}

/**
 * The value that signs our own calls for an environment. Rejects with `valueMissing`, and with the vault's errors.
 *
 * @param stored the vault's index, where the caller has it already
 */
export async function managementSecret(vault: Pick<Vault, 'list' | 'read'>, environmentId: string, stored?: readonly StoredKey[]): Promise<Secret> {
  const management = managementKeyOf(stored ?? (await vault.list()), environmentId);
  const value = management === undefined ? undefined : await vault.read(management);
  if (value === undefined) {
    throw new ExpectedError('valueMissing', t('The key that was stored for this environment is no longer on this machine.'), t('Add the environment again and paste a full access key.'));
  }
  return value;
}
