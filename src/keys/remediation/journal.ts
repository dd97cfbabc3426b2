import type { GracePeriod } from '../model.js';
import { isDate, RecordJournal } from '../recordJournal.js';
import type { SharedState } from '../vault.js';

/**
 * When the leaked value ends. `afterReplacement`: once its places in the workspace are mended. `now`: before them. A grace period: then, and
 * it is proved afterwards. `revoke`: at once and without a successor. `none`: it has ended already.
 */
export const LEAK_ENDS = ['afterReplacement', 'now', '1h', '24h', '3d', '7d', 'revoke', 'none'] as const;
export type LeakEnd = (typeof LEAK_ENDS)[number];

/** The grace period that a value is given for an end; undefined where no successor is made, or none is needed. */
export function graceOf(end: LeakEnd): GracePeriod | undefined {
  if (end === 'revoke' || end === 'none') return undefined;
  return end === 'afterReplacement' ? '1h' : end;
}

/** What is behind a remediation; each is written down before the next one is begun, and may be done twice without harm. */
export const REMEDIATION_STEPS = ['rotated', 'replaced', 'ended', 'proved'] as const;
export type RemediationStep = (typeof REMEDIATION_STEPS)[number];

/** One remediation under way. Ids, a fingerprint and times: no names, no values, no paths. */
export interface RemediationRecord {
  readonly id: string;
  /** null for a value that nobody knows any more. */
  readonly environmentId: string | null;
  readonly keyId: string | null;
  readonly newKeyId: string | null;
  readonly fingerprint: string;
  readonly end: LeakEnd;
  readonly done: readonly RemediationStep[];
  /** ISO date. */
  readonly startedAt: string;
  /** ISO date at which Stigg answered 401 to the value. */
  readonly provedAt: string | null;
  /** ISO date: before then there is nothing to do, because a grace period runs. */
  readonly dueAt: string | null;
  /** ISO date. Until then a window is working on it. */
  readonly leaseUntil: string;
}

const PREFIX = 'remediation-';

/** The remediations that are not finished, one record each, kept outside the window so that a crash loses none. */
export class RemediationJournal extends RecordJournal<RemediationRecord> {
  constructor(state: SharedState) {
    super(state, PREFIX, decode);
  }
}

function decode(record: Partial<Record<keyof RemediationRecord, unknown>>): RemediationRecord | undefined {
  const { id, environmentId, keyId, newKeyId, fingerprint, end, done, startedAt, provedAt, dueAt, leaseUntil } = record;
  if (
    typeof id !== 'string' || !isTextOrNull(environmentId) || !isTextOrNull(keyId) || !isTextOrNull(newKeyId) ||
    typeof fingerprint !== 'string' || !/^[0-9a-f]{32}$/.test(fingerprint) ||
    !LEAK_ENDS.includes(end as LeakEnd) || !Array.isArray(done) ||
    !isDate(startedAt) || !isDateOrNull(provedAt) || !isDateOrNull(dueAt) || !isDate(leaseUntil)
  ) {
    return undefined;
  }
  const steps = REMEDIATION_STEPS.filter((step) => done.includes(step));
  return { id, environmentId, keyId, newKeyId, fingerprint, end: end as LeakEnd, done: steps, startedAt, provedAt, dueAt, leaseUntil };
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isDateOrNull(value: unknown): value is string | null {
  return value === null || isDate(value);
}
