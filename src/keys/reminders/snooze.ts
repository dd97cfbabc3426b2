import { t } from '@vscode/l10n';
import { tomorrowMorning } from './quietHours.js';
import type { Reminder } from './reminders.js';

/** A way to be left alone about some keys. */
export interface Snooze {
  readonly id: 'hour' | 'morning' | 'week' | 'never';
  readonly words: string;
  /** null: for good. */
  readonly until: Date | null;
}

const HOUR = 3_600_000;

/**
 * What may be chosen for these reminders, shortest first. Only what is over before the first of their keys ends: nobody is to sleep
 * through an end they asked to be reminded of. "Not for this key" is a decision and is always there.
 */
export function snoozesFor(reminders: readonly Reminder[], now: Date): readonly Snooze[] {
  const ends = reminders.reduce((least, { endsAt }) => Math.min(least, endsAt ?? Infinity), Infinity);
  const all: Snooze[] = [
    { id: 'hour', words: t('For 1 hour'), until: new Date(now.getTime() + HOUR) },
    { id: 'morning', words: t('Until tomorrow morning'), until: tomorrowMorning(now) },
    { id: 'week', words: t('For 7 days'), until: new Date(now.getTime() + 7 * 24 * HOUR) },
    { id: 'never', words: reminders.length === 1 ? t('Not for this key') : t('Not for these keys'), until: null },
  ];
  return all.filter(({ until }) => until === null || until.getTime() < ends);
}
