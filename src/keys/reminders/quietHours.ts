/** A daily stretch of local time without reminders, in minutes since midnight: from inclusive, to exclusive; over midnight when `to` is the smaller one. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

const FORM = /^\s{0,10}(\d{1,2}):(\d{2})\s{0,10}[-–]\s{0,10}(\d{1,2}):(\d{2})\s{0,10}$/;

/**
 * Reads a setting such as "22:00-07:00". null: there are no quiet hours, because it is empty or from and to are the same.
 * 'bad': it says something that is not understood.
 */
export function parseQuietHours(text: string): QuietHours | null | 'bad' {
  if (text.trim() === '') return null;
  const [, fromHour, fromMinute, toHour, toMinute] = FORM.exec(text) ?? [];
  const from = minutes(fromHour, fromMinute);
  const to = minutes(toHour, toMinute);
  if (from === undefined || to === undefined) return 'bad';
  // "22:00-24:00" ends at midnight.
  return from % DAY === to % DAY ? null : { from: from % DAY, to: to % DAY };
}

/** Whether the local clock on the wall stands in the quiet hours. Asked of the wall clock itself, so that no change of summer time can shift them. */
export function isQuiet(hours: QuietHours | null, now: Date): boolean {
  if (hours === null) return false;
  const minute = now.getHours() * 60 + now.getMinutes();
  return hours.from < hours.to ? minute >= hours.from && minute < hours.to : minute >= hours.from || minute < hours.to;
}

/** The first full minute after `now` that is not quiet. Walked minute by minute: the wall clock may skip the end, or show it twice. */
export function quietUntil(hours: QuietHours, now: Date): Date {
  let at = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  do at += MINUTE_MS; while (isQuiet(hours, new Date(at)));
  return new Date(at);
}

/** 9 o'clock of the next morning. Whoever is still up at three in the morning means the one that is about to come. */
export function tomorrowMorning(now: Date): Date {
  return atMinute(now, MORNING, now.getHours() < NIGHT_ENDS ? 0 : 1);
}

const MINUTE_MS = 60_000;
const DAY = 24 * 60;
const MORNING = 9 * 60;
const NIGHT_ENDS = 4;

function atMinute(now: Date, minute: number, daysLater: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysLater, Math.floor(minute / 60), minute % 60);
}

function minutes(hour: string | undefined, minute: string | undefined): number | undefined {
  const value = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && value <= DAY ? value : undefined;
}
