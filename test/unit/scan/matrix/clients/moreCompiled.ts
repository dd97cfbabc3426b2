import { both, pascal, queryOf, urlOf, type Answer, type Call, type HttpClient, type Language, type Parts, type Request, type SdkClient, type Use } from '../model.js';
import { csharp } from '../languages/csharp.js';
import { java } from '../languages/java.js';
import { kotlin } from '../languages/kotlin.js';

const TYPE = ['Content-Type', { text: 'application/json' }] as const;
const typed = ({ headers, body, isTyped }: Request): Request['headers'] => (isTyped && body !== undefined ? [...headers, TYPE] : headers);

function client(language: Language, id: string, name: string, head: string, emit: (request: Request) => Parts): HttpClient {
  return {
    kind: 'http', id, name, language, head,
    write(request) {
      const parts = emit(request);
      return request.use === undefined ? parts : both(parts, language.use({ expression: 'answer', shape: 'json' }, request.use));
    },
  };
}

const JACKSON = ['com.fasterxml.jackson.databind.JsonNode', 'com.fasterxml.jackson.databind.ObjectMapper'];
const MAPPER = 'private final ObjectMapper mapper = new ObjectMapper();';

const restTemplate = client(java, 'rest-template', 'RestTemplate', 'rest.exchange', (request) => ({
  imports: [...JACKSON, 'org.springframework.http.HttpEntity', 'org.springframework.http.HttpHeaders', 'org.springframework.http.HttpMethod', 'org.springframework.http.MediaType', 'org.springframework.web.client.RestTemplate'],
  members: [MAPPER, 'private final RestTemplate rest = new RestTemplate();'],
  statements: [
    'HttpHeaders headers = new HttpHeaders();',
    ...request.headers.map(([name, value]) => `headers.set("${name}", ${java.write(value)});`),
    ...(request.body !== undefined && request.isTyped ? ['headers.setContentType(MediaType.APPLICATION_JSON);'] : []),
    `HttpEntity<?> entity = new HttpEntity<>(${request.body === undefined ? '' : `${request.isTyped ? java.write(request.body) : `mapper.writeValueAsString(${java.write(request.body)})`}, `}headers);`,
    `JsonNode answer = rest.exchange("${urlOf(request)}${queryOf(request)}", HttpMethod.${request.method}, entity, JsonNode.class).getBody();`,
  ],
}));

const webClient = client(java, 'web-client', 'WebClient', 'client.', (request) => ({
  imports: [...JACKSON, 'org.springframework.http.MediaType', 'org.springframework.web.reactive.function.client.WebClient'],
  members: [MAPPER],
  statements: [
    `WebClient client = WebClient.builder().baseUrl("${request.host}").build();`,
    `JsonNode answer = client.${request.method.toLowerCase()}()`,
    `    .uri("${request.path}${queryOf(request)}")`,
    ...request.headers.map(([name, value]) => `    .header("${name}", ${java.write(value)})`),
    ...(request.body === undefined ? [] : request.isTyped ? ['    .contentType(MediaType.APPLICATION_JSON)', `    .bodyValue(${java.write(request.body)})`] : [`    .bodyValue(mapper.writeValueAsString(${java.write(request.body)}))`]),
    '    .retrieve()',
    '    .bodyToMono(JsonNode.class)',
    '    .block();',
  ],
}));

const urlConnection = client(java, 'url-connection', 'HttpURLConnection', 'new URL', (request) => ({
  imports: [...JACKSON, 'java.net.HttpURLConnection', 'java.net.URL', 'java.nio.charset.StandardCharsets'],
  members: [MAPPER],
  statements: [
    `HttpURLConnection connection = (HttpURLConnection) new URL("${urlOf(request)}${queryOf(request)}").openConnection();`,
    `connection.setRequestMethod("${request.method}");`,
    ...typed(request).map(([name, value]) => `connection.setRequestProperty("${name}", ${java.write(value)});`),
    ...(request.body === undefined ? [] : ['connection.setDoOutput(true);', `connection.getOutputStream().write(mapper.writeValueAsString(${java.write(request.body)}).getBytes(StandardCharsets.UTF_8));`]),
    'JsonNode answer = mapper.readTree(connection.getInputStream());',
  ],
}));

const flurl = client(csharp, 'flurl', 'Flurl', '"https', (request) => ({
  imports: ['Flurl.Http', 'System.Text.Json'],
  statements: [
    `var response = await "${urlOf(request)}"`,
    ...request.headers.map(([name, value]) => `    .WithHeader("${name}", ${csharp.write(value)})`),
    ...request.query.map(([name, value]) => `    .SetQueryParam("${name}", ${value})`),
    `    .${pascal(request.method.toLowerCase())}${request.body === undefined ? 'Async()' : request.isTyped ? `JsonAsync(${csharp.write(request.body)})` : `StringAsync(JsonSerializer.Serialize(${csharp.write(request.body)}))`};`,
    'var answer = JsonDocument.Parse(await response.GetStringAsync()).RootElement;',
  ],
}));

const asJson = client(csharp, 'as-json', 'PostAsJsonAsync', 'http.', (request) => ({
  imports: ['System.Net.Http', 'System.Net.Http.Json', 'System.Text.Json'],
  statements: [
    `using var http = new HttpClient { BaseAddress = new Uri("${request.host}"), DefaultRequestHeaders = { ${request.headers.map(([name, value]) => `{ "${name}", ${csharp.write(value)} }`).join(', ')} } };`,
    request.body === undefined || !request.isTyped
      ? `var response = await http.${pascal(request.method.toLowerCase())}Async("${request.path}${queryOf(request)}"${request.body === undefined ? '' : `, new StringContent(JsonSerializer.Serialize(${csharp.write(request.body)}))`});`
      : `var response = await http.${pascal(request.method.toLowerCase())}AsJsonAsync("${request.path}", ${csharp.write(request.body)});`,
    'var answer = await response.Content.ReadFromJsonAsync<JsonElement>();',
  ],
}));

const answer: Answer = { expression: 'answer', shape: 'object' };
const does = (...statements: string[]): Parts => ({ imports: [], statements });

function useOf({ isDivided, charged }: Call & { readonly kind: 'preview' }, path: readonly string[]): Use {
  return charged === undefined ? { kind: 'show', path, isDivided } : { kind: 'charge', path, isConverted: charged === 'converted' };
}

function oldJava(language: Language, id: string, isKotlin: boolean): SdkClient {
  const end = isKotlin ? '' : ';';
  const TYPES = 'io.stigg.api.operations';
  const setup: Parts = {
    imports: ['io.stigg.api.client.Stigg', `${TYPES}.GetCustomerByIdQuery`, `${TYPES}.PreviewSubscriptionQuery`, `${TYPES}.ProvisionSubscriptionMutation`, `${TYPES}.ReportUsageMutation`, `${TYPES}.type.Currency`, `${TYPES}.type.GetCustomerByRefIdInput`, `${TYPES}.type.MoneyInputDTO`, `${TYPES}.type.PreviewSubscriptionInput`, `${TYPES}.type.PriceOverrideInput`, `${TYPES}.type.ProvisionSubscriptionInput`, `${TYPES}.type.ReportUsageInput`],
    members: [isKotlin ? 'private val stigg = Stigg.createClient(System.getenv("STIGG_SERVER_API_KEY"))' : 'private final Stigg stigg = Stigg.createClient(System.getenv("STIGG_SERVER_API_KEY"));'],
    statements: [],
  };
  return {
    kind: 'sdk', id, name: 'stigg-api-client', language, surface: 'graphql',
    write(call) {
      switch (call.kind) {
        case 'price':
          return both(setup, does(
            `${isKotlin ? 'val' : 'MoneyInputDTO'} money = MoneyInputDTO.builder().amount(${call.amount}).currency(Currency.${call.currency.toUpperCase()}).build()${end}`,
            `${isKotlin ? 'val' : 'PriceOverrideInput'} override${isKotlin ? 'd' : ''} = PriceOverrideInput.builder().featureId(featureId).price(money).build()${end}`,
            `${isKotlin ? 'val' : 'ProvisionSubscriptionInput'} input = ProvisionSubscriptionInput.builder().customerId(customerId).planId(planId).priceOverrides(${isKotlin ? 'listOf(overrided)' : 'List.of(override)'}).build()${end}`,
            `stigg.mutation(ProvisionSubscriptionMutation.builder().input(input).build())${end}`,
          ));
        case 'preview':
          return both(both(setup, does(`${isKotlin ? 'val' : 'var'} answer = stigg.query(PreviewSubscriptionQuery.builder().input(PreviewSubscriptionInput.builder().customerId(customerId).planId(planId).build()).build())${end}`)) ?? setup, language.use(answer, useOf(call, ['previewSubscription', 'total', 'amount'])));
        case 'once':
          return both(setup, does(`stigg.mutation(ReportUsageMutation.builder().input(ReportUsageInput.builder().customerId(customerId).featureId(featureId).value(1.0).idempotencyKey(${call.key}).build()).build())${end}`));
        case 'customer':
          return both(setup, does(`stigg.query(GetCustomerByIdQuery.builder().input(GetCustomerByRefIdInput.builder().customerId(customerId).build()).build())${end}`));
        default:
          return undefined;
      }
    },
  };
}

const oldCsharp: SdkClient = {
  kind: 'sdk', id: 'stigg-api-client-csharp', name: 'Stigg.Api.Client', language: csharp, surface: 'graphql',
  write(call) {
    const setup: Parts = { imports: ['Stigg.Api.Client'], members: ['private readonly IStiggClient stigg = Stigg.Api.Client.Stigg.createClient(Environment.GetEnvironmentVariable("STIGG_SERVER_API_KEY"));'], statements: [] };
    switch (call.kind) {
      case 'price':
        return both(setup, does(
          'await stigg.ProvisionSubscription.ExecuteAsync(new ProvisionSubscriptionInput',
          '{',
          '    CustomerId = customerId,',
          '    PlanId = planId,',
          `    PriceOverrides = new[] { new PriceOverrideInput { FeatureId = featureId, Price = new MoneyInputDTO { Amount = ${call.amount}, Currency = Currency.${pascal(call.currency)} } } },`,
          '});',
        ));
      case 'preview':
        return both(both(setup, does('var answer = (await stigg.PreviewSubscription.ExecuteAsync(new PreviewSubscriptionInput { CustomerId = customerId, PlanId = planId })).Data;')) ?? setup, csharp.use(answer, useOf(call, ['previewSubscription', 'total', 'amount'])));
      case 'once':
        return both(setup, does(`await stigg.ReportUsage.ExecuteAsync(new ReportUsageInput { CustomerId = customerId, FeatureId = featureId, Value = 1, IdempotencyKey = ${call.key} });`));
      case 'customer':
        return both(setup, does('var customer = await stigg.GetCustomerById.ExecuteAsync(new GetCustomerByRefIdInput { CustomerId = customerId });'));
      default:
        return undefined;
    }
  },
};

/** Further clients of Java. */
export const MORE_JAVA: readonly HttpClient[] = [restTemplate, webClient, urlConnection];
export const MORE_CSHARP: readonly HttpClient[] = [asJson, flurl];
/** The SDKs of before, which speak GraphQL. */
export const OLD_SDKS: readonly SdkClient[] = [oldJava(java, 'stigg-api-client-java', false), oldJava(kotlin, 'stigg-api-client-kotlin', true), oldCsharp];
