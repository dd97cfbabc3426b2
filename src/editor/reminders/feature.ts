import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../../event.js';
import type { Reminder } from '../../keys/reminders/reminders.js';
import { ReminderStore } from '../../keys/reminders/reminderStore.js';
import type { LeftoversService } from '../afterRotation/index.js';
import { isNothing } from '../usages/isNothing.js';
import type { ReminderDeps } from './deps.js';
import { sayReminders } from './say.js';
import { ReminderConfiguration } from './settings.js';
import { ReminderWatch } from './watch.js';

/** How long an answer of Stigg about hardened client access is good for a reminder, or the lack of one. */
const ANSWER_MS = 60 * 60_000;

/** Looks for what is due, the first time after `firstMs`, and says it. */
export function startReminders({ api, vault, inventory, reporter, now, state, wait, leftovers }: ReminderDeps, firstMs: number): Disposable {
  const reportError = (error: unknown): void => void reporter.show(error);
  const store = new ReminderStore({ state, now, wait, newId: () => crypto.randomUUID().slice(0, 8) });
  const configuration = new ReminderConfiguration(reportError);
  const changed = new Emitter<undefined>();
  const isOpen = openAtStigg({ api, vault, now });
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => { if (event.affectsConfiguration('stiggKeys.reminders')) changed.fire(undefined); }),
    vscode.window.onDidChangeWindowState(({ focused }) => { if (focused) changed.fire(undefined); }),
    leftovers.onDidChange(() => { if (leftovers.subjects.length > 0) changed.fire(undefined); }),
    state.onDidChange((name) => { if (name.startsWith('reminders.')) changed.fire(undefined); }),
    new ReminderWatch({
      inventory, store, now, wait, reportError, firstMs,
      settings: () => configuration.read(),
      say: (reminders) => sayReminders({ inventory, store, now }, reminders),
      stillTrue: async (reminders) => {
        const open = await Promise.all(reminders.map((reminder) => isOpen(reminder)));
        return reminders.filter((reminder, index) => open[index] === true && !isFollowedUp(leftovers.subjects, reminder, now()));
      },
      isFocused: () => vscode.window.state.focused,
      onDidChange: changed.event,
    }),
  );
}

/**
 * The index remembers whether client access was hardened when the environment was added, and the console may have changed it since. So Stigg
 * is asked before anybody is told off for it. By then the sidebar, or a command, has asked Stigg for the keys anyway.
 */
function openAtStigg({ api, vault, now }: Pick<ReminderDeps, 'api' | 'vault' | 'now'>): (reminder: Reminder) => Promise<boolean> {
  const answers = new Map<string, { readonly at: number; readonly isOpen: boolean }>();
  return async ({ kind, environmentId }) => {
    if (kind !== 'unhardened') return true;
    const known = answers.get(environmentId);
    const at = now().getTime();
    if (known !== undefined && Math.abs(at - known.at) < ANSWER_MS) return known.isOpen;
    // Without an answer nothing is said; an hour later Stigg is asked again.
    const { readEnvironment } = await import('../../keys/hardening.js');
    const isOpen = await readEnvironment({ api, vault }, environmentId).then(({ hardenClientAccessEnabled }) => !hardenClientAccessEnabled, () => false);
    answers.set(environmentId, { at, isOpen });
    return isOpen;
  };
}

/** So close to the end it is said in any case: the search for the places may have failed. */
const LAST_MS = 10 * 60_000;

/** While an old value is followed up, and was not looked for in vain here, its last hour is told with the places where it stands. */
export function isFollowedUp(subjects: LeftoversService['subjects'], { kind, environmentId, keyId, endsAt }: Pick<Reminder, 'kind' | 'environmentId' | 'keyId' | 'endsAt'>, now: Date): boolean {
  if (kind !== 'hour' || (endsAt ?? 0) - now.getTime() <= LAST_MS) return false;
  return subjects.some((subject) => subject.environmentId === environmentId && subject.oldKeyId === keyId && (subject.search === undefined || !isNothing(subject.search)));
}
