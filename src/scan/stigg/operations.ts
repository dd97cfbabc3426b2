import { ENDPOINTS } from '../../endpoints.js';

/** What a name of an SDK's method or type stands for. */
export interface Operation {
  readonly surface: 'rest' | 'graphql';
  /** REST: as in `endpoints.ts`. GraphQL: the method's name, `provisionSubscription`. */
  readonly name: string;
}

const REST = new Set(ENDPOINTS.map(({ operation }) => operation));

/**
 * The methods of the GraphQL clients that the rules ask about: those that carry money, and those that answer subscriptions or customers. Others are
 * called so often in code that has nothing to do with Stigg that a name alone says nothing.
 *
 * Source: the Node SDK (0.63.1, 3.95.0, 4.55.0) and the low-level client (3.108.0).
 */
const GRAPHQL = new Set([
  'provisionSubscription', 'applySubscription', 'updateSubscription', 'createSubscription', 'previewSubscription', 'estimateSubscription', 'estimateSubscriptionUpdate',
  'provisionCustomer', 'importCustomer', 'grantCredits', 'previewCreditGrant', 'saveAutomaticRechargeConfiguration', 'saveAutoRechargeSettings', 'createCoupon', 'setPackagePricing', 'updatePlan',
  'getCustomer', 'getPaywall', 'getActiveSubscriptionsList', 'getSubscription', 'getCoupons', 'getPlan', 'getPlans', 'getAddons', 'getCreditEntitlement', 'getAutoRechargeSettings', 'getActiveSubscriptions',
  'getCustomerPortal', 'getCustomerPortalByRefId', 'getCustomerById', 'getCustomers', 'getPaywallV2', 'getSubscriptions', 'getProducts', 'estimateSubscriptionPreview', 'getEntitlements', 'getEntitlement',
  'reportUsage', 'reportEvent', 'cancelSubscription', 'migrateSubscriptionToLatest', 'transferSubscription', 'updateCustomer', 'importCustomersBulk',
]);

/** Go's SDK calls creating `New` and retrieving `Get`; Python cannot call a method `import`. */
const ALIASES: ReadonlyMap<string, string> = new Map([['new', 'create'], ['get', 'retrieve']]);

/** Go's SDK has every list a second time, as one that goes on to the next page by itself. */
const AUTO_PAGING = /^(list[A-Za-z]{0,60})AutoPaging$/;

/** The operation of a REST SDK's method by the names after its version: `coupons`, `create`. */
export function restOperation(names: readonly string[]): string | undefined {
  const last = names.at(-1);
  if (last === undefined) return undefined;
  for (const name of [last, ALIASES.get(last), AUTO_PAGING.exec(last)?.[1]]) {
    if (name === undefined) continue;
    const operation = [...names.slice(0, -1), name].join('.');
    if (REST.has(operation)) return operation;
  }
  return undefined;
}

/** True for a method of the GraphQL clients; canonical. */
export function isGraphqlOperation(name: string): boolean {
  return GRAPHQL.has(name);
}

/** The types that hold the parameters of a call that carries money, without the version that Go puts in front. */
const TYPES: ReadonlyMap<string, Operation> = new Map([
  ...types('rest', {
    CouponCreateParams: 'coupons.create', CouponNewParams: 'coupons.create', SubscriptionProvisionParams: 'subscriptions.provision', SubscriptionUpdateParams: 'subscriptions.update',
    SubscriptionPreviewParams: 'subscriptions.preview', GrantCreateParams: 'credits.grants.create', CreditGrantCreateParams: 'credits.grants.create', CreditGrantNewParams: 'credits.grants.create',
    AddonUpdateParams: 'addons.update', PlanUpdateParams: 'plans.update', PlanCreateParams: 'plans.create', PlanNewParams: 'plans.create', ContractCreateParams: 'contracts.create',
    ContractNewParams: 'contracts.create',
  }),
  ...types('graphql', {
    ProvisionSubscriptionInput: 'provisionSubscription', ProvisionSubscription: 'provisionSubscription', ApplySubscriptionInput: 'applySubscription', ApplySubscription: 'applySubscription',
    UpdateSubscriptionInput: 'updateSubscription', UpdateSubscription: 'updateSubscription', SubscriptionInput: 'createSubscription', ProvisionCustomerInput: 'provisionCustomer',
    ProvisionCustomer: 'provisionCustomer', ProvisionCustomerSubscriptionInput: 'provisionSubscription', EstimateSubscriptionInput: 'estimateSubscription', CreateCouponInput: 'createCoupon',
    PackagePricingInput: 'setPackagePricing', CreditGrantInput: 'grantCredits', GrantCreditsInput: 'grantCredits', PreviewCreditGrantInput: 'previewCreditGrant',
    SaveAutoRechargeSettingsInput: 'saveAutoRechargeSettings', PlanUpdateInput: 'updatePlan',
  }),
]);

function types(surface: Operation['surface'], names: Readonly<Record<string, string>>): (readonly [string, Operation])[] {
  return Object.entries(names).map(([type, name]) => [type, { surface, name }] as const);
}

/** The operation whose parameters the type holds: `stigg.V1CouponNewParams`, `CouponCreateParams`, `stigg.ProvisionSubscriptionInput`. */
export function operationOfType(type: string): Operation | undefined {
  const name = /(?<!\w)[A-Za-z_]\w{0,80}$/.exec(type.slice(-120))?.[0].replace(/^V1(?=[A-Z])/, '');
  return name === undefined ? undefined : TYPES.get(name);
}
