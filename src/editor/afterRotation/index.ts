import * as vscode from 'vscode';
import { FollowUps } from '../../keys/followUps.js';
import type { Inventory } from '../../keys/inventory.js';
import { isSnoozed, lastHourId } from '../../keys/reminders/reminders.js';
import { ReminderStore } from '../../keys/reminders/reminderStore.js';
import type { SharedState, Vault } from '../../keys/vault.js';
import type { ErrorReporter } from '../report.js';
import type { TerminalsWithKeys } from '../terminal/terminalsWithKeys.js';
import type { Usages } from '../usages/usages.js';
import { registerLeftoverCommands } from './commands.js';
import { GraceWatch } from './graceWatch.js';
import { Leftovers, type Subject } from './leftovers.js';
import { LeftoversTree } from './tree.js';

export interface AfterRotationDeps {
  readonly state: SharedState;
  readonly vault: Vault;
  readonly inventory: Inventory;
  readonly usages: Usages;
  readonly terminals: TerminalsWithKeys;
  readonly reporter: ErrorReporter;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

/** What follows a rotation: where the old value still stands, until it is gone or has ended. The view is there only while there is something. */
export function registerAfterRotation({ state, vault, inventory, usages, terminals, reporter, now, wait }: AfterRotationDeps): { readonly leftovers: Leftovers; dispose(): void } {
  const followUps = new FollowUps(state);
  const reportError = (error: unknown): void => void reporter.show(error);
  const leftovers = new Leftovers({ followUps, usages, terminals, vault, inventory, now, newId: () => crypto.randomUUID(), reportError });
  const tree = new LeftoversTree(leftovers, now);
  const view = vscode.window.createTreeView('stiggKeys.leftovers', { treeDataProvider: tree, showCollapseAll: true });
  let wasShown = false;
  const show = (): void => {
    const isShown = leftovers.subjects.length > 0;
    if (isShown !== wasShown) void vscode.commands.executeCommand('setContext', 'stiggKeys.hasLeftovers', isShown);
    wasShown = isShown;
    const places = leftovers.subjects.reduce((sum, { search }) => sum + (search?.usages.length ?? 0) + (search?.terminals.length ?? 0), 0);
    const isRotation = leftovers.subjects.some(({ oldKeyId }) => oldKeyId !== null);
    // An empty text shows nothing.
    view.message = isRotation ? vscode.l10n.t('Replace the old value here, change it by hand elsewhere, then end it.') : '';
    view.badge = places === 0 ? undefined : { value: places, tooltip: vscode.l10n.t('{0} usages of keys to look at', places) };
  };
  const owned = vscode.Disposable.from(
    view, tree, leftovers,
    new GraceWatch({ leftovers, followUps, now, reportError, claim: claimLastHour(new ReminderStore({ state, now, wait, newId: () => crypto.randomUUID().slice(0, 8) }), now) }),
    leftovers.onDidChange(show),
    registerLeftoverCommands({ leftovers, inventory, reporter }),
  );
  leftovers.reload().catch(reportError);
  return { leftovers, dispose: () => { owned.dispose(); } };
}

/** The general reminder of the same end and this one are said by the same rules: once in all windows, and not while the key is snoozed. */
function claimLastHour(store: ReminderStore, now: () => Date): (subject: Subject, end: Date) => Promise<boolean> {
  return async ({ environmentId, oldKeyId }, end) => {
    if (oldKeyId === null || isSnoozed(await store.load(), `${environmentId}/${oldKeyId}`, now())) return false;
    return (await store.claim([{ id: lastHourId(environmentId, oldKeyId, end) }])).length > 0;
  };
}
