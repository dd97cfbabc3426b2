import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SharedState } from './vault.js';

/** How far the creation of a scoped key has come; each step is written down before the next one is begun. */
export type CreationStep =
  /** Nothing has been asked of Stigg yet, or its answer has not been read. */
  | 'intended'
  /** The key exists at Stigg; its value is not stored yet. */
  | 'made'
  /** The value is in the vault and was read back; Stigg has not accepted it yet. */
  | 'stored'
  /** Stigg lists several keys that may be ours: a person has to choose. */
  | 'ambiguous';

/** One creation under way. Ids, times and a digest: no names, no values. */
export interface CreationRecord {
  readonly id: string;
  readonly environmentId: string;
  /** Recognises the key's name in Stigg's list, see `nameDigest`. */
  readonly nameDigest: string;
  /** ISO date. */
  readonly startedAt: string;
  /** The key ids that existed before: what is new afterwards, and of that name, came from this. */
  readonly knownKeyIds: readonly string[];
  readonly step: CreationStep;
  readonly newKeyId: string | null;
  /** ISO date. Until then a window is working on it, and no other one may take it up. */
  readonly leaseUntil: string;
}

const PREFIX = 'creation-';
const STEPS: readonly CreationStep[] = ['intended', 'made', 'stored', 'ambiguous'];

/** Identifies the name of the key that the record `id` is about; the names themselves stay out of files. 32 hex digits. */
export function nameDigest(id: string, name: string): string {
  return bytesToHex(sha256(utf8ToBytes(`stigg-key-hygiene/name/v1\0${id}\0${name}`))).slice(0, 32);
}

/** The creations that are not finished, one record each, kept outside the window so that a crash loses none. */
export class CreationJournal {
  readonly #state: SharedState;

  constructor(state: SharedState) {
    this.#state = state;
  }

  async write(record: CreationRecord): Promise<void> {
    await this.#state.write(nameOf(record.id), JSON.stringify(record));
  }

  async remove(record: CreationRecord): Promise<void> {
    await this.#state.delete(nameOf(record.id));
  }

  /** Calls back when a record changed, here or in another window. */
  onDidChange(listener: () => void): { dispose(): void } {
    return this.#state.onDidChange((name) => { if (name.startsWith(PREFIX)) listener(); });
  }

  /** Every record that can be understood; a damaged one is left where it is for a person to look at. */
  async list(): Promise<readonly CreationRecord[]> {
    const records: CreationRecord[] = [];
    for (const name of await this.#state.list(PREFIX)) {
      const text = await this.#state.read(name);
      const record = text === undefined ? undefined : parseRecord(text);
      if (record !== undefined) records.push(record);
    }
    return records;
  }
}

function nameOf(id: string): string {
  return `${PREFIX}${id}.json`;
}

function parseRecord(text: string): CreationRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Partial<Record<keyof CreationRecord, unknown>>;
  const { id, environmentId, nameDigest: digest, startedAt, knownKeyIds, step, newKeyId, leaseUntil } = record;
  if (
    typeof id !== 'string' || typeof environmentId !== 'string' || typeof digest !== 'string' ||
    !isDate(startedAt) || !isDate(leaseUntil) || !STEPS.includes(step as CreationStep) ||
    !(newKeyId === null || typeof newKeyId === 'string') ||
    !Array.isArray(knownKeyIds) || !knownKeyIds.every((known): known is string => typeof known === 'string')
  ) {
    return undefined;
  }
  return { id, environmentId, nameDigest: digest, startedAt, knownKeyIds, step: step as CreationStep, newKeyId, leaseUntil };
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
