/** An amount as a person writes it: `$4,900.00`; without a currency that is known `4,900.00`. Always in English, so that messages are the same everywhere. */
export function formatted(amount: number, currency: string | undefined): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: Math.abs(amount) < 1 ? 6 : 2 };
  // Anything may stand where a currency is expected.
  const code = currency !== undefined && /^[A-Z]{3}$/.test(currency) ? currency : undefined;
  return new Intl.NumberFormat('en-US', code === undefined ? digits : { ...digits, style: 'currency', currency: code }).format(amount);
}
