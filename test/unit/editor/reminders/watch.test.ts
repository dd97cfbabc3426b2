import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReminderWatch, type ReminderWatchDeps } from '../../../../src/editor/reminders/watch.js';
import { ExpectedError } from '../../../../src/errors.js';
import { Emitter } from '../../../../src/event.js';
import type { InventorySnapshot } from '../../../../src/keys/inventory.js';
import type { Reminder, ReminderSettings } from '../../../../src/keys/reminders/reminders.js';
import { ReminderStore } from '../../../../src/keys/reminders/reminderStore.js';
import { environmentRow, DAY, HOUR, MINUTE, NOON, oneWith, SETTINGS, snapshotOf, type KeySpec } from '../../keys/reminders/support.js';
import { MemoryState } from '../../keys/support/memory.js';

const UNLOADED: InventorySnapshot = { loaded: false, environments: [], vaultError: null };

/** A machine with one or more windows; time is vitest's. */
class Person {
  readonly state = new MemoryState();
  settings: ReminderSettings = SETTINGS;
  keys: readonly KeySpec[] = [];
  readonly said: string[] = [];
  readonly errors: unknown[] = [];
  readonly endings: (() => void)[] = [];
  /** How long a message stands before it is put away; undefined: for ever. */
  answersAfter: number | undefined = 0;
  #ids = 0;

  window(options: Partial<ReminderWatchDeps> & { readonly loaded?: boolean } = {}) {
    const changed = new Emitter<InventorySnapshot>();
    const news = new Emitter<undefined>();
    let snapshot = UNLOADED;
    const load = (): void => {
      snapshot = oneWith(this.keys, {}, new Date());
      changed.fire(snapshot);
    };
    const refresh = vi.fn(() => {
      load();
      return Promise.resolve();
    });
    const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const watch = new ReminderWatch({
      inventory: { get snapshot() { return snapshot; }, onDidChange: changed.event, refresh },
      store: new ReminderStore({ state: this.state, now: () => new Date(), wait, newId: () => String((this.#ids += 1)) }),
      settings: () => this.settings,
      say: async (reminders: readonly Reminder[]) => {
        this.said.push(reminders.map(({ kind, keyId }) => `${kind} ${keyId}`).join(', '));
        if (this.answersAfter === undefined) await new Promise(() => undefined);
        else await wait(this.answersAfter);
      },
      stillTrue: (reminders) => Promise.resolve(reminders),
      isFocused: () => true,
      firstMs: 60_000,
      onDidChange: news.event,
      now: () => new Date(),
      wait,
      reportError: (error) => { this.errors.push(error); },
      ...options,
    });
    this.endings.push(() => { watch.dispose(); });
    if (options.loaded === true) load();
    return { refresh, load, publish: (next: InventorySnapshot) => { snapshot = next; changed.fire(next); }, touch: () => { news.fire(undefined); }, watch };
  }
}

let person: Person;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  person = new Person();
});
afterEach(() => {
  for (const end of person.endings) end();
  expect(person.errors).toEqual([]);
  vi.useRealTimers();
});

describe('a window in which nobody opens the sidebar', () => {
  it('touches nothing where nothing was ever stored', async () => {
    const { refresh } = person.window();
    const reads = vi.spyOn(person.state, 'read');
    await pass(59_000);
    expect(reads).not.toHaveBeenCalled();
    await pass(3 * DAY);
    expect(reads.mock.calls.map(([name]) => name)).toEqual(['reminders.next']);
    expect(refresh).not.toHaveBeenCalled();
  });

  it('loads the keys once something is due, and not before', async () => {
    person.keys = [{ id: 'a', ends: 2 * DAY }];
    await person.state.write('reminders.next', new Date(NOON.getTime() + DAY).toISOString());
    const { refresh } = person.window();
    await pass(DAY - 5 * MINUTE);
    expect(refresh).not.toHaveBeenCalled();
    await pass(10 * MINUTE);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(person.said).toEqual(['day a']);
    await pass(DAY);
    expect(person.said).toEqual(['day a', 'hour a']);
  });

  it('says nothing when reminders are switched off', async () => {
    person.settings = { ...SETTINGS, isEnabled: false };
    await person.state.write('reminders.next', NOON.toISOString());
    const { refresh } = person.window();
    await pass(DAY);
    expect(refresh).not.toHaveBeenCalled();
  });
});

it('leaves the next date for windows that come later, and takes it back when there is nothing', async () => {
  person.keys = [{ id: 'a', ends: 3 * DAY }];
  const { load } = person.window({ loaded: true });
  await pass(MINUTE);
  expect(person.state.texts.get('reminders.next')).toBe(new Date(NOON.getTime() + 2 * DAY).toISOString());
  person.keys = [];
  load();
  await pass(MINUTE);
  expect(person.state.texts.get('reminders.next')).toBeUndefined();
});

it('two windows say it once, the one in front first', async () => {
  person.keys = [{ id: 'a', ends: HOUR / 2 }];
  const behind: string[] = [];
  person.window({ loaded: true, isFocused: () => false, say: (reminders) => { behind.push(...reminders.map(({ id }) => id)); return Promise.resolve(); } });
  person.window({ loaded: true });
  await pass(10 * MINUTE);
  expect([behind, person.said]).toEqual([[], ['hour a']]);
});

it('the one behind speaks when no other does', async () => {
  person.keys = [{ id: 'a', ends: HOUR / 2 }];
  person.window({ loaded: true, isFocused: () => false });
  await pass(MINUTE);
  expect(person.said).toEqual(['hour a']);
});

it('several at once are one message', async () => {
  person.keys = [{ id: 'a', ends: 20 * HOUR }, { id: 'b', age: 200, type: 'SCOPED' }, { id: 'c', ends: MINUTE * 30 }];
  person.window({ loaded: true });
  await pass(MINUTE);
  expect(person.said).toEqual(['hour c, day a, old b']);
});

it('a second message waits for the first, an end within the hour a minute only', async () => {
  person.answersAfter = undefined;
  person.keys = [{ id: 'a', ends: 20 * HOUR }];
  const { load } = person.window({ loaded: true });
  await pass(5_000);
  person.keys = [...person.keys, { id: 'b', age: 200, type: 'SCOPED' }];
  load();
  await pass(20_000);
  expect(person.said).toEqual(['day a']);
  person.keys = [...person.keys, { id: 'c', ends: HOUR / 2 }];
  load();
  await pass(10_000);
  expect(person.said).toEqual(['day a']);
  await pass(2 * MINUTE);
  expect(person.said).toEqual(['day a', 'hour c']);
  // Nobody has answered: by then it has gone to the notification centre.
  await pass(HOUR);
  expect(person.said).toEqual(['day a', 'hour c', 'old b']);
});

it('what is not true at Stigg is not said, and is asked about again', async () => {
  person.keys = [{ id: 'a', age: 200 }];
  let isTrue = false;
  const { load } = person.window({ loaded: true, stillTrue: (reminders) => Promise.resolve(isTrue ? reminders : []) });
  await pass(MINUTE);
  expect(person.said).toEqual([]);
  isTrue = true;
  load();
  await pass(MINUTE);
  expect(person.said).toEqual(['old a']);
});

it('does not look while an answer is on its way, or where the keychain is locked', async () => {
  const { publish } = person.window();
  const row = environmentRow([{ id: 'a', ends: HOUR / 2 }]);
  publish(snapshotOf({ ...row, loading: true }));
  await pass(MINUTE / 2);
  expect(person.said).toEqual([]);
  publish({ loaded: true, environments: [], vaultError: new ExpectedError('vaultLocked', 'Locked.', 'Unlock it.') });
  await pass(MINUTE / 2);
  publish(snapshotOf(row));
  await pass(MINUTE / 2);
  expect(person.said).toEqual(['hour a']);
});

it('looks again when settings change', async () => {
  person.settings = { ...SETTINGS, maxKeyAgeDays: 0 };
  person.keys = [{ id: 'a', age: 200 }];
  const { touch } = person.window({ loaded: true });
  await pass(MINUTE);
  expect(person.said).toEqual([]);
  person.settings = SETTINGS;
  touch();
  await pass(MINUTE);
  expect(person.said).toEqual(['old a']);
});

it('a folder that cannot be read is told once an hour, however often it is tried', async () => {
  person.keys = [{ id: 'a', ends: 3 * HOUR }];
  vi.spyOn(person.state, 'read').mockRejectedValue(new Error('EIO'));
  const { load } = person.window({ loaded: true });
  for (let minute = 0; minute < 50; minute += 1) {
    await pass(MINUTE);
    load();
  }
  expect(person.errors.splice(0)).toHaveLength(1);
  await pass(HOUR + 2 * MINUTE);
  expect(person.errors.splice(0)).toHaveLength(1);
});

it('says nothing after its end', async () => {
  person.keys = [{ id: 'a', ends: HOUR / 2 }];
  const { watch } = person.window({ loaded: true });
  watch.dispose();
  await pass(DAY);
  expect(person.said).toEqual([]);
});
