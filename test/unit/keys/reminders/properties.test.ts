import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isQuiet, parseQuietHours, type QuietHours } from '../../../../src/keys/reminders/quietHours.js';
import { dueReminders, nextLook, NOTHING_SAID, type Reminder, type ReminderSettings } from '../../../../src/keys/reminders/reminders.js';
import { ReminderStore } from '../../../../src/keys/reminders/reminderStore.js';
import { snoozesFor, type Snooze } from '../../../../src/keys/reminders/snooze.js';
import { MemoryState } from '../support/memory.js';
import { DAY, HOUR, MINUTE, NOON, oneWith, type KeySpec } from './support.js';

/** What happens to a person in front of two windows. Times in milliseconds; jumps are those of a clock that is set, back and forth. */
type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'look'; readonly together: boolean }
  | { readonly kind: 'snooze'; readonly choice: Snooze['id'] }
  | { readonly kind: 'extend'; readonly key: number; readonly ms: number };

const key: fc.Arbitrary<Omit<KeySpec, 'id'>> = fc.record({
  type: fc.constantFrom('SERVER' as const, 'SCOPED' as const, 'CLIENT' as const, 'SALESFORCE' as const),
  age: fc.integer({ min: 0, max: 400 }),
  ends: fc.option(fc.integer({ min: -HOUR, max: 4 * DAY }), { nil: undefined }),
  stored: fc.constantFrom(true, true, true, false),
  isManagement: fc.boolean(),
}, { requiredKeys: [] }).map(({ ends, ...rest }) => (ends === undefined ? rest : { ...rest, ends }));

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.oneof(fc.integer({ min: 0, max: 3 * HOUR }), fc.integer({ min: -10 * DAY, max: 10 * DAY })) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('look' as const), together: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('snooze' as const), choice: fc.constantFrom('hour' as const, 'morning' as const, 'week' as const, 'never' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('extend' as const), key: fc.nat({ max: 3 }), ms: fc.integer({ min: 0, max: 7 * DAY }) }) },
);

const settings: fc.Arbitrary<ReminderSettings> = fc.record({
  isEnabled: fc.constantFrom(true, true, true, false),
  maxKeyAgeDays: fc.constantFrom(0, 90, 180),
  quietHours: fc.constantFrom('', '22:00-07:00', '00:00-23:00', '12:00-13:30', '', '').map((text) => parseQuietHours(text) as QuietHours | null),
});

it('nothing is said twice, in the quiet hours, or while it is snoozed, whatever the clocks do and however many windows look', async () => {
  let said = 0;
  await fc.assert(fc.asyncProperty(fc.array(key, { minLength: 1, maxLength: 4 }), fc.boolean(), settings, fc.array(step, { minLength: 5, maxLength: 30 }), async (keys, hardened, chosen, steps) => {
    let now = NOON;
    let made = 0;
    const specs: KeySpec[] = keys.map((spec, index) => ({ ...spec, id: String(index), name: `key ${String(index)}` }));
    const state = new MemoryState();
    const open = () => new ReminderStore({ state, now: () => now, wait: () => new Promise(setImmediate), newId: () => String((made += 1)) });
    const windows = [open(), open()];
    const times = new Map<string, number>();
    const snoozed = new Map<string, Snooze['until']>();
    let shown: readonly Reminder[] = [];

    const look = async (window: ReminderStore): Promise<readonly Reminder[]> =>
      window.claim(dueReminders(oneWith(specs, { hardened }, now), chosen, await window.load(), now));
    for (const one of steps) {
      switch (one.kind) {
        case 'wait':
          now = new Date(now.getTime() + one.ms);
          break;
        case 'look': {
          const news = (await Promise.all((one.together ? windows : windows.slice(0, 1)).map(look))).flat();
          for (const reminder of news) {
            said += 1;
            expect(times.get(reminder.id) ?? 1, reminder.id).toBeGreaterThan(0);
            times.set(reminder.id, 0);
            expect(chosen.isEnabled).toBe(true);
            expect(reminder.kind === 'hour' || !isQuiet(chosen.quietHours, now)).toBe(true);
            const until = snoozed.get(reminder.subject);
            expect(until).not.toBeNull();
            if (until !== undefined && until !== null && until.getTime() - now.getTime() <= 8 * DAY) expect(until.getTime()).toBeLessThanOrEqual(now.getTime());
            if (reminder.endsAt !== null) expect(reminder.endsAt).toBeGreaterThan(now.getTime());
          }
          expect(new Set(news.map(({ subject }) => subject)).size).toBe(news.length);
          if (news.length > 0) shown = news;
          break;
        }
        case 'snooze': {
          const choice = snoozesFor(shown, now).find(({ id }) => id === one.choice);
          if (shown.length === 0 || choice === undefined) break;
          await windows[1]?.snooze(shown, choice.until);
          for (const { id, subject } of shown) {
            snoozed.set(subject, choice.until);
            times.set(id, 1);
          }
          shown = [];
          break;
        }
        case 'extend': {
          const spec = specs[one.key];
          if (spec?.ends !== undefined) specs[one.key] = { ...spec, ends: now.getTime() - NOON.getTime() + one.ms };
        }
      }
    }
  }), { numRuns: 300 });
  // Otherwise the property above would be about nothing.
  expect(said).toBeGreaterThan(100);
});

it('whoever looks again only when told to misses nothing by more than a minute', () => {
  fc.assert(fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), settings, (keys, chosen) => {
    const specs: KeySpec[] = keys.map((spec, index) => ({ ...spec, id: String(index), name: `key ${String(index)}` }));
    const at = (now: Date) => oneWith(specs, {}, now);
    const memory = { ...NOTHING_SAID, said: new Set(dueReminders(at(NOON), chosen, NOTHING_SAID, NOON).map(({ id }) => id)) };
    const next = nextLook(at(NOON), chosen, memory, NOON);
    const horizon = next === null ? NOON.getTime() + 4 * DAY : Math.min(next.getTime(), NOON.getTime() + 4 * DAY);
    for (let time = NOON.getTime(); time < horizon - MINUTE; time += 31 * MINUTE) {
      expect(dueReminders(at(new Date(time)), chosen, memory, new Date(time))).toEqual([]);
    }
    if (next !== null && next.getTime() < NOON.getTime() + 4 * DAY) {
      expect(next.getTime()).toBeGreaterThan(NOON.getTime());
      expect(dueReminders(at(next), chosen, memory, next)).not.toEqual([]);
    }
  }), { numRuns: 60 });
});
