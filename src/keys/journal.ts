import type { GracePeriod } from './model.js';
import { GRACE_PERIODS } from './model.js';
import { isDate, RecordJournal } from './recordJournal.js';
import type { SharedState } from './vault.js';

/** How far a rotation has come; each step is written down before the next one is begun. */
export type RotationStep =
  /** Nothing has been asked of Stigg yet, or its answer has not been read. */
  | 'intended'
  /** The new key exists at Stigg; its value is not stored yet. */
  | 'rotated'
  /** The new value is in the vault and was read back. */
  | 'stored'
  /** Stigg has accepted the new value; only the outgoing key's expiry is left to settle. */
  | 'proved';

/** One rotation under way. Ids and times only: no names, no values. */
export interface RotationRecord {
  readonly id: string;
  readonly environmentId: string;
  readonly oldKeyId: string;
  readonly grace: GracePeriod;
  /** ISO date: the grace period counts from here. */
  readonly startedAt: string;
  /** The key ids that existed before: what is new afterwards came from the rotation. */
  readonly knownKeyIds: readonly string[];
  readonly step: RotationStep;
  readonly newKeyId: string | null;
  /** ISO date. Until then a window is working on it, and no other one may take it up. */
  readonly leaseUntil: string;
}

const PREFIX = 'rotation-';
const STEPS: readonly RotationStep[] = ['intended', 'rotated', 'stored', 'proved'];

/** The rotations that are not finished, one record each, kept outside the window so that a crash loses none. */
export class RotationJournal extends RecordJournal<RotationRecord> {
  constructor(state: SharedState) {
    super(state, PREFIX, decode);
  }
}

function decode(record: Partial<Record<keyof RotationRecord, unknown>>): RotationRecord | undefined {
  const { id, environmentId, oldKeyId, grace, startedAt, knownKeyIds, step, newKeyId, leaseUntil } = record;
  if (
    typeof id !== 'string' || typeof environmentId !== 'string' || typeof oldKeyId !== 'string' ||
    !isDate(startedAt) || !isDate(leaseUntil) ||
    !GRACE_PERIODS.includes(grace as GracePeriod) || !STEPS.includes(step as RotationStep) ||
    !(newKeyId === null || typeof newKeyId === 'string') ||
    !Array.isArray(knownKeyIds) || !knownKeyIds.every((known): known is string => typeof known === 'string')
  ) {
    return undefined;
  }
  return { id, environmentId, oldKeyId, grace: grace as GracePeriod, startedAt, knownKeyIds, step: step as RotationStep, newKeyId, leaseUntil };
}
