import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { Secret } from '../secret.js';
import type { RotationRecord } from './journal.js';
import { graceMs, type ApiKey } from './model.js';
import type { StiggApi } from './stiggApi.js';
import { proveAcceptance, proveRefusal } from './proof.js';
import { managementKeyOf } from './storedKey.js';
import type { StoredKey, Vault } from './vault.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Clocks differ, and a request takes a while: an expiry this close to the one asked for is the one asked for. */
const TOLERANCE_MS = 2 * 60_000;

/** What became of the outgoing key. */
export type OldKeyState =
  /** In its grace period. */
  | { readonly kind: 'expiring'; readonly at: Date }
  /** Revoked; `proved` when Stigg answered 401 to the old value itself, otherwise Stigg's list says so. */
  | { readonly kind: 'revoked'; readonly proved: boolean }
  /** It should be gone, and is not, or could not be asked: it must be shown as still valid. */
  | { readonly kind: 'stillValid'; readonly reason: string };

export interface StepDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * The key that a rotation made, found by comparing the list with what was there before; undefined when there is none.
 * Throws `rotationAmbiguous` when more than one fits: choosing could hide a key that nobody has.
 */
export function findSuccessor(keys: readonly ApiKey[], record: RotationRecord): ApiKey | undefined {
  const old = keys.find((key) => key.id === record.oldKeyId);
  const known = new Set([...record.knownKeyIds, record.oldKeyId]);
  // What has an expiry was rotated once more, or revoked: then it is not the one to keep.
  const fresh = keys.filter((key) => !known.has(key.id) && key.expireAt === null && (old === undefined || (key.type === old.type && key.displayName === old.displayName)));
  if (fresh.length > 1) {
    throw new ExpectedError(
      'rotationAmbiguous',
      t('Stigg\'s list shows {0} new keys that could come from this rotation.', fresh.length),
      t('Somebody else rotated at the same time: keep the one you need from the list, and revoke the others.'),
    );
  }
  return fresh[0];
}

/**
 * Step 1. An answer that never came is settled by looking, never by asking again.
 * Rejects with `rotationUnconfirmed` or `rotationAmbiguous` when that settles nothing, and with Stigg's own words when it said no.
 */
export async function rotateAtStigg(deps: StepDeps, auth: Secret, key: ApiKey, record: RotationRecord): Promise<ApiKey> {
  const isOurs = managementKeyOf(await deps.vault.list(), key.environmentId)?.keyId === key.id;
  // Until the new value is proved the old one must work, were this machine's clock wrong by hours: ours would lock us out.
  const least = isOurs ? DAY : record.grace === 'now' ? HOUR : 0;
  const expiresAt = new Date(Date.parse(record.startedAt) + Math.max(graceMs(record.grace), least));
  try {
    const { newKey } = await deps.api.rotateKey(auth, key, expiresAt);
    if (!record.knownKeyIds.includes(newKey.id)) return newKey;
    // An answer that names a key we knew before says nothing about what happened.
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'outcomeUnknown')) throw error;
  }
  for (const pause of [0, 1_000, 3_000]) {
    await deps.wait(pause);
    const successor = findSuccessor(await listOrNothing(deps.api, auth, record), record);
    if (successor !== undefined) return successor;
  }
  throw new ExpectedError(
    'rotationUnconfirmed',
    t('Stigg did not answer, and no new key for "{0}" can be seen so far. The key you have keeps working for at least an hour.', key.displayName),
    t('Refresh in a few minutes: if the rotation did happen, it is completed then.'),
  );
}

/** When even the list cannot be had, nothing is known yet. */
async function listOrNothing(api: StiggApi, auth: Secret, record: RotationRecord): Promise<readonly ApiKey[]> {
  try {
    return await api.listKeys(auth, record.environmentId);
  } catch (error) {
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

/** Step 3: one authenticated call. */
export async function proveNewKey(deps: StepDeps, value: Secret, key: StoredKey): Promise<void> {
  const validity = await proveAcceptance(deps, value);
  if (validity === 'valid') return;
  throw new ExpectedError(
    'newKeyRefused',
    validity === 'invalid'
      ? t('The new value of "{0}" is stored, but Stigg refuses it. The outgoing key was left as it is.', key.displayName)
      : t('The new value of "{0}" is stored, but Stigg could not be asked whether it works. The outgoing key was left as it is.', key.displayName),
    t('Refresh in a few minutes to complete the rotation; extend the grace period if it takes longer.'),
  );
}

/** Step 4: the outgoing key gets the expiry that was asked for. `now` is done only when the old value answers 401. */
export async function settleOldKey(deps: StepDeps, auth: Secret, record: RotationRecord, knownOldValue: Secret | undefined): Promise<OldKeyState> {
  const { api, vault } = deps;
  const ref = { environmentId: record.environmentId, id: record.oldKeyId };
  const vaultRef = { environmentId: record.environmentId, keyId: record.oldKeyId };
  const keys = await api.listKeys(auth, record.environmentId);
  const old = keys.find((key) => key.id === record.oldKeyId);
  const isGone = (key: ApiKey | undefined): boolean => key === undefined || (key.expireAt !== null && key.expireAt <= deps.now());

  if (record.grace === 'now') {
    const oldValue = knownOldValue ?? (await vault.read(vaultRef));
    // Asked even when it seems to have ended: this machine's clock may be ahead of Stigg's.
    if (old !== undefined) {
      try {
        await api.revokeKey(auth, ref);
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        // Whether it happened, by us or by another window just now, is answered below by the key itself.
        if (!['outcomeUnknown', 'notFound', 'conflict'].includes(error.code)) return { kind: 'stillValid', reason: error.message };
      }
    }
    if (oldValue === undefined) {
      const listed = (await api.listKeys(auth, record.environmentId)).find((key) => key.id === record.oldKeyId);
      return isGone(listed) ? { kind: 'revoked', proved: false } : { kind: 'stillValid', reason: t('Stigg still lists it.') };
    }
    return proveEnd(deps, oldValue, vaultRef);
  }

  if (isGone(old)) return { kind: 'revoked', proved: false };
  const wanted = new Date(rotatedAt(keys, record) + graceMs(record.grace));
  let expireAt = old?.expireAt ?? null;
  if (expireAt === null || Math.abs(expireAt.getTime() - wanted.getTime()) > TOLERANCE_MS) {
    // A rotation taken up again long after: the time asked for may have passed, and a past date would be no grace at all.
    const target = new Date(Math.max(wanted.getTime(), deps.now().getTime() + 60_000));
    expireAt = (await api.updateKey(auth, ref, { expireAt: target })).expireAt ?? target;
  }
  const entry = (await vault.list()).find((key) => key.environmentId === record.environmentId && key.keyId === record.oldKeyId);
  if (entry !== undefined) await vault.updateIndex({ ...entry, expireAt: expireAt.toISOString() });
  return { kind: 'expiring', at: expireAt };
}

/** When the rotation happened, by Stigg's clock: a grace period counted by a wrong clock here would be none. */
function rotatedAt(keys: readonly ApiKey[], record: RotationRecord): number {
  const ours = Date.parse(record.startedAt);
  const theirs = keys.find((key) => key.id === record.newKeyId)?.createdAt.getTime() ?? ours;
  return Math.abs(theirs - ours) < DAY ? theirs : ours;
}

/** Asks with the old value until Stigg refuses it and accepts our own; only then is it removed from the vault. */
async function proveEnd(deps: StepDeps, oldValue: Secret, ref: { environmentId: string; keyId: string }): Promise<OldKeyState> {
  const proof = await proveRefusal(deps, ref.environmentId, oldValue);
  switch (proof.kind) {
    case 'refused':
      if (!proof.control) return { kind: 'stillValid', reason: t('Stigg answers 401 to the old value, but there is no other key here to see that it does not answer so to all.') };
      await deps.vault.delete(ref);
      return { kind: 'revoked', proved: true };
    case 'everything':
      return { kind: 'stillValid', reason: t('Stigg answers 401 to every key just now, so its refusal of the old value says nothing.') };
    case 'accepted':
      return { kind: 'stillValid', reason: t('Stigg has not refused the old value yet.') };
    case 'unknown':
      return { kind: 'stillValid', reason: t('Stigg could not be asked whether it refuses the old value.') };
  }
}
