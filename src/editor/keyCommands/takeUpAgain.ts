import type { Disposable } from '../../event.js';
import type { Inventory } from '../../keys/inventory.js';

const FIRST_MS = 2_000;
const AGAIN_MS = 10 * 60_000;
const LONGEST_MS = 60 * 60_000;

/** Something a journal holds: it is taken up when its lease has ended. */
interface Unfinished {
  /** ISO date. */
  readonly leaseUntil: string;
}

export interface TakeUpDeps {
  readonly journal: { list(): Promise<readonly Unfinished[]>; onDidChange(listener: () => void): Disposable };
  readonly inventory: Pick<Inventory, 'refresh'>;
  readonly now: () => Date;
  readonly fail: (error: unknown) => void;
}

/**
 * Completes what a crash or a lost answer left behind, in this window or another one and also when nobody opens the sidebar; less and less
 * often while it cannot be. Where nothing is unfinished, neither keychain nor Stigg is touched.
 */
export function takeUpAgain({ journal, inventory, now, fail }: TakeUpDeps): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  /** From the first look at the journal to the last. */
  let isWatching = false;
  const watch = async (pauseMs: number): Promise<void> => {
    const records = await journal.list();
    isWatching = records.length > 0 && !isDisposed;
    if (!isWatching) return;
    // The lease of a window that is gone is waited for.
    const leases = records.map((record) => Date.parse(record.leaseUntil) - now().getTime());
    timer = setTimeout(() => {
      void takeUp(pauseMs).catch(failed);
    }, Math.min(Math.max(pauseMs, Math.min(...leases)), LONGEST_MS));
  };
  const takeUp = async (pauseMs: number): Promise<void> => {
    // What was written down a while ago is completed by now, most of the time.
    if ((await journal.list()).length > 0) await inventory.refresh();
    await watch(Math.max(AGAIN_MS, pauseMs * 2));
  };
  const failed = (error: unknown): void => {
    isWatching = false;
    fail(error);
  };
  const begin = (pauseMs: number): void => {
    if (isWatching || isDisposed) return;
    isWatching = true;
    void watch(pauseMs).catch(failed);
  };
  const subscription = journal.onDidChange(() => { begin(AGAIN_MS); });
  begin(FIRST_MS);
  return {
    dispose: () => {
      isDisposed = true;
      subscription.dispose();
      clearTimeout(timer);
    },
  };
}
