import { t } from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../errors.js';
import type { Secret } from '../secret.js';
import type { CreationRecord } from './creationJournal.js';
import { nameDigest } from './nameDigest.js';
import { keyStatus, type ApiKey, type Scope } from './model.js';
import { proveAcceptance } from './proof.js';
import type { StepDeps } from './rotationSteps.js';
import { managementKeyOf } from './storedKey.js';
import type { StoredKey } from './vault.js';

export interface NewKey {
  readonly environmentId: string;
  readonly displayName: string;
  /** Empty: none. */
  readonly description: string;
  readonly scopes: readonly Scope[];
}

/**
 * The keys that may have come from this creation: new since the record was written, scoped, of its name, without an expiry, and
 * claimed neither by the vault nor by another creation.
 *
 * @param claimed key ids that belong to somebody
 */
export function findCreated(keys: readonly ApiKey[], record: CreationRecord, claimed: ReadonlySet<string>): readonly ApiKey[] {
  const known = new Set(record.knownKeyIds);
  return keys.filter((key) =>
    !known.has(key.id) && !claimed.has(key.id) && key.type === 'SCOPED' && key.expireAt === null && nameDigest(record.id, key.displayName) === record.nameDigest);
}

/**
 * Who may not read a value now may not read the next one either, and a key whose value nobody has would be worse than none: asked
 * before one is made, with our own key if it is listed. Rejects with `valuesHidden`, and with StiggApi's codes.
 */
export async function demandReadable({ api, vault, now }: StepDeps, auth: Secret, environmentId: string, keys: readonly ApiKey[], signal?: AbortSignal): Promise<void> {
  const managementId = managementKeyOf(await vault.list(), environmentId)?.keyId;
  const key = keys.find(({ id }) => id === managementId) ?? keys.find((listed) => keyStatus(listed, now()).kind === 'active');
  if (key === undefined) return;
  try {
    await api.revealToken(auth, key, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'forbidden')) throw error;
    throw new ExpectedError(
      'valuesHidden',
      t('Stigg does not give out the values of keys here, so that a new key\'s value could not be stored. No key was made.'),
      t('Add the environment with a full access key of an account owner, or create the key in the Stigg console and paste it.'),
      { cause: error },
    );
  }
}

/** Stigg's no is told apart from everything that can fail after it was asked: only then is it known that nothing happened. */
export type Created = { readonly kind: 'made'; readonly key: ApiKey } | { readonly kind: 'refused'; readonly error: ExpectedError };

/**
 * Asks Stigg for the key. An answer that never came, was cancelled, or does not fit is settled by looking, never by asking again.
 * Rejects with `creationUnconfirmed` or `creationAmbiguous` when that settles nothing.
 */
export async function createAtStigg(deps: StepDeps, auth: Secret, { description, ...input }: NewKey, record: CreationRecord, claimed: () => Promise<ReadonlySet<string>>): Promise<Created> {
  try {
    const key = await deps.api.createScopedKey(auth, description === '' ? input : { ...input, description });
    if (findCreated([key], record, new Set()).length === 1) return { kind: 'made', key };
    // An answer that names a key we knew before, or another name, says nothing about what happened.
  } catch (error) {
    if (error instanceof ExpectedError && error.code !== 'outcomeUnknown') return { kind: 'refused', error };
    if (!(error instanceof ExpectedError) && !isCancelled(error)) throw error;
  }
  for (const pause of [0, 1_000, 3_000]) {
    await deps.wait(pause);
    const found = await look(deps, auth, record, claimed);
    if (found.length > 1) throw ambiguous(found);
    if (found[0] !== undefined) return { kind: 'made', key: found[0] };
  }
  throw new ExpectedError(
    'creationUnconfirmed',
    t('Stigg did not answer, and no new key named "{0}" can be seen so far.', input.displayName),
    t('Do not create it again yet: refresh in a few minutes. If it was made, it is stored then; if not, you are told.'),
  );
}

/** Several keys fit: which of them is ours cannot be known, and none is revoked by us. */
export function ambiguous(found: readonly ApiKey[]): ExpectedError {
  return new ExpectedError(
    'creationAmbiguous',
    t('Stigg lists {0} new scoped keys named "{1}"; only one was asked for here.', found.length, found[0]?.displayName ?? ''),
    t('Keep the one you need with "Store Key", and revoke the others.'),
  );
}

/** One authenticated call. */
export async function proveCreated(deps: StepDeps, value: Secret, key: StoredKey): Promise<void> {
  const validity = await proveAcceptance(deps, value);
  if (validity === 'valid') return;
  throw new ExpectedError(
    'newKeyRefused',
    validity === 'invalid'
      ? t('"{0}" was created and its value is stored, but Stigg refuses it so far.', key.displayName)
      : t('"{0}" was created and its value is stored, but Stigg could not be asked whether it works.', key.displayName),
    t('Refresh in a few minutes before you use it; should it stay so, revoke it and create another.'),
  );
}

/** When list or vault cannot be had, nothing is known yet. */
async function look({ api }: StepDeps, auth: Secret, record: CreationRecord, claimed: () => Promise<ReadonlySet<string>>): Promise<readonly ApiKey[]> {
  try {
    return findCreated(await api.listKeys(auth, record.environmentId), record, await claimed());
  } catch (error) {
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}
