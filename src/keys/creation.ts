import { t } from '@vscode/l10n';
import { CancelledError, ExpectedError } from '../errors.js';
import { Emitter, type Disposable } from '../event.js';
import type { Secret } from '../secret.js';
import type { CreationJournal, CreationRecord, CreationStep } from './creationJournal.js';
import { ambiguous, createAtStigg, demandReadable, findCreated, proveCreated, type Created, type NewKey } from './creationSteps.js';
import { asText, descriptionProblem, nameProblem } from './keyNames.js';
import { keyStatus, type ApiKey } from './model.js';
import { nameDigest } from './nameDigest.js';
import type { StepDeps } from './rotationSteps.js';
import { normalise } from './scopes.js';
import { managementSecret, storedKeyOf } from './storedKey.js';
import type { StoredKey } from './vault.js';

export type { NewKey } from './creationSteps.js';

/** Longer than a step takes but in the worst case; should one outlast it, two windows do the same work, and every step may be done twice. */
const LEASE_MS = 5 * 60_000;
/** A key that Stigg has not shown after this long was not made. */
const UNCONFIRMED_MS = 10 * 60_000;

export interface CreationDeps extends StepDeps {
  readonly journal: CreationJournal;
  readonly newId: () => string;
}

/** What a person sees while a key is made. `committed` means that it can no longer be cancelled. */
export type CreationProgress = 'checking' | 'committed' | 'storing' | 'proving';

/** Outcome of one record taken up again after a restart or an answer that never came. */
export type CreationOutcome =
  | { readonly kind: 'finished'; readonly record: CreationRecord; readonly key: StoredKey }
  | { readonly kind: 'neverHappened'; readonly record: CreationRecord }
  | { readonly kind: 'waiting'; readonly record: CreationRecord }
  /** It was made, and had ended at Stigg before it could be stored. */
  | { readonly kind: 'ended'; readonly record: CreationRecord; readonly key: ApiKey | null }
  /** Several keys fit; the record stays until a person has chosen. */
  | { readonly kind: 'ambiguous'; readonly record: CreationRecord; readonly error: ExpectedError }
  /** A person had to choose among several keys, and has. */
  | { readonly kind: 'settled'; readonly record: CreationRecord }
  | { readonly kind: 'failed'; readonly record: CreationRecord; readonly error: unknown };

/**
 * Creates a scoped key so that no crash, lost answer or lie leaves a key that nobody knows of, or makes two: the intent is written down
 * with the ids that exist, the key is made, its value stored and read back, and proved by one call.
 */
export class Creation implements Disposable {
  readonly #deps: CreationDeps;
  readonly #resumed = new Emitter<readonly CreationOutcome[]>();
  /** In this window one resumption follows the other; between windows the lease in the journal decides. */
  #resuming: Promise<unknown> = Promise.resolve();

  /** What became of unfinished creations, whenever some were taken up. */
  readonly onDidResume = this.#resumed.event;

  constructor(deps: CreationDeps) {
    this.#deps = deps;
  }

  /**
   * Creates one scoped key; resolves when its value is stored and proved. `signal` is heard until Stigg is asked, not afterwards.
   * Rejects with ExpectedError. Nothing happened: those of StiggApi and Vault, `badName`, `badDescription`, `noScope`, `valuesHidden`,
   * `creationPending`. It happened or may have, and what is left to do stays in the journal for `resume`: `creationUnconfirmed`,
   * `creationAmbiguous`, `newKeyRefused`, `creationUnfinished`.
   */
  async create(asked: NewKey, progress: (step: CreationProgress) => void, signal?: AbortSignal): Promise<StoredKey> {
    const input = checked(asked);
    progress('checking');
    await this.#refuseSecond(input);
    const auth = await this.#auth(input.environmentId);
    const before = await this.#deps.api.listKeys(auth, input.environmentId, signal);
    await demandReadable(this.#deps, auth, input.environmentId, before, signal);
    const id = this.#deps.newId();
    const record: CreationRecord = {
      id, environmentId: input.environmentId, nameDigest: nameDigest(id, input.displayName), startedAt: this.#deps.now().toISOString(),
      knownKeyIds: before.map((known) => known.id), step: 'intended', newKeyId: null, leaseUntil: this.#lease(),
    };
    if (signal?.aborted === true) throw new CancelledError();
    await this.#deps.journal.write(record);
    try {
      // Once more: another window may have written down the same between the first look and now.
      await this.#refuseSecond(input, record);
    } catch (error) {
      await this.#deps.journal.remove(record);
      throw error;
    }
    progress('committed');
    const key = await this.#make(auth, input, record);
    try {
      return await this.#carryOn(await this.#advance(record, 'made', key.id), key, progress);
    } catch (error) {
      await this.#deps.journal.release(record.id);
      throw unfinished(error, (reason) => t('"{0}" was created at Stigg, but its value is not in use here yet: {1}', input.displayName, reason));
    }
  }

  /** Takes up every creation that no window is working on. Never rejects for one record because of another. */
  async resume(environmentId?: string): Promise<readonly CreationOutcome[]> {
    const run = this.#resuming.then(async () => {
      const outcomes: CreationOutcome[] = [];
      for (const record of await this.#deps.journal.list()) {
        if (environmentId !== undefined && record.environmentId !== environmentId) continue;
        const left = Date.parse(record.leaseUntil) - this.#deps.now().getTime();
        // A lease that is longer than any we give comes from a clock that was set back since.
        if (left > 0 && left <= LEASE_MS) continue;
        outcomes.push(await this.#resumeOne(record));
      }
      if (outcomes.length > 0) this.#resumed.fire(outcomes);
      return outcomes;
    });
    this.#resuming = run.catch(() => undefined);
    return run;
  }

  dispose(): void {
    this.#resumed.dispose();
  }

  async #resumeOne(stale: CreationRecord): Promise<CreationOutcome> {
    let record = stale;
    try {
      record = await this.#advance(stale, stale.step, stale.newKeyId);
      const keys = await this.#deps.api.listKeys(await this.#auth(record.environmentId), record.environmentId);
      const found = record.step === 'stored' ? [] : findCreated(keys, record, await this.#claimed(record));
      const made = keys.find((key) => key.id === record.newKeyId) ?? (found.length === 1 ? found[0] : undefined);
      if (made === undefined && found.length > 1) {
        await this.#advance(record, 'ambiguous', record.newKeyId);
        await this.#deps.journal.release(record.id);
        return { kind: 'ambiguous', record, error: ambiguous(found) };
      }
      const isEarly = this.#deps.now().getTime() - Date.parse(record.startedAt) <= UNCONFIRMED_MS;
      if (made === undefined && isEarly && record.step !== 'ambiguous') {
        await this.#deps.journal.release(record.id);
        return { kind: 'waiting', record };
      }
      if (made === undefined || keyStatus(made, this.#deps.now()).kind === 'expired') {
        await this.#deps.journal.remove(record);
        if (record.step === 'ambiguous') return { kind: 'settled', record };
        return record.newKeyId === null ? { kind: 'neverHappened', record } : { kind: 'ended', record, key: made ?? null };
      }
      if (record.step !== 'stored' || made.id !== record.newKeyId) record = await this.#advance(record, 'made', made.id);
      return { kind: 'finished', record, key: await this.#carryOn(record, made, () => undefined) };
    } catch (error) {
      await this.#deps.journal.release(record.id);
      return { kind: 'failed', record, error: unfinished(error, (reason) => t('A key whose creation was begun earlier could not be stored yet: {0}', reason)) };
    }
  }

  /** Storing and proving, from wherever the record stands. */
  async #carryOn(from: CreationRecord, key: ApiKey, progress: (step: CreationProgress) => void): Promise<StoredKey> {
    let record = from;
    let kept = await this.#stored(key);
    if (kept === undefined) {
      progress('storing');
      kept = await this.#store(key);
    }
    if (record.step !== 'stored') record = await this.#advance(record, 'stored', key.id);
    progress('proving');
    await proveCreated(this.#deps, kept.value, kept.entry);
    await this.#deps.journal.remove(record);
    return kept.entry;
  }

  /** The value goes from Stigg to the vault, which reads it back before it says so. */
  async #store(key: ApiKey): Promise<{ entry: StoredKey; value: Secret }> {
    const { api, vault } = this.#deps;
    const value = await api.revealToken(await this.#auth(key.environmentId), key);
    const owner = (await vault.list()).find((entry) => entry.fingerprint === value.fingerprint && entry.keyId !== key.id);
    if (owner !== undefined) {
      throw new ExpectedError('staleValue', t('Stigg gives the value of "{0}" for the new key.', owner.displayName), t('Wait a minute.'));
    }
    const entry = storedKeyOf(key, value);
    await vault.save(entry, value);
    return { entry, value };
  }

  async #stored({ environmentId, id }: ApiKey): Promise<{ entry: StoredKey; value: Secret } | undefined> {
    const entry = (await this.#deps.vault.list()).find((key) => key.environmentId === environmentId && key.keyId === id);
    const value = entry === undefined ? undefined : await this.#deps.vault.read(entry);
    return entry === undefined || value === undefined ? undefined : { entry, value };
  }

  /** Keys that this creation did not make: stored ones, and those of other creations. */
  async #claimed(record: CreationRecord): Promise<ReadonlySet<string>> {
    const stored = (await this.#deps.vault.list()).filter((entry) => entry.environmentId === record.environmentId).map((entry) => entry.keyId);
    const others = (await this.#deps.journal.list()).flatMap(({ id, newKeyId }) => (id === record.id || newKeyId === null ? [] : [newKeyId]));
    return new Set([...stored, ...others].filter((id) => id !== record.newKeyId));
  }

  async #refuseSecond({ environmentId, displayName }: NewKey, own?: CreationRecord): Promise<void> {
    const isPending = (await this.#deps.journal.list()).some((record) =>
      record.id !== own?.id && record.environmentId === environmentId && record.nameDigest === nameDigest(record.id, displayName));
    if (isPending) {
      throw new ExpectedError('creationPending', t('A key named "{0}" was asked for before, and whether Stigg has made it is not settled yet.', displayName), t('Refresh to settle it first, so that there are not two.'));
    }
  }

  /** The key as Stigg made it; whatever is not Stigg's own no leaves the record for `resume`. */
  async #make(auth: Secret, input: NewKey, record: CreationRecord): Promise<ApiKey> {
    let made: Created;
    try {
      made = await createAtStigg(this.#deps, auth, input, record, () => this.#claimed(record));
    } catch (error) {
      if (error instanceof ExpectedError && error.code === 'creationAmbiguous') await this.#advance(record, 'ambiguous', null);
      await this.#deps.journal.release(record.id);
      throw error;
    }
    if (made.kind === 'made') return made.key;
    await this.#deps.journal.remove(record);
    throw made.error;
  }

  #auth(environmentId: string): Promise<Secret> {
    return managementSecret(this.#deps.vault, environmentId);
  }

  async #advance(record: CreationRecord, step: CreationStep, newKeyId: string | null): Promise<CreationRecord> {
    const next: CreationRecord = { ...record, step, newKeyId, leaseUntil: this.#lease() };
    await this.#deps.journal.write(next);
    return next;
  }

  #lease(): string {
    return new Date(this.#deps.now().getTime() + LEASE_MS).toISOString();
  }
}

/** The input as it is sent. Rejects what Stigg would not take, before anything is written down. */
function checked({ environmentId, displayName, description, scopes }: NewKey): NewKey {
  const nameWords = nameProblem(displayName);
  if (nameWords !== undefined) throw new ExpectedError('badName', nameWords, t('Choose another name.'));
  const descriptionWords = descriptionProblem(description);
  if (descriptionWords !== undefined) throw new ExpectedError('badDescription', descriptionWords, t('Shorten it.'));
  if (scopes.length === 0) throw new ExpectedError('noScope', t('A key needs at least one permission.'), t('Choose one.'));
  return { environmentId, displayName: asText(displayName), description: asText(description), scopes: normalise(scopes) };
}

/** Says of a failure that it came after Stigg had made the key, and what can be done about it. */
function unfinished(error: unknown, say: (reason: string) => string): unknown {
  if (!(error instanceof ExpectedError) || error.code === 'newKeyRefused') return error;
  return new ExpectedError(
    'creationUnfinished',
    say(error.message),
    t('{0} Then refresh, and it is stored; or use "Store Key" on it; or revoke it.', error.nextStep),
    { cause: error },
  );
}
