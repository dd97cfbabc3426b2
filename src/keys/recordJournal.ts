import type { SharedState } from './vault.js';

/** What every record of unfinished work has. */
export interface JournalRecord {
  readonly id: string;
  /** ISO date. Until then a window is working on it, and no other one may take it up. */
  readonly leaseUntil: string;
}

/** Work that is not finished, one record each, kept outside the window so that a crash loses none. */
export class RecordJournal<R extends JournalRecord> {
  readonly #state: SharedState;
  readonly #prefix: string;
  readonly #decode: (value: Partial<Record<keyof R, unknown>>) => R | undefined;

  /**
   * @param prefix how the names of these records begin; no other records' names may
   * @param decode a record from what was read; undefined where it is not one
   */
  constructor(state: SharedState, prefix: string, decode: (value: Partial<Record<keyof R, unknown>>) => R | undefined) {
    this.#state = state;
    this.#prefix = prefix;
    this.#decode = decode;
  }

  async write(record: R): Promise<void> {
    await this.#state.write(this.#nameOf(record.id), JSON.stringify(record));
  }

  async remove({ id }: Pick<R, 'id'>): Promise<void> {
    await this.#state.delete(this.#nameOf(id));
  }

  /** Lets any window take the record up at once. Should that fail, the lease ends by itself: why the work was left matters more. */
  async release(id: string): Promise<void> {
    try {
      const record = (await this.list()).find((entry) => entry.id === id);
      if (record !== undefined) await this.write({ ...record, leaseUntil: new Date(0).toISOString() });
    } catch {
      // See above.
    }
  }

  /** Calls back when a record changed, here or in another window. */
  onDidChange(listener: () => void): { dispose(): void } {
    return this.#state.onDidChange((name) => { if (name.startsWith(this.#prefix)) listener(); });
  }

  /** Every record that can be understood; a damaged one is left where it is for a person to look at. */
  async list(): Promise<readonly R[]> {
    const records: R[] = [];
    for (const name of await this.#state.list(this.#prefix)) {
      const text = await this.#state.read(name);
      const record = text === undefined ? undefined : this.#parse(text);
      if (record !== undefined) records.push(record);
    }
    return records;
  }

  #parse(text: string): R | undefined {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    return typeof value === 'object' && value !== null ? this.#decode(value) : undefined;
  }

  #nameOf(id: string): string {
    return `${this.#prefix}${id}.json`;
  }
}

/** A date as records hold it. */
export function isDate(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
