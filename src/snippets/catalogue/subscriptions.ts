import { type Entries, fixed } from './entry.js';

export const subscriptions: Entries = {
  'subscriptions.retrieve': { summary: 'Fetch one subscription with its entitlement overrides' },
  'subscriptions.update': {
    summary: 'Modify an active subscription',
    body: {
      billingPeriod: 'MONTHLY',
      addons: [{ id: 'addon-extra-seats', quantity: 2 }],
      priceOverrides: [{ featureId: 'feature-seats', amount: 9.99, currency: 'usd' }],
      minimumSpend: { amount: 49, currency: 'usd' },
      budget: { limit: 500, hasSoftLimit: false },
    },
  },
  'subscriptions.list': {
    summary: 'Page through subscriptions',
    filters: { status: 'ACTIVE,IN_TRIAL', pricingType: 'PAID', customerId: 'customer-123', 'createdAt[gte]': '2026-01-01T00:00:00Z' },
  },
  'subscriptions.cancel': { summary: 'Cancel a subscription now or later', body: { cancellationTime: 'END_OF_BILLING_PERIOD', prorate: false } },
  'subscriptions.delegate': { summary: 'Hand payment responsibility to another customer', body: { targetCustomerId: 'customer-parent' } },
  'subscriptions.import': {
    summary: 'Bulk-create subscriptions (migration)',
    body: {
      subscriptions: [{ id: 'subscription-124', customerId: 'customer-123', planId: 'plan-basic', startDate: '2026-01-01T00:00:00Z', billingId: 'sub_123' }],
      integrationId: 'integration-stripe',
    },
  },
  'subscriptions.migrate': { summary: 'Move a subscription to the newest package version', body: { subscriptionMigrationTime: 'END_OF_BILLING_PERIOD' } },
  'subscriptions.preview': {
    summary: 'Price a hypothetical create/update, no side effects',
    body: {
      customerId: 'customer-123',
      planId: 'plan-basic',
      billingPeriod: 'MONTHLY',
      addons: [{ id: 'addon-extra-seats', quantity: 2 }],
      appliedCoupon: { discount: { name: 'Launch discount', amountsOff: [{ amount: 9.99, currency: 'usd' }] } },
    },
  },
  'subscriptions.provision': {
    summary: 'Create a subscription (may return a checkout URL)',
    body: {
      customerId: 'customer-123',
      planId: 'plan-basic',
      billingPeriod: 'MONTHLY',
      addons: [{ id: 'addon-extra-seats', quantity: 2 }],
      charges: [{ type: fixed('FEATURE'), id: 'feature-seats', quantity: 5 }],
      priceOverrides: [{ featureId: 'feature-seats', amount: 9.99, currency: 'usd' }],
      minimumSpend: { amount: 49, currency: 'usd' },
      metadata: { orderId: 'order-42' },
    },
  },
  'subscriptions.transfer': { summary: 'Move a subscription to another resource', body: { destinationResourceId: 'site-2' } },
  'subscriptions.futureUpdate.cancelPendingPayment': { summary: 'Drop an update that awaits payment' },
  'subscriptions.futureUpdate.cancelSchedule': { summary: 'Drop a scheduled update' },
  'subscriptions.usage.chargeUsage': { summary: 'Bill accrued usage right away', body: { untilDate: '2026-12-31T23:59:59Z' } },
  'subscriptions.usage.sync': { summary: 'Push current usage to the billing provider' },
  'subscriptions.invoice.markAsPaid': { summary: 'Flag the latest open invoice as paid' },
};
