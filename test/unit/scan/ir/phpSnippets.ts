import type { Snippet } from './edits.js';

/** PHP as people write it against Stigg, and what it becomes. */
export const SNIPPETS: readonly Snippet[] = [
  ['Guzzle', `<?php

declare(strict_types=1);

use GuzzleHttp\\Client;

const CENTS = 100;

$client = new Client([
    'base_uri' => 'https://api.stigg.io',
    'headers' => ['X-API-KEY' => getenv('STIGG_SERVER_API_KEY'), 'Content-Type' => 'application/json'],
]);

$response = $client->post('/api/v1/coupons', [
    'headers' => ['Idempotency-Key' => bin2hex(random_bytes(16))],
    'json' => [
        'id' => $coupon->id,
        'amountsOff' => [['amount' => $coupon->amount_off * CENTS, 'currency' => 'usd']],
        'percentOff' => null,
    ],
]);
$data = json_decode((string) $response->getBody(), true)['data'] ?? [];
echo $data['amountsOff'][0]['amount'] / 100;
`, [
    '',
    'let CENTS = 100',
    'let client = new Client({base_uri: "https://api.stigg.io", headers: {X-API-KEY: getenv("STIGG_SERVER_API_KEY"), Content-Type: "application/json"}})',
    'let response = client.post("/api/v1/coupons", {headers: {Idempotency-Key: bin2hex(random_bytes(16))}, json: {id: coupon.id, amountsOff: [{amount: (coupon.amount_off * CENTS), currency: "usd"}], percentOff: null}})',
    'let data = (? json_decode(cast response.getBody(), true).data | [])',
    '(data.amountsOff[0].amount / 100)',
  ]],
  ['curl', `<?php
$payload = ['customerId' => $customerId, 'amount' => 1000];
$payload['cost'] = ['amount' => round($price * 100), 'currency' => 'usd'];
$headers = ["X-API-KEY: {$_ENV['STIGG_API_KEY']}"];
$headers[] = 'Content-Type: application/json';

$ch = curl_init("https://api.stigg.io/api/v1/credits/grants?limit=$limit");
curl_setopt_array($ch, [
    CURLOPT_POST => true,
    CURLOPT_RETURNTRANSFER => 1,
    CURLOPT_HTTPHEADER => $headers,
    CURLOPT_POSTFIELDS => json_encode($payload, JSON_THROW_ON_ERROR),
]);
$body = curl_exec($ch);
if ($body === false || curl_getinfo($ch, CURLINFO_HTTP_CODE) >= 400) {
    throw new RuntimeException('Stigg: ' . curl_error($ch));
}
curl_close($ch);
['data' => ['id' => $id]] = json_decode($body, true);
`, [
    'let payload = {customerId: customerId, amount: 1000}',
    'payload.cost = {amount: round((price * 100)), currency: "usd"}',
    'let headers = ["X-API-KEY: ${_ENV.STIGG_API_KEY}"]',
    'headers[] = "Content-Type: application/json"',
    'let ch = curl_init("https://api.stigg.io/api/v1/credits/grants?limit=${limit}")',
    'curl_setopt_array(ch, {[CURLOPT_POST]: true, [CURLOPT_RETURNTRANSFER]: 1, [CURLOPT_HTTPHEADER]: headers, [CURLOPT_POSTFIELDS]: json_encode(payload, JSON_THROW_ON_ERROR)})',
    'let body = curl_exec(ch)',
    '(? (body === false) | (curl_getinfo(ch, CURLINFO_HTTP_CODE) >= 400)); new RuntimeException(("Stigg: " + curl_error(ch)))',
    'curl_close(ch)',
    'let id<data.id> = json_decode(body, true)',
  ]],
  ["a service on Symfony's client", `<?php

namespace App\\Billing;

use Symfony\\Contracts\\HttpClient\\HttpClientInterface;

final class StiggGateway
{
    private const BASE = 'https://api.stigg.io/api/v1';
    private array $cache = [];

    public function __construct(private readonly HttpClientInterface $http, private string $apiKey, private int $limit = 100)
    {
    }

    public function provision(string $customerId, int $priceInCents, ?float $minimum = null): array
    {
        $tiers = array_map(fn (array $tier) => ['upTo' => $tier['up_to'], 'unitPrice' => ['amount' => self::toDollars($tier['unit_amount']), 'currency' => 'usd']], $this->tiers($customerId));
        $body = [
            'customerId' => $customerId,
            'priceOverrides' => [['featureId' => 'seats', 'amount' => $priceInCents, 'currency' => 'usd', 'tiers' => $tiers]],
            ...($minimum ? ['minimumSpend' => ['amount' => $minimum * 100]] : []),
        ];
        return $this->cache[$customerId] ??= $this->http->request('POST', self::BASE . "/subscriptions/{$customerId}", options: ['headers' => ['Authorization' => "Bearer {$this->apiKey}"], 'json' => $body])->toArray();
    }

    private static function toDollars(int $cents): float
    {
        return $cents / 100;
    }

    private function tiers(string $id): array
    {
        foreach ($this->cache[$id]['tiers'] ?? [] as $at => ['up_to' => $upTo]) {
            yield $at => match (true) { $upTo > 10 => 2, default => $this?->limit };
        }
    }
}
`, [
    'class StiggGateway { let BASE = "https://api.stigg.io/api/v1"; let cache: array = []; let http: HttpClientInterface; let apiKey: string; let limit: int; fn __construct(http: HttpClientInterface, apiKey: string, limit: int = 100) {  }; fn provision(customerId: string, priceInCents: int, minimum: ?float = null) { let tiers = array_map(fn (tier: array) { return {upTo: tier.up_to, unitPrice: {amount: self.toDollars(tier.unit_amount), currency: "usd"}} }, this.tiers(customerId)); let body = {customerId: customerId, priceOverrides: [{featureId: "seats", amount: priceInCents, currency: "usd", tiers: tiers}], ...(minimum ? {minimumSpend: {amount: (minimum * 100)}} | [])}; return this.cache[customerId] ??= this.http.request("POST", (self.BASE + "/subscriptions/${customerId}"), options: {headers: {Authorization: "Bearer ${this.apiKey}"}, json: body}).toArray() }; fn toDollars(cents: int) { return (cents / 100) }; fn tiers(id: string) { let at; let upTo<up_to> of (? this.cache[id].tiers | []); at; (true, (upTo > 10) ? 2 | this.limit) } }',
  ]],
  ['a route of Laravel', `<?php

use Illuminate\\Support\\Facades\\Http;

Route::post('/coupons', function (Request $request) use ($plan) {
    $amount = (int) round($request->input('price') * 100);
    $response = Http::withHeaders(['X-API-KEY' => config('services.stigg.key')])
        ->baseUrl('https://api.stigg.io')
        ->timeout(5)
        ->post('/api/v1/coupons', ['id' => $request->id, 'amountsOff' => [compact('amount')], 'percentOff' => null]);
    return $response->successful() ? $response->json('data.id') : abort(502, __('billing.failed', ['plan' => $plan]));
});
`, [
    'Route.post("/coupons", fn (request: Request) { let amount = cast round((request.input("price") * 100)); let response = Http.withHeaders({X-API-KEY: config("services.stigg.key")}).baseUrl("https://api.stigg.io").timeout(5).post("/api/v1/coupons", {id: request.id, amountsOff: [compact("amount")], percentOff: null}); return (response.successful() ? response.json("data.id") | abort(502, __("billing.failed", {plan: plan}))) })',
  ]],
  ['GraphQL by streams', `<?php
$query = <<<GRAPHQL
    mutation {
      createCoupon(input: { refId: "$id", amountsOff: [{ amount: {$cents}, currency: USD }] }) { id }
    }
    GRAPHQL;
$variables = ['input' => ['customerId' => $customer['id'], 'minimumSpend' => ['minimum' => ['amount' => $floor ** 2]]]];
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => "Content-Type: application/json\\r\\nX-API-KEY: $key\\r\\n",
    'content' => json_encode(compact('query', 'variables')),
]]);
$result = @file_get_contents('https://api.stigg.io/graphql', false, $context) or die('failed');
`, [
    `let query = "    mutation {
      createCoupon(input: { refId: "\${id}", amountsOff: [{ amount: \${cents}, currency: USD }] }) { id }
    }"`,
    'let variables = {input: {customerId: customer.id, minimumSpend: {minimum: {amount: (floor ** 2)}}}}',
    "let context = stream_context_create({http: {method: \"POST\", header: \"Content-Type: application/json\r\nX-API-KEY: ${key}\r\n\", content: json_encode(compact(\"query\", \"variables\"))}})",
    '(? let result = file_get_contents("https://api.stigg.io/graphql", false, context) | die("failed"))',
  ]],
  ['a page', `<!doctype html>
<html>
<body class="<?= $theme ?? 'light' ?>">
<?php require_once __DIR__ . '/vendor/autoload.php'; ?>
<?php foreach ($stigg->listPrices(limit: 20)['prices'] as $i => $price): ?>
  <li id="p<?= $i ?>" onclick="buy({ amount: 1 })">
    <?php if ($price['amount'] > 0): ?>
      $<?= number_format($price['amount'] / 100, 2) ?>
    <?php else: ?>
      Free ?
    <?php endif ?>
  </li>
<?php endforeach; ?>
<?php list($sub, $tax) = [$preview->subTotal, $preview->tax]; \\Stripe\\PaymentIntent::create(['amount' => $sub + $tax, 'currency' => 'usd']) ?>
</body>
</html>
`, [
    '(? theme | "light")',
    '(__DIR__ + "/vendor/autoload.php")',
    'let i; let price of stigg.listPrices(limit: 20).prices; i; (price.amount > 0); number_format((price.amount / 100), 2); ',
    'let sub<0>, tax<1> = [preview.subTotal, preview.tax]',
    'Stripe.PaymentIntent.create({amount: (sub + tax), currency: "usd"})',
  ]],
];
