import { t } from '@vscode/l10n';
import type { EnvironmentRow } from './inventory.js';
import type { KeyRow } from './keyRows.js';

/**
 * Why a key needs a person, the most urgent first:
 * - `valueMissing` the management key's value is gone from this machine, so that Stigg cannot be asked;
 * - `managementEnded`, `managementEnds` the management key has ended, or its grace period runs;
 * - `expired`, `expiring` a key whose value is stored here has ended, or will: whoever uses it must change over.
 *
 * Keys that are not stored here never count: somebody else looks after them, and of their outgoing values there are always some.
 * Of other keys than the management key it is not known whether their value can be read, because only using them reads it.
 */
export const ATTENTION = ['valueMissing', 'managementEnded', 'managementEnds', 'expired', 'expiring'] as const;
export type Attention = (typeof ATTENTION)[number];

export function attentionOf({ status, stored, isManagement }: KeyRow, { error }: Pick<EnvironmentRow, 'error'>): Attention | undefined {
  if (stored === null) return undefined;
  if (isManagement && error?.code === 'valueMissing') return 'valueMissing';
  if (status.kind === 'active') return undefined;
  if (isManagement) return status.kind === 'expired' ? 'managementEnded' : 'managementEnds';
  return status.kind;
}

export type AttentionCounts = ReadonlyMap<Attention, number>;

/** How many keys need attention, by reason; each key counts once. */
export function attentionIn(environments: readonly EnvironmentRow[]): AttentionCounts {
  const counts = new Map<Attention, number>();
  for (const environment of environments) {
    for (const row of environment.keys) {
      const attention = attentionOf(row, environment);
      if (attention !== undefined) counts.set(attention, (counts.get(attention) ?? 0) + 1);
    }
  }
  return counts;
}

export function totalOf(counts: AttentionCounts): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}

/** Each reason with its number, in words; none for none. */
export function attentionLines(counts: AttentionCounts): string[] {
  return ATTENTION.flatMap((attention) => {
    const count = counts.get(attention) ?? 0;
    return count === 0 ? [] : [line(attention, count)];
  });
}

function line(attention: Attention, count: number): string {
  const isOne = count === 1;
  switch (attention) {
    case 'valueMissing':
      return isOne ? t('1 management key is missing its value: add its environment again') : t('{0} management keys are missing their values: add their environments again', count);
    case 'managementEnded':
      return isOne ? t('1 management key has expired: add its environment again') : t('{0} management keys have expired: add their environments again', count);
    case 'managementEnds':
      return isOne ? t('1 management key expires soon') : t('{0} management keys expire soon', count);
    case 'expired':
      return isOne ? t('1 key that is stored here has expired') : t('{0} keys that are stored here have expired', count);
    case 'expiring':
      return isOne ? t('1 key that is stored here expires soon') : t('{0} keys that are stored here expire soon', count);
  }
}
