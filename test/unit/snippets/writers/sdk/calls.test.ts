import { describe, expect, it } from 'vitest';
import { requests } from '../../../../../src/snippets/catalogue/index.js';
import { FRESH, Placeholder, type ApiRequest, type JsonTemplate } from '../../../../../src/snippets/request.js';
import { toPlainText } from '../../../../../src/snippets/snippet.js';
import { SDK_WRITERS } from '../../../../../src/snippets/writers/sdk/index.js';
import { OPTIONS } from '../code/samples.js';

const ALL = requests();
const writer = (id: string): (typeof SDK_WRITERS)[number] => {
  const found = SDK_WRITERS.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`No writer ${id}`);
  return found;
};
const request = (id: string): ApiRequest => {
  const found = ALL.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`No request ${id}`);
  return found;
};
const textOf = (id: string, wanted: ApiRequest): string => toPlainText(writer(id).write(wanted, OPTIONS)?.parts ?? []).replace(/\s+/g, ' ');

describe('what is written is what the SDKs\' own documentation and tests write', () => {
  it.each<[string, string, string]>([
    ['sdk-typescript', 'customers.retrieve', "client.v1.customers.retrieve('customer-123')"],
    ['sdk-typescript', 'customers.integrations.retrieve', "client.v1.customers.integrations.retrieve('integration-stripe', { id: 'customer-123', })"],
    ['sdk-typescript', 'customers.archive', "client.v1.customers.archive('customer-123', {}, { headers: { 'Idempotency-Key': crypto.randomUUID(), }, })"],
    ['sdk-typescript', 'beta.entityTypes.list', 'client.v1Beta.entityTypes.list({ limit: 20, })'],
    ['sdk-typescript', 'credits.grants.list.filtered', "createdAt: { gte: '2026-01-01T00:00:00Z', }"],
    ['sdk-python', 'customers.retrieve', 'client.v1.customers.retrieve( id="customer-123", )'],
    ['sdk-python', 'customers.import', 'client.v1.customers.import_( customers=['],
    ['sdk-python', 'customers.integrations.retrieve', 'integrations.retrieve( id="customer-123", integration_id="integration-stripe", )'],
    ['sdk-python', 'customers.provision', 'extra_headers={ "Idempotency-Key": str(uuid.uuid4()), }'],
    ['sdk-python', 'customers.integrations.link', 'link( path_id="customer-123", body_id="'],
    ['sdk-typescript', 'customers.integrations.link', "link('customer-123', { id: '"],
    ['sdk-ruby', 'customers.integrations.link', 'link( "customer-123", body_id: "'],
    ['sdk-java', 'customers.integrations.link', '.pathId("customer-123") .bodyId(JsonValue.from("'],
    ['sdk-go', 'customers.integrations.link', 'stigg.V1CustomerIntegrationLinkParams{}, option.WithJSONSet("id", "'],
    ['sdk-ruby', 'customers.retrieve', 'stigg.v1.customers.retrieve( "customer-123" )'],
    ['sdk-ruby', 'customers.integrations.retrieve', 'integrations.retrieve( "integration-stripe", id: "customer-123" )'],
    ['sdk-ruby', 'customers.provision', 'request_options: { extra_headers: { "Idempotency-Key": SecureRandom.uuid } }'],
    ['sdk-go', 'customers.retrieve', 'client.V1.Customers.Get( context.TODO(), "customer-123", stigg.V1CustomerGetParams{}, )'],
    ['sdk-go', 'customers.integrations.retrieve', 'client.V1.Customers.Integrations.Get( context.TODO(), "integration-stripe", stigg.V1CustomerIntegrationGetParams{ID: "customer-123"}, )'],
    ['sdk-go', 'customers.retrieveEntitlements', 'client.V1.Customers.GetEntitlements( context.TODO(), "customer-123", stigg.V1CustomerGetEntitlementsParams{}, )'],
    ['sdk-go', 'features.createFeature', 'client.V1.Features.NewFeature( context.TODO(), stigg.V1FeatureNewFeatureParams{}, option.WithJSONSet('],
    ['sdk-go', 'beta.customers.entities.retrieve', 'client.V1Beta.Customers.Entities.Get('],
    ['sdk-go', 'beta.customers.entities.retrieve', 'stigg.V1BetaCustomerEntityGetParams{ID: '],
    ['sdk-go', 'events.dataExport.destinations.create', 'client.V1.Events.DataExport.Destinations.New( context.TODO(), stigg.V1EventDataExportDestinationNewParams{},'],
    ['sdk-java', 'customers.retrieve', 'CustomerRetrieveParams params = CustomerRetrieveParams.builder() .id("customer-123") .build();'],
    ['sdk-java', 'customers.import', 'client.v1().customers().import_(params)'],
    ['sdk-java', 'credits.grants.void', 'client.v1().credits().grants().void_(params)'],
    ['sdk-java', 'credits.listLedger', '.customerId("customer-123") .putAdditionalQueryParam("limit", "20")'],
    ['sdk-csharp', 'customers.retrieve', 'CustomerRetrieveParams parameters = new() { ID = "customer-123" }; var response = await client.V1.Customers.Retrieve(parameters);'],
    ['sdk-csharp', 'addons.entitlements.delete', 'EntitlementDeleteParams parameters = new() { AddonID = '],
  ])('%s: %s', (id, name, expected) => {
    expect(textOf(id, request(name))).toContain(expected);
  });

  it.each<[string, string, string]>([
    ['sdk-java', 'credits.customCurrencies.list', 'import io.stigg.models.v1.credits.customcurrencies.CustomCurrencyListParams;'],
    ['sdk-java', 'beta.customers.entities.list', 'import io.stigg.models.v1beta.customers.entities.EntityListParams;'],
    ['sdk-java', 'events.beta.customers.retrieveGovernance', 'import io.stigg.models.v1.events.beta.customers.CustomerRetrieveGovernanceParams;'],
    ['sdk-csharp', 'addons.entitlements.list', 'using Stigg.Client.Models.V1.Addons.Entitlements;'],
    ['sdk-python', 'customers.retrieve', 'from stigg import Stigg'],
    ['sdk-go', 'customers.retrieve', 'import "github.com/stiggio/stigg-go/option"'],
  ])('%s: %s needs %s', (id, name, expected) => {
    expect(writer(id).write(request(name), OPTIONS)?.head.map(({ text }) => text)).toContain(expected);
  });

  it.each<[string, readonly string[]]>([
    ['sdk-typescript', []],
    ['sdk-python', []],
    ['sdk-ruby', []],
    ['sdk-go', ['addons.entitlements.update', 'plans.entitlements.update']],
    ['sdk-java', ['addons.entitlements.update', 'customers.promotionalEntitlements.create', 'plans.entitlements.update', 'usage.history', 'usage.history.filtered']],
  ])('%s writes all calls but those whose form nobody shows: %j', (id, missing) => {
    expect(ALL.filter((entry) => entry.sdkCall !== undefined && writer(id).write(entry, OPTIONS) === undefined).map((entry) => entry.id).sort()).toEqual(missing);
  });

  it('C#: calls by their path alone', () => {
    for (const entry of ALL) {
      const plain = entry.sdkCall !== undefined && entry.path.length > 1 && entry.query.length === 0 && entry.body === undefined && !entry.idempotencyKey;
      expect(writer('sdk-csharp').write(entry, OPTIONS) !== undefined, entry.id).toBe(plain);
    }
  });
});

/** Every value of a request, whatever it is called. */
function values(value: JsonTemplate | undefined): readonly (string | number | boolean)[] {
  if (value === undefined || value === null || value === FRESH) return [];
  if (value instanceof Placeholder) return [value.sample];
  if (typeof value !== 'object') return [value];
  return Object.values(value as Record<string, JsonTemplate>).flatMap(values);
}

it.each(SDK_WRITERS.map((entry) => [entry.id, entry] as const))('%s: no value of a request is left out', (_id, sdk) => {
  for (const entry of ALL) {
    const written = sdk.write(entry, OPTIONS);
    if (written === undefined) continue;
    const text = toPlainText(written.parts);
    const wanted = [...values(entry.body), ...entry.path.flatMap((part) => (part instanceof Placeholder ? [part.sample] : [])), ...entry.query.map(({ value }) => (value instanceof Placeholder ? value.sample : value))];
    expect(wanted.filter((value) => typeof value !== 'boolean' && !text.includes(String(value))), entry.id).toEqual([]);
    expect(written.parts.filter((part) => typeof part !== 'string').length, entry.id).toBe(new Set([...stops(entry.body), ...entry.path.flatMap(stops), ...entry.query.flatMap(({ value }) => stops(value))]).size);
  }
});

function stops(value: JsonTemplate | undefined): readonly number[] {
  if (value instanceof Placeholder) return [value.stop];
  if (value === undefined || value === null || typeof value !== 'object') return [];
  return Object.values(value as Record<string, JsonTemplate>).flatMap(stops);
}

it('another host is named, the usual one only where an SDK might not know it', () => {
  const entry = request('customers.retrieve');
  for (const sdk of SDK_WRITERS) {
    const { id } = sdk;
    const other = toPlainText(sdk.write(entry, { ...OPTIONS, baseUrl: 'http://127.0.0.1:4000' })?.parts ?? []);
    expect(other, id).toContain('http://127.0.0.1:4000');
    expect(toPlainText(sdk.write(entry, OPTIONS)?.parts ?? []).includes('https://api.stigg.io'), id).toBe(id === 'sdk-java' || id === 'sdk-csharp');
  }
});
