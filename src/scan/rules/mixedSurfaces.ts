import * as l10n from '@vscode/l10n';
import type { Span } from '../languages/language.js';
import { lineEndAt } from '../lines.js';
import type { ScanFile } from '../scanFile.js';
import { headOf, isByHand, isTest } from '../stigg/places.js';
import type { Rule, RuleFinding } from './rule.js';
import { namesStiggsAddress } from '../stigg/endpointFor.js';

/** REST and GraphQL side by side. */
export const mixedSurfaces: Rule = {
  id: 'mixed-surfaces',
  severity: 'info',
  describe: () => ({
    title: l10n.t('REST and GraphQL in one module'),
    what: l10n.t('One module calls Stigg both by its REST API and by its GraphQL API, with SDKs or by hand.'),
    why: l10n.t('The two name, page and report errors differently, and so do the SDKs that belong to them. Code that uses both has to know both, for the same customers and subscriptions.'),
    howToFix: l10n.t('Use one of them, REST where nothing speaks against it, or keep what only GraphQL has in a module of its own.'),
  }),
  bad: [
    {
      path: 'src/overview.ts',
      text: () => "import Stigg from '@stigg/typescript';\nconst { data } = await new Stigg().v1.customers.retrieve(id);\nawait fetch('https://api.stigg.io/graphql', {\n  method: 'POST',\n  headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },\n  body: JSON.stringify({ query }),\n});\n",
    },
    {
      path: 'src/archive.mjs',
      text: () => "const headers = { 'X-API-KEY': key, 'Content-Type': 'application/json' };\nconst stale = await fetch('https://api.stigg.io/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });\nawait fetch(`https://api.stigg.io/api/v1/customers/${id}/archive`, { method: 'POST', headers });\n",
    },
    {
      path: 'src/clients.ts',
      text: () => "import Rest from '@stigg/typescript';\nimport { StiggManagement } from '@stigg/api-client-js';\nconst rest = new Rest();\nconst graph = StiggManagement.createClient({ apiKey });\nexport const plan = (id) => rest.v1.plans.retrieve(id);\nexport const coupons = () => graph.getCoupons({});\n",
    },
    {
      path: 'billing/overview.py',
      text: () => 'from stigg import Stigg\n\nstigg = Stigg.create_client(key)\nrest = Stigg(api_key=key)\n\ncustomer = rest.v1.customers.retrieve("acme")\npaywall = stigg.request(Stigg.query.get_paywall, {"input": {"productId": "product"}})\n',
    },
  ],
  good: [
    { path: 'src/rest.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.retrieve(id);\nawait fetch(`https://api.stigg.io/api/v1/plans/${plan}`, { headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/graph.ts', text: () => "import Stigg from '@stigg/node-server-sdk';\nconst customer = await stigg.getCustomer(id);\nawait fetch('https://api.stigg.io/graphql', { method: 'POST', headers: { 'X-API-Key': key, 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });\n" },
    { path: 'src/other.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.retrieve(id);\n// not Stigg's\nawait fetch('https://api.example.com/graphql', { method: 'POST', body: JSON.stringify({ query }) });\n" },
    { path: 'src/hosts.ts', text: () => "export const REST = 'https://api.stigg.io/api/v1';\nexport const GRAPHQL = 'https://api.stigg.io/graphql';\n" },
    { path: 'src/unknown.ts', text: () => "import Stigg from '@stigg/node-server-sdk';\nawait stigg.getCustomer(id);\n// the path may be either\nawait fetch(`https://api.stigg.io/${path}`, { headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/overview.test.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.customers.retrieve(id);\nawait fetch('https://api.stigg.io/graphql', { method: 'POST', headers: { 'X-API-Key': key, 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) });\n" },
    { path: 'docs/apis.md', text: () => "# Two APIs\n\n```js\nawait fetch(`https://api.stigg.io/api/v1/customers/${id}`, { headers: { 'X-API-KEY': key } });\nawait fetch('https://api.stigg.io/graphql', { method: 'POST', headers: { 'X-API-Key': key, 'Content-Type': 'application/json' }, body });\n```\n" },
  ],
  // REST is there by a version in the calls of an SDK, or by an address.
  trigger: (text, { stigg }) => stigg && (/\bv1/i.test(text) || namesStiggsAddress(text)),
  *check(file) {
    if (isByHand(file) || isTest(file)) return;
    yield* mixed(usesOf(file));
  },
};

/** What is said of these uses, which are in the order of the text. */
export function* mixed([first, ...others]: readonly Use[]): Iterable<RuleFinding> {
  const second = others.find(({ surface }) => surface !== first?.surface);
  if (first === undefined || second === undefined) return;
  yield {
    anchor: `surface@${second.start}`,
    severity: 'info',
    start: second.start,
    end: second.end,
    message: second.surface === 'graphql'
      ? l10n.t('This module calls Stigg by REST as well. Use one of the two, REST unless only GraphQL has what you need.')
      : l10n.t('This module calls Stigg by GraphQL as well. Use one of the two, REST unless only GraphQL has what you need.'),
    related: [{ start: first.start, end: first.end, message: first.surface === 'rest' ? l10n.t('Stigg is called by REST here.') : l10n.t('Stigg is called by GraphQL here.') }],
    fixes: [],
  };
}

/** One place that calls Stigg. */
export interface Use extends Span {
  readonly surface: 'rest' | 'graphql';
}

/** In the order of the text. */
export function usesOf({ stigg: { requests, sdkCalls, commands }, text }: ScanFile): Use[] {
  const uses: Use[] = [
    // Of what does not even begin with a version the path is not known.
    ...requests.filter(({ surface, endpoint, path }) => surface === 'graphql' || endpoint !== undefined || /^v\d/.test(path)).map((request) => ({ surface: request.surface, ...headOf(request, text) })),
    ...sdkCalls.map(({ node, surface, nameEnd }) => ({ surface, start: node.start, end: Math.min(Math.max(nameEnd, node.start + 1), lineEndAt(text, node.start)) })),
    ...commands.map(({ start, end }) => ({ surface: 'rest' as const, start, end: Math.min(end, lineEndAt(text, start)) })),
  ];
  return uses.sort((a, b) => a.start - b.start);
}
