import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { isConversionFactor, isMinorUnitHelper, isMinorUnitName, isNoPrice, isStripeAmount } from '../../../../src/scan/money/names.js';
import { GRAPHQL_CALLS, REST_CALLS, type MoneyPath } from '../../../../src/scan/money/paths.js';
import { contextOf, preparedEngine } from '../support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const found = (text: string): string[] => engine.scan({ path: 'src/a.ts', languageId: 'typescript', text: `// stigg\n${text}` }, contextOf({})).map(({ rule }) => rule).filter((rule) => rule === 'cents-to-stigg');

/** `a.b[].c` with a value, as an object literal. */
function objectWith({ path, when }: MoneyPath, value: string): string {
  const [head = '', ...rest] = path.split('.');
  const list = head.endsWith('[]');
  const extra = when !== undefined && rest.length === 0 ? `, ${when.sibling}: '${when.sibling === 'type' ? 'FIXED' : 'DollarAmount'}'` : '';
  const inner = rest.length === 0 ? value : objectWith({ path: rest.join('.'), ...(when === undefined ? {} : { when }) }, value);
  return `{ ${head.replace('[]', '')}: ${list ? `[${inner}]` : inner}${extra} }`;
}

const rest = [...REST_CALLS].flatMap(([call, paths]) => paths.map((path) => [call, path] as const));
const graphql = [...GRAPHQL_CALLS].flatMap(([call, paths]) => paths.map((path) => [call, path] as const));

describe.each(rest)('client.v1.%s', (call, path) => {
  const send = (value: string): string => `await client.v1.${call}('id', ${objectWith(path, value)});`;
  test(path.path, () => {
    expect(found(send('price * 100'))).toEqual(['cents-to-stigg']);
    expect(found(send('s.unit_amount'))).toEqual(['cents-to-stigg']);
    expect(found(send('price'))).toEqual([]);
    expect(found(`const body = ${objectWith(path, 'Math.round(price * 100)')};\nawait client.v1.${call}(body);`)).toEqual(['cents-to-stigg']);
    expect(found(`await client.v1.other.create(${objectWith(path, 'price * 100')});`)).toEqual([]);
  });
});

describe.each(graphql)('%s', (call, path) => {
  test(path.path, () => {
    expect(found(`await stigg.${call}(${objectWith(path, 'price * 100')});`)).toEqual(['cents-to-stigg']);
    expect(found(`import { StiggManagement } from '@stigg/api-client-js';\nawait sdk.${call}({ input: ${objectWith(path, 'priceInCents')} });`)).toEqual(['cents-to-stigg']);
    expect(found(`await stigg.${call}(${objectWith(path, 'price')});`)).toEqual([]);
    const document = `fetch('https://api.stigg.io/graphql', { method: 'POST', body: JSON.stringify({ query, variables: { input: ${objectWith(path, 'price * 100')} } }) });`;
    expect(found(document)).toEqual(['cents-to-stigg']);
  });
});

test.each([
  ['grant of credits', 'client.v1.credits.grants.create({ amount: packs * 100, currencyId });'],
  ['consumption', 'client.v1.credits.consumption.consume({ amount: x * 100 });'],
  ['consumptions', 'stigg.consumeCreditsAsync({ consumptions: [{ amount: x * 100 }] });'],
  ['credit entitlements', 'client.v1.subscriptions.provision({ entitlements: [{ amount: x * 100 }] });'],
  ['credit rate', 'client.v1.subscriptions.provision({ priceOverrides: [{ creditRate: { amount: x * 100 } }] });'],
  ['grantCredits', 'stigg.grantCredits({ amount: x * 100, cost: { amount: 5 } });'],
  ['page size', 'client.v1.customers.list({ limit: x * 100 });'],
  ['usage limit', 'client.v1.subscriptions.update(id, { usageLimit: x * 100, limit: x * 100 });'],
  ['threshold in credits', "stigg.saveAutomaticRechargeConfiguration({ thresholdValue: x * 100, thresholdType: 'CreditAmount' });"],
  ["Dinero's full units", "import Dinero from 'dinero.js';\nexport const grant = (price: Dinero.Dinero, other: Own) => stigg.grantCredits({ cost: { amount: a ? price.toUnit() : other.getAmount() } });"],
  ['Dinero in cents, divided', "import Dinero from 'dinero.js';\nexport const grant = (price: Dinero.Dinero) => stigg.grantCredits({ cost: { amount: price.getAmount() / 100 } });"],
  ['a discount as a percentage', 'stigg.v1.coupons.create({ amountsOff: [{ amount: plan.discountPercent * 100 }, { amount: discount_pct * 100, currency }, { amount: discountRate * 100 }] });'],
  ['a discount as a factor', 'stigg.provisionSubscription({ priceOverrides: [{ price: { amount: price * (100 - discount * 100) / 100, currency } }] });'],
  ['a discount that may be a percentage', 'stigg.v1.subscriptions.update(id, { budget: { limit: discount * 100 } });'],
  ['percentage coupon', "stigg.createCoupon({ type: 'PERCENTAGE', discountValue: x * 100 });"],
  ['Stripe by name', 'stripe.v1.coupons.create({ amountsOff: [{ amount: x * 100 }] });'],
  ['Stripe by constructor', 'const client = new Stripe(k);\nclient.v1.coupons.create({ amountsOff: [{ amount: x * 100 }] });'],
  ['Stripe by import', "import client from './stripe';\nclient.v1.coupons.create({ amountsOff: [{ amount: x * 100 }] });"],
  ['Stripe behind this', 'this.stripe.v1.coupons.create({ amountsOff: [{ amount: x * 100 }] });'],
  ['another host', "axios.post('https://api.example.com/api/v1/coupons', { amountsOff: [{ amount: x * 100 }] });"],
  ['another client', 'const api = axios.create({ baseURL: OTHER });\napi.post("/coupons", { amountsOff: [{ amount: x * 100 }] });'],
  ['nobody sends it', 'const body = { amountsOff: [{ amount: x * 100 }] };\nlog(body);'],
])('no money of Stigg: %s', (_, text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['fetch with a template', "const BASE = 'https://api.stigg.io/api/v1';\nfetch(`${BASE}/coupons`, { method: 'POST', body: JSON.stringify({ amountsOff: [{ amount: x * 100 }] }) });"],
  ['fetch with concatenation', "fetch('https://api.stigg.io' + path, { body: JSON.stringify({ amountsOff: [{ amount: x * 100 }] }) });"],
  ['fetch with a URL object', "fetch(new URL('/api/v1/coupons', 'https://api.stigg.io'), { body: JSON.stringify({ amountsOff: [{ amount: x * 100 }] }) });"],
  ['fetch with options in a variable', "const init = { body: JSON.stringify({ amountsOff: [{ amount: x * 100 }] }) };\nfetch('https://api.stigg.io/api/v1/coupons', init);"],
  ['the body in a variable, serialised', "const data = JSON.stringify({ amountsOff: [{ amount: x * 100 }] });\nfetch('https://api.stigg.io/api/v1/coupons', { body: data });"],
  ['axios with a configuration', "axios({ url: 'https://api.stigg.io/api/v1/coupons', data: { amountsOff: [{ amount: x * 100 }] } });"],
  ['axios.request with a base', "axios.request({ baseURL: 'https://api.stigg.io/api/v1', url: '/coupons', data: { amountsOff: [{ amount: x * 100 }] } });"],
  ['got', "got.post('https://api.stigg.io/api/v1/coupons', { json: { amountsOff: [{ amount: x * 100 }] } });"],
  ['the environment with a default', "const URL_ = process.env.U ?? 'https://api.stigg.io/api/v1';\nky.post(URL_ + '/coupons', { json: { amountsOff: [{ amount: x * 100 }] } });"],
  ['an object put together', 'const money = { amount: x * 100, currency };\nconst price = money;\nstigg.provisionSubscription({ priceOverrides: [{ price }] });'],
  ['a spread', 'const base = { cost: { amount: x * 100 } };\nstigg.grantCredits({ ...base, amount: 5 });'],
  ['a conditional spread', 'stigg.grantCredits({ amount: 5, ...(paid && { cost: { amount: x * 100 } }) });'],
  ['an assignment', 'const body = { cost: {} };\nbody.cost.amount = x * 100;\nstigg.grantCredits(body);'],
  ['quoted keys', "stigg.grantCredits({ 'cost': { 'amount': x * 100 } });"],
  ['optional chaining', 'client?.v1?.credits.grants.create({ cost: { amount: x * 100 } });'],
  ['this', 'class A { f() { return this.client.v1.credits.grants.create({ cost: { amount: x * 100 } }); } }'],
  ['satisfies', 'stigg.grantCredits({ cost: { amount: x * 100 } } satisfies CreditGrantInput);'],
  ['a host in a variable', "fetch(`${process.env.STIGG_API_URL}/api/v1/coupons`, { body: JSON.stringify({ amountsOff: [{ amount: x * 100 }] }) });"],
  ['a host that is imported', "import { STIGG_URL } from './config';\nfetch(STIGG_URL + '/api/v1/coupons', { body: JSON.stringify({ amountsOff: [{ amount: x * 100 }] }) });"],
  ['a host in a variable with a default', "const base = process.env.STIGG_URL || DEFAULT_URL;\naxios.post(`${base}/api/v1/coupons`, { amountsOff: [{ amount: x * 100 }] });"],
  ['the GraphQL endpoint in a variable', 'fetch(config.stiggGraphqlUrl, { body: JSON.stringify({ query, variables: { input: { cost: { amount: x * 100 } } } }) });'],
  ['a client whose base is in a variable', "const api = axios.create({ baseURL: process.env.STIGG_BASE_URL });\napi.post('/api/v1/coupons', { amountsOff: [{ amount: x * 100 }] });"],
  ['an injected client', "this.http.post('https://api.stigg.io/api/v1/coupons', { amountsOff: [{ amount: x * 100 }] });"],
  ['fetch by another name', "fetchWithRetry('https://api.stigg.io/api/v1/coupons', { body: JSON.stringify({ amountsOff: [{ amount: x * 100 }] }) });"],
  ['fetch of the global object', "globalThis.fetch('https://api.stigg.io/api/v1/coupons', { body: JSON.stringify({ amountsOff: [{ amount: x * 100 }] }) });"],
  ['a discount', 'client.v1.coupons.create({ amountsOff: [{ amount: campaign.discount * 100 }] });'],
  ['a discount beside a currency', "client.v1.subscriptions.update(id, { minimumSpend: { amount: Math.round(discount * 100), currency: 'usd' } });"],
  ['a field whose type is Dinero', "import Dinero from 'dinero.js';\ninterface Deal { readonly price: Dinero.Dinero }\nexport const grant = (deal: Deal) => stigg.grantCredits({ cost: { amount: deal.price.getAmount() } });"],
  ['a parameter whose type is Dinero', "import type { Dinero } from 'dinero.js';\nexport const grant = (price: Dinero<number>) => stigg.grantCredits({ cost: { amount: price.multiply(2).getAmount() } });"],
  ['map with a block', 'client.v1.coupons.create({ amountsOff: prices.map((p) => { return { amount: p.unit_amount }; }) });'],
  ['map with a function', 'client.v1.coupons.create({ amountsOff: prices.map(function (p) { return { amount: p.unit_amount }; }) });'],
  ['a list spread into a list', 'client.v1.coupons.create({ amountsOff: [...prices.map((p) => ({ amount: p.unit_amount }))] });'],
])('reported: %s', (_, text) => {
  expect(found(text)).toEqual(['cents-to-stigg']);
});

test('names', () => {
  for (const name of ['priceInCents', 'amount_cents', 'PRICE_CENTS', 'cents', 'minorUnits', 'amountMinor', 'amountCent', 'priceInPence', 'stripeAmount']) expect([name, isMinorUnitName(name)]).toEqual([name, true]);
  for (const name of ['percents', 'accents', 'dollarsAndCents', 'recents', 'minor', 'center', 'amount', 'unitPrice', 'perCent']) expect([name, isMinorUnitName(name)]).toEqual([name, false]);
  for (const name of ['toCents', 'dollarsToCents', 'convertToMinorUnits', 'to_cents', 'usdToCents', 'toSmallestUnit', 'toSmallestCurrencyUnit', 'toPence', 'toStripeAmount']) expect([name, isMinorUnitHelper(name)]).toEqual([name, true]);
  for (const name of ['centsToDollars', 'fromCents', 'formatCents', 'toCenter']) expect([name, isMinorUnitHelper(name)]).toEqual([name, false]);
  for (const name of ['seats', 'unitCount', 'discountPct', 'conversionRate']) expect([name, isNoPrice(name)]).toEqual([name, true]);
  for (const name of ['seats', 'discountPct', 'discountRate', 'discountPercent', 'percentDiscount', 'discount_ratio']) expect([name, isNoPrice(name, true)]).toEqual([name, true]);
  for (const name of ['discount', 'campaignDiscount', 'unit_price']) expect([name, isNoPrice(name, true)]).toEqual([name, false]);
  expect(isNoPrice('discount')).toBe(true);
  for (const name of ['unitPrice', 'pricePerSeat', 'monthlyCostPerUser']) expect([name, isNoPrice(name)]).toEqual([name, false]);
  for (const name of ['CENTS_PER_DOLLAR', 'centsInDollar', 'MINOR_UNITS_PER_MAJOR', 'PENCE_PER_POUND']) expect([name, isConversionFactor(name)]).toEqual([name, true]);
  for (const name of ['centsPerSeat', 'cents', 'CENTS']) expect([name, isConversionFactor(name)]).toEqual([name, false]);
  expect(['unit_amount', 'amount_total', 'unitAmount', 'amountDue', 'newUnitAmount'].map((name) => isStripeAmount(name))).toEqual([true, true, true, false, false]);
});

test('a large file full of requests, whose names are used everywhere', () => {
  const one = (index: number): string => `async function f${index}(price: number) {\n  const amount = price * 100;\n  await client.v1.coupons.create({ amountsOff: [{ amount, currency }] });\n}\n`;
  expect(found(Array.from({ length: 400 }, (_, index) => one(index)).join(''))).toHaveLength(400);
});
