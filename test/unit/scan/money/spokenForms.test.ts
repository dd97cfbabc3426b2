import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { contextOf, preparedEngine } from '../support.js';

// The ways in which cents come to a field of Stigg: by a name, through an object, out of Stripe, by a helper of a library.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const LANGUAGES: Readonly<Record<string, { readonly id: string; readonly call: (amount: string, before: string) => string }>> = {
  'a.ts': { id: 'typescript', call: (amount, before) => `import Stigg from '@stigg/typescript';\nimport Stripe from 'stripe';\nconst stigg = new Stigg();\n${before}\nawait stigg.v1.coupons.create({ id: 'a', amountsOff: [{ amount: ${amount}, currency: 'usd' }] });\n` },
  'a.py': { id: 'python', call: (amount, before) => `from stigg import Stigg\nimport stripe\nfrom decimal import Decimal\nclient = Stigg()\n${before}\nclient.v1.coupons.create(id="a", amounts_off=[{"amount": ${amount}, "currency": "usd"}])\n` },
  'a.rb': { id: 'ruby', call: (amount, before) => `require "stigg"\nclient = Stigg::Client.new\n${before}\nclient.v1.coupons.create(id: "a", amounts_off: [{ amount: ${amount}, currency: "usd" }])\n` },
};

function rulesFor(file: string, amount: string, before = ''): readonly string[] {
  const language = LANGUAGES[file];
  if (language === undefined) throw new Error(file);
  return engine.scan({ path: file, languageId: language.id, text: language.call(amount, before) }, contextOf({})).map(({ rule }) => rule).filter((rule) => rule.startsWith('cent'));
}

describe('cents', () => {
  test.each([
    ['a constant', 'a.ts', 'PRICE', 'const PRICE = 49 * 100;'],
    ['a constant of a constant', 'a.ts', 'price', 'const full = 49;\nconst cents = full * 100;\nconst price = cents;'],
    ['destructured as a parameter', 'a.ts', 'unit_amount', 'const { unit_amount } = stripePrice;'],
    ['a property', 'a.ts', 'quote.amount', 'const quote = { amount: price * 100 };'],
    ['assigned later', 'a.ts', 'cost', 'let cost = price;\ncost = cost * 100;'],
    ['assigned in place', 'a.ts', 'cost', 'let cost = price;\ncost *= 100;'],
    ['a choice', 'a.ts', 'yearly ? y * 100 : m * 100', ''],
    ['a template of Number', 'a.ts', 'Number(`${price * 100}`)', ''],
    ['destructured under another name', 'a.ts', 'amount', 'const { priceInCents: amount } = plan;'],
    ['a parameter that says so', 'a.ts', 'priceInCents', ''],
    ['a property that says so', 'a.ts', 'plan.priceInCents', ''],
    ['a small function of its own', 'a.ts', 'minor(price)', 'const minor = (x: number) => Math.round(x * 100);'],
    ['an arrow with a body', 'a.ts', 'minor(price)', 'function minor(x: number) { return x * 100; }'],
    ['toCents', 'a.ts', 'toCents(price)', ''],
    ['dinero', 'a.ts', 'total.getAmount()', "import Dinero from 'dinero.js';\nconst total = Dinero({ amount: 4900 });"],
    ['currency.js', 'a.ts', 'currency(49).intValue', "import currency from 'currency.js';"],
    ['a power of ten', 'a.ts', 'price * 10 ** 2', ''],
    ['Math.round', 'a.ts', 'Math.round(price * 100)', ''],
    ['Math.trunc', 'a.ts', 'Math.trunc(price * 100)', ''],
    ['Number of a text', 'a.ts', 'Number((price * 100).toFixed(0))', ''],
    ['a price of Stripe', 'a.ts', 'price.unit_amount', "const stripe = new Stripe(key);\nconst price = await stripe.prices.retrieve('p');"],
    ['a price of Stripe that may be null', 'a.ts', 'price.unit_amount ?? 0', "const stripe = new Stripe(key);\nconst price = await stripe.prices.retrieve('p');"],
    ['a session of Stripe', 'a.ts', 'session.amount_total', "const stripe = new Stripe(key);\nconst session = await stripe.checkout.sessions.retrieve('s');"],
    ['an invoice of Stripe', 'a.ts', 'invoice.amount_due', "const stripe = new Stripe(key);\nconst invoice = await stripe.invoices.retrieve('i');"],
    ['Decimal', 'a.py', 'Decimal(price) * 100', ''],
    ['a helper', 'a.py', 'to_cents(price)', ''],
    ['a power of ten', 'a.py', 'price * 10 ** 2', ''],
    ['an invoice of Stripe', 'a.py', 'invoice["amount_due"]', 'invoice = stripe.Invoice.retrieve("i")'],
    ['a function of its own', 'a.py', 'minor(price)', 'def minor(x):\n    return int(round(x * 100))'],
    ['a constant', 'a.py', 'PRICE', 'PRICE = 49 * 100'],
    ['a name', 'a.rb', 'price_cents', ''],
    ['Money', 'a.rb', 'Money.from_amount(49).cents', ''],
    ['a function of its own', 'a.rb', 'minor(price)', 'def minor(x)\n  (x * 100).round\nend'],
  ])('%s (%s): %s', (_what, file, amount, before) => {
    expect(rulesFor(file, amount, before)).toEqual(['cents-to-stigg']);
  });

  // Moves up when it is found.
  test.each([
    ['destructured', 'a.ts', 'amount', 'const quote = { amount: price * 100 };\nconst { amount } = quote;'],
    ['destructured out of a list', 'a.ts', 'first', 'const [first] = [price * 100];'],
    ['destructured out of a function', 'a.ts', 'amount', 'const quote = () => ({ amount: price * 100 });\nconst { amount } = quote();'],
  ])('not followed yet: %s (%s): %s', (_what, file, amount, before) => {
    expect(rulesFor(file, amount, before)).toEqual([]);
  });

  test('spread out of an object', () => {
    const text = "import Stigg from '@stigg/typescript';\nconst base = { amount: 49 * 100, currency: 'usd' as const };\nawait new Stigg().v1.coupons.create({ id: 'a', amountsOff: [{ ...base }] });\n";
    expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({})).map(({ rule }) => rule)).toEqual(['cents-to-stigg']);
  });

  test('through a chain of a builder', () => {
    const text = 'import io.stigg.client.okhttp.StiggOkHttpClient;\nimport io.stigg.models.v1.coupons.CouponCreateParams;\nclass A {\n  void a(double price) {\n    var client = StiggOkHttpClient.fromEnv();\n    client.v1().coupons().create(CouponCreateParams.builder().id("a").addAmountsOff(CouponCreateParams.AmountsOff.builder().amount(price * 100).currency(CouponCreateParams.AmountsOff.Currency.USD).build()).build());\n  }\n}\n';
    expect(engine.scan({ path: 'A.java', languageId: 'java', text }, contextOf({})).map(({ rule }) => rule)).toEqual(['cents-to-stigg']);
  });
});

describe('full units', () => {
  test.each([
    ['a percentage beside it', 'a.ts', 'amount * (1 - discountPercentage / 100)'],
    ['a percentage of it', 'a.ts', '(amount * percent) / 100'],
    ['twenty per cent more', 'a.ts', 'amount * 120 / 100'],
    ['cents that are divided', 'a.ts', 'priceInCents / 100'],
    ['rounded to cents', 'a.ts', 'Math.round(amount * 100) / 100'],
    ['months', 'a.ts', 'monthly * 12'],
    ['a price of Stripe, divided', 'a.ts', 'stripePrice.unit_amount / 100'],
    ['a percentage', 'a.py', 'amount * (1 - discount_percentage / 100)'],
    ['rounded to cents', 'a.py', 'round(amount * 100) / 100'],
    ['cents that are divided', 'a.rb', 'price_cents / 100.0'],
  ])('%s (%s): %s', (_what, file, amount) => {
    expect(rulesFor(file, amount)).toEqual([]);
  });
});
