import * as l10n from '@vscode/l10n';
import { entitlementReadsIn } from '../stigg/entitlementReads.js';
import { jqReadsIn } from '../stigg/jqReads.js';
import type { Rule, RuleFinding } from './rule.js';

/** Entitlements that are read off a list of subscriptions, which has none. */
export const listWithoutEntitlements: Rule = {
  id: 'list-without-entitlements',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Entitlements read from a list of subscriptions'),
    what: l10n.t('subscriptionEntitlements is read from an item of the list of subscriptions.'),
    why: l10n.t('The list never carries them, so every customer seems to have none. Only the answer for one subscription has them.'),
    howToFix: l10n.t('Read the single subscription, or ask Stigg for the entitlements of the customer.'),
  }),
  bad: [
    { path: 'src/features.ts', text: () => "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\nfor await (const subscription of stigg.v1.subscriptions.list({ customerId })) {\n  const granted = subscription.subscriptionEntitlements ?? [];\n  console.log(granted.length);\n}\n" },
    { path: 'src/some.ts', text: () => 'const { data } = await stigg.v1.subscriptions.list({ customerId });\nexport const any = data.some(({ subscriptionEntitlements }) => subscriptionEntitlements?.length > 0);\n' },
    { path: 'src/rest.js', text: () => "const response = await fetch('https://api.stigg.io/api/v1/subscriptions?limit=50', { headers });\nconst body = await response.json();\nconst first = body.data.filter((one) => one.status === 'ACTIVE')[0];\nuse(first.subscriptionEntitlements);\n" },
    { path: 'billing/features.py', text: () => 'from stigg import Stigg\n\nclient = Stigg()\nfor subscription in client.v1.subscriptions.list(customer_id=customer):\n    for item in subscription.subscription_entitlements:\n        print(item.id)\n' },
    { path: 'app/features.rb', text: () => 'client = Stigg::Client.new\nclient.v1.subscriptions.list(customer_id: id).data.each do |subscription|\n  puts subscription.subscription_entitlements.size\nend\n' },
    { path: 'billing/features.go', text: () => 'package billing\n\nfunc counts(ctx context.Context, client stigg.Client) (int, error) {\n\tpage, err := client.V1.Subscriptions.List(ctx, stigg.V1SubscriptionListParams{})\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\tcount := 0\n\tfor _, subscription := range page.Data {\n\t\tcount += len(subscription.SubscriptionEntitlements)\n\t}\n\treturn count, nil\n}\n' },
    { path: 'Features.java', text: () => 'class Features {\n  void show(StiggClient stigg) {\n    var page = stigg.v1().subscriptions().list(params);\n    page.data().forEach(subscription -> System.out.println(subscription.subscriptionEntitlements().size()));\n  }\n}\n' },
    { path: 'Features.kt', text: () => 'fun show(stigg: StiggClient) {\n    for (subscription in stigg.v1().subscriptions().list(params).data()) {\n        println(subscription.subscriptionEntitlements().size)\n    }\n}\n' },
    { path: 'Features.cs', text: () => 'class Features {\n  async Task<int> Count(StiggClient stigg) {\n    var page = await stigg.V1.Subscriptions.List(parameters);\n    return page.Data.Sum(subscription => subscription.SubscriptionEntitlements.Count);\n  }\n}\n' },
  ],
  good: [
    { path: 'src/one.ts', text: () => "const { data } = await stigg.v1.subscriptions.retrieve(id);\nconst overrides = data.subscriptionEntitlements ?? [];\nlog(overrides.length);\n" },
    { path: 'src/each.ts', text: () => "for await (const { id } of stigg.v1.subscriptions.list({ customerId })) {\n  const { data: subscription } = await stigg.v1.subscriptions.retrieve(id);\n  log('overrides', subscription.subscriptionEntitlements.length);\n}\n" },
    { path: 'src/all.ts', text: () => "const page = await stigg.v1.subscriptions.list({ customerId });\nconst full = await Promise.all(page.data.map((subscription) => stigg.v1.subscriptions.retrieve(subscription.id)));\nlog('overrides', full.map(({ data }) => data.subscriptionEntitlements.length));\n" },
    { path: 'src/own.ts', text: () => "// Stigg fills this table every night.\nconst rows = await db.subscriptions.list({ customerId });\nuse(rows.map((row) => row.subscriptionEntitlements));\n" },
    { path: 'src/filled.ts', text: () => "const { data } = await stigg.v1.subscriptions.list({ customerId });\nfor (const subscription of data) {\n  subscription.subscriptionEntitlements = await load(subscription.id);\n  log(subscription.subscriptionEntitlements.length);\n}\n" },
    { path: 'src/other.ts', text: () => "const { data } = await axios.get('https://billing.example.com/api/v1/subscriptions');\n// not Stigg's\nuse(data.data[0].subscriptionEntitlements);\n" },
    { path: 'billing/customers.py', text: () => 'for subscription in client.v1.subscriptions.list(customer_id=customer):\n    # stigg\n    print(subscription.id)\n' },
    { path: 'app/check.rb', text: () => 'client = Stigg::Client.new\nputs client.v1.customers.retrieve_entitlements(id).data.entitlements.size\n' },
  ],
  // A file that is handed the client need not name Stigg.
  trigger: (text, { stigg }) => /subscription_?entitlements/i.test(text) && (stigg || /\bv1\b/i.test(text)),
  *check({ stigg, text, program }) {
    if (program === undefined) {
      for (const { start, end } of jqReadsIn(text, stigg.requests)) yield finding(start, end);
      return;
    }
    for (const { start, end, answer } of entitlementReadsIn(stigg)) if (answer.operation === 'subscriptions.list') yield finding(start, end);
  },
};

function finding(start: number, end: number): RuleFinding {
  return {
    anchor: `entitlements@${start}`,
    severity: 'warning',
    start,
    end,
    message: l10n.t('The list of subscriptions never carries subscriptionEntitlements. Read the single subscription, or ask Stigg for the entitlements of the customer.'),
    fixes: [],
  };
}
