import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import type { Secret } from '../../secret.js';
import { keepKey } from '../enrol.js';
import { asError, refusalOf } from '../keyActions.js';
import { rowsOf, type KeyRow } from '../keyRows.js';
import { isIntegrationKey, type Environment } from '../model.js';
import type { Permissions } from '../permissions.js';
import { proveRefusal } from '../proof.js';
import type { StiggApi } from '../stiggApi.js';
import { managementKeyOf, managementSecret, UNLISTED } from '../storedKey.js';
import type { StoredKey, Vault } from '../vault.js';
import type { LeakEnd } from './journal.js';

export interface IdentifyDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly now: () => Date;
  /** What our key may not do there, as far as is known. */
  readonly permissions: (environmentId: string) => Permissions;
}

/** What is known of a leaked value: its fingerprint, and the value where it could be read from where it stands. */
export interface LeakClue {
  readonly fingerprint: string;
  readonly secret?: Secret | undefined;
}

export type Leak =
  /** It works, and is one of the keys of an environment that is here. Its value is in the vault. */
  | { readonly kind: 'known'; readonly fingerprint: string; readonly mask: string; readonly environment: Environment; readonly row: KeyRow; readonly ends: readonly LeakEnd[] }
  /** It works, and belongs to an environment that has not been added. Nothing was stored. */
  | { readonly kind: 'foreign'; readonly fingerprint: string; readonly mask: string; readonly environment: Environment; readonly isKnownAccount: boolean }
  /** Stigg answers 401: there is nothing to rotate, but places and history to look at. `successor`: the key that has replaced it. */
  | { readonly kind: 'dead'; readonly fingerprint: string; readonly mask: string | null; readonly environment: Environment | null; readonly successor: StoredKey | null };

/**
 * Which key a leaked value is, and what can be done about it. Changes nothing at Stigg; a working key of an environment that is here gets into
 * the vault. Rejects with ExpectedError where nothing can be done from here: `publishable`, `integrationKey`, `notListed`, `valueMissing`,
 * `forbidden`, the reasons of keyActions.ts, and those of StiggApi and Vault.
 */
export async function identifyLeak(deps: IdentifyDeps, clue: LeakClue, signal?: AbortSignal): Promise<Leak> {
  if (clue.secret?.shape.kind === 'client') throw publishable();
  const stored = await deps.vault.list();
  const present = stored.find(({ fingerprint }) => fingerprint === clue.fingerprint);
  if (present?.type === 'CLIENT') throw publishable();
  const home = present === undefined ? undefined : (managementKeyOf(stored, present.environmentId)?.manages ?? undefined);
  if (present !== undefined && home !== undefined) return known(deps, stored, present, home, clue, signal);
  const secret = clue.secret ?? (present === undefined ? undefined : await deps.vault.read(present));
  return bySecret(deps, stored, { ...clue, secret }, signal);
}

/** Adds the environment of a foreign key with the key itself, after the person has said so. */
export async function adoptLeak(deps: IdentifyDeps, clue: LeakClue & { readonly secret: Secret }, signal?: AbortSignal): Promise<Leak> {
  await keepKey(deps, clue.secret, signal);
  return identifyLeak(deps, clue, signal);
}

async function known(deps: IdentifyDeps, stored: readonly StoredKey[], entry: StoredKey, environment: Environment, clue: LeakClue, signal?: AbortSignal): Promise<Leak> {
  if (isIntegrationKey(entry.type)) throw integration(entry.displayName);
  if (entry.keyId.startsWith(UNLISTED)) {
    throw new ExpectedError('notListed', t('{0} is a key of {1}, but which one could not be learned: it can be used, not rotated.', entry.mask, environment.displayName), t('Add the environment with its full access key, or rotate the key in the Stigg console under Integrations > API keys.'));
  }
  const auth = await managementSecret(deps.vault, environment.id, stored);
  const keys = await deps.api.listKeys(auth, environment.id, signal);
  const row = rowsOf(stored.filter(({ environmentId }) => environmentId === environment.id), environment.id, keys, deps.now()).find(({ key }) => key.id === entry.keyId);
  const isEnded = row === undefined || !row.isListed || row.status.kind === 'expired';
  if (isEnded) {
    const value = clue.secret ?? (await deps.vault.read(entry));
    const isDead = value === undefined || (await isRefused(deps, environment.id, value));
    if (isDead) return { kind: 'dead', fingerprint: clue.fingerprint, mask: entry.mask, environment, successor: successorOf(stored, clue.fingerprint) };
    throw new ExpectedError('notListed', t('Stigg no longer lists "{0}" as working, but has not refused its value yet.', entry.displayName), t('Try again in a minute.'));
  }
  return { kind: 'known', fingerprint: clue.fingerprint, mask: entry.mask, environment, row, ends: endsOf(row, deps.permissions(environment.id), deps.now()) };
}

/** The ends that this key can be given, the recommended one first. Throws the reason when there is none. */
function endsOf(row: KeyRow, permissions: Permissions, now: Date): readonly LeakEnd[] {
  const noRevocation = refusalOf('revoke', row, permissions, now);
  if (row.status.kind === 'expiring') {
    // An outgoing value has a successor already: it is only ended.
    if (noRevocation !== undefined) throw asError(noRevocation);
    return ['afterReplacement', 'now'];
  }
  const noRotation = refusalOf('rotate', row, permissions, now);
  if (noRotation !== undefined) throw asError(noRotation);
  return ['afterReplacement', 'now', '1h', '24h', '3d', '7d', ...(noRevocation === undefined && row.key.type === 'SCOPED' ? ['revoke' as const] : [])];
}

/** A value that is not among the stored ones: it is asked itself. */
async function bySecret(deps: IdentifyDeps, stored: readonly StoredKey[], clue: LeakClue, signal?: AbortSignal): Promise<Leak> {
  const { fingerprint, secret } = clue;
  const successor = successorOf(stored, fingerprint);
  const hint = secret === undefined || secret.shape.kind === 'unknown' ? undefined : secret.shape.environmentId;
  const hinted = managementKeyOf(stored, successor?.environmentId ?? hint ?? '');
  if (secret === undefined) {
    throw new ExpectedError('valueMissing', t('The value of this key is not on this machine, so Stigg cannot be asked about it.'), t('Run "Stigg: Remediate a Leak" again and paste the value.'));
  }
  if (await isRefused(deps, hinted?.environmentId ?? null, secret)) return { kind: 'dead', fingerprint, mask: secret.mask, environment: hinted?.manages ?? null, successor };
  const environment = hinted?.manages ?? (await ownWord(deps, secret, signal));
  const isHere = managementKeyOf(stored, environment.id) !== undefined;
  if (!isHere) {
    const accounts = stored.map(({ manages }) => manages?.account?.id).filter((id) => id !== undefined);
    return { kind: 'foreign', fingerprint, mask: secret.mask, environment, isKnownAccount: environment.account !== null && accounts.includes(environment.account.id) };
  }
  const kept = await keepKey(deps, secret, signal);
  return known(deps, await deps.vault.list(), kept.stored, kept.environment, clue, signal);
}

/** A 401 counts only while another key is accepted. Rejects with `unreachable` when nothing can be said. */
async function isRefused({ api, vault }: IdentifyDeps, environmentId: string | null, secret: Secret): Promise<boolean> {
  const proof = await proveRefusal({ api, vault, wait: () => Promise.resolve() }, environmentId, secret, [0]);
  if (proof.kind === 'refused') return true;
  if (proof.kind === 'accepted') return false;
  throw new ExpectedError(
    'unreachable',
    proof.kind === 'everything'
      ? t('Stigg answers 401 to every key just now, so whether {0} still works is not known. Until it is, take it for valid.', secret.mask)
      : t('Stigg could not be asked whether {0} still works. Until it answers, take it for valid.', secret.mask),
    t('Check the connection, then try again.'),
  );
}

async function ownWord({ api }: IdentifyDeps, secret: Secret, signal?: AbortSignal): Promise<Environment> {
  try {
    return await api.environmentOf(secret, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'forbidden')) throw error;
    throw new ExpectedError('forbidden', t('{0} works at Stigg, but may not say which environment it belongs to.', secret.mask), t('Add its environment with a full access key first, then try again; or rotate it in the Stigg console.'), { cause: error });
  }
}

function successorOf(stored: readonly StoredKey[], fingerprint: string): StoredKey | null {
  return stored.find(({ retired }) => retired.includes(fingerprint)) ?? null;
}

function publishable(): ExpectedError {
  return new ExpectedError('publishable', t('This is a publishable key: it is made to be seen in browsers, so it is no leak.'), t('Turn on hardened client access if customers\' data must not be read with it alone.'));
}

function integration(name: string): ExpectedError {
  return new ExpectedError('integrationKey', t('"{0}" belongs to an integration: rotating it would stop the integration, so it is not done from here.', name), t('Disconnect and connect the integration in the Stigg console, which gives it a new key; then remove this value from the file.'));
}
