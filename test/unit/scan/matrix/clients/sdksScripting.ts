import { both, type Call, type Language, type Parts, type SdkClient, type Use } from '../model.js';
import { python } from '../languages/python.js';
import { ruby } from '../languages/ruby.js';
import { shell, word } from '../languages/shell.js';

const does = (...statements: string[]): Parts => ({ imports: [], statements });

function useOf({ isDivided, charged }: Call & { readonly kind: 'preview' }, path: readonly string[]): Use {
  return charged === undefined ? { kind: 'show', path, isDivided } : { kind: 'charge', path, isConverted: charged === 'converted' };
}

function sdk(id: string, name: string, language: Language, surface: SdkClient['surface'], setup: Parts, emit: (call: Call) => Parts | undefined): SdkClient {
  return {
    kind: 'sdk', id, name, language, surface,
    write(call) {
      const parts = emit(call);
      return parts === undefined ? undefined : both(setup, parts);
    },
  };
}

const answer = { expression: 'answer', shape: 'object' } as const;

const pythonRest = sdk('python-stigg', 'stigg', python, 'rest', { imports: ['from stigg import Stigg'], members: ['client = Stigg(api_key=os.environ["STIGG_API_KEY"])'], statements: [] }, (call) => {
  switch (call.kind) {
    case 'price':
      return does(`client.v1.coupons.create(id="launch", name="Launch", amounts_off=[{"amount": ${call.amount}, "currency": "${call.currency}"}], percent_off=None)`);
    case 'preview':
      return both(does('answer = client.v1.subscriptions.preview(customer_id=customer_id, plan_id=plan_id).data'), python.use(answer, useOf(call, ['immediateInvoice', 'total'])));
    case 'once':
      return does(`client.v1.customers.provision(id=customer_id, name="Acme", extra_headers={"Idempotency-Key": ${call.key}})`);
    case 'page':
      return does(`return client.v1.customers.list(limit=${call.limit})`);
    case 'subscriptions':
      return both(does('answer = client.v1.subscriptions.list(customer_id=customer_id)'), python.use(answer, { kind: 'each', path: [], field: call.field }));
    case 'subscription':
      return both(does('answer = client.v1.subscriptions.retrieve(order_id).data'), python.use(answer, { kind: 'search', path: [call.isSearched ? 'subscriptionEntitlements' : 'addons'] }));
    case 'granted':
      return both(does('answer = client.v1.plans.entitlements.list(plan_id)'), python.use(answer, { kind: 'search', path: ['data'] }));
    case 'customer':
      return does('return client.v1.customers.retrieve(customer_id)');
    default:
      return undefined;
  }
});

const pythonGraphql = sdk('python-stigg-api-client', 'stigg-api-client', python, 'graphql', { imports: ['from stigg import Stigg'], members: ['client = Stigg.create_client(os.environ["STIGG_SERVER_API_KEY"])'], statements: [] }, (call) => {
  const input = '"customerId": customer_id, "planId": plan_id';
  switch (call.kind) {
    case 'price':
      return does(`client.request(Stigg.mutation.provision_subscription, {"input": {${input}, "priceOverrides": [{"featureId": feature_id, "price": {"amount": ${call.amount}, "currency": "${call.currency.toUpperCase()}"}}]}})`);
    case 'preview':
      return both(does(`answer = client.request(Stigg.query.preview_subscription, {"input": {${input}}})`), python.use(answer, useOf(call, ['previewSubscription', 'total', 'amount'])));
    case 'once':
      return does(`client.request(Stigg.mutation.report_event, {"input": {"events": [{"customerId": customer_id, "eventName": "login", "idempotencyKey": ${call.key}}]}})`);
    case 'customer':
      return does('return client.request(Stigg.query.get_customer_by_id, {"input": {"customerId": customer_id}})');
    default:
      return undefined;
  }
});

const rubyRest = sdk('ruby-stigg', 'stigg', ruby, 'rest', { imports: ['require "stigg"'], statements: ['client = Stigg::Client.new(api_key: ENV.fetch("STIGG_API_KEY"))'] }, (call) => {
  switch (call.kind) {
    case 'price':
      return does(`client.v1.coupons.create(id: "launch", name: "Launch", amounts_off: [{ amount: ${call.amount}, currency: :${call.currency} }], percent_off: nil)`);
    case 'preview':
      return both(does('answer = client.v1.subscriptions.preview(customer_id: customer_id, plan_id: plan_id).data'), ruby.use(answer, useOf(call, ['immediateInvoice', 'total'])));
    case 'once':
      return does(`client.v1.customers.provision(id: customer_id, name: "Acme", request_options: { extra_headers: { "Idempotency-Key" => ${call.key} } })`);
    case 'page':
      return does(`client.v1.customers.list(limit: ${call.limit})`);
    case 'subscriptions':
      return both(does('answer = client.v1.subscriptions.list(customer_id: customer_id)'), ruby.use(answer, { kind: 'each', path: ['data'], field: call.field }));
    case 'subscription':
      return both(does('answer = client.v1.subscriptions.retrieve(order_id).data'), ruby.use(answer, { kind: 'search', path: [call.isSearched ? 'subscriptionEntitlements' : 'addons'] }));
    case 'granted':
      return both(does('answer = client.v1.plans.entitlements.list(plan_id)'), ruby.use(answer, { kind: 'search', path: ['data'] }));
    case 'customer':
      return does('client.v1.customers.retrieve(customer_id)');
    default:
      return undefined;
  }
});

const rubyGraphql = sdk('ruby-stigg-api-client', 'stigg-api-client', ruby, 'graphql', { imports: ['require("stigg")'], statements: ['client = Stigg.create_client(ENV.fetch("STIGG_SERVER_API_KEY"))'] }, (call) => {
  const input = 'customerId: customer_id, planId: plan_id';
  switch (call.kind) {
    case 'price':
      return does(`client.request(Stigg::Mutation::ProvisionSubscription, { input: { ${input}, priceOverrides: [{ featureId: feature_id, price: { amount: ${call.amount}, currency: "${call.currency.toUpperCase()}" } }] } })`);
    case 'preview':
      return both(does(`answer = client.request(Stigg::Query::PreviewSubscription, { input: { ${input} } })`), ruby.use(answer, useOf(call, ['previewSubscription', 'total', 'amount'])));
    case 'once':
      return does(`client.request(Stigg::Mutation::ReportEvent, { input: { events: [{ customerId: customer_id, eventName: "login", idempotencyKey: ${call.key} }] } })`);
    case 'customer':
      return does('client.request(Stigg::Query::GetCustomerById, { input: { customerId: customer_id } })');
    default:
      return undefined;
  }
});

/** Its flags take words: `--amounts-off.amount "$((price * 100))"`. */
const cli: SdkClient = {
  kind: 'sdk', id: 'stigg-cli', name: 'stigg', language: shell, surface: 'rest',
  write(call) {
    switch (call.kind) {
      case 'price':
        return does(['stigg v1:coupons create', '  --id launch', '  --name Launch', `  --amounts-off.amount ${call.amount.replaceAll("'", '')}`, `  --amounts-off.currency ${call.currency}`].join(' \\\n'));
      case 'page':
        return does(`stigg v1:customers list --limit ${call.limit}`);
      case 'customer':
        return does(`stigg v1:customers retrieve --id "${word({ name: 'customerId' })}"`);
      case 'preview':
        return shell.use({ expression: 'stigg v1:subscriptions preview --customer-id "$customer_id" --plan-id "$plan_id"', shape: 'json' }, useOf(call, ['data', 'immediateInvoice', 'total']));
      case 'subscriptions':
        return shell.use({ expression: 'stigg v1:subscriptions list --customer-id "$customer_id"', shape: 'json' }, { kind: 'each', path: ['data'], field: call.field });
      case 'subscription':
        return shell.use({ expression: 'stigg v1:subscriptions retrieve --id "$order_id"', shape: 'json' }, { kind: 'search', path: ['data', call.isSearched ? 'subscriptionEntitlements' : 'addons'] });
      case 'granted':
        return shell.use({ expression: 'stigg v1:plans:entitlements list --plan-id "$plan_id"', shape: 'json' }, { kind: 'search', path: ['data'] });
      default:
        return undefined;
    }
  },
};

/** The SDKs of Python and Ruby, and Stigg's command line. */
export const SCRIPTING_SDKS: readonly SdkClient[] = [pythonRest, pythonGraphql, rubyRest, rubyGraphql, cli];
