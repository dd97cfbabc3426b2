/**
 * Which request fields of Stigg carry money, and in which calls. Everything else called `amount`, `limit` or `cost` is credits,
 * usage, a count or a page size, so that a field counts by its whole path only.
 *
 * Source: the REST SDK's parameter types (9 of its 122 calls carry money) and the GraphQL input types behind the Node SDK.
 */

import { PathTree } from '../ir/pathTree.js';

/** A path from the request's root; `[]` stands for any element. */
export interface MoneyPath {
  readonly path: string;
  /** The field is money only where a sibling has such a value. */
  readonly when?: { readonly sibling: string; readonly value: RegExp };
}

const plain = (...paths: readonly string[]): MoneyPath[] => paths.map((path) => ({ path }));
const under = (prefix: string, paths: readonly MoneyPath[]): MoneyPath[] => paths.map((entry) => ({ ...entry, path: `${prefix}.${entry.path}` }));

const COUPON = plain('appliedCoupon.discount.amountsOff[].amount');
const TIERS = plain('tiers[].flatPrice.amount', 'tiers[].unitPrice.amount');
const BUDGET = plain('budget.limit');
const PRICING = [
  ...plain('minimumSpend[].minimum.amount'),
  ...['pricingModels[].pricePeriods[]', 'overagePricingModels[].pricePeriods[]'].flatMap((prefix) => under(prefix, [...plain('price.amount'), ...TIERS])),
];
/** The Java SDK is older than the others and nests these as GraphQL does. */
const NESTED = plain('minimumSpend.minimum.amount', 'priceOverrides[].price.amount');
const REST_PROVISION = [...COUPON, ...plain('minimumSpend.amount', 'priceOverrides[].amount'), ...NESTED, ...under('priceOverrides[]', TIERS), ...BUDGET];
const TRIAL = under('defaultTrialConfig', BUDGET);

/** By the tail of the call in the TypeScript REST SDK: `client.v1.<key>`. */
export const REST_CALLS: ReadonlyMap<string, readonly MoneyPath[]> = new Map([
  ['subscriptions.update', [...COUPON, ...plain('minimumSpend.amount', 'priceOverrides[].amount'), ...NESTED, ...under('priceOverrides[]', TIERS), ...BUDGET]],
  ['subscriptions.preview', COUPON],
  ['subscriptions.provision', REST_PROVISION],
  ['coupons.create', plain('amountsOff[].amount')],
  ['credits.grants.create', plain('cost.amount')],
  ['addons.update', under('charges', PRICING)],
  ['plans.create', TRIAL],
  ['plans.update', [...under('charges', PRICING), ...TRIAL]],
  ['contracts.create', under('subscriptions[].newSubscription', REST_PROVISION)],
]);

const GRAPHQL_SUBSCRIPTION = [
  ...COUPON,
  ...under('priceOverrides[]', [...plain('price.amount'), ...TIERS]),
  ...plain('minimumSpend.minimum.amount'),
  ...BUDGET,
];
const AUTO_RECHARGE: readonly MoneyPath[] = [
  { path: 'maxSpendLimit' },
  { path: 'thresholdValue', when: { sibling: 'thresholdType', value: /dollar_?amount/i } },
];
const GRAPHQL_COUPON: readonly MoneyPath[] = [
  { path: 'amountsOff[].amount' },
  { path: 'discountValue', when: { sibling: 'type', value: /fixed/i } },
];

/** By method name, in the Node SDK (arguments) and the low-level client (arguments under `input`). */
export const GRAPHQL_CALLS: ReadonlyMap<string, readonly MoneyPath[]> = new Map([
  ...['provisionSubscription', 'applySubscription', 'updateSubscription', 'createSubscription', 'previewSubscription', 'estimateSubscription', 'estimateSubscriptionUpdate']
    .map((name) => [name, GRAPHQL_SUBSCRIPTION] as const),
  ['provisionCustomer', under('subscriptionParams', GRAPHQL_SUBSCRIPTION)],
  ['grantCredits', plain('cost.amount')],
  ['previewCreditGrant', plain('cost.amount')],
  ['saveAutomaticRechargeConfiguration', AUTO_RECHARGE],
  ['saveAutoRechargeSettings', AUTO_RECHARGE],
  ['createCoupon', GRAPHQL_COUPON],
  ['setPackagePricing', PRICING],
  ['updatePlan', [...plain('minimumSpend[].minimum.amount'), ...TRIAL]],
]);

/** Any GraphQL input, and any REST body: for requests whose operation cannot be told. */
const ANY_GRAPHQL = unique([...GRAPHQL_CALLS.values()].flat());
const ANY_REST = unique([...REST_CALLS.values()].flat());

function unique(paths: readonly MoneyPath[]): readonly MoneyPath[] {
  return [...new Map(paths.map((entry) => [entry.path, entry])).values()];
}

function treeOf(paths: readonly MoneyPath[], prefixes: readonly string[]): PathTree<MoneyPath> {
  const tree = new PathTree<MoneyPath>();
  for (const prefix of prefixes) for (const entry of paths) tree.add(prefix === '' ? entry.path : `${prefix}.${entry.path}`, entry);
  return tree;
}

const REST_TREES = new Map([...REST_CALLS].map(([name, paths]) => [name, treeOf(paths, [''])]));
/** The low-level clients and hand-written documents take the input below `input`. */
const GRAPHQL_TREES = new Map([...GRAPHQL_CALLS].map(([name, paths]) => [name, treeOf(paths, ['', 'input'])]));
const ANY_REST_TREE = treeOf(ANY_REST, ['']);
const DOCUMENT_TREE = treeOf(ANY_GRAPHQL, ['variables.input', 'variables', 'input', '']);
const NOTHING = new PathTree<MoneyPath>();

/** Where money is in what a call of that operation is given; nowhere for operations that carry none. */
export function moneyInputs(surface: 'rest' | 'graphql', operation: string): PathTree<MoneyPath> {
  return (surface === 'rest' ? REST_TREES : GRAPHQL_TREES).get(operation) ?? NOTHING;
}

/** Where money is in the body of a request; `operation` is undefined where it cannot be told. */
export function moneyInBody(surface: 'rest' | 'graphql', operation: string | undefined): PathTree<MoneyPath> {
  if (surface === 'graphql') return DOCUMENT_TREE;
  return operation === undefined ? ANY_REST_TREE : REST_TREES.get(operation) ?? NOTHING;
}

/** The last names of all money paths: what a text must contain to be worth a look. */
export const MONEY_LEAVES = /amount|limit|threshold_?value|discount_?value/i;

/** ISO codes with thousandths for minor units: what Stripe takes is 1000 times the amount. */
export const THREE_DECIMAL = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** ISO codes without minor units: there an amount is the same at Stripe and at Stigg. */
export const ZERO_DECIMAL = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
