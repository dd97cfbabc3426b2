import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startReminders } from '../../../../src/editor/reminders/feature.js';
import { registerReminders } from '../../../../src/editor/reminders/index.js';
import { Emitter } from '../../../../src/event.js';

const { dispose } = vi.hoisted(() => ({ dispose: vi.fn() }));
vi.mock('../../../../src/editor/reminders/feature.js', () => ({ startReminders: vi.fn(() => ({ dispose })) }));

const starts = vi.mocked(startReminders);
beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => {
  vi.useRealTimers();
  starts.mockClear();
});

function registered(): { changed: Emitter<undefined>; registration: ReturnType<typeof registerReminders> } {
  const changed = new Emitter<undefined>();
  const deps = { inventory: { onDidChange: changed.event }, reporter: { show: vi.fn() } } as unknown as Parameters<typeof registerReminders>[0];
  return { changed, registration: registerReminders(deps) };
}

it('loads nothing for a minute, then looks at once', async () => {
  const { registration } = registered();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(starts).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_000);
  await vi.waitFor(() => { expect(starts.mock.calls.map(([, firstMs]) => firstMs)).toEqual([0]); });
  registration.dispose();
  expect(dispose).toHaveBeenCalledTimes(1);
});

it('starts once, shortly after somebody has looked at the keys', async () => {
  const { changed, registration } = registered();
  for (let index = 0; index < 3; index++) changed.fire(undefined);
  await vi.waitFor(() => { expect(starts.mock.calls.map(([, firstMs]) => firstMs)).toEqual([500]); });
  changed.fire(undefined);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(starts).toHaveBeenCalledTimes(1);
  registration.dispose();
});

it('starts nothing when it has ended', async () => {
  const { changed, registration } = registered();
  registration.dispose();
  changed.fire(undefined);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(starts).not.toHaveBeenCalled();
});
