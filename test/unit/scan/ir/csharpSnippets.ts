import type { Snippet } from './edits.js';

/** C# as people write it against Stigg, and what it becomes. */
export const SNIPPETS: readonly Snippet[] = [
  ['the new SDK', `
using Stigg.Client;
using Stigg.Client.Models.V1.Coupons;

StiggClient client = new() { ApiKey = Environment.GetEnvironmentVariable("STIGG_API_KEY") };
const int Price = 4900;

CouponCreateParams parameters = new()
{
    ID = "black-friday",
    Name = $"Black Friday {DateTime.UtcNow:yyyy}",
    AmountsOff = [new() { Amount = Price, Currency = Currency.Usd }],
    PercentOff = null,
};

var coupon = await client.V1.Coupons.Create(parameters);
Console.WriteLine(coupon.Data.AmountsOff?[0].Amount / 100);
`, [
    'let client: StiggClient = StiggClient{ApiKey: Environment.GetEnvironmentVariable("STIGG_API_KEY")}',
    'let Price: int = 4900',
    'let parameters: CouponCreateParams = CouponCreateParams{ID: "black-friday", Name: "Black Friday ${DateTime.UtcNow}", AmountsOff: [{Amount: Price, Currency: Currency.Usd}], PercentOff: null}',
    'let coupon = await client.V1.Coupons.Create(parameters)',
    'Console.WriteLine((coupon.Data.AmountsOff[0].Amount / 100))',
  ]],
  ['the new SDK in a service', `
namespace Billing;

public sealed class SubscriptionService(StiggClient stigg, ILogger<SubscriptionService> logger)
{
    private readonly Dictionary<string, decimal> _floor = new() { ["pro"] = 49.00m };

    public async Task<string> ProvisionAsync(string customerId, long priceInCents, IReadOnlyList<Tier> tiers, CancellationToken token = default)
    {
        var overrides = tiers.Select(tier => new PriceOverride
        {
            FeatureID = "seats",
            Tiers = [.. tier.Steps.Select(step => new PriceOverrideTier { UpTo = step.Max, UnitPrice = new() { Amount = step.Cents / 100d, Currency = Currency.Usd } })],
        }).ToList();
        foreach (var (plan, minimum) in _floor)
        {
            if (minimum <= 0 || logger is null) continue;
            var response = await stigg.V1.Subscriptions.Provision(new SubscriptionProvisionParams
            {
                CustomerID = customerId,
                PlanID = plan,
                PriceOverrides = overrides,
                MinimumSpend = new() { Amount = minimum * 100, Currency = Currency.Usd },
                Budget = new() { Limit = (double)priceInCents, HasSoftLimit = true },
            }, token).ConfigureAwait(false);
            return response.Data.ID!;
        }
        throw new InvalidOperationException($"No plan for {customerId}");
    }
}
`, [
    'class SubscriptionService { fn SubscriptionService(stigg: StiggClient, logger: ILogger<SubscriptionService>) {  }; let stigg: StiggClient; let logger: ILogger<SubscriptionService>; let _floor: Dictionary<string, decimal> = Dictionary<string, decimal>{pro: 49}; fn ProvisionAsync(customerId: string, priceInCents: long, tiers: IReadOnlyList<Tier>, token: CancellationToken = ) { let overrides = tiers.Select(fn (tier) { return PriceOverride{FeatureID: "seats", Tiers: [...tier.Steps.Select(fn (step) { return PriceOverrideTier{UpTo: step.Max, UnitPrice: {Amount: (step.Cents / 100), Currency: Currency.Usd}} })]} }).ToList(); { let plan<0>, minimum<1> of _floor; (? (minimum <= 0) | (logger is null)); let response = await stigg.V1.Subscriptions.Provision(SubscriptionProvisionParams{CustomerID: customerId, PlanID: plan, PriceOverrides: overrides, MinimumSpend: {Amount: (minimum * 100), Currency: Currency.Usd}, Budget: {Limit: cast priceInCents, HasSoftLimit: true}}, token).ConfigureAwait(false); return cast response.Data.ID }; new InvalidOperationException("No plan for ${customerId}") } }',
  ]],
  ['the old SDK and Stripe', `
using Stigg.Api.Client;

public class LegacyBilling
{
    private readonly IStiggClient _client;
    public LegacyBilling(string apiKey) => _client = Stigg.CreateClient(apiKey: apiKey);

    public async Task Grant(string customerId, Stripe.Price price)
    {
        var input = new ProvisionSubscriptionInput
        {
            CustomerId = customerId,
            PlanId = "plan-pro",
            PriceOverrides = new List<PriceOverrideInput> { new() { FeatureId = "seats", Price = new MoneyInputDTO { Amount = price.UnitAmount ?? 0, Currency = Currency.USD } } },
        };
        if (price.Recurring is { Interval: "month", UsageType: var usage } recurring && usage != "metered") input.BillingPeriod = recurring.Interval switch { "year" => BillingPeriod.ANNUALLY, _ => BillingPeriod.MONTHLY };
        await _client.ProvisionSubscription.ExecuteAsync(input);
    }
}
`, [
    'class LegacyBilling { let _client: IStiggClient; fn LegacyBilling(apiKey: string) { return _client = Stigg.CreateClient(apiKey: apiKey) }; fn Grant(customerId: string, price: Stripe.Price) { let input = ProvisionSubscriptionInput{CustomerId: customerId, PlanId: "plan-pro", PriceOverrides: [PriceOverrideInput{FeatureId: "seats", Price: MoneyInputDTO{Amount: (? price.UnitAmount | 0), Currency: Currency.USD}}]}; ((let recurring, usage<UsageType> = price.Recurring is "month") ? (usage != "metered")); input.BillingPeriod = (recurring.Interval, "year" ? BillingPeriod.ANNUALLY | BillingPeriod.MONTHLY); await _client.ProvisionSubscription.ExecuteAsync(input) } }',
  ]],
  ['HttpClient with JSON content', `
using System.Net.Http.Json;

using var http = new HttpClient { BaseAddress = new Uri("https://api.stigg.io/") };
http.DefaultRequestHeaders.Add("X-API-KEY", key);
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

var body = new { id = "welcome", amountsOff = new[] { new { amount = dollars * 100, currency = "usd" } }, percentOff = (double?)null };
var response = await http.PostAsJsonAsync($"api/v1/coupons?limit={limit}", body);
response.EnsureSuccessStatusCode();
var created = await response.Content.ReadFromJsonAsync<CouponResponse>();
`, [
    'let http = HttpClient{BaseAddress: new Uri("https://api.stigg.io/")}',
    'http.DefaultRequestHeaders.Add("X-API-KEY", key)',
    'http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key)',
    'let body = {id: "welcome", amountsOff: [{amount: (dollars * 100), currency: "usd"}], percentOff: cast null}',
    'let response = await http.PostAsJsonAsync("api/v1/coupons?limit=${limit}", body)',
    'response.EnsureSuccessStatusCode()',
    'let created = await response.Content.ReadFromJsonAsync()',
  ]],
  ['a request message', `
var request = new HttpRequestMessage(HttpMethod.Post, "https://api.stigg.io/api/v1/credits/grants")
{
    Headers = { { "X-API-KEY", Environment.GetEnvironmentVariable("STIGG_SERVER_API_KEY") }, { "Idempotency-Key", Guid.NewGuid().ToString() } },
    Content = new StringContent(JsonSerializer.Serialize(new Dictionary<string, object>
    {
        { "customerId", customerId },
        { "amount", 1000 },
        { "cost", new { amount = ToDollars(cents), currency = "usd" } },
    }), Encoding.UTF8, "application/json"),
};
request.Headers.TryAddWithoutValidation("X-Trace", trace ?? "none");
using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);

static decimal ToDollars(long cents) => cents / 100m;
`, [
    'let request = new HttpRequestMessage(HttpMethod.Post, "https://api.stigg.io/api/v1/credits/grants", HttpRequestMessage{Headers: {X-API-KEY: Environment.GetEnvironmentVariable("STIGG_SERVER_API_KEY"), Idempotency-Key: Guid.NewGuid().ToString()}, Content: new StringContent(JsonSerializer.Serialize(Dictionary<string, object>{customerId: customerId, amount: 1000, cost: {amount: ToDollars(cents), currency: "usd"}}), Encoding.UTF8, "application/json")})',
    'request.Headers.TryAddWithoutValidation("X-Trace", (? trace | "none"))',
    'let reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token)',
    'fn ToDollars(cents: long) { return (cents / 100) }',
  ]],
  ['records, queries and RestSharp', `
public record CouponDto(string Id, [property: JsonPropertyName("amount_off")] decimal AmountOff)
{
    public decimal Cents => AmountOff * 100;
    public static CouponDto From(Stripe.Coupon c) => new(c.Id, c.AmountOff!.Value / 100m) { Source = "stripe" };
    public string Source { get; init; } = "manual";
}

public static class Migration
{
    public static async Task<int> Run(IEnumerable<Stripe.Coupon> coupons, RestClient rest)
    {
        var due = from c in coupons where c.AmountOff is not null let amount = c.AmountOff.Value select new { c.Id, amount };
        try
        {
            foreach (var c in due)
            {
                var request = new RestRequest("/api/v1/coupons", Method.Post);
                request.AddHeader("X-API-KEY", Key).AddJsonBody($$"""
                    {"id": "{{c.Id}}", "amountsOff": [{"amount": {{c.amount}}, "currency": "usd"}]}
                    """);
                await rest.ExecuteAsync(request);
            }
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.TooManyRequests)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        return due.Count();
    }

    private const string Key = "key";
}
`, [
    'class CouponDto { fn CouponDto(Id: string, AmountOff: decimal) {  }; let Id: string; let AmountOff: decimal; let Cents: decimal = (AmountOff * 100); fn From(c: Stripe.Coupon) { return new new(c.Id, (cast c.AmountOff.Value / 100), CouponDto{Source: "stripe"}) }; let Source: string = "manual" }',
    'class Migration { fn Run(coupons: IEnumerable<Stripe.Coupon>, rest: RestClient) { let due = { let c of coupons; (c.AmountOff is null); let amount = c.AmountOff.Value; {Id, amount} }; { { let c of due; let request = new RestRequest("/api/v1/coupons", Method.Post); request.AddHeader("X-API-KEY", Key).AddJsonBody("                    {"id": "${c.Id}", "amountsOff": [{"amount": ${c.amount}, "currency": "usd"}]}"); await rest.ExecuteAsync(request) } }; { let e: HttpRequestException; (e.StatusCode is HttpStatusCode.TooManyRequests); { await Task.Delay(TimeSpan.FromSeconds(1)) } }; return due.Count() }; let Key: string = "key" }',
  ]],
];
