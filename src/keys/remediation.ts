import { t } from '@vscode/l10n';
import { CancelledError, ExpectedError, isCancelled } from '../errors.js';
import type { Secret } from '../secret.js';
import type { RotationJournal } from './journal.js';
import { keyStatus, type ApiKey } from './model.js';
import { factsOf, type Run } from './remediation/gather.js';
import type { HistoryFacts, LeakedState, Mended, RemediationFacts } from './remediation/facts.js';
import type { IdentifyDeps, Leak } from './remediation/identify.js';
import { graceOf, type LeakEnd, type RemediationJournal, type RemediationRecord, type RemediationStep } from './remediation/journal.js';
import { countOf } from './remediation/counts.js';
import { endOldKey, leakedValue, proveRefused, type OldValueDeps } from './remediation/oldValue.js';
import type { RotationService } from './lazyRotation.js';
import { managementSecret } from './storedKey.js';
import type { StoredKey } from './vault.js';

/** Searching a large workspace may take minutes; should a step outlast it, two windows do the same, which does no harm. */
const LEASE_MS = 10 * 60_000;

/** Looks for the value where people keep it. The value itself never passes through here. */
export interface RemediationPorts {
  /** Replaces the value by the look-up wherever it stands, and looks once more. Rejects with CancelledError only. */
  readonly mend: (fingerprint: string, signal: AbortSignal) => Promise<Mended>;
  /** Looks without changing anything. */
  readonly look: (fingerprint: string, signal: AbortSignal) => Promise<Mended>;
  /** Rejects with CancelledError only: what cannot be looked at is among the problems. */
  readonly searchHistory: (fingerprint: string, signal: AbortSignal) => Promise<HistoryFacts>;
}

export interface RemediationDeps extends IdentifyDeps, OldValueDeps {
  readonly rotation: RotationService;
  readonly rotations: RotationJournal;
  readonly journal: RemediationJournal;
  readonly ports: RemediationPorts;
  readonly newId: () => string;
}

export type RemediationProgress = RemediationStep | 'history';

/**
 * From a leaked key to a repaired workspace: rotate safely, mend the places, end the old value, prove its end, look at the history.
 * Each step is written down before the next one is begun, so that a crash is taken up again where it was.
 */
export class Remediation {
  readonly #deps: RemediationDeps;

  constructor(deps: RemediationDeps) {
    this.#deps = deps;
  }

  /**
   * Remediates a leak that was identified. Rejects with the codes of Rotation and StiggApi when nothing has happened; with
   * `remediationUnfinished` when a part is done, and the rest is taken up by `resume`. A value that is still valid afterwards is no
   * rejection: the facts say so.
   */
  async start(leak: Exclude<Leak, { kind: 'foreign' }>, end: LeakEnd, secret: Secret | undefined, progress: (step: RemediationProgress) => void, signal: AbortSignal): Promise<RemediationFacts> {
    await this.#refuseSecond(leak.fingerprint);
    const key = leak.kind === 'known' ? leak.row.key : null;
    const record: RemediationRecord = {
      id: this.#deps.newId(), environmentId: leak.environment?.id ?? null, keyId: key?.id ?? null, newKeyId: leak.kind === 'dead' ? (leak.successor?.keyId ?? null) : null,
      fingerprint: leak.fingerprint, end: leak.kind === 'dead' ? 'none' : end, done: [], startedAt: this.#deps.now().toISOString(), provedAt: null, dueAt: null, leaseUntil: this.#lease(),
    };
    if (signal.aborted) throw new CancelledError();
    await this.#deps.journal.write(record);
    return this.#guarded(record, { progress, signal, isResumed: false, log: [], mask: leak.mask, environment: leak.environment, key: key ?? null, secret });
  }

  /** What a crash, a lost answer or a grace period has left to do, and that no window is working on. */
  async unfinished(): Promise<readonly RemediationRecord[]> {
    const now = this.#deps.now().getTime();
    return (await this.#deps.journal.list()).filter(({ leaseUntil, dueAt }) => {
      const left = Date.parse(leaseUntil) - now;
      // A lease that is longer than any we give comes from a clock that was set back since.
      return (left <= 0 || left > LEASE_MS) && (dueAt === null || Date.parse(dueAt) <= now);
    });
  }

  /** The next time at which something may be to do; undefined when nothing is under way. */
  async nextDue(): Promise<Date | undefined> {
    const times = (await this.#deps.journal.list()).map(({ leaseUntil, dueAt }) => Math.max(Date.parse(leaseUntil), Date.parse(dueAt ?? leaseUntil)));
    return times.length === 0 ? undefined : new Date(Math.min(...times));
  }

  /** Goes on from wherever the record stands. `end` replaces the end that was chosen, such as by `now` where places are left. */
  async resume(stale: RemediationRecord, progress: (step: RemediationProgress) => void, signal: AbortSignal, end: LeakEnd = stale.end): Promise<RemediationFacts> {
    const record = { ...stale, end, dueAt: null, leaseUntil: this.#lease() };
    await this.#deps.journal.write(record);
    const entry = (await this.#deps.vault.list()).find(({ fingerprint }) => fingerprint === record.fingerprint);
    return this.#guarded(record, { progress, signal, isResumed: true, log: [], mask: entry?.mask ?? null, environment: null, key: null, secret: undefined });
  }

  /** The state of an unfinished remediation, without doing anything about it. */
  async look(record: RemediationRecord, signal: AbortSignal): Promise<RemediationFacts> {
    const entry = (await this.#deps.vault.list()).find(({ fingerprint }) => fingerprint === record.fingerprint);
    const run: Run = { progress: () => undefined, signal, isResumed: true, log: [], mask: entry?.mask ?? null, environment: null, key: null, secret: undefined };
    const old: LeakedState = { kind: 'stillValid', until: record.dueAt === null ? null : new Date(record.dueAt), reason: t('The remediation is not finished.') };
    return factsOf(this.#deps, record, run, { old, mended: await this.#deps.ports.look(record.fingerprint, signal), history: null, isOpen: true });
  }

  /** The person does not want it to be taken up again. What was done stays done. */
  async drop(record: RemediationRecord): Promise<void> {
    await this.#deps.journal.remove(record);
  }

  async #guarded(record: RemediationRecord, run: Run): Promise<RemediationFacts> {
    try {
      return await this.#carryOn(record, run);
    } catch (error) {
      if (await this.#neverBegan(record, run, error)) {
        await this.#deps.journal.remove(record);
        throw error;
      }
      await this.#deps.journal.release(record.id);
      if (isCancelled(error) || !(error instanceof ExpectedError)) throw error;
      throw new ExpectedError('remediationUnfinished', t('The remediation of {0} is not finished: {1}', run.key?.displayName ?? run.mask ?? t('a key'), error.message), t('{0} Then choose "Continue": it goes on from there.', error.nextStep), { cause: error });
    }
  }

  async #carryOn(from: RemediationRecord, run: Run): Promise<RemediationFacts> {
    let record = from;
    let mended: Mended | null = null;
    let old: LeakedState | undefined;
    const isEarly = record.end === 'now' || record.end === 'revoke';
    record = await this.#rotated(record, run);
    if (isEarly) ({ record, old } = await this.#ended(record, run, null));
    if (!record.done.includes('replaced') || run.isResumed) {
      run.progress('replaced');
      mended = await this.#deps.ports.mend(record.fingerprint, run.signal);
      this.#note(run, t('The value is read from the environment in {0} now. Left: {1}.', countOf(mended.files.length, 'file'), countOf(mended.left.length, 'place')));
      record = await this.#advance(record, 'replaced');
    }
    if (old?.kind !== 'refused' && old?.kind !== 'listedAsEnded') ({ record, old } = await this.#ended(record, run, mended));
    run.progress('history');
    const history = await this.#history(record, run);
    const isOpen = old.kind === 'stillValid';
    const facts = await factsOf(this.#deps, record, run, { old, mended, history, isOpen });
    if (isOpen) await this.#deps.journal.write({ ...record, dueAt: this.#dueAt(record, old), leaseUntil: new Date(0).toISOString() });
    else await this.#deps.journal.remove(record);
    return facts;
  }

  /** The safe rotation, or what was begun of it; nothing for a value that has a successor or gets none. */
  async #rotated(record: RemediationRecord, run: Run): Promise<RemediationRecord> {
    const { rotation, rotations, api, vault } = this.#deps;
    const { environmentId, keyId } = record;
    const grace = graceOf(record.end);
    if (record.done.includes('rotated') || environmentId === null || keyId === null) return record;
    run.progress('rotated');
    // In memory for the proof: the protocol lets go of a value that it has proved to be refused.
    run.secret ??= await this.#stored(record).then((entry) => (entry === undefined ? undefined : vault.read(entry)));
    const isPending = async (): Promise<boolean> => (await rotations.list()).some((other) => other.environmentId === environmentId && other.oldKeyId === keyId);
    if (await isPending()) await rotation.resume(environmentId);
    if (run.signal.aborted) throw new CancelledError();
    const key = (await api.listKeys(await managementSecret(vault, environmentId), environmentId, run.signal)).find(({ id }) => id === keyId);
    run.key ??= key ?? null;
    if (key !== undefined && keyStatus(key, this.#deps.now()).kind === 'active' && grace !== undefined) return this.#rotateNow(record, run, key);
    if (await isPending()) throw new ExpectedError('rotationPending', t('Its rotation is not completed yet.'), t('Wait a few minutes, until the rotation can be completed.'));
    const successor = (await vault.list()).find((entry) => entry.environmentId === environmentId && entry.retired.includes(record.fingerprint));
    return this.#advance({ ...record, newKeyId: successor?.keyId ?? record.newKeyId }, 'rotated');
  }

  async #rotateNow(record: RemediationRecord, run: Run, key: ApiKey): Promise<RemediationRecord> {
    const { newKey, old } = await this.#deps.rotation.rotate(key, graceOf(record.end) ?? '1h', () => undefined, run.signal);
    this.#note(run, t('Rotated at Stigg. The new value {0} is in the keychain, and Stigg accepts it.', newKey.mask));
    const next = await this.#advance({ ...record, newKeyId: newKey.keyId }, 'rotated');
    return old.kind === 'revoked' ? this.#advance(next, 'ended') : next;
  }

  /** Ends the old value where that is due, and proves it. */
  async #ended(from: RemediationRecord, run: Run, mended: Mended | null): Promise<{ record: RemediationRecord; old: LeakedState }> {
    let record = from;
    if (!record.done.includes('ended')) {
      run.progress('ended');
      const blocked = (await this.#grace(record)) ?? places(record, mended);
      const state = blocked ?? (record.end === 'none' ? undefined : await endOldKey(this.#deps, record));
      if (state !== undefined) return { record, old: await this.#withEnd(record, state) };
      if (record.environmentId !== null && record.keyId !== null) await this.#deps.rotation.leaveOldKey({ environmentId: record.environmentId, id: record.keyId });
      if (record.end !== 'none') this.#note(run, t('Stigg lists the old value as ended.'));
      record = await this.#advance(record, 'ended');
    }
    run.progress('proved');
    const value = await leakedValue(this.#deps, record, run.secret);
    // Proved before an interruption: the value was let go then. What our own key was answered at that moment is not written down.
    if (value === undefined && record.provedAt !== null) return { record, old: { kind: 'refused', at: new Date(record.provedAt), control: false } };
    const old = value === undefined ? await this.#listed(record) : await proveRefused(this.#deps, record, value);
    if (old.kind === 'refused') {
      this.#note(run, old.control ? t('Stigg answers 401 to the old value, and accepts the key in use at the same time.') : t('Stigg answers 401 to the old value.'));
      record = await this.#advance({ ...record, provedAt: old.at.toISOString() }, 'proved');
      await this.#letGo(record);
    }
    return { record, old };
  }

  /** A grace period that was chosen and still runs. */
  async #grace(record: RemediationRecord): Promise<LeakedState | undefined> {
    if (record.end === 'afterReplacement' || record.end === 'now' || record.end === 'revoke' || record.end === 'none') return undefined;
    const state = await this.#withEnd(record, { kind: 'stillValid', until: null, reason: t('Its grace period, {0}, still runs.', record.end) });
    return state.kind === 'stillValid' && state.until !== null && state.until <= this.#deps.now() ? undefined : state;
  }

  /** When the old value ends by itself, as far as Stigg can be asked. */
  async #withEnd(record: RemediationRecord, state: LeakedState): Promise<LeakedState> {
    const key = state.kind === 'stillValid' && state.until === null ? await this.#keyAtStigg(record) : undefined;
    return state.kind === 'stillValid' ? { ...state, until: state.until ?? key?.expireAt ?? null } : state;
  }

  async #listed(record: RemediationRecord): Promise<LeakedState> {
    return { kind: 'listedAsEnded', at: (await this.#keyAtStigg(record))?.expireAt ?? null };
  }

  async #keyAtStigg({ environmentId, keyId }: RemediationRecord): Promise<ApiKey | undefined> {
    if (environmentId === null || keyId === null) return undefined;
    try {
      const { api, vault } = this.#deps;
      return (await api.listKeys(await managementSecret(vault, environmentId), environmentId)).find(({ id }) => id === keyId);
    } catch (error) {
      if (error instanceof ExpectedError) return undefined;
      throw error;
    }
  }

  /** A value that Stigg refuses is of no more use; our own key's entry is never let go. */
  async #letGo(record: RemediationRecord): Promise<void> {
    const entry = await this.#stored(record);
    if (entry?.manages === null) await this.#deps.vault.delete(entry);
  }

  async #stored({ environmentId, fingerprint }: RemediationRecord): Promise<StoredKey | undefined> {
    return (await this.#deps.vault.list()).find((key) => key.environmentId === environmentId && key.fingerprint === fingerprint);
  }

  /** Stopping the search of the history stops nothing else: all that matters is done by then. */
  async #history(record: RemediationRecord, run: Run): Promise<HistoryFacts> {
    try {
      return await this.#deps.ports.searchHistory(record.fingerprint, run.signal);
    } catch (error) {
      if (!isCancelled(error)) throw error;
      return { repositories: [], problems: [t('The search of the git history was stopped.')] };
    }
  }

  /** Whether a failure left everything as it was, so that nothing is to be taken up. */
  async #neverBegan(record: RemediationRecord, run: Run, error: unknown): Promise<boolean> {
    if (run.isResumed || !(error instanceof ExpectedError || isCancelled(error))) return false;
    const now = (await this.#deps.journal.list()).find(({ id }) => id === record.id);
    if (now === undefined || now.done.length > 0) return false;
    return !(await this.#deps.rotations.list()).some(({ environmentId, oldKeyId }) => environmentId === record.environmentId && oldKeyId === record.keyId);
  }

  async #refuseSecond(fingerprint: string): Promise<void> {
    if ((await this.#deps.journal.list()).some((record) => record.fingerprint === fingerprint)) {
      throw new ExpectedError('remediationPending', t('A remediation of this key is not finished yet.'), t('Continue it, or drop it, first.'));
    }
  }

  async #advance(record: RemediationRecord, step: RemediationStep): Promise<RemediationRecord> {
    const next = { ...record, done: [...record.done.filter((done) => done !== step), step], leaseUntil: this.#lease() };
    await this.#deps.journal.write(next);
    return next;
  }

  /** A grace period that runs is waited for; anything else may be tried again at once. */
  #dueAt(record: RemediationRecord, old: LeakedState): string | null {
    const isGrace = ['1h', '24h', '3d', '7d'].includes(record.end);
    return isGrace && old.kind === 'stillValid' && old.until !== null && old.until > this.#deps.now() ? old.until.toISOString() : null;
  }

  #note(run: Run, what: string): void {
    run.log.push({ at: this.#deps.now(), what });
  }

  #lease(): string {
    return new Date(this.#deps.now().getTime() + LEASE_MS).toISOString();
  }
}

/** Where the value still stands in the workspace, its end would break what the person wanted to keep working. */
function places(record: RemediationRecord, mended: Mended | null): LeakedState | undefined {
  const inside = record.end === 'afterReplacement' ? (mended?.left.filter(({ isOutside }) => !isOutside).length ?? 0) : 0;
  return inside === 0 ? undefined : { kind: 'stillValid', until: null, reason: t('{0} in the workspace could not be changed and still hold it, so it was not ended early.', countOf(inside, 'place')) };
}
