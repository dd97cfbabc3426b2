import { FOLLOW_UP } from './followUpName.js';
import type { SharedState } from './vault.js';

/** A rotation whose old value still stands somewhere. Ids and times only: the fingerprints are in the index entry of the new key. */
export interface FollowUp {
  readonly id: string;
  readonly environmentId: string;
  readonly oldKeyId: string;
  readonly newKeyId: string;
  /** ISO date. */
  readonly rotatedAt: string;
  /** ISO date of the end that the person was reminded of; another end is news again. */
  readonly remindedOf: string | null;
}

const HOUR = 3_600_000;
/** Who chose an hour needs no reminder of it at once. */
const LATE_REMINDER_MS = HOUR / 4;
const SHORT_GRACE_MS = 1.25 * HOUR;

/** When to remind of the end of the old value: an hour before; of a shorter time, a quarter of an hour. */
export function reminderAt({ rotatedAt }: FollowUp, end: Date): Date {
  const isShort = end.getTime() - Date.parse(rotatedAt) <= SHORT_GRACE_MS;
  return new Date(end.getTime() - (isShort ? LATE_REMINDER_MS : HOUR));
}

/** The rotations that are not followed up yet, one record each, known to all windows and after a restart. */
export class FollowUps {
  readonly #state: SharedState;

  constructor(state: SharedState) {
    this.#state = state;
  }

  async write(followUp: FollowUp): Promise<void> {
    await this.#state.write(nameOf(followUp.id), JSON.stringify(followUp));
  }

  async remove({ id }: Pick<FollowUp, 'id'>): Promise<void> {
    await this.#state.delete(nameOf(id));
  }

  /** Every record that can be understood, newest first. */
  async list(): Promise<readonly FollowUp[]> {
    const found: FollowUp[] = [];
    for (const name of await this.#state.list(FOLLOW_UP)) {
      const followUp = parse((await this.#state.read(name)) ?? '');
      // Removed by the name it has, not by what a damaged record says.
      if (followUp !== undefined && nameOf(followUp.id) === name) found.push(followUp);
    }
    return found.sort((a, b) => b.rotatedAt.localeCompare(a.rotatedAt));
  }

  /** Calls back when the records changed, here or in another window. */
  onDidChange(listener: () => void): { dispose(): void } {
    return this.#state.onDidChange((name) => { if (name.startsWith(FOLLOW_UP)) listener(); });
  }
}

function nameOf(id: string): string {
  return `${FOLLOW_UP}${id}.json`;
}

function parse(text: string): FollowUp | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, environmentId, oldKeyId, newKeyId, rotatedAt, remindedOf } = value as Partial<Record<keyof FollowUp, unknown>>;
  if (typeof id !== 'string' || typeof environmentId !== 'string' || typeof oldKeyId !== 'string' || typeof newKeyId !== 'string') return undefined;
  if (typeof rotatedAt !== 'string' || Number.isNaN(Date.parse(rotatedAt))) return undefined;
  return { id, environmentId, oldKeyId, newKeyId, rotatedAt, remindedOf: typeof remindedOf === 'string' ? remindedOf : null };
}
