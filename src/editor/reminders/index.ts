import type { Disposable } from '../../event.js';
import { Lazy } from '../../lazy.js';
import { unref } from '../../unref.js';
import type { ReminderDeps } from './deps.js';

/**
 * Nothing is looked at while VS Code starts: neither keychain nor Stigg is touched by the start of a window. A minute later one small
 * file of ours is read (ReminderStore.nextLook), and only when it says that by now something is due are the keys loaded, as opening the
 * sidebar would. Where nobody has stored keys that file does not exist, and nothing ever happens.
 */
const FIRST_MS = 60_000;
/** Many changes in a row are one. */
const SETTLE_MS = 500;

/** Reminders: what is due is said once, by one window, with what helps. Loaded a minute after the start, or with the keys. */
export function registerReminders(deps: ReminderDeps): Disposable {
  let firstMs = 0;
  const feature = new Lazy(async () => (await import('./feature.js')).startReminders(deps, firstMs));
  const start = (ms: number): void => {
    if (feature.made !== undefined) return;
    firstMs = ms;
    feature.get().catch((error: unknown) => void deps.reporter.show(error));
  };
  const timer = setTimeout(() => { start(0); }, FIRST_MS);
  unref(timer);
  const subscription = deps.inventory.onDidChange(() => { start(SETTLE_MS); });
  return {
    dispose: () => {
      clearTimeout(timer);
      subscription.dispose();
      feature.dispose();
    },
  };
}
