import { describe, expect, it } from 'vitest';
import type { Reminder } from '../../../../src/keys/reminders/reminders.js';
import { ReminderStore } from '../../../../src/keys/reminders/reminderStore.js';
import { MemoryState } from '../support/memory.js';
import { DAY, HOUR, NOON } from './support.js';

function world() {
  const state = new MemoryState();
  let now = NOON;
  let made = 0;
  return {
    state,
    pass: (ms: number) => { now = new Date(now.getTime() + ms); },
    window: (during: () => Promise<unknown> = () => Promise.resolve()) => new ReminderStore({
      state, now: () => now, newId: () => String((made += 1)),
      wait: async () => {
        await during();
        await new Promise(setImmediate);
      },
    }),
  };
}
const reminder = (id: string, subject = `e1/${id}`): Reminder => ({ id, subject, kind: 'day', environmentId: 'e1', keyId: id, words: '', actions: [], from: 0, endsAt: null });
const ids = (reminders: readonly Reminder[]): string[] => reminders.map(({ id }) => id);

describe('claiming', () => {
  it('is for one window only, one after the other or both at once', async () => {
    const { window } = world();
    const [a, b] = [window(), window()];
    expect(ids(await a.claim([reminder('1')]))).toEqual(['1']);
    expect(ids(await b.claim([reminder('1'), reminder('2')]))).toEqual(['2']);
    const both = await Promise.all([a.claim([reminder('3'), reminder('4')]), b.claim([reminder('4'), reminder('3')])]);
    expect(both.flatMap(ids).sort()).toEqual(['3', '4']);
    expect([...(await a.load()).said].sort()).toEqual(['1', '2', '3', '4']);
  });

  it('is repeated when another window wrote over it', async () => {
    const { state, window } = world();
    let blank = '';
    await window().claim([reminder('0')]);
    blank = state.texts.get('reminders.memory') ?? '';
    let left = 2;
    const unlucky = window(async () => {
      if ((left -= 1) >= 0) await state.write('reminders.memory', blank);
    });
    expect(ids(await unlucky.claim([reminder('1')]))).toEqual(['1']);
    expect([...(await unlucky.load()).said].sort()).toEqual(['0', '1']);
  });

  it('is not made when it is written over for ever: silence is better than a reminder in every window', async () => {
    const { state, window } = world();
    const unlucky = window(() => state.write('reminders.memory', '{}'));
    expect(await unlucky.claim([reminder('1')])).toEqual([]);
  });
});

describe('snoozing', () => {
  it('makes it news again afterwards, in every window', async () => {
    const { window, pass } = world();
    const [a, b] = [window(), window()];
    await a.claim([reminder('1'), reminder('2')]);
    await b.snooze([reminder('1')], new Date(NOON.getTime() + HOUR));
    expect(await a.load()).toEqual({ said: new Set(['2']), snoozed: new Map([['e1/1', NOON.getTime() + HOUR]]) });
    pass(2 * HOUR);
    expect(ids(await a.claim([reminder('1')]))).toEqual(['1']);
    await a.snooze([reminder('1')], null);
    expect((await b.load()).snoozed.get('e1/1')).toBeNull();
  });
});

it('what was said is forgotten after a year and a bit, snoozes a day after their end, "never" never', async () => {
  const { window, pass } = world();
  const store = window();
  await store.claim([reminder('1')]);
  await store.snooze([reminder('2')], new Date(NOON.getTime() + HOUR));
  await store.snooze([reminder('3')], null);
  pass(401 * DAY);
  await store.claim([reminder('4')]);
  expect(await store.load()).toEqual({ said: new Set(['4']), snoozed: new Map([['e1/3', null]]) });
});

it.each([
  ['nothing', undefined], ['no JSON', '{"said":['], ['null', 'null'], ['a list', '[1]'], ['other types', '{"said":{"a":1},"snoozed":"x"}'],
  ['entries of other types', '{"said":[1,["a"],["b",1],[1,2,"c"],null],"snoozed":[["k","x"],[1,null]]}'],
])('a record that holds %s counts as none', async (_name, text) => {
  const { state, window } = world();
  if (text !== undefined) state.texts.set('reminders.memory', text);
  expect(await window().load()).toEqual({ said: new Set(), snoozed: new Map() });
  expect(ids(await window().claim([reminder('1')]))).toEqual(['1']);
});

it('keeps when to look next, and writes it only when it changes', async () => {
  const { state, window } = world();
  const store = window();
  expect(await store.nextLook()).toBeUndefined();
  await store.setNextLook(NOON);
  let writes = 0;
  state.onDidChange(() => { writes += 1; });
  await window().setNextLook(new Date(NOON));
  expect(writes).toBe(0);
  expect(await window().nextLook()).toEqual(NOON);
  await store.setNextLook(undefined);
  expect(await store.nextLook()).toBeUndefined();
  state.texts.set('reminders.next', 'soon');
  expect(await store.nextLook()).toBeUndefined();
});

it('holds ids and times, and nothing else', async () => {
  const { state, window } = world();
  await window().claim([{ ...reminder('1'), words: '"Full access key" of Production ends' }]);
  expect(JSON.parse(state.texts.get('reminders.memory') ?? '')).toEqual({ version: 1, said: [['1', NOON.getTime(), '1']], snoozed: [] });
});
