import type { MoneyFile } from './moneyFile.js';

/** Programs in languages that are run as they are written. */
export const INTERPRETED: readonly MoneyFile[] = [
  {
    language: 'TypeScript',
    path: 'api/src/billing/coupons.ts',
    shownAs: 'typescript',
    text: `const BASE = 'https://api.stigg.io/api/v1';

export interface Campaign {
  id: string;
  /** What a customer sees: 49 for $49.00. */
  price: number;
}

export async function createCoupon({ id, price }: Campaign): Promise<void> {
  const amount = Math.round(price * 100);
  const response = await fetch(\`\${BASE}/coupons\`, {
    method: 'POST',
    headers: {
      Authorization: \`Bearer \${process.env.STIGG_SERVER_API_KEY}\`,
      'Content-Type': 'application/json',
      'Idempotency-Key': \`coupon-\${id}\`,
    },
    body: JSON.stringify({ id, amountsOff: [{ amount, currency: 'usd' }], percentOff: null }),
  });
  if (!response.ok) throw new Error(\`Stigg answered \${response.status}\`);
}
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['Authorization: `Bearer ${process', "'X-API-KEY': `${process"]] },
      },
      {
        rule: 'cents-to-stigg',
        at: 'amount',
        message: [/a hundred times the amount/],
        evidence: /line 10\\?: The amount is in cents from here on/,
        fix: { title: 'Hand over full units: divide by 100', replace: [['[{ amount, currency', '[{ amount: amount / 100, currency']] },
      },
    ],
  },
  {
    language: 'TSX',
    path: 'web/app/upgrade/page.tsx',
    shownAs: 'typescriptreact',
    text: `import Stigg from '@stigg/typescript';

const stigg = new Stigg({ apiKey: process.env.STIGG_SERVER_API_KEY });
const usd = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'usd' });

async function estimate(customerId: string, seats: number) {
  const response = await fetch('https://api.stigg.io/api/v1/usage/estimate', {
    method: 'POST',
    headers: { 'X-API-KEY': process.env.STIGG_SERVER_API_KEY ?? '' },
    body: JSON.stringify({ customerId, featureId: 'seats', value: seats }),
  });
  return (await response.json()).data;
}

export default async function Upgrade({ searchParams }: { searchParams: { customer: string } }) {
  const { data } = await stigg.v1.subscriptions.preview({ customerId: searchParams.customer, planId: 'plan-pro' });
  const usage = await estimate(searchParams.customer, 5);
  return (
    <main>
      <h1>Upgrade to Pro</h1>
      <p>Due today: {usd.format(data.immediateInvoice.total / 100)}</p>
      <pre>{JSON.stringify(usage)}</pre>
    </main>
  );
}
`,
    problems: [
      {
        rule: 'missing-content-type',
        at: 'fetch',
        message: [/Nothing says that the body is JSON/],
        fix: { title: 'Send it as application/json', replace: [["STIGG_SERVER_API_KEY ?? '' }", "STIGG_SERVER_API_KEY ?? '', 'Content-Type': 'application/json' }"]] },
      },
      {
        rule: 'stigg-amount-divided',
        at: 'data.immediateInvoice.total / 100',
        message: [/immediateInvoice\.total in full currency units/, /a hundredth of the amount/],
        fix: { title: 'Use the amount as it is: leave out the division', replace: [['total / 100)}', 'total)}']] },
      },
    ],
  },
  {
    language: 'JavaScript',
    path: 'api/src/stripe-bridge.js',
    shownAs: 'javascript',
    text: `const axios = require('axios');
const stripe = require('stripe')(process.env.STRIPE_SECRET_KEY);

const stigg = axios.create({
  baseURL: 'https://api.stigg.io/api/v1',
  headers: { 'X-API-KEY': process.env.STIGG_SERVER_API_KEY },
});

/** Sells the same credit pack by way of both. */
exports.grantPack = async (customerId, priceId) => {
  const price = await stripe.prices.retrieve(priceId);
  const { data } = await stigg.post('/credits/grants', {
    customerId,
    currencyId: 'ai-credits',
    amount: 5000,
    grantType: 'PAID',
    cost: { amount: price.unit_amount, currency: price.currency },
  });
  return data;
};
`,
    problems: [
      {
        rule: 'missing-idempotency-key',
        at: 'stigg.post',
        message: [/Stigg cannot tell a retry from a new request/],
        fix: {
          title: 'Send Idempotency-Key with a new value',
          replace: [['currency: price.currency },\n  });', "currency: price.currency },\n  }, { headers: { 'Idempotency-Key': crypto.randomUUID() } });"]],
        },
      },
      {
        rule: 'cents-to-stigg',
        at: 'price.unit_amount',
        message: [/Stigg takes full currency units in cost\.amount/, /unit_amount of Stripe is in cents/],
        fix: { title: 'Hand over full units: divide by 100', replace: [['price.unit_amount,', 'price.unit_amount / 100,']] },
      },
    ],
  },
  {
    language: 'Python',
    path: 'billing/coupons.py',
    shownAs: 'python',
    text: `import os

import requests

API = "https://api.stigg.io/api/v1"


def create_welcome_coupon(campaign: str) -> dict:
    response = requests.post(
        f"{API}/coupons",
        headers={
            "Authorization": f"Bearer {os.environ['STIGG_SERVER_API_KEY']}",
            "Idempotency-Key": f"coupon-{campaign}",
        },
        json={
            "id": campaign,
            "amountsOff": [{"amount": 1999, "currency": "usd"}],
            "percentOff": None,
        },
        timeout=10,
    )
    response.raise_for_status()
    return response.json()["data"]
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [[`"Authorization": f"Bearer {`, `"X-API-KEY": f"{`]] },
      },
      {
        rule: 'cent-shaped-amount',
        at: '1999',
        message: [/\$1,999\.00/, /\$19\.99/],
        fix: { title: 'Hand over full units: 19.99', replace: [['"amount": 1999,', '"amount": 19.99,']] },
      },
    ],
  },
  {
    language: 'Ruby',
    path: 'app/services/stigg_coupons.rb',
    shownAs: 'ruby',
    text: `require "json"
require "net/http"

class StiggCoupons
  URL = URI("https://api.stigg.io/api/v1/coupons")

  def create(id:, price_cents:)
    request = Net::HTTP::Post.new(URL)
    request["X-API_KEY"] = ENV.fetch("STIGG_SERVER_API_KEY")
    request["Content-Type"] = "application/json"
    request["Idempotency-Key"] = "coupon-#{id}"
    request.body = { id: id, amountsOff: [{ amount: price_cents, currency: "usd" }], percentOff: nil }.to_json
    Net::HTTP.start(URL.host, URL.port, use_ssl: true) { |http| http.request(request) }
  end
end
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'X-API_KEY',
        message: [/It takes the key in X-API-KEY/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['request["X-API_KEY"]', 'request["X-API-KEY"]']] },
      },
      {
        rule: 'cents-to-stigg',
        at: 'price_cents',
        message: [/price_cents/],
        fix: { title: 'Hand over full units: divide by 100', replace: [['amount: price_cents,', 'amount: price_cents / 100.0,']] },
      },
    ],
  },
  {
    language: 'PHP',
    path: 'app/Services/StiggCoupons.php',
    shownAs: 'php',
    text: `<?php

namespace App\\Services;

use GuzzleHttp\\Client;

final class StiggCoupons
{
    private Client $http;

    public function __construct(string $key)
    {
        $this->http = new Client([
            'base_uri' => 'https://api.stigg.io/api/v1/',
            'headers' => ['Authorization' => 'Bearer ' . $key],
        ]);
    }

    public function create(string $id, float $price): void
    {
        $this->http->post('coupons', [
            'headers' => ['Idempotency-Key' => "coupon-$id"],
            'json' => [
                'id' => $id,
                'amountsOff' => [['amount' => round($price * 100), 'currency' => 'usd']],
                'percentOff' => null,
            ],
        ]);
    }
}
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [["'Authorization' => 'Bearer ' . $key", "'X-API-KEY' => $key"]] },
      },
      {
        rule: 'cents-to-stigg',
        at: 'round($price * 100)',
        message: [/a hundred times the amount/],
        fix: { title: 'Hand over full units: leave out the conversion', replace: [["'amount' => round($price * 100)", "'amount' => $price"]] },
      },
    ],
  },
];
