import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { formatted, plainNumber, readByStripe } from '../../../../src/scan/money/format.js';
import { contextOf, preparedEngine } from '../support.js';

// What a person reads: the amounts are right in every currency, and the next step is named.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

function said(text: string): readonly string[] {
  return engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({})).map(({ message }) => message);
}
const coupon = (amount: string, currency = "'usd'"): string => `await stigg.v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: ${amount}, currency: ${currency} }], percentOff: null });\n`;
const preview = "const { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\n";

describe('what is said of amounts', () => {
  test.each([
    [coupon('4900'), 'Stigg reads 4900 in amountsOff.amount as $4,900.00; Stripe would read it as $49.00. Stigg takes full currency units: if $49.00 is meant, give it 49.'],
    [coupon('19.99 * 100'), 'Stigg reads 1999 in amountsOff.amount as $1,999.00; Stripe would read it as $19.99. Stigg takes full currency units: if $19.99 is meant, give it 19.99.'],
    [coupon('price * 100'), 'Stigg takes full currency units in amountsOff.amount; only Stripe takes cents. With * 100 Stigg gets a hundred times the amount: $49.00 becomes $4,900.00. Hand over full units.'],
    [coupon('price * 100', "'eur'"), 'Stigg takes full currency units in amountsOff.amount; only Stripe takes cents. With * 100 Stigg gets a hundred times the amount: €49.00 becomes €4,900.00. Hand over full units.'],
    [coupon('price * 100', 'currency'), 'Stigg takes full currency units in amountsOff.amount; only Stripe takes cents. With * 100 Stigg gets a hundred times the amount: $49.00 becomes $4,900.00. Hand over full units.'],
    [coupon('toCents(price)'), 'Stigg takes full currency units in amountsOff.amount; only Stripe takes cents, and toCents() gives cents: $49.00 becomes $4,900.00. Hand over full units.'],
    [coupon('price.unit_amount'), 'Stigg takes full currency units in amountsOff.amount, but unit_amount of Stripe is in cents: $49.00 becomes $4,900.00. Divide it by 100.'],
    [coupon('priceInCents'), 'Stigg takes full currency units in amountsOff.amount; only Stripe takes cents, and priceInCents is named as cents: $49.00 becomes $4,900.00. Divide it by 100.'],
    [coupon('49 * 100', "'jpy'"), 'Stigg reads 4900 in amountsOff.amount as ¥4,900, and so would Stripe: JPY has no minor units. Leave out the conversion.'],
    [coupon('price * 100', "'jpy'"), 'Stigg takes full currency units in amountsOff.amount, and JPY has no others. With * 100 Stigg gets a hundred times the amount: ¥49 becomes ¥4,900. Leave out the conversion.'],
    [coupon('price.unit_amount', "'kwd'"), 'Stigg takes full currency units in amountsOff.amount, but unit_amount of Stripe is in thousandths of KWD. Divide it by 1000.'],
    [`${preview}show(data.immediateInvoice.total / 100);\n`, 'Stigg answers immediateInvoice.total in full currency units: / 100 leaves a hundredth of the amount, $0.49 of $49.00. Use it as it is.'],
    [`${preview}await stripe.paymentIntents.create({ amount: data.immediateInvoice.total, currency: 'usd' });\n`, 'Stripe takes cents in amount, but immediateInvoice.total of Stigg is in full currency units: Stripe reads 49 as $0.49, not as $49.00. Multiply it by 100 and round.'],
    [`${preview}await stripe.paymentIntents.create({ amount: data.immediateInvoice.total, currency: 'kwd' });\n`, 'Stripe takes thousandths in amount, but gets the full currency units of Stigg. Multiply them by 1000 and round.'],
  ])('%s', (text, message) => {
    expect(said(text)).toEqual([message]);
  });

  test.each(["'kwd'", "'jpy'"])('4900 is no sign of cents in %s', (currency) => {
    expect(said(coupon('4900', currency))).toEqual([]);
  });
});

describe('amounts as a person writes them', () => {
  test.each([
    [4900, 'USD', '$4,900.00'], [19.99, 'EUR', '€19.99'], [4900, 'JPY', '¥4,900'], [4.9, 'KWD', 'KWD 4.900'], [4900, undefined, '4,900.00'], [0.005, 'USD', '$0.005'], [4900, 'not a code', '4,900.00'],
  ])('%s %s: %s', (amount, currency, text) => {
    expect(formatted(amount, currency).replaceAll('\u00A0', ' ')).toBe(text);
  });

  test.each([[4900, 'USD', 49], [4900, undefined, 49], [4900, 'JPY', 4900], [4900, 'KWD', 4.9]])('Stripe reads %s %s as %s', (amount, currency, read) => {
    expect(readByStripe(amount, currency)).toBe(read);
  });

  test('no digits that floating point adds', () => {
    expect(plainNumber(19.99 * 100)).toBe('1999');
  });
});
