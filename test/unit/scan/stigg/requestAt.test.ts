import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { preparedEngine, serverKey } from '../support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

/** `|` is the cursor. */
const at = (path: string, marked: string): unknown => {
  const offset = marked.indexOf('|');
  return engine.requestAt({ path, languageId: languageIdFor(path), text: marked.replace('|', '') }, offset);
};

test.each([
  [
    'a.ts', "await fetch(`https://api.stigg.io/api/v1/customers/${id}`, { |headers: { Authorization: `Bearer ${process.env.STIGG_API_KEY}` } });",
    { surface: 'rest', method: 'GET', path: '/api/v1/customers/{…}', headers: [{ name: 'Authorization', value: '`Bearer ${process.env.STIGG_API_KEY}`' }], headersAreOpen: false, hasBody: false, operation: 'customers.retrieve' },
  ],
  [
    'a.py', "import requests\nrequests.post('https://api.stigg.io/v1/coupons', |data=body, headers={'X-API-KEY': os.environ['STIGG_API_KEY'], 'Content-Type': 'text/plain'})\n",
    { surface: 'rest', method: 'POST', path: '/v1/coupons', headers: [{ name: 'X-API-KEY', value: "os.environ['STIGG_API_KEY']" }, { name: 'Content-Type', value: 'text/plain' }], headersAreOpen: false, hasBody: true, operation: 'coupons.create' },
  ],
  [
    'a.sh', 'curl -X POST https://api.stigg.io/graphql \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\\n  -|d \'{"query":"{ a }"}\'\n',
    { surface: 'graphql', method: 'POST', path: '/graphql', headers: [{ name: 'X-API-KEY', value: '$STIGG_SERVER_API_KEY' }], headersAreOpen: false, hasBody: true },
  ],
  [
    'a.ts', "import Stigg from '@stigg/typescript';\nconst client = new Stigg();\nawait client.v1.customers.|list({ limit: 20 });",
    { surface: 'rest', method: 'GET', path: '/api/v1/customers', headers: [], headersAreOpen: true, hasBody: false, operation: 'customers.list' },
  ],
  ['a.ts', "const stigg = 1;\nawait fetch('https://api.example.com/|');", undefined],
])('%s %s', (path, marked, wanted) => {
  expect(at(path, marked)).toEqual(wanted);
});

test('a key in a header is not handed on', () => {
  const key = serverKey();
  for (const value of [`'${key}'`, `\`${key}\${x}\``]) {
    const found = at('a.ts', `fetch('https://api.stigg.io/api/v1/customers', { |headers: { 'X-API-KEY': ${value} } });`);
    expect(found).toMatchObject({ headers: [{ name: 'X-API-KEY', value: undefined }] });
    expect(JSON.stringify(found)).not.toContain(key.slice(7, 20));
  }
});
