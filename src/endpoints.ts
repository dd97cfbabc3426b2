/**
 * The endpoints of Stigg's REST API, with the operation that the SDKs call them by (`client.v1.<operation>`, in the TypeScript spelling).
 *
 * Source: the REST SDK for TypeScript (0.1.0-beta.51), all of its 122 calls.
 */
const TABLE = `
GET v1/customers/{id} customers.retrieve
PATCH v1/customers/{id} customers.update
GET v1/customers customers.list
POST v1/customers/{id}/archive customers.archive
GET v1/customers/{id}/entitlements/check customers.checkEntitlement
POST v1/customers/import customers.import
GET v1/customers/{id}/contracts customers.listContracts
GET v1/customers/{id}/invoices customers.listInvoices
GET v1/customers/{id}/resources customers.listResources
POST v1/customers customers.provision
GET v1/customers/{id}/entitlements customers.retrieveEntitlements
POST v1/customers/{id}/unarchive customers.unarchive
POST v1/customers/{id}/payment-method customers.paymentMethod.attach
DELETE v1/customers/{id}/payment-method customers.paymentMethod.detach
POST v1/customers/{id}/promotional-entitlements customers.promotionalEntitlements.create
GET v1/customers/{id}/promotional-entitlements customers.promotionalEntitlements.list
DELETE v1/customers/{id}/promotional-entitlements/{featureId} customers.promotionalEntitlements.revoke
GET v1/customers/{id}/integrations/{integrationId} customers.integrations.retrieve
PATCH v1/customers/{id}/integrations/{integrationId} customers.integrations.update
GET v1/customers/{id}/integrations customers.integrations.list
POST v1/customers/{id}/integrations customers.integrations.link
DELETE v1/customers/{id}/integrations/{integrationId} customers.integrations.unlink
GET v1/subscriptions/{id} subscriptions.retrieve
PATCH v1/subscriptions/{id} subscriptions.update
GET v1/subscriptions subscriptions.list
POST v1/subscriptions/{id}/cancel subscriptions.cancel
POST v1/subscriptions/{id}/delegate subscriptions.delegate
POST v1/subscriptions/import subscriptions.import
POST v1/subscriptions/{id}/migrate subscriptions.migrate
POST v1/subscriptions/preview subscriptions.preview
POST v1/subscriptions subscriptions.provision
POST v1/subscriptions/{id}/transfer subscriptions.transfer
DELETE v1/subscriptions/{id}/future-update/pending-payment subscriptions.futureUpdate.cancelPendingPayment
DELETE v1/subscriptions/{id}/future-update/schedule subscriptions.futureUpdate.cancelSchedule
POST v1/subscriptions/{id}/usage/charge subscriptions.usage.chargeUsage
POST v1/subscriptions/{id}/usage/sync subscriptions.usage.sync
POST v1/subscriptions/{id}/invoice/paid subscriptions.invoice.markAsPaid
POST v1/coupons coupons.create
GET v1/coupons/{id} coupons.retrieve
GET v1/coupons coupons.list
POST v1/coupons/{id}/archive coupons.archiveCoupon
PATCH v1/coupons/{id} coupons.updateCoupon
POST v1/events/estimate events.estimate
POST v1/events events.report
GET v1/data-export/models events.dataExport.listModels
POST v1/data-export/scoped-token events.dataExport.mintScopedToken
POST v1/data-export/sync events.dataExport.triggerSync
POST v1/data-export/destinations events.dataExport.destinations.create
DELETE v1/data-export/destinations/{destinationId} events.dataExport.destinations.delete
PATCH v1/data-export/destinations/{destinationId} events.dataExport.destinations.updateSelection
GET v1-beta/customers/{id}/governance events.beta.customers.retrieveGovernance
GET v1/credits/auto-recharge credits.getAutoRecharge
GET v1/credits/usage credits.getUsage
GET v1/credits/ledger credits.listLedger
POST v1/credits/grants credits.grants.create
GET v1/credits/grants credits.grants.list
POST v1/credits/grants/{id}/void credits.grants.void
POST v1/credits/custom-currencies credits.customCurrencies.create
PATCH v1/credits/custom-currencies/{currencyId} credits.customCurrencies.update
GET v1/credits/custom-currencies credits.customCurrencies.list
POST v1/credits/custom-currencies/{currencyId}/archive credits.customCurrencies.archive
GET v1/credits/custom-currencies/{currencyId}/associated-entities credits.customCurrencies.listAssociatedEntities
POST v1/credits/custom-currencies/{currencyId}/unarchive credits.customCurrencies.unarchive
POST v1/credits/consumption credits.consumption.consume
POST v1/credits/consumption/async credits.consumption.consumeAsync
POST v1/features/{id}/archive features.archiveFeature
POST v1/features features.createFeature
GET v1/features features.listFeatures
GET v1/features/{id} features.retrieveFeature
POST v1/features/{id}/unarchive features.unarchiveFeature
PATCH v1/features/{id} features.updateFeature
POST v1/addons addons.create
GET v1/addons/{id} addons.retrieve
PATCH v1/addons/{id} addons.update
GET v1/addons addons.list
POST v1/addons/{id}/archive addons.archive
POST v1/addons/{id}/draft addons.createDraft
GET v1/addons/{id}/charges addons.listCharges
POST v1/addons/{id}/publish addons.publish
DELETE v1/addons/{id}/draft addons.removeDraft
POST v1/addons/{addonId}/entitlements addons.entitlements.create
PATCH v1/addons/{addonId}/entitlements/{id} addons.entitlements.update
GET v1/addons/{addonId}/entitlements addons.entitlements.list
DELETE v1/addons/{addonId}/entitlements/{id} addons.entitlements.delete
POST v1/plans plans.create
GET v1/plans/{id} plans.retrieve
PATCH v1/plans/{id} plans.update
GET v1/plans plans.list
POST v1/plans/{id}/archive plans.archive
POST v1/plans/{id}/draft plans.createDraft
GET v1/plans/{id}/charges plans.listCharges
GET v1/plans/{id}/overage-charges plans.listOverageCharges
POST v1/plans/{id}/publish plans.publish
DELETE v1/plans/{id}/draft plans.removeDraft
POST v1/plans/{planId}/entitlements plans.entitlements.create
PATCH v1/plans/{planId}/entitlements/{id} plans.entitlements.update
GET v1/plans/{planId}/entitlements plans.entitlements.list
DELETE v1/plans/{planId}/entitlements/{id} plans.entitlements.delete
POST v1/usage/estimate usage.estimate
GET v1/usage/{customerId}/history/{featureId} usage.history
POST v1/usage usage.report
POST v1/products/{id}/archive products.archiveProduct
POST v1/products products.createProduct
POST v1/products/{id}/duplicate products.duplicateProduct
GET v1/products products.listProducts
POST v1/products/{id}/unarchive products.unarchiveProduct
PATCH v1/products/{id} products.updateProduct
POST v1/contracts contracts.create
GET v1/contracts/{id} contracts.retrieve
PATCH v1/contracts/{id} contracts.update
GET v1/contracts contracts.list
POST v1/contracts/{id}/archive contracts.delete
GET v1-beta/customers/{id}/entitlements/check beta.customers.entitlements.check
GET v1-beta/customers/{id}/entities/{entityId} beta.customers.entities.retrieve
GET v1-beta/customers/{id}/entities beta.customers.entities.list
POST v1-beta/customers/{id}/entities/archive beta.customers.entities.archive
POST v1-beta/customers/{id}/entities/unarchive beta.customers.entities.unarchive
PUT v1-beta/customers/{id}/entities beta.customers.entities.upsert
GET v1-beta/customers/{id}/assignments beta.customers.assignments.list
PUT v1-beta/customers/{id}/assignments beta.customers.assignments.upsert
GET v1-beta/entity-types beta.entityTypes.list
PUT v1-beta/entity-types beta.entityTypes.upsert
`;

/** One endpoint. */
export interface Endpoint {
  readonly method: string;
  /** From the version on, with names in braces: `v1/customers/{id}`. */
  readonly path: string;
  /** `subscriptions.provision`; that of the beta version begins with `beta.` */
  readonly operation: string;
}

export const ENDPOINTS: readonly Endpoint[] = TABLE.trim().split('\n').map((line) => {
  const [method = '', path = '', operation = ''] = line.split(' ');
  return { method, path, operation };
});

/** Operations that make something new each time they are sent, or count it: a repetition without an Idempotency-Key does it twice. */
export const CREATING: ReadonlySet<string> = new Set([
  'customers.provision', 'customers.import', 'customers.promotionalEntitlements.create', 'subscriptions.provision', 'subscriptions.import', 'subscriptions.usage.chargeUsage',
  'coupons.create', 'credits.grants.create', 'credits.customCurrencies.create', 'features.createFeature', 'addons.create', 'addons.entitlements.create', 'plans.create',
  'plans.entitlements.create', 'products.createProduct', 'products.duplicateProduct', 'contracts.create', 'usage.report', 'events.dataExport.destinations.create',
]);

/** Calls that are no GET and yet leave everything as it is. */
export const CHANGES_NOTHING: ReadonlySet<string> = new Set(['subscriptions.preview', 'usage.estimate', 'events.estimate']);

/** Where a body has idempotency keys of its own; required for all but `usage.report`. */
export const BODY_IDEMPOTENCY: ReadonlyMap<string, string> = new Map([
  ['events.report', 'events[].idempotencyKey'],
  ['credits.consumption.consume', 'idempotencyKey'],
  ['credits.consumption.consumeAsync', 'consumptions[].idempotencyKey'],
  ['usage.report', 'usages[].idempotencyKey'],
]);

/** The most that a page of a list may hold, and what it holds when nobody says. */
export const PAGE_LIMIT = { most: 100, usual: 20 } as const;

/** Lists that take a `limit` in their query; those of entitlements take none. Source: the REST SDK for TypeScript (0.1.0-beta.51), query parameters of all calls. */
export const PAGED: ReadonlySet<string> = new Set([
  'customers.list', 'customers.listInvoices', 'customers.listResources', 'customers.promotionalEntitlements.list', 'customers.integrations.list', 'subscriptions.list', 'coupons.list',
  'credits.getUsage', 'credits.listLedger', 'credits.grants.list', 'credits.customCurrencies.list', 'features.listFeatures', 'addons.list', 'addons.listCharges', 'plans.list',
  'plans.listCharges', 'plans.listOverageCharges', 'products.listProducts', 'contracts.list', 'events.beta.customers.retrieveGovernance', 'beta.customers.entities.list',
  'beta.customers.assignments.list', 'beta.entityTypes.list',
]);
