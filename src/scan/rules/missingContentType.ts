import * as l10n from '@vscode/l10n';
import type { Finding, Fix, TextEdit } from '../finding.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import { CONTENT_TYPE, headersNamed, isJsonType, JSON_TYPE } from '../stigg/headers.js';
import { headOf, withFault } from '../stigg/places.js';
import type { RequestHeader, StiggRequest } from '../stigg/request.js';
import type { Rule } from './rule.js';
import { namesStiggsAddress } from '../stigg/endpointFor.js';

/** A request to Stigg whose body does not say that it is JSON. */
export const missingContentType: Rule = {
  id: 'missing-content-type',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Body without a JSON content type'),
    what: l10n.t('A request to Stigg has a body, but no {0}: {1}. The client that sends it does not add one by itself.', CONTENT_TYPE, JSON_TYPE),
    why: l10n.t('Stigg takes JSON only. A body of another type, or of none, is refused before the key is looked at: with 401, as if the key were wrong.'),
    howToFix: l10n.t('Set {0} to {1}, or hand the body over in a way that does so: {2}.', CONTENT_TYPE, JSON_TYPE, 'json:, PostAsJsonAsync, curl --json'),
  }),
  bad: [
    {
      path: 'src/preview.ts',
      text: () => "await fetch('https://api.stigg.io/api/v1/subscriptions/preview', {\n  method: 'POST',\n  headers: { 'X-API-KEY': key },\n  body: JSON.stringify(subscription),\n});\n",
      fixed: () => "await fetch('https://api.stigg.io/api/v1/subscriptions/preview', {\n  method: 'POST',\n  headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' },\n  body: JSON.stringify(subscription),\n});\n",
    },
    {
      path: 'src/update.mjs',
      text: () => "const api = got.extend({ prefixUrl: 'https://api.stigg.io/api/v1', headers: { 'x-api-key': key } });\nexport const update = (id, patch) => api.patch(`customers/${id}`, { body: JSON.stringify(patch) });\n",
      fixed: () => "const api = got.extend({ prefixUrl: 'https://api.stigg.io/api/v1', headers: { 'x-api-key': key } });\nexport const update = (id, patch) => api.patch(`customers/${id}`, { body: JSON.stringify(patch), headers: { 'Content-Type': 'application/json' } });\n",
    },
    {
      path: 'src/text.js',
      text: () => "await axios.post('https://api.stigg.io/api/v1/usage/estimate', JSON.stringify(usage), { headers: { 'X-API-KEY': key } });\n",
      fixed: () => "await axios.post('https://api.stigg.io/api/v1/usage/estimate', JSON.stringify(usage), { headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' } });\n",
    },
    {
      path: 'src/plain.ts',
      text: () => "await fetch('https://api.stigg.io/graphql', {\n  method: 'POST',\n  headers: { 'X-API-Key': key, 'Content-Type': 'text/plain' },\n  body: JSON.stringify({ query }),\n});\n",
      fixed: () => "await fetch('https://api.stigg.io/graphql', {\n  method: 'POST',\n  headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },\n  body: JSON.stringify({ query }),\n});\n",
    },
    {
      path: 'billing/preview.py',
      text: () => 'import json\nimport requests\n\nrequests.post("https://api.stigg.io/api/v1/subscriptions/preview", data=json.dumps(subscription), headers={"X-API-KEY": key})\n',
      fixed: () => 'import json\nimport requests\n\nrequests.post("https://api.stigg.io/api/v1/subscriptions/preview", data=json.dumps(subscription), headers={"X-API-KEY": key, "Content-Type": "application/json"})\n',
    },
    {
      path: 'scripts/estimate.sh',
      text: () => '#!/bin/sh\ncurl -fsS https://api.stigg.io/api/v1/usage/estimate \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\\n  -d @usage.json\n',
      fixed: () => '#!/bin/sh\ncurl -fsS https://api.stigg.io/api/v1/usage/estimate \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d @usage.json\n',
    },
  ],
  good: [
    { path: 'src/right.ts', text: () => "await fetch('https://api.stigg.io/api/v1/usage/estimate', { method: 'POST', headers: { 'X-API-KEY': key, 'content-type': 'application/json; charset=utf-8' }, body });\n" },
    { path: 'src/bodiless.ts', text: () => "await fetch(`https://api.stigg.io/api/v1/customers/${id}/archive`, { method: 'POST', headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/axios.js', text: () => "await axios.post('https://api.stigg.io/api/v1/subscriptions/preview', { customerId }, { headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/got.mjs', text: () => "await got.post('https://api.stigg.io/api/v1/subscriptions/preview', { json: { customerId }, headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/given.ts', text: () => "await fetch('https://api.stigg.io/api/v1/usage/estimate', { method: 'POST', headers: { ...commonHeaders() }, body: JSON.stringify(usage) });\n" },
    { path: 'src/other.ts', text: () => "// not Stigg's\nawait fetch('https://api.example.com/v1/usage', { method: 'POST', body: JSON.stringify(usage) });\n" },
    { path: 'billing/preview.py', text: () => 'import requests\n\nrequests.post("https://api.stigg.io/api/v1/subscriptions/preview", json=subscription, headers={"X-API-KEY": key})\n' },
    { path: 'scripts/estimate.sh', text: () => '#!/bin/sh\ncurl -fsS https://api.stigg.io/api/v1/usage/estimate -H "X-API-KEY: $STIGG_SERVER_API_KEY" --json @usage.json\n' },
    { path: 'src/sdk.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.usage.estimate({ customerId, featureId });\n" },
  ],
  trigger: (text, { stigg }) => stigg && namesStiggsAddress(text),
  *check(file) {
    const { code, requests } = file.stigg;
    const told = new Set<string>();
    for (const request of withFault(requests, (one) => faultOf(one) !== undefined)) {
      const fault = faultOf(request);
      if (fault === undefined) continue;
      const found = fault === 'missing' ? missing(request, file.text) : wrong(fault, file.text);
      const key = `content-type@${found.start}`;
      if (told.has(key)) continue;
      told.add(key);
      const isForm = fault === 'missing' && request.call !== undefined && isSentAsForm(request);
      const edits = isForm ? undefined : fault === 'missing' ? request.addHeader(CONTENT_TYPE, { kind: 'text', text: JSON_TYPE }) : typeEdits(fault, code.text);
      yield { anchor: key, severity: 'warning', ...found, fixes: edits === undefined ? [] : [fix(edits)] };
    }
  },
};

/** The header that says something else, or that there is none. */
function faultOf(request: StiggRequest): RequestHeader | 'missing' | undefined {
  const { body, method, isOpen } = request;
  if (body === undefined || isOpen || method === 'GET' || method === 'HEAD') return undefined;
  const types = headersNamed(request, CONTENT_TYPE);
  if (types.length === 0) return body.form === 'json' ? undefined : 'missing';
  const kinds = types.map(isJsonType);
  return kinds.every((isJson) => isJson === false) ? types.at(-1) : undefined;
}

function missing(request: StiggRequest, text: string): Pick<Finding, 'start' | 'end' | 'message'> {
  return { ...headOf(request, text), message: l10n.t('Nothing says that the body is JSON: Stigg refuses it, often with 401. Set {0} to {1}.', CONTENT_TYPE, JSON_TYPE) };
}

function wrong({ value, text: type }: RequestHeader, text: string): Pick<Finding, 'start' | 'end' | 'message'> {
  const shown = /^[\w/+.-]{1,60}$/.exec(type.split(';')[0]?.trim() ?? '')?.[0] ?? '…';
  const place = { start: value.start, end: Math.max(value.start + 1, Math.min(value.end, text.length)) };
  return { ...place, message: l10n.t('Stigg takes JSON only and refuses {0}, often with 401. Set {1} to {2}.', shown, CONTENT_TYPE, JSON_TYPE) };
}

/** Clients that make a form of the body go on doing so whatever the header says. */
function isSentAsForm({ body }: StiggRequest): boolean {
  const value = body?.value === undefined ? undefined : unwrap(body.value);
  const isForm = value?.kind === 'call' && /(?:FormData|URLSearchParams|urlencode|http_build_query|FormUrlEncodedContent|MultipartFormDataContent|FormBody\.Builder)$/.test(calleeText(unwrap(value.callee)));
  return body?.form === 'form' || isForm;
}

/** Where the type is written out it is replaced. */
function typeEdits({ value, text: type }: RequestHeader, text: string): TextEdit[] | undefined {
  const at = text.indexOf(type, value.start);
  return type === '' || at === -1 || at + type.length > value.end ? undefined : [{ start: at, end: at + type.length, text: JSON_TYPE }];
}

/** Unsafe: requests that were refused are done from then on. */
function fix(edits: Fix['edits']): Fix {
  return { title: l10n.t('Send it as {0}', JSON_TYPE), safety: 'unsafe', edits, preferred: true };
}
