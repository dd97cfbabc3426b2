import type { IrNode } from '../ir/node.js';

/** Why an expression counts cents. */
export interface MinorUnits {
  readonly cause: 'multiplied' | 'helper' | 'stripe' | 'name';
  /** The text that says it: `* 100`, a function, a field, a name. */
  readonly evidence: string;
  /** What says it. */
  readonly node: IrNode;
  /** The number that it comes to, where it is written out. */
  readonly amount?: number;
  /** Leaving only this of `node` undoes the conversion. */
  readonly keep?: IrNode;
}

/** What an expression is: an amount in cents, one that was just turned into full units, or nobody knows. */
export type Verdict = MinorUnits | 'converted' | undefined;

/** Of several values: where one was converted the others need not be (`isZeroDecimal ? amount : amount / 100`). */
export function settle(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('converted')) return 'converted';
  const [first, second] = verdicts.filter((verdict) => verdict !== undefined);
  // Undoing one of several conversions would mix the units; then the whole is divided.
  return second === undefined ? first : reference(first);
}

/** The same, but not one that can be undone where it stands. */
export function reference(verdict: Verdict): Verdict {
  if (verdict === undefined || verdict === 'converted') return verdict;
  const { cause, evidence, node, amount } = verdict;
  return { cause, evidence, node, ...(amount === undefined ? {} : { amount }) };
}
