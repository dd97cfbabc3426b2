import { FRESH } from '../request.js';
import type { Entries } from './entry.js';

// `amount` here counts credits; `cost.amount` beside it is money.
export const credits: Entries = {
  'credits.getAutoRecharge': { summary: 'Fetch auto-recharge settings', query: { customerId: 'customer-123', currencyId: 'credits-ai' } },
  'credits.getUsage': {
    summary: 'Credit-usage time series',
    query: { customerId: 'customer-123' },
    filters: { currencyId: 'credits-ai', startDate: '2026-01-01T00:00:00Z', endDate: '2026-02-01T00:00:00Z' },
  },
  'credits.listLedger': { summary: 'Page through credit ledger events', query: { customerId: 'customer-123' }, filters: { currencyId: 'credits-ai', eventType: 'CREDITS_GRANTED' } },
  'credits.grants.create': {
    summary: 'Grant credits (paid or promotional)',
    body: {
      customerId: 'customer-123',
      currencyId: 'credits-ai',
      displayName: 'Top-up',
      grantType: 'PAID',
      amount: 1000,
      cost: { amount: 49, currency: 'usd' },
      paymentCollectionMethod: 'CHARGE',
      expireAt: '2027-12-31T23:59:59Z',
    },
  },
  'credits.grants.list': { summary: 'Page through credit grants', query: { customerId: 'customer-123' }, filters: { currencyId: 'credits-ai', 'createdAt[gte]': '2026-01-01T00:00:00Z' } },
  'credits.grants.void': { summary: 'Void the remainder of a grant', path: { id: 'grant-123' } },
  'credits.customCurrencies.create': {
    summary: 'Create a credit (custom) currency',
    body: { id: 'credits-images', displayName: 'Image credits', symbol: 'IMG', units: { singular: 'credit', plural: 'credits' } },
  },
  'credits.customCurrencies.update': { summary: 'Edit a credit currency', body: { displayName: 'AI credits', description: 'Spent by the assistant' } },
  'credits.customCurrencies.list': { summary: 'Page through credit currencies', filters: { status: ['ACTIVE'] } },
  'credits.customCurrencies.archive': { summary: 'Archive a credit currency' },
  'credits.customCurrencies.listAssociatedEntities': { summary: 'Show packages that use a credit currency' },
  'credits.customCurrencies.unarchive': { summary: 'Restore a credit currency' },
  'credits.consumption.consume': { summary: 'Deduct credits synchronously', body: { customerId: 'customer-123', currencyId: 'credits-ai', amount: 5, idempotencyKey: FRESH } },
  'credits.consumption.consumeAsync': {
    summary: 'Deduct credits asynchronously in bulk',
    body: { consumptions: [{ customerId: 'customer-123', currencyId: 'credits-ai', amount: 5, idempotencyKey: FRESH }] },
  },
};
