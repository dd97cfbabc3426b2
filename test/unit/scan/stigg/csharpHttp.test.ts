import { describe, expect, test } from 'vitest';
import { apply } from '../support.js';
import { finderFor, printRequest } from './requestsIn.js';

const find = await finderFor('a.cs');

function lines(text: string): string[] {
  return find(text).map(printRequest);
}

/** A method with these statements, in a class with a client. */
function program(statements: string, members = 'private readonly HttpClient _http;'): string {
  return `using System.Net.Http;\nusing System.Text;\n\npublic class A\n{\n    ${members}\n\n    public async Task F(string key, string json, HttpClient http, IHttpClientFactory factory, HttpContent unknown)\n    {\n        ${statements.trim().split('\n').join('\n        ')}\n    }\n}\n`;
}

const URL = '"https://api.stigg.io/api/v1/usage"';
const USAGE = 'POST rest v1/usage usage.report';
const MESSAGE = `var request = new HttpRequestMessage(HttpMethod.Post, ${URL});\n`;
const KEYED = `${MESSAGE}request.Headers.Add("X-API-KEY", key);\n`;
const JSON_CONTENT = 'new StringContent(json, Encoding.UTF8, "application/json")';

describe('requests of HttpClient, RestSharp and Flurl', () => {
  const ROWS: readonly (readonly [name: string, statements: string, requests: readonly string[]])[] = [
    ['a message', `${KEYED}request.Content = ${JSON_CONTENT};\nawait http.SendAsync(request);`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a message with an initialiser', `var request = new HttpRequestMessage(HttpMethod.Post, ${URL})\n{\n    Content = new StringContent(json),\n    Headers = { { "X-API-KEY", key }, { "Idempotency-Key", "same" } },\n};\nawait http.SendAsync(request);`, [`${USAGE} X-API-KEY=* Idempotency-Key=same text`]],
    ['a message that is all initialiser', `var request = new HttpRequestMessage { Method = HttpMethod.Post, RequestUri = new Uri(${URL}), Content = JsonContent.Create(new { a = 1 }) };\nrequest.Headers.Add("X-API-KEY", key);\nusing var response = await http.SendAsync(request);`, [`${USAGE} X-API-KEY=* json`]],
    ['a message that is sent at once', `await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, ${URL}) { Headers = { { "X-API-KEY", key } } });`, [`${USAGE} X-API-KEY=* none`]],
    ['a method by its name', `var request = new HttpRequestMessage(new HttpMethod("PATCH"), "https://api.stigg.io/api/v1/customers/" + key);\nrequest.Headers.TryAddWithoutValidation("X-API-KEY", key);`, ['PATCH rest v1/customers/* customers.update X-API-KEY=* none']],
    ['an interpolated URL', 'var request = new HttpRequestMessage(HttpMethod.Get, $"https://api.stigg.io/api/v1/customers/{key}?x=1");\nrequest.Headers.Add("X-API-KEY", key);', ['GET rest v1/customers/*?x=1 customers.retrieve X-API-KEY=* none']],
    ['a bearer token of the message', `${MESSAGE}request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);`, [`${USAGE} Authorization=* none`]],
    ['a content that says its type later', `${KEYED}var content = new StringContent(json);\ncontent.Headers.ContentType = new MediaTypeHeaderValue("application/json");\nrequest.Content = content;`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a content with a header value', `${KEYED}request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a content with an encoding', `${KEYED}request.Content = new StringContent(json, Encoding.UTF8);`, [`${USAGE} X-API-KEY=* text`]],
    ['a content with the type by name', `${KEYED}request.Content = new StringContent(json, mediaType: MediaTypeNames.Application.Json);`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a content of elsewhere', `${KEYED}request.Content = unknown;`, [`${USAGE} X-API-KEY=* open text`]],
    ['a form', `${KEYED}request.Content = new FormUrlEncodedContent(values);`, [`${USAGE} X-API-KEY=* form`]],
    ['a message that another method gets', `${KEYED}await Signed(request);`, [`${USAGE} X-API-KEY=* open none`]],
    ['a message that is returned', `${KEYED}return request;`, [`${USAGE} X-API-KEY=* open none`]],
    ['a message without a key', `${MESSAGE}await http.SendAsync(request);`, [`${USAGE} open none`]],
    ['PostAsync with headers of a local client', `using var client = factory.CreateClient();\nclient.DefaultRequestHeaders.Add("X-API-KEY", key);\nvar content = ${JSON_CONTENT};\nawait client.PostAsync(${URL}, content, token);`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['PostAsync with a bearer token of a field', `_http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);\nawait _http.PostAsync(${URL}, new StringContent(json));`, [`${USAGE} Authorization=* text`]],
    ['PostAsJsonAsync', `http.DefaultRequestHeaders.Add("X-API-KEY", key);\nawait http.PostAsJsonAsync(${URL}, new { a = 1 });`, [`${USAGE} X-API-KEY=* json`]],
    ['a base address', `var client = new HttpClient { BaseAddress = new Uri("https://api.stigg.io") };\nclient.DefaultRequestHeaders.Add("X-API-KEY", key);\nawait client.PutAsync("/api/v1/customers/1", ${JSON_CONTENT});`, ['PUT rest v1/customers/1 - X-API-KEY=* Content-Type=application/json text']],
    ['a base address that is assigned', `http.BaseAddress = new Uri("https://api.stigg.io/api/v1/");\nhttp.DefaultRequestHeaders.Add("X-API-KEY", key);\nawait http.PatchAsync("customers/1", JsonContent.Create(new { a = 1 }));`, ['PATCH rest v1/customers/1 customers.update X-API-KEY=* json']],
    ['a client of which nothing is known', `await http.PostAsJsonAsync(${URL}, new { a = 1 });`, [`${USAGE} open json`]],
    ['a client that is made there', `await new HttpClient().PostAsJsonAsync(${URL}, new { a = 1 });`, [`${USAGE} json`]],
    ['reading', 'http.DefaultRequestHeaders.Add("X-API-KEY", key);\nawait http.GetStringAsync("https://api.stigg.io/api/v1/coupons?limit=500");\nawait http.GetFromJsonAsync<JsonElement>("https://api.stigg.io/api/v1/plans");\nawait http.DeleteAsync("https://api.stigg.io/api/v1/customers/1");', ['GET rest v1/coupons?limit=500 coupons.list X-API-KEY=* none', 'GET rest v1/plans plans.list X-API-KEY=* none', 'DELETE rest v1/customers/1 - X-API-KEY=* none']],
    ['GraphQL', 'http.DefaultRequestHeaders.Add("X-API-KEY", key);\nawait http.PostAsJsonAsync("https://api.stigg.io/graphql", new { query });', ['POST graphql graphql - X-API-KEY=* json']],
    ['RestSharp', 'var client = new RestClient("https://api.stigg.io");\nvar request = new RestRequest("api/v1/usage", Method.Post);\nrequest.AddHeader("X-API-KEY", key);\nrequest.AddJsonBody(new { a = 1 });\nawait client.ExecuteAsync(request);', [`${USAGE} X-API-KEY=* json`]],
    ['RestSharp in a chain', 'var client = new RestClient(new RestClientOptions("https://api.stigg.io/api/v1"));\nclient.AddDefaultHeader("X-API-KEY", key);\nawait client.PostAsync(new RestRequest("usage").AddHeader("Idempotency-Key", key).AddStringBody(json, DataFormat.Json));', [`${USAGE} X-API-KEY=* Idempotency-Key=* json`]],
    ['RestSharp with parameters', 'var request = new RestRequest("https://api.stigg.io/api/v1/coupons");\nrequest.AddQueryParameter("limit", "500");\nrequest.AddHeader("X-API-KEY", key);\nawait new RestClient().GetAsync(request);', ['GET rest v1/coupons coupons.list X-API-KEY=* ?limit none']],
    ['Flurl', 'await "https://api.stigg.io".AppendPathSegment("api/v1/usage").WithHeader("X-API-KEY", key).PostJsonAsync(new { a = 1 }); // Flurl', [`${USAGE} X-API-KEY=* json`]],
    ['another host', 'var request = new HttpRequestMessage(HttpMethod.Post, "https://api.taxjar.com/v2/taxes");\nrequest.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);\nhttp.BaseAddress = new Uri("https://api.taxjar.com");\nawait http.PostAsJsonAsync("/v2/taxes", new { a = 1 });', []],
    ['an unknown host', 'await http.PostAsJsonAsync("subscriptions", new { a = 1 });\nawait http.GetStringAsync(url);', []],
    ['RestSharp elsewhere', 'await new RestClient("https://api.paddle.com").PostAsync(new RestRequest("customers").AddJsonBody(body));', []],
    ['broken code', 'var request = new HttpRequestMessage(HttpMethod.Post, "https://api.stigg.io/api/v1/usage"\nrequest.Headers.Add(', []],
  ];

  test.each(ROWS)('%s', (name, statements, requests) => {
    if (name === 'broken code') expect(() => lines(program(statements))).not.toThrow();
    else expect(lines(program(statements))).toEqual(requests);
  });

  const MEMBERS: readonly (readonly [name: string, members: string, statements: string, requests: readonly string[]])[] = [
    ['a field with an initialiser', `private static readonly HttpClient Http = new()\n    {\n        BaseAddress = new Uri("https://api.stigg.io"),\n        DefaultRequestHeaders = { { "X-API-TOKEN", key } },\n    };`, 'await Http.PostAsJsonAsync("/api/v1/usage", body);', [`${USAGE} X-API-TOKEN=* json`]],
    ['a field that a method makes', `private static readonly HttpClient Http = Create();\n    private static HttpClient Create()\n    {\n        var client = new HttpClient { BaseAddress = new Uri("https://api.stigg.io") };\n        client.DefaultRequestHeaders.Add("X-API-KEY", key);\n        return client;\n    }`, 'var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage") { Content = JsonContent.Create(body) };\nawait Http.SendAsync(request);', [`${USAGE} X-API-KEY=* json`]],
    ['a field that the constructor fills', 'private readonly HttpClient _http;\n    public A(HttpClient http)\n    {\n        http.BaseAddress = new Uri("https://api.stigg.io");\n        _http = http;\n        _http.DefaultRequestHeaders.Add("X-API-KEY", "k");\n    }', `await _http.PostAsync("api/v1/usage", ${JSON_CONTENT});`, [`${USAGE} X-API-KEY=k Content-Type=application/json text`]],
    ['a field by this', 'private readonly HttpClient http2;\n    public A(HttpClient given)\n    {\n        this.http2 = given;\n        this.http2.BaseAddress = new Uri("https://api.stigg.io");\n        this.http2.DefaultRequestHeaders.Add("X-API-KEY", "k");\n    }', 'await http2.GetAsync("api/v1/coupons");', ['GET rest v1/coupons coupons.list X-API-KEY=k none']],
    ['a handler in the file', 'private class H : DelegatingHandler { }', `${KEYED}await http.SendAsync(request);`, [`${USAGE} X-API-KEY=* open none`]],
  ];

  test.each(MEMBERS)('%s', (_, members, statements, requests) => {
    expect(lines(program(statements, members))).toEqual(requests);
  });
});

describe('edits', () => {
  const ROWS: readonly (readonly [name: string, header: string, statements: string, edited: string | undefined])[] = [
    ['a header below the last one', 'Idempotency-Key', `${KEYED}await http.SendAsync(request);`, `${KEYED}request.Headers.Add("Idempotency-Key", System.Guid.NewGuid().ToString());\nawait http.SendAsync(request);`],
    ['a header below the message', 'Idempotency-Key', `${MESSAGE}await http.SendAsync(request);`, `${MESSAGE}request.Headers.Add("Idempotency-Key", System.Guid.NewGuid().ToString());\nawait http.SendAsync(request);`],
    ['a header below a message that is disposed', 'Idempotency-Key', `using ${MESSAGE}await http.SendAsync(request);`, `using ${MESSAGE}request.Headers.Add("Idempotency-Key", System.Guid.NewGuid().ToString());\nawait http.SendAsync(request);`],
    ['a header in an initialiser', 'Idempotency-Key', `var request = new HttpRequestMessage(HttpMethod.Post, ${URL}) { Headers = { { "X-API-KEY", key } } };`, `var request = new HttpRequestMessage(HttpMethod.Post, ${URL}) { Headers = { { "X-API-KEY", key }, { "Idempotency-Key", System.Guid.NewGuid().ToString() } } };`],
    ['no header to a shortcut', 'Idempotency-Key', `await http.PostAsync(${URL}, new StringContent(json));`, undefined],
    ['the type of a content', 'Content-Type', `await http.PostAsync(${URL}, new StringContent(json));`, `await http.PostAsync(${URL}, new StringContent(json, Encoding.UTF8, "application/json"));`],
    ['the type of a content with an encoding', 'Content-Type', `${KEYED}request.Content = new StringContent(json, Encoding.UTF8);`, `${KEYED}request.Content = new StringContent(json, Encoding.UTF8, "application/json");`],
    ['no type where the content is from elsewhere', 'Content-Type', `${KEYED}request.Content = unknown;`, undefined],
  ];

  test.each(ROWS)('%s', (_, name, statements, edited) => {
    const text = program(statements);
    const edits = find(text)[0]?.addHeader(name, name === 'Content-Type' ? { kind: 'text', text: 'application/json' } : { kind: 'fresh' });
    expect(edits === undefined ? undefined : apply(text, edits)).toBe(edited === undefined ? undefined : program(edited));
  });
});

test('a name that is a property is no text to rewrite', () => {
  const text = program(`${MESSAGE}request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);`);
  const header = find(text)[0]?.headers[0];
  expect(header === undefined ? undefined : [text.slice(header.nameStart, header.nameEnd), text.slice(header.start, header.end)]).toEqual(['new AuthenticationHeaderValue("Bearer", key', 'request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key)']);
});
