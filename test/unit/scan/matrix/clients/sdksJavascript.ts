import { both, type Call, type Parts, type SdkClient } from '../model.js';
import { typescript } from '../languages/ecmascript.js';

const does = (...statements: string[]): Parts => ({ imports: [], statements });

/** The charge and the look at an amount that was answered. */
function shown(read: Parts, path: readonly string[], { isDivided, charged }: Call & { readonly kind: 'preview' }): Parts | undefined {
  const answer = { expression: 'answer', shape: 'object' } as const;
  return both(read, typescript.use(answer, charged === undefined ? { kind: 'show', path, isDivided } : { kind: 'charge', path, isConverted: charged === 'converted' }));
}

function rest(call: Call): Parts | undefined {
  switch (call.kind) {
    case 'price':
      return does(`await stigg.v1.coupons.create({ id: 'launch', name: 'Launch', amountsOff: [{ amount: ${call.amount}, currency: '${call.currency}' }], percentOff: null });`);
    case 'preview':
      return shown(does('const { data: answer } = await stigg.v1.subscriptions.preview({ customerId, planId });'), ['immediateInvoice', 'total'], call);
    case 'once':
      return does(`await stigg.v1.customers.provision({ id: customerId, name: 'Acme' }, { headers: { 'Idempotency-Key': ${call.key} } });`);
    case 'option':
      return does(`await stigg.v1.customers.provision({ id: customerId, name: 'Acme' }, ${call.isHeader ? "{ headers: { 'Idempotency-Key': orderId } }" : '{ idempotencyKey: orderId }'});`);
    case 'page':
      return does(`return stigg.v1.customers.list({ limit: ${call.limit} });`);
    case 'subscriptions':
      return does('const page = await stigg.v1.subscriptions.list({ customerId });', `return page.data.map((subscription) => subscription.${call.field}.length);`);
    case 'subscription':
      return does('const { data } = await stigg.v1.subscriptions.retrieve(orderId);', call.isSearched ? 'return data.subscriptionEntitlements.some((entitlement) => entitlement.id === featureId);' : 'return data.addons.some((addon) => addon.id === featureId);');
    case 'granted':
      return does('const { data } = await stigg.v1.plans.entitlements.list(planId);', 'return data.some((entitlement) => entitlement.id === featureId);');
    case 'customer':
      return does('return stigg.v1.customers.retrieve(customerId);');
    case 'start':
      return undefined;
  }
}

/** The package that speaks REST. */
export const stiggTypescript: SdkClient = {
  kind: 'sdk', id: 'stigg-typescript', name: '@stigg/typescript', language: typescript, surface: 'rest',
  write(call) {
    const parts = rest(call);
    return parts === undefined ? undefined : both({ imports: ["import Stigg from '@stigg/typescript';"], members: ['const stigg = new Stigg();'], statements: [] }, parts);
  },
};

function graphql(call: Call): Parts | undefined {
  switch (call.kind) {
    case 'price':
      return does(`await stigg.provisionSubscription({ customerId, planId, priceOverrides: [{ featureId, price: { amount: ${call.amount}, currency: '${call.currency.toUpperCase()}' } }] });`);
    case 'preview':
      return shown(does('const answer = await stigg.previewSubscription({ customerId, planId });'), ['total', 'amount'], call);
    case 'once':
      return does(`await stigg.reportEvent({ customerId, eventName: 'login', idempotencyKey: ${call.key} });`);
    case 'customer':
    case 'start':
      return does('return stigg.getCustomer(customerId);');
    case 'granted':
      return does('return stigg.getEntitlements(customerId);');
    case 'subscription':
      return does('const subscription = await stigg.getSubscription({ subscriptionId: orderId });', call.isSearched ? 'return subscription.subscriptionEntitlements.some((entitlement) => entitlement.featureId === featureId);' : 'return subscription.addons.some((addon) => addon.addonId === featureId);');
    default:
      return undefined;
  }
}

function started(options: string, waits: 'never' | 'behind' | 'at'): readonly string[] {
  return [`const stigg = ${waits === 'at' ? 'await ' : ''}Stigg.initialize(${options});`, ...(waits === 'behind' ? ['await stigg.waitForInitialization();'] : [])];
}

/** The SDK of servers that speaks GraphQL. */
export const nodeServerSdk: SdkClient = {
  kind: 'sdk', id: 'node-server-sdk', name: '@stigg/node-server-sdk', language: typescript, surface: 'graphql',
  write(call) {
    const parts = graphql(call);
    const members = started('{ apiKey: process.env.STIGG_SERVER_API_KEY }', call.kind === 'start' ? call.waits : 'behind');
    return parts === undefined ? undefined : both({ imports: ["import { Stigg } from '@stigg/node-server-sdk';"], members, statements: [] }, parts);
  },
};

/** The SDK of browsers, that asks for no money. */
export const jsClientSdk: SdkClient = {
  kind: 'sdk', id: 'js-client-sdk', name: '@stigg/js-client-sdk', language: typescript, surface: 'graphql',
  write: (call) => (call.kind !== 'start' ? undefined : {
    imports: ["import Stigg from '@stigg/js-client-sdk';"],
    members: started('{ apiKey: import.meta.env.VITE_STIGG_CLIENT_API_KEY, customerId: account.id, customerToken: account.token }', call.waits),
    statements: ['return stigg.getBooleanEntitlement({ featureId });'],
  }),
};

function management(call: Call): Parts | undefined {
  switch (call.kind) {
    case 'price':
      return does(`await client.provisionSubscription({ input: { customerId, planId, priceOverrides: [{ featureId, price: { amount: ${call.amount}, currency: '${call.currency.toUpperCase()}' } }] } });`);
    case 'preview':
      return shown(does('const { previewSubscription: answer } = await client.previewSubscription({ input: { customerId, planId } });'), ['total', 'amount'], call);
    case 'once':
      return does(`await client.reportEvent({ input: { events: [{ customerId, eventName: 'login', idempotencyKey: ${call.key} }] } });`);
    case 'customer':
      return does('return client.getCustomerById({ input: { customerId } });');
    default:
      return undefined;
  }
}

/** The low-level client of GraphQL. */
export const apiClientJs: SdkClient = {
  kind: 'sdk', id: 'api-client-js', name: '@stigg/api-client-js', language: typescript, surface: 'graphql',
  write(call) {
    const parts = management(call);
    return parts === undefined ? undefined : both({ imports: ["import { StiggManagement } from '@stigg/api-client-js';"], members: ['const client = StiggManagement.createClient({ apiKey: process.env.STIGG_SERVER_API_KEY });'], statements: [] }, parts);
  },
};
