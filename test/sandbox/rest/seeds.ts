import type { World } from './world.js';

const DAY = 86_400_000;

/** By list: what every environment has besides its customers, so that there is something to read, change and remove. */
const SEEDS: Readonly<Record<string, readonly Readonly<Record<string, unknown> & { id: string }>[]>> = {
  customers: [
    { id: 'customer-123', name: 'Acme Corp', email: 'billing@acme.example.com', metadata: {} },
    { id: 'customer-parent', name: 'Acme Holding', email: 'billing@holding.example.com', metadata: {} },
  ],
  'customers/customer-123/integrations': [{ id: 'integration-stripe', vendorIdentifier: 'STRIPE', syncedEntityId: 'cus_123' }],
  'customers/customer-123/promotional-entitlements': [{ id: 'feature-seats', featureId: 'feature-seats', usageLimit: 5, status: 'Active', period: '1 month' }],
  'customers/customer-123/resources': [{ id: 'site-1' }, { id: 'site-2' }],
  'customers/customer-123/contracts': [{ id: 'contract-123', contractId: 'contract-123', state: 'ACTIVE', subscriptions: [], nextInvoice: { amount: { amount: 49, currency: 'usd' } } }],
  'customers/customer-123/invoices': [{ id: 'invoice-123', state: 'PAID', currency: 'usd', subtotal: 49, tax: 9.31, discount: 0, total: 58.31, lineItems: [{ unitPrice: 9.8, quantity: 5, amount: 49 }] }],
  'customers/customer-123/entities': [{ id: 'workspace-001', entityTypeId: 'workspace', metadata: {} }],
  'customers/customer-123/assignments': [{ id: 'assignment-1', entityId: 'workspace-001', featureId: 'feature-api-calls', cadence: 'P1M', usageLimit: 1000 }],
  subscriptions: [{ id: 'subscription-123', customerId: 'customer-123', planId: 'plan-basic', resourceId: null, status: 'ACTIVE', pricingType: 'PAID', billingPeriod: 'MONTHLY', prices: [{ amount: 49, currency: 'usd' }] }],
  coupons: [{ id: 'coupon-launch', name: 'Launch discount', status: 'ACTIVE', type: 'PERCENTAGE', percentOff: 20, amountsOff: null, durationInMonths: 3, description: null, metadata: {} }],
  features: [
    { id: 'feature-seats', displayName: 'Seats', featureType: 'NUMBER', meterType: 'FLUCTUATING', status: 'ACTIVE' },
    { id: 'feature-api-calls', displayName: 'API calls', featureType: 'NUMBER', meterType: 'INCREMENTAL', status: 'ACTIVE' },
  ],
  products: [{ id: 'product-main', displayName: 'Main', status: 'PUBLISHED', multipleSubscriptions: false }],
  addons: [{ id: 'addon-extra-seats', displayName: 'Extra seats', productId: 'product-main', status: 'PUBLISHED', pricingType: 'PAID' }],
  'addons/addon-extra-seats/entitlements': [{ id: 'feature-seats', type: 'FEATURE', usageLimit: 5 }],
  'addons/addon-extra-seats/charges': [{ id: 'charge-addon', billingModel: 'PER_UNIT', price: { amount: 9.99, currency: 'usd' } }],
  plans: [{ id: 'plan-basic', displayName: 'Basic', productId: 'product-main', status: 'PUBLISHED', pricingType: 'PAID' }],
  'plans/plan-basic/entitlements': [{ id: 'feature-seats', type: 'FEATURE', usageLimit: 10 }],
  'plans/plan-basic/charges': [{ id: 'charge-plan', billingModel: 'FLAT_FEE', price: { amount: 49, currency: 'usd' } }],
  contracts: [{ id: 'contract-123', contractId: 'contract-123', name: 'Acme 2026', customerExternalId: 'customer-123', state: 'ACTIVE', subscriptions: [] }],
  'credits/custom-currencies': [{ id: 'credits-ai', displayName: 'AI credits', symbol: 'AI', status: 'ACTIVE' }],
  'credits/grants': [{ id: 'grant-123', customerId: 'customer-123', currencyId: 'credits-ai', displayName: 'Welcome', grantType: 'PROMOTIONAL', amount: 1000, consumedAmount: 0 }],
  'credits/ledger': [{ id: 'ledger-1', customerId: 'customer-123', currencyId: 'credits-ai', eventType: 'CREDITS_GRANTED', amount: 1000 }],
  'data-export/destinations': [
    { id: 'destination-warehouse', destinationType: 'snowflake', enabledModels: ['customers'] },
    { id: 'destination-old', destinationType: 'bigquery', enabledModels: [] },
  ],
  'data-export/models': [{ id: 'customers' }, { id: 'subscriptions' }],
  'entity-types': [{ id: 'workspace', displayName: 'Workspace', attributionKeys: ['workspaceId'] }],
};

export function seedCatalogue(world: World, now: Date): void {
  // Older than every seeded customer, so that lists begin with those.
  const createdAt = new Date(now.getTime() - 120 * DAY).toISOString();
  for (const [path, entities] of Object.entries(SEEDS)) {
    for (const entity of entities) world.add(path, { createdAt, updatedAt: createdAt, archivedAt: null, ...structuredClone(entity) });
  }
}
