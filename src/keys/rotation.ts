import { t } from '@vscode/l10n';
import { CancelledError, ExpectedError } from '../errors.js';
import type { Secret } from '../secret.js';
import type { RotationJournal, RotationRecord, RotationStep } from './journal.js';
import { graceMs, isIntegrationKey, keyStatus, type ApiKey, type GracePeriod } from './model.js';
import { findSuccessor, settleOldKey, type OldKeyState } from './rotationSteps.js';
import type { StiggApi } from './stiggApi.js';
import { managementKeyOf, storedKeyOf } from './storedKey.js';
import type { StoredKey, Vault } from './vault.js';

const HOUR = 3_600_000;
/** Longer than any single step can take with its retries, so that a live rotation is never taken for a dead one. */
const LEASE_MS = 5 * 60_000;
/** A rotation that Stigg has not shown after this long did not happen. */
const UNCONFIRMED_MS = 10 * 60_000;

export interface RotationDeps {
  readonly api: StiggApi;
  readonly vault: Vault;
  readonly journal: RotationJournal;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Resolves after `ms`. */
  readonly wait: (ms: number) => Promise<void>;
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

/** What one run over the steps carries along; a run after a restart knows neither value nor answer. */
interface Run {
  readonly progress: (step: RotationProgress) => void;
  readonly oldValue?: Secret | undefined;
  readonly newKey?: ApiKey;
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

  constructor(deps: RotationDeps) {
    this.#deps = deps;
  }

  /**
   * Rotates one key. `signal` is heard until Stigg is asked to rotate, not afterwards.
   * Rejects with ExpectedError: those of StiggApi and Vault, and `rotationPending`, `rotationUnconfirmed`, `rotationAmbiguous`,
   * `newKeyRefused`, `integrationKey`, `notActive`. What is left to do stays in the journal for `resume`.
   */
  async rotate(key: ApiKey, grace: GracePeriod, progress: (step: RotationProgress) => void, signal?: AbortSignal): Promise<RotationResult> {
    if (isIntegrationKey(key.type)) {
      throw new ExpectedError('integrationKey', t('"{0}" belongs to an integration, which would stop working.', key.displayName), t('Disconnect and connect the integration in the Stigg console instead.'));
    }
    if (keyStatus(key, this.#deps.now()).kind !== 'active') {
      throw new ExpectedError('notActive', t('"{0}" is on its way out already.', key.displayName), t('Change its grace period, or rotate the key that replaced it.'));
    }
    progress('checking');
    await this.#refuseSecondRotation(key);
    const auth = await this.#auth(key.environmentId);
    const before = await this.#deps.api.listKeys(auth, key.environmentId, signal);
    const oldValue = await this.#oldValue(auth, key, signal);
    const startedAt = this.#deps.now();
    const record: RotationRecord = {
      id: this.#deps.newId(), environmentId: key.environmentId, oldKeyId: key.id, grace, startedAt: startedAt.toISOString(),
      knownKeyIds: before.map((known) => known.id), step: 'intended', newKeyId: null, leaseUntil: this.#lease(),
    };
    if (signal?.aborted === true) throw new CancelledError();
    await this.#deps.journal.write(record);
    progress('committed');
    try {
      const newKey = await this.#rotateAtStigg(auth, key, record);
      return await this.#carryOn(await this.#advance(record, 'rotated', newKey.id), { progress, oldValue, newKey });
    } catch (error) {
      await this.#release(record.id);
      throw error;
    }
  }

  /** Takes up every rotation that no window is working on. Never rejects for one record because of another. */
  async resume(environmentId?: string): Promise<readonly ResumeOutcome[]> {
    const outcomes: ResumeOutcome[] = [];
    for (const record of await this.#deps.journal.list()) {
      if (environmentId !== undefined && record.environmentId !== environmentId) continue;
      if (Date.parse(record.leaseUntil) > this.#deps.now().getTime()) continue;
      outcomes.push(await this.#resumeOne(record));
    }
    return outcomes;
  }

  async #resumeOne(stale: RotationRecord): Promise<ResumeOutcome> {
    let record = stale;
    try {
      record = await this.#advance(stale, stale.step, stale.newKeyId);
      if (record.step === 'intended') {
        const successor = await findSuccessor(this.#deps.api, await this.#auth(record.environmentId), record);
        if (successor === undefined) {
          if (this.#deps.now().getTime() - Date.parse(record.startedAt) > UNCONFIRMED_MS) {
            await this.#deps.journal.remove(record);
            return { kind: 'neverHappened', record };
          }
          await this.#release(record.id);
          return { kind: 'waiting', record };
        }
        record = await this.#advance(record, 'rotated', successor.id);
      }
      const result = await this.#carryOn(record, { progress: () => undefined });
      return { kind: 'finished', record, result };
    } catch (error) {
      await this.#release(record.id);
      return { kind: 'failed', record, error };
    }
  }

  /** Step 1. An answer that never came is settled by looking, never by asking again. */
  async #rotateAtStigg(auth: Secret, key: ApiKey, record: RotationRecord): Promise<ApiKey> {
    const stored = await this.#deps.vault.list();
    const isOurs = managementKeyOf(stored, key.environmentId)?.keyId === key.id;
    const asked = graceMs(record.grace);
    const grace = isOurs || record.grace === 'now' ? Math.max(asked, HOUR) : asked;
    const expiresAt = new Date(Date.parse(record.startedAt) + grace);
    try {
      const { newKey } = await this.#deps.api.rotateKey(auth, key, expiresAt);
      if (!record.knownKeyIds.includes(newKey.id)) return newKey;
      // An answer that names a key we knew before says nothing about what happened.
      throw new ExpectedError('outcomeUnknown', t('Stigg\'s answer names a key that existed before.'), '');
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      if (error.code !== 'outcomeUnknown') {
        // Stigg said no: nothing happened, nothing is left to do.
        await this.#deps.journal.remove(record);
        throw error;
      }
      for (const pause of [0, 1_000, 3_000]) {
        await this.#deps.wait(pause);
        const successor = await findSuccessor(this.#deps.api, auth, record);
        if (successor !== undefined) return successor;
      }
      throw new ExpectedError(
        'rotationUnconfirmed',
        t('Stigg did not answer, and its list shows no new key for "{0}" so far. The key you have keeps working for at least an hour.', key.displayName),
        t('Refresh in a few minutes: if the rotation did happen, it is completed then.'),
        { cause: error },
      );
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
      throw new ExpectedError('vaultWriteFailed', t('The new key is no longer in the keychain.'), t('Unlock the keychain and refresh: the rotation is completed then.'));
    }
    let newKey = kept.entry;

    if (record.step === 'stored') {
      run.progress('proving');
      await this.#prove(kept.value, newKey);
      if (old !== undefined && old.manages !== null) {
        newKey = { ...newKey, manages: old.manages };
        await this.#deps.vault.updateIndex(newKey);
        await this.#deps.vault.updateIndex({ ...old, manages: null });
      }
      record = await this.#advance(record, 'proved', record.newKeyId);
    }

    run.progress('settling');
    const auth = newKey.manages === null ? await this.#auth(record.environmentId) : kept.value;
    const state = await settleOldKey(this.#deps, auth, record, run.oldValue);
    if (state.kind === 'stillValid') {
      await this.#release(record.id);
    } else {
      await this.#deps.journal.remove(record);
    }
    return { newKey, old: state, retired };
  }

  /** Step 2: the new value goes from Stigg to the vault, which reads it back before it says so. */
  async #store(record: RotationRecord, answered: ApiKey | undefined, retired: readonly string[]): Promise<void> {
    const auth = await this.#auth(record.environmentId);
    const described = answered ?? (await this.#deps.api.listKeys(auth, record.environmentId)).find((key) => key.id === record.newKeyId);
    if (described === undefined) {
      throw new ExpectedError('notFound', t('The key that the rotation made is not in Stigg\'s list.'), t('Look at the keys in the Stigg console; somebody may have revoked it.'));
    }
    const secret = await this.#deps.api.revealToken(auth, described);
    await this.#deps.vault.save(storedKeyOf(described, secret, { retired }), secret);
  }

  async #stored(record: RotationRecord): Promise<{ entry: StoredKey; value: Secret } | undefined> {
    const entry = (await this.#deps.vault.list()).find((key) => key.environmentId === record.environmentId && key.keyId === record.newKeyId);
    const value = entry === undefined ? undefined : await this.#deps.vault.read(entry);
    return entry === undefined || value === undefined ? undefined : { entry, value };
  }

  /** Step 3: one authenticated call. A fresh key may take a moment to be known everywhere. */
  async #prove(value: Secret, key: StoredKey): Promise<void> {
    let validity = await this.#deps.api.probe(value);
    for (const pause of [1_000, 3_000]) {
      if (validity === 'valid') return;
      await this.#deps.wait(pause);
      validity = await this.#deps.api.probe(value);
    }
    if (validity === 'valid') return;
    throw new ExpectedError(
      'newKeyRefused',
      validity === 'invalid'
        ? t('The new value of "{0}" is stored, but Stigg refuses it. The outgoing key was left as it is.', key.displayName)
        : t('The new value of "{0}" is stored, but Stigg could not be asked whether it works. The outgoing key was left as it is.', key.displayName),
      t('Refresh in a few minutes to complete the rotation; extend the grace period if it takes longer.'),
    );
  }

  /** The outgoing value, to prove its end and to find it in files. Worth trying, not worth failing for. */
  async #oldValue(auth: Secret, key: ApiKey, signal?: AbortSignal): Promise<Secret | undefined> {
    const stored = await this.#deps.vault.read({ environmentId: key.environmentId, keyId: key.id });
    if (stored !== undefined) return stored;
    try {
      return await this.#deps.api.revealToken(auth, key, signal);
    } catch (error) {
      if (error instanceof ExpectedError) return undefined;
      throw error;
    }
  }

  async #auth(environmentId: string): Promise<Secret> {
    const management = managementKeyOf(await this.#deps.vault.list(), environmentId);
    const value = management === undefined ? undefined : await this.#deps.vault.read(management);
    if (value === undefined) {
      throw new ExpectedError('valueMissing', t('The management key of this environment is no longer in the keychain.'), t('Add the environment again: paste a full access key.'));
    }
    return value;
  }

  async #refuseSecondRotation(key: ApiKey): Promise<void> {
    const pending = (await this.#deps.journal.list()).find((record) => record.environmentId === key.environmentId && record.oldKeyId === key.id);
    if (pending !== undefined) {
      throw new ExpectedError('rotationPending', t('A rotation of "{0}" is not finished yet.', key.displayName), t('Refresh to complete it first.'));
    }
  }

  async #advance(record: RotationRecord, step: RotationStep, newKeyId: string | null): Promise<RotationRecord> {
    const next: RotationRecord = { ...record, step, newKeyId, leaseUntil: this.#lease() };
    await this.#deps.journal.write(next);
    return next;
  }

  /** Lets any window take the record up at once. */
  async #release(id: string): Promise<void> {
    const record = (await this.#deps.journal.list()).find((entry) => entry.id === id);
    if (record !== undefined) await this.#deps.journal.write({ ...record, leaseUntil: new Date(0).toISOString() });
  }

  #lease(): string {
    return new Date(this.#deps.now().getTime() + LEASE_MS).toISOString();
  }
}
