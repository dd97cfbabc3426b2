import { isDate, RecordJournal } from './recordJournal.js';
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
  /** Recognises the key's name in Stigg's list, see nameDigest.ts. */
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

/** The creations that are not finished, one record each, kept outside the window so that a crash loses none. */
export class CreationJournal extends RecordJournal<CreationRecord> {
  constructor(state: SharedState) {
    super(state, PREFIX, decode);
  }
}

function decode(record: Partial<Record<keyof CreationRecord, unknown>>): CreationRecord | undefined {
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
