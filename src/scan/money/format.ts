import { THREE_DECIMAL, ZERO_DECIMAL } from './paths.js';

/** An amount as a person writes it: `$4,900.00`, `¥4,900`; without a currency that is known `4,900.00`. Always in English, so that messages are the same everywhere. */
export function formatted(amount: number, currency: string | undefined): string {
  // Anything may stand where a currency is expected.
  const code = currency !== undefined && /^[A-Z]{3}$/.test(currency) ? currency : undefined;
  const usual = minorDigits(code);
  const digits = { minimumFractionDigits: usual, maximumFractionDigits: Math.abs(amount) < 1 ? 6 : Math.max(usual, 2) };
  return new Intl.NumberFormat('en-US', code === undefined ? digits : { ...digits, style: 'currency', currency: code }).format(amount);
}

/** The number as a program would hold it, without what floating point adds: 1999, not 1998.9999999999998. */
export function plainNumber(amount: number): string {
  return String(Number(amount.toPrecision(12)));
}

/** What Stripe makes of a number, in full units. */
export function readByStripe(amount: number, currency: string | undefined): number {
  return amount / 10 ** minorDigits(currency);
}

/** An example of what becomes of $49.00 that is handed over a hundred times too large: the right amount and the wrong one. */
export function timesHundredExample(currency: string | undefined): readonly [string, string] {
  return [formatted(49, currency ?? 'USD'), formatted(4900, currency ?? 'USD')];
}

function minorDigits(currency: string | undefined): number {
  if (currency === undefined) return 2;
  return ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2;
}
