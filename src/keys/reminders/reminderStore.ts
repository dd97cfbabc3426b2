import type { SharedState } from '../vault.js';
import type { Reminder, ReminderMemory } from './reminders.js';

export interface ReminderStoreDeps {
  readonly state: SharedState;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  /** A value nobody used before. */
  readonly newId: () => string;
}

/** What the shared record holds: ids, times, and who said it. */
interface ReminderRecord {
  readonly said: ReadonlyMap<string, { readonly at: number; readonly by: string }>;
  readonly snoozed: ReadonlyMap<string, number | null>;
}

const NAME = 'reminders.memory';
const NEXT = 'reminders.next';
/** Long enough for a window that looked at the same moment to have written as well. */
const SETTLE_MS = 300;
const ATTEMPTS = 5;
const DAY = 24 * 3_600_000;
/** After that long it is news again: a key that is still old a year later, most likely. */
const FORGET_MS = 400 * DAY;
const SAID_MAX = 20_000;

/** What was said and what is snoozed, in all windows of the person. Ids and times only; rejects when the folder cannot be used. */
export class ReminderStore {
  readonly #deps: ReminderStoreDeps;

  constructor(deps: ReminderStoreDeps) {
    this.#deps = deps;
  }

  async load(): Promise<ReminderMemory> {
    const { said, snoozed } = await this.#read();
    return { said: new Set(said.keys()), snoozed };
  }

  /**
   * Notes the reminders as said, and resolves with those that are this window's to say. Written, waited for and read back: of two
   * windows that look at the same moment the one that wrote last says it, and the other one sees that.
   */
  async claim<T extends Pick<Reminder, 'id'>>(reminders: readonly T[]): Promise<readonly T[]> {
    const by = this.#deps.newId();
    const isOurs = (record: ReminderRecord, { id }: T): boolean => record.said.get(id)?.by === by;
    const record = await this.#change(
      (before) => {
        const fresh = reminders.filter(({ id }) => !before.said.has(id));
        const at = this.#deps.now().getTime();
        return fresh.length === 0 ? undefined : { ...before, said: new Map([...before.said, ...fresh.map(({ id }) => [id, { at, by }] as const)]) };
      },
      // What another window wrote over, or said itself, is told apart by who said it.
      (after) => reminders.every(({ id }) => after.said.has(id)),
    );
    return reminders.filter((reminder) => isOurs(record, reminder));
  }

  /** Says nothing about the keys of the reminders until then (null: ever again); afterwards they are news once more. */
  async snooze(reminders: readonly Reminder[], until: Date | null): Promise<void> {
    const time = until?.getTime() ?? null;
    await this.#change(
      ({ said, snoozed }) => ({
        said: new Map([...said].filter(([id]) => !reminders.some((reminder) => reminder.id === id))),
        snoozed: new Map([...snoozed, ...reminders.map(({ subject }) => [subject, time] as const)]),
      }),
      (after) => reminders.every(({ id, subject }) => after.snoozed.get(subject) === time && !after.said.has(id)),
    );
  }

  /** When somebody should look next, as the last look left it; undefined where this extension has no keys. */
  async nextLook(): Promise<Date | undefined> {
    const text = await this.#deps.state.read(NEXT);
    const date = new Date(text ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? undefined : date;
  }

  /** undefined: there is nothing that could become due. */
  async setNextLook(date: Date | undefined): Promise<void> {
    const before = await this.nextLook();
    if (before?.getTime() === date?.getTime()) return;
    if (date === undefined) await this.#deps.state.delete(NEXT);
    else await this.#deps.state.write(NEXT, date.toISOString());
  }

  async #read(): Promise<ReminderRecord> {
    return decode(await this.#deps.state.read(NAME));
  }

  /** Changes the shared record until the change is in it. Resolves with the record as it was seen last. */
  async #change(change: (before: ReminderRecord) => ReminderRecord | undefined, isIn: (after: ReminderRecord) => boolean): Promise<ReminderRecord> {
    let record = await this.#read();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const wanted = change(record);
      if (wanted === undefined) return record;
      await this.#deps.state.write(NAME, encode(wanted, this.#deps.now().getTime()));
      await this.#deps.wait(SETTLE_MS);
      record = await this.#read();
      if (isIn(record)) return record;
    }
    return record;
  }
}

function encode({ said, snoozed }: ReminderRecord, now: number): string {
  const kept = [...said].filter(([, { at }]) => now - at < FORGET_MS).sort(([, a], [, b]) => b.at - a.at).slice(0, SAID_MAX);
  const waiting = [...snoozed].filter(([, until]) => until === null || until > now - DAY);
  return JSON.stringify({ version: 1, said: kept.map(([id, { at, by }]) => [id, at, by]), snoozed: waiting });
}

/** A record that cannot be understood is as good as none: at worst something is said again. */
function decode(text: string | undefined): ReminderRecord {
  const said = new Map<string, { at: number; by: string }>();
  const snoozed = new Map<string, number | null>();
  const { said: saidList, snoozed: snoozedList } = parse(text);
  for (const entry of listOf(saidList)) {
    const [id, at, by] = listOf(entry);
    if (typeof id === 'string' && typeof at === 'number' && typeof by === 'string') said.set(id, { at, by });
  }
  for (const entry of listOf(snoozedList)) {
    const [subject, until] = listOf(entry);
    if (typeof subject === 'string' && (typeof until === 'number' || until === null)) snoozed.set(subject, until);
  }
  return { said, snoozed };
}

function parse(text: string | undefined): { readonly said?: unknown; readonly snoozed?: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
