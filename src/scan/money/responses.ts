/**
 * Which fields of Stigg's answers carry money, in full units of the currency. As with requests a field counts by its whole path: credits, usage,
 * counts and ratios go by the same names.
 *
 * Source: the REST SDK's response types (0.1.0-beta.51, all 122 calls) and the GraphQL types behind the other clients (6.21.0). Left out on purpose:
 * the amounts of paywalls, of which the generated descriptions say cents while Stigg's own widgets show them as full units.
 */

import { namesOf } from '../stigg/answerPath.js';
import type { Answer } from '../stigg/answers.js';

const INVOICE = ['discount', 'discountDetails.fixedAmount', 'discounts.amount', 'lines.subTotal', 'lines.unitPrice', 'subTotal', 'tax', 'total'];
const COUPON = ['amountsOff.amount'];
const CHARGE = ['price.amount', 'tiers.flatPrice.amount', 'tiers.unitPrice.amount'];
const CONTRACT = ['latestInvoice.amountDue', 'latestInvoice.total', 'nextInvoice.amount.amount'];
const GRANT = ['cost.amount', 'latestInvoice.subTotal', 'latestInvoice.tax', 'latestInvoice.total'];
const PLAN = ['defaultTrialConfig.budget.limit'];
const SUBSCRIPTION = [
  'budget.limit', 'coupons.amountsOff.amount', 'latestInvoice.amountDue', 'latestInvoice.total', 'minimumSpend.amount', 'prices.amount', 'prices.tiers.flatPrice.amount', 'prices.tiers.unitPrice.amount',
];

const all = (resource: string, actions: string, paths: readonly string[]): [string, readonly string[]][] => actions.split(' ').map((action) => [`${resource}.${action}`, paths]);

/** Paths below the answer's data, without `[]`, by operation. */
export const REST_ANSWERS: ReadonlyMap<string, readonly string[]> = new Map([
  ...all('coupons', 'archiveCoupon create list retrieve updateCoupon', COUPON),
  ...all('subscriptions', 'cancel delegate list migrate provision retrieve transfer update', SUBSCRIPTION),
  ...all('subscriptions', 'preview', ['immediateInvoice', 'recurringInvoice'].flatMap((invoice) => INVOICE.map((path) => `${invoice}.${path}`))),
  ...all('credits.grants', 'create list void', GRANT),
  ...all('credits', 'getAutoRecharge', ['maxSpendLimit']),
  ...all('plans', 'archive create createDraft list retrieve update', PLAN),
  ...all('plans', 'listCharges listOverageCharges', CHARGE),
  ...all('addons', 'listCharges', CHARGE),
  ...all('contracts', 'create delete list retrieve update', CONTRACT),
  ...all('customers', 'listContracts', CONTRACT),
  ...all('customers', 'listInvoices', ['discount', 'lineItems.amount', 'lineItems.unitPrice', 'subtotal', 'tax', 'total']),
]);

/** GraphQL's fields of the type Money: their `amount` is money wherever they stand. Longer tails where the last name alone has other meanings. */
export const GRAPHQL_MONEY: readonly string[] = [
  'amountsOff', 'price', 'unitPrice', 'flatPrice', 'minimum', 'subTotal', 'addonsTotal', 'total', 'cost', 'discount', 'discountAmount', 'tax', 'totalExcludingTax', 'subTotalExcludingTax', 'minimumSpendAdjustment',
  'proration.credit', 'proration.debit', 'proration.netAmount', 'credits.initial', 'credits.used', 'credits.remaining', 'amountDue', 'nextInvoice.amount', 'lines.amount', 'maximumSpend',
];
/** GraphQL's bare numbers that are money. */
export const GRAPHQL_NUMBERS: readonly string[] = [
  ...['amountDue', 'appliedBalance', 'startingBalance', 'endingBalance', 'subTotal', 'subTotalExcludingTax', 'tax', 'total', 'totalExcludingTax'].map((name) => `latestInvoice.${name}`),
  'currentMonthlySpend', 'maxSpendLimit', 'usageBasedEstimatedBill', 'budget.limit',
];

const REST = new Map([...REST_ANSWERS].map(([operation, paths]) => [operation, new Set(paths)]));
const TAILS = [...GRAPHQL_MONEY.map((name) => `.${name}.amount`), ...GRAPHQL_NUMBERS.map((name) => `.${name}`)];
const UNRESOLVED = /paywall|credit_?entitlement/i;

/** The last names of all those paths: what a text must contain to be worth a look. */
export const ANSWER_MONEY = /(?:amount|limit|discount|sub_?total|unit_?price|tax|total|spend|amount_?due|balance|estimated_?bill)/i;

/** The money that the value is, by its name in Stigg's spelling (`immediateInvoice.total`); undefined where it is something else. */
export function moneyIn({ surface, operation, path }: Answer): string | undefined {
  const names = namesOf(path);
  const text = names.join('.');
  if (surface === 'rest') return operation !== undefined && REST.get(operation)?.has(text) === true ? text : undefined;
  if (UNRESOLVED.test(operation ?? '') || UNRESOLVED.test(text)) return undefined;
  return TAILS.some((tail) => `.${text}`.endsWith(tail)) ? names.slice(-3).join('.') : undefined;
}
