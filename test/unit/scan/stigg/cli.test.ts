import { beforeAll, describe, expect, test } from 'vitest';
import { reader } from './writtenOut.js';

let read: Awaited<ReturnType<typeof reader>>;
beforeAll(async () => {
  read = await reader();
});

describe("Stigg's command line", () => {
  test.each<[script: string, command: string | undefined, money: readonly string[]]>([
    ['stigg v1:coupons create --id a --amounts-off.amount 4900 --amounts-off.currency usd', 'coupons.create', ['amountsOff[].amount=4900 USD']],
    ['stigg v1:coupons create --amounts-off.amount=4900', 'coupons.create', ['amountsOff[].amount=4900']],
    [`stigg v1:coupons create --amounts-off '{"amount": 4900, "currency": "usd"}'`, 'coupons.create', ['amountsOff[].amount=4900 USD']],
    [`stigg v1:coupons create --amounts-off '{amount: 4900, currency: usd}'`, 'coupons.create', ['amountsOff[].amount=4900 USD']],
    [`stigg v1:coupons create --amounts-off '[{"amount": 4900}, {"amount": 5}]'`, 'coupons.create', ['amountsOff[].amount=4900', 'amountsOff[].amount=5']],
    ['stigg v1:coupons create --amounts-off.amount 1 --amounts-off.currency usd --amounts-off.amount 2 --amounts-off.currency jpy', 'coupons.create', ['amountsOff[].amount=1 USD', 'amountsOff[].amount=2 JPY']],
    ['stigg v1:coupons create --amounts-off.amount "$PRICE_CENTS"', 'coupons.create', ['amountsOff[].amount=$PRICE_CENTS cents:name']],
    ['cents=$((price * 100))\nstigg v1:coupons create --amounts-off.amount $cents', 'coupons.create', ['amountsOff[].amount=$cents cents:multiplied']],
    ['stigg v1:subscriptions provision --price-override.amount 49 --price-override.currency usd --minimum-spend.amount "$((floor * 100))" --budget.limit 500', 'subscriptions.provision', ['priceOverrides[].amount=49 USD', 'minimumSpend.amount=$((floor * 100)) cents:multiplied', 'budget.limit=500']],
    ['stigg v1:subscriptions update --id a \\\n  --minimum-spend.amount 4900 \\\n  --minimum-spend.currency eur', 'subscriptions.update', ['minimumSpend.amount=4900 EUR']],
    ['stigg v1:credits:grants create --amount 9900 --cost.amount 99 --cost.currency usd', 'credits.grants.create', ['cost.amount=99 USD']],
    [`stigg v1:plans update --id a --charges.pricing-models '[{"pricePeriods":[{"price":{"amount":4900,"currency":"usd"}}]}]'`, 'plans.update', ['charges.pricingModels[].pricePeriods[].price.amount=4900 USD']],
    [`stigg v1:plans update --id a --charges.minimum-spend '[{"minimum":{"amount":4900}}]'`, 'plans.update', ['charges.minimumSpend[].minimum.amount=4900']],
    ['npx stigg v1:customers list --limit 500', 'customers.list', []],
    ['stigg --format json v1:customers list --limit 500', 'customers.list', []],
    ['stigg login', undefined, []],
    ['other v1:coupons create --amounts-off.amount 4900 # stigg', undefined, []],
    ['# stigg v1:coupons create --amounts-off.amount 4900', undefined, []],
    ['stigg v1:coupons create --amounts-off.amount', 'coupons.create', []],
    [`stigg v1:coupons create --amounts-off '[{"amount": 4900`, 'coupons.create', ['amountsOff[].amount=4900']],
  ])('%s', (script, command, money) => {
    const found = read('a.sh', script);
    expect(found.commands).toEqual(command === undefined ? [] : [command]);
    expect(found.money).toEqual(money);
  });

  test('in a workflow', () => {
    expect(read('.github/workflows/a.yml', 'jobs:\n  a:\n    steps:\n      - run: stigg v1:coupons create --amounts-off.amount 4900\n').money).toEqual(['amountsOff[].amount=4900']);
  });
});
