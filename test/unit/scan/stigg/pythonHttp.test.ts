import { beforeAll, describe, expect, test } from 'vitest';
import type { StiggRequest } from '../../../../src/scan/stigg/request.js';
import { apply } from '../support.js';
import { finderFor, printRequest } from './requestsIn.js';

let requestsIn: (text: string) => readonly StiggRequest[];
beforeAll(async () => {
  requestsIn = await finderFor('billing/stigg_http.py');
});

const REQUESTS = 'import requests\nURL = "https://api.stigg.io/api/v1"\n';
const HTTPX = 'import httpx\n';
const AIOHTTP = 'import aiohttp\n';
const URLLIB = 'import json, urllib.request\nURL = "https://api.stigg.io/api/v1/usage"\n';

const ROWS: readonly (readonly [text: string, ...printed: string[]])[] = [
  // requests
  [`${REQUESTS}requests.post(f"{URL}/coupons", json={"id": "a"}, headers={"X-API-KEY": key, "Idempotency-Key": "a"})`, 'POST rest v1/coupons coupons.create X-API-KEY=* Idempotency-Key=a json'],
  [`${REQUESTS}requests.get(URL + "/subscriptions", params={"limit": 500}, headers={"X-API-KEY": key})`, 'GET rest v1/subscriptions subscriptions.list X-API-KEY=* ?limit none'],
  [`${REQUESTS}requests.get(URL + "/subscriptions", {"limit": 500})`, 'GET rest v1/subscriptions subscriptions.list ?limit none'],
  [`${REQUESTS}requests.post(url=f"{URL}/usage", data=json.dumps(body))`, 'POST rest v1/usage usage.report text'],
  [`${REQUESTS}requests.post(f"{URL}/usage", json.dumps(body), None, headers=HEADERS)`, 'POST rest v1/usage usage.report open text'],
  [`${REQUESTS}requests.post(f"{URL}/usage", {"a": 1})`, 'POST rest v1/usage usage.report form'],
  [`${REQUESTS}requests.post(f"{URL}/usage", None, {"a": 1})`, 'POST rest v1/usage usage.report json'],
  [`${REQUESTS}requests.request("PATCH", f"{URL}/customers/{id}", json=body, headers={"apikey": key})`, 'PATCH rest v1/customers/* customers.update apikey=* json'],
  [`${REQUESTS}requests.request(method, f"{URL}/customers/{id}")`, '* rest v1/customers/* - none'],
  [`${REQUESTS}requests.delete(f"{URL}/coupons/{id}", auth=("user", key))`, 'DELETE rest v1/coupons/* - Authorization=* none'],
  [`${REQUESTS}requests.delete(f"{URL}/coupons/{id}", auth=HTTPBasicAuth("user", key))`, 'DELETE rest v1/coupons/* - Authorization=* none'],
  [`${REQUESTS}requests.delete(f"{URL}/coupons/{id}", auth=StiggAuth())`, 'DELETE rest v1/coupons/* - open none'],
  [`${REQUESTS}requests.post(f"{URL}/usage", **options)`, 'POST rest v1/usage usage.report open none'],
  [`${REQUESTS}OPTIONS = {"headers": {"X-API-KEY": key}, "json": {"a": 1}}\nrequests.post(f"{URL}/usage", **OPTIONS)`, 'POST rest v1/usage usage.report X-API-KEY=* json'],
  [`${REQUESTS}def f(headers):\n    headers["Content-Type"] = "application/json"\n    requests.post(f"{URL}/usage", headers=headers, data=body)`, 'POST rest v1/usage usage.report Content-Type=application/json open text'],
  [`${REQUESTS}HEADER = "X-API-KEY"\nHEADERS = {HEADER: key}\nHEADERS["Content-Type"] = "application/json"\nHEADERS.update({"Accept": "*/*"})\nrequests.post(f"{URL}/usage", headers=HEADERS, data=body)`, 'POST rest v1/usage usage.report Content-Type=application/json Accept=*/* X-API-KEY=* text'],
  [`${REQUESTS}def headers(**extra):\n    return {"X-API-KEY": key, **extra}\nrequests.post(f"{URL}/usage", headers=headers(**{"Idempotency-Key": run}))`, 'POST rest v1/usage usage.report X-API-KEY=* Idempotency-Key=* open none'],
  [`${REQUESTS}requests.post(f"{URL}/usage", headers={**BASE, "X-API-KEY": key})`, 'POST rest v1/usage usage.report X-API-KEY=* open none'],
  [`${REQUESTS}requests.post(f"{URL}/usage", headers=dict(BASE) | {"X-API-KEY": key})`, 'POST rest v1/usage usage.report X-API-KEY=* open none'],
  [`${REQUESTS}s = requests.Session()\ns.headers.update({"X-API-KEY": key})\ns.headers["Accept"] = "a"\ns.post(f"{URL}/usage", json=body)`, 'POST rest v1/usage usage.report X-API-KEY=* Accept=a json'],
  [`${REQUESTS}with requests.Session() as s:\n    s.headers.setdefault("apikey", key)\n    s.auth = ("u", "p")\n    s.post(f"{URL}/usage", json=body, headers={"Idempotency-Key": run})`, 'POST rest v1/usage usage.report apikey=* Authorization=* Idempotency-Key=* json'],
  [`${REQUESTS}s = requests.Session()\ns.mount("https://", HTTPAdapter(max_retries=3))\ns.get(f"{URL}/plans")`, 'GET rest v1/plans plans.list none'],
  [`${REQUESTS}s = requests.Session()\ns.mount("https://", Signed())\ns.get(f"{URL}/plans")`, 'GET rest v1/plans plans.list open none'],
  [`${REQUESTS}class A:\n    def __init__(self):\n        self.s = requests.Session()\n        self.s.headers.update({"X-API-KEY": key})\n    def f(self):\n        return self.s.post(f"{URL}/usage", json=body)\nclass B:\n    def __init__(self):\n        self.s = requests.Session()\n        self.s.headers["other"] = key\n    def f(self):\n        return self.s.get(f"{URL}/plans")`, 'POST rest v1/usage usage.report X-API-KEY=* json', 'GET rest v1/plans plans.list other=* none'],
  [`${REQUESTS}def session():\n    s = requests.Session()\n    s.headers.update({"X-API-KEY": key})\n    return s\nclass A:\n    def __init__(self):\n        self.s = session()\n    def f(self):\n        self.s.post(f"{URL}/usage", json=body)`, 'POST rest v1/usage usage.report X-API-KEY=* json'],
  [`${REQUESTS}def prepare(s):\n    s.headers["X-API-KEY"] = key\ns = requests.Session()\nprepare(s)\ns.get(f"{URL}/plans")`, 'GET rest v1/plans plans.list X-API-KEY=* none'],
  [`${REQUESTS}def f(session):\n    session.get(f"{URL}/plans")`, 'GET rest v1/plans plans.list open none'],
  [`${REQUESTS}class A:\n    @property\n    def session(self):\n        s = requests.Session()\n        s.headers["X-API-KEY"] = key\n        return s\n    def f(self):\n        self.session.get(f"{URL}/plans")`, 'GET rest v1/plans plans.list X-API-KEY=* none'],
  ['from requests import post, Session as S\npost("https://api.stigg.io/api/v1/usage", json=body)\nS().get("https://api.stigg.io/graphql")', 'POST rest v1/usage usage.report json', 'GET graphql graphql - none'],
  ['import requests as r\nr.put("https://edge.api.stigg.io/api/v1/usage", json=body)', 'PUT rest v1/usage - json'],
  [`${REQUESTS}req = requests.Request("POST", f"{URL}/usage", headers={"X-API-KEY": key}, json=body)`, 'POST rest v1/usage usage.report X-API-KEY=* open json'],
  // httpx
  [`${HTTPX}httpx.post("https://api.stigg.io/graphql", json={"query": QUERY}, headers={"X-API_KEY": key})`, 'POST graphql graphql - X-API_KEY=* json'],
  [`${HTTPX}client = httpx.Client(base_url="https://api.stigg.io/api/v1", headers={"X-API-KEY": key})\nclient.post("/usage", content=json.dumps(body))\nclient.get("plans", params={"limit": 100})`, 'POST rest v1/usage usage.report X-API-KEY=* text', 'GET rest v1/plans plans.list X-API-KEY=* ?limit none'],
  [`${HTTPX}async def f():\n    async with httpx.AsyncClient(base_url="https://api.stigg.io/api/v1", auth=Auth()) as client:\n        await client.post("/usage", data={"a": 1}, headers={"Idempotency-Key": run})`, 'POST rest v1/usage usage.report Idempotency-Key=* open form'],
  [`${HTTPX}client = httpx.Client(base_url="https://api.stigg.io", event_hooks={"request": [sign]})\nclient.get("/api/v1/plans")`, 'GET rest v1/plans plans.list open none'],
  [`${HTTPX}client = httpx.Client(base_url="https://api.stigg.io", transport=httpx.HTTPTransport(retries=3))\nclient.headers["X-API-KEY"] = key\nclient.request("DELETE", "/api/v1/coupons/a")`, 'DELETE rest v1/coupons/a - X-API-KEY=* none'],
  [`${HTTPX}r = httpx.Client(headers=H).build_request("POST", "https://api.stigg.io/api/v1/usage", json=body)`, 'POST rest v1/usage usage.report open json'],
  [`${HTTPX}with httpx.stream("GET", "https://api.stigg.io/api/v1/plans") as r:\n    pass`, 'GET rest v1/plans plans.list none'],
  // aiohttp
  [`${AIOHTTP}async def f():\n    async with aiohttp.ClientSession("https://api.stigg.io", headers={"X-API-KEY": key}) as session:\n        async with session.post("/api/v1/usage", json=body) as response:\n            return await response.json()`, 'POST rest v1/usage usage.report X-API-KEY=* json'],
  [`${AIOHTTP}async def f():\n    session = aiohttp.ClientSession(auth=aiohttp.BasicAuth("u", "p"))\n    await session.get("https://api.stigg.io/api/v1/subscriptions", params=[("limit", "500")])`, 'GET rest v1/subscriptions subscriptions.list Authorization=p ?limit none'],
  [`${AIOHTTP}async def f(session: aiohttp.ClientSession):\n    await session.post("https://api.stigg.io/api/v1/usage", data=json.dumps(body), headers={"X-API-KEY": key})`, 'POST rest v1/usage usage.report X-API-KEY=* open text'],
  // urllib
  [`${URLLIB}request = urllib.request.Request(URL, data=json.dumps(body).encode(), headers={"X-API-KEY": key}, method="POST")\nurllib.request.urlopen(request, timeout=10)`, 'POST rest v1/usage usage.report X-API-KEY=* text'],
  [`${URLLIB}request = urllib.request.Request(URL, body)\nrequest.add_header("X-API-KEY", key)\nrequest.add_header("Content-Type", "application/json")\nurllib.request.urlopen(request)`, 'POST rest v1/usage usage.report X-API-KEY=* Content-Type=application/json text'],
  [`${URLLIB}def a():\n    r = urllib.request.Request(URL)\n    r.add_header("A", key)\n    r.method = "DELETE"\n    r = urllib.request.Request(URL)\n    r.add_header("B", key)\ndef b():\n    r = urllib.request.Request(URL)\n    return r`, 'DELETE rest v1/usage - A=* none', 'GET rest v1/usage - B=* none', 'GET rest v1/usage - open none'],
  [`${URLLIB}r = urllib.request.Request(URL, urllib.parse.urlencode(form).encode())\nsign(r)`, 'POST rest v1/usage usage.report open form'],
  [`${URLLIB}def send(r):\n    r.add_header("X-API-KEY", key)\n    urllib.request.urlopen(r)\nsend(urllib.request.Request(URL))\nr = urllib.request.Request(URL)\nsend(r)`, 'GET rest v1/usage - X-API-KEY=* none', 'GET rest v1/usage - X-API-KEY=* none'],
  ['from urllib.request import Request, urlopen\nurlopen(Request("https://api.stigg.io/api/v1/plans?limit=500", headers={"X-API-KEY": key}))', 'GET rest v1/plans?limit=500 plans.list X-API-KEY=* none'],
  ['from urllib import request\nrequest.urlopen("https://api.stigg.io/api/v1/plans", data=b"{}")', 'POST rest v1/plans plans.create text'],
  [`${URLLIB}urllib.request.urlopen(f"https://api.stigg.io/api/v1/plans?{urllib.parse.urlencode({'limit': 500})}")`, 'GET rest v1/plans?*= plans.list ?limit none'],
  // http.client
  ['import http.client\nconnection = http.client.HTTPSConnection("api.stigg.io", timeout=5)\nconnection.request("POST", "/api/v1/usage", json.dumps(body), {"X-API-KEY": key})', 'POST rest v1/usage usage.report X-API-KEY=* text'],
  ['from http.client import HTTPSConnection\nHTTPSConnection("api.stigg.io").request("GET", "/api/v1/plans")', 'GET rest v1/plans plans.list none'],
  // by a name that says it is Stigg's
  ['import os, httpx\nhttpx.get(f"{os.environ[\'STIGG_API_URL\']}/api/v1/plans")', 'GET rest v1/plans plans.list none'],
  // not Stigg's, or no request
  ['# stigg\nimport requests\nrequests.post("https://api.example.com/api/v1/usage", json=body)'],
  ['# stigg\nimport requests\nrequests.post("https://mcp.stigg.io/mcp", json=body)'],
  ['# stigg\nimport requests\nrequests.post("https://api.stigg.io.example.com/api/v1/usage")'],
  ['# stigg\nimport httpx\nhttpx.Client(base_url="https://api.stripe.com").post("/v1/coupons")'],
  ['# stigg\nimport httpx\nhttpx.Client(base_url="https://api.stigg.io").post("https://api.stripe.com/v1/coupons")'],
  ['respx.post("https://api.stigg.io/api/v1/usage").mock(return_value=httpx.Response(200))'],
  ['responses.add(responses.POST, "https://api.stigg.io/api/v1/usage")\nrequests_mock.get("https://api.stigg.io/api/v1/plans")'],
  ['d = {"https://api.stigg.io": 1}\nd.pop("https://api.stigg.io")\nos.environ.get("STIGG_URL")\nwebbrowser.open("https://api.stigg.io/graphql")'],
  ['# stigg\nimport http.client\nhttp.client.HTTPSConnection("api.example.com").request("GET", "/api/v1/plans")'],
  ['# stigg\nimport urllib.request\nurllib.request.urlopen(urllib.request.Request("https://api.example.com/api/v1/plans"))'],
  ['requests.post('],
  ['import requests\nrequests.post(url="https://api.stigg.io/api/v1/usage", headers='],
];

/** What is written in place of the last line when an Idempotency-Key, and when a Content-Type is added. */
const EDITS: readonly (readonly [line: string, fresh: string | undefined, text: string | undefined])[] = [
  ['requests.post(URL, json=body)', 'requests.post(URL, json=body, headers={"Idempotency-Key": str(uuid.uuid4())})', 'requests.post(URL, json=body, headers={"Content-Type": "application/json"})'],
  ['requests.post(URL, headers={"A": b})', 'requests.post(URL, headers={"A": b, "Idempotency-Key": str(uuid.uuid4())})', 'requests.post(URL, headers={"A": b, "Content-Type": "application/json"})'],
  ['requests.post(URL, headers={})', 'requests.post(URL, headers={ "Idempotency-Key": str(uuid.uuid4()) })', 'requests.post(URL, headers={ "Content-Type": "application/json" })'],
  ['requests.post(URL, headers=HEADERS, json=body)', 'requests.post(URL, headers={**HEADERS, "Idempotency-Key": str(uuid.uuid4())}, json=body)', 'requests.post(URL, headers={**HEADERS, "Content-Type": "application/json"}, json=body)'],
  ['requests.post(URL, headers=self.headers(a))', 'requests.post(URL, headers={**self.headers(a), "Idempotency-Key": str(uuid.uuid4())})', 'requests.post(URL, headers={**self.headers(a), "Content-Type": "application/json"})'],
  ['requests.post(URL, headers=a | b)', undefined, undefined],
  ['requests.post(URL, **options)', undefined, undefined],
  ['requests.Session().post(URL)', 'requests.Session().post(URL, headers={"Idempotency-Key": str(uuid.uuid4())})', 'requests.Session().post(URL, headers={"Content-Type": "application/json"})'],
  ['r = urllib.request.Request(URL, data)', 'r = urllib.request.Request(URL, data, headers={"Idempotency-Key": str(uuid.uuid4())})', 'r = urllib.request.Request(URL, data, headers={"Content-Type": "application/json"})'],
  ['r = urllib.request.Request(URL, data, {"A": b})', 'r = urllib.request.Request(URL, data, {"A": b, "Idempotency-Key": str(uuid.uuid4())})', 'r = urllib.request.Request(URL, data, {"A": b, "Content-Type": "application/json"})'],
  ['urllib.request.urlopen(URL, data)', undefined, undefined],
];

describe('HTTP clients of Python', () => {
  test.each(ROWS)('%s', (text, ...printed) => {
    expect(requestsIn(text).map(printRequest)).toEqual(printed);
  });

  test.each(EDITS)('a header is added to %s', (line, fresh, text) => {
    const before = 'import requests, urllib.request, uuid\nimport uuid\nURL = "https://api.stigg.io/api/v1/usage"\n';
    const [request] = requestsIn(before + line);
    const after = (edits: ReturnType<StiggRequest['addHeader']> | undefined): string | undefined => (edits === undefined ? undefined : apply(before + line, edits).slice(before.length));
    expect([after(request?.addHeader('Idempotency-Key', { kind: 'fresh' })), after(request?.addHeader('Content-Type', { kind: 'text', text: 'application/json' }))]).toEqual([fresh, text]);
  });
});
