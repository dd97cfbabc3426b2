import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import { centShaped, type CentShaped } from '../money/centShaped.js';
import { fieldName, relatedTo } from '../money/field.js';
import { formatted, plainNumber } from '../money/format.js';
import type { MoneyInput } from '../money/inputs.js';
import { MONEY_LEAVES } from '../money/paths.js';
import { otherUseOf } from '../money/otherUses.js';
import { dividedBy100 } from '../money/remedy.js';
import { wholeLiteral } from '../money/wholeLiteral.js';
import type { Code } from '../stigg/code.js';
import type { Rule } from './rule.js';

/** A number in a money field that looks like cents. */
export const centShapedAmount: Rule = {
  id: 'cent-shaped-amount',
  severity: 'info',
  describe: () => ({
    title: l10n.t('Amount that looks like cents'),
    what: l10n.t('A money field of a Stigg request holds a number such as 4900 or 1999, which is how prices look in cents.'),
    why: l10n.t('Stigg takes full units of the currency: 4900 is $4,900.00. Stripe takes cents, where it is $49.00.'),
    howToFix: l10n.t('Write the amount in full units: 49 or 19.99. If the amount is right as it is, silence this for the line, or set the limits under "money" in .stigg-keys.json.'),
  }),
  bad: [
    {
      path: 'src/coupon.ts',
      text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: 4900, currency: 'usd' }], percentOff: null });\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: 49, currency: 'usd' }], percentOff: null });\n",
    },
    {
      path: 'billing/provision.py',
      text: () => 'from stigg import Stigg\n\nclient = Stigg()\nclient.v1.subscriptions.provision(customer_id=c, plan_id=p, price_overrides=[{"amount": 1999, "currency": "eur"}])\n',
      fixed: () => 'from stigg import Stigg\n\nclient = Stigg()\nclient.v1.subscriptions.provision(customer_id=c, plan_id=p, price_overrides=[{"amount": 19.99, "currency": "eur"}])\n',
    },
    {
      path: 'src/Coupons.java',
      text: () => 'import io.stigg.models.v1.coupons.CouponCreateParams;\n\nclass Coupons {\n  CouponCreateParams off() {\n    return CouponCreateParams.builder().addAmountsOff(CouponCreateParams.AmountsOff.builder().amount(4900.0).build()).build();\n  }\n}\n',
      fixed: () => 'import io.stigg.models.v1.coupons.CouponCreateParams;\n\nclass Coupons {\n  CouponCreateParams off() {\n    return CouponCreateParams.builder().addAmountsOff(CouponCreateParams.AmountsOff.builder().amount(49.0).build()).build();\n  }\n}\n',
    },
    {
      path: 'src/constant.ts',
      text: () => "const PRO = 9900;\nawait stigg.provisionSubscription({ planId, priceOverrides: [{ price: { amount: PRO, currency: 'USD' } }] });\n",
      fixed: () => "const PRO = 9900;\nawait stigg.provisionSubscription({ planId, priceOverrides: [{ price: { amount: PRO / 100, currency: 'USD' } }] });\n",
    },
    {
      path: 'catalog/seasonal.json',
      text: () => '{\n  "id": "seasonal",\n  "percentOff": null,\n  "durationInMonths": 3,\n  "amountsOff": [{ "amount": 14900, "currency": "usd" }]\n}\n',
      fixed: () => '{\n  "id": "seasonal",\n  "percentOff": null,\n  "durationInMonths": 3,\n  "amountsOff": [{ "amount": 149, "currency": "usd" }]\n}\n',
    },
    {
      path: 'documents/coupon.graphql',
      text: () => 'mutation Partner {\n  createCoupon(input: { refId: "partner", type: FIXED, amountsOff: [{ amount: 4900, currency: USD }] }) {\n    id\n  }\n}\n',
      fixed: () => 'mutation Partner {\n  createCoupon(input: { refId: "partner", type: FIXED, amountsOff: [{ amount: 49, currency: USD }] }) {\n    id\n  }\n}\n',
    },
  ],
  good: [
    { path: 'coupons/own.json', text: () => '{ "id": "launch", "amountsOff": [{ "amount": 4900, "currency": "usd" }], "percentOff": null }\n' },
    { path: 'src/coupon.ts', text: () => "await stigg.v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: 49, currency: 'usd' }], percentOff: null });\n" },
    { path: 'src/round.ts', text: () => "await stigg.v1.subscriptions.update(id, { minimumSpend: { amount: 5000, currency: 'usd' }, priceOverrides: [{ amount: 49900, currency: 'usd' }] });\n" },
    { path: 'src/yen.ts', text: () => "await stigg.v1.coupons.create({ amountsOff: [{ amount: 4900, currency: 'jpy' }, { amount: 1999, currency: 'inr' }] });\n" },
    { path: 'src/limit.ts', text: () => 'await stigg.v1.subscriptions.update(id, { budget: { limit: 4900, hasSoftLimit: true } });\n' },
    { path: 'src/credits.ts', text: () => "await stigg.v1.credits.grants.create({ amount: 4900, currencyId: 'credits', cost: { amount: 49, currency: 'usd' } });\n" },
    { path: 'src/year.ts', text: () => "await stigg.v1.plans.update(id, { charges: { pricingModels: [{ pricePeriods: [{ billingPeriod: 'ANNUALLY', price: { amount: 4900, currency: 'usd' } }] }] } });\n" },
    { path: 'src/stripe.ts', text: () => "// not Stigg's\nawait stripe.prices.create({ unit_amount: 4900, currency: 'usd' });\nexport const price = { amount: 4900, currency: 'usd' };\n" },
  ],
  trigger: (text, { givesStigg }) => givesStigg && MONEY_LEAVES.test(text) && /9(?:9|00|_00|_99)|9_9/.test(text),
  *check(file) {
    const { stigg, context } = file;
    const { code } = stigg;
    const shape = context.centShape(file.path);
    for (const input of stigg.moneyInputs) {
      const found = centShaped(input, shape, code);
      if (found === undefined) continue;
      const { start, end } = input.value;
      const { literal } = found;
      const other = otherUseOf(input.value, stigg);
      const isElsewhere = literal.start < start || literal.end > end;
      yield {
        anchor: `money@${start}`,
        severity: 'info',
        start,
        end,
        message: message(input, found),
        ...relatedTo(isElsewhere ? [{ start: literal.start, end: literal.end, message: l10n.t('The amount is written here') }] : [], other),
        fixes: other === undefined ? fixes(input, found, isElsewhere, code) : [],
      };
    }
  },
};

function message({ path, currency }: MoneyInput, { amount }: CentShaped): string {
  return l10n.t('Stigg reads {0} in {1} as {2}; Stripe would read it as {3}. Stigg takes full currency units: if {3} is meant, give it {4}.', plainNumber(amount), fieldName(path), formatted(amount, currency), formatted(amount / 100, currency), plainNumber(amount / 100));
}

/** Unsafe, always: another amount is charged afterwards, which is the point of it and for a person to confirm. */
function fixes(input: MoneyInput, { amount, literal }: CentShaped, isElsewhere: boolean, code: Code): Fix[] {
  // Others may use a constant in cents.
  const edits = isElsewhere ? dividedBy100(input, code) : wholeLiteral(literal, input, code);
  return edits === undefined ? [] : [{ title: l10n.t('Hand over full units: {0}', formatted(amount / 100, undefined)), safety: 'unsafe', edits, preferred: true }];
}
