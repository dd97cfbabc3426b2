import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import { otherSenderOf } from '../money/otherUses.js';
import { nodeAt } from '../stigg/constants.js';
import type { StiggFacts } from '../stigg/facts.js';
import { KEY_HEADER, headersNamed, keyHeaderKind } from '../stigg/headers.js';
import { foreignHeadersOf } from '../stigg/foreignHeaders.js';
import { renameToKeyHeader } from '../stigg/renameHeader.js';
import type { RequestHeader, StiggRequest } from '../stigg/request.js';
import type { Rule } from './rule.js';

/** A header that others use for keys, on a request to Stigg. */
export const wrongAuthHeader: Rule = {
  id: 'wrong-auth-header',
  severity: 'error',
  describe: () => ({
    title: l10n.t('Key in the wrong header'),
    what: l10n.t('A request to Stigg carries its key in Authorization, or in a header that is misspelt, and has no {0}.', KEY_HEADER),
    why: l10n.t('Stigg reads the key from {0} alone. Every such request is answered with 401 Unauthenticated, whatever the key.', KEY_HEADER),
    howToFix: l10n.t('Name the header {0} and hand over the key as it is, without Bearer in front.', KEY_HEADER),
  }),
  bad: [
    {
      path: 'src/customers.ts',
      text: () => "await fetch('https://api.stigg.io/api/v1/customers', { headers: { Authorization: `Bearer ${process.env.STIGG_SERVER_API_KEY}` } });\n",
      fixed: () => "await fetch('https://api.stigg.io/api/v1/customers', { headers: { 'X-API-KEY': `${process.env.STIGG_SERVER_API_KEY}` } });\n",
    },
    {
      path: 'src/client.js',
      text: () => "const api = axios.create({ baseURL: 'https://api.stigg.io/api/v1', headers: { 'X-API_KEY': key } });\nexport const plans = () => api.get('/plans');\n",
      fixed: () => "const api = axios.create({ baseURL: 'https://api.stigg.io/api/v1', headers: { 'X-API-KEY': key } });\nexport const plans = () => api.get('/plans');\n",
    },
    {
      path: 'src/graph.mjs',
      text: () => "await fetch('https://api.stigg.io/graphql', {\n  method: 'POST',\n  headers: { 'Content-Type': 'application/json', apikey },\n  body: JSON.stringify({ query }),\n});\n",
      fixed: () => "await fetch('https://api.stigg.io/graphql', {\n  method: 'POST',\n  headers: { 'Content-Type': 'application/json', 'X-API-KEY': apikey },\n  body: JSON.stringify({ query }),\n});\n",
    },
    {
      path: 'src/sum.cjs',
      text: () => "const got = require('got');\nexports.coupons = (key) => got('https://api.stigg.io/api/v1/coupons', { headers: { 'authorization': 'Bearer ' + key } }).json();\n",
      fixed: () => "const got = require('got');\nexports.coupons = (key) => got('https://api.stigg.io/api/v1/coupons', { headers: { 'X-API-KEY': key } }).json();\n",
    },
    {
      path: 'src/written.ts',
      text: () => "const headers = new Headers();\nheaders.set('X-API-TOKEN', key);\nawait fetch('https://api.stigg.io/api/v1/plans', { headers });\n",
      fixed: () => "const headers = new Headers();\nheaders.set('X-API-KEY', key);\nawait fetch('https://api.stigg.io/api/v1/plans', { headers });\n",
    },
    {
      path: 'billing/plans.py',
      text: () => 'import requests\n\nplans = requests.get("https://api.stigg.io/api/v1/plans", headers={"Authorization": f"Bearer {key}"})\n',
      fixed: () => 'import requests\n\nplans = requests.get("https://api.stigg.io/api/v1/plans", headers={"X-API-KEY": f"{key}"})\n',
    },
    {
      path: 'src/Plans.cs',
      text: () => 'class Plans\n{\n    async Task<string> All(HttpClient http, string key)\n    {\n        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);\n        return await http.GetStringAsync("https://api.stigg.io/api/v1/plans");\n    }\n}\n',
      fixed: () => 'class Plans\n{\n    async Task<string> All(HttpClient http, string key)\n    {\n        http.DefaultRequestHeaders.Add("X-API-KEY", key);\n        return await http.GetStringAsync("https://api.stigg.io/api/v1/plans");\n    }\n}\n',
    },
    {
      path: 'src/plans.rs',
      text: () => 'async fn plans(http: &reqwest::Client, key: &str) -> reqwest::Result<String> {\n    http.get("https://api.stigg.io/api/v1/plans").bearer_auth(key).send().await?.text().await\n}\n',
      fixed: () => 'async fn plans(http: &reqwest::Client, key: &str) -> reqwest::Result<String> {\n    http.get("https://api.stigg.io/api/v1/plans").header("X-API-KEY", key).send().await?.text().await\n}\n',
    },
    {
      path: 'lib/plans.php',
      text: () => "<?php\n$handle = curl_init('https://api.stigg.io/api/v1/plans');\ncurl_setopt($handle, CURLOPT_HTTPHEADER, ['Authorization: Bearer ' . getenv('STIGG_SERVER_API_KEY')]);\ncurl_exec($handle);\n",
      fixed: () => "<?php\n$handle = curl_init('https://api.stigg.io/api/v1/plans');\ncurl_setopt($handle, CURLOPT_HTTPHEADER, ['X-API-KEY: ' . getenv('STIGG_SERVER_API_KEY')]);\ncurl_exec($handle);\n",
    },
    {
      path: 'scripts/plans.sh',
      text: () => '#!/bin/sh\ncurl -fsS https://api.stigg.io/api/v1/plans -H "Authorization: Bearer $STIGG_SERVER_API_KEY"\n',
      fixed: () => '#!/bin/sh\ncurl -fsS https://api.stigg.io/api/v1/plans -H "X-API-KEY: $STIGG_SERVER_API_KEY"\n',
    },
    {
      path: 'http/plans.http',
      text: () => 'GET https://api.stigg.io/api/v1/plans\napikey: {{$processEnv STIGG_SERVER_API_KEY}}\n',
      fixed: () => 'GET https://api.stigg.io/api/v1/plans\nX-API-KEY: {{$processEnv STIGG_SERVER_API_KEY}}\n',
    },
  ],
  good: [
    { path: 'src/right.ts', text: () => "await fetch('https://api.stigg.io/api/v1/customers', { headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/lower.ts', text: () => "await fetch('https://api.stigg.io/api/v1/customers', { headers: { 'x-api-key': key } });\n" },
    { path: 'src/beside.ts', text: () => "// a gateway of our own asks for it\nawait fetch('https://api.stigg.io/graphql', { headers: { Authorization: gatewayToken, 'X-Api-Key': key } });\n" },
    { path: 'src/other.ts', text: () => "// not Stigg's\nawait fetch('https://api.example.com/v1/customers', { headers: { Authorization: `Bearer ${token}` } });\n" },
    { path: 'src/mcp.ts', text: () => "await fetch('https://mcp.stigg.io', { headers: { Authorization: `Bearer ${token}` } });\n" },
    { path: 'src/spread.ts', text: () => "// what the caller hands over may hold the key\nawait fetch('https://api.stigg.io/api/v1/plans', { headers: { Authorization: gatewayToken, ...given } });\n" },
    { path: 'src/account.ts', text: () => "await fetch('https://api.stigg.io/api/v1/plans', { headers: { 'X-ACCOUNT-ID': account, 'X-ENVIRONMENT-ID': environment, 'X-API-KEY': key } });\n" },
    { path: 'scripts/call.py', text: () => 'import requests\n\nrequests.get("https://example.com/stigg", headers={"Authorization": f"Bearer {token}"})\n' },
  ],
  trigger: (text, { stigg }) => stigg && /authori[sz]ation|bearer_?auth|\bauth\b|api[-_]?(?:key|token|secret)|x[-_](?:key|token|auth|access|server|stigg)|(?:auth|access)[-_]?(?:key|token)|stigg[-_]?(?:server[-_]?)?(?:api[-_]?)?(?:key|token)/i.test(text),
  *check(file) {
    const { code, requests } = file.stigg;
    const told = new Set<number>();
    let foreign: ReadonlySet<number> | undefined;
    for (const request of requests) {
      for (const header of wrongHeaders(request, file.text)) {
        if (told.has(header.nameStart)) continue;
        told.add(header.nameStart);
        const edits = renameToKeyHeader(header, code, request.call === undefined);
        if (edits !== undefined) foreign ??= foreignHeadersOf(code);
        const isShared = edits !== undefined && (foreign?.has(header.nameStart) === true || isSentElsewhere(header, request, file.stigg));
        yield {
          anchor: `header@${header.nameStart}`,
          severity: 'error',
          start: header.nameStart,
          end: header.nameEnd,
          message: message(header.name, isShared),
          fixes: edits === undefined || isShared ? [] : [fix(edits)],
        };
      }
    }
  },
};

/** Clients of these languages say only which of their requests go to Stigg, and so do scripts: there it is what becomes of the value that counts. */
function isSentElsewhere(header: RequestHeader, request: StiggRequest, stigg: StiggFacts): boolean {
  const { code } = stigg;
  if (request.call === undefined) return (header.nameStart < request.start || header.nameEnd > request.end) && /https?:\/\/(?![\w.-]{0,60}stigg)/i.test(code.text);
  const value = /^(?:python|ruby|php)$/.test(code.languageId) ? nodeAt(header.value, code) : undefined;
  return value !== undefined && otherSenderOf(value, stigg) !== undefined;
}

/** Where others get the header too, it cannot be renamed for Stigg alone. A name may be any text, and is only repeated where it can be no secret. */
function message(name: string, isShared: boolean): string {
  const shown = keyHeaderKind(name) === 'authorization' ? 'Authorization' : /^[A-Za-z][\w-]{0,40}$/.test(name) ? name : '…';
  return isShared
    ? l10n.t('Stigg does not read {0}: this request is answered with 401. It takes the key in {1}. The header is sent elsewhere too, so Stigg needs headers of its own.', shown, KEY_HEADER)
    : l10n.t('Stigg does not read {0}: this request is answered with 401. It takes the key in {1}, with nothing in front of it.', shown, KEY_HEADER);
}

/** The headers that carry the key of a request that has no right one; the misspelt ones where there are both. */
function wrongHeaders(request: StiggRequest, text: string): readonly RequestHeader[] {
  if (headersNamed(request, KEY_HEADER).length > 0) return [];
  const misspelt = request.headers.filter(({ name }) => keyHeaderKind(name) === 'misspelt');
  const wrong = misspelt.length > 0 ? misspelt : request.headers.filter(({ name }) => keyHeaderKind(name) === 'authorization');
  // Where more headers may come along, it takes a sign that this one is for the key.
  return request.isOpen && request.isOpenBySettings !== true ? wrong.filter(({ name, value }) => /stigg|api\W?key/i.test(`${name} ${text.slice(value.start, value.end)}`)) : wrong;
}

/** Unsafe: requests that were refused are done from then on. */
function fix(edits: Fix['edits']): Fix {
  return { title: l10n.t('Send the key in {0}', KEY_HEADER), safety: 'unsafe', edits, preferred: true };
}
