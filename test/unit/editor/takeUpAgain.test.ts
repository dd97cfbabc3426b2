import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeUpAgain } from '../../../src/editor/keyCommands/takeUpAgain.js';
import { RotationJournal, type RotationRecord } from '../../../src/keys/journal.js';
import { MemoryState } from '../keys/support/memory.js';

const MINUTE = 60_000;
const refresh = vi.fn(() => Promise.resolve());
const fail = vi.fn();
let journal: RotationJournal;
let state: MemoryState;
let watch: { dispose(): unknown } | undefined;

const record = (lease = 0): RotationRecord => ({ id: 'r', environmentId: 'e', oldKeyId: 'k', grace: 'now', startedAt: new Date().toISOString(), knownKeyIds: [], step: 'proved', newKeyId: 'n', leaseUntil: new Date(Date.now() + lease).toISOString() });
const open = (): void => { watch = takeUpAgain({ journal, inventory: { refresh }, now: () => new Date(), fail }); };
const settle = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  state = new MemoryState();
  journal = new RotationJournal(state);
});
afterEach(() => {
  watch?.dispose();
  vi.useRealTimers();
});

it('nothing is touched while nothing is unfinished', async () => {
  open();
  await settle(300 * MINUTE);
  expect(refresh).not.toHaveBeenCalled();
});

it('what was left before the window opened is taken up, less and less often', async () => {
  await journal.write(record());
  open();
  await settle(2_100);
  expect(refresh).toHaveBeenCalledTimes(1);
  await settle(10 * MINUTE);
  expect(refresh).toHaveBeenCalledTimes(2);
  await settle(10 * MINUTE);
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('what is left while the window is open is taken up as well', async () => {
  open();
  await settle(MINUTE);
  await journal.write(record(5 * MINUTE));
  await settle(9 * MINUTE);
  expect(refresh).not.toHaveBeenCalled();
  await settle(2 * MINUTE);
  expect(refresh).toHaveBeenCalledTimes(1);
});

it('a rotation that ends well asks for nothing, and the next one that does not is watched again', async () => {
  open();
  await settle(MINUTE);
  await journal.write(record(5 * MINUTE));
  await journal.remove(record());
  await settle(30 * MINUTE);
  expect(refresh).not.toHaveBeenCalled();
  await journal.write(record());
  await settle(11 * MINUTE);
  expect(refresh).toHaveBeenCalledTimes(1);
});

it('a journal that cannot be read is told, and read again at the next change', async () => {
  open();
  await settle(MINUTE);
  vi.spyOn(state, 'list').mockRejectedValueOnce(new Error('EACCES'));
  await journal.write(record());
  await settle(0);
  expect(fail).toHaveBeenCalledTimes(1);
  await journal.write(record());
  await settle(11 * MINUTE);
  expect(refresh).toHaveBeenCalledTimes(1);
});

it('nothing happens in a window that is closed', async () => {
  await journal.write(record());
  open();
  watch?.dispose();
  await journal.write(record());
  await settle(30 * MINUTE);
  expect(refresh).not.toHaveBeenCalled();
});
