import { type Entries, fixed } from './entry.js';

export const customers: Entries = {
  'customers.retrieve': { summary: 'Fetch one customer by id' },
  'customers.update': {
    summary: 'Change customer fields (name, email, billing details, coupon)',
    body: { name: 'Acme Inc', email: 'billing@acme.example.com', metadata: { crmId: 'crm-42' } },
  },
  'customers.list': {
    summary: 'Page through customers',
    filters: { 'createdAt[gte]': '2026-01-01T00:00:00Z', 'createdAt[lt]': '2027-01-01T00:00:00Z', email: 'billing@customer-001.example.com' },
  },
  'customers.archive': { summary: 'Archive a customer, optionally cancelling its subscriptions' },
  'customers.checkEntitlement': { summary: 'Check one feature or credit entitlement', query: { featureId: 'feature-seats', requestedUsage: 1 } },
  'customers.import': {
    summary: 'Bulk-create customers (migration)',
    body: { customers: [{ id: 'customer-124', name: 'Globex Corp', email: 'billing@globex.example.com', billingId: 'cus_123' }], integrationId: 'integration-stripe' },
  },
  'customers.listContracts': { summary: "List a customer's contracts with next-invoice preview" },
  'customers.listInvoices': {
    summary: "Page through a customer's billing-provider invoices",
    filters: { issuedAfter: '2026-01-01T00:00:00Z', issuedBefore: '2027-01-01T00:00:00Z', orderBy: 'issueDate', orderDir: 'DESC' },
  },
  'customers.listResources': { summary: "Page through a customer's resources" },
  'customers.provision': {
    summary: 'Create a customer',
    body: { id: 'customer-125', name: 'Acme Corp', email: 'billing@acme.example.com', metadata: { crmId: 'crm-42' } },
  },
  'customers.retrieveEntitlements': { summary: 'Fetch all effective entitlements', filters: { resourceId: 'site-1' } },
  'customers.unarchive': { summary: 'Restore an archived customer' },
  'customers.paymentMethod.attach': {
    summary: 'Attach a payment method',
    body: { integrationId: 'integration-stripe', vendorIdentifier: 'STRIPE', paymentMethodId: 'pm_123' },
  },
  'customers.paymentMethod.detach': { summary: 'Remove the payment method' },
  'customers.promotionalEntitlements.create': {
    summary: 'Grant promotional entitlements',
    body: {
      promotionalEntitlements: [
        {
          featureId: 'feature-seats',
          usageLimit: 10,
          period: '1 month',
          customEndDate: null,
          resetPeriod: 'MONTH',
          monthlyResetPeriodConfiguration: { accordingTo: fixed('SubscriptionStart') },
          weeklyResetPeriodConfiguration: null,
          yearlyResetPeriodConfiguration: null,
          hasUnlimitedUsage: false,
          hasSoftLimit: false,
          isVisible: true,
          enumValues: null,
        },
      ],
    },
  },
  'customers.promotionalEntitlements.list': { summary: 'Page through promotional entitlements', filters: { status: 'Active', 'createdAt[gte]': '2026-01-01T00:00:00Z' } },
  'customers.promotionalEntitlements.revoke': { summary: 'Revoke a promotional entitlement by feature' },
  'customers.integrations.retrieve': { summary: 'Fetch one integration link of a customer' },
  'customers.integrations.update': { summary: 'Re-point a customer integration link', body: { syncedEntityId: 'cus_456' } },
  'customers.integrations.list': { summary: 'Page through integration links', filters: { vendorIdentifier: 'STRIPE' } },
  'customers.integrations.link': { summary: 'Link a customer to an external system', body: { id: 'integration-hubspot', vendorIdentifier: 'HUBSPOT', syncedEntityId: 'company-42' } },
  'customers.integrations.unlink': { summary: 'Remove an integration link' },
};
