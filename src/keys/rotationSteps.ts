import { t } from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { Secret } from '../secret.js';
import type { RotationRecord } from './journal.js';
import { graceMs, type ApiKey } from './model.js';
import type { StiggApi } from './stiggApi.js';
import type { Vault } from './vault.js';

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

/**
 * The key that a rotation made, found by comparing the list with what was there before; undefined when there is none.
 * Rejects with `rotationAmbiguous` when more than one fits: choosing could hide a key that nobody has.
 */
export async function findSuccessor(api: StiggApi, auth: Secret, record: RotationRecord): Promise<ApiKey | undefined> {
  const keys = await api.listKeys(auth, record.environmentId);
  const old = keys.find((key) => key.id === record.oldKeyId);
  const known = new Set(record.knownKeyIds);
  const fresh = keys.filter((key) => !known.has(key.id) && (old === undefined || (key.type === old.type && key.displayName === old.displayName)));
  if (fresh.length > 1) {
    throw new ExpectedError(
      'rotationAmbiguous',
      t('Stigg\'s list shows {0} new keys that could come from this rotation.', fresh.length),
      t('Somebody else rotated at the same time: keep the one you need from the list, and revoke the others.'),
    );
  }
  return fresh[0];
}

/** Step 4: the outgoing key gets the expiry that was asked for. `now` is done only when the old value answers 401. */
export async function settleOldKey(
  deps: { api: StiggApi; vault: Vault; now: () => Date; wait: (ms: number) => Promise<void> },
  auth: Secret,
  record: RotationRecord,
  knownOldValue: Secret | undefined,
): Promise<OldKeyState> {
  const { api, vault } = deps;
  const ref = { environmentId: record.environmentId, id: record.oldKeyId };
  const vaultRef = { environmentId: record.environmentId, keyId: record.oldKeyId };
  const old = (await api.listKeys(auth, record.environmentId)).find((key) => key.id === record.oldKeyId);
  const oldValue = knownOldValue ?? (await vault.read(vaultRef));
  const isGone = (key: ApiKey | undefined): boolean => key === undefined || (key.expireAt !== null && key.expireAt <= deps.now());

  if (record.grace === 'now') {
    if (!isGone(old)) {
      try {
        await api.revokeKey(auth, ref);
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        // Whether it happened is answered below by the key itself.
        if (error.code !== 'outcomeUnknown' && error.code !== 'notFound') return { kind: 'stillValid', reason: error.message };
      }
    }
    if (oldValue === undefined) {
      const listed = (await api.listKeys(auth, record.environmentId)).find((key) => key.id === record.oldKeyId);
      return isGone(listed) ? { kind: 'revoked', proved: false } : { kind: 'stillValid', reason: t('Stigg still lists it.') };
    }
    return proveRefused(deps, oldValue, vaultRef);
  }

  const wanted = new Date(Date.parse(record.startedAt) + graceMs(record.grace));
  if (isGone(old)) return { kind: 'revoked', proved: false };
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

/** Asks with the old value until Stigg refuses it; only then is it removed from the vault. */
async function proveRefused(
  deps: { api: StiggApi; vault: Vault; wait: (ms: number) => Promise<void> },
  oldValue: Secret,
  ref: { environmentId: string; keyId: string },
): Promise<OldKeyState> {
  for (const pause of [0, 1_000, 2_000, 4_000]) {
    await deps.wait(pause);
    if ((await deps.api.probe(oldValue)) === 'invalid') {
      await deps.vault.delete(ref);
      return { kind: 'revoked', proved: true };
    }
  }
  return { kind: 'stillValid', reason: t('Stigg has not refused the old value yet.') };
}
