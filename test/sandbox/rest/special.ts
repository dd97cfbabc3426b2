import { randomUUID } from 'node:crypto';
import { restError, type RestAnswer } from './answer.js';
import type { Call } from './execute.js';
import { isObject } from './types.js';

const MONTH = { amount: 49, currency: 'usd' };
const INVOICE = { subTotal: 49, tax: 9.31, total: 58.31, discount: 0, currency: 'usd', lines: [{ description: 'Basic', quantity: 1, unitPrice: 49, subTotal: 49, currency: 'usd' }] };

const ok = (data: unknown, status = 200): RestAnswer => ({ status, body: { data } });

function itemsOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A batch that is worked on later. */
const task = (call: Call, list: string): RestAnswer => {
  for (const item of itemsOf(call.body[list])) call.world.put(list, { ...item, id: String(item.id), createdAt: call.now, updatedAt: call.now });
  return ok({ taskId: randomUUID() }, 201);
};

function entitlement(call: Call, id: string | null): unknown {
  return { id, isGranted: true, accessDeniedReason: null, usageLimit: 10, currentUsage: 3, hasUnlimitedUsage: false, requestedUsage: Number(call.query.get('requestedUsage') ?? '0') };
}

function check(call: Call): RestAnswer {
  const feature = call.query.get('featureId');
  const currency = call.query.get('currencyId');
  if ((feature === null) === (currency === null)) return restError(400, 'VALIDATION_ERROR', 'Exactly one of featureId and currencyId is required');
  return ok(entitlement(call, feature ?? currency));
}

/** Exactly one kind of discount may have a value. */
function coupon(call: Call): RestAnswer {
  const { id, amountsOff, percentOff } = call.body;
  if ((amountsOff === null) === (percentOff === null)) return restError(400, 'VALIDATION_ERROR', 'Exactly one of amountsOff and percentOff must be set');
  if (call.world.find('coupons', String(id)) !== undefined) return restError(409, 'DUPLICATED_ENTITY_NOT_ALLOWED', 'A coupon with this id exists already');
  const entity = { ...call.body, id: String(id), type: amountsOff === null ? 'PERCENTAGE' : 'FIXED', status: 'ACTIVE', createdAt: call.now, updatedAt: call.now, archivedAt: null };
  call.world.add('coupons', entity);
  return ok(entity, 201);
}

function provision(call: Call): RestAnswer {
  const id = typeof call.body.id === 'string' ? call.body.id : `subscription-${randomUUID().slice(0, 8)}`;
  if (call.world.find('subscriptions', id) !== undefined) return restError(409, 'SUBSCRIPTION_ALREADY_EXISTS', 'A subscription with this id exists already');
  const subscription = { ...call.body, id, status: 'ACTIVE', pricingType: 'PAID', prices: [MONTH], createdAt: call.now, updatedAt: call.now };
  call.world.add('subscriptions', subscription);
  return ok({ id, status: 'SUCCESS', checkoutUrl: null, checkoutBillingId: null, entitlements: [], subscription }, 201);
}

function consume(call: Call): RestAnswer {
  const { amount, currencyId, customerId } = call.body;
  return ok({ customerId, currencyId, amount, currentBalance: 995 }, 201);
}

function estimate(call: Call): RestAnswer {
  return ok({ customerId: call.body.customerId, estimates: [{ currencyId: 'credits-ai', estimatedCost: 1, currentBalance: 995, balanceAfterEstimate: 994, breakdown: [{ cost: 1 }] }] });
}

/** Answers that are neither a list, nor an entity: by operation. */
export const SPECIAL: Readonly<Record<string, (call: Call) => RestAnswer>> = {
  'v1.customers.checkEntitlement': check,
  'v1Beta.customers.entitlements.check': check,
  'v1.customers.retrieveEntitlements': (call) => ok({ entitlements: [entitlement(call, 'feature-seats')], accessDeniedReason: null }),
  'v1.customers.import': (call) => task(call, 'customers'),
  'v1.subscriptions.import': (call) => task(call, 'subscriptions'),
  'v1.subscriptions.provision': provision,
  'v1.subscriptions.preview': () => ok({ immediateInvoice: INVOICE, recurringInvoice: INVOICE, billingPeriodRange: null, isPlanDowngrade: false }),
  'v1.coupons.create': coupon,
  'v1.events.report': () => ok({}, 201),
  'v1.events.estimate': estimate,
  'v1.usage.estimate': estimate,
  'v1.usage.report': (call) => ok(itemsOf(call.body.usages).map((usage) => ({ ...usage, id: randomUUID(), timestamp: call.now })), 201),
  'v1.usage.history': () => ok([{ groupInfo: [], points: [{ timestamp: '2026-01-01T00:00:00.000Z', value: 3, isResetPoint: false }] }]),
  'v1.credits.consumption.consume': consume,
  'v1.credits.consumption.consumeAsync': (call) => ok({ accepted: itemsOf(call.body.consumptions).length }, 201),
  'v1.credits.getUsage': () => ok({ currency: { id: 'credits-ai' }, series: [] }),
  'v1.credits.getAutoRecharge': (call) => ok({ isEnabled: false, currencyId: call.query.get('currencyId'), maxSpendLimit: 100, targetBalance: 1000 }),
  'v1.credits.customCurrencies.listAssociatedEntities': () => ok([{ id: 'plan-basic', entityType: 'PLAN' }]),
  'v1.products.duplicateProduct': (call) => {
    const id = String(call.body.targetId);
    if (call.world.find('products', id) !== undefined) return restError(409, 'DUPLICATED_ENTITY_NOT_ALLOWED', 'A product with this id exists already');
    const copy = { ...call.world.find('products', call.match.parameters.id ?? ''), ...call.body, id, createdAt: call.now, updatedAt: call.now };
    call.world.add('products', copy);
    return ok(copy, 201);
  },
  'v1.events.dataExport.mintScopedToken': () => ok({ expiresAt: '2026-12-31T23:59:59.000Z', scope: 'data-export' }, 201),
  'v1.events.dataExport.triggerSync': () => ok({ syncId: randomUUID() }, 201),
  'v1.events.beta.customers.retrieveGovernance': () => ({ status: 200, body: { data: [{ id: 'workspace-001', entityTypeId: 'workspace', configurations: [] }], pagination: { next: null, prev: null } } }),
  'v1Beta.customers.entities.archive': (call) => ok({ ids: call.body.ids }),
  'v1Beta.customers.entities.unarchive': (call) => ok({ ids: call.body.ids }),
};
