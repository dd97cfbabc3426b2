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
  readonly journal: { list(): Promise<readonly Unfinished[]> };
  readonly inventory: Pick<Inventory, 'refresh'>;
  readonly now: () => Date;
  readonly fail: (error: unknown) => void;
}

/**
 * Completes what a crash or a lost answer left behind, also when nobody opens the sidebar; less and less often while it cannot be.
 * Where nothing is unfinished, neither keychain nor Stigg is touched.
 */
export function takeUpAgain({ journal, inventory, now, fail }: TakeUpDeps): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const watch = async (pauseMs: number): Promise<void> => {
    const records = await journal.list();
    if (records.length === 0 || isDisposed) return;
    // The lease of a window that is gone is waited for.
    const leases = records.map((record) => Date.parse(record.leaseUntil) - now().getTime());
    timer = setTimeout(() => {
      void inventory.refresh().then(() => watch(Math.max(AGAIN_MS, pauseMs * 2))).catch(fail);
    }, Math.min(Math.max(pauseMs, Math.min(...leases)), LONGEST_MS));
  };
  void watch(FIRST_MS).catch(fail);
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}
