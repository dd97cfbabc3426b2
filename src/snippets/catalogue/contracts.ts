import type { Entries } from './entry.js';

export const contracts: Entries = {
  'contracts.create': {
    summary: 'Create a contract and its subscriptions atomically',
    body: {
      customerId: 'customer-123',
      name: 'Acme 2027',
      poNumber: 'PO-42',
      activationStartDate: '2027-01-01T00:00:00Z',
      activationEndDate: '2027-12-31T23:59:59Z',
      subscriptions: [{ newSubscription: { customerId: 'customer-123', planId: 'plan-basic', billingPeriod: 'ANNUALLY', minimumSpend: { amount: 490, currency: 'usd' } } }],
    },
  },
  'contracts.retrieve': { summary: 'Fetch one contract' },
  'contracts.update': { summary: 'Edit contract metadata / linked subscriptions', body: { name: 'Acme 2027', poNumber: 'PO-43' } },
  'contracts.list': { summary: 'Page through contracts', filters: { state: 'ACTIVE', customerExternalId: 'customer-123' } },
  'contracts.delete': { summary: 'Cancel a contract and its subscriptions (archive route)' },
};
