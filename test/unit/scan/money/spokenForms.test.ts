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

  test.each([
    ['an object', 'a.ts', 'amount', 'const quote = { amount: price * 100 };\nconst { amount } = quote;'],
    ['a list', 'a.ts', 'first', 'const [first] = [price * 100];'],
    ['the second of a list', 'a.ts', 'second', 'const [, second] = [price, price * 100];'],
    ['a function', 'a.ts', 'amount', 'const quote = () => ({ amount: price * 100 });\nconst { amount } = quote();'],
    ['a function that is awaited', 'a.ts', 'amount', 'async function quote() { return { amount: price * 100 }; }\nconst { amount } = await quote();'],
    ['another name', 'a.ts', 'cents', 'const quote = { amount: price * 100 };\nconst { amount: cents } = quote;'],
    ['another name that says nothing', 'a.ts', 'due', 'const quote = { amount: price * 100 };\nconst { amount: due } = quote;'],
    ['a text as the key', 'a.ts', 'due', "const quote = { 'amount-due': price * 100 };\nconst { 'amount-due': due } = quote;"],
    ['nested objects', 'a.ts', 'amount', 'const order = { quote: { amount: price * 100 } };\nconst { quote: { amount } } = order;'],
    ['an object in a list', 'a.ts', 'amount', 'const [{ amount }] = [{ amount: price * 100 }];'],
    ['the rest', 'a.ts', 'rest.amount', "const quote = { id: 'a', amount: price * 100 };\nconst { id, ...rest } = quote;"],
    ['a spread', 'a.ts', 'amount', 'const quote = { amount: price * 100 };\nconst { amount } = { ...quote };'],
    ['beside a default', 'a.ts', 'amount', 'const quote = { amount: price * 100 };\nconst { amount = 0 } = quote;'],
    ['beside a default, renamed', 'a.ts', 'due', 'const quote = { amount: price * 100 };\nconst { amount: due = 0 } = quote;'],
    ['the default', 'a.ts', 'amount', 'const { amount = price * 100 } = options;'],
    ['what was written later', 'a.ts', 'amount', 'const quote = { amount: 0 };\nquote.amount = price * 100;\nconst { amount } = quote;'],
    ['an assignment', 'a.ts', 'amount', 'let amount = 0;\n({ amount } = { amount: price * 100 });'],
    ['scaled afterwards', 'a.ts', 'amount', 'let { amount } = quote;\namount *= 100;'],
    ['a loop', 'a.ts', 'last', 'let last = 0;\nfor (const { amount } of [{ amount: price * 100 }]) last = amount;'],
    ['what callers hand over', 'a.ts', 'net({ due: price * 100 })', 'function net({ due }: { due: number }) { return due; }'],
    ['an object with a name that says so', 'a.ts', 'amount', 'async function quote(priceInCents: number) { return { amount: priceInCents }; }\nconst { amount } = await quote(price);'],
    ['an intent of Stripe', 'a.ts', 'amount', "const stripe = new Stripe(key);\nconst { amount } = await stripe.paymentIntents.retrieve('p');"],
    ['a field of Stripe beside a default', 'a.ts', 'due', 'const { unit_amount: due = 0 } = stripePrice;'],
    ['several names', 'a.py', 'amount', "amount, currency = price * 100, 'usd'"],
    ['several names', 'a.rb', 'amount', "amount, currency = price * 100, 'usd'"],
    ['several results', 'a.py', 'amount', 'def quote():\n    return "usd", price * 100\ncurrency, amount = quote()'],
  ])('taken out of %s (%s): %s', (_what, file, amount, before) => {
    expect(rulesFor(file, amount, before)).toEqual(['cents-to-stigg']);
  });

  test.each([
    ['by a caller', 'function coupon({ due }: Due) {\n  return CREATE;\n}\nawait coupon({ due: price * 100 });', true],
    ['by a caller, nested and with a default', 'const coupon = ({ net: { due = 0 } }: Net) => CREATE;\nawait coupon({ net: { due: price * 100 } });', true],
    ['by a list', 'await Promise.all([{ due: price * 100 }].map(({ due }) => CREATE));', true],
    ['by nobody', 'export function coupon({ due }: Due) {\n  return CREATE;\n}', false],
    ['by a caller, another one', 'function coupon({ due }: Due) {\n  return CREATE;\n}\nawait coupon({ due: price, minor: price * 100 });', false],
    ['by a list, another one', 'await Promise.all([{ due: price, minor: price * 100 }].map(({ due }) => CREATE));', false],
  ])('a parameter that is taken apart, given %s', (_what, code, isReported) => {
    const text = `import Stigg from '@stigg/typescript';\n${code.replace('CREATE', "new Stigg().v1.coupons.create({ id: 'a', amountsOff: [{ amount: due, currency: 'usd' }] })")}\n`;
    expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({})).map(({ rule }) => rule)).toEqual(isReported ? ['cents-to-stigg'] : []);
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
    ['an object', 'a.ts', 'amount', 'const quote = { amount: price, cents: price * 100 };\nconst { amount } = quote;'],
    ['an object that nobody knows', 'a.ts', 'amount', 'const { amount } = quote;'],
    ['a function that nobody knows', 'a.ts', 'amount', "import { quote } from './quote.js';\nconst { amount } = quote(price * 100);"],
    ['the first of a list', 'a.ts', 'first', 'const [first, second] = [price, price * 100];'],
    ['beside it', 'a.ts', 'price', 'const { price, ...rest } = { price: 49, minor: 49 * 100 };'],
    ['a default', 'a.ts', 'amount', 'const { amount = 49 } = options;'],
    ['renamed', 'a.ts', 'due', 'const { amount: due } = { amount: price, due: price * 100 };'],
    ['a computed key', 'a.ts', 'due', 'const { [amount]: due } = { amount: price * 100, full: price };'],
    ['nested objects', 'a.ts', 'amount', 'const { net: { amount } } = { net: { amount: price }, gross: { amount: price * 100 } };'],
    ['the rest', 'a.ts', 'rest.amount', 'const { cents, ...rest } = { cents: price * 100, amount: price };'],
    ['reassigned', 'a.ts', 'amount', 'let { amount } = { amount: price * 100 };\namount = price;'],
    ['reassigned in full units', 'a.ts', 'amount', 'let { amount } = { amount: price * 100 };\namount = amount / 100;'],
    ['divided', 'a.ts', 'amount / 100', 'const { amount } = { amount: price * 100 };'],
    ['converted there, whatever it is called', 'a.ts', 'amount_total', 'const { amount_total } = { amount_total: cents / 100 };'],
    ['swapped', 'a.ts', 'amount', 'let amount = price * 100;\nlet full = price;\n[amount, full] = [full, amount];'],
    ['shadowed', 'a.ts', 'amount', 'const amount = price;\nfunction charge() { const { amount } = { amount: price * 100 }; return amount; }'],
    ['a shadowed object', 'a.ts', 'amount', 'const quote = { amount: price };\nfunction charge() { const quote = { amount: price * 100 }; return quote; }\nconst { amount } = quote;'],
    ['several names', 'a.py', 'full', 'full, cents = price, price * 100'],
  ])('taken out: %s (%s): %s', (_what, file, amount, before) => {
    expect(rulesFor(file, amount, before)).toEqual([]);
  });

  test.each([
    ['Stripe alone', "import Stripe from 'stripe';\nconst stripe = new Stripe(key);\nconst { amount, currency } = await stripe.paymentIntents.retrieve('p');\nconst [first] = [price * 100];\nawait stripe.paymentIntents.create({ amount, currency });\nawait stripe.paymentIntents.create({ amount: first, currency });\n"],
    ['Stripe beside Stigg', "import Stigg from '@stigg/typescript';\nimport Stripe from 'stripe';\nconst stripe = new Stripe(key);\nconst { amount: minor } = { amount: price * 100 };\nawait stripe.paymentIntents.create({ amount: minor, currency: 'usd' });\nawait new Stigg().v1.coupons.create({ id: 'a', amountsOff: [{ amount: price, currency: 'usd' }] });\n"],
  ])('taken apart for %s', (_what, text) => {
    expect(engine.scan({ path: 'a.ts', languageId: 'typescript', text }, contextOf({}))).toEqual([]);
  });

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
