/**
 * A whole number in a money field that looks like a price in minor units: 4900 for $49.00.
 *
 * What gives it away is not its size but its end. Prices are written to end in 9: of a unit (49, 99, 149) or of its hundredth (19.99). In minor units these are
 * 4900, 9900, 14900 and 1999. Hence two ends count:
 *   - `99` (999, 1999, 12999): x.99 is the usual end of a price in shops, and 99 units above a full hundred is unusual for a price in a contract;
 *   - `900` (1900, 4900, 14900): x9.00, the usual end of prices for software.
 * Other ends are left out. 95, 49 and 50 end prices as well, but so many full amounts end in them ($1,995, $1,250) that they say nothing. 00 after another digit
 * than 9 is what round amounts have: 1500, 5000, 12000 and 120000 are sums that people agree upon.
 *
 * The size only limits where that is a sign:
 *   - from 1000: below it an amount with that end is as likely meant in full units; $900 and $999 are everyday prices of a year;
 *   - below 20000: that is 200.00 in minor units, and prices that are paid by card and written into code are mostly below; in full units amounts of 20,000 and
 *     more that end so are prices of yearly contracts ($49,900), which is what Stigg's customers sell too.
 * Between them are real prices in full units, such as $4,900 a year. So this is information, it is silent where the price is said to be one of a year, and both
 * limits can be set.
 */
export interface CentShape {
  /** Smaller amounts are silent. */
  readonly from: number;
  /** Amounts of this and more are silent. */
  readonly below: number;
}

export const DEFAULT_CENT_SHAPE: CentShape = { from: 1000, below: 20_000 };

/** True for whole numbers within the limits that end in 99 or 900. */
export function isCentShaped(amount: number, { from, below }: CentShape): boolean {
  return Number.isInteger(amount) && amount >= from && amount < below && (amount % 100 === 99 || amount % 1000 === 900);
}
