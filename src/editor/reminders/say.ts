import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import type { Inventory } from '../../keys/inventory.js';
import type { Reminder, ReminderAction } from '../../keys/reminders/reminders.js';
import type { ReminderStore } from '../../keys/reminders/reminderStore.js';
import { snoozesFor } from '../../keys/reminders/snooze.js';
import { keyNode, type KeyNode } from '../environments/nodes.js';
import { dateTimeWords } from '../environments/wording.js';

export interface SayDeps {
  readonly inventory: Pick<Inventory, 'environment'>;
  readonly store: ReminderStore;
  readonly now: () => Date;
}

/** Shows what is due: one reminder with what helps, several as one message that opens the sidebar. Resolves when it has been answered. */
export async function sayReminders(deps: SayDeps, reminders: readonly Reminder[]): Promise<void> {
  const [first] = reminders;
  if (first === undefined) return;
  const actions = reminders.length === 1 ? first.actions : [];
  const labels = actions.map(actionWords);
  const showKeys = vscode.l10n.t('Show Keys');
  const snooze = vscode.l10n.t('Snooze…');
  const words = reminders.length === 1 ? first.words : vscode.l10n.t('{0} keys need attention. {1}', reminders.length, first.words);
  // Nothing is wrong yet with a key that is merely old.
  const show = first.kind === 'old' ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const choice = await show(words, ...(reminders.length === 1 ? labels : [showKeys]), snooze);
  if (choice === undefined) return;
  if (choice === snooze) {
    await snoozeReminders(deps, reminders);
    return;
  }
  if (choice === showKeys) {
    await vscode.commands.executeCommand('stiggKeys.environments.focus');
    return;
  }
  const action = actions[labels.indexOf(choice)];
  if (action !== undefined) await act(deps, action, first);
}

function actionWords(action: ReminderAction): string {
  switch (action) {
    case 'rotate':
      return vscode.l10n.t('Rotate…');
    case 'extend':
      return vscode.l10n.t('Extend…');
    case 'addEnvironment':
      return vscode.l10n.t('Add Environment…');
    case 'harden':
      return vscode.l10n.t('Turn On…');
    case 'show':
      return vscode.l10n.t('Show Key');
  }
}

const COMMANDS: Readonly<Record<ReminderAction, string>> = {
  rotate: 'stiggKeys.rotateKey',
  extend: 'stiggKeys.changeGracePeriod',
  addEnvironment: 'stiggKeys.addEnvironment',
  harden: 'stiggKeys.toggleHardenedAccess',
  show: 'stiggKeys.showKey',
};

async function act({ inventory }: SayDeps, action: ReminderAction, reminder: Reminder): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS[action], nodeOf(inventory, reminder));
}

/** The key as it is by now: a message may have stood there for hours. */
function nodeOf(inventory: SayDeps['inventory'], { environmentId, keyId }: Reminder): KeyNode {
  const found = inventory.environment(environmentId);
  const row = found?.keys.find(({ key }) => key.id === keyId);
  if (found === undefined || row === undefined) {
    throw new ExpectedError('noKey', vscode.l10n.t('The key of this reminder is no longer there.'), vscode.l10n.t('Refresh the sidebar to see its state.'));
  }
  return keyNode(found, row);
}

async function snoozeReminders({ store, now }: SayDeps, reminders: readonly Reminder[]): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    snoozesFor(reminders, now()).map(({ words, until }) => ({ label: words, description: until === null ? '' : dateTimeWords(until), until })),
    { title: vscode.l10n.t('Snooze'), placeHolder: vscode.l10n.t('When should you be reminded again?') },
  );
  if (picked === undefined) return;
  await store.snooze(reminders, picked.until);
  void vscode.window.showInformationMessage(
    picked.until === null
      ? vscode.l10n.t('You will not be reminded of this again. The sidebar keeps showing it.')
      : vscode.l10n.t('You will be reminded again after {0}.', dateTimeWords(picked.until)),
  );
}
