import { t } from '@vscode/l10n';
import { CancelledError, ExpectedError } from '../errors.js';
import type { Secret } from '../secret.js';
import type { RotationJournal, RotationRecord, RotationStep } from './journal.js';
import { isIntegrationKey, keyStatus, type ApiKey, type GracePeriod } from './model.js';
import { findSuccessor, proveNewKey, rotateAtStigg, settleOldKey, type OldKeyState, type StepDeps } from './rotationSteps.js';
import { managementSecret, storedKeyOf } from './storedKey.js';
import type { StoredKey } from './vault.js';

/** Longer than a step takes but in the worst case; should one outlast it, two windows do the same work, and every step may be done twice. */
const LEASE_MS = 5 * 60_000;
/** A rotation that Stigg has not shown after this long did not happen. */
const UNCONFIRMED_MS = 10 * 60_000;

export interface RotationDeps extends StepDeps {
  readonly journal: RotationJournal;
  readonly newId: () => string;
}

export interface RotationResult {
  readonly newKey: StoredKey;
  /** What became of the outgoing key. */
  readonly old: OldKeyState;
  /** Fingerprints of values that files may still hold. */
  readonly retired: readonly string[];
}

/** What a person sees while a rotation runs. `committed` means that it can no longer be cancelled. */
export type RotationProgress = 'checking' | 'committed' | 'storing' | 'proving' | 'settling';

/** What one run over the steps carries along; a run after a restart does not know the old value. */
interface Run {
  readonly progress: (step: RotationProgress) => void;
  readonly oldValue?: Secret;
  readonly newKey: ApiKey;
}

/** Outcome of one record taken up again after a restart or an answer that never came. */
export type ResumeOutcome =
  | { readonly kind: 'finished'; readonly record: RotationRecord; readonly result: RotationResult }
  | { readonly kind: 'neverHappened'; readonly record: RotationRecord }
  | { readonly kind: 'waiting'; readonly record: RotationRecord }
  | { readonly kind: 'failed'; readonly record: RotationRecord; readonly error: unknown };

/**
 * The safe rotation protocol: at every point, a crash or a lost answer leaves a stored key that works.
 * The order is: write down the intent, rotate with at least an hour's grace where our own access or an immediate cut is at stake,
 * store the new value, prove it against Stigg, and only then give the outgoing key the expiry that was asked for.
 */
export class Rotation {
  readonly #deps: RotationDeps;
  /** In this window one resumption follows the other; between windows the lease in the journal decides. */
  #resuming: Promise<unknown> = Promise.resolve();

  constructor(deps: RotationDeps) {
    this.#deps = deps;
  }

  /**
   * Rotates one key. `signal` is heard until Stigg is asked to rotate, not afterwards.
   * Rejects with ExpectedError. Nothing happened: those of StiggApi and Vault, `rotationPending`, `integrationKey`, `notActive`.
   * It happened or may have, and what is left to do stays in the journal for `resume`: `rotationUnconfirmed`, `rotationAmbiguous`,
   * `newKeyRefused`, `rotationUnfinished`.
   */
  async rotate(key: ApiKey, grace: GracePeriod, progress: (step: RotationProgress) => void, signal?: AbortSignal): Promise<RotationResult> {
    if (isIntegrationKey(key.type)) {
      throw new ExpectedError('integrationKey', t('"{0}" belongs to an integration, which would stop working.', key.displayName), t('Disconnect and connect the integration in the Stigg console instead.'));
    }
    progress('checking');
    await this.#refuseSecondRotation(key);
    const auth = await this.#auth(key.environmentId);
    const before = await this.#deps.api.listKeys(auth, key.environmentId, signal);
    const listed = before.find((known) => known.id === key.id);
    if (listed === undefined) {
      throw new ExpectedError('notFound', t('Stigg does not list "{0}" (any more).', key.displayName), t('Refresh the list of keys.'));
    }
    if ([key, listed].some((seen) => keyStatus(seen, this.#deps.now()).kind !== 'active')) {
      throw new ExpectedError('notActive', t('"{0}" is on its way out already.', key.displayName), t('Change its grace period, or rotate the key that replaced it.'));
    }
    const oldValue = await this.#oldValue(auth, listed, signal);
    const record: RotationRecord = {
      id: this.#deps.newId(), environmentId: key.environmentId, oldKeyId: key.id, grace, startedAt: this.#deps.now().toISOString(),
      knownKeyIds: before.map((known) => known.id), step: 'intended', newKeyId: null, leaseUntil: this.#lease(),
    };
    if (signal?.aborted === true) throw new CancelledError();
    await this.#deps.journal.write(record);
    let newKey: ApiKey;
    try {
      // Once more: another window may have written down the same between the first look and now.
      await this.#refuseSecondRotation(key, record);
      progress('committed');
      newKey = await rotateAtStigg(this.#deps, auth, key, record);
    } catch (error) {
      if (error instanceof ExpectedError && !['rotationUnconfirmed', 'rotationAmbiguous'].includes(error.code)) {
        // Stigg said no, or was not asked: nothing happened, nothing is left to do.
        await this.#deps.journal.remove(record);
      } else {
        await this.#deps.journal.release(record.id);
      }
      throw error;
    }
    try {
      return await this.#carryOn(await this.#advance(record, 'rotated', newKey.id), { progress, oldValue, newKey });
    } catch (error) {
      await this.#deps.journal.release(record.id);
      throw unfinished(error, (reason) => t('"{0}" was rotated at Stigg, but its new value is not in use here yet: {1}', key.displayName, reason));
    }
  }

  /** Takes up every rotation that no window is working on. Never rejects for one record because of another. */
  async resume(environmentId?: string): Promise<readonly ResumeOutcome[]> {
    const run = this.#resuming.then(async () => {
      const outcomes: ResumeOutcome[] = [];
      for (const record of await this.#deps.journal.list()) {
        if (environmentId !== undefined && record.environmentId !== environmentId) continue;
        const left = Date.parse(record.leaseUntil) - this.#deps.now().getTime();
        // A lease that is longer than any we give comes from a clock that was set back since.
        if (left > 0 && left <= LEASE_MS) continue;
        outcomes.push(await this.#resumeOne(record));
      }
      return outcomes;
    });
    this.#resuming = run.catch(() => undefined);
    return run;
  }

  /** The person has chosen another end for an outgoing key: what its rotation still meant to do with it no longer counts. */
  async leaveOldKey(key: Pick<ApiKey, 'environmentId' | 'id'>): Promise<void> {
    for (const record of await this.#deps.journal.list()) {
      if (record.step === 'proved' && record.environmentId === key.environmentId && record.oldKeyId === key.id) await this.#deps.journal.remove(record);
    }
  }

  async #resumeOne(stale: RotationRecord): Promise<ResumeOutcome> {
    let record = stale;
    try {
      record = await this.#advance(stale, stale.step, stale.newKeyId);
      const keys = await this.#deps.api.listKeys(await this.#auth(record.environmentId), record.environmentId);
      const isEarly = record.step === 'intended' || record.step === 'rotated';
      const made = keys.find((key) => key.id === record.newKeyId) ?? (isEarly ? findSuccessor(keys, record) : undefined);
      if (made === undefined && this.#deps.now().getTime() - Date.parse(record.startedAt) <= UNCONFIRMED_MS) {
        await this.#deps.journal.release(record.id);
        return { kind: 'waiting', record };
      }
      if (made === undefined || keyStatus(made, this.#deps.now()).kind === 'expired') {
        // The outgoing key may be the only one that works now: it is left alone.
        await this.#deps.journal.remove(record);
        return record.newKeyId === null ? { kind: 'neverHappened', record } : { kind: 'failed', record, error: overtaken() };
      }
      if (record.step === 'intended' || made.id !== record.newKeyId) record = await this.#advance(record, 'rotated', made.id);
      const result = await this.#carryOn(record, { progress: () => undefined, newKey: made });
      return { kind: 'finished', record, result };
    } catch (error) {
      await this.#deps.journal.release(record.id);
      return { kind: 'failed', record, error: unfinished(error, (reason) => t('An earlier rotation could not be completed yet: {0}', reason)) };
    }
  }

  /** Steps 2 to 5 from wherever the record stands. */
  async #carryOn(from: RotationRecord, run: Run): Promise<RotationResult> {
    let record = from;
    if (record.step !== 'rotated' && (await this.#stored(record)) === undefined) {
      // The keychain was emptied in between: the value is fetched from Stigg once more.
      record = await this.#advance(record, 'rotated', record.newKeyId);
    }
    const before = await this.#deps.vault.list();
    const old = before.find((key) => key.environmentId === record.environmentId && key.keyId === record.oldKeyId);
    const retired = [old?.fingerprint ?? run.oldValue?.fingerprint, ...(old?.retired ?? [])].filter((print) => print !== undefined);

    if (record.step === 'rotated') {
      run.progress('storing');
      await this.#store(record, run.newKey, retired);
      record = await this.#advance(record, 'stored', record.newKeyId);
    }
    const kept = await this.#stored(record);
    if (kept === undefined) {
      throw new ExpectedError('vaultWriteFailed', t('The new key is no longer stored on this machine.'), t('Unlock the keychain and refresh: the rotation is completed then.'));
    }
    let newKey = kept.entry;

    if (record.step === 'stored') {
      run.progress('proving');
      await proveNewKey(this.#deps, kept.value, newKey);
      if (old !== undefined && old.manages !== null) {
        newKey = { ...newKey, manages: old.manages };
        await this.#deps.vault.updateIndex(newKey);
        await this.#deps.vault.updateIndex({ ...old, manages: null });
      }
      record = await this.#advance(record, 'proved', record.newKeyId);
    }

    run.progress('settling');
    const state = await this.#settle(record, newKey.manages === null ? undefined : kept.value, run.oldValue);
    if (state.kind === 'stillValid') {
      await this.#deps.journal.release(record.id);
    } else {
      await this.#deps.journal.remove(record);
    }
    return { newKey, old: state, retired };
  }

  /** Step 2: the new value goes from Stigg to the vault, which reads it back before it says so. */
  async #store(record: RotationRecord, newKey: ApiKey, retired: readonly string[]): Promise<void> {
    const secret = await this.#deps.api.revealToken(await this.#auth(record.environmentId), newKey);
    if (retired.includes(secret.fingerprint)) {
      throw new ExpectedError('staleValue', t('Stigg still gives the old value of "{0}" for the new one.', newKey.displayName), t('Refresh in a minute to complete the rotation.'));
    }
    // Another window may have come further meanwhile: what it made of the entry is kept.
    const manages = (await this.#stored(record))?.entry.manages ?? null;
    await this.#deps.vault.save(storedKeyOf(newKey, secret, { retired, manages }), secret);
  }

  /** Step 4. The new key is in use by now, so that a failure here is told as what it is: the old one's end is not settled. */
  async #settle(record: RotationRecord, management: Secret | undefined, oldValue: Secret | undefined): Promise<OldKeyState> {
    try {
      return await settleOldKey(this.#deps, management ?? (await this.#auth(record.environmentId)), record, oldValue);
    } catch (error) {
      if (error instanceof ExpectedError) return { kind: 'stillValid', reason: error.message };
      throw error;
    }
  }

  async #stored(record: RotationRecord): Promise<{ entry: StoredKey; value: Secret } | undefined> {
    const entry = (await this.#deps.vault.list()).find((key) => key.environmentId === record.environmentId && key.keyId === record.newKeyId);
    const value = entry === undefined ? undefined : await this.#deps.vault.read(entry);
    return entry === undefined || value === undefined ? undefined : { entry, value };
  }

  /**
   * The outgoing value: it proves its end later, and is found in files by it. Stigg is asked even when the value is stored, because who may
   * not read this value may not read the next one either, and a new key whose value nobody has would be worse than none.
   */
  async #oldValue(auth: Secret, key: ApiKey, signal?: AbortSignal): Promise<Secret> {
    const { api, vault } = this.#deps;
    const value = await api.revealToken(auth, key, signal);
    const entries = (await vault.list()).filter((entry) => entry.environmentId === key.environmentId && entry.fingerprint === value.fingerprint);
    const unnamed = entries.find((entry) => entry.keyId !== key.id);
    if (unnamed !== undefined) {
      // Stored when its id could not be learned: it gets its id now, or the rotation would not know it for ours.
      const named = entries.find((entry) => entry.keyId === key.id);
      await vault.save(storedKeyOf(key, value, { retired: [...(named?.retired ?? []), ...unnamed.retired], manages: named?.manages ?? unnamed.manages }), value);
      await vault.delete(unnamed);
    }
    return value;
  }

  #auth(environmentId: string): Promise<Secret> {
    return managementSecret(this.#deps.vault, environmentId);
  }

  async #refuseSecondRotation(key: ApiKey, own?: RotationRecord): Promise<void> {
    const pending = (await this.#deps.journal.list()).some((record) => record.id !== own?.id && record.environmentId === key.environmentId && record.oldKeyId === key.id);
    if (pending) {
      throw new ExpectedError('rotationPending', t('A rotation of "{0}" is not finished yet.', key.displayName), t('Refresh to complete it first.'));
    }
  }

  async #advance(record: RotationRecord, step: RotationStep, newKeyId: string | null): Promise<RotationRecord> {
    const next: RotationRecord = { ...record, step, newKeyId, leaseUntil: this.#lease() };
    await this.#deps.journal.write(next);
    return next;
  }

  #lease(): string {
    return new Date(this.#deps.now().getTime() + LEASE_MS).toISOString();
  }
}

/** Says of a failure that it came after Stigg had made the new key. */
function unfinished(error: unknown, say: (reason: string) => string): unknown {
  if (!(error instanceof ExpectedError) || error.code === 'newKeyRefused') return error;
  return new ExpectedError('rotationUnfinished', say(error.message), t('{0} Then refresh to complete the rotation; the old value works until it expires.', error.nextStep), { cause: error });
}

function overtaken(): ExpectedError {
  return new ExpectedError(
    'rotationOvertaken',
    t('The key that an earlier rotation made has ended at Stigg before the rotation was completed. The key it was made for was left as it is.'),
    t('Look at the keys of the environment, and rotate again what is still in use.'),
  );
}
