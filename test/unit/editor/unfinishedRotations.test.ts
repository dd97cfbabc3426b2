import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyCommandDeps } from '../../../src/editor/keyCommands/deps.js';
import { registerUnfinishedRotations } from '../../../src/editor/keyCommands/unfinishedRotations.js';
import { Emitter } from '../../../src/event.js';
import { RotationJournal, type RotationRecord } from '../../../src/keys/journal.js';
import type { ResumeOutcome } from '../../../src/keys/rotation.js';
import { MemoryState } from '../keys/support/memory.js';
import { fake } from './fakeVscode.js';
import { inventoryOf, row } from './rows.js';

vi.mock('vscode', async () => (await import('./fakeVscode.js')).fake);

const refresh = vi.fn(() => Promise.resolve());
const resumed = new Emitter<readonly ResumeOutcome[]>();
let journal: RotationJournal;
let registration: { dispose(): unknown } | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  journal = new RotationJournal(new MemoryState());
});
afterEach(() => {
  registration?.dispose();
  vi.useRealTimers();
});

function record(leaseMs: number): RotationRecord {
  return { id: 'r', environmentId: 'e1', oldKeyId: 'k1', grace: 'now', startedAt: new Date().toISOString(), knownKeyIds: [], step: 'proved', newKeyId: 'k2', leaseUntil: new Date(Date.now() + leaseMs).toISOString() };
}

function start(): void {
  registration = registerUnfinishedRotations({
    journal, now: () => new Date(), reporter: { show: vi.fn() },
    inventory: { ...inventoryOf(row()), refresh, onDidResume: resumed.event },
  } as unknown as KeyCommandDeps & { journal: RotationJournal });
}

describe('after a restart', () => {
  it('touches nothing when nothing is unfinished', async () => {
    start();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(refresh).not.toHaveBeenCalled();
  });

  it('waits for the lease of the window that is gone, then completes, then is done', async () => {
    await journal.write(record(240_000));
    start();
    await vi.advanceTimersByTimeAsync(239_000);
    expect(refresh).not.toHaveBeenCalled();
    refresh.mockImplementationOnce(() => journal.remove(record(0)));
    await vi.advanceTimersByTimeAsync(3_600_000 * 5);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('tries again at growing intervals while something is left, and not once disposed', async () => {
    await journal.write(record(-1));
    start();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(refresh.mock.calls.length).toBeLessThanOrEqual(4);
    expect(refresh.mock.calls.length).toBeGreaterThan(1);
    const calls = refresh.mock.calls.length;
    registration?.dispose();
    await vi.advanceTimersByTimeAsync(3_600_000 * 5);
    expect(refresh).toHaveBeenCalledTimes(calls);
  });

  it('says that a rotation which nobody confirmed never happened', () => {
    start();
    resumed.fire([{ kind: 'neverHappened', record: record(0) }]);
    expect(fake.window.showInformationMessage.mock.lastCall?.[0]).toMatch(/"billing" is as it was/);
  });
});
