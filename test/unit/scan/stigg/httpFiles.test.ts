import { beforeAll, describe, expect, test } from 'vitest';
import { reader } from './writtenOut.js';

let read: Awaited<ReturnType<typeof reader>>;
beforeAll(async () => {
  read = await reader();
});

const URL = 'https://api.stigg.io/api/v1';

describe('requests of request files', () => {
  test.each<[name: string, text: string, requests: readonly string[]]>([
    ['a line alone', `GET ${URL}/plans`, ['GET rest v1/plans plans.list none']],
    ['no method', `${URL}/plans`, ['GET rest v1/plans plans.list none']],
    ['a version', `POST ${URL}/customers/1/archive HTTP/1.1\nX-API-KEY: a`, ['POST rest v1/customers/1/archive customers.archive X-API-KEY=a none']],
    ['several', `GET ${URL}/plans\n\n###\nGET ${URL}/addons\n### third\n\nDELETE ${URL}/customers/1/payment-method`, ['GET rest v1/plans plans.list none', 'GET rest v1/addons addons.list none', 'DELETE rest v1/customers/1/payment-method customers.paymentMethod.detach none']],
    ['a query over lines', `GET ${URL}/plans\n    ?limit=500\n    &after=x\nA: b`, ['GET rest v1/plans?limit=500&after=x plans.list A=b none']],
    ['a query that is not indented', `GET ${URL}/plans\n?limit=500\n&after=x\nA: b`, ['GET rest v1/plans?limit=500&after=x plans.list A=b none']],
    ['a variable of the file', `@host = https://api.stigg.io\n@base={{host}}/api/v1\n\nGET {{base}}/plans`, ['GET rest v1/plans plans.list none']],
    ['a name that tells', 'GET {{stiggUrl}}/api/v1/plans', ['GET rest v1/plans plans.list none']],
    ['a name of the environment that tells', 'GET {{$dotenv STIGG_API_URL}}/api/v1/plans', ['GET rest v1/plans plans.list none']],
    ['values that are not constant', `@id = seed\nPOST ${URL}/coupons\nIdempotency-Key: {{$guid}}\nA: {{id}}-{{other}}\n\n{}`, ['POST rest v1/coupons coupons.create Idempotency-Key=* A=seed-* text']],
    ['comments', `# one\n// two\n# @name a\nPOST ${URL}/coupons\n# X-API-KEY: a\nA: b\n// C: d\n\n{}`, ['POST rest v1/coupons coupons.create A=b text']],
    ['scripts', `< {%\n  GET ${URL}/other\n%}\nGET ${URL}/plans\n\n> {%\n  client.test("POST ${URL}/coupons");\n%}\n`, ['GET rest v1/plans plans.list none']],
    ['a file for the body', `POST ${URL}/coupons\nContent-Type: application/json\n\n< ./coupon.json`, ['POST rest v1/coupons coupons.create Content-Type=application/json text']],
    ['GraphQL', 'POST https://api.stigg.io/graphql\nX-REQUEST-TYPE: GraphQL\n\nquery { plans { id } }', ['POST graphql graphql - X-REQUEST-TYPE=GraphQL text']],
    ['GraphQL of JetBrains', 'GRAPHQL https://api.stigg.io/graphql\n\nquery { plans { id } }', ['POST graphql graphql - json']],
    ['line ends of Windows', `GET ${URL}/plans\r\nA: b\r\n\r\n###\r\nGET ${URL}/addons\r\n`, ['GET rest v1/plans plans.list A=b none', 'GET rest v1/addons addons.list none']],
    ['another host', '@host = https://api.example.com # not stigg\nPOST {{host}}/api/v1/coupons\n\n{ "amountsOff": [{ "amount": 4900 }] }', []],
    ['a name that says nothing', 'GET {{host}}/api/v1/plans\n# stigg', []],
    ['a comment', `# GET ${URL}/plans`, []],
  ])('%s', (_, text, requests) => {
    expect(read('a.http', text).requests).toEqual(requests);
    expect(read('b.rest', text).requests).toEqual(requests);
  });
});

test.each<[name: string, text: string, money: readonly string[]]>([
  ['a literal', `POST ${URL}/coupons\n\n{ "amountsOff": [{ "amount": 4900, "currency": "usd" }] }`, ['amountsOff[].amount=4900 USD']],
  ['a variable', `POST ${URL}/coupons\n\n{ "amountsOff": [{ "amount": {{price_cents}}, "currency": "{{currency}}" }] }`, ['amountsOff[].amount={{price_cents}} cents:name']],
  ['zeros behind a variable', `POST ${URL}/coupons\n\n{ "amountsOff": [{ "amount": {{price}}00 }] }`, ['amountsOff[].amount={{price}}00 cents:multiplied']],
  ['between empty lines', `POST ${URL}/coupons\n\n\n{\n\n"amountsOff": [{ "amount": 4900 }]\n}\n\n\n### next\n`, ['amountsOff[].amount=4900']],
  ['variables of GraphQL', 'POST https://api.stigg.io/graphql\nX-REQUEST-TYPE: GraphQL\n\nmutation C($input: X!) {\n  createCoupon(input: $input) { id }\n}\n\n{ "input": { "amountsOff": [{ "amount": 4900, "currency": "USD" }] } }', ['input.amountsOff[].amount=4900 USD']],
  ['what a GraphQL document says itself', 'GRAPHQL https://api.stigg.io/graphql\n\nmutation {\n  createCoupon(input: { amountsOff: [{ amount: 4900, currency: USD }] }) { id }\n}', ['input.amountsOff[].amount=4900 USD']],
  ['a GraphQL body in JSON', 'POST https://api.stigg.io/graphql\n\n{ "query": "…", "variables": { "input": { "cost": { "amount": 4900 } } } }', ['variables.input.cost.amount=4900']],
  ['a form', `POST ${URL}/coupons\n\namount=4900&currency=usd`, []],
  ['broken', `POST ${URL}/coupons\n\n{ "amountsOff": [{ "amount": 4900`, ['amountsOff[].amount=4900']],
])('money: %s', (_, text, money) => {
  expect(read('a.http', text).money).toEqual(money);
});

test.each<[name: string, text: string, changed: string]>([
  ['behind the last', `POST ${URL}/coupons\nA: b\n\n{}\n`, `POST ${URL}/coupons\nA: b\nC: d\n\n{}\n`],
  ['behind the request line', `POST ${URL}/coupons HTTP/1.1\n\n{}\n`, `POST ${URL}/coupons HTTP/1.1\nC: d\n\n{}\n`],
  ['behind the query', `GET ${URL}/plans\n  ?limit=1\n`, `GET ${URL}/plans\n  ?limit=1\nC: d\n`],
  ['with line ends of Windows', `POST ${URL}/coupons\r\nA: b\r\n\r\n{}`, `POST ${URL}/coupons\r\nA: b\r\nC: d\r\n\r\n{}`],
])('a header more: %s', (_, text, changed) => {
  expect(read('a.http', text).withHeader('C', 'd')).toEqual([changed]);
});

test('a header with a value of its own', () => {
  expect(read('a.http', `POST ${URL}/coupons\nA: b`).withHeader('Idempotency-Key')).toEqual([`POST ${URL}/coupons\nA: b\nIdempotency-Key: {{$guid}}`]);
});
