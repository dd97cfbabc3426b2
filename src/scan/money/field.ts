import type { TextEdit } from '../finding.js';
import type { Span } from '../languages/language.js';

/** Why a value counts cents. */
export type Cause = 'multiplied' | 'helper' | 'stripe' | 'name';

/** What makes a value an amount in minor units. */
export interface MinorUnits {
  readonly cause: Cause;
  /** The text that says it: `* 100`, a function, a field, a name. */
  readonly evidence: string;
  readonly origin: Span;
  /** The number that Stigg gets, where it is written out. */
  readonly amount?: number;
  /** Turns the value into full units: by leaving out the conversion where it stands in the value, else by dividing. None in broken code. */
  readonly remedy: { readonly kind: 'drop' | 'divide'; readonly edits: readonly TextEdit[] } | undefined;
}

/** A money field of a request to Stigg, with a value in minor units. */
export interface MoneyField {
  /** From the request's root, e.g. `priceOverrides[].price.amount`. */
  readonly path: string;
  readonly value: Span;
  /** The ISO code beside it, in upper case, where it is written out. */
  readonly currency: string | undefined;
  readonly minorUnits: MinorUnits;
}
