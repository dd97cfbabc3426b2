import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { contextOf, preparedEngine } from '../support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const found = (path: string, text: string): string[] =>
  engine.scan({ path, languageId: path.endsWith('.ts') ? 'typescript' : path.endsWith('.py') ? 'python' : 'go', text }, contextOf({}))
    .filter(({ rule }) => rule === 'cents-to-stigg').map(({ start, end }) => text.slice(start, end));

const HEADERS = "headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' }";

test.each([
  ['a function with a path and options', `const call = (path, init) => fetch(\`https://api.stigg.io/api/v1\${path}\`, { ...init, ${HEADERS} });\ncall('/coupons', { method: 'POST', body: JSON.stringify({ amountsOff: [{ amount: price * 100 }] }) });`, ['price * 100']],
  ['a function with a body', `async function post(path, body) { return fetch(\`https://api.stigg.io/api/v1/\${path}\`, { method: 'POST', ${HEADERS}, body: JSON.stringify(body) }); }\nawait post('coupons', { amountsOff: [{ amount: price * 100 }] });\nawait post('usage', { usages: [{ value: size * 100 }] });`, ['price * 100']],
  ['a method of a class', `class Stiggs { async send(method, path, body) { return fetch(BASE_STIGG_URL + path, { method, ${HEADERS}, body: JSON.stringify(body) }); }\n  coupon(price) { return this.send('POST', '/api/v1/coupons', { amountsOff: [{ amount: price * 100 }] }); } }`.replace('BASE_STIGG_URL', 'STIGG_URL'), ['price * 100']],
  ['functions in a row', `const send = (path, init) => fetch('https://api.stigg.io/api/v1' + path, init);\nconst post = (path, body) => send(path, { method: 'POST', ${HEADERS}, body: JSON.stringify(body) });\npost('/coupons', { amountsOff: [{ amount: toCents(price) }] });`, ['toCents(price)']],
  ['GraphQL', `async function run(query, variables) { return fetch('https://api.stigg.io/graphql', { method: 'POST', ${HEADERS}, body: JSON.stringify({ query, variables }) }); }\nrun(CREATE, { input: { cost: { amount: priceInCents } } });`, ['priceInCents']],
  ['another host', "const call = (path, init) => fetch(`https://api.example.com${path}`, init); // not Stigg\ncall('/api/v1/coupons', { method: 'POST', body: JSON.stringify({ amountsOff: [{ amount: price * 100 }] }) });", []],
  ['a function that calls itself', `const call = (path, init) => (retry ? call(path, init) : fetch('https://api.stigg.io/api/v1' + path, init));\ncall('/coupons', { method: 'POST', body: JSON.stringify({ amountsOff: [{ amount: price * 100 }] }) });`, ['price * 100']],
])('through %s', (_, text, values) => {
  expect(found('src/a.ts', text)).toEqual(values);
});
