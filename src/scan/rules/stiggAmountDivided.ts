import * as l10n from '@vscode/l10n';
import type { Fix, TextEdit } from '../finding.js';
import type { IrNode } from '../ir/node.js';
import { AnsweredAmounts } from '../money/answered.js';
import { divisionsIn, type Division } from '../money/divisions.js';
import { ANSWER_MONEY } from '../money/responses.js';
import type { Code } from '../stigg/code.js';
import type { Rule } from './rule.js';

/** One of these stands wherever cents become full units. */
const CONVERSION = /100|1e2|0\.01|\*\*|cent|minor|penn|penc|subunit|dinero|movePointLeft|shift/i;

/** Money of an answer of Stigg that is taken for cents. */
export const stiggAmountDivided: Rule = {
  id: 'stigg-amount-divided',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Amount of Stigg divided by 100'),
    what: l10n.t('An amount from an answer of Stigg is divided by 100, or given to a function that takes cents.'),
    why: l10n.t('Stigg answers full units of the currency: 49 is $49.00. Divided by 100 it is $0.49. Only the amounts of Stripe are in cents.'),
    howToFix: l10n.t('Use the amount as it is: leave out the division.'),
  }),
  bad: [
    {
      path: 'src/quote.ts',
      text: () => "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\nconst { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\nexport const due = usd.format(data.immediateInvoice.total / 100);\n",
      fixed: () => "import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\nconst { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\nexport const due = usd.format(data.immediateInvoice.total);\n",
    },
    {
      path: 'src/preview.ts',
      text: () => "import { Stigg } from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey });\nawait stigg.waitForInitialization();\nexport async function total(input) {\n  const preview = await stigg.previewSubscription(input);\n  return (preview.total.amount / 100).toFixed(2);\n}\n",
      fixed: () => "import { Stigg } from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey });\nawait stigg.waitForInitialization();\nexport async function total(input) {\n  const preview = await stigg.previewSubscription(input);\n  return (preview.total.amount).toFixed(2);\n}\n",
      },
    {
      path: 'src/rest.js',
      text: () => "const response = await fetch(`https://api.stigg.io/api/v1/subscriptions/${id}`, { headers });\nconst { data } = await response.json();\nshow((data.minimumSpend?.amount ?? 0) * 0.01);\n",
      fixed: () => "const response = await fetch(`https://api.stigg.io/api/v1/subscriptions/${id}`, { headers });\nconst { data } = await response.json();\nshow((data.minimumSpend?.amount ?? 0));\n",
    },
    {
      path: 'src/helper.ts',
      text: () => "const fromCents = (value: number) => (value / 100).toFixed(2);\nconst page = await stigg.v1.coupons.list({ limit: 100 });\nexport const off = page.data.map((coupon) => fromCents(coupon.amountsOff[0].amount));\n",
      fixed: () => "const fromCents = (value: number) => (value / 100).toFixed(2);\nconst page = await stigg.v1.coupons.list({ limit: 100 });\nexport const off = page.data.map((coupon) => coupon.amountsOff[0].amount);\n",
    },
    {
      path: 'billing/revenue.py',
      text: () => 'from stigg import Stigg\n\nclient = Stigg()\nrevenue = 0.0\nfor subscription in client.v1.subscriptions.list(status="ACTIVE"):\n    for price in subscription.prices:\n        revenue += price.amount / 100\n',
      fixed: () => 'from stigg import Stigg\n\nclient = Stigg()\nrevenue = 0.0\nfor subscription in client.v1.subscriptions.list(status="ACTIVE"):\n    for price in subscription.prices:\n        revenue += price.amount\n',
    },
    {
      path: 'app/quote.rb',
      text: () => 'client = Stigg::Client.new\ninvoice = client.v1.subscriptions.preview(customer_id: id, plan_id: plan).data.immediate_invoice\nputs invoice.total.fdiv(100)\n',
      fixed: () => 'client = Stigg::Client.new\ninvoice = client.v1.subscriptions.preview(customer_id: id, plan_id: plan).data.immediate_invoice\nputs invoice.total\n',
    },
    {
      path: 'billing/preview.go',
      text: () => 'package billing\n\nfunc total(ctx context.Context, client stigg.Client) (float64, error) {\n\tpreview, err := client.V1.Subscriptions.Preview(ctx, stigg.V1SubscriptionPreviewParams{})\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\treturn preview.Data.ImmediateInvoice.Total / 100, nil\n}\n',
      fixed: () => 'package billing\n\nfunc total(ctx context.Context, client stigg.Client) (float64, error) {\n\tpreview, err := client.V1.Subscriptions.Preview(ctx, stigg.V1SubscriptionPreviewParams{})\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\treturn preview.Data.ImmediateInvoice.Total, nil\n}\n',
    },
    {
      path: 'Billing/Quote.cs',
      text: () => 'class Quote {\n  async Task<decimal> Total(StiggClient stigg) {\n    var preview = await stigg.V1.Subscriptions.Preview(parameters);\n    return (decimal)preview.Data.ImmediateInvoice.Total / 100m;\n  }\n}\n',
      fixed: () => 'class Quote {\n  async Task<decimal> Total(StiggClient stigg) {\n    var preview = await stigg.V1.Subscriptions.Preview(parameters);\n    return (decimal)preview.Data.ImmediateInvoice.Total;\n  }\n}\n',
    },
    {
      path: 'Quote.java',
      text: () => 'class Quote {\n  BigDecimal total(StiggClient stigg) {\n    var invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice();\n    return BigDecimal.valueOf(invoice.total()).movePointLeft(2);\n  }\n}\n',
      fixed: () => 'class Quote {\n  BigDecimal total(StiggClient stigg) {\n    var invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice();\n    return BigDecimal.valueOf(invoice.total());\n  }\n}\n',
    },
    {
      path: 'Quote.kt',
      text: () => 'fun total(stigg: StiggClient): Double {\n    val invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice()\n    return invoice.total() / 100.0\n}\n',
      fixed: () => 'fun total(stigg: StiggClient): Double {\n    val invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice()\n    return invoice.total()\n}\n',
    },
  ],
  good: [
    { path: 'src/quote.ts', text: () => 'const { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\nexport const due = usd.format(data.immediateInvoice.total);\n' },
    { path: 'src/ratio.ts', text: () => 'const { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\nconst { total, tax } = data.immediateInvoice;\nexport const share = Math.round((tax / total) * 100);\nexport const vat = (total / 100) * vatPercentage;\n' },
    { path: 'src/credits.ts', text: () => 'const { data } = await stigg.v1.credits.grants.list({ customerId });\nexport const hundreds = data.map((grant) => grant.amount / 100);\n' },
    { path: 'src/rounded.ts', text: () => 'const { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\nexport const due = Math.round(data.immediateInvoice.total * 100) / 100;\n' },
    { path: 'src/stripe.ts', text: () => 'const preview = await stigg.v1.subscriptions.preview({ customerId, planId });\nconst intent = await stripe.paymentIntents.retrieve(id);\nexport const rest = preview.data.immediateInvoice.total - intent.amount / 100;\n' },
    { path: 'src/paywall.ts', text: () => "import { Stigg } from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey });\nawait stigg.waitForInitialization();\nconst paywall = await stigg.getPaywall();\nexport const price = paywall.plans[0].pricePoints[0].amount / 100;\n" },
    { path: 'src/either.ts', text: () => "const preview = await stigg.v1.subscriptions.preview({ customerId, planId });\nconst amount = isStripe ? session.amount_total : preview.data.immediateInvoice.total;\nexport const due = isStripe ? amount / 100 : amount;\n" },
    { path: 'billing/usage.py', text: () => 'estimate = stigg.v1.usage.estimate(customer_id=customer, feature_id="seats", value=4900)\nprint(estimate.data.estimates[0].estimated_cost / 100)\n' },
    { path: 'app/spend.rb', text: () => 'subscription = stigg.v1.subscriptions.retrieve(id).data\nputs used / subscription.budget.limit * 100\n' },
    { path: 'billing/stripe.go', text: () => 'package billing\n\n// Stigg is told elsewhere.\nfunc show(intent *stripe.PaymentIntent) float64 { return float64(intent.Amount) / 100 }\n' },
  ],
  trigger: (text, { stigg }) => stigg && CONVERSION.test(text) && ANSWER_MONEY.test(text),
  *check(file) {
    const { stigg } = file;
    if (!stigg.answers.isAny) return;
    const { code } = stigg;
    const amounts = new AnsweredAmounts(stigg);
    const found = [...divisionsIn(code)].flatMap((division) => {
      const money = amounts.of(division.amount);
      return money === undefined ? [] : [{ ...division, money }];
    });
    // A function that divides is reported where it is called.
    const called = new Set(found.map(({ inside }) => inside));
    for (const division of found) {
      const { node, inside, evidence, money } = division;
      if (called.has(node)) continue;
      const fix = fixOf(division, code);
      yield {
        anchor: `money@${node.start}`,
        severity: 'warning',
        start: node.start,
        end: node.end,
        message: inside === undefined
          ? l10n.t('Stigg answers {0} in full currency units: {1} leaves a hundredth of the amount, $0.49 of $49.00. Use it as it is.', money.name, evidence)
          : l10n.t('Stigg answers {0} in full currency units, but {1} divides it by 100: $0.49 is left of $49.00. Use it as it is.', money.name, evidence),
        ...(inside === undefined ? {} : { related: [{ start: inside.start, end: inside.end, message: l10n.t('The amount is divided here') }] }),
        fixes: fix === undefined ? [] : [fix],
      };
    }
  },
};

/** Unsafe, always: another amount is shown or charged afterwards. */
function fixOf(division: Division, code: Code): Fix | undefined {
  const edits = withoutDivision(division, code);
  return edits === undefined ? undefined : { title: l10n.t('Use the amount as it is: leave out the division'), safety: 'unsafe', edits, preferred: true };
}

function withoutDivision({ node, amount, isDroppable }: Division, code: Code): readonly TextEdit[] | undefined {
  if (node.kind === 'bind') return statement(node, code);
  if (!isDroppable || amount.start < node.start || amount.end > node.end) return undefined;
  // An operand binds at least as tightly as the division; an argument need not.
  const isLoose = node.kind === 'call' && (amount.kind === 'operation' || amount.kind === 'choice') && (node.parent?.kind === 'operation' || node.parent?.kind === 'member');
  return [
    { start: node.start, end: amount.start, text: isLoose ? '(' : '' },
    { start: amount.end, end: node.end, text: isLoose ? ')' : '' },
  ].filter(({ start, end, text }) => start !== end || text !== '');
}

/** `total /= 100` goes with its line where it is alone on it, and not alone in its block. */
function statement(node: IrNode, { text }: Code): readonly TextEdit[] | undefined {
  const outer = node.parent;
  const siblings = outer?.kind === 'group' ? outer.children : outer?.kind === 'function' ? outer.body : [];
  if (siblings.length < 2) return undefined;
  const start = text.lastIndexOf('\n', node.start - 1) + 1;
  const next = text.indexOf('\n', node.end);
  const end = next === -1 ? text.length : next + 1;
  return /^\s*$/.test(text.slice(start, node.start)) && /^;?\s*$/.test(text.slice(node.end, end)) ? [{ start, end, text: '' }] : undefined;
}
