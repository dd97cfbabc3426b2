import { t } from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import type { Secret } from '../../secret.js';
import { keyStatus } from '../model.js';
import { proveRefusal } from '../proof.js';
import type { StiggApi } from '../stiggApi.js';
import { managementKeyOf, managementSecret } from '../storedKey.js';
import type { Vault } from '../vault.js';
import type { LeakedState } from './facts.js';
import type { RemediationRecord } from './journal.js';

export interface OldValueDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

/** Pauses before Stigg is asked (again) whether it refuses a value: it may take a while to be known everywhere. */
const PAUSES_MS = [0, 1_000, 2_000, 4_000, 8_000] as const;

/**
 * Ends the leaked key at Stigg; resolves with undefined when Stigg's list shows its end, otherwise with why it is still valid.
 * May be called again: what has ended already is left alone, and an answer that never came is settled by looking.
 */
export async function endOldKey(deps: OldValueDeps, record: RemediationRecord): Promise<LeakedState | undefined> {
  const { api, vault, now } = deps;
  const { environmentId, keyId } = record;
  if (environmentId === null || keyId === null) return undefined;
  try {
    const stored = await vault.list();
    const auth = await managementSecret(vault, environmentId, stored);
    const look = async (): Promise<{ until: Date | null; hasEnded: boolean; isActive: boolean }> => {
      const key = (await api.listKeys(auth, environmentId)).find(({ id }) => id === keyId);
      const kind = key === undefined ? 'expired' : keyStatus(key, now()).kind;
      return { until: key?.expireAt ?? null, hasEnded: kind === 'expired', isActive: kind === 'active' };
    };
    const before = await look();
    if (before.hasEnded) return undefined;
    if (managementKeyOf(stored, environmentId)?.keyId === keyId) {
      return { kind: 'stillValid', until: before.until, reason: t('It is the key that this extension talks to Stigg with: add the environment with another key first.') };
    }
    // Nothing that has no successor is ever ended, but by the person's own choice.
    if (before.isActive && record.end !== 'revoke') {
      return { kind: 'stillValid', until: null, reason: t('Stigg lists it as active, so it has no successor yet.') };
    }
    const refused = await revoke(api, auth, { environmentId, id: keyId });
    const after = await look();
    return after.hasEnded ? undefined : { kind: 'stillValid', until: after.until, reason: refused?.full ?? t('Stigg still lists it as working.') };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { kind: 'stillValid', until: null, reason: error.full };
  }
}

async function revoke(api: StiggApi, auth: Secret, key: { environmentId: string; id: string }): Promise<ExpectedError | undefined> {
  try {
    await api.revokeKey(auth, key);
    return undefined;
  } catch (error) {
    // Whether it happened all the same is for the list to say.
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}

/** The leaked value, to ask Stigg with: from where it was found, from the vault, or from Stigg while it gives it out. */
export async function leakedValue({ api, vault }: OldValueDeps, record: RemediationRecord, known: Secret | undefined): Promise<Secret | undefined> {
  const { environmentId, keyId, fingerprint } = record;
  if (known !== undefined || environmentId === null || keyId === null) return known;
  const entry = (await vault.list()).find((key) => key.environmentId === environmentId && key.fingerprint === fingerprint);
  const kept = entry === undefined ? undefined : await vault.read(entry);
  if (kept !== undefined) return kept;
  try {
    const value = await api.revealToken(await managementSecret(vault, environmentId), { environmentId, id: keyId });
    return value.fingerprint === fingerprint ? value : undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

/**
 * Asks Stigg with the leaked value until it answers 401. At the same moment another key must be accepted: a Stigg, or a network, that answers
 * 401 to everything proves nothing.
 */
export async function proveRefused(deps: OldValueDeps, record: RemediationRecord, value: Secret): Promise<LeakedState> {
  const proof = await proveRefusal(deps, record.environmentId, value, PAUSES_MS);
  switch (proof.kind) {
    case 'refused':
      return { kind: 'refused', at: deps.now(), control: proof.control };
    case 'everything':
      return { kind: 'stillValid', until: null, reason: t('Stigg answers 401 to every key just now, so its refusal of the old value says nothing.') };
    case 'accepted':
      return { kind: 'stillValid', until: null, reason: t('Stigg has not refused the old value yet.') };
    case 'unknown':
      return { kind: 'stillValid', until: null, reason: t('Stigg could not be asked whether it refuses the old value.') };
  }
}
