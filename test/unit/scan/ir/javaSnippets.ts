import type { Snippet } from './jvm.js';

/** Code as it is written against Stigg, by SDK and HTTP client. */
export const JAVA_SNIPPETS: readonly Snippet[] = [
  {
    name: 'coupon sdk',
    text: `package com.acme.billing;

import io.stigg.client.StiggClient;
import io.stigg.client.okhttp.StiggOkHttpClient;

public class Coupons {
  private static final double DISCOUNT = 49.00;
  private final StiggClient client = StiggOkHttpClient.builder()
      .apiKey(System.getenv("STIGG_API_KEY"))
      .baseUrl("https://api.stigg.io")
      .build();

  public void create(long discountInCents) {
    CouponCreateParams params = CouponCreateParams.builder()
        .id("launch")
        // full dollars
        .addAmountsOff(CouponCreateParams.AmountsOff.builder()
            .amount(discountInCents / 100.0)
            .currency(CouponCreateParams.AmountsOff.Currency.USD)
            .build())
        .percentOff((Double) null)
        .build();
    this.client.v1().coupons().create(params);
  }
}
`,
    printed: [
      'class Coupons { let DISCOUNT: double = 49; let client: StiggClient = StiggOkHttpClient.builder().apiKey(System.getenv("STIGG_API_KEY")).baseUrl("https://api.stigg.io").build(); fn create(discountInCents: long) { let params: CouponCreateParams = CouponCreateParams.builder().id("launch").addAmountsOff(CouponCreateParams.AmountsOff.builder().amount((discountInCents / 100)).currency(CouponCreateParams.AmountsOff.Currency.USD).build()).percentOff(cast null).build(); this.client.v1().coupons().create(params) } }',
    ],
  },
  {
    name: 'provision sdk',
    text: `class Provision {
  private final StiggClient stigg;

  Provision(StiggClient stigg) {
    this.stigg = stigg;
  }

  void provision(Order order) {
    var overrides = order.lines().stream()
        .map(line -> SubscriptionProvisionParams.PriceOverride.builder()
            .price(SubscriptionProvisionParams.PriceOverride.Price.builder().amount(line.price().getUnitAmount() * 100).build())
            .build())
        .toList();
    stigg.v1().subscriptions().provision(SubscriptionProvisionParams.builder()
        .customerId(order.customerId())
        .priceOverrides(overrides)
        .budget(SubscriptionProvisionParams.Budget.builder().limit(500).hasSoftLimit(true).build())
        .build());
  }
}
`,
    printed: [
      'class Provision { let stigg: StiggClient; fn Provision(stigg: StiggClient) { this.stigg = stigg }; fn provision(order: Order) { let overrides = order.lines().stream().map(fn (line) { return SubscriptionProvisionParams.PriceOverride.builder().price(SubscriptionProvisionParams.PriceOverride.Price.builder().amount((line.price().getUnitAmount() * 100)).build()).build() }).toList(); stigg.v1().subscriptions().provision(SubscriptionProvisionParams.builder().customerId(order.customerId()).priceOverrides(overrides).budget(SubscriptionProvisionParams.Budget.builder().limit(500).hasSoftLimit(true).build()).build()) } }',
    ],
  },
  {
    name: 'graphql sdk',
    text: `void provision(ApolloClient client, Price price) {
  double amount = switch (price.getCurrency()) {
    case "jpy", "krw" -> price.getUnitAmount();
    default -> {
      log(price);
      yield price.getUnitAmount() / 100.0;
    }
  };
  MoneyInputDTO money = new MoneyInputDTO() {{
    setAmount(amount);
    setCurrency(Currency.USD);
  }};
  var stigg = Stigg.createClient(System.getenv("STIGG_SERVER_API_KEY"));
  stigg.mutate(new ProvisionSubscriptionMutation(ProvisionSubscriptionInput.builder().customerId("c").minimumSpend(new MinimumSpend(money)).build()));
}
`,
    printed: [
      'fn provision(client: ApolloClient, price: Price) { let amount: double = (price.getCurrency(), "jpy", "krw" ? price.getUnitAmount() | { log(price); (price.getUnitAmount() / 100) }); let money: MoneyInputDTO = new MoneyInputDTO(class  { { setAmount(amount); setCurrency(Currency.USD) } }); let stigg = Stigg.createClient(System.getenv("STIGG_SERVER_API_KEY")); stigg.mutate(new ProvisionSubscriptionMutation(ProvisionSubscriptionInput.builder().customerId("c").minimumSpend(new MinimumSpend(money)).build())) }',
    ],
  },
  {
    name: 'java http',
    text: `HttpResponse<String> create(int amount) throws Exception {
  String body = """
      {
        "amountsOff": [{"amount": 4900, "currency": "usd"}]
      }
      """;
  HttpRequest request = HttpRequest.newBuilder(URI.create(BASE + "/api/v1/coupons"))
      .header("X-API-KEY", System.getenv("STIGG_SERVER_API_KEY"))
      .header("Content-Type", "application/json")
      .POST(HttpRequest.BodyPublishers.ofString(body))
      .build();
  return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
}
`,
    printed: [
      'fn create(amount: int) { let body: String = "{\n  "amountsOff": [{"amount": 4900, "currency": "usd"}]\n}\n"; let request: HttpRequest = HttpRequest.newBuilder(URI.create((BASE + "/api/v1/coupons"))).header("X-API-KEY", System.getenv("STIGG_SERVER_API_KEY")).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(); return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()) }',
    ],
  },
  {
    name: 'okhttp spring',
    text: `@Service
class CreditService {
  @Value("\${stigg.url:https://api.stigg.io}")
  private String baseUrl;

  void grant(int cents) {
    Map<String, Object> cost = new HashMap<>();
    cost.put("amount", cents / 100);
    cost.put("currency", "usd");
    HttpHeaders headers = new HttpHeaders();
    headers.set("Authorization", "Bearer " + key);
    restTemplate.postForObject(baseUrl + "/api/v1/credits/grants", new HttpEntity<>(Map.of("amount", 100, "cost", cost), headers), String.class);
  }

  String list() throws IOException {
    Request request = new Request.Builder().url(baseUrl + "/api/v1/plans?limit=500").addHeader("X-API-KEY", key).build();
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    } catch (IOException e) {
      throw new IllegalStateException("no plans: " + e.getMessage(), e);
    }
  }
}
`,
    printed: [
      'class CreditService { Value("${stigg.url:https://api.stigg.io}"); let baseUrl: String; fn grant(cents: int) { let cost: Map<String, Object> = new HashMap(); cost.put("amount", (cents / 100)); cost.put("currency", "usd"); let headers: HttpHeaders = new HttpHeaders(); headers.set("Authorization", ("Bearer " + key)); restTemplate.postForObject((baseUrl + "/api/v1/credits/grants"), new HttpEntity(Map.of("amount", 100, "cost", cost), headers), String.class) }; fn list() { let request: Request = new Request.Builder().url((baseUrl + "/api/v1/plans?limit=500")).addHeader("X-API-KEY", key).build(); { let response: Response = client.newCall(request).execute(); { return response.body().string() }; { let e: IOException; { new IllegalStateException(("no plans: " + e.getMessage()), e) } } } } }',
    ],
  },
  {
    name: 'stripe retrofit',
    text: `interface StiggApi {
  @Headers({"X-API-KEY: key", "Content-Type: application/json"})
  @POST("api/v1/subscriptions")
  Call<Subscription> provision(@Body Provision body);
}

record Money(double amount, String currency) {
  static Money ofStripe(com.stripe.model.Price price) {
    return new Money(price.getUnitAmountDecimal().movePointLeft(2).doubleValue(), price.getCurrency());
  }
}

enum Tier {
  BASIC(1900), PRO(4900);

  final int cents;

  Tier(int cents) {
    this.cents = cents;
  }
}
`,
    printed: [
      'class StiggApi { Headers(["X-API-KEY: key", "Content-Type: application/json"]); POST("api/v1/subscriptions"); fn provision(body: Provision) {  } }',
      'class Money { let amount: double; let currency: String; fn ofStripe(price: com.stripe.model.Price) { return new Money(price.getUnitAmountDecimal().movePointLeft(2).doubleValue(), price.getCurrency()) } }',
      'class Tier { let BASIC = new BASIC(1900); let PRO = new PRO(4900); let cents: int; fn Tier(cents: int) { this.cents = cents } }',
    ],
  },
];
