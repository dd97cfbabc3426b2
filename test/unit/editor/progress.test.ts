import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fake } from './fakeVscode.js';

vi.mock('vscode', () => fake);
const { withProgress } = await import('../../../src/editor/report.js');

type Task = (progress: { report(value: { message: string }): void }, token: unknown) => Promise<unknown>;

/** What the person sees: which notification opened, what it said, and its Cancel. */
let opened: unknown[];
let said: string[];
let cancel: () => void;
let listeners: number;

beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  said = [];
  listeners = 0;
  cancel = () => { throw new Error('There is nothing to cancel.'); };
  vi.spyOn(fake.window, 'withProgress').mockImplementation((options: unknown, task: unknown) => {
    opened.push(options);
    return (task as Task)({ report: ({ message }) => { said.push(message); } }, {
      onCancellationRequested: (listener: () => void) => {
        listeners += 1;
        cancel = listener;
        return { dispose: () => { listeners -= 1; } };
      },
    });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

test.each([0, 50, 299])('Work of %i ms is over without a notification', async (milliseconds) => {
  const result = withProgress('Asking', async (_signal, report) => {
    report('one');
    await after(milliseconds);
    return 7;
  });
  await vi.advanceTimersByTimeAsync(milliseconds);
  expect(await result).toBe(7);
  await vi.advanceTimersByTimeAsync(1000);
  expect({ opened, said, timers: vi.getTimerCount() }).toEqual({ opened: [], said: [], timers: 0 });
});

test('Quick failures come through as they are, without a notification', async () => {
  const failure = new Error('no');
  await expect(withProgress('Asking', () => Promise.reject(failure))).rejects.toBe(failure);
  expect({ opened, timers: vi.getTimerCount() }).toEqual({ opened: [], timers: 0 });
});

test('Slow work starts at once, and has a notification that begins with what was last said', async () => {
  let started = false;
  const result = withProgress('Looking', async (_signal, report) => {
    started = true;
    report('one');
    report('two');
    await after(400);
    report('three');
    await after(400);
    return 7;
  });
  expect(started).toBe(true);
  await vi.advanceTimersByTimeAsync(299);
  expect(opened).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(opened).toEqual([{ location: fake.ProgressLocation.Notification, title: 'Looking', cancellable: true }]);
  expect(said).toEqual(['two']);
  await vi.advanceTimersByTimeAsync(500);
  expect(said).toEqual(['two', 'three']);
  expect(await result).toBe(7);
  expect({ opened: opened.length, listeners }).toEqual({ opened: 1, listeners: 0 });
});

test('Slow work that fails says so, and leaves no listener behind', async () => {
  const failure = new Error('no');
  const result = withProgress('Looking', async () => {
    await after(400);
    throw failure;
  });
  const seen = expect(result).rejects.toBe(failure);
  await vi.advanceTimersByTimeAsync(400);
  await seen;
  expect({ opened: opened.length, listeners }).toEqual({ opened: 1, listeners: 0 });
});

test('Cancel fires the signal', async () => {
  const result = withProgress('Looking', (signal) => new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => { resolve('stopped'); });
  }));
  await vi.advanceTimersByTimeAsync(300);
  cancel();
  expect(await result).toBe('stopped');
  expect(listeners).toBe(0);
});
