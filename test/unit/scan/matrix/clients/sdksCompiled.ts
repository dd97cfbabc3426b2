import { both, pascal, type Answer, type Call, type Language, type Parts, type SdkClient, type Use } from '../model.js';
import { csharp } from '../languages/csharp.js';
import { go } from '../languages/go.js';
import { java } from '../languages/java.js';
import { kotlin } from '../languages/kotlin.js';

const answer: Answer = { expression: 'answer', shape: 'object' };

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

const does = (...statements: string[]): Parts => ({ imports: [], statements });
const FAILED = 'if err != nil {\n\treturn err\n}';

const goRest = sdk('stigg-go', 'stigg-go', go, 'rest', {
  imports: ['context', 'github.com/stiggio/stigg-go', 'github.com/stiggio/stigg-go/option'], members: ['var client = stigg.NewClient()'], statements: [],
}, (call) => {
  switch (call.kind) {
    case 'price':
      return does(
        '_, err := client.V1.Coupons.New(ctx, stigg.V1CouponNewParams{',
        '\tID:         "launch",',
        '\tName:       "Launch",',
        `\tAmountsOff: []stigg.V1CouponNewParamsAmountsOff{{Amount: ${call.amount}, Currency: "${call.currency}"}},`,
        '})',
        'return err',
      );
    case 'preview':
      return both(does('answer, err := client.V1.Subscriptions.Preview(ctx, stigg.V1SubscriptionPreviewParams{CustomerID: customerID, PlanID: planID})', FAILED), go.use(answer, useOf(call, ['data', 'immediateInvoice', 'total'])));
    case 'once':
      return does(`_, err := client.V1.Customers.Provision(ctx, stigg.V1CustomerProvisionParams{ID: customerID}, option.WithHeader("Idempotency-Key", ${call.key}))`, 'return err');
    case 'page':
      return does(`_, err := client.V1.Customers.List(ctx, stigg.V1CustomerListParams{Limit: stigg.Int(${call.limit})})`, 'return err');
    case 'subscriptions':
      return both(does('answer, err := client.V1.Subscriptions.List(ctx, stigg.V1SubscriptionListParams{CustomerID: stigg.String(customerID)})', FAILED), go.use(answer, { kind: 'each', path: ['data'], field: call.field }));
    case 'subscription':
      return both(does('answer, err := client.V1.Subscriptions.Get(ctx, orderID)', FAILED), go.use(answer, { kind: 'search', path: ['data', call.isSearched ? 'subscriptionEntitlements' : 'addons'] }));
    case 'granted':
      return both(does('answer, err := client.V1.Plans.Entitlements.List(ctx, planID)', FAILED), go.use(answer, { kind: 'search', path: ['data'] }));
    case 'customer':
      return does('_, err := client.V1.Customers.Get(ctx, customerID)', 'return err');
    default:
      return undefined;
  }
});

const goGraphql = sdk('api-client-go', 'api-client-go', go, 'graphql', {
  imports: ['context', 'os', 'stigg "github.com/stiggio/api-client-go/v6"'], members: ['var client = stigg.NewStiggClient(os.Getenv("STIGG_SERVER_API_KEY"), nil, nil)'], statements: [],
}, (call) => {
  switch (call.kind) {
    case 'price':
      return does(
        `currency := stigg.Currency${pascal(call.currency)}`,
        '_, err := client.ProvisionSubscription(ctx, stigg.ProvisionSubscriptionInput{',
        '\tCustomerID: &customerID,',
        '\tPlanID:     planID,',
        `\tPriceOverrides: []*stigg.PriceOverrideInput{{FeatureID: &featureID, Price: &stigg.MoneyInputDto{Amount: ${call.amount}, Currency: &currency}}},`,
        '})',
        'return err',
      );
    case 'preview':
      return both(does('answer, err := client.PreviewSubscription(ctx, stigg.PreviewSubscriptionInput{CustomerID: customerID, PlanID: planID})', FAILED), go.use(answer, useOf(call, ['previewSubscription', 'total', 'amount'])));
    case 'once':
      return does(`operation := ${call.key}`, '_, err := client.ReportUsage(ctx, stigg.UsageMeasurementCreateInput{CustomerID: customerID, FeatureID: featureID, Value: 1, IdempotencyKey: &operation})', 'return err');
    case 'customer':
      return does('_, err := client.GetCustomerByID(ctx, stigg.GetCustomerByRefIDInput{CustomerID: customerID})', 'return err');
    default:
      return undefined;
  }
});

function stiggJava(language: Language, id: string, isKotlin: boolean): SdkClient {
  const end = isKotlin ? '' : ';';
  const bind = isKotlin ? 'val' : 'var';
  const MODELS = 'io.stigg.models.v1';
  const setup: Parts = {
    imports: ['io.stigg.client.StiggClient', 'io.stigg.client.okhttp.StiggOkHttpClient', `${MODELS}.coupons.CouponCreateParams`, `${MODELS}.customers.CustomerListParams`, `${MODELS}.customers.CustomerProvisionParams`, `${MODELS}.subscriptions.SubscriptionListParams`, `${MODELS}.subscriptions.SubscriptionPreviewParams`],
    members: [
      isKotlin
        ? 'private val client: StiggClient = StiggOkHttpClient.builder().fromEnv().baseUrl("https://api.stigg.io").build()'
        : 'private final StiggClient client = StiggOkHttpClient.builder().fromEnv().baseUrl("https://api.stigg.io").build();',
    ],
    statements: [],
  };
  const read = (expression: string): Parts => does(`${bind} answer = ${expression}${end}`);
  return sdk(id, 'stigg-java', language, 'rest', setup, (call) => {
    switch (call.kind) {
      case 'price':
        return does(
          'client.v1().coupons().create(CouponCreateParams.builder()',
          '    .id("launch")',
          '    .name("Launch")',
          `    .addAmountsOff(CouponCreateParams.AmountsOff.builder().amount(${call.amount}).currency(CouponCreateParams.AmountsOff.Currency.${call.currency.toUpperCase()}).build())`,
          `    .build())${end}`,
        );
      case 'preview':
        return both(read('client.v1().subscriptions().preview(SubscriptionPreviewParams.builder().customerId(customerId).planId(planId).build())'), language.use(answer, useOf(call, ['data', 'immediateInvoice', 'total'])));
      case 'once':
        return does(`client.v1().customers().provision(CustomerProvisionParams.builder().id(customerId).putAdditionalHeader("Idempotency-Key", ${call.key}).build())${end}`);
      case 'page':
        return does(`client.v1().customers().list(CustomerListParams.builder().limit(${call.limit}L).build())${end}`);
      case 'subscriptions':
        return both(read('client.v1().subscriptions().list(SubscriptionListParams.builder().customerId(customerId).build())'), language.use(answer, { kind: 'each', path: ['data'], field: call.field }));
      case 'subscription':
        return both(read('client.v1().subscriptions().retrieve(orderId)'), language.use(answer, { kind: 'search', path: ['data', call.isSearched ? 'subscriptionEntitlements' : 'addons'] }));
      case 'granted':
        return both(read('client.v1().plans().entitlements().list(planId)'), language.use(answer, { kind: 'search', path: ['data'] }));
      case 'customer':
        return does(`client.v1().customers().retrieve(customerId)${end}`);
      default:
        return undefined;
    }
  });
}

const stiggClient = sdk('stigg-client', 'Stigg.Client', csharp, 'rest', {
  imports: ['System.Collections.Generic', 'Stigg.Client', 'Stigg.Client.Models.V1.Coupons', 'Stigg.Client.Models.V1.Customers', 'Stigg.Client.Models.V1.Subscriptions'],
  members: ['private readonly StiggClient client = new();'],
  statements: [],
}, (call) => {
  switch (call.kind) {
    case 'price':
      return does(
        'await client.V1.Coupons.Create(new CouponCreateParams',
        '{',
        '    ID = "launch",',
        '    Name = "Launch",',
        `    AmountsOff = [new() { Amount = ${call.amount}, Currency = Currency.${pascal(call.currency)} }],`,
        '});',
      );
    case 'preview':
      return both(does('var answer = await client.V1.Subscriptions.Preview(new SubscriptionPreviewParams { CustomerID = customerId, PlanID = planId });'), csharp.use(answer, useOf(call, ['data', 'immediateInvoice', 'total'])));
    case 'page':
      return does(`var page = await client.V1.Customers.List(new CustomerListParams { Limit = ${call.limit} });`);
    case 'subscriptions':
      return both(does('var answer = await client.V1.Subscriptions.List(new SubscriptionListParams { CustomerID = customerId });'), csharp.use(answer, { kind: 'each', path: ['data'], field: call.field }));
    case 'subscription':
      return both(does('var answer = await client.V1.Subscriptions.Retrieve(orderId);'), csharp.use(answer, { kind: 'search', path: ['data', call.isSearched ? 'subscriptionEntitlements' : 'addons'] }));
    case 'granted':
      return both(does('var answer = await client.V1.Plans.Entitlements.List(planId);'), csharp.use(answer, { kind: 'search', path: ['data'] }));
    case 'customer':
      return does('await client.V1.Customers.Retrieve(customerId);');
    default:
      return undefined;
  }
});

/** The SDKs of compiled languages. */
export const COMPILED_SDKS: readonly SdkClient[] = [goRest, goGraphql, stiggJava(java, 'stigg-java', false), stiggJava(kotlin, 'stigg-java-kotlin', true), stiggClient];
