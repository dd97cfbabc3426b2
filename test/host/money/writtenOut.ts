import type { MoneyFile } from './moneyFile.js';

/** Scripts, request files, payloads and documentation: what is sent is written out in them. */
export const WRITTEN_OUT: readonly MoneyFile[] = [
  {
    language: 'shell script',
    path: 'scripts/create-coupon.sh',
    shownAs: 'shellscript',
    text: `#!/usr/bin/env bash
set -euo pipefail

PRICE="\${1:?the price in dollars}"

curl --fail -X POST "https://api.stigg.io/api/v1/coupons" \\
  -H "Authorization: Bearer $STIGG_SERVER_API_KEY" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: coupon-$PRICE" \\
  -d '{ "id": "welcome", "amountsOff": [{ "amount": '"$((PRICE * 100))"', "currency": "usd" }], "percentOff": null }'
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"Authorization: Bearer $STIGG', '"X-API-KEY: $STIGG']] },
      },
      {
        rule: 'cents-to-stigg',
        at: '$((PRICE * 100))',
        message: [/a hundred times the amount/],
        fix: { title: 'Hand over full units: leave out the conversion', replace: [['$((PRICE * 100))', '$((PRICE))']] },
      },
    ],
  },
  {
    language: 'Makefile',
    path: 'Makefile',
    shownAs: 'makefile',
    text: `.PHONY: coupon
coupon:
	@curl --fail -X POST https://api.stigg.io/api/v1/coupons \\
	  -H "X-API_KEY: $$STIGG_SERVER_API_KEY" \\
	  -H "Content-Type: application/json" \\
	  -H "Idempotency-Key: coupon-$(CAMPAIGN)" \\
	  -d '{ "id": "$(CAMPAIGN)", "amountsOff": [{ "amount": 4900, "currency": "usd" }] }'
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'X-API_KEY',
        message: [/It takes the key in X-API-KEY/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"X-API_KEY: ', '"X-API-KEY: ']] },
      },
      {
        rule: 'cent-shaped-amount',
        at: '4900',
        message: [/\$4,900\.00/, /\$49\.00/],
        fix: { title: 'Hand over full units: 49.00', replace: [['"amount": 4900,', '"amount": 49,']] },
      },
    ],
  },
  {
    language: 'workflow',
    path: '.github/workflows/launch.yml',
    shownAs: 'yaml',
    text: `name: launch
on: workflow_dispatch
jobs:
  coupon:
    runs-on: ubuntu-latest
    env:
      STIGG_SERVER_API_KEY: \${{ secrets.STIGG_SERVER_API_KEY }}
    steps:
      - name: Create the coupon
        run: |
          curl --fail -X POST "https://api.stigg.io/api/v1/coupons" \\
            -H "Authorization: $STIGG_SERVER_API_KEY" \\
            -H "Content-Type: application/json" \\
            -H "Idempotency-Key: launch-$GITHUB_RUN_ID" \\
            -d '{ "id": "launch", "amountsOff": [{ "amount": 9900, "currency": "usd" }], "percentOff": null }'
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"Authorization: $STIGG', '"X-API-KEY: $STIGG']] },
      },
      {
        rule: 'cent-shaped-amount',
        at: '9900',
        message: [/\$9,900\.00/, /\$99\.00/],
        fix: { title: 'Hand over full units: 99.00', replace: [['"amount": 9900,', '"amount": 99,']] },
      },
    ],
  },
  {
    language: 'Markdown',
    path: 'docs/coupons.md',
    shownAs: 'markdown',
    text: `# Coupons

The launch coupon takes $49.00 off:

\`\`\`ts
import Stigg from '@stigg/typescript';

const stigg = new Stigg();
await stigg.v1.coupons.create({
  id: 'launch',
  amountsOff: [{ amount: 49 * 100, currency: 'usd' }],
  percentOff: null,
});
\`\`\`

To see it:

\`\`\`bash
curl https://api.stigg.io/api/v1/coupons/launch \\
  -H "Authorization: Bearer $STIGG_SERVER_API_KEY"
\`\`\`
`,
    problems: [
      {
        rule: 'cents-to-stigg',
        at: '49 * 100',
        message: [/\$4,900\.00/, /\$49\.00/],
        fix: { title: 'Hand over full units: leave out the conversion', replace: [['amount: 49 * 100', 'amount: 49']] },
      },
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['"Authorization: Bearer $STIGG', '"X-API-KEY: $STIGG']] },
      },
    ],
  },
  {
    language: 'request file',
    path: 'requests/coupons.http',
    shownAs: 'plaintext',
    text: `@host = https://api.stigg.io/api/v1

### The launch coupon
POST {{host}}/coupons
Authorization: Bearer {{$dotenv STIGG_SERVER_API_KEY}}
Content-Type: application/json
Idempotency-Key: {{$guid}}

{
  "id": "launch",
  "amountsOff": [{ "amount": 4900, "currency": "usd" }],
  "percentOff": null
}
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [['Authorization: Bearer {{', 'X-API-KEY: {{']] },
      },
      {
        rule: 'cent-shaped-amount',
        at: '4900',
        message: [/\$4,900\.00/, /\$49\.00/],
        fix: { title: 'Hand over full units: 49.00', replace: [['"amount": 4900,', '"amount": 49,']] },
      },
    ],
  },
  {
    language: 'JSON',
    path: 'stigg/payloads/enterprise.json',
    shownAs: 'json',
    text: `{
  "customerId": "customer-acme",
  "planId": "plan-enterprise",
  "metadata": { "sentTo": "stigg", "deal": "D-1234" },
  "minimumSpend": { "amount": 99900, "currency": "usd" },
  "priceOverrides": [
    { "featureId": "seats", "amount": 1999, "currency": "usd" },
    { "featureId": "tokens", "amount": 0.002, "blockSize": 1000, "currency": "usd" }
  ]
}
`,
    problems: [
      {
        rule: 'cent-shaped-amount',
        at: '1999',
        message: [/\$1,999\.00/, /\$19\.99/],
        fix: { title: 'Hand over full units: 19.99', replace: [['"amount": 1999,', '"amount": 19.99,']] },
      },
    ],
  },
  {
    language: 'PowerShell',
    path: 'scripts/New-Coupon.ps1',
    shownAs: 'powershell',
    text: `param([Parameter(Mandatory)][string]$Id)

$headers = @{
    'Authorization'   = "Bearer $env:STIGG_SERVER_API_KEY"
    'Idempotency-Key' = "coupon-$Id"
}
$body = @{
    id         = $Id
    amountsOff = @(@{ amount = 4900; currency = 'usd' })
    percentOff = $null
} | ConvertTo-Json -Depth 5

Invoke-RestMethod -Method Post -Uri 'https://api.stigg.io/api/v1/coupons' -Headers $headers -ContentType 'application/json' -Body $body
`,
    problems: [
      {
        rule: 'wrong-auth-header',
        at: 'Authorization',
        message: [/Stigg does not read Authorization/, /answered with 401/],
        fix: { title: 'Send the key in X-API-KEY', replace: [[`'Authorization'   = "Bearer $env`, `'X-API-KEY'   = "$env`]] },
      },
      {
        rule: 'cent-shaped-amount',
        at: '4900',
        message: [/\$4,900\.00/, /\$49\.00/],
        fix: { title: 'Hand over full units: 49.00', replace: [['amount = 4900;', 'amount = 49;']] },
      },
    ],
  },
  {
    language: 'GraphQL',
    path: 'stigg/mutations/launch.graphql',
    shownAs: 'plaintext',
    text: `# Sent to Stigg by scripts/launch.sh.
mutation CreateLaunchCoupon {
  createCoupon(
    input: {
      refId: "launch"
      name: "Launch"
      type: FIXED
      amountsOff: [{ amount: 4900, currency: GBP }]
    }
  ) {
    refId
  }
}
`,
    problems: [
      {
        rule: 'cent-shaped-amount',
        at: '4900',
        message: [/£4,900\.00/, /£49\.00/],
        fix: { title: 'Hand over full units: 49.00', replace: [['{ amount: 4900,', '{ amount: 49,']] },
      },
    ],
  },
];
