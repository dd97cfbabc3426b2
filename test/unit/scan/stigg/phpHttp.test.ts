import { beforeAll, describe, expect, test } from 'vitest';
import type { StiggRequest } from '../../../../src/scan/stigg/request.js';
import { apply } from '../support.js';
import { finderFor, printRequest } from './requestsIn.js';

let requestsIn: (text: string) => readonly StiggRequest[];
beforeAll(async () => {
  requestsIn = await finderFor('src/StiggHttp.php');
});

const BASE = "const API = 'https://api.stigg.io/api/v1';\n";
const GUZZLE = "use GuzzleHttp\\Client;\n$client = new Client(['base_uri' => 'https://api.stigg.io/api/v1/', 'headers' => ['X-API-KEY' => $key]]);\n";
const URL = "'https://api.stigg.io/api/v1/usage'";

const ROWS: readonly (readonly [text: string, ...printed: string[]])[] = [
  // Guzzle
  [`${GUZZLE}$client->post('coupons', ['json' => ['id' => 'a'], 'headers' => ['Idempotency-Key' => $run]]);`, 'POST rest v1/coupons coupons.create X-API-KEY=* Idempotency-Key=* json'],
  [`${GUZZLE}$client->request('POST', 'usage', ['body' => json_encode($usage)]);\n$client->requestAsync('GET', 'plans', ['query' => ['limit' => 500]]);`, 'POST rest v1/usage usage.report X-API-KEY=* text', 'GET rest v1/plans plans.list X-API-KEY=* ?limit none'],
  [`${GUZZLE}$client->postAsync('usage', ['form_params' => ['a' => 1]]);\n$client->get('plans');\n$client->delete('/api/v1/coupons/a', []);`, 'POST rest v1/usage usage.report X-API-KEY=* form', 'GET rest v1/plans plans.list X-API-KEY=* none', 'DELETE rest v1/coupons/a - X-API-KEY=* none'],
  [`${GUZZLE}$client->post('usage', $options);\n$client->post('usage', ['auth' => ['u', 'p']]);\n$client->post('usage', ['auth' => 'oauth']);`, 'POST rest v1/usage usage.report X-API-KEY=* open none', 'POST rest v1/usage usage.report X-API-KEY=* Authorization=* none', 'POST rest v1/usage usage.report X-API-KEY=* open none'],
  [`${GUZZLE}$options = ['json' => $body];\n$options['headers'] = ['A' => 1];\n$client->post('usage', $options);`, 'POST rest v1/usage usage.report X-API-KEY=* A=1 json'],
  ["$client = new \\GuzzleHttp\\Client();\n$headers = ['X-API-KEY' => $key];\n$headers['Content-Type'] = 'application/json';\n$client->put('https://api.stigg.io/api/v1/customers/1', ['headers' => $headers, 'body' => $body]);", 'PUT rest v1/customers/1 - Content-Type=application/json X-API-KEY=* text'],
  ["$client = new Client(['base_uri' => 'https://api.stigg.io', 'handler' => $stack]);\n$client->get('/api/v1/plans');", 'GET rest v1/plans plans.list open none'],
  ["$client = new Client($config);\n$client->get('https://api.stigg.io/api/v1/plans');", 'GET rest v1/plans plans.list open none'],
  ["class A {\n  private Client $http;\n  public function __construct() { $this->http = new Client(['base_uri' => 'https://api.stigg.io/api/v1/', 'headers' => ['Authorization' => 'Bearer ' . env('KEY')]]); }\n  public function f(array $c) { $this->http->post('customers', ['json' => $c]); }\n}", 'POST rest v1/customers customers.provision Authorization=Bearer * json'],
  ["class A {\n  public function __construct(private ClientInterface $http) {}\n  private function headers(): array { return ['X-API-KEY' => getenv('K')]; }\n  public function f() { return $this->http->request('POST', \"https://api.stigg.io/api/v1/customers/{$id}\", ['headers' => $this->headers(), 'json' => [1]]); }\n}", 'POST rest v1/customers/* - X-API-KEY=* open json'],
  ["function client(): Client { return new Client(['base_uri' => 'https://api.stigg.io/api/v1/']); }\nclient()->post('usage', ['json' => $a, 'headers' => [...$base, 'X-API-KEY' => $key]]);", 'POST rest v1/usage usage.report X-API-KEY=* open json'],
  [`${GUZZLE}$client->post('usage', [RequestOptions::HEADERS => ['Idempotency-Key' => $run], \\GuzzleHttp\\RequestOptions::JSON => ['a' => 1]]);\n$client->post('usage', [RequestOptions::FORM_PARAMS => $a]);\n$client->post('usage', [RequestOptions::BODY => $a]);`, 'POST rest v1/usage usage.report X-API-KEY=* Idempotency-Key=* json', 'POST rest v1/usage usage.report X-API-KEY=* form', 'POST rest v1/usage usage.report X-API-KEY=* text'],
  [`${GUZZLE}$client->get('plans', [RequestOptions::QUERY => ['limit' => 500]]);\n$client->post('usage', [Options::EXTRA => $a, 'json' => $b]);`, 'GET rest v1/plans plans.list X-API-KEY=* ?limit none', 'POST rest v1/usage usage.report X-API-KEY=* open json'],
  ["class A {\n  private Client $http;\n  public function __construct(?Client $client = null) { $this->http = $client ?? new Client(['base_uri' => 'https://api.stigg.io/api/v1/', 'headers' => ['X-API-KEY' => $key]]); }\n  public function f() { $this->http->post('usage', ['json' => $a]); }\n}", 'POST rest v1/usage usage.report X-API-KEY=* json'],
  ["class A {\n  public function __construct(private ?Client $http = null) {}\n  public function f() { $this->http->post('https://api.stigg.io/api/v1/usage', ['json' => $a]); }\n}", 'POST rest v1/usage usage.report open json'],
  // PSR-7
  [`$client = new Client(['headers' => ['X-API-KEY' => $key]]);\n$request = new Request('POST', ${URL}, ['Content-Type' => 'application/json'], json_encode($body));\n$client->send($request);`, 'POST rest v1/usage usage.report X-API-KEY=* Content-Type=application/json text'],
  [`$request = new Request('POST', ${URL});\n$request = $request->withHeader('X-API-KEY', $key)->withBody(Utils::streamFor('{}'));\n$request = $request->withAddedHeader('Accept', 'a');\n$this->client->sendRequest($request);`, 'POST rest v1/usage usage.report X-API-KEY=* Accept=a open text'],
  [`$request = $this->factory->createRequest('PATCH', ${URL})->withHeader('apikey', $key);\nreturn $request;`, 'PATCH rest v1/usage - apikey=* open none'],
  [`(new Client())->send((new Request('GET', ${URL}))->withHeader('A', 'b'));\n(new Client(['base_uri' => 'https://api.stigg.io']))->sendAsync(new Request('GET', '/api/v1/plans'));`, 'GET rest v1/usage - A=b none', 'GET rest v1/plans plans.list none'],
  // curl
  [`${BASE}$curl = curl_init(API . '/coupons');\ncurl_setopt_array($curl, [CURLOPT_POST => true, CURLOPT_POSTFIELDS => json_encode($a), CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Authorization: Bearer ' . getenv('K')]]);\ncurl_exec($curl);`, 'POST rest v1/coupons coupons.create Content-Type=application/json Authorization=Bearer * text'],
  [`${BASE}$h = curl_init();\ncurl_setopt($h, CURLOPT_URL, API . '/customers?limit=500');\ncurl_setopt($h, CURLOPT_HTTPHEADER, ["X-API-KEY: $key"]);\ncurl_exec($h);\ncurl_close($h);`, 'GET rest v1/customers?limit=500 customers.list X-API-KEY=* none'],
  [`${BASE}$h = curl_init(API . '/customers/1');\ncurl_setopt($h, CURLOPT_CUSTOMREQUEST, 'DELETE');\ncurl_setopt($h, CURLOPT_USERPWD, 'u:p');`, 'DELETE rest v1/customers/1 - Authorization=u:p none'],
  [`${BASE}function send($method, $path) {\n  $headers = ['X-API-KEY: ' . getenv('K')];\n  $headers[] = 'Content-Type: application/json';\n  $c = curl_init(API . $path);\n  curl_setopt($c, CURLOPT_CUSTOMREQUEST, $method);\n  curl_setopt($c, CURLOPT_HTTPHEADER, $headers);\n  curl_exec($c);\n}`, '* rest v1* - Content-Type=application/json X-API-KEY=* none'],
  [`${BASE}$c = curl_init(API . '/usage');\ncurl_setopt($c, CURLOPT_POSTFIELDS, ['a' => 1]);\n$c = curl_init(API . '/plans');\ncurl_setopt($c, CURLOPT_POSTFIELDS, http_build_query($a));`, 'POST rest v1/usage usage.report form', 'POST rest v1/plans plans.create form'],
  [`${BASE}$c = curl_init(API . '/usage');\ncurl_setopt_array($c, $options);`, 'GET rest v1/usage - open none'],
  [`${BASE}$options = [CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => $headers];\n$c = curl_init(API . '/usage');\ncurl_setopt_array($c, $options + [CURLOPT_POST => 1]);`, 'POST rest v1/usage usage.report open none'],
  [`${BASE}function auth($c) { curl_setopt($c, CURLOPT_HTTPHEADER, ['X-API-KEY: a']); }\n$c = curl_init(API . '/plans');\nauth($c);\n$d = curl_init(API . '/plans');\nprepare($d);`, 'GET rest v1/plans plans.list X-API-KEY=a none', 'GET rest v1/plans plans.list open none'],
  [`${BASE}class A {\n  function __construct() { $this->c = curl_init(API . '/plans'); \\curl_setopt($this->c, \\CURLOPT_HTTPHEADER, ['A: b']); }\n}`, 'GET rest v1/plans plans.list A=b none'],
  [`${BASE}$query = http_build_query(['limit' => 500, 'after' => $after]);\n$c = curl_init(API . '/customers?' . $query);`, 'GET rest v1/customers?*= customers.list ?limit ?after none'],
  // Laravel
  [`Http::withHeaders(['X-API-KEY' => $key, 'Idempotency-Key' => (string) Str::uuid()])->post(${URL}, ['a' => 1]);`, 'POST rest v1/usage usage.report X-API-KEY=* Idempotency-Key=* json'],
  [`use Illuminate\\Support\\Facades\\Http;\nHttp::withToken(config('services.stigg.key'))->acceptJson()->retry(3)->get('https://api.stigg.io/api/v1/subscriptions', ['limit' => 500]);`, 'GET rest v1/subscriptions subscriptions.list Authorization=* ?limit none'],
  [`Http::baseUrl('https://api.stigg.io/api/v1')->asForm()->withHeader('apikey', $key)->put('customers/1', $data);\n\\Illuminate\\Support\\Facades\\Http::post(${URL}, $data);`, 'PUT rest v1/customers/1 - apikey=* form', 'POST rest v1/usage usage.report json'],
  [`class A {\n  private function client(): PendingRequest { return Http::baseUrl('https://api.stigg.io/api/v1')->withHeaders(['X-API-KEY' => $key]); }\n  function f() { $this->client()->timeout(3)->post('/usage', ['a' => 1]); }\n}`, 'POST rest v1/usage usage.report X-API-KEY=* json'],
  [`$http = Http::withBody(json_encode($a), 'application/json');\n$http->post(${URL});\nHttp::withMiddleware($m)->post(${URL}, $a);\nHttp::stigg()->post(${URL}, $a);`, 'POST rest v1/usage usage.report Content-Type=application/json text', 'POST rest v1/usage usage.report open json', 'POST rest v1/usage usage.report open json'],
  [`Http::withOptions(['headers' => ['X-API-KEY' => $key]])->send('POST', ${URL}, ['json' => ['a' => 1], 'headers' => ['A' => 'b']]);`, 'POST rest v1/usage usage.report X-API-KEY=* A=b json'],
  [`class A { function __construct(private PendingRequest $http) {} function f() { $this->http->post(${URL}, ['amount' => 1]); } }`, 'POST rest v1/usage usage.report open json'],
  // Symfony
  ["$client = HttpClient::create(['base_uri' => 'https://api.stigg.io', 'auth_bearer' => $key]);\n$client->request('POST', '/api/v1/usage', ['json' => $a]);", 'POST rest v1/usage usage.report Authorization=* json'],
  ["$client = HttpClient::createForBaseUri('https://api.stigg.io/api/v1/', ['headers' => ['X-API-KEY: ' . $key]]);\n$client->request('POST', 'usage', ['body' => ['a' => 1]]);\n$client->withOptions(['timeout' => 1])->request('GET', 'https://api.stigg.io/api/v1/plans', ['auth_basic' => ['u', 'p']]);", 'POST rest v1/usage usage.report X-API-KEY=* form', 'GET rest v1/plans plans.list Authorization=* open none'],
  // streams, WordPress
  [`$context = stream_context_create(['http' => ['method' => 'POST', 'header' => "Content-Type: application/json\\r\\nX-API-KEY: $key\\r\\n", 'content' => json_encode($a)]]);\necho file_get_contents(${URL}, false, $context);`, 'POST rest v1/usage usage.report Content-Type=application/json X-API-KEY=* text'],
  [`file_get_contents(${URL});\nfile_get_contents(${URL}, false, $context);\nfopen(${URL}, 'r', false, stream_context_create(['http' => ['header' => ['X-API-KEY: a', 'B: ' . $c]]]));`, 'GET rest v1/usage - none', 'GET rest v1/usage - open none', 'GET rest v1/usage - X-API-KEY=a B=* none'],
  [`$headers = ['apikey: ' . $key];\nfile_get_contents(${URL}, context: stream_context_create(['http' => ['method' => 'POST', 'header' => implode("\\r\\n", $headers), 'content' => http_build_query($a)]]));`, 'POST rest v1/usage usage.report apikey=* form'],
  [`wp_remote_post(${URL}, ['headers' => ['X-API-KEY' => $key], 'body' => wp_json_encode($a)]);\nwp_remote_request(${URL}, ['method' => 'PUT', 'body' => ['a' => 1]]);`, 'POST rest v1/usage usage.report X-API-KEY=* text', 'PUT rest v1/usage - form'],
  // not Stigg's, or no request
  ["// stigg\n$client = new Client(['base_uri' => 'https://shop.myshopify.com/']);\n$client->post('coupons', ['json' => []]);"],
  ["// stigg\n$c = curl_init('https://api.example.com/api/v1/coupons');\ncurl_setopt($c, CURLOPT_POST, true);"],
  ["// stigg\nHttp::withToken($t)->post('https://api.stripe.com/v1/coupons', []);"],
  ["// stigg\nnew Request('POST', 'https://mcp.stigg.io/mcp');"],
  ["// stigg\nfile_get_contents('https://api.example.com/?u=https://api.stigg.io');"],
  ["Http::fake(['https://api.stigg.io/*' => Http::response([])]);\n$this->post('https://api.stigg.io/api/v1/usage');\nRoute::get('https://api.stigg.io', fn () => 1);"],
  ["$cache->get('https://api.stigg.io/api/v1/plans');\n$a = config('services.stigg.url');\nheader('Location: https://api.stigg.io');"],
  ["Request::create('https://api.stigg.io/api/v1/usage', 'POST');\nnew Response(200);"],
  ["$client->post('https://api.stigg.io/api/v1/usage', ['json' => "],
];

const KEY = "'Idempotency-Key' => bin2hex(random_bytes(16))";
const LINE = "'Idempotency-Key: ' . bin2hex(random_bytes(16))";

/** What is written in place of the last lines when an Idempotency-Key is added. */
const EDITS: readonly (readonly [lines: string, after: string | undefined])[] = [
  ["(new Client())->post(URL, ['json' => $a]);", `(new Client())->post(URL, ['json' => $a, 'headers' => [${KEY}]]);`],
  ["(new Client())->post(URL, ['headers' => ['A' => 1], 'json' => $a]);", `(new Client())->post(URL, ['headers' => ['A' => 1, ${KEY}], 'json' => $a]);`],
  ["(new Client())->post(URL, ['headers' => [], 'json' => $a]);", `(new Client())->post(URL, ['headers' => [ ${KEY} ], 'json' => $a]);`],
  ["(new Client())->post(URL, ['headers' => $this->headers($a)]);", `(new Client())->post(URL, ['headers' => $this->headers($a) + [${KEY}]]);`],
  ["(new Client())->post(URL, ['headers' => $a ? $b : $c]);", undefined],
  ["(new Client())->post(URL, ['headers' => ['A: b']]);", undefined],
  ["(new Client())->post(URL, [...$options, 'json' => $a]);", undefined],
  ["(new Client())->post(URL, [RequestOptions::HEADERS => ['A' => 1]]);", `(new Client())->post(URL, [RequestOptions::HEADERS => ['A' => 1, ${KEY}]]);`],
  ['(new Client())->post(URL);', `(new Client())->post(URL, ['headers' => [${KEY}]]);`],
  ["(new Client())->request('POST', URL);", `(new Client())->request('POST', URL, ['headers' => [${KEY}]]);`],
  ['(new Client())->post(URL, $options);', undefined],
  ['Http::post(URL, $a);', `Http::withHeaders([${KEY}])->post(URL, $a);`],
  ['Http::asForm()->post(URL, $a);', `Http::asForm()->withHeaders([${KEY}])->post(URL, $a);`],
  ["$r = new Request('POST', URL);", `$r = new Request('POST', URL, [${KEY}]);`],
  ["$r = new Request('POST', URL, ['A' => 'b'], $body);", `$r = new Request('POST', URL, ['A' => 'b', ${KEY}], $body);`],
  ["$r = $f->createRequest('POST', URL);", "$r = $f->createRequest('POST', URL)->withHeader('Idempotency-Key', bin2hex(random_bytes(16)));"],
  ["$c = curl_init(URL);\ncurl_setopt($c, CURLOPT_HTTPHEADER, ['A: b']);", `$c = curl_init(URL);\ncurl_setopt($c, CURLOPT_HTTPHEADER, ['A: b', ${LINE}]);`],
  ['$c = curl_init(URL);\ncurl_setopt($c, CURLOPT_HTTPHEADER, $headers);', `$c = curl_init(URL);\ncurl_setopt($c, CURLOPT_HTTPHEADER, array_merge($headers, [${LINE}]));`],
  ['$c = curl_init(URL);\ncurl_setopt($c, CURLOPT_POST, true);', `$c = curl_init(URL);\ncurl_setopt($c, CURLOPT_HTTPHEADER, [${LINE}]);\ncurl_setopt($c, CURLOPT_POST, true);`],
  ['$c = curl_init(URL);\ncurl_setopt_array($c, [CURLOPT_POST => true]);', `$c = curl_init(URL);\ncurl_setopt_array($c, [CURLOPT_POST => true, CURLOPT_HTTPHEADER => [${LINE}]]);`],
  ['$c = curl_init(URL);\ncurl_setopt_array($c, $options);', undefined],
  ["file_get_contents(URL, false, stream_context_create(['http' => ['method' => 'POST']]));", `file_get_contents(URL, false, stream_context_create(['http' => ['method' => 'POST', 'header' => [${LINE}]]]));`],
  ["file_get_contents(URL, false, stream_context_create(['http' => ['header' => ['A: b']]]));", `file_get_contents(URL, false, stream_context_create(['http' => ['header' => ['A: b', ${LINE}]]]));`],
  ["file_get_contents(URL, false, stream_context_create(['http' => ['header' => 'A: b']]));", undefined],
];

/** Requests through a client that is handed over, and whether only its settings may add headers. */
const INJECTED: readonly (readonly [what: string, program: string, isOpenBySettings: boolean | undefined])[] = [
  ["Symfony's by its interface", `class A {\n  public function __construct(private HttpClientInterface $http) {}\n  public function f() { $this->http->request('POST', ${URL}, ['headers' => ['X-API-KEY' => $this->key], 'json' => $a]); }\n}`, true],
  ['a field that is assigned', `class A {\n  private ?HttpClientInterface $http;\n  public function __construct(HttpClientInterface $given) { $this->http = $given; }\n  public function f() { $this->http->request('POST', ${URL}, ['json' => $a]); }\n}`, true],
  ['a parameter', `function f(HttpClientInterface $http) { $http->request('POST', ${URL}); }`, true],
  ['options of elsewhere', `function f(HttpClientInterface $http, array $options) { $http->request('POST', ${URL}, $options); }`, undefined],
  ['headers of elsewhere', `function f(HttpClientInterface $http, array $headers) { $http->request('POST', ${URL}, ['headers' => $headers]); }`, undefined],
  ['a client of another type', `function f(Api $http) { $http->request('POST', ${URL}); }`, undefined],
];

describe('HTTP clients of PHP', () => {
  test.each(ROWS)('%s', (text, ...printed) => {
    expect(requestsIn(`<?php\n${text}`).map(printRequest)).toEqual(printed);
  });

  test.each(INJECTED)('%s', (_, text, isOpenBySettings) => {
    const [request, other] = requestsIn(`<?php\n${text}`);
    expect(other).toBeUndefined();
    expect(request?.isOpen).toBe(true);
    expect(request?.isOpenBySettings).toBe(isOpenBySettings);
  });

  test.each(EDITS)('a header is added to %s', (lines, after) => {
    const before = "<?php\nconst URL = 'https://api.stigg.io/api/v1/usage';\n";
    const [request] = requestsIn(before + lines);
    expect(request).toBeDefined();
    const edits = request?.addHeader('Idempotency-Key', { kind: 'fresh' });
    expect(edits === undefined ? undefined : apply(before + lines, edits).slice(before.length)).toEqual(after);
  });
});
