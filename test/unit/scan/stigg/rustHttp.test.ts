import { describe, expect, test } from 'vitest';
import { apply } from '../support.js';
import { finderFor, printRequest } from './requestsIn.js';

const find = await finderFor('a.rs');

function lines(text: string): string[] {
  return find(text).map(printRequest);
}

/** A function with these statements, in a file that uses reqwest. */
function program(statements: string): string {
  return `use reqwest::Client;\nuse reqwest::header::{HeaderMap, HeaderValue, CONTENT_TYPE};\n\nconst BASE: &str = "https://api.stigg.io/api/v1";\n\nasync fn f(&self, http: &Client, key: &str, id: &str, extra: HeaderMap) -> Result<()> {\n    ${statements.trim().split('\n').join('\n    ')}\n    Ok(())\n}\n`;
}

const USAGE = 'POST rest v1/usage usage.report';
const KEYED = '.header("X-API-KEY", key)';

describe('requests of reqwest and ureq', () => {
  const ROWS: readonly (readonly [name: string, statements: string, requests: readonly string[]])[] = [
    ['json', `http.post("https://api.stigg.io/api/v1/usage")${KEYED}.json(&json!({ "a": 1 })).send().await?;`, [`${USAGE} X-API-KEY=* json`]],
    ['a body', `http.post(format!("{BASE}/usage"))\n    ${KEYED}\n    .header("Content-Type", "application/json")\n    .body(body)\n    .send()\n    .await?;`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a client in a field', `self.http.post(format!("{}/usage", BASE))${KEYED}.body(body).send()?;`, [`${USAGE} X-API-KEY=* text`]],
    ['the header constants', `http.post(format!("{BASE}/usage")).header(header::CONTENT_TYPE, "application/json").header(AUTHORIZATION, key).body(body).send();`, [`${USAGE} Content-Type=application/json Authorization=* text`]],
    ['a bearer token', 'http.post(format!("{BASE}/usage")).bearer_auth(key).json(&body).send().await?;', [`${USAGE} Authorization=* json`]],
    ['a name with a password', 'http.post(format!("{BASE}/usage")).basic_auth(key, Some("")).json(&body).send().await?;', [`${USAGE} Authorization=* json`]],
    ['headers in a map', 'let mut headers = HeaderMap::new();\nheaders.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));\nheaders.insert("X-API-KEY", HeaderValue::from_str(key)?);\nhttp.post(format!("{BASE}/usage")).headers(headers).body(body).send()?;', [`${USAGE} Content-Type=application/json X-API-KEY=* text`]],
    ['names of headers', 'let mut headers = HeaderMap::with_capacity(2);\nheaders.append(HeaderName::from_static("x-api-key"), v);\nhttp.post(format!("{BASE}/usage")).headers(headers.clone()).send()?;', [`${USAGE} x-api-key=* none`]],
    ['a map that someone else fills', 'let mut headers = HeaderMap::new();\nheaders.insert("X-API-KEY", v);\nsign(&mut headers);\nhttp.post(format!("{BASE}/usage")).headers(headers).send()?;', [`${USAGE} X-API-KEY=* open none`]],
    ['a map of elsewhere', `http.post(format!("{BASE}/usage"))${KEYED}.headers(extra).send()?;`, [`${USAGE} X-API-KEY=* open none`]],
    ['a request without a key', 'http.post(format!("{BASE}/usage")).json(&body).send().await?;', [`${USAGE} open json`]],
    ['a request without a key through a plain client', 'Client::new().post(format!("{BASE}/usage")).json(&body).send().await?;', [`${USAGE} json`]],
    ['a plain client in a variable', 'let client = reqwest::Client::new();\nclient.post(format!("{BASE}/usage")).body("{}").send().await?;', [`${USAGE} text`]],
    ['get', `http.get(format!("{BASE}/customers/{id}"))${KEYED}.send().await?;`, ['GET rest v1/customers/* customers.retrieve X-API-KEY=* none']],
    ['patch', `http.patch(format!("{}/customers/{}", BASE, id))${KEYED}.json(&body).send().await?;`, ['PATCH rest v1/customers/* customers.update X-API-KEY=* json']],
    ['a query', `http.get(format!("{BASE}/coupons")).query(&[("limit", 500)])${KEYED}.send()?;`, ['GET rest v1/coupons coupons.list X-API-KEY=* ?limit none']],
    ['request with a method', `http.request(Method::PATCH, format!("{BASE}/customers/{id}"))${KEYED}.json(&b).send()?;`, ['PATCH rest v1/customers/* customers.update X-API-KEY=* json']],
    ['request with an unknown method', `http.request(method, format!("{BASE}/usage"))${KEYED}.send()?;`, ['* rest v1/usage usage.report X-API-KEY=* none']],
    ['a builder in a variable', `let mut request = http.post(format!("{BASE}/usage"));\nrequest = request${KEYED};\nlet response = request.json(&body).send().await?;`, [`${USAGE} X-API-KEY=* json`]],
    ['a builder that is shadowed', `let request = http.post(format!("{BASE}/usage"))${KEYED};\nlet request = request.body(text);\nrequest.send().await?;`, [`${USAGE} X-API-KEY=* text`]],
    ['a builder that another function gets', `let request = http.post(format!("{BASE}/usage"))${KEYED};\nsigned(request).send()?;`, [`${USAGE} X-API-KEY=* open none`]],
    ['a builder that is returned', `return http.post(format!("{BASE}/usage"))${KEYED};`, [`${USAGE} X-API-KEY=* open none`]],
    ['reqwest itself', 'reqwest::get("https://api.stigg.io/api/v1/coupons?limit=500").await?;', ['GET rest v1/coupons?limit=500 coupons.list none']],
    ['the blocking client', `reqwest::blocking::Client::new().post("https://api.stigg.io/graphql")${KEYED}.json(&q).send()?;`, ['POST graphql graphql - X-API-KEY=* json']],
    ['a form', `http.post(format!("{BASE}/usage"))${KEYED}.form(&params).send()?;`, [`${USAGE} X-API-KEY=* form`]],
    ['a parsed URL', `let url = Url::parse("https://api.stigg.io/api/v1/usage")?;\nhttp.post(url)${KEYED}.json(&b).send()?;`, [`${USAGE} X-API-KEY=* json`]],
    ['ureq', 'ureq::post("https://api.stigg.io/api/v1/usage").set("X-API-KEY", key).send_json(ureq::json!({ "a": 1 }))?;', [`${USAGE} X-API-KEY=* json`]],
    ['ureq with a text', 'ureq::post("https://api.stigg.io/api/v1/usage").set("X-API-KEY", key).send_string("{}")?;', [`${USAGE} X-API-KEY=* text`]],
    ['ureq 3', `ureq::post("https://api.stigg.io/api/v1/usage")${KEYED}.send("{}")?;`, [`${USAGE} X-API-KEY=* text`]],
    ['an agent of ureq', 'let agent = ureq::agent();\nagent.get("https://api.stigg.io/api/v1/coupons").set("apikey", key).call()?;', ['GET rest v1/coupons coupons.list apikey=* none']],
    ['another host', 'http.post("https://api.stripe.com/v1/customers").bearer_auth(key).form(&p).send()?;', []],
    ['an unknown host', 'self.http.post(format!("{}/api/v1/subscriptions", self.base)).bearer_auth(key).send()?;', []],
    ['a map', 'let x = map.get("https");\nmap.get(id);\nrouter.post("/api/v1/usage");', []],
    ['a route', 'Router::new().route("/api/v1/customers", post(create));', []],
    ['a lookalike host', 'http.get("https://stigg.io.example.com/api/v1/coupons").send()?;', []],
    ['broken code', 'http.post("https://api.stigg.io/api/v1/usage").header("X-API-KEY", ', []],
  ];

  test.each(ROWS)('%s', (name, statements, requests) => {
    if (name === 'broken code') expect(() => lines(program(statements))).not.toThrow();
    else expect(lines(program(statements))).toEqual(requests);
  });

  test('headers of the client', () => {
    const text = `use reqwest::header::HeaderMap;
fn client(key: &str) -> reqwest::Client {
    let mut headers = HeaderMap::new();
    let mut value = HeaderValue::from_str(key).unwrap();
    value.set_sensitive(true);
    headers.insert("x-api-key", value);
    reqwest::Client::builder().default_headers(headers).build().unwrap()
}
impl Stigg {
    async fn report(&self) { self.0.post("https://api.stigg.io/api/v1/usage").json(body).send().await }
}
`;
    expect(lines(text)).toEqual([`${USAGE} x-api-key=* json`]);
  });

  test('middleware may set headers', () => {
    expect(lines(`use reqwest_middleware::ClientWithMiddleware;\n${program(`http.post(format!("{BASE}/usage"))${KEYED}.json(&b).send();`)}`)).toEqual([`${USAGE} X-API-KEY=* open json`]);
  });
});

describe('edits that add a header', () => {
  const ROWS: readonly (readonly [name: string, statements: string, edited: string])[] = [
    ['in a line of its own', 'http.post(format!("{BASE}/usage"))\n    .header("X-API-KEY", key)\n    .body(body)\n    .send()?;', 'http.post(format!("{BASE}/usage"))\n    .header("X-API-KEY", key)\n    .header("Content-Type", "application/json")\n    .body(body)\n    .send()?;'],
    ['behind the URL', 'http\n    .post(format!("{BASE}/usage"))\n    .body(body)\n    .send()?;', 'http\n    .post(format!("{BASE}/usage"))\n    .header("Content-Type", "application/json")\n    .body(body)\n    .send()?;'],
    ['in one line', 'http.post(format!("{BASE}/usage")).header("X-API-KEY", key).body(body).send()?;', 'http.post(format!("{BASE}/usage")).header("X-API-KEY", key).header("Content-Type", "application/json").body(body).send()?;'],
    ['behind the first line of a chain', 'http.post(format!("{BASE}/usage"))\n    .body(body)\n    .send()?;', 'http.post(format!("{BASE}/usage"))\n    .header("Content-Type", "application/json")\n    .body(body)\n    .send()?;'],
    ['of ureq', 'ureq::post("https://api.stigg.io/api/v1/usage").set("X-API-KEY", key).send_string("{}")?;', 'ureq::post("https://api.stigg.io/api/v1/usage").set("X-API-KEY", key).set("Content-Type", "application/json").send_string("{}")?;'],
  ];

  test.each(ROWS)('%s', (_, statements, edited) => {
    const text = program(statements);
    const edits = find(text)[0]?.addHeader('Content-Type', { kind: 'text', text: 'application/json' });
    expect(edits === undefined ? undefined : apply(text, edits)).toBe(program(edited));
  });

  test('no fresh value', () => {
    expect(find(program(`http.post(format!("{BASE}/usage"))${KEYED}.json(&b).send();`))[0]?.addHeader('Idempotency-Key', { kind: 'fresh' })).toBeUndefined();
  });
});

test('the answer is what send returns, the body what is in it', () => {
  const text = program(`let page: Page = http.post(format!("{BASE}/usage"))${KEYED}.body(body.to_string()).send().await?.json().await?;`);
  const [request] = find(text);
  const { call, body } = request ?? {};
  expect(call === undefined ? undefined : text.slice(call.start, call.end)).toBe(`http.post(format!("{BASE}/usage"))${KEYED}.body(body.to_string()).send()`);
  expect(body?.value === undefined ? undefined : text.slice(body.value.start, body.value.end)).toBe('body');
});
