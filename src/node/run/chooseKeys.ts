import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import type { Environment } from '../../keys/model.js';
import { managementKeyOf } from '../../keys/storedKey.js';
import type { StoredKey } from '../../keys/vault.js';

/** An environment of which something is stored on this machine. Its description is null when its own key was forgotten. */
export interface StoredEnvironment {
  readonly id: string;
  readonly environment: Environment | null;
  readonly keys: readonly StoredKey[];
}

/** The entries whose values a process gets. */
export interface ChosenKeys {
  readonly server?: StoredKey;
  readonly publishable?: StoredKey;
}

/** What is stored, by environment. */
function storedEnvironments(stored: readonly StoredKey[]): StoredEnvironment[] {
  const byId = new Map<string, StoredKey[]>();
  for (const key of stored) byId.set(key.environmentId, [...(byId.get(key.environmentId) ?? []), key]);
  return [...byId].map(([id, keys]) => ({ id, keys, environment: managementKeyOf(keys, id)?.manages ?? null }));
}

const lower = (text: string): string => text.toLowerCase();

/** From the most exact way to name something to the least; the first that finds anything counts. */
function matching<T>(items: readonly T[], wanted: string, names: readonly ((item: T) => string | undefined)[]): readonly T[] {
  const ways: ((item: T) => boolean)[] = [
    ...names.map((name) => (item: T) => name(item) === wanted),
    (item) => names.some((name) => lower(name(item) ?? '') === lower(wanted)),
  ];
  for (const way of ways) {
    const found = items.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * The environment that a person names by id, slug or display name. Rejects with `nothingStored`, `unknownEnvironment` or
 * `ambiguousEnvironment`.
 */
export function findEnvironment(stored: readonly StoredKey[], wanted: string): StoredEnvironment {
  const all = storedEnvironments(stored);
  if (all.length === 0) {
    throw new ExpectedError(
      'nothingStored',
      t('No Stigg key is stored in this machine\'s keychain.'),
      t('Add the environment in VS Code ("Stigg: Add Environment"), with the setting {0} at {1}: keys in VS Code\'s own secret storage cannot be read from here.', 'stiggKeys.vault.store', 'keychain'),
    );
  }
  const found = matching(all, wanted, [({ id }) => id, ({ environment }) => environment?.slug, ({ environment }) => environment?.displayName]);
  const [first] = found;
  if (first === undefined) {
    throw new ExpectedError('unknownEnvironment', t('No environment {0} is stored on this machine.', wanted), t('Stored are: {0}.', listed(all.map(shortName))));
  }
  if (found.length > 1) {
    throw new ExpectedError('ambiguousEnvironment', t('{0} names {1} environments.', wanted, found.length), t('Name it by its id: {0}.', listed(found.map(longName))));
  }
  return first;
}

/**
 * The keys for a process: the one that is named, or else the one that is stored as the environment's own, and the publishable key
 * where one is stored. Rejects with `unknownKey`, `ambiguousKey` or `noKeyStored`.
 */
export function chooseKeys({ id, environment, keys }: StoredEnvironment, named: string | undefined): ChosenKeys {
  const publishable = youngest(keys.filter(({ type }) => type === 'CLIENT'));
  if (named === undefined) {
    const server = managementKeyOf(keys, id);
    if (server === undefined) {
      throw new ExpectedError('noKeyStored', t('No key is stored as the key of {0}.', environment?.displayName ?? id), t('Name one with {0}: {1}.', '--key', listed(keys.map(keyName))));
    }
    return publishable === undefined ? { server } : { server, publishable };
  }
  const found = matching(keys, named, [({ keyId }) => keyId, ({ displayName }) => displayName]);
  const [first] = found;
  if (first === undefined) {
    throw new ExpectedError('unknownKey', t('No key {0} of this environment is stored on this machine.', named), t('Stored are: {0}. Others are stored with "Store Key" in VS Code.', listed(keys.map(keyName))));
  }
  if (found.length > 1) throw new ExpectedError('ambiguousKey', t('{0} names {1} keys.', named, found.length), t('Name it by its id: {0}.', listed(found.map(keyName))));
  if (first.type === 'CLIENT') return { publishable: first };
  return publishable === undefined ? { server: first } : { server: first, publishable };
}

function youngest(keys: readonly StoredKey[]): StoredKey | undefined {
  return keys.toSorted((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))[0];
}

function shortName({ id, environment }: StoredEnvironment): string {
  return environment?.slug ?? id;
}

function longName({ id, environment }: StoredEnvironment): string {
  const where = [environment?.account?.displayName, environment?.displayName].filter((part) => part !== undefined).join(' / ');
  return where === '' ? id : `${id} (${where})`;
}

function keyName({ keyId, displayName }: StoredKey): string {
  return `${displayName} (${keyId})`;
}

const LISTED_MAX = 12;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED_MAX).join(', ');
  return names.length > LISTED_MAX ? `${shown}, …` : shown;
}
