import { type Entries, type SampleObject, fixed } from './entry.js';

/** A price per unit, in full units of the currency. */
const CHARGES: SampleObject = {
  pricingType: 'PAID',
  pricingModels: [
    {
      billingModel: 'PER_UNIT',
      featureId: 'feature-seats',
      pricePeriods: [
        { billingPeriod: fixed('MONTHLY'), price: { amount: 9.99, currency: 'usd' } },
        { billingPeriod: fixed('ANNUALLY'), price: { amount: 99, currency: 'usd' } },
      ],
    },
  ],
  minimumSpend: [{ billingPeriod: 'MONTHLY', minimum: { amount: 49, currency: 'usd' } }],
};

const ENTITLEMENTS: SampleObject = {
  entitlements: [
    { type: fixed('FEATURE'), id: 'feature-seats', usageLimit: 10, resetPeriod: 'MONTH' },
    { type: fixed('CREDIT'), id: 'credits-ai', amount: 1000, cadence: 'MONTH' },
  ],
};

export const addons: Entries = {
  'addons.create': { summary: 'Create an add-on draft', body: { id: 'addon-support', displayName: 'Priority support', productId: 'product-main', pricingType: 'PAID', maxQuantity: 1 } },
  'addons.retrieve': { summary: 'Fetch one add-on' },
  'addons.update': { summary: 'Edit an add-on, including its charges', body: { displayName: 'Extra seats', charges: CHARGES } },
  'addons.list': { summary: 'Page through add-ons', filters: { productId: 'product-main', status: 'PUBLISHED', 'createdAt[gte]': '2026-01-01T00:00:00Z' } },
  'addons.archive': { summary: 'Archive an add-on' },
  'addons.createDraft': { summary: 'Open a draft of a published add-on' },
  'addons.listCharges': { summary: "List an add-on's charges" },
  'addons.publish': { summary: 'Publish an add-on draft', body: { migrationType: 'NEW_CUSTOMERS' } },
  'addons.removeDraft': { summary: 'Discard an add-on draft' },
  'addons.entitlements.create': { summary: 'Add entitlements to an add-on draft', body: ENTITLEMENTS },
  'addons.entitlements.update': { summary: 'Edit an add-on entitlement', path: { id: 'feature-seats' }, body: { type: fixed('FEATURE'), usageLimit: 25, hasSoftLimit: false } },
  'addons.entitlements.list': { summary: 'List add-on entitlements' },
  'addons.entitlements.delete': { summary: 'Remove an add-on entitlement', path: { id: 'feature-seats' } },
};

export const plans: Entries = {
  'plans.create': { summary: 'Create a plan draft', body: { id: 'plan-pro', displayName: 'Pro', productId: 'product-main', pricingType: 'PAID', defaultTrialConfig: { duration: 14, units: 'DAY', trialEndBehavior: 'CONVERT_TO_PAID' } } },
  'plans.retrieve': { summary: 'Fetch one plan' },
  'plans.update': { summary: 'Edit a plan, including its charges', body: { displayName: 'Basic', charges: CHARGES } },
  'plans.list': { summary: 'Page through plans', filters: { productId: 'product-main', status: 'PUBLISHED', 'createdAt[gte]': '2026-01-01T00:00:00Z' } },
  'plans.archive': { summary: 'Archive a plan' },
  'plans.createDraft': { summary: 'Open a draft of a published plan' },
  'plans.listCharges': { summary: "List a plan's charges" },
  'plans.listOverageCharges': { summary: "List a plan's overage charges" },
  'plans.publish': { summary: 'Publish a plan draft', body: { migrationType: 'NEW_CUSTOMERS' } },
  'plans.removeDraft': { summary: 'Discard a plan draft' },
  'plans.entitlements.create': { summary: 'Add entitlements to a plan draft', body: ENTITLEMENTS },
  'plans.entitlements.update': { summary: 'Edit a plan entitlement', path: { id: 'feature-seats' }, body: { type: fixed('FEATURE'), usageLimit: 25, hasSoftLimit: false } },
  'plans.entitlements.list': { summary: 'List plan entitlements' },
  'plans.entitlements.delete': { summary: 'Remove a plan entitlement', path: { id: 'feature-seats' } },
};
