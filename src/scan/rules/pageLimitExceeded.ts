import * as l10n from '@vscode/l10n';
import type { Fix, RelatedPlace, TextEdit } from '../finding.js';
import { PAGE_LIMIT } from '../../endpoints.js';
import { pageLimits, type PageLimit } from '../stigg/pageLimits.js';
import type { Rule } from './rule.js';

const MOST = String(PAGE_LIMIT.most);

/** A list that is asked for more than a page may hold. */
export const pageLimitExceeded: Rule = {
  id: 'page-limit-exceeded',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Page larger than Stigg allows'),
    what: l10n.t('A list of the REST API is asked for more than {0} entries at once.', MOST),
    why: l10n.t('A page holds {0} entries at most, and {1} when the request does not say. Code that counts on more misses the rest, or is refused.', MOST, String(PAGE_LIMIT.usual)),
    howToFix: l10n.t('Ask for {0}, and for the next page with the cursor that the answer holds; the SDKs can follow it by themselves.', MOST),
  }),
  bad: [
    {
      path: 'src/sync.ts',
      text: () => "import Stigg from '@stigg/typescript';\nconst page = await new Stigg().v1.customers.list({ limit: 500 });\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nconst page = await new Stigg().v1.customers.list({ limit: 100 });\n",
    },
    {
      path: 'src/customers.mjs',
      text: () => "await fetch('https://api.stigg.io/api/v1/customers?status=ACTIVE&limit=1000', { headers: { 'X-API-KEY': key } });\n",
      fixed: () => "await fetch('https://api.stigg.io/api/v1/customers?status=ACTIVE&limit=100', { headers: { 'X-API-KEY': key } });\n",
    },
    {
      path: 'src/ledger.js',
      text: () => "const PAGE_SIZE = 250;\nconst api = axios.create({ baseURL: 'https://api.stigg.io/api/v1', headers: { 'X-API-KEY': key } });\nexport const ledger = (customerId) => api.get('/credits/ledger', { params: { customerId, limit: PAGE_SIZE } });\n",
      fixed: () => "const PAGE_SIZE = 100;\nconst api = axios.create({ baseURL: 'https://api.stigg.io/api/v1', headers: { 'X-API-KEY': key } });\nexport const ledger = (customerId) => api.get('/credits/ledger', { params: { customerId, limit: PAGE_SIZE } });\n",
    },
    {
      path: 'src/query.ts',
      text: () => "const url = new URL('https://api.stigg.io/api/v1/plans');\nurl.searchParams.set('limit', '200');\nawait fetch(url, { headers: { 'X-API-KEY': key } });\n",
      fixed: () => "const url = new URL('https://api.stigg.io/api/v1/plans');\nurl.searchParams.set('limit', '100');\nawait fetch(url, { headers: { 'X-API-KEY': key } });\n",
    },
    {
      path: 'billing/coupons.py',
      text: () => 'from stigg import Stigg\n\ncoupons = Stigg().v1.coupons.list(limit=250).data\n',
      fixed: () => 'from stigg import Stigg\n\ncoupons = Stigg().v1.coupons.list(limit=100).data\n',
    },
    {
      path: 'billing/plans.go',
      text: () => 'package billing\n\nimport "github.com/stiggio/stigg-go"\n\nfunc plans(client stigg.Client) {\n\tclient.V1.Plans.List(ctx, stigg.V1PlanListParams{Limit: stigg.Int(500)})\n}\n',
      fixed: () => 'package billing\n\nimport "github.com/stiggio/stigg-go"\n\nfunc plans(client stigg.Client) {\n\tclient.V1.Plans.List(ctx, stigg.V1PlanListParams{Limit: stigg.Int(100)})\n}\n',
    },
    {
      path: 'billing/customers.go',
      text: () => 'package billing\n\nimport "github.com/stiggio/stigg-go"\n\nfunc customers(client stigg.Client) {\n\tclient.V1.Customers.ListAutoPaging(ctx, stigg.V1CustomerListParams{Limit: stigg.Int(1000)})\n}\n',
      fixed: () => 'package billing\n\nimport "github.com/stiggio/stigg-go"\n\nfunc customers(client stigg.Client) {\n\tclient.V1.Customers.ListAutoPaging(ctx, stigg.V1CustomerListParams{Limit: stigg.Int(100)})\n}\n',
    },
    {
      path: 'src/main/java/Plans.java',
      text: () => 'import io.stigg.client.StiggClient;\n\nclass Plans {\n    Object all(StiggClient client) {\n        return client.v1().plans().list(PlanListParams.builder().limit(500L).build());\n    }\n}\n',
      fixed: () => 'import io.stigg.client.StiggClient;\n\nclass Plans {\n    Object all(StiggClient client) {\n        return client.v1().plans().list(PlanListParams.builder().limit(100L).build());\n    }\n}\n',
    },
    {
      path: 'lib/customers.rb',
      text: () => 'require "stigg"\n\ndef customers = Stigg::Client.new.v1.customers.list(limit: 300).data\n',
      fixed: () => 'require "stigg"\n\ndef customers = Stigg::Client.new.v1.customers.list(limit: 100).data\n',
    },
    {
      path: 'scripts/plans.sh',
      text: () => '#!/bin/sh\nstigg v1:plans list --limit 500\n',
      fixed: () => '#!/bin/sh\nstigg v1:plans list --limit 100\n',
    },
  ],
  good: [
    { path: 'src/right.ts', text: () => "import Stigg from '@stigg/typescript';\nfor await (const customer of new Stigg().v1.customers.list({ limit: 100 })) console.log(customer.id);\n" },
    { path: 'src/usual.ts', text: () => "await fetch('https://api.stigg.io/api/v1/customers?limit=20', { headers: { 'X-API-KEY': key } });\n" },
    { path: 'src/budget.ts', text: () => "import Stigg from '@stigg/typescript';\nawait new Stigg().v1.subscriptions.update(id, { budget: { limit: 500, hasSoftLimit: true } });\n" },
    { path: 'src/other.ts', text: () => "// not Stigg's\nawait fetch('https://api.example.com/v1/customers?limit=500');\nawait stigg.store.pending({ limit: 500 });\n" },
    { path: 'src/asked.ts', text: () => "export const customers = (limit) => fetch(`https://api.stigg.io/api/v1/customers?limit=${Math.min(limit, 100)}`, { headers: { 'X-API-KEY': key } });\n" },
    { path: 'billing/coupons.py', text: () => 'import stripe\nfrom stigg import Stigg\n\nsubscriptions = stripe.Subscription.list(limit=500)\ncoupons = Stigg().v1.coupons.list(limit=100).data\n' },
    { path: 'lib/customers.rb', text: () => 'require "stigg"\n\ndef customers(limit) = Stigg::Client.new.v1.customers.list(limit: limit).data\n' },
    { path: 'src/sliced.ts', text: () => "const { data } = await stigg.v1.coupons.list({ status: 'ACTIVE' });\nconst rows = await db.rows({ limit: 500 });\n" },
  ],
  // Clients of the SDKs are also known by what only Stigg has.
  trigger: (text, { stigg }) => (stigg || /subscription_?entitlements|check_?entitlement/i.test(text)) && /limit/i.test(text) && /\d{3}|\d_\d/.test(text),
  *check(file) {
    const told = new Set<number>();
    for (const limit of pageLimits(file.stigg)) {
      const { place, literal, value } = limit;
      if (value <= PAGE_LIMIT.most || told.has(place.start)) continue;
      told.add(place.start);
      const isElsewhere = literal.start !== place.start;
      const related: RelatedPlace[] = isElsewhere ? [{ start: literal.start, end: literal.end, message: l10n.t('The limit is {0}.', String(value)) }] : [];
      yield {
        anchor: `limit@${place.start}`,
        severity: 'warning',
        start: place.start,
        end: place.end,
        message: l10n.t('A page of Stigg holds {0} entries at most, not {1}. Ask for {0} and follow the cursor.', MOST, String(value)),
        ...(isElsewhere ? { related } : {}),
        fixes: fixes(limit, file.text),
      };
    }
  },
};

/** Unsafe: less comes at once, so that whoever reads one page only has to read on. */
function fixes({ literal }: PageLimit, text: string): Fix[] {
  const digits = /(?<![\w.])\d[\d_]{0,12}(?![\d_.xX])/.exec(text.slice(literal.start, literal.end));
  if (digits === null) return [];
  const start = literal.start + digits.index;
  const edits: TextEdit[] = [{ start, end: start + digits[0].length, text: MOST }];
  return [{ title: l10n.t('Ask for {0}', MOST), safety: 'unsafe', edits, preferred: true }];
}
