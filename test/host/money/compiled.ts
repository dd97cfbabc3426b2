import type { MoneyFile } from './moneyFile.js';

/** Programs in languages that are compiled. */
export const COMPILED: readonly MoneyFile[] = [
  {
    language: 'Go',
    path: 'billing/coupon.go',
    shownAs: 'go',
    text: `package billing

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
)

// CreateCoupon makes a coupon of a fixed price; price is in dollars.
func CreateCoupon(ctx context.Context, id string, price float64) error {
	body, err := json.Marshal(map[string]any{
		"id":         id,
		"amountsOff": []map[string]any{{"amount": price * 100, "currency": "usd"}},
		"percentOff": nil,
	})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.stigg.io/api/v1/coupons", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+os.Getenv("STIGG_SERVER_API_KEY"))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", "coupon-"+id)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
`,
    problems: [
      {
        rule: 'cents-to-stigg',
        at: 'price * 100',
        message: [/a hundred times the amount/],
        fix: { title: 'Hand over full units: leave out the conversion', replace: [['"amount": price * 100', '"amount": price']] },
      },
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"Authorization", "Bearer "+os', '"X-API-KEY", os']] },
      },
    ],
  },
  {
    language: 'Java',
    path: 'src/main/java/com/example/billing/Coupons.java',
    shownAs: 'java',
    text: `package com.example.billing;

import io.stigg.client.StiggClient;
import io.stigg.models.v1.coupons.CouponCreateParams;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

class Coupons {
    private final HttpClient http = HttpClient.newHttpClient();

    void create(StiggClient stigg) {
        stigg.v1().coupons().create(CouponCreateParams.builder()
            .id("welcome")
            .addAmountsOff(CouponCreateParams.AmountsOff.builder()
                .amount(4900.0)
                .currency(CouponCreateParams.AmountsOff.Currency.USD)
                .build())
            .build());
    }

    String list() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.stigg.io/api/v1/coupons"))
            .header("Authorization", "Bearer " + System.getenv("STIGG_SERVER_API_KEY"))
            .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
`,
    problems: [
      {
        rule: 'cent-shaped-amount',
        at: '4900.0',
        message: [/\$4,900\.00/, /\$49\.00/],
        fix: { title: 'Hand over full units: 49.00', replace: [['.amount(4900.0)', '.amount(49.0)']] },
      },
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"Authorization", "Bearer " + System', '"X-API-KEY", System']] },
      },
    ],
  },
  {
    language: 'Kotlin',
    path: 'src/main/kotlin/com/example/billing/Charges.kt',
    shownAs: 'plaintext',
    text: `package com.example.billing

import com.stripe.param.PaymentIntentCreateParams
import io.stigg.client.StiggClient
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

class Charges(private val stigg: StiggClient, private val http: OkHttpClient) {
    fun charge(params: SubscriptionPreviewParams): PaymentIntentCreateParams {
        val invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice()
        return PaymentIntentCreateParams.builder().setAmount(invoice.total().toLong()).setCurrency("usd").build()
    }

    fun report(usage: String, run: String): Boolean {
        val request = Request.Builder()
            .url("https://api.stigg.io/api/v1/usage")
            .header("Authorization", "Bearer " + System.getenv("STIGG_SERVER_API_KEY"))
            .header("Idempotency-Key", run)
            .post(usage.toRequestBody("application/json".toMediaType()))
            .build()
        return http.newCall(request).execute().use { it.isSuccessful }
    }
}
`,
    problems: [
      {
        rule: 'stigg-dollars-to-stripe',
        at: 'invoice.total().toLong()',
        message: [/Stripe takes cents/],
        fix: { title: 'Hand over cents: times 100, rounded', replace: [['setAmount(invoice.total().toLong())', 'setAmount(Math.round(invoice.total() * 100))']] },
      },
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"Authorization", "Bearer " + System', '"X-API-KEY", System']] },
      },
    ],
  },
  {
    language: 'C#',
    path: 'Billing/SubscriptionService.cs',
    shownAs: 'csharp',
    text: `using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Example.Billing;

public sealed class SubscriptionService
{
    private readonly HttpClient _http = new();

    public async Task RaiseFloorAsync(string id, decimal floor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"https://api.stigg.io/api/v1/subscriptions/{id}");
        request.Headers.Add("ApiKey", Environment.GetEnvironmentVariable("STIGG_SERVER_API_KEY"));
        request.Content = JsonContent.Create(new { minimumSpend = new { amount = floor * 100m, currency = "usd" } });
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'ApiKey',
        message: [/It takes the key in X-API-KEY/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"ApiKey"', '"X-API-KEY"']] },
      },
      {
        rule: 'cents-to-stigg',
        at: 'floor * 100m',
        message: [/a hundred times the amount/],
        fix: { title: 'Hand over full units: leave out the conversion', replace: [['amount = floor * 100m', 'amount = floor']] },
      },
    ],
  },
  {
    language: 'Rust',
    path: 'src/billing.rs',
    shownAs: 'rust',
    text: `use reqwest::Client;
use serde_json::json;

const BASE: &str = "https://api.stigg.io/api/v1";

pub async fn create_coupon(http: &Client, key: &str, id: &str) -> reqwest::Result<()> {
    http.post(format!("{BASE}/coupons"))
        .header("X-STIGG-API-KEY", key)
        .header("Idempotency-Key", format!("coupon-{id}"))
        .json(&json!({
            "id": id,
            "amountsOff": [{ "amount": 4900, "currency": "eur" }],
            "percentOff": null,
        }))
        .send()
        .await?
        .error_for_status()?;
    Ok(())
}
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'X-STIGG-API-KEY',
        message: [/It takes the key in X-API-KEY/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"X-STIGG-API-KEY"', '"X-API-KEY"']] },
      },
      {
        rule: 'cent-shaped-amount',
        at: '4900',
        message: [/€4,900\.00/, /€49\.00/],
        fix: { title: 'Hand over full units: 49.00', replace: [['"amount": 4900,', '"amount": 49,']] },
      },
    ],
  },
];
