import { describe, expect, it } from 'vitest';
import { parseQuietHours, type QuietHours } from '../../../../src/keys/reminders/quietHours.js';
import { dueReminders, nextLook, NOTHING_SAID, type ReminderMemory, type ReminderSettings } from '../../../../src/keys/reminders/reminders.js';
import { snoozesFor } from '../../../../src/keys/reminders/snooze.js';
import { DAY, HOUR, MINUTE, NOON, oneWith, SETTINGS, type EnvironmentSpec, type KeySpec } from './support.js';

const REFUSED = { code: 'scope', reason: 'No.', nextStep: 'Ask.' };
const NIGHT = parseQuietHours('22:00-07:00') as QuietHours;

function kinds(keys: readonly KeySpec[], environment: EnvironmentSpec = {}, settings: Partial<ReminderSettings> = {}, memory = NOTHING_SAID, now = NOON): string[] {
  return dueReminders(oneWith(keys, environment, now), { ...SETTINGS, ...settings }, memory, now).map(({ kind, keyId }) => `${kind} ${keyId}`);
}

describe('what is due', () => {
  it.each<[string, readonly KeySpec[], string[]]>([
    ['nothing ends', [{ id: 'a' }], []],
    ['more than a day left', [{ id: 'a', ends: DAY + MINUTE }], []],
    ['a day left', [{ id: 'a', ends: DAY }], ['day a']],
    ['an hour and a bit left', [{ id: 'a', ends: HOUR + 1 }], ['day a']],
    ['an hour left', [{ id: 'a', ends: HOUR }], ['hour a']],
    ['a moment left', [{ id: 'a', ends: 1 }], ['hour a']],
    ['it has ended', [{ id: 'a', ends: 0 }], []],
    ['a value that is not stored here', [{ id: 'a', ends: HOUR, stored: false }], []],
    ['a stored key that Stigg does not list', [{ id: 'a', ends: HOUR, isListed: false }], ['hour a']],
    ['the management key, days before', [{ id: 'a', ends: 5 * DAY, isManagement: true }], ['management a']],
    ['the management key on its last day', [{ id: 'a', ends: 20 * HOUR, isManagement: true }], ['day a']],
    ['rotated with an hour of grace a moment ago', [{ id: 'a', ends: HOUR - MINUTE }, { id: 'b', age: MINUTE / DAY }], []],
    ['rotated with an hour of grace a while ago', [{ id: 'a', ends: 40 * MINUTE }, { id: 'b', age: (20 * MINUTE) / DAY }], ['hour a']],
    ['rotated with a day of grace a moment ago', [{ id: 'a', ends: DAY - MINUTE }, { id: 'b', age: MINUTE / DAY }], []],
    ['rotated with a day of grace two hours ago', [{ id: 'a', ends: 22 * HOUR }, { id: 'b', age: 2 / 24 }], ['day a']],
    ['another key was made a moment ago', [{ id: 'a', ends: HOUR }, { id: 'b', age: 0, name: 'other', type: 'SCOPED' }], ['hour a']],
    ['an old full access key', [{ id: 'a', age: 181 }], ['old a']],
    ['not old yet', [{ id: 'a', age: 179 }], []],
    ['an old scoped key that is not stored', [{ id: 'a', age: 400, type: 'SCOPED', stored: false }], ['old a']],
    ['an old publishable key', [{ id: 'a', age: 400, type: 'CLIENT' }], []],
    ['an old key of an integration', [{ id: 'a', age: 400, type: 'SALESFORCE' }], []],
    ['an old key on its way out', [{ id: 'a', age: 400, ends: 5 * DAY }], []],
    ['an old key that Stigg does not list', [{ id: 'a', age: 400, isListed: false }], []],
    ['a key whose date is not known', [{ id: 'a', age: NOON.getTime() / DAY }], []],
    ['several, most urgent first', [{ id: 'a', age: 200, type: 'SCOPED' }, { id: 'b', ends: 20 * HOUR }, { id: 'c', ends: 30 * MINUTE }, { id: 'd', ends: 10 * MINUTE }], ['hour d', 'hour c', 'day b', 'old a']],
  ])('%s', (_name, keys, expected) => {
    expect(kinds(keys)).toEqual(expected);
  });

  it.each<[string, EnvironmentSpec, KeySpec, string[]]>([
    ['production without it', { hardened: false }, {} as KeySpec, ['unhardened p']],
    ['production with it', { hardened: true }, {} as KeySpec, []],
    ['development without it', { hardened: false, type: 'DEVELOPMENT' }, {} as KeySpec, []],
    ['nobody may change it', { hardened: false, permissions: { harden: REFUSED } }, {} as KeySpec, []],
    ['the outgoing publishable key', { hardened: false }, { ends: 5 * DAY } as KeySpec, []],
    ['a publishable key that Stigg does not list', { hardened: false }, { isListed: false } as KeySpec, []],
  ])('hardened client access: %s', (_name, environment, spec, expected) => {
    expect(kinds([{ type: 'CLIENT', stored: false, ...spec, id: 'p' }], environment)).toEqual(expected);
  });

  it.each<[string, Partial<ReminderSettings>, string[]]>([
    ['by default', {}, ['day b', 'old a']],
    ['switched off', { isEnabled: false }, []],
    ['no age', { maxKeyAgeDays: 0 }, ['day b']],
    ['a greater age', { maxKeyAgeDays: 365 }, ['day b']],
  ])('settings: %s', (_name, settings, expected) => {
    expect(kinds([{ id: 'a', age: 200, type: 'SCOPED' }, { id: 'b', ends: 20 * HOUR }], {}, settings)).toEqual(expected);
  });

  it('nothing but the last hour disturbs the night', () => {
    const night = new Date(2026, 0, 14, 23, 0);
    expect(kinds([{ id: 'a', ends: 11 * HOUR + 30 * MINUTE }, { id: 'b', ends: 20 * HOUR }, { id: 'c', age: 300, type: 'SCOPED' }], { hardened: false }, { quietHours: NIGHT }, NOTHING_SAID, night)).toEqual(['hour a']);
  });

  it.each<[string, ReminderMemory, string[]]>([
    ['said before', { said: new Set([`day:e1/a:${String(NOON.getTime() + 20 * HOUR)}`]), snoozed: new Map() }, []],
    ['said before it was extended', { said: new Set([`day:e1/a:${String(NOON.getTime())}`]), snoozed: new Map() }, ['day a']],
    ['snoozed', { said: new Set(), snoozed: new Map([['e1/a', NOON.getTime() + 1]]) }, []],
    ['snoozed long enough', { said: new Set(), snoozed: new Map([['e1/a', NOON.getTime()]]) }, ['day a']],
    ['snoozed for good', { said: new Set(), snoozed: new Map([['e1/a', null]]) }, []],
    ['snoozed while the clock stood in another year', { said: new Set(), snoozed: new Map([['e1/a', NOON.getTime() + 300 * DAY]]) }, ['day a']],
    ['another key is snoozed', { said: new Set(), snoozed: new Map([['e1/b', null]]) }, ['day a']],
  ])('%s', (_name, memory, expected) => {
    expect(kinds([{ id: 'a', ends: 20 * HOUR }], {}, {}, memory)).toEqual(expected);
  });

  it('says what it is about, and offers nothing that would be refused', () => {
    const say = (keys: readonly KeySpec[], environment: EnvironmentSpec = {}) => dueReminders(oneWith(keys, environment), SETTINGS, NOTHING_SAID, NOON).map(({ words, actions }) => [words, actions]);
    expect(say([{ id: 'a', ends: 30 * MINUTE }])).toEqual([[expect.stringMatching(/^"Full access key" of Acme ends within the hour, on .*12:30.*401/), ['extend', 'show']]]);
    expect(say([{ id: 'a', ends: 30 * MINUTE }], { permissions: { grace: REFUSED } })).toEqual([[expect.anything(), ['show']]]);
    expect(say([{ id: 'a', ends: 5 * DAY, isManagement: true }])).toEqual([[expect.stringMatching(/stored for Acme .* add Acme again/), ['addEnvironment', 'extend', 'show']]]);
    expect(say([{ id: 'a', age: 200 }])).toEqual([[expect.stringMatching(/more than 180 days old/), ['rotate', 'show']]]);
    expect(say([{ id: 'a', age: 200 }], { permissions: { rotate: REFUSED } })).toEqual([]);
  });
});

describe('nextLook', () => {
  const after = (keys: readonly KeySpec[], settings: Partial<ReminderSettings> = {}, memory = NOTHING_SAID): number | null => {
    const next = nextLook(oneWith(keys), { ...SETTINGS, ...settings }, memory, NOON);
    return next === null ? null : next.getTime() - NOON.getTime();
  };
  it.each<[string, readonly KeySpec[], Partial<ReminderSettings>, ReminderMemory, number | null]>([
    ['nothing can become due', [{ id: 'a', type: 'CLIENT' }], {}, NOTHING_SAID, null],
    ['a day before the end', [{ id: 'a', ends: 3 * DAY }], {}, NOTHING_SAID, 2 * DAY],
    ['when it gets too old', [{ id: 'a', age: 100 }], {}, NOTHING_SAID, 80 * DAY],
    ['when the night is over', [{ id: 'a', ends: 36 * HOUR }], { quietHours: NIGHT }, NOTHING_SAID, 19 * HOUR],
    ['the last hour, at night too', [{ id: 'a', ends: 13 * HOUR }], { quietHours: NIGHT }, { said: new Set([`day:e1/a:${String(NOON.getTime() + 13 * HOUR)}`]), snoozed: new Map() }, 12 * HOUR],
    ['when the snooze is over', [{ id: 'a', ends: 20 * HOUR }], {}, { said: new Set(), snoozed: new Map([['e1/a', NOON.getTime() + HOUR]]) }, HOUR],
    ['never, when snoozed for good', [{ id: 'a', ends: 20 * HOUR }], {}, { said: new Set(), snoozed: new Map([['e1/a', null]]) }, null],
    ['never, when switched off', [{ id: 'a', ends: 20 * HOUR }], { isEnabled: false }, NOTHING_SAID, null],
  ])('%s', (_name, keys, settings, memory, expected) => {
    expect(after(keys, settings, memory)).toBe(expected);
  });
});

it.each<[string, readonly KeySpec[], string[]]>([
  ['a day left', [{ id: 'a', ends: 23 * HOUR }], ['For 1 hour', 'Until tomorrow morning', 'Not for this key']],
  ['less than an hour left', [{ id: 'a', ends: 30 * MINUTE }], ['Not for this key']],
  ['no end', [{ id: 'a', age: 200 }], ['For 1 hour', 'Until tomorrow morning', 'For 7 days', 'Not for this key']],
  ['the first of several ends', [{ id: 'a', age: 200, type: 'SCOPED' }, { id: 'b', ends: 2 * HOUR }], ['For 1 hour', 'Not for these keys']],
])('snoozes never sleep through an end: %s', (_name, keys, expected) => {
  expect(snoozesFor(dueReminders(oneWith(keys), SETTINGS, NOTHING_SAID, NOON), NOON).map(({ words }) => words)).toEqual(expected);
});
