import type { Entries } from './entry.js';

export const coupons: Entries = {
  // Both ways of a discount are required keys; exactly one of them may have a value.
  'coupons.create': {
    summary: 'Create a percentage or fixed-amount coupon',
    body: { id: 'coupon-spring', name: 'Spring sale', description: null, percentOff: null, amountsOff: [{ amount: 49, currency: 'usd' }], durationInMonths: 3, metadata: null },
  },
  'coupons.retrieve': { summary: 'Fetch one coupon' },
  'coupons.list': { summary: 'Page through coupons', filters: { status: 'ACTIVE', type: 'PERCENTAGE', 'createdAt[gte]': '2026-01-01T00:00:00Z' } },
  'coupons.archiveCoupon': { summary: 'Archive a coupon' },
  'coupons.updateCoupon': { summary: 'Edit coupon name / description / metadata', body: { name: 'Launch discount', description: 'For the first hundred customers' } },
};
