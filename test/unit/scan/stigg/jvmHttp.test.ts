import { describe, expect, test } from 'vitest';
import { apply } from '../support.js';
import { finderFor, printRequest } from './requestsIn.js';

const findJava = await finderFor('A.java');
const findKotlin = await finderFor('a.kt');

/** A method with these statements, in a class with a constant. */
function java(statements: string, members = ''): string {
  return `import java.net.http.*;\nimport okhttp3.*;\n\nclass A {\n    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");\n    private static final String URL = "https://api.stigg.io/api/v1/usage";\n    ${members}\n\n    void f(String key, String json, Map<String, String> extra, RequestBody unknown) throws Exception {\n        ${statements.trim().split('\n').join('\n        ')}\n    }\n}\n`;
}

/** A function with these statements. */
function kotlin(statements: string, members = ''): string {
  return `import io.ktor.client.*\nimport okhttp3.*\n\nclass A(private val key: String) {\n    private val json = "application/json".toMediaType()\n    ${members}\n    private val base = "https://api.stigg.io/api/v1"\n\n    suspend fun f(text: String, client: HttpClient) {\n        ${statements.trim().split('\n').join('\n        ')}\n    }\n}\n`;
}

const USAGE = 'POST rest v1/usage usage.report';
const KEYED = '.header("X-API-KEY", key)';
const NEW = 'HttpRequest request = HttpRequest.newBuilder(URI.create(URL))';

describe('requests in Java', () => {
  const ROWS: readonly (readonly [name: string, statements: string, requests: readonly string[]])[] = [
    ['java.net.http', `${NEW}${KEYED}.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build();`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['the URL in a call of its own', `http.send(HttpRequest.newBuilder()\n    .uri(URI.create(URL))\n    .header("Authorization", "Bearer " + key)\n    .PUT(HttpRequest.BodyPublishers.ofString(json))\n    .build(), BodyHandlers.ofString());`, ['PUT rest v1/usage - Authorization=Bearer * text']],
    ['several headers at once', `${NEW}.headers("X-API-KEY", key, "Idempotency-Key", "same").POST(BodyPublishers.noBody()).build();`, [`${USAGE} X-API-KEY=* Idempotency-Key=same none`]],
    ['any method', `HttpRequest.newBuilder(URI.create("https://api.stigg.io/api/v1/customers/" + key))${KEYED}.method("PATCH", BodyPublishers.ofString(json)).build();`, ['PATCH rest v1/customers/* customers.update X-API-KEY=* text']],
    ['no method', `HttpRequest.newBuilder(new URI("https://api.stigg.io/api/v1/coupons?limit=500"))${KEYED}.build();`, ['GET rest v1/coupons?limit=500 coupons.list X-API-KEY=* none']],
    ['a builder in a variable', `HttpRequest.Builder builder = HttpRequest.newBuilder().uri(URI.create(URL));\nbuilder.header("X-API-KEY", key);\nif (json != null) builder.header("Content-Type", "application/json");\nHttpRequest request = builder.POST(BodyPublishers.ofString(json)).build();`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a builder that another method gets', `HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(URL))${KEYED};\nsign(builder);\nbuilder.POST(BodyPublishers.ofString(json));`, [`${USAGE} X-API-KEY=* open text`]],
    ['a builder that is returned', `return HttpRequest.newBuilder(URI.create(URL))${KEYED};`, ['* rest v1/usage usage.report X-API-KEY=* open none']],
    ['a request without a key', `${NEW}.POST(BodyPublishers.ofString(json)).build();`, [`${USAGE} text`]],
    ['OkHttp', `Request request = new Request.Builder().url(URL)${KEYED}.post(RequestBody.create(json, JSON)).build();`, [`${USAGE} X-API-KEY=* Content-Type=application/json; charset=utf-8 text`]],
    ['OkHttp 3', `new Request.Builder().url(URL).addHeader("X-API-KEY", key).post(RequestBody.create(JSON, json)).build();`, [`${USAGE} X-API-KEY=* Content-Type=application/json; charset=utf-8 text`]],
    ['a body in a variable', `RequestBody body = RequestBody.create(json, JSON);\nRequest request = new Request.Builder().url(URL)${KEYED}.post(body).build();`, [`${USAGE} X-API-KEY=* Content-Type=application/json; charset=utf-8 text`]],
    ['a body without a type', `new Request.Builder().url(URL)${KEYED}.post(RequestBody.create(json.getBytes())).build();`, [`${USAGE} X-API-KEY=* text`]],
    ['a body of null type', `new Request.Builder().url(URL)${KEYED}.post(RequestBody.create(null, json)).build();`, [`${USAGE} X-API-KEY=* text`]],
    ['a body of elsewhere', `new Request.Builder().url(URL)${KEYED}.post(unknown).build();`, [`${USAGE} X-API-KEY=* open text`]],
    ['headers of OkHttp', `Headers headers = new Headers.Builder().add("X-API-KEY", key).build();\nnew Request.Builder().url(URL).headers(headers).delete().build();`, ['DELETE rest v1/usage - X-API-KEY=* none']],
    ['headers by Headers.of', 'new Request.Builder().url(URL).headers(Headers.of("X-API-KEY", key, "Accept", "a")).get().build();', ['GET rest v1/usage - X-API-KEY=* Accept=a none']],
    ['headers of elsewhere', `new Request.Builder().url(URL)${KEYED}.headers(Headers.of(extra)).post(RequestBody.create(json, JSON)).build();`, [`${USAGE} X-API-KEY=* Content-Type=application/json; charset=utf-8 open text`]],
    ['an OkHttp request without a key', 'new Request.Builder().url(URL).post(RequestBody.create(json, JSON)).build();', [`${USAGE} Content-Type=application/json; charset=utf-8 open text`]],
    ['a form', `new Request.Builder().url(URL)${KEYED}.post(new FormBody.Builder().add("a", "b").build()).build();`, [`${USAGE} X-API-KEY=* form`]],
    ['a built URL', `HttpUrl url = HttpUrl.parse("https://api.stigg.io/api/v1").newBuilder().addPathSegment("coupons").addQueryParameter("limit", "500").build();\nnew Request.Builder().url(url)${KEYED}.build();`, ['GET rest v1/coupons coupons.list X-API-KEY=* ?limit none']],
    ['HttpURLConnection', 'HttpURLConnection c = (HttpURLConnection) new URL(URL).openConnection();\nc.setRequestMethod("POST");\nc.setRequestProperty("X-API-KEY", key);\nc.setDoOutput(true);\nc.getOutputStream().write(json.getBytes());', [`${USAGE} X-API-KEY=* text`]],
    ['HttpURLConnection that reads', 'HttpURLConnection c = (HttpURLConnection) URI.create("https://api.stigg.io/api/v1/coupons").toURL().openConnection();\nc.setRequestProperty("apikey", key);', ['GET rest v1/coupons coupons.list apikey=* none']],
    ['RestTemplate', 'HttpHeaders headers = new HttpHeaders();\nheaders.setContentType(MediaType.APPLICATION_JSON);\nheaders.set("X-API-KEY", key);\nHttpEntity<String> entity = new HttpEntity<>(json, headers);\nrestTemplate.postForObject(URL, entity, String.class);', [`${USAGE} Content-Type=application/json X-API-KEY=* text`]],
    ['exchange of RestTemplate', 'HttpHeaders headers = new HttpHeaders();\nheaders.setBearerAuth(key);\nrestTemplate.exchange("https://api.stigg.io/api/v1/customers/{id}", HttpMethod.PATCH, new HttpEntity<>(Map.of("a", 1), headers), String.class, key);', ['PATCH rest v1/customers/{id} customers.update Authorization=* json']],
    ['RestTemplate without headers', 'restTemplate.postForEntity(URL, Map.of("a", 1), String.class);', [`${USAGE} open json`]],
    ['an entity of headers alone', 'HttpHeaders headers = new HttpHeaders();\nheaders.add("X-API-KEY", key);\nrestTemplate.exchange("https://api.stigg.io/api/v1/coupons", HttpMethod.GET, new HttpEntity<>(headers), String.class);', ['GET rest v1/coupons coupons.list X-API-KEY=* none']],
    ['WebClient', 'WebClient client = WebClient.builder().baseUrl("https://api.stigg.io").defaultHeader("X-API-KEY", key).build();\nclient.post().uri("/api/v1/usage").contentType(MediaType.APPLICATION_JSON).header("Idempotency-Key", "same").bodyValue(json).retrieve().bodyToMono(String.class);', [`${USAGE} X-API-KEY=* Content-Type=application/json Idempotency-Key=same text`]],
    ['RestClient', 'RestClient client = RestClient.create("https://api.stigg.io");\nclient.put().uri("/api/v1/customers/{id}", key).headers(h -> h.setBearerAuth(key)).body(Map.of("a", 1)).retrieve();', ['PUT rest v1/customers/{id} - Authorization=* json']],
    ['a built URI', `WebClient.create("https://api.stigg.io").get().uri(b -> b.path("/api/v1/coupons").queryParam("limit", 500).build())${KEYED}.retrieve();`, ['GET rest v1/coupons coupons.list X-API-KEY=* ?limit none']],
    ['Unirest', `Unirest.post(URL)${KEYED}.body(json).asJson();`, [`${USAGE} X-API-KEY=* text`]],
    ['Apache', 'HttpPost post = new HttpPost(URL);\npost.setHeader("X-API-KEY", key);\npost.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));\nclient.execute(post);', [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['another host', `new Request.Builder().url("https://api.stripe.com/v1/customers").header("Authorization", key).post(RequestBody.create(json, JSON)).build();\nHttpRequest.newBuilder(URI.create("https://api.paddle.com")).header("Authorization", key).build();`, []],
    ['an unknown host', `new Request.Builder().url(base + "/api/v1/customers").header("Authorization", key).build();\nclient.post().uri("/api/v1/usage").retrieve();\nmap.get("https://x").post();`, []],
    ['broken code', 'HttpRequest.newBuilder(URI.create(URL)).header("X-API-KEY", ', []],
  ];

  test.each(ROWS)('%s', (name, statements, requests) => {
    if (name === 'broken code') expect(() => findJava(java(statements))).not.toThrow();
    else expect(findJava(java(statements)).map(printRequest)).toEqual(requests);
  });

  const MEMBERS: readonly (readonly [name: string, members: string, statements: string, requests: readonly string[]])[] = [
    ['an interceptor', 'OkHttpClient client = new OkHttpClient.Builder().addInterceptor(new Signing()).build();', `new Request.Builder().url(URL)${KEYED}.post(RequestBody.create(json)).build();`, [`${USAGE} X-API-KEY=* open text`]],
    ['a client in a field', 'private final WebClient client;\n    A(WebClient.Builder builder) { this.client = builder.baseUrl("https://api.stigg.io").defaultHeader("X-API-KEY", "k").build(); }', 'client.post().uri("/api/v1/usage").bodyValue(Map.of("a", 1)).retrieve();', [`${USAGE} X-API-KEY=k json`]],
    ['a constant of the class for the name', 'private static final String HEADER = "X-API_KEY";', 'new Request.Builder().url(URL).header(HEADER, key).build();', ['GET rest v1/usage - X-API_KEY=* none']],
  ];

  test.each(MEMBERS)('%s', (_, members, statements, requests) => {
    expect(findJava(java(statements, members)).map(printRequest)).toEqual(requests);
  });
});

describe('requests in Kotlin', () => {
  const ROWS: readonly (readonly [name: string, statements: string, requests: readonly string[]])[] = [
    ['OkHttp', `val request = Request.Builder()\n    .url("https://api.stigg.io/api/v1/usage")\n    ${KEYED}\n    .post("""{"a": 1}""".toRequestBody(json))\n    .build()`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a body without a type', `Request.Builder().url("$base/usage")${KEYED}.post(text.toRequestBody()).build()`, [`${USAGE} X-API-KEY=* text`]],
    ['a type at the call', `Request.Builder().url("$base/usage")${KEYED}.patch(text.toRequestBody("application/json".toMediaTypeOrNull())).build()`, ['PATCH rest v1/usage - X-API-KEY=* Content-Type=application/json text']],
    ['apply', 'val request = Request.Builder().url("$base/usage").apply {\n    header("X-API-KEY", key)\n    post(text.toRequestBody(json))\n}.build()', [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['also', 'val request = Request.Builder().url("$base/usage").also { it.header("X-API-KEY", key) }.post(text.toRequestBody(json)).build()', [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['OkHttp 5', 'val request = Request(url = "https://api.stigg.io/api/v1/usage".toHttpUrl(), headers = headersOf("X-API-KEY", key), body = text.toRequestBody(json))', [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['java.net.http', `val request = HttpRequest.newBuilder(URI.create("$base/plans/$text"))${KEYED}.method("PATCH", BodyPublishers.ofString(text)).build()`, ['PATCH rest v1/plans/* plans.update X-API-KEY=* text']],
    ['Ktor', 'val response = client.post("https://api.stigg.io/api/v1/usage") {\n    header("X-API-KEY", key)\n    contentType(ContentType.Application.Json)\n    setBody(mapOf("a" to 1))\n}', [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['headers of Ktor', 'client.post("$base/usage") {\n    headers {\n        append("X-API-KEY", key)\n        append(HttpHeaders.ContentType, "application/json")\n    }\n    setBody(text)\n}', [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a bearer token', 'client.post("$base/usage") {\n    bearerAuth(key)\n    setBody(text)\n}', [`${USAGE} Authorization=* text`]],
    ['the URL inside', 'client.get {\n    url("$base/coupons")\n    header("X-API-KEY", key)\n    parameter("limit", 500)\n}', ['GET rest v1/coupons coupons.list X-API-KEY=* ?limit none']],
    ['the method inside', 'client.request("$base/customers/1") {\n    method = HttpMethod.Patch\n    header("X-API-KEY", key)\n}', ['PATCH rest v1/customers/1 customers.update X-API-KEY=* none']],
    ['parameters inside of the URL', 'client.get("$base/coupons") {\n    url { parameters.append("limit", "500") }\n    headers.append("X-API-KEY", key)\n}', ['GET rest v1/coupons coupons.list X-API-KEY=* none']],
    ['a default request', 'val own = HttpClient(CIO) {\n    defaultRequest {\n        url("https://api.stigg.io/")\n        header("X-API-KEY", key)\n    }\n}\nown.post("api/v1/usage") { setBody(text) }', [`${USAGE} X-API-KEY=* text`]],
    ['a function that sets headers', 'client.post("$base/usage") {\n    stiggHeaders()\n    setBody(text)\n}', [`${USAGE} open text`]],
    ['no lambda', 'client.get("$base/coupons")', ['GET rest v1/coupons coupons.list open none']],
    ['with a connection', 'with(URL("$base/usage").openConnection() as HttpURLConnection) {\n    requestMethod = "POST"\n    setRequestProperty("X-API-KEY", key)\n    doOutput = true\n}', [`${USAGE} X-API-KEY=* text`]],
    ['another host', 'client.post("https://api-m.paypal.com/v2/checkout/orders") { bearerAuth(key) }\nRequest.Builder().url("https://connect.squareup.com/v2").header("Authorization", key).build()', []],
    ['routes', 'routing { post("/api/v1/usage") { call.respond(1) } }\nmap.get("https")', []],
    ['broken code', 'client.post("https://api.stigg.io/api/v1/usage") { header("X-API-KEY", ', []],
  ];

  test.each(ROWS)('%s', (name, statements, requests) => {
    if (name === 'broken code') expect(() => findKotlin(kotlin(statements))).not.toThrow();
    else expect(findKotlin(kotlin(statements)).map(printRequest)).toEqual(requests);
  });
});

describe('edits that add a header', () => {
  const TYPE = 'header("Content-Type", "application/json")';
  const ROWS: readonly (readonly [name: string, language: 'java' | 'kotlin', statements: string, edited: string | undefined])[] = [
    ['behind the last header', 'java', `${NEW}\n    ${KEYED}\n    .POST(BodyPublishers.ofString(json))\n    .build();`, `${NEW}\n    ${KEYED}\n    .${TYPE}\n    .POST(BodyPublishers.ofString(json))\n    .build();`],
    ['behind the URL', 'java', 'Request r = new Request.Builder()\n    .url(URL)\n    .post(RequestBody.create(json))\n    .build();', `Request r = new Request.Builder()\n    .url(URL)\n    .${TYPE}\n    .post(RequestBody.create(json))\n    .build();`],
    ['behind the start', 'java', `${NEW}\n    .POST(BodyPublishers.ofString(json))\n    .build();`, `${NEW}\n    .${TYPE}\n    .POST(BodyPublishers.ofString(json))\n    .build();`],
    ['in one line', 'java', `${NEW}${KEYED}.POST(BodyPublishers.ofString(json)).build();`, `${NEW}${KEYED}.${TYPE}.POST(BodyPublishers.ofString(json)).build();`],
    ['below a property of a connection', 'java', 'HttpURLConnection c = (HttpURLConnection) new URL(URL).openConnection();\nc.setRequestProperty("X-API-KEY", key);\nc.setDoOutput(true);', 'HttpURLConnection c = (HttpURLConnection) new URL(URL).openConnection();\nc.setRequestProperty("X-API-KEY", key);\nc.setRequestProperty("Content-Type", "application/json");\nc.setDoOutput(true);'],
    ['below a header of an entity', 'java', 'HttpHeaders headers = new HttpHeaders();\nheaders.set("X-API-KEY", key);\nrestTemplate.postForObject(URL, new HttpEntity<>(json, headers), String.class);', 'HttpHeaders headers = new HttpHeaders();\nheaders.set("X-API-KEY", key);\nheaders.set("Content-Type", "application/json");\nrestTemplate.postForObject(URL, new HttpEntity<>(json, headers), String.class);'],
    ['in a chain of Kotlin', 'kotlin', `Request.Builder()\n    .url("$base/usage")\n    ${KEYED}\n    .post(text.toRequestBody())\n    .build()`, `Request.Builder()\n    .url("$base/usage")\n    ${KEYED}\n    .${TYPE}\n    .post(text.toRequestBody())\n    .build()`],
    ['in a lambda of Ktor', 'kotlin', 'client.post("$base/usage") {\n    header("X-API-KEY", key)\n    setBody(text)\n}', `client.post("$base/usage") {\n    header("X-API-KEY", key)\n    ${TYPE}\n    setBody(text)\n}`],
    ['before the body of Ktor', 'kotlin', 'client.post("$base/usage") {\n    setBody(text)\n}', `client.post("$base/usage") {\n    ${TYPE}\n    setBody(text)\n}`],
    ['not to a template without an entity', 'java', 'restTemplate.postForObject(URL, json, String.class);', undefined],
  ];

  test.each(ROWS)('%s', (_, language, statements, edited) => {
    const program = language === 'java' ? java : kotlin;
    const text = program(statements);
    const edits = (language === 'java' ? findJava : findKotlin)(text)[0]?.addHeader('Content-Type', { kind: 'text', text: 'application/json' });
    expect(edits === undefined ? undefined : apply(text, edits)).toBe(edited === undefined ? undefined : program(edited));
  });

  test('a fresh value', () => {
    const text = java(`${NEW}${KEYED}.build();`);
    const edits = findJava(text)[0]?.addHeader('Idempotency-Key', { kind: 'fresh' });
    expect(apply(text, edits ?? [])).toBe(java(`${NEW}${KEYED}.header("Idempotency-Key", java.util.UUID.randomUUID().toString()).build();`));
  });
});

test.each([
  ['Kotlin', kotlin(`Request.Builder().url("$base/usage")${KEYED}.post(text.toRequestBody(json)).build()`), 'text'],
  ['Java', java(`new Request.Builder().url(URL)${KEYED}.post(RequestBody.create(body.toString(), JSON)).build();`), 'body.toString()'],
])('the body in %s', (language, text, body) => {
  const value = (language === 'Java' ? findJava : findKotlin)(text)[0]?.body?.value;
  expect(value === undefined ? undefined : text.slice(value.start, value.end)).toBe(body);
});
