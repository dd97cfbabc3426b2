import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import { fieldName, relatedTo } from '../money/field.js';
import { formatted, plainNumber, readByStripe, timesHundredExample } from '../money/format.js';
import type { MoneyInput } from '../money/inputs.js';
import { constantOf } from '../money/numbers.js';
import { otherUseOf } from '../money/otherUses.js';
import { MONEY_LEAVES, THREE_DECIMAL, ZERO_DECIMAL } from '../money/paths.js';
import { remedyOf, type Remedy } from '../money/remedy.js';
import { Units } from '../money/units.js';
import type { MinorUnits } from '../money/verdict.js';
import type { Code } from '../stigg/code.js';
import type { Rule } from './rule.js';

/** One of these stands wherever an amount is turned into cents. */
const CONVERSION = /100|1e2|\*\*|cent|minor|penn|penc|subunit|smallest|amount_|unit_?amount|flat_amount|stripe|payment_?intent|dinero|intvalue|fractional|getamount|movepoint|scalebypower|shift/i;

/** A money field of Stigg that is given cents. */
export const centsToStigg: Rule = {
  id: 'cents-to-stigg',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Cents given to Stigg'),
    what: l10n.t('A money field of a Stigg request gets an amount in minor units: a value times 100, one from Stripe, or one whose name says cents.'),
    why: l10n.t('Stigg takes full units of the currency: 49 is $49.00. Stripe takes cents. With cents, a price or a discount becomes a hundred times what was meant: $49.00 turns into $4,900.00.'),
    howToFix: l10n.t('Hand over the amount in full units: leave out the conversion, or divide by 100 what comes in cents.'),
  }),
  bad: [
    {
      path: 'src/coupon.ts',
      text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: 49 * 100, currency: 'usd' }], percentOff: null });\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: 49, currency: 'usd' }], percentOff: null });\n",
    },
    {
      path: 'src/coupon2.ts',
      text: () => "import Stigg from '@stigg/typescript';\nawait stigg.v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: Math.round(price * 100), currency: 'usd' }] });\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nawait stigg.v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: price, currency: 'usd' }] });\n",
    },
    {
      path: 'src/discount.ts',
      text: () => "import Stigg from '@stigg/typescript';\nawait stigg.v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: discount * 100, currency }] });\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nawait stigg.v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: discount, currency }] });\n",
    },
    {
      path: 'src/provision.ts',
      text: () => "import { Stigg } from '@stigg/node-server-sdk';\nconst amount = price.unit_amount ?? 0;\nawait stigg.provisionSubscription({ planId, priceOverrides: [{ price: { amount, currency } }] });\n",
      fixed: () => "import { Stigg } from '@stigg/node-server-sdk';\nconst amount = price.unit_amount ?? 0;\nawait stigg.provisionSubscription({ planId, priceOverrides: [{ price: { amount: amount / 100, currency } }] });\n",
    },
    {
      path: 'src/grant.js',
      text: () => "const stigg = require('@stigg/node-server-sdk').default.initialize({});\nexports.grant = (priceInCents) => stigg.grantCredits({ amount: 500, cost: { amount: priceInCents, currency: 'USD' } });\n",
      fixed: () => "const stigg = require('@stigg/node-server-sdk').default.initialize({});\nexports.grant = (priceInCents) => stigg.grantCredits({ amount: 500, cost: { amount: priceInCents / 100, currency: 'USD' } });\n",
    },
    {
      path: 'src/rest.ts',
      text: () => "const body = { minimumSpend: { amount: toCents(floor), currency: 'eur' } };\nawait fetch(`https://api.stigg.io/api/v1/subscriptions/${id}`, { method: 'PATCH', headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });\n",
      fixed: () => "const body = { minimumSpend: { amount: floor, currency: 'eur' } };\nawait fetch(`https://api.stigg.io/api/v1/subscriptions/${id}`, { method: 'PATCH', headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });\n",
    },
    {
      path: 'src/axios.ts',
      text: () => "const stiggApi = axios.create({ baseURL: 'https://api.stigg.io/api/v1' });\nawait stiggApi.post('/coupons', { amountsOff: tiers.map((tier) => ({ amount: 100 * tier.price, currency: 'usd' })) }, { headers: { 'Idempotency-Key': order } });\n",
      fixed: () => "const stiggApi = axios.create({ baseURL: 'https://api.stigg.io/api/v1' });\nawait stiggApi.post('/coupons', { amountsOff: tiers.map((tier) => ({ amount: tier.price, currency: 'usd' })) }, { headers: { 'Idempotency-Key': order } });\n",
    },
  ],
  good: [
    { path: 'src/coupon.ts', text: () => "await stigg.v1.coupons.create({ id: 'welcome', amountsOff: [{ amount: 49, currency: 'usd' }], percentOff: null });\n" },
    { path: 'src/credits.ts', text: () => "await stigg.v1.credits.grants.create({ amount: packs * 100, currencyId: 'credits', cost: { amount: 49, currency: 'usd' } });\n" },
    { path: 'src/stripe.ts', text: () => "// not Stigg's\nawait stripe.prices.create({ unit_amount: price * 100, currency: 'usd' });\nawait stripe.v1.coupons.create({ amountsOff: [{ amount: price * 100 }] });\n" },
    { path: 'src/percent.ts', text: () => "await stigg.provisionSubscription({ priceOverrides: [{ price: { amount: price * (1 - discountPercentage / 100), currency: 'usd' } }] });\n" },
    { path: 'src/rounded.ts', text: () => "await stigg.v1.coupons.create({ amountsOff: [{ amount: Math.round(price * 100) / 100, currency: 'usd' }] });\n" },
    { path: 'src/discountRate.ts', text: () => "await stigg.v1.coupons.create({ amountsOff: [{ amount: discountRate * 100, currency: 'usd' }, { amount: pctDiscount * 100, currency: 'usd' }] });\n" },
    { path: 'src/spend.ts', text: () => "await stigg.v1.subscriptions.update(id, { budget: { limit: discount * 100, hasSoftLimit: true } });\n" },
    { path: 'src/divided.ts', text: () => "const full = price.unit_amount / 100;\nawait stigg.v1.coupons.create({ amountsOff: [{ amount: full, currency: 'usd' }] });\n" },
    { path: 'src/seats.ts', text: () => "await stigg.v1.subscriptions.update(id, { minimumSpend: { amount: seats * 100, currency: 'usd' }, budget: { limit: 500, hasSoftLimit: true } });\n" },
    { path: 'src/usage.ts', text: () => "await stigg.v1.usage.report({ usages: [{ value: size * 100 }] });\nawait stigg.v1.customers.list({ limit: pages * 100 });\n" },
    { path: 'src/other.ts', text: () => "// after Stigg answered\nawait fetch('https://api.stripe.com/v1/prices', { method: 'POST', body: JSON.stringify({ amountsOff: [{ amount: price * 100 }] }) });\n" },
    { path: 'src/yen.ts', text: () => "await stigg.v1.coupons.create({ amountsOff: [{ amount: price.unit_amount, currency: 'jpy' }] });\n" },
  ],
  trigger: (text, { givesStigg }) => givesStigg && MONEY_LEAVES.test(text) && CONVERSION.test(text),
  *check(file) {
    const { stigg } = file;
    const { code } = stigg;
    const units = new Units(code);
    for (const input of stigg.moneyInputs) {
      const minorUnits = units.minorUnits(input.value, isAmount(input));
      if (minorUnits === undefined || isNeutral(input, minorUnits)) continue;
      const { start, end } = input.value;
      const { node } = minorUnits;
      const followed = node.end <= start || node.start >= end;
      const remedy = isInThousandths(input.currency) && minorUnits.cause === 'stripe' ? undefined : remedyOf(input, minorUnits, code);
      const other = remedy === undefined ? undefined : otherUseOf(input.value, stigg);
      yield {
        anchor: `money@${start}`,
        severity: 'warning',
        start,
        end,
        message: message(input, minorUnits, code),
        ...relatedTo(followed ? [{ start: node.start, end: node.end, message: l10n.t('The amount is in cents from here on: {0}', evidence(minorUnits)) }] : [], other),
        fixes: remedy === undefined || other !== undefined ? [] : [fix(remedy)],
      };
    }
  },
};

/** Whether nothing but an amount of money can stand there: a discount times 100 is no percentage then. */
function isAmount({ path, currency }: MoneyInput): boolean {
  return currency !== undefined || /(?:^|\.)amountsOff\[\]\.amount$/.test(path);
}

/** Currencies without minor units: Stripe's amounts are full units there. */
function isNeutral(field: MoneyInput, { cause }: MinorUnits): boolean {
  return cause !== 'multiplied' && field.currency !== undefined && ZERO_DECIMAL.has(field.currency);
}

function message({ path, value, currency }: MoneyInput, minorUnits: MinorUnits, code: Code): string {
  const field = fieldName(path);
  const amount = minorUnits.amount ?? constantOf(value, code);
  const isNeutralCurrency = currency !== undefined && ZERO_DECIMAL.has(currency);
  if (amount !== undefined) {
    return isNeutralCurrency
      ? l10n.t('Stigg reads {0} in {1} as {2}, and so would Stripe: {3} has no minor units. Leave out the conversion.', plainNumber(amount), field, formatted(amount, currency), currency)
      : l10n.t('Stigg reads {0} in {1} as {2}; Stripe would read it as {3}. Stigg takes full currency units: if {3} is meant, give it {4}.', plainNumber(amount), field, formatted(amount, currency), formatted(readByStripe(amount, currency), currency), plainNumber(readByStripe(amount, currency)));
  }
  const [right, wrong] = timesHundredExample(currency);
  switch (minorUnits.cause) {
    case 'multiplied':
      return isNeutralCurrency
        ? l10n.t('Stigg takes full currency units in {0}, and {1} has no others. With {2} Stigg gets a hundred times the amount: {3} becomes {4}. Leave out the conversion.', field, currency, evidence(minorUnits), right, wrong)
        : l10n.t('Stigg takes full currency units in {0}; only Stripe takes cents. With {1} Stigg gets a hundred times the amount: {2} becomes {3}. Hand over full units.', field, evidence(minorUnits), right, wrong);
    case 'helper':
      return l10n.t('Stigg takes full currency units in {0}; only Stripe takes cents, and {1} gives cents: {2} becomes {3}. Hand over full units.', field, evidence(minorUnits), right, wrong);
    case 'stripe':
      return isInThousandths(currency)
        ? l10n.t('Stigg takes full currency units in {0}, but {1} of Stripe is in thousandths of {2}. Divide it by 1000.', field, evidence(minorUnits), currency)
        : l10n.t('Stigg takes full currency units in {0}, but {1} of Stripe is in cents: {2} becomes {3}. Divide it by 100.', field, evidence(minorUnits), right, wrong);
    case 'name':
      return l10n.t('Stigg takes full currency units in {0}; only Stripe takes cents, and {1} is named as cents: {2} becomes {3}. Divide it by 100.', field, evidence(minorUnits), right, wrong);
  }
}

function isInThousandths(currency: string | undefined): currency is string {
  return currency !== undefined && THREE_DECIMAL.has(currency);
}

/** Unsafe, always: another amount is charged afterwards, which is the point of it and for a person to confirm. */
function fix(remedy: Remedy): Fix {
  return {
    title: remedy.kind === 'drop' ? l10n.t('Hand over full units: leave out the conversion') : l10n.t('Hand over full units: divide by 100'),
    safety: 'unsafe',
    edits: remedy.edits,
    preferred: true,
  };
}

/** A name may be any string between brackets; a message must not repeat one that holds a secret. */
function evidence({ evidence: text }: MinorUnits): string {
  return /^[\w$ *().=/]{1,60}$/.test(text) ? text : '…';
}
