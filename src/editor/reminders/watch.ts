import type { Disposable, Event } from '../../event.js';
import type { Inventory } from '../../keys/inventory.js';
import { dueReminders, nextLook, type Reminder, type ReminderSettings } from '../../keys/reminders/reminders.js';
import type { ReminderStore } from '../../keys/reminders/reminderStore.js';
import { unref } from '../../unref.js';

export interface ReminderWatchDeps {
  readonly inventory: Pick<Inventory, 'snapshot' | 'onDidChange' | 'refresh'>;
  readonly store: ReminderStore;
  readonly settings: () => ReminderSettings;
  /** Shows the reminders as one message, and resolves when it has been answered or put away. */
  readonly say: (reminders: readonly Reminder[]) => Promise<void>;
  /** Those that are true at Stigg as well, where asking is worth it. */
  readonly stillTrue: (reminders: readonly Reminder[]) => Promise<readonly Reminder[]>;
  /** The window in front of the person. */
  readonly isFocused: () => boolean;
  /** Fires when settings, focus, or what another window said or snoozed make another look worthwhile. */
  readonly onDidChange: Event<unknown>;
  /** When the first look is due. */
  readonly firstMs: number;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly reportError: (error: unknown) => void;
}

const MINUTE = 60_000;
const SETTLE_MS = 500;
/** Clocks are set and laptops sleep: no timer is trusted for longer. */
const LONGEST_MS = 60 * MINUTE;
/** A window behind another one lets that one speak first. */
const BEHIND_MS = 2_000;
/** A message that nobody answered has gone to the notification centre by then; an end within the hour does not wait that long. */
const HELD_MS = 10 * MINUTE;
const HELD_URGENT_MS = MINUTE;

/** Looks when there may be something to be reminded of, and says it once. */
export class ReminderWatch implements Disposable {
  readonly #deps: ReminderWatchDeps;
  readonly #subscriptions: readonly Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isOutdated = false;
  #isDisposed = false;
  /** Since when a message of ours waits for an answer. */
  #saidAt: number | undefined;
  #loadedAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: ReminderWatchDeps) {
    this.#deps = deps;
    this.#timer = setTimeout(() => { this.#look(); }, deps.firstMs);
    const isLoaded = (): boolean => deps.inventory.snapshot.loaded;
    this.#subscriptions = [
      deps.inventory.onDidChange(() => { this.#lookSoon(); }),
      // Before that the first look is still to come, or there is nothing.
      deps.onDidChange(() => { if (isLoaded()) this.#lookSoon(); }),
    ];
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Many changes in a row are one. */
  #lookSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#look();
    }, SETTLE_MS);
  }

  #look(): void {
    this.#isOutdated = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#lookWhileOutdated().finally(() => { this.#isRunning = false; });
  }

  async #lookWhileOutdated(): Promise<void> {
    try {
      while (this.#isOutdated && !this.#isDisposed) {
        this.#isOutdated = false;
        await (this.#deps.inventory.snapshot.loaded ? this.#lookAtKeys() : this.#lookAtDate());
      }
    } catch (error) {
      this.#wakeIn(LONGEST_MS);
      // Nobody asked for the look: what fails every minute is told once in a while.
      const time = this.#deps.now().getTime();
      if (Math.abs(time - this.#failedAt) < LONGEST_MS) return;
      this.#failedAt = time;
      this.#deps.reportError(error);
    }
  }

  /** Before anybody has looked at the keys: is it time to? */
  async #lookAtDate(): Promise<void> {
    const { store, settings, inventory, now } = this.#deps;
    const next = settings().isEnabled ? await store.nextLook() : undefined;
    if (next === undefined) return;
    const time = now().getTime();
    this.#wakeIn(next.getTime() - time);
    if (next.getTime() > time || time - this.#loadedAt < LONGEST_MS) return;
    this.#loadedAt = time;
    // What it finds out comes as a change.
    await inventory.refresh();
  }

  async #lookAtKeys(): Promise<void> {
    const { store, settings, inventory, now } = this.#deps;
    const { snapshot } = inventory;
    // An answer is on its way, or there is nothing to look at: in both cases there will be a change.
    if (snapshot.vaultError !== null || snapshot.environments.some(({ loading }) => loading)) return;
    const due = this.#sayable(dueReminders(snapshot, settings(), await store.load(), now()));
    if (due.length > 0) await this.#say(due);
    // Dates only; kept while reminders are switched off, so that switching them on finds it.
    const next = nextLook(snapshot, { ...settings(), isEnabled: true }, await store.load(), now());
    await store.setNextLook(next ?? undefined);
    if (next !== null) this.#wakeIn(next.getTime() - now().getTime());
  }

  /** Never two messages at once: while one waits for its answer only the end of a key within the hour is worth another. */
  #sayable(due: readonly Reminder[]): readonly Reminder[] {
    const held = this.#saidAt === undefined ? Infinity : this.#deps.now().getTime() - this.#saidAt;
    // A clock that was set back holds nothing for ever.
    if (held >= HELD_MS || held < 0) return due;
    return held >= HELD_URGENT_MS ? due.filter(({ kind }) => kind === 'hour') : [];
  }

  async #say(due: readonly Reminder[]): Promise<void> {
    const { store, say, stillTrue, isFocused, wait, now, reportError } = this.#deps;
    if (!isFocused()) await wait(BEHIND_MS);
    const ours = await store.claim(await stillTrue(due));
    if (ours.length === 0 || this.#isDisposed) return;
    const saidAt = now().getTime();
    this.#saidAt = saidAt;
    // Not awaited: a message may wait for hours.
    void say(ours).catch(reportError).finally(() => {
      if (this.#saidAt === saidAt) this.#saidAt = undefined;
      if (!this.#isDisposed) this.#lookSoon();
    });
  }

  #wakeIn(ms: number): void {
    clearTimeout(this.#timer);
    // A minute at least: what is due and held back would otherwise be looked at all the time.
    this.#timer = setTimeout(() => { this.#look(); }, Math.min(Math.max(ms + 1, MINUTE), LONGEST_MS));
    unref(this.#timer);
  }
}
