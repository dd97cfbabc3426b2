import type { Snippet } from './jvm.js';

/** What people write in Go, and what each statement of it becomes. */
export const SNIPPETS: readonly Snippet[] = [
  {
    name: 'coupon.go',
    text: `package billing

import (
	"context"
	"os"

	"github.com/stiggio/stigg-go"
	"github.com/stiggio/stigg-go/option"
)

const centsPerDollar = 100

func CreateCoupon(ctx context.Context, priceInCents int64) (*stigg.V1CouponNewResponse, error) {
	client := stigg.NewClient(option.WithAPIKey(os.Getenv("STIGG_API_KEY")))
	coupon, err := client.V1.Coupons.New(ctx, stigg.V1CouponNewParams{
		ID:   "coupon-spring",
		Name: "Spring",
		AmountsOff: []stigg.V1CouponNewParamsAmountsOff{
			{Amount: float64(priceInCents) / centsPerDollar, Currency: "usd"},
			{Amount: 49.00 * centsPerDollar, Currency: "eur"},
		},
	})
	if err != nil {
		return nil, err
	}
	return coupon, nil
}
`,
    printed: [
      'let centsPerDollar = 100',
      'fn CreateCoupon(ctx: context.Context, priceInCents: int64) { let client = stigg.NewClient(option.WithAPIKey(os.Getenv("STIGG_API_KEY"))); let coupon, err<#1> = client.V1.Coupons.New(ctx, stigg.V1CouponNewParams{ID: "coupon-spring", Name: "Spring", AmountsOff: [stigg.V1CouponNewParamsAmountsOff{Amount: (float64(priceInCents) / centsPerDollar), Currency: "usd"}, stigg.V1CouponNewParamsAmountsOff{Amount: (49 * centsPerDollar), Currency: "eur"}]}); { (err != nil); { return nil; err } }; return coupon; nil }',
    ],
  },
  {
    name: 'graphql.go',
    text: `package billing

var client = stigg.NewStiggClient(os.Getenv("STIGG_SERVER_API_KEY"), nil, nil)

func toCents(dollars float64) float64 { return math.Round(dollars * 100) }

func provision(ctx context.Context, customer string) (string, error) {
	currency := stigg.CurrencyUsd
	result, err := client.ProvisionSubscription(ctx, stigg.ProvisionSubscriptionInput{
		CustomerID: customer,
		PriceOverrides: []*stigg.PriceOverrideInput{{
			AddonID: nil,
			Price:   &stigg.MoneyInputDto{Amount: toCents(49.0), Currency: &currency},
		}},
	})
	if err != nil {
		return "", fmt.Errorf("provision %s: %w", customer, err)
	}
	return *result.ProvisionSubscription.ID, nil
}
`,
    printed: [
      'let client = stigg.NewStiggClient(os.Getenv("STIGG_SERVER_API_KEY"), nil, nil)',
      'fn toCents(dollars: float64) { return math.Round((dollars * 100)) }',
      'fn provision(ctx: context.Context, customer: string) { let currency = stigg.CurrencyUsd; let result, err<#1> = client.ProvisionSubscription(ctx, stigg.ProvisionSubscriptionInput{CustomerID: customer, PriceOverrides: [stigg.PriceOverrideInput{AddonID: nil, Price: &stigg.MoneyInputDto{Amount: toCents(49), Currency: &currency}}]}); { (err != nil); { return ""; fmt.Errorf("provision %s: %w", customer, err) } }; return &result.ProvisionSubscription.ID; nil }',
    ],
  },
  {
    name: 'http.go',
    text: `package billing

const baseURL = "https://api.stigg.io/api/v1"

type coupon struct {
	Amount float64 \`json:"amount"\`
}

func post(ctx context.Context, path string, body any) (*http.Response, error) {
	payload, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, baseURL+path, bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-API-KEY", os.Getenv("STIGG_API_KEY"))
	req.Header["Content-Type"] = []string{"application/json"}
	defer req.Body.Close()
	return http.DefaultClient.Do(req)
}

func create(ctx context.Context, cents int) {
	var amount = float64(cents) / 100
	post(ctx, "/coupons", map[string]any{"id": "c", "amountsOff": []map[string]any{{"amount": amount, "currency": "usd"}}})
	post(ctx, "/coupons", coupon{Amount: 4900})
}
`,
    printed: [
      'let baseURL = "https://api.stigg.io/api/v1"',
      'fn post(ctx: context.Context, path: string, body: any) { let payload, err<#1> = json.Marshal(body); { (err != nil); { return nil; err } }; let req, err<#1> = http.NewRequestWithContext(ctx, http.MethodPost, (baseURL + path), bytes.NewReader(payload)); { (err != nil); { return nil; err } }; req.Header.Set("X-API-KEY", os.Getenv("STIGG_API_KEY")); req.Header.Content-Type = ["application/json"]; req.Body.Close(); return http.DefaultClient.Do(req) }',
      'fn create(ctx: context.Context, cents: int) { let amount = (float64(cents) / 100); post(ctx, "/coupons", {id: "c", amountsOff: [{amount: amount, currency: "usd"}]}); post(ctx, "/coupons", coupon{Amount: 4900}) }',
    ],
  },
  {
    name: 'provision.go',
    text: `package billing

func (s *Service) Provision(ctx context.Context, price *stripe.Price) error {
	params := stigg.V1SubscriptionProvisionParams{
		CustomerID: s.customerID,
		PlanID:     "plan-pro",
		MinimumSpend: stigg.V1SubscriptionProvisionParamsMinimumSpend{
			Amount: stigg.Float(float64(price.UnitAmount)),
		},
	}
	for _, tier := range price.Tiers {
		params.PriceOverrides = append(params.PriceOverrides, stigg.V1SubscriptionProvisionParamsPriceOverride{
			Tiers: []stigg.Tier{{UnitPrice: stigg.Money{Amount: stigg.Float(tier.UnitAmount * 100)}}},
		})
	}
	params.Budget.Limit = 500
	_, err := s.client.V1.Subscriptions.Provision(ctx, params, option.WithHeader("Idempotency-Key", uuid.NewString()))
	return err
}
`,
    printed: [
      'fn Provision(s: *Service, ctx: context.Context, price: *stripe.Price) { let params = stigg.V1SubscriptionProvisionParams{CustomerID: s.customerID, PlanID: "plan-pro", MinimumSpend: stigg.V1SubscriptionProvisionParamsMinimumSpend{Amount: stigg.Float(float64(price.UnitAmount))}}; { let tier of price.Tiers; { params.PriceOverrides = append(params.PriceOverrides, stigg.V1SubscriptionProvisionParamsPriceOverride{Tiers: [stigg.Tier{UnitPrice: stigg.Money{Amount: stigg.Float((tier.UnitAmount * 100))}}]}) } }; params.Budget.Limit = 500; let err<#1> = s.client.V1.Subscriptions.Provision(ctx, params, option.WithHeader("Idempotency-Key", uuid.NewString())); return err }',
    ],
  },
  {
    name: 'raw.go',
    text: `package main

import (
	"net/http"
	"strings"
)

func main() {
	body := strings.NewReader(\`{"id": "c", "amountsOff": [{"amount": 4900, "currency": "usd"}]}\`)
	req, _ := http.NewRequest("POST", "https://api.stigg.io/api/v1/coupons", body)
	req.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}
	go func() {
		res, err := (&http.Client{Timeout: 5 * time.Second}).Do(req)
		switch {
		case err != nil:
			log.Fatal(err)
		case res.StatusCode == 403:
			panic("forbidden")
		default:
			defer res.Body.Close()
		}
	}()
}
`,
    printed: [
      'fn main() { let body = strings.NewReader("{"id": "c", "amountsOff": [{"amount": 4900, "currency": "usd"}]}"); let req = http.NewRequest("POST", "https://api.stigg.io/api/v1/coupons", body); req.Header = http.Header{Authorization: [("Bearer " + token)], Content-Type: ["application/json"]}; fn () { let res, err<#1> = &http.Client{Timeout: (5 * time.Second)}.Do(req); { { (err != nil); log.Fatal(err) }; { (res.StatusCode == 403); panic("forbidden") }; { res.Body.Close() } } }() }',
    ],
  },
  {
    name: 'stripe.go',
    text: `package billing

func charge(c *stigg.Client, params *stripe.PaymentIntentParams, id string) error {
	preview, err := c.V1.Subscriptions.Preview(ctx, stigg.V1SubscriptionPreviewParams{CustomerID: id})
	if total := preview.Data.ImmediateInvoice.Total; total > 0 {
		params.Amount = stripe.Int64(int64(math.Round(total * 100)))
	} else {
		params.Amount = stripe.Int64(0)
	}
	list, err := c.V1.Subscriptions.List(ctx, stigg.V1SubscriptionListParams{Limit: stigg.Int(500)})
	for i := range list.Data {
		entitlements, ok := any(list.Data[i]).(map[string]any)["subscriptionEntitlements"]
		if ok && entitlements != nil {
			use(entitlements)
		}
	}
	return err
}
`,
    printed: [
      'fn charge(c: *stigg.Client, params: *stripe.PaymentIntentParams, id: string) { let preview, err<#1> = c.V1.Subscriptions.Preview(ctx, stigg.V1SubscriptionPreviewParams{CustomerID: id}); { let total = preview.Data.ImmediateInvoice.Total; (total > 0); { params.Amount = stripe.Int64(int64(math.Round((total * 100)))) }; { params.Amount = stripe.Int64(0) } }; let list, err<#1> = c.V1.Subscriptions.List(ctx, stigg.V1SubscriptionListParams{Limit: stigg.Int(500)}); { let i<#key> of list.Data; { let entitlements, ok<#1> = cast any(list.Data[i]).subscriptionEntitlements; { (ok ? (entitlements != nil)); { use(entitlements) } } } }; return err }',
    ],
  },
];
