import { describe, expect, test } from 'vitest';
import { ACTION_IDS, isPossible } from '../../../src/diagnose/actions.js';
import { CAUSES, type CauseId } from '../../../src/diagnose/causes.js';
import { correctCurl } from '../../../src/diagnose/curl.js';
import { diagnose } from '../../../src/diagnose/judge.js';
import { report, stepsHeading } from '../../../src/diagnose/report.js';
import { SYMPTOMS } from '../../../src/diagnose/symptom.js';
import { facts, header, production, request, storedKey } from './support.js';

const origin = { host: 'api.stigg.io', version: '0.1.0' };
const alone = { hasOtherEnvironments: false };

describe('the report', () => {
  test('says the cause, the fix, what was checked and where, in this order', () => {
    const text = report(diagnose(facts({ request: request({ headers: [header('Authorization')] }) }), alone), origin);
    const order = ['# Stigg: 401 on every request', '## Found: The key is sent in the wrong header', stepsHeading(), 'Send the key as X-API-KEY', '## What was checked', '- ✗ The key is sent as Authorization', '- ✓ Stigg accepts the key', '## Circumstances', 'Environment: Production', 'Request: GET /api/v1/customers', 'Asked: api.stigg.io', 'This report holds no key.'];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('names from Stigg and from files are text, whatever they hold', () => {
    const name = '[run](command:quit) <img src=x> `code` **bold**';
    const key = storedKey({ displayName: name });
    const text = report(diagnose(facts({ key, stored: [key], environment: { ...production, displayName: name }, request: request({ path: `/api/v1/customers/${name}` }) }), alone), origin);
    expect(text).not.toMatch(/(?<!\\)\[run|(?<!\\)<img|(?<!\\)`code|(?<!\\)\*\*bold/);
  });

  test.each(SYMPTOMS)('%s: no sentence is left without words', (symptom) => {
    const diagnosis = diagnose(facts({ symptom }), alone);
    expect(report(diagnosis, origin)).not.toMatch(/undefined|null|\[object|\{\d\}/);
  });
});

test.each(Object.keys(CAUSES) as CauseId[])('%s says what it is, why and what to do, with and without a key and a request', (id) => {
  for (const change of [{}, { key: null, environment: null, request: null, stored: [] }, { request: request({ method: 'POST' }) }]) {
    const { title, why, fix } = CAUSES[id].words(facts(change));
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const sentence of [why, fix]) expect(sentence).toMatch(/^[A-Z“t4].*[.)]$/);
    expect([title, why, fix].join(' ')).not.toMatch(/undefined|null|\{\d\}/);
  }
  expect(CAUSES[id].actions.length).toBeGreaterThan(0);
});

describe('actions', () => {
  test('without a request, a key and an environment only what needs none of them', () => {
    const none = facts({ key: null, environment: null, request: null, value: { kind: 'gone' } });
    expect(ACTION_IDS.filter((id) => isPossible(id, none, alone))).toEqual(['copyCurl', 'addEnvironment', 'scopeDocs', 'restDocs', 'limitsDocs', 'idempotencyDocs', 'tryAgain', 'showLog']);
  });

  test.each([
    ['a request', { request: request() }, 'openRequest'],
    ['a key whose value is gone', { value: { kind: 'gone' } }, 'storeKey'],
    ['a key that works', {}, 'openTerminal'],
  ] as const)('with %s', (_name, change, action) => {
    expect(isPossible(action, facts(change), alone)).toBe(true);
  });

  test('no terminal is opened with a key that Stigg refuses, and there is no other environment than the only one', () => {
    expect(isPossible('openTerminal', facts({ answer: { kind: 'refused' } }), alone)).toBe(false);
    expect(isPossible('switchEnvironment', facts(), alone)).toBe(false);
    expect(isPossible('switchEnvironment', facts(), { hasOtherEnvironments: true })).toBe(true);
  });

  test('the fix of a wrong header begins at the request', () => {
    expect(diagnose(facts({ request: request({ headers: [] }) }), alone).actions.slice(0, 2)).toEqual(['openRequest', 'copyCurl']);
  });
});

describe('the curl', () => {
  const target = { baseUrl: 'https://api.stigg.io/', flavour: 'docs' } as const;
  test.each([
    ['nothing under the cursor', null, 'curl -X POST "https://api.stigg.io/graphql" \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d \'{"query":"{ sdkConfiguration { isWidgetWatermarkEnabled } }"}\''],
    ['a GET', request(), 'curl -X GET "https://api.stigg.io/api/v1/customers" \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY"'],
    ['a wrong prefix, a computed id', request({ path: '/v1/customers/{id}', method: 'PATCH' }), 'curl -X PATCH "https://api.stigg.io/api/v1/customers/ID" \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d \'{}\''],
    ['something for the shell in the path', request({ path: '/api/v1/customers/a"$(id)`' }), 'curl -X GET "https://api.stigg.io/api/v1/customers/ID" \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY"'],
    ['quotes in the path', request({ path: '/api/v1/customers/a"`id`' }), 'curl -X GET "https://api.stigg.io/api/v1/customers/a\\"\\`id\\`" \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY"'],
  ])('%s', (_name, which, expected) => {
    expect(correctCurl(which, target)).toBe(expected);
  });
});
