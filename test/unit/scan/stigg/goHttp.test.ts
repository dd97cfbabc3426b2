import { describe, expect, test } from 'vitest';
import { apply } from '../support.js';
import { finderFor, printRequest } from './requestsIn.js';

const find = await finderFor('a.go');

function lines(text: string): string[] {
  return find(text).map(printRequest);
}

/** A function with these statements, in a file that uses net/http. */
function program(statements: string): string {
  return `package a\n\nimport (\n\t"net/http"\n)\n\nconst base = "https://api.stigg.io/api/v1"\n\nfunc f(ctx context.Context, key, id string, extra http.Header, c *Client) {\n\t${statements.trim().split('\n').join('\n\t')}\n}\n`;
}

const REQUEST = `req, err := http.NewRequest(http.MethodPost, base+"/usage", bytes.NewReader(body))
if err != nil {
	return err
}
`;
const KEYED = `${REQUEST}req.Header.Set("X-API-KEY", key)\n`;
const USAGE = 'POST rest v1/usage usage.report';

describe('requests of net/http and resty', () => {
  const ROWS: readonly (readonly [name: string, statements: string, requests: readonly string[]])[] = [
    ['a request with headers', `${KEYED}req.Header.Add("Content-Type", "application/json")\nclient.Do(req)`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a request with a context', `req, _ := http.NewRequestWithContext(ctx, "PUT", "https://api.stigg.io/api/v1/customers/"+id, r)\nreq.Header.Set("X-API-KEY", key)`, ['PUT rest v1/customers/* - X-API-KEY=* text']],
    ['a constant for the URL and the method', 'const url = base + "/customers?limit=1000"\nmethod := http.MethodGet\nreq, _ := http.NewRequest(method, url, nil)\nreq.Header.Set("X-API-KEY", key)', ['GET rest v1/customers?limit=1000 customers.list X-API-KEY=* none']],
    ['a URL put together by Sprintf', 'req, _ := http.NewRequest("GET", fmt.Sprintf("https://api.stigg.io/api/v1/customers/%s", id), http.NoBody)\nreq.Header.Set("X-API-KEY", key)', ['GET rest v1/customers/* customers.retrieve X-API-KEY=* none']],
    ['a literal for the headers', `${REQUEST}req.Header = http.Header{"X-Api-Key": {key}, "Idempotency-Key": {"same"}, "Accept": []string{"a", "b"}}`, [`${USAGE} X-Api-Key=* Idempotency-Key=same Accept=* text`]],
    ['a literal that is filled later', `${REQUEST}h := http.Header{"X-API-KEY": {key}}\nh.Set("Content-Type", "application/json")\nreq.Header = h`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['headers of elsewhere', `${KEYED}req.Header = extra.Clone()`, [`${USAGE} X-API-KEY=* open text`]],
    ['a header by its index', `${REQUEST}req.Header["X-API-KEY"] = []string{key}`, [`${USAGE} X-API-KEY=* text`]],
    ['headers in a variable of their own', `${REQUEST}h := req.Header\nh.Set("X-API-KEY", key)`, [`${USAGE} X-API-KEY=* text`]],
    ['a key as a basic password', `${REQUEST}req.SetBasicAuth(key, "")`, [`${USAGE} Authorization=* text`]],
    ['the context changed', `${KEYED}req = req.WithContext(ctx)\nreq.Header.Set("Content-Type", "application/json")`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['two requests under one name', `${KEYED}req, err = http.NewRequest("GET", base+"/coupons", nil)\nreq.Header.Set("apikey", key)`, [`${USAGE} X-API-KEY=* text`, 'GET rest v1/coupons coupons.list apikey=* none']],
    ['a request that another function gets', `${KEYED}sign(req)`, [`${USAGE} X-API-KEY=* open text`]],
    ['a request that a method gets', `${REQUEST}c.do(req)`, [`${USAGE} open text`]],
    ['a request that a method of the file sends', `${KEYED}return c.send(req)\n}\n\nfunc (c *Client) send(req *http.Request) error {\n\tres, err := c.http.Do(req)\n\treturn err`, [`${USAGE} X-API-KEY=* text`]],
    ['a request that a function of the file sends', `${KEYED}return send(c.http, req)\n}\n\nfunc send(client *http.Client, req *http.Request) error {\n\t_, err := client.Do(req)\n\treturn err`, [`${USAGE} X-API-KEY=* text`]],
    ['a request that gets headers before it is sent', `${REQUEST}return c.send(req)\n}\n\nfunc (c *Client) send(request *http.Request) error {\n\trequest.Header.Set("X-API-KEY", c.key)\n\treturn c.do(request)\n}\n\nfunc (c *Client) do(r *http.Request) error {\n\tr.Header.Set("Content-Type", "application/json")\n\t_, err := c.http.Do(r)\n\treturn err`, [`${USAGE} X-API-KEY=* Content-Type=application/json text`]],
    ['a request that a method of the file gives to others', `${KEYED}return c.send(req)\n}\n\nfunc (c *Client) send(req *http.Request) error {\n\tc.signer.Sign(req)\n\t_, err := c.http.Do(req)\n\treturn err`, [`${USAGE} X-API-KEY=* open text`]],
    ['a request for a method of the same name of another type', `${KEYED}return c.send(req)\n}\n\nfunc (o *Other) send(req *http.Request) error {\n\t_, err := o.http.Do(req)\n\treturn err`, [`${USAGE} X-API-KEY=* open text`]],
    ['a request that functions hand round in a circle', `${KEYED}return c.send(req)\n}\n\nfunc (c *Client) send(req *http.Request) error {\n\treturn c.again(req)\n}\n\nfunc (c *Client) again(req *http.Request) error {\n\treturn c.send(req)`, [`${USAGE} X-API-KEY=* text`]],
    ['a request that is returned', `${KEYED}return req`, [`${USAGE} X-API-KEY=* open text`]],
    ['a request without a key', `${REQUEST}c.HTTP.Do(req)`, [`${USAGE} open text`]],
    ['a request without a key through the default client', `${REQUEST}http.DefaultClient.Do(req)`, [`${USAGE} text`]],
    ['a request without a key through a plain client', `client := &http.Client{Timeout: 10}\n${REQUEST}client.Do(req)`, [`${USAGE} text`]],
    ['a client with a transport', `client := &http.Client{Transport: signing{}}\n${KEYED}client.Do(req)`, [`${USAGE} X-API-KEY=* open text`]],
    ['a client with the standard transport', `client := &http.Client{Transport: &http.Transport{}}\n${KEYED}client.Do(req)`, [`${USAGE} X-API-KEY=* text`]],
    ['an unknown method', `req, _ := http.NewRequest(id, base+"/usage", nil)\nreq.Header.Set("X-API-KEY", key)`, ['* rest v1/usage usage.report X-API-KEY=* none']],
    ['Post', 'http.Post("https://api.stigg.io/api/v1/usage", "application/json", body)', [`${USAGE} Content-Type=application/json text`]],
    ['Post of some client', 'c.http.Post(base + "/usage", "text/plain", body)', [`${USAGE} Content-Type=text/plain open text`]],
    ['PostForm', 'http.PostForm(base+"/usage", url.Values{"a": {"b"}})', [`${USAGE} form`]],
    ['Get', 'http.Get(base + "/coupons?limit=500")', ['GET rest v1/coupons?limit=500 coupons.list none']],
    ['GraphQL', 'req, _ := http.NewRequest("POST", "https://api.stigg.io/graphql", strings.NewReader(q))\nreq.Header.Set("X-API-KEY", key)', ['POST graphql graphql - X-API-KEY=* text']],
    ['parameters in url.Values', 'q := url.Values{"limit": {"500"}}\nq.Set("after", id)\nreq, _ := http.NewRequest("GET", base+"/coupons?"+q.Encode(), nil)\nreq.Header.Set("X-API-KEY", key)', ['GET rest v1/coupons?*= coupons.list X-API-KEY=* ?limit ?after none']],
    ['parameters of the request', 'req, _ := http.NewRequest("GET", base+"/coupons", nil)\nreq.Header.Set("X-API-KEY", key)\nq := req.URL.Query()\nq.Add("limit", "500")\nreq.URL.RawQuery = q.Encode()', ['GET rest v1/coupons coupons.list X-API-KEY=* ?limit none']],
    ['resty', 'client := resty.New()\nclient.R().SetHeader("X-API-KEY", key).SetBody(map[string]any{"a": 1}).Post("https://api.stigg.io/api/v1/usage")', [`${USAGE} X-API-KEY=* json`]],
    ['resty with a base URL and headers of the client', 'client := resty.New().SetBaseURL("https://api.stigg.io").SetHeader("X-API-KEY", key)\nclient.SetAuthToken(key)\nclient.R().SetHeaders(map[string]string{"Idempotency-Key": id}).SetBody(`{"a": 1}`).Post("/api/v1/usage")', [`${USAGE} Authorization=* X-API-KEY=* Idempotency-Key=* text`]],
    ['resty in several statements', 'r := resty.New().R()\nr.SetHeader("X-API-KEY", key)\nr.SetQueryParam("limit", "500")\nr.SetQueryParams(map[string]string{"after": id})\nr.Get(base + "/coupons")', ['GET rest v1/coupons coupons.list X-API-KEY=* ?after ?limit none']],
    ['resty with a method', 'resty.New().R().SetAuthToken(key).Execute("PATCH", base+"/customers/"+id)', ['PATCH rest v1/customers/* customers.update Authorization=* none']],
    ['an own client of resty', 'c.rest.R().SetBody(x).Post(base + "/usage")', [`${USAGE} open json`]],
    ['another host', 'req, _ := http.NewRequest("POST", "https://api.stripe.com/v1/customers", nil)\nreq.Header.Set("Authorization", key)\nhttp.DefaultClient.Do(req)', []],
    ['an unknown host', 'req, _ := http.NewRequest("POST", c.Base+"/api/v1/customers", nil)\nclient.Do(req)', []],
    ['a router', 'r.Post("/api/v1/customers", handler)\nr.Get("https://api.stigg.io/x", a, b)', []],
    ['a lookalike host', 'http.Get("https://api.stigg.io.example.com/api/v1/customers")', []],
    ['resty elsewhere', 'resty.New().SetBaseURL("https://api.paddle.com").R().SetBody(x).Post("/customers")', []],
    ['broken code', 'req, err := http.NewRequest("POST", "https://api.stigg.io/api/v1/usage", \nreq.Header.Set("X-API-KEY", ', []],
  ];

  test.each(ROWS)('%s', (_, statements, requests) => {
    expect(lines(program(statements))).toEqual(requests);
  });

  test('a round tripper of the file may set headers', () => {
    expect(lines(`${program(KEYED)}\nfunc (t keyed) RoundTrip(r *http.Request) (*http.Response, error) { return nil, nil }\n`)).toEqual([`${USAGE} X-API-KEY=* open text`]);
  });
});

describe('the body', () => {
  const ROWS: readonly (readonly [name: string, statements: string, body: string])[] = [
    ['what is marshalled', 'body, err := json.Marshal(payload)\nreq, _ := http.NewRequest("POST", base+"/usage", bytes.NewReader(body))', 'body'],
    ['a text', 'req, _ := http.NewRequest("POST", base+"/usage", strings.NewReader(`{"a": 1}`))', '`{"a": 1}`'],
    ['what is encoded into a buffer', 'body := new(bytes.Buffer)\njson.NewEncoder(body).Encode(grant{A: 1})\nreq, _ := http.NewRequest("POST", base+"/usage", body)', 'grant{A: 1}'],
    ['what is encoded into a builder', 'var b strings.Builder\nif err := json.NewEncoder(&b).Encode(map[string]any{"a": 1}); err != nil { return err }\nreq, _ := http.NewRequest("POST", base+"/usage", strings.NewReader(b.String()))', 'map[string]any{"a": 1}'],
    ['a reader in a variable', 'r := strings.NewReader(text)\nreq, _ := http.NewRequest("POST", base+"/usage", r)', 'text'],
    ['what is written', 'var b bytes.Buffer\nb.WriteString(`{}`)\nreq, _ := http.NewRequest("POST", base+"/usage", &b)', '`{}`'],
  ];

  test.each(ROWS)('%s', (_, statements, body) => {
    const text = program(statements);
    const value = find(text)[0]?.body?.value;
    expect(value === undefined ? undefined : text.slice(value.start, value.end)).toBe(body);
  });
});

describe('edits that add a header', () => {
  const ROWS: readonly (readonly [name: string, statements: string, edited: string | undefined])[] = [
    ['below the last one', `${KEYED}client.Do(req)`, `${KEYED}req.Header.Set("Content-Type", "application/json")\nclient.Do(req)`],
    ['below the check of the error', `${REQUEST}client.Do(req)`, `${REQUEST}req.Header.Set("Content-Type", "application/json")\nclient.Do(req)`],
    ['below a request without an error', 'req, _ := http.NewRequest("POST", base+"/usage", b)', 'req, _ := http.NewRequest("POST", base+"/usage", b)\nreq.Header.Set("Content-Type", "application/json")'],
    ['into a literal', `${REQUEST}req.Header = http.Header{"X-API-KEY": {key}}`, `${REQUEST}req.Header = http.Header{"X-API-KEY": {key}, "Content-Type": {"application/json"}}`],
    ['not where the error is looked at elsewhere', 'req, err := http.NewRequest("POST", base+"/usage", b)\nlog(err)', undefined],
    ['not where headers are set in a branch', `${REQUEST}if id != "" {\n\treq.Header.Set("X-API-KEY", key)\n}`, undefined],
    ['not to Post', 'http.Post(base+"/usage", "a/b", b)', undefined],
    ['into a chain', 'resty.New().R().\n\tSetHeader("X-API-KEY", key).\n\tPost(base + "/usage")', 'resty.New().R().\n\tSetHeader("X-API-KEY", key).\n\tSetHeader("Content-Type", "application/json").\n\tPost(base + "/usage")'],
  ];

  test.each(ROWS)('%s', (_, statements, edited) => {
    const text = program(statements);
    const edits = find(text)[0]?.addHeader('Content-Type', { kind: 'text', text: 'application/json' });
    expect(edits === undefined ? undefined : apply(text, edits)).toBe(edited === undefined ? undefined : program(edited));
  });

  test('no fresh value', () => {
    expect(find(program(KEYED))[0]?.addHeader('Idempotency-Key', { kind: 'fresh' })).toBeUndefined();
  });
});

test('the answer is what Do returns', () => {
  const text = program(`${KEYED}resp, err := client.Do(req)`);
  const call = find(text)[0]?.call;
  expect(call === undefined ? undefined : text.slice(call.start, call.end)).toBe('client.Do(req)');
});

test('a name that hundreds of functions use stands for another value in each', () => {
  const functions = Array.from({ length: 310 }, (_, at) => `func f${String(at)}(key string) {\n\treq, _ := http.NewRequest("POST", "https://api.stigg.io/api/v1/usage", nil)\n\treq.Header.Set("X-API-KEY", key)\n}\n`);
  const found = lines(`package a\n\nimport "net/http"\n\n${functions.join('\n')}`);
  expect(found).toHaveLength(310);
  expect(new Set(found).size).toBe(1);
  expect(found[0]).toContain('X-API-KEY=*');
});
