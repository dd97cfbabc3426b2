import * as vscode from 'vscode';
import type { Disposable } from '../../event.js';
import { FollowUps } from '../../keys/followUps.js';
import { isSnoozed, lastHourId } from '../../keys/reminders/reminders.js';
import { ReminderStore } from '../../keys/reminders/reminderStore.js';
import { GraceWatch } from './graceWatch.js';
import type { AfterRotationDeps } from './index.js';
import { Leftovers, type Subject } from './leftovers.js';
import type { LeftoverNode } from './nodes.js';
import { LeftoversTree } from './tree.js';

/** What is followed up, its rows, and the reminder of its end. */
export class AfterRotation implements Disposable {
  readonly leftovers: Leftovers;
  readonly tree: LeftoversTree;
  readonly #view: vscode.TreeView<LeftoverNode>;
  readonly #owned: vscode.Disposable;
  #wasShown = false;

  constructor({ state, vault, inventory, usages, terminals, reporter, now, wait }: AfterRotationDeps, view: vscode.TreeView<LeftoverNode>) {
    this.#view = view;
    const followUps = new FollowUps(state);
    const reportError = (error: unknown): void => void reporter.show(error);
    this.leftovers = new Leftovers({ followUps, usages, terminals, vault, inventory, now, newId: () => crypto.randomUUID(), reportError });
    this.tree = new LeftoversTree(this.leftovers, now);
    this.#owned = vscode.Disposable.from(
      this.tree, this.leftovers,
      new GraceWatch({ leftovers: this.leftovers, followUps, now, reportError, claim: claimLastHour(new ReminderStore({ state, now, wait, newId: () => crypto.randomUUID().slice(0, 8) }), now) }),
      this.leftovers.onDidChange(() => { this.#show(); }),
    );
    this.leftovers.reload().catch(reportError);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #show(): void {
    const { subjects } = this.leftovers;
    const isShown = subjects.length > 0;
    if (isShown !== this.#wasShown) void vscode.commands.executeCommand('setContext', 'stiggKeys.hasLeftovers', isShown);
    this.#wasShown = isShown;
    const places = subjects.reduce((sum, { search }) => sum + (search?.usages.length ?? 0) + (search?.terminals.length ?? 0), 0);
    const isRotation = subjects.some(({ oldKeyId }) => oldKeyId !== null);
    // An empty text shows nothing.
    this.#view.message = isRotation ? vscode.l10n.t('Replace the old value here, change it by hand elsewhere, then end it.') : '';
    this.#view.badge = places === 0 ? undefined : { value: places, tooltip: vscode.l10n.t('{0} usages of keys to look at', places) };
  }
}

/** The general reminder of the same end and this one are said by the same rules: once in all windows, and not while the key is snoozed. */
function claimLastHour(store: ReminderStore, now: () => Date): (subject: Subject, end: Date) => Promise<boolean> {
  return async ({ environmentId, oldKeyId }, end) => {
    if (oldKeyId === null || isSnoozed(await store.load(), `${environmentId}/${oldKeyId}`, now())) return false;
    return (await store.claim([{ id: lastHourId(environmentId, oldKeyId, end) }])).length > 0;
  };
}
