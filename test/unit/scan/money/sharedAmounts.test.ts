import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { apply, contextOf, preparedEngine } from '../support.js';

// An amount that others get as well is not edited where it stands: Stripe would charge a hundredth.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const TS = "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\n";
const GRANT = 'await stigg.v1.credits.grants.create({ amount: 5, cost: price });\n';
const MONEY = /^(?:cents-to-stigg|cent-shaped-amount)$/;

/** The finding, its text after the fix, and the other use that it tells of. */
function scan(path: string, text: string): { readonly fixed: string | undefined; readonly others: readonly string[] } {
  const findings = engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({})).filter(({ rule }) => MONEY.test(rule));
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  const edits = finding?.fixes[0]?.edits;
  return { fixed: edits === undefined ? undefined : apply(text, edits), others: (finding?.related ?? []).filter(({ message }) => message.includes('goes here too')).map(({ start, end }) => text.slice(start, end)) };
}

describe('no fix, and the reason beside it', () => {
  test.each([
    ['a.ts', 'the object', `${TS}const price = { amount: 4900, currency: 'usd' };\nawait stripe.prices.create(price);\n${GRANT}`, 'stripe.prices.create(price)'],
    ['a.ts', 'a conversion in it', `${TS}const price = { amount: base * 100, currency: 'usd' };\nawait stripe.prices.create(price);\n${GRANT}`, 'stripe.prices.create(price)'],
    ['a.ts', 'a name in it', `${TS}const price = { amount: baseCents, currency: 'usd' };\nawait charge(price);\n${GRANT}`, 'charge(price)'],
    ['a.ts', 'its member', `${TS}const price = { amount: 4900, currency: 'usd' };\nawait stripe.prices.create({ unit_amount: price.amount });\n${GRANT}`, 'stripe.prices.create({ unit_amount: price.amount })'],
    ['a.ts', 'its member by a pattern', `${TS}const price = { amount: 4900, currency: 'usd' };\nconst { amount } = price;\nawait stripe.prices.create({ unit_amount: amount });\n${GRANT}`, 'stripe.prices.create({ unit_amount: amount })'],
    ['a.ts', 'one of several', `${TS}const PRICES = { pro: { amount: 4900, currency: 'usd' } };\nawait charge(PRICES[plan].amount);\nconst price = PRICES.pro;\n${GRANT}`, 'charge(PRICES[plan].amount)'],
    ['a.ts', 'a loop', `${TS}const prices = [{ amount: 4900, currency: 'usd' }];\nfor (const one of prices) await stripe.prices.create(one);\nawait stigg.v1.coupons.create({ amountsOff: prices });\n`, 'stripe.prices.create(one)'],
    ['a.ts', 'a callback', `${TS}const prices = [{ amount: 4900, currency: 'usd' }];\nprices.forEach((one) => stripe.prices.create({ unit_amount: one.amount }));\nawait stigg.v1.coupons.create({ amountsOff: prices });\n`, 'stripe.prices.create({ unit_amount: one.amount })'],
    ['a.ts', 'a function that makes it', `${TS}const money = (price) => ({ amount: price * 100, currency: 'usd' });\nawait stripe.prices.create(money(5));\nawait stigg.v1.credits.grants.create({ amount: 5, cost: money(5) });\n`, 'stripe.prices.create(money(5))'],
    ['a.ts', 'what is put in later', `${TS}const body = { amount: 5 };\nbody.cost = { amount: price * 100, currency: 'usd' };\nawait stripe.charges.create(body.cost);\nawait stigg.v1.credits.grants.create(body);\n`, 'stripe.charges.create(body.cost)'],
    ['a.ts', 'a field', `${TS}class Billing {\n  price = { amount: 4900, currency: 'usd' };\n  async grant() { await stigg.v1.credits.grants.create({ amount: 5, cost: this.price }); }\n  async charge() { await stripe.prices.create(this.price); }\n}\n`, 'stripe.prices.create(this.price)'],
    ['a.ts', 'other modules', `${TS}export const price = { amount: 4900, currency: 'usd' };\n${GRANT}`, "price = { amount: 4900, currency: 'usd' }"],
    ['a.py', 'its element', 'from stigg import Stigg\nclient = Stigg()\nprice = {"amount": 4900, "currency": "usd"}\nstripe.Price.create(unit_amount=price["amount"], currency="usd")\nclient.v1.coupons.create(id="a", amounts_off=[price])\n', 'stripe.Price.create(unit_amount=price["amount"], currency="usd")'],
    ['a.py', 'all of it', 'from stigg import Stigg\nclient = Stigg()\nprice = {"amount": 4900, "currency": "usd"}\nstripe.Price.create(**price)\nclient.v1.coupons.create(id="a", amounts_off=[price])\n', 'stripe.Price.create(**price)'],
    ['a.rb', 'all of it', "client = Stigg::Client.new\nprice = { amount: 4900, currency: :usd }\nStripe::Charge.create(price)\nclient.v1.coupons.create(id: 'a', amounts_off: [price])\n", 'Stripe::Charge.create(price)'],
    ['a.go', 'a struct', 'package a\n\nfunc f(ctx context.Context, client stigg.Client) {\n\tcost := stigg.V1CreditGrantNewParamsCost{Amount: priceCents, Currency: "usd"}\n\tclient.V1.Credits.Grants.New(ctx, stigg.V1CreditGrantNewParams{Cost: cost})\n\tcharge(cost)\n}\n', 'charge(cost)'],
    ['A.java', 'a builder', 'class A {\n  void f(StiggClient client) {\n    var off = CouponCreateParams.AmountsOff.builder().amount(priceCents).currency(USD).build();\n    ledger.store(off);\n    client.v1().coupons().create(CouponCreateParams.builder().addAmountsOff(off).build());\n  }\n}\n', 'ledger.store(off)'],
  ])('%s: %s', (path, _, text, other) => {
    expect(scan(path, text)).toEqual({ fixed: undefined, others: [other] });
  });
});

describe('all of it leads to Stigg', () => {
  test.each([
    ['a.ts', `${TS}const P = { pro: { amount: 4900, currency: 'usd' }, lite: { amount: 1900, currency: 'usd' } };\nawait charge(P.lite.amount);\nawait stigg.v1.credits.grants.create({ amount: 5, cost: P.pro });\n`, 'pro: { amount: 49,'],
    ['a.ts', `${TS}const price = { amount: 4900, currency: 'usd' };\nconsole.log(price.amount);\nawait charge(price.currency);\n${GRANT}`, '{ amount: 49,'],
    ['a.ts', `${TS}const body = { amount: 5, cost: { amount: 4900, currency: 'usd' } };\nawait stigg.v1.credits.grants.create(body);\nawait stigg.v1.credits.grants.create(body);\n`, 'cost: { amount: 49,'],
    ['a.ts', `${TS}const amountsOff = tiers.map((tier) => ({ amount: tier.price * 100, currency: 'usd' }));\nawait stigg.v1.coupons.create({ amountsOff });\n`, '({ amount: tier.price,'],
    ['a.ts', `${TS}const money = (price) => ({ amount: price * 100, currency: 'usd' });\nawait stigg.v1.credits.grants.create({ amount: 5, cost: money(5) });\n`, '({ amount: price,'],
    ['a.ts', `${TS}const body = { amount: 5 };\nbody.cost = { amount: price * 100, currency: 'usd' };\nawait stigg.v1.credits.grants.create(body);\n`, '{ amount: price,'],
    ['A.java', 'class A {\n  void f(StiggClient client) {\n    var off = CouponCreateParams.AmountsOff.builder().amount(priceCents).currency(USD).build();\n    client.v1().coupons().create(CouponCreateParams.builder().addAmountsOff(off).build());\n  }\n}\n', '.amount(priceCents / 100.0)'],
    // A constant stays in cents, and is divided where Stigg gets it.
    ['a.ts', `${TS}const PRICE = 4900;\nawait stripe.prices.create({ unit_amount: PRICE, currency: 'usd' });\nawait stigg.v1.credits.grants.create({ amount: 5, cost: { amount: PRICE, currency: 'usd' } });\n`, 'cost: { amount: PRICE / 100,'],
  ])('%s: %s', (path, text, after) => {
    const { fixed, others } = scan(path, text);
    expect(fixed).toContain(after);
    expect(others).toEqual([]);
  });
});
