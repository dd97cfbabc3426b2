import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isQuiet, parseQuietHours, quietUntil, tomorrowMorning, type QuietHours } from '../../../../src/keys/reminders/quietHours.js';

const before = process.env.TZ;
// Clocks change there on 29 March (02:00 becomes 03:00) and on 25 October 2026 (03:00 becomes 02:00).
beforeAll(() => { process.env.TZ = 'Europe/Berlin'; });
afterAll(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

const hours = (text: string): QuietHours => {
  const parsed = parseQuietHours(text);
  if (parsed === null || parsed === 'bad') throw new Error(text);
  return parsed;
};
const at = (iso: string): Date => new Date(iso);

it('the time zone of these tests is in force', () => {
  expect(at('2026-07-01T10:00:00Z').getHours()).toBe(12);
});

describe('parseQuietHours', () => {
  it.each([
    ['22:00-07:00', { from: 1320, to: 420 }],
    ['7:30 – 9:05', { from: 450, to: 545 }],
    ['  22:00-24:00 ', { from: 1320, to: 0 }],
    ['00:00-06:00', { from: 0, to: 360 }],
    ['', null],
    ['  ', null],
    ['08:00-08:00', null],
    ['00:00-24:00', null],
    ['22-7', 'bad'],
    ['25:00-07:00', 'bad'],
    ['22:60-07:00', 'bad'],
    ['24:01-07:00', 'bad'],
    ['22:00', 'bad'],
    ['at night', 'bad'],
    ['22:00-07:00-08:00', 'bad'],
    [`${' '.repeat(10_000)}22:00-07:00`, 'bad'],
  ])('%j', (text, expected) => {
    expect(parseQuietHours(text)).toEqual(expected);
  });
});

describe('isQuiet', () => {
  it.each([
    ['22:00-07:00', '2026-01-14T20:59:59Z', false],
    ['22:00-07:00', '2026-01-14T21:00:00Z', true],
    ['22:00-07:00', '2026-01-15T05:59:59Z', true],
    ['22:00-07:00', '2026-01-15T06:00:00Z', false],
    ['12:00-13:00', '2026-01-14T11:30:00Z', true],
    ['12:00-13:00', '2026-01-14T12:00:00Z', false],
    // In summer the same hours of the wall clock are others of the sun.
    ['22:00-07:00', '2026-07-14T05:30:00Z', false],
    ['22:00-07:00', '2026-07-14T20:30:00Z', true],
    // Half past two comes twice.
    ['22:00-02:45', '2026-10-25T00:30:00Z', true],
    ['22:00-02:45', '2026-10-25T00:50:00Z', false],
    ['22:00-02:45', '2026-10-25T01:30:00Z', true],
  ])('%s at %s: %s', (text, time, expected) => {
    expect(isQuiet(hours(text), at(time))).toBe(expected);
  });

  it('without hours it is never quiet', () => {
    expect(isQuiet(null, at('2026-01-14T02:00:00Z'))).toBe(false);
  });
});

describe('quietUntil', () => {
  it.each([
    ['an evening', '22:00-07:00', '2026-01-14T22:15:30Z', '2026-01-15T06:00:00Z'],
    ['a night with one hour less', '22:00-07:00', '2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
    ['an end that the clock skips', '22:00-02:30', '2026-03-29T00:00:00Z', '2026-03-29T01:00:00Z'],
    ['a night with one hour more', '22:00-07:00', '2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
    ['an end that comes twice, the second time', '22:00-02:45', '2026-10-25T01:10:00Z', '2026-10-25T01:45:00Z'],
  ])('%s', (_name, text, now, expected) => {
    expect(quietUntil(hours(text), at(now)).toISOString()).toBe(at(expected).toISOString());
  });
});

it.each([
  ['2026-01-14T09:00:00Z', '2026-01-15T08:00:00Z'],
  ['2026-01-14T22:50:00Z', '2026-01-15T08:00:00Z'],
  ['2026-01-15T02:00:00Z', '2026-01-15T08:00:00Z'],
  ['2026-01-15T03:30:00Z', '2026-01-16T08:00:00Z'],
  ['2026-01-31T12:00:00Z', '2026-02-01T08:00:00Z'],
  // The night after is an hour shorter.
  ['2026-03-28T12:00:00Z', '2026-03-29T07:00:00Z'],
])('tomorrow morning, said at %s', (now, expected) => {
  expect(tomorrowMorning(at(now)).toISOString()).toBe(at(expected).toISOString());
});
