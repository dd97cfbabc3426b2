import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import { CREATING } from '../../endpoints.js';
import { IDEMPOTENCY_HEADER, headersNamed } from '../stigg/headers.js';
import { requestBodyKeys } from '../stigg/idempotency.js';
import { headOf, withFault } from '../stigg/places.js';
import type { StiggRequest } from '../stigg/request.js';
import type { Code } from '../stigg/code.js';
import type { Rule } from './rule.js';
import { namesStiggsAddress } from '../stigg/endpointFor.js';

/** A request that makes something at Stigg, and makes it twice when it is sent twice. */
export const missingIdempotencyKey: Rule = {
  id: 'missing-idempotency-key',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('POST without an idempotency key'),
    what: l10n.t('A POST to Stigg creates something, or counts usage, and has no {0} header.', IDEMPOTENCY_HEADER),
    why: l10n.t('A request whose answer is lost is sent again, by a retry or by a person. Without the key Stigg does it a second time: two grants, usage counted twice, or an error because it already exists.'),
    howToFix: l10n.t('Send {0} with a value that belongs to the operation, such as the id of the order. Stigg keeps the answer for 24 hours, and a retry gets the same one.', IDEMPOTENCY_HEADER),
  }),
  bad: [
    {
      path: 'src/signup.ts',
      text: () => "await fetch('https://api.stigg.io/api/v1/customers', {\n  method: 'POST',\n  headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' },\n  body: JSON.stringify(customer),\n});\n",
      fixed: () => "await fetch('https://api.stigg.io/api/v1/customers', {\n  method: 'POST',\n  headers: { 'X-API-KEY': key, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },\n  body: JSON.stringify(customer),\n});\n",
    },
    {
      path: 'src/grants.js',
      text: () => "const api = axios.create({ baseURL: 'https://api.stigg.io/api/v1', headers: { 'X-API-KEY': key } });\nexport const grant = (body) => api.post('/credits/grants', body);\n",
      fixed: () => "const api = axios.create({ baseURL: 'https://api.stigg.io/api/v1', headers: { 'X-API-KEY': key } });\nexport const grant = (body) => api.post('/credits/grants', body, { headers: { 'Idempotency-Key': crypto.randomUUID() } });\n",
    },
    {
      path: 'src/usage.mjs',
      text: () => "await got.post('https://api.stigg.io/api/v1/usage', {\n  headers: {\n    'X-API-KEY': key,\n  },\n  json: { usages: [{ customerId, featureId, value }] },\n});\n",
      fixed: () => "await got.post('https://api.stigg.io/api/v1/usage', {\n  headers: {\n    'X-API-KEY': key,\n    'Idempotency-Key': crypto.randomUUID(),\n  },\n  json: { usages: [{ customerId, featureId, value }] },\n});\n",
    },
    {
      path: 'src/provision.ts',
      text: () => "const url = new URL('https://api.stigg.io/api/v1/subscriptions');\nconst send = () => ky.post(url, { json: subscription, headers: { 'X-API-KEY': key } });\n",
      fixed: () => "const url = new URL('https://api.stigg.io/api/v1/subscriptions');\nconst send = () => ky.post(url, { json: subscription, headers: { 'X-API-KEY': key, 'Idempotency-Key': crypto.randomUUID() } });\n",
    },
    {
      path: 'src/shared.ts',
      text: () => "const HEADERS = { 'X-API-KEY': key, 'Content-Type': 'application/json' };\nexport const customer = (body) => fetch('https://api.stigg.io/api/v1/customers', { method: 'POST', headers: HEADERS, body });\n",
      fixed: () => "const HEADERS = { 'X-API-KEY': key, 'Content-Type': 'application/json' };\nexport const customer = (body) => fetch('https://api.stigg.io/api/v1/customers', { method: 'POST', headers: { ...HEADERS, 'Idempotency-Key': crypto.randomUUID() }, body });\n",
    },
    {
      path: 'src/loop.ts',
      text: () => "export async function report(usages) {\n  const headers = { 'X-API-KEY': key, 'Content-Type': 'application/json' };\n  for (const usage of usages) await fetch('https://api.stigg.io/api/v1/usage', { method: 'POST', headers, body: JSON.stringify(usage) });\n}\n",
      fixed: () => "export async function report(usages) {\n  const headers = { 'X-API-KEY': key, 'Content-Type': 'application/json' };\n  for (const usage of usages) await fetch('https://api.stigg.io/api/v1/usage', { method: 'POST', headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify(usage) });\n}\n",
    },
    {
      path: 'src/config.js',
      text: () => "const config = { headers: { 'X-API-KEY': key } };\nexport const customer = (body) => axios.post('https://api.stigg.io/api/v1/customers', body, config);\n",
      fixed: () => "const config = { headers: { 'X-API-KEY': key } };\nexport const customer = (body) => axios.post('https://api.stigg.io/api/v1/customers', body, { ...config, headers: { ...config.headers, 'Idempotency-Key': crypto.randomUUID() } });\n",
    },
    {
      path: 'src/spread.ts',
      text: () => "const init = { headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' } };\nexport const customer = (body) => fetch('https://api.stigg.io/api/v1/customers', { ...init, method: 'POST', body });\n",
    },
    {
      path: 'billing/customers.py',
      text: () => 'import uuid\nimport httpx\n\nhttpx.post("https://api.stigg.io/api/v1/customers", json=customer, headers={"X-API-KEY": key})\n',
      fixed: () => 'import uuid\nimport httpx\n\nhttpx.post("https://api.stigg.io/api/v1/customers", json=customer, headers={"X-API-KEY": key, "Idempotency-Key": str(uuid.uuid4())})\n',
    },
    {
      path: 'billing/grants.go',
      text: () => 'package billing\n\nimport (\n\t"bytes"\n\t"net/http"\n)\n\nfunc grant(key string, body []byte) (*http.Response, error) {\n\trequest, err := http.NewRequest(http.MethodPost, "https://api.stigg.io/api/v1/credits/grants", bytes.NewReader(body))\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\trequest.Header.Set("X-API-KEY", key)\n\trequest.Header.Set("Content-Type", "application/json")\n\treturn http.DefaultClient.Do(request)\n}\n',
    },
    {
      path: 'scripts/customer.sh',
      text: () => '#!/bin/sh\ncurl -fsS https://api.stigg.io/api/v1/customers \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\\n  --json @customer.json\n',
      fixed: () => '#!/bin/sh\ncurl -fsS https://api.stigg.io/api/v1/customers \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\\n  -H "Idempotency-Key: $(uuidgen)" \\\n  --json @customer.json\n',
    },
  ],
  good: [
    { path: 'src/right.ts', text: () => "await ky.post('https://api.stigg.io/api/v1/customers', { json: customer, headers: { 'X-API-KEY': key, 'idempotency-key': `customer-${customer.id}` } });\n" },
    { path: 'src/preview.ts', text: () => "// changes nothing\nawait ky.post('https://api.stigg.io/api/v1/subscriptions/preview', { json: subscription, headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/archive.ts', text: () => "// once is as good as twice\nawait ky.post(`https://api.stigg.io/api/v1/customers/${id}/archive`, { headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/events.ts', text: () => "// events have keys of their own\nawait ky.post('https://api.stigg.io/api/v1/usage', { json: { usages: [{ customerId, featureId, value, idempotencyKey: job.id }] }, headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/graph.ts', text: () => "await ky.post('https://api.stigg.io/graphql', { json: { query, variables }, headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/given.ts', text: () => "await ky.post('https://api.stigg.io/api/v1/customers', { json: customer, headers: { ...headers } });\n" },
    { path: 'src/patch.ts', text: () => "await ky.patch(`https://api.stigg.io/api/v1/customers/${id}`, { json: customer, headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/sdk.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.provision({ id, name });\n" },
    { path: 'src/stripe.ts', text: () => "// not Stigg's\nawait ky.post('https://api.stripe.com/v1/customers', { body: new URLSearchParams({ email }), headers: { Authorization: `Bearer ${key}` } });\n" },
  ],
  trigger: (text, { stigg }) => stigg && namesStiggsAddress(text),
  *check(file) {
    const { code, requests } = file.stigg;
    const told = new Set<number>();
    for (const request of withFault(requests, (one) => isMissing(one, code))) {
      const place = headOf(request, file.text);
      if (told.has(place.start)) continue;
      told.add(place.start);
      const edits = request.addHeader(IDEMPOTENCY_HEADER, { kind: 'fresh' });
      yield {
        anchor: `idempotency@${place.start}`,
        severity: 'warning',
        ...place,
        message: l10n.t('Sent twice, this is done twice: Stigg cannot tell a retry from a new request. Send {0} with a value that belongs to the operation, such as the id of the order.', IDEMPOTENCY_HEADER),
        fixes: edits === undefined ? [] : [fix(edits)],
      };
    }
  },
};

function isMissing(request: StiggRequest, code: Code): boolean {
  const { endpoint } = request;
  const isOpen = request.isOpen && request.isOpenBySettings !== true;
  if (endpoint?.method !== 'POST' || request.method !== 'POST' || isOpen || !CREATING.has(endpoint.operation) || headersNamed(request, IDEMPOTENCY_HEADER).length > 0) return false;
  return requestBodyKeys(request, code).length === 0;
}

/** Unsafe: a header more is sent, and a person should say which value stands for the operation. */
function fix(edits: Fix['edits']): Fix {
  return { title: l10n.t('Send {0} with a new value', IDEMPOTENCY_HEADER), safety: 'unsafe', edits, preferred: true };
}
