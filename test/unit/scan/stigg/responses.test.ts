import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../../../../src/endpoints.js';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { GRAPHQL_MONEY, GRAPHQL_NUMBERS, REST_ANSWERS } from '../../../../src/scan/money/responses.js';
import { contextOf, preparedEngine } from '../support.js';
import { cpuNow } from '../../../tools/cpu.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const found = (path: string, text: string): string[] => engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({})).map(({ rule }) => rule).filter((rule) => rule.startsWith('stigg-') || rule.includes('entitlements'));
const divided = ['stigg-amount-divided'];

/** `prices.tiers.flatPrice.amount` as an expression of a script; every list is read by an index. */
const LISTS = new Set(['amountsOff', 'coupons', 'prices', 'tiers', 'lines', 'lineItems', 'discounts']);
const read = (path: string): string => path.split('.').map((name) => `.${name}${LISTS.has(name) ? '[0]' : ''}`).join('');

describe.each([...REST_ANSWERS])('%s', (operation, paths) => {
  test.each(paths)('%s', (path) => {
    expect(ENDPOINTS.map((endpoint) => endpoint.operation)).toContain(operation);
    const item = operation.includes('list') ? '.data[0]' : '.data';
    const text = (use: string): string => `const answer = await stigg.v1.${operation}(id);\nshow(${use});\n`;
    expect(found('a.ts', text(`answer${item}${read(path)} / 100`))).toEqual(divided);
    expect(found('a.ts', text(`answer${item}${read(path)}`))).toEqual([]);
    expect(found('a.ts', text(`answer${item}${read(path)} * 100`))).toEqual([]);
    expect(found('a.ts', text(`(answer${item}${read(path)} / other) * 100`))).toEqual([]);
    // The same below another name is none of Stigg's money.
    expect(found('a.ts', text(`answer${item}.metadata${read(path)} / 100`))).toEqual([]);
  });
});

test.each([...GRAPHQL_MONEY.map((name) => `${name}${LISTS.has(name) ? '[0]' : ''}.amount`), ...GRAPHQL_NUMBERS])('GraphQL: %s', (path) => {
  const sdk = `import { Stigg } from '@stigg/node-server-sdk';\nconst answer = await client.previewSubscription(input);\nshow(answer.${path} / 100);\n`;
  expect(found('a.ts', sdk)).toEqual(divided);
  const document = `const response = await fetch('https://api.stigg.io/graphql', { method: 'POST', body });\nconst { data } = await response.json();\nshow(data.preview.${path} / 100);\n`;
  expect(found('a.ts', document)).toEqual(divided);
});

test.each([
  ['credits of a grant', 'credits.grants.list', '.data[0].amount'],
  ['consumed credits', 'credits.grants.list', '.data[0].consumedAmount'],
  ['a ledger', 'credits.listLedger', '.data[0].amount'],
  ['an estimate', 'usage.estimate', '.data.estimates[0].estimatedCost'],
  ['credit rates', 'plans.listCharges', '.data[0].creditRate.amount'],
  ['credit entitlements', 'subscriptions.retrieve', '.data.entitlements[0].amount'],
  ['boundaries of tiers', 'plans.listCharges', '.data[0].tiers[0].upTo'],
  ['percentages', 'coupons.retrieve', '.data.percentOff'],
  ['blocks', 'subscriptions.retrieve', '.data.prices[0].blockSize'],
  ['auto-recharge', 'credits.getAutoRecharge', '.data.targetBalance'],
  ['totals of another call', 'customers.list', '.data[0].total'],
])('no money: %s', (_, operation, path) => {
  expect(found('a.ts', `const answer = await stigg.v1.${operation}(id);\nshow(answer${path} / 100);\n`)).toEqual([]);
});

test.each([
  ['paywalls', 'getPaywall', 'plans[0].pricePoints[0].price.amount'],
  ['credit entitlements', 'getCreditEntitlement', 'total.amount'],
  ['credits', 'grantCredits', 'amount'],
  ['usage', 'getEntitlements', '[0].usageLimit'],
])('not judged: %s', (_, operation, path) => {
  expect(found('a.ts', `import { Stigg } from '@stigg/node-server-sdk';\nconst answer = await client.${operation}(input);\nshow(answer.${path} / 100);\n`)).toEqual([]);
});

const PREVIEW = 'const { data } = await stigg.v1.subscriptions.preview(input);\nconst total = data.immediateInvoice.total;\n';

test.each([
  ['/ 100', 'show(total / 100);'],
  ['/ 1e2', 'show(total / 1e2);'],
  ['/ 100.0', 'show(total / 100.0);'],
  ['/ 10 ** 2', 'show(total / 10 ** 2);'],
  ['a constant', 'const CENTS = 100;\nshow(total / CENTS);'],
  ['* 0.01', 'show(total * 0.01);'],
  ['0.01 *', 'show(0.01 * total);'],
  ['Number()', 'show(Number(total) / 100);'],
  ['a sum', 'show((total + data.immediateInvoice.tax) / 100);'],
  ['/=', 'let due = total;\ndue /= 100;\nshow(due);'],
  ['big.js', 'show(new Big(total).div(100));'],
  ['bignumber.js', 'show(new BigNumber(total).shiftedBy(-2));'],
  ['dinero.js', "show(dinero({ amount: total, currency: USD }));"],
  ['currency.js', 'show(currency(total, { fromCents: true }));'],
  ['an imported helper', "import { centsToDollars } from './money.js';\nshow(centsToDollars(total));"],
  ['an own helper', 'const money = (value) => `$${(value / 100).toFixed(2)}`;\nshow(money(total));'],
  ['reduce', 'show(data.immediateInvoice.lines.reduce((sum, line) => sum + line.subTotal, 0) / 100);'],
  ['a template', 'show(`${total / 100} USD`);'],
  ['months', 'show(total / 100 * 12);'],
])('reported: %s', (_, use) => {
  expect(found('a.ts', PREVIEW + use)).toEqual(divided);
});

test.each([
  ['a percentage', 'show((total / 100) * taxRate);'],
  ['a share', 'show(Math.round((data.immediateInvoice.tax / total) * 100) / 100);'],
  ['one percent of it', 'show(part / (total / 100));'],
  ['rounding to hundreds', 'show(Math.floor(total / 100) * 100);'],
  ['points', 'const points = Math.floor(total / 100);\nshow(points);'],
  ['a fee', 'const fee = total / 100;\nshow(fee);'],
  ['rounding', 'show(Math.round(total * 100) / 100);'],
  ['cents again', 'const cents = total * 100;\nshow(cents / 100);'],
  ['a product', 'show(total * discount / 100);'],
  ['another unit', 'show(total / 1000);'],
  ['a helper that may', 'const money = (value, isCents) => isCents ? value / 100 : value;\nshow(money(total, false));'],
  ['one of Stripe\'s', 'const amount = paid ? intent.amount : total;\nshow(amount / 100);'],
  ['dinero.js with a scale', 'show(dinero({ amount: total, currency: USD, scale: 0 }));'],
])('silent: %s', (_, use) => {
  expect(found('a.ts', PREVIEW + use)).toEqual([]);
});

const STRIPE = ['stigg-dollars-to-stripe'];

test.each([
  ['payment intent', "await stripe.paymentIntents.create({ amount: total, currency: 'usd' });", STRIPE],
  ['a field', "await this.stripe.refunds.create({ charge, amount: total });", STRIPE],
  ['a client by its maker', "const pay = new Stripe(key);\nawait pay.charges.create({ amount: total });", STRIPE],
  ['line items', "await stripe.checkout.sessions.create({ line_items: [{ quantity: 1, price_data: { unit_amount: total, currency: 'usd' } }] });", STRIPE],
  ['a rounding', "await stripe.paymentIntents.create({ amount: Math.round(total), currency: 'usd' });", STRIPE],
  ['a typed object', "const params: Stripe.PaymentIntentCreateParams = { amount: total, currency: 'usd' };\nawait stripe.paymentIntents.create(params);", STRIPE],
  ['times 100', "await stripe.paymentIntents.create({ amount: total * 100, currency: 'usd' });", []],
  ['rounded cents', "const cents = Math.round(total * 100);\nawait stripe.paymentIntents.create({ amount: cents, currency: 'usd' });", []],
  ['a helper', "await stripe.paymentIntents.create({ amount: toCents(total), currency: 'usd' });", []],
  ['yen', "await stripe.paymentIntents.create({ amount: total, currency: 'jpy' });", []],
  ['metadata', "await stripe.paymentIntents.create({ amount: cents, metadata: { amount: total } });", []],
  ['somebody else', "await paddle.transactions.create({ amount: total });", []],
])('Stripe: %s', (_, use, rules) => {
  expect(found('a.ts', PREVIEW + use)).toEqual(rules);
});

test('many divisions and reads in one file', () => {
  const one = (index: number): string => `export async function f${index}(id: string) {\n  const { data } = await stigg.v1.subscriptions.preview({ id });\n  const page = await stigg.v1.subscriptions.list({ id });\n  const total = data.immediateInvoice.total / 100;\n  return page.data.map((one) => one.subscriptionEntitlements.length + total);\n}\n`;
  const text = Array.from({ length: 300 }, (_, index) => one(index)).join('');
  const start = cpuNow();
  expect(found('a.ts', text)).toHaveLength(600);
  expect(cpuNow() - start).toBeLessThan(20_000);
});
