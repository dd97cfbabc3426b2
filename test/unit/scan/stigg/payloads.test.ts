import { beforeAll, describe, expect, test } from 'vitest';
import { mayBePayload } from '../../../../src/scan/stigg/payload/trigger.js';
import { mayConcernStigg } from '../../../../src/scan/tokens/trace.js';
import { Traces } from '../../../../src/scan/traces.js';
import { reader } from './writtenOut.js';

let read: Awaited<ReturnType<typeof reader>>;
beforeAll(async () => {
  read = await reader();
});

const REST = '* rest  - open json payload';
const GRAPHQL = '* graphql graphql - open json payload';

describe('JSON documents', () => {
  test.each<[name: string, path: string, text: string, requests: readonly string[], money: readonly string[]]>([
    ['a coupon', 'payloads/a.json', '{ "id": "a", "amountsOff": [{ "amount": 4900, "currency": "usd" }], "percentOff": null }', [REST], ['amountsOff[].amount=4900 USD']],
    ['a subscription', 'stigg/a.json', '{ "customerId": "a", "minimumSpend": { "amount": 4900 }, "priceOverrides": [{ "amount": 1999 }] }', [REST], ['minimumSpend.amount=4900', 'priceOverrides[].amount=1999']],
    ['a mention', 'data/a.json', '{ "customerId": "a", "metadata": { "to": "stigg" }, "minimumSpend": { "amount": 4900 } }', [REST], ['minimumSpend.amount=4900']],
    ['a grant', 'seeds/grant.json', '{ "customerId": "a", "amount": 9900, "grantType": "PAID", "cost": { "amount": 99 } }', [REST], ['cost.amount=99']],
    ['charges', 'requests/plan.json', '{ "charges": { "pricingModels": [{ "pricePeriods": [{ "price": { "amount": 4900 } }] }] } }', [REST], ['charges.pricingModels[].pricePeriods[].price.amount=4900']],
    ['a contract', 'payloads/contract.json', '{ "subscriptions": [{ "newSubscription": { "budget": { "limit": 500 } } }] }', [REST], ['subscriptions[].newSubscription.budget.limit=500']],
    ['several', 'payloads/all.json', '[{ "customerId": "a", "budget": { "limit": 5 } }, { "planId": "b", "budget": { "limit": 6 } }]', [REST, REST], ['budget.limit=5', 'budget.limit=6']],
    ['variables', 'variables/a.json', '{ "input": { "refId": "a", "amountsOff": [{ "amount": 4900, "currency": "USD" }] } }', [GRAPHQL], ['input.amountsOff[].amount=4900 USD']],
    ['variables by the name of the file', 'src/a.variables.json', '{ "input": { "refId": "a", "amountsOff": [{ "amount": 4900 }] } }', [GRAPHQL], ['input.amountsOff[].amount=4900']],
    ['a body of GraphQL', 'payloads/a.json', '{ "query": "mutation …", "variables": { "input": { "planId": "a", "minimumSpend": { "minimum": { "amount": 4900 } } } } }', [GRAPHQL], ['variables.input.minimumSpend.minimum.amount=4900']],
    ['an input', 'payloads/a.json', '{ "packageId": "a", "pricingModels": [{ "pricePeriods": [{ "price": { "amount": 4900 } }] }] }', [GRAPHQL], ['pricingModels[].pricePeriods[].price.amount=4900']],
    ['comments', 'payloads/a.jsonc', '{ // one\n "customerId": "a", /* two */ "budget": { "limit": 500, }, }', [REST], ['budget.limit=500']],
    ['being typed', 'payloads/a.json', '{ "customerId": "a", "minimumSpend": { "amount": 4900', [REST], ['minimumSpend.amount=4900']],
    ['a whole coupon, anywhere', 'catalog/a.json', '{ "id": "a", "name": "A", "percentOff": null, "durationInMonths": 3, "amountsOff": [{ "amount": 4900, "currency": "usd" }] }', [REST], ['amountsOff[].amount=4900 USD']],
    ['a whole subscription, anywhere', 'a.json', '{ "customerId": "a", "planId": "b", "minimumSpend": { "amount": 4900 }, "priceOverrides": [{ "featureId": "c", "amount": 1999 }] }', [REST], ['minimumSpend.amount=4900', 'priceOverrides[].amount=1999']],
    ['a whole grant, anywhere', 'a.json', '{ "customerId": "a", "amount": 9900, "grantType": "PAID", "currencyId": "b", "cost": { "amount": 99 } }', [REST], ['cost.amount=99']],
    ['charges, anywhere', 'a.json', '{ "charges": { "pricingModels": [{ "pricePeriods": [{ "price": { "amount": 4900 } }] }] } }', [REST], ['charges.pricingModels[].pricePeriods[].price.amount=4900']],
    ['an input, anywhere', 'a.json', '{ "input": { "refId": "a", "type": "FIXED", "amountsOff": [{ "amount": 4900, "currency": "USD" }] } }', [GRAPHQL], ['input.amountsOff[].amount=4900 USD']],
    ["somebody's coupon", 'coupons/a.json', '{ "id": "a", "amountsOff": [{ "amount": 4900, "currency": "usd" }], "percentOff": null }', [], []],
    ["somebody's coupon that is sent", 'requests/a.json', '{ "code": "a", "name": "A", "amountsOff": [{ "amount": 4900, "currency": "usd" }] }', [], []],
    ["somebody's subscription", 'a.json', '{ "planId": "a", "priceOverrides": [{ "amount": 4900, "currency": "usd" }] }', [], []],
    ["somebody's costs", 'a.json', '{ "customerId": "a", "cost": { "amount": 4900, "currency": "usd" }, "budget": { "limit": 4900 } }', [], []],
    ['elsewhere, without a mention', 'data/a.json', '{ "customerId": "a", "minimumSpend": { "amount": 4900 } }', [], []],
    ['an answer', 'stigg/a.json', '{ "id": "a", "createdAt": "2026", "amountsOff": [{ "amount": 4900 }] }', [], []],
    ["Stripe's", 'payloads/stripe.json', '{ "object": "invoice", "amount_due": 4900, "cost": 4900, "metadata": { "stiggCustomerId": "a" } }', [], []],
    ['an own format', 'payloads/own.json', '{ "name": "stigg", "cost": { "amount": 4900 } }', [], []],
    ['a list of others', 'stigg/ledger.json', '{ "entries": [{ "minimumSpend": { "amount": 4900 } }], "coupons": [{ "amountsOff": [{ "amount": 500 }] }] }', [], []],
    ['another language', 'payloads/a.txt', '{ "customerId": "a", "minimumSpend": { "amount": 4900 } }', [], []],
  ])('%s', (_, path, text, requests, money) => {
    const found = read(path, text);
    expect(found.requests).toEqual(requests);
    expect(found.money).toEqual(money);
    expect(found.withHeader('A', 'b')).toEqual(requests.map(() => undefined));
  });
});

describe('GraphQL documents', () => {
  test.each<[name: string, text: string, money: readonly string[]]>([
    ['a coupon', '# stigg\nmutation { createCoupon(input: { amountsOff: [{ amount: 4900, currency: USD }] }) { id } }', ['input.amountsOff[].amount=4900 USD']],
    ['without commas', '# stigg\nmutation A { createCoupon(input: { amountsOff: [{ amount: 4900 currency: USD } { amount: 5 }] }) { id } }', ['input.amountsOff[].amount=4900 USD', 'input.amountsOff[].amount=5']],
    ['an alias and directives', 'mutation A($x: Int = 1 @a) @b { one: setPackagePricing(input: { minimumSpend: [{ minimum: { amount: 49.5 } }] }) @c(d: "}") { id } }', ['input.minimumSpend[].minimum.amount=49.5']],
    ['strings and comments', 'mutation { # }\n  provisionSubscription(input: { note: "} \\" (", long: """ } """, budget: { limit: 500 } }) { id }\n}', ['input.budget.limit=500']],
    ['by its inputs', 'mutation { updateSubscription(input: { priceOverrides: [{ price: { amount: 4900, currency: EUR } }] }) { id } }', ['input.priceOverrides[].price.amount=4900 EUR']],
    ['a threshold', 'mutation { saveAutoRechargeSettings(input: { thresholdType: DOLLAR_AMOUNT, thresholdValue: 4900 }) { id } }', ['input.thresholdValue=4900']],
    ['several operations', '# stigg\nquery A { plans { id } }\nmutation B { createCoupon(input: { amountsOff: [{ amount: 1 }] }) { id } createCoupon(input: { amountsOff: [{ amount: 2 }] }) { id } }', ['input.amountsOff[].amount=1', 'input.amountsOff[].amount=2']],
    ['being typed', '# stigg\nmutation { createCoupon(input: { amountsOff: [{ amount: 4900', ['input.amountsOff[].amount=4900']],
    ['a variable', '# stigg\nmutation A($input: X!, $amountInCents: Float) { createCoupon(input: { amountsOff: [{ amount: $amountInCents }] }) { id } }', ['input.amountsOff[].amount=$amountInCents cents:name']],
    ['variables alone', '# stigg\nmutation A($input: X!) { createCoupon(input: $input) { id } }', []],
    ['credits', 'mutation { grantCredits(input: { amount: 4900 }) { id } }', []],
    ['a schema', '# stigg\ntype Mutation { createCoupon(input: X! = { amountsOff: [{ amount: 500 }] }): ID! }\ninput X { amountsOff: [M!] = [{ amount: 500 }] }', []],
    ["somebody else's coupon", 'mutation { createCoupon(input: { code: "A", amountsOff: [{ amount: 500 }] }) { id } }', []],
    ['a field that is no mutation of Stigg', '# stigg\nmutation { createDiscount(input: { amountsOff: [{ amount: 500 }] }) { id } }', []],
    ['a field below', '# stigg\nquery { shop { createCoupon(input: { amountsOff: [{ amount: 500 }] }) { id } } }', []],
  ])('%s', (_, text, money) => {
    expect(read('a.graphql', text).money).toEqual(money);
    expect(read('a.gql', text).money).toEqual(money);
  });

  test.each(['mutation', 'mutation {', 'mutation ( {', '{'.repeat(50_000), '('.repeat(50_000), `mutation { createCoupon(input: ${'['.repeat(50_000)}`, '"""', 'type A', `mutation { ${'a: '.repeat(10_000)}`])('broken: %#', (text) => {
    expect(() => read('stigg.graphql', text)).not.toThrow();
  });
});

test.each<[text: string, expected: boolean]>([
  ['{ "amountsOff": [] }', true],
  ['\uFEFF\n[{ "priceOverrides": [] }]', true],
  ['\u00EF\u00BB\u00BF{ "minimumSpend": {} }', true],
  ['// one\n\n// two\n{ "amountsOff": [] }', true],
  ['# one\r\nmutation A { createCoupon(input: { amountsOff: [] }) { id } }', true],
  ['{ "cost": 5, "budget": 6 }', false],
  ['# a script\nprint(amountsOff)', false],
  ['queryAll(amountsOff)', false],
  ['import { amountsOff } from "./a";', false],
  ['#'.repeat(50), false],
  ['#\n'.repeat(50_000), false],
  [' '.repeat(50_000), false],
  ['', false],
])('may be a payload: %#', (text, expected) => {
  expect(mayBePayload(text)).toBe(expected);
  expect(mayConcernStigg(text)).toBe(expected);
  expect(new Traces(text).givesStigg).toBe(expected);
  expect(new Traces(`${text} Stigg`).givesStigg).toBe(true);
});
