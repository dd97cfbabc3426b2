import * as vscode from 'vscode';
import { ExpectedError, isCancelled } from '../../errors.js';
import type { FollowUp, FollowUps } from '../../keys/followUps.js';
import type { Inventory, KeyRow } from '../../keys/inventory.js';
import type { RotationResult } from '../../keys/rotation.js';
import type { Vault } from '../../keys/vault.js';
import { keyNode, type KeyNode } from '../environments/nodes.js';
import type { TerminalsWithKeys } from '../terminal/terminalsWithKeys.js';
import { isNothing } from '../usages/isNothing.js';
import type { Replaced, ReplaceOptions, Usage, Usages, UsageSearch } from '../usages/usages.js';

/** What the view shows one block of: a rotation that is not followed up, or the usages of a key that somebody asked for. */
export interface Subject {
  readonly id: string;
  readonly environmentId: string;
  /** The key that is there now. */
  readonly keyId: string;
  /** The outgoing key; null where somebody only asked for usages. */
  readonly oldKeyId: string | null;
  readonly keyName: string;
  readonly environmentName: string;
  /** When the old value ends as far as the index knows; Stigg's list knows better. ISO date. */
  readonly storedEnd: string | null;
  /** undefined: not searched in this window. */
  readonly search: UsageSearch | undefined;
  readonly isSearching: boolean;
  /** Why places could not be replaced, by `placeKey`. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** What is known about the end of an old value. */
export type OldValue = { readonly kind: 'works'; readonly until: Date | null } | { readonly kind: 'ended' } | { readonly kind: 'unknown' };

export interface LeftoversDeps {
  readonly followUps: FollowUps;
  readonly usages: Usages;
  readonly terminals: TerminalsWithKeys;
  readonly vault: Pick<Vault, 'list' | 'onDidChange'>;
  readonly inventory: Inventory;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly reportError: (error: unknown) => void;
}

type Found = Pick<Subject, 'search' | 'isSearching' | 'reasons'>;
const NOT_SEARCHED: Found = { search: undefined, isSearching: false, reasons: new Map() };

/** Names a place among the usages of a subject. */
export function placeKey({ uri, range, fingerprint }: Usage): string {
  return `${uri.toString()}#${String(range.start.line)}:${String(range.start.character)}#${fingerprint}`;
}

/** The old values that still stand somewhere, in all windows; where they stand is found in each window anew. */
export class Leftovers implements vscode.Disposable {
  readonly #deps: LeftoversDeps;
  readonly #found = new Map<string, Found>();
  readonly #asked = new Map<string, Omit<Subject, keyof Found>>();
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #subjects: readonly Subject[] = [];
  #loading: Promise<void> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  constructor(deps: LeftoversDeps) {
    this.#deps = deps;
    const reload = (): void => { this.reload().catch(deps.reportError); };
    this.#subscriptions = [
      deps.followUps.onDidChange(reload),
      // Ends, names and new times of old values; nothing of it matters while there is nothing to follow up.
      deps.inventory.onDidChange(() => { if (this.#subjects.length > 0) reload(); }),
      deps.terminals.onDidChange(() => { this.#terminalsChanged(); }),
    ];
  }

  get subjects(): readonly Subject[] {
    return this.#subjects;
  }

  subject(id: string): Subject | undefined {
    return this.#subjects.find((subject) => subject.id === id);
  }

  /** The row of the outgoing key, or of the one that is there now, as the sidebar has it. */
  keyNode(subject: Subject, which: 'old' | 'new'): KeyNode | undefined {
    const environment = this.#deps.inventory.environment(subject.environmentId);
    const row = environment?.keys.find(({ key }) => key.id === (which === 'old' ? subject.oldKeyId : subject.keyId));
    return environment === undefined || row === undefined ? undefined : keyNode(environment, row);
  }

  oldValue(subject: Subject): OldValue {
    const row: KeyRow | undefined = this.keyNode(subject, 'old')?.row;
    if (row === undefined) {
      if (subject.storedEnd === null) return { kind: 'unknown' };
      const until = new Date(subject.storedEnd);
      return until > this.#deps.now() ? { kind: 'works', until } : { kind: 'ended' };
    }
    if (row.status.kind === 'expired') return { kind: 'ended' };
    return { kind: 'works', until: row.status.kind === 'expiring' ? row.status.at : null };
  }

  /**
   * Looks for the old values of a rotation that has succeeded, and remembers it where there are any. Rejects with CancelledError: then it is
   * remembered as well, to be searched for later.
   */
  async begin({ newKey, old }: RotationResult, oldKeyId: string, signal: AbortSignal, report?: (files: number) => void): Promise<UsageSearch> {
    const followUp: FollowUp = { id: this.#deps.newId(), environmentId: newKey.environmentId, oldKeyId, newKeyId: newKey.keyId, rotatedAt: this.#deps.now().toISOString(), remindedOf: null };
    // Written first: a crash during the search must not lose it.
    await this.#deps.followUps.write(followUp);
    // What was left of the rotation before is among this key's earlier values.
    for (const other of await this.#deps.followUps.list()) if (other.newKeyId === oldKeyId) await this.#deps.followUps.remove(other);
    await this.reload();
    const search = await this.search(followUp.id, signal, report);
    if (old.kind !== 'stillValid' && isNothing(search)) {
      await this.#deps.followUps.remove(followUp);
      await this.reload();
    }
    return search;
  }

  /** The usages of a key's values, present and earlier ones; shown until they are dismissed. Rejects with CancelledError. */
  async ask({ environment, row }: KeyNode, signal: AbortSignal, report?: (files: number) => void): Promise<UsageSearch> {
    if (row.stored === null) throw notSearchable(row.key.displayName);
    const id = `usages:${environment.id}/${row.key.id}`;
    this.#asked.set(id, { id, environmentId: environment.id, keyId: row.key.id, oldKeyId: null, keyName: row.key.displayName, environmentName: environment.displayName, storedEnd: null });
    await this.reload();
    try {
      const search = await this.search(id, signal, report);
      if (isNothing(search)) await this.dismiss(id);
      return search;
    } catch (error) {
      await this.dismiss(id);
      throw error;
    }
  }

  /** Rejects with CancelledError; what was found before stays then. */
  async search(id: string, signal: AbortSignal, report?: (files: number) => void): Promise<UsageSearch> {
    const subject = this.subject(id) ?? gone();
    const fingerprints = await this.fingerprints(subject);
    if (fingerprints.size === 0) throw notSearchable(subject.keyName);
    const before = this.#found.get(id) ?? NOT_SEARCHED;
    this.#note(id, { ...before, isSearching: true });
    try {
      const search = await this.#deps.usages.find(fingerprints, signal, report);
      this.#note(id, { search, isSearching: false, reasons: before.reasons });
      return search;
    } catch (error) {
      this.#note(id, { ...before, isSearching: false });
      throw error;
    }
  }

  /** Replaces places as they were found last, and looks again. */
  async replace(id: string, usages: readonly Usage[], options: ReplaceOptions, signal: AbortSignal): Promise<Replaced> {
    const replaced = await this.#deps.usages.replace(usages, options);
    const before = this.#found.get(id) ?? NOT_SEARCHED;
    this.#note(id, { ...before, reasons: new Map(replaced.left.map(({ usage, reason }) => [placeKey(usage), reason])) });
    try {
      await this.search(id, signal);
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
    return replaced;
  }

  async dismiss(id: string): Promise<void> {
    // What was only asked for is kept nowhere.
    const isKept = !this.#asked.delete(id);
    this.#found.delete(id);
    if (isKept) await this.#deps.followUps.remove({ id });
    await this.reload();
  }

  async noteReminded(id: string, end: Date): Promise<void> {
    const followUp = (await this.#deps.followUps.list()).find((one) => one.id === id);
    if (followUp !== undefined) await this.#deps.followUps.write({ ...followUp, remindedOf: end.toISOString() });
  }

  /** What to look for: the earlier values of the key, and its present one where that was asked for. */
  async fingerprints(subject: Subject): Promise<ReadonlySet<string>> {
    const stored = (await this.#deps.vault.list()).filter(({ environmentId }) => environmentId === subject.environmentId);
    const key = stored.find(({ keyId }) => keyId === subject.keyId);
    const old = stored.find(({ keyId }) => keyId === subject.oldKeyId);
    const present = subject.oldKeyId === null ? key?.fingerprint : old?.fingerprint;
    return new Set([...(present === undefined ? [] : [present]), ...(key?.retired ?? [])]);
  }

  /** Reads the records anew. One reading follows the other. */
  reload(): Promise<void> {
    const next = this.#loading.then(() => this.#load());
    this.#loading = next.catch(() => undefined);
    return next;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #load(): Promise<void> {
    const followUps = await this.#deps.followUps.list();
    // The keychain is not touched for nothing.
    const stored = followUps.length === 0 ? [] : await this.#deps.vault.list();
    const ofFollowUps = followUps.map(({ id, environmentId, newKeyId, oldKeyId }): Subject => {
      const key = stored.find((one) => one.environmentId === environmentId && one.keyId === newKeyId);
      const environment = this.#deps.inventory.environment(environmentId)?.environment ?? stored.find((one) => one.environmentId === environmentId && one.manages !== null)?.manages;
      return {
        id, environmentId, keyId: newKeyId, oldKeyId,
        keyName: key?.displayName ?? vscode.l10n.t('a key that is no longer stored'), environmentName: environment?.displayName ?? environmentId,
        storedEnd: stored.find((one) => one.environmentId === environmentId && one.keyId === oldKeyId)?.expireAt ?? null,
        ...(this.#found.get(id) ?? NOT_SEARCHED),
      };
    });
    this.#subjects = [...ofFollowUps, ...[...this.#asked.values()].map((asked) => ({ ...asked, ...(this.#found.get(asked.id) ?? NOT_SEARCHED) }))];
    this.#changed.fire(undefined);
    for (const subject of ofFollowUps) {
      if (subject.search !== undefined && isNothing(subject.search) && this.oldValue(subject).kind === 'ended') await this.#deps.followUps.remove(subject);
    }
  }

  #note(id: string, found: Found): void {
    this.#found.set(id, found);
    this.#subjects = this.#subjects.map((subject) => (subject.id === id ? { ...subject, ...found } : subject));
    this.#changed.fire(undefined);
  }

  #terminalsChanged(): void {
    for (const [id, found] of this.#found) {
      const { search } = found;
      if (search === undefined) continue;
      const open = search.terminals.filter(({ terminal }) => terminal.exitStatus === undefined && vscode.window.terminals.includes(terminal));
      if (open.length !== search.terminals.length) this.#note(id, { ...found, search: { ...search, terminals: open } });
    }
  }
}

export function notSearchable(name: string): ExpectedError {
  return new ExpectedError('notSearchable', vscode.l10n.t('The value of "{0}" is not stored here, so it cannot be searched for.', name), vscode.l10n.t('Use "Store Key" on the key first.'));
}

export function gone(): never {
  throw new ExpectedError('noLeftovers', vscode.l10n.t('This is no longer there.'), vscode.l10n.t('Use "Find Usages" on a key to look again.'));
}
