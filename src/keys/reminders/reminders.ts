import { t } from '@vscode/l10n';
import { hardeningRefusal } from '../hardening.js';
import type { EnvironmentRow, InventorySnapshot } from '../inventory.js';
import { refusalOf } from '../keyActions.js';
import type { KeyRow } from '../keyRows.js';
import { isQuiet, quietUntil, type QuietHours } from './quietHours.js';

/** What a person set; see the settings `stiggKeys.reminders.*`. */
export interface ReminderSettings {
  readonly isEnabled: boolean;
  /** Keys that are older are called old; 0: none is. */
  readonly maxKeyAgeDays: number;
  readonly quietHours: QuietHours | null;
}

/** What was said, and what is not to be said for now. Ids and times only. */
export interface ReminderMemory {
  /** Ids of reminders that were said, in whichever window. */
  readonly said: ReadonlySet<string>;
  /** By subject: when it may be spoken about again, as milliseconds; null: never. */
  readonly snoozed: ReadonlyMap<string, number | null>;
}

export const NOTHING_SAID: ReminderMemory = { said: new Set(), snoozed: new Map() };

/** Most urgent first: that is the order in which reminders are said. */
export const REMINDER_KINDS = ['hour', 'management', 'day', 'unhardened', 'old'] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];
export type ReminderAction = 'rotate' | 'extend' | 'addEnvironment' | 'harden' | 'show';

/** Something about one key that a person should know. */
export interface Reminder {
  /** The same in every window and after a restart; another one when what it is about has changed, such as the end of a key. */
  readonly id: string;
  /** What a snooze is about: the key. */
  readonly subject: string;
  readonly kind: ReminderKind;
  readonly environmentId: string;
  readonly keyId: string;
  /** One or two whole sentences, without the value. */
  readonly words: string;
  /** What helps, best first; nothing that would only be refused. */
  readonly actions: readonly ReminderAction[];
  /** When it becomes true, as milliseconds; in the past once it is due. */
  readonly from: number;
  /** When the key ends, as milliseconds; null where it does not. */
  readonly endsAt: number | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Whoever has just chosen a grace period of an hour or a day knows that it runs. */
const FRESH_MS: Readonly<Record<'hour' | 'day', number>> = { hour: 15 * MINUTE, day: HOUR };
/** Longer ones come from a clock that was set wrong. */
const LONGEST_SNOOZE_MS = 8 * DAY;

/** What is to be said now, most urgent first. At most one reminder for each key: the most urgent one. */
export function dueReminders(snapshot: InventorySnapshot, settings: ReminderSettings, memory: ReminderMemory, now: Date): readonly Reminder[] {
  if (!settings.isEnabled) return [];
  const quiet = isQuiet(settings.quietHours, now);
  const said = (reminder: Reminder): boolean =>
    reminder.from > now.getTime() || memory.said.has(reminder.id) || isSnoozed(memory, reminder.subject, now) || (quiet && reminder.kind !== 'hour');
  return bySubject(candidates(snapshot, settings, now).filter((reminder) => !said(reminder)));
}

/**
 * When there may be something to say next, should nothing change; null: never. Always after `now`.
 *
 * @param memory as it is after what is due now was said
 */
export function nextLook(snapshot: InventorySnapshot, settings: ReminderSettings, memory: ReminderMemory, now: Date): Date | null {
  if (!settings.isEnabled) return null;
  const times = candidates(snapshot, settings, now).filter(({ id }) => !memory.said.has(id)).flatMap(({ subject, kind, from }) => {
    const until = memory.snoozed.get(subject);
    if (until === null) return [];
    const at = new Date(Math.max(from, isSnoozed(memory, subject, now) ? (until ?? 0) : 0, now.getTime() + 1_000));
    return [kind !== 'hour' && settings.quietHours !== null && isQuiet(settings.quietHours, at) ? quietUntil(settings.quietHours, at) : at];
  });
  return times.length === 0 ? null : new Date(times.reduce((least, at) => Math.min(least, at.getTime()), Infinity));
}

export function isSnoozed({ snoozed }: ReminderMemory, subject: string, now: Date): boolean {
  const until = snoozed.get(subject);
  if (until === undefined) return false;
  return until === null || (until > now.getTime() && until - now.getTime() <= LONGEST_SNOOZE_MS);
}

/** Everything that could be said, now or later, as things stand. */
function candidates({ environments }: InventorySnapshot, settings: ReminderSettings, now: Date): Reminder[] {
  return environments.flatMap((row) => {
    const successors = successorsOf(row.keys);
    return row.keys.flatMap((key) => [...ending(row, key, successors, now), ...old(row, key, settings, now), ...unhardened(row, key)]);
  });
}

/** A stored value that is about to end. What is not stored here is somebody else's to watch. */
function* ending(row: EnvironmentRow, key: KeyRow, successors: ReadonlyMap<string, number>, now: Date): Iterable<Reminder> {
  if (key.stored === null || key.status.kind !== 'expiring') return;
  const end = key.status.at.getTime();
  const left = end - now.getTime();
  const known = successors.get(nameOf(key)) ?? 0;
  const rotatedAt = known > key.key.createdAt.getTime() ? known : 0;
  const make = (kind: ReminderKind, from: number, words: string): Reminder => ({
    ...about(row, key), id: `${kind}:${subjectOf(key)}:${String(end)}`, kind, words, from, endsAt: end,
    actions: [...(key.isManagement ? (['addEnvironment'] as const) : []), ...(refusalOf('grace', key, row.permissions, now) === undefined ? (['extend'] as const) : []), 'show'],
  });
  const at = dateTime(key.status.at);
  const name = key.key.displayName;
  const place = row.environment.displayName;
  const then = key.isManagement
    ? t('This extension talks to Stigg with it: add {0} again with its current full access key.', place)
    : t('Whatever still uses this value gets 401 from then on.');
  if (left > HOUR) {
    yield make('day', Math.max(end - DAY, rotatedAt + FRESH_MS.day), `${t('"{0}" of {1} ends in less than 24 hours, on {2}.', name, place, at)} ${then}`);
    // The key this extension talks to Stigg with was rotated elsewhere; that is worth saying at once. In its last day the words above say it.
    if (key.isManagement && left > DAY) yield make('management', 0, `${t('The key that is stored for {0} ("{1}") ends on {2}.', place, name, at)} ${then}`);
  }
  yield make('hour', Math.max(end - HOUR, rotatedAt + FRESH_MS.hour), `${t('"{0}" of {1} ends within the hour, on {2}.', name, place, at)} ${then}`);
}

/** A server key that has been in use for too long, where it can be rotated from here. */
function* old(row: EnvironmentRow, key: KeyRow, { maxKeyAgeDays }: ReminderSettings, now: Date): Iterable<Reminder> {
  const created = key.key.createdAt.getTime();
  // Where the date is not known it is the beginning of time.
  if (maxKeyAgeDays <= 0 || created <= 0 || key.key.type === 'CLIENT' || refusalOf('rotate', key, row.permissions, now) !== undefined) return;
  const from = created + maxKeyAgeDays * DAY;
  yield {
    ...about(row, key), id: `old:${subjectOf(key)}`, kind: 'old', from, endsAt: null, actions: ['rotate', 'show'],
    words: t('"{0}" of {1} is more than {2} days old. Rotate it, so that a copy nobody knows of stops working.', key.key.displayName, row.environment.displayName, maxKeyAgeDays),
  };
}

/** Anybody who has the publishable key can ask about any customer. Only production holds real ones. */
function* unhardened(row: EnvironmentRow, key: KeyRow): Iterable<Reminder> {
  const { environment } = row;
  if (environment.type !== 'PRODUCTION' || environment.hardenClientAccessEnabled || hardeningRefusal(row) !== undefined) return;
  if (key.key.type !== 'CLIENT' || key.status.kind !== 'active' || !key.isListed) return;
  yield {
    ...about(row, key), id: `unhardened:${subjectOf(key)}`, kind: 'unhardened', from: 0, endsAt: null, actions: ['harden', 'show'],
    words: t('Hardened client access is off in {0} (production): whoever has "{1}" and a customer id can read that customer\'s data.', environment.displayName, key.key.displayName),
  };
}

function about({ environment }: EnvironmentRow, key: KeyRow): Pick<Reminder, 'subject' | 'environmentId' | 'keyId'> {
  return { subject: subjectOf(key), environmentId: environment.id, keyId: key.key.id };
}

function subjectOf({ key }: KeyRow): string {
  return `${key.environmentId}/${key.id}`;
}

/** When the youngest key of a kind and name was made that does not end: a rotation keeps both. */
function successorsOf(keys: readonly KeyRow[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const row of keys) {
    if (row.status.kind === 'active') found.set(nameOf(row), Math.max(found.get(nameOf(row)) ?? 0, row.key.createdAt.getTime()));
  }
  return found;
}

function nameOf({ key }: KeyRow): string {
  return `${key.type} ${key.displayName}`;
}

/** The id of the reminder that a key ends within the hour: whoever says that in other words claims this one, so that it is said once. */
export function lastHourId(environmentId: string, keyId: string, end: Date): string {
  return `hour:${environmentId}/${keyId}:${String(end.getTime())}`;
}

/** The most urgent of each key, most urgent key first; then what ends first, then the order of the sidebar. */
function bySubject(reminders: readonly Reminder[]): readonly Reminder[] {
  const rank = ({ kind }: Reminder): number => REMINDER_KINDS.indexOf(kind);
  const sorted = [...reminders].sort((a, b) => rank(a) - rank(b) || (a.endsAt ?? Infinity) - (b.endsAt ?? Infinity) || 0);
  const found = new Map<string, Reminder>();
  for (const reminder of sorted) if (!found.has(reminder.subject)) found.set(reminder.subject, reminder);
  return [...found.values()];
}

function dateTime(date: Date): string {
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
