import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import type { IrNode } from '../ir/node.js';
import { pathOf } from '../ir/access.js';
import { rootName } from '../ir/scopes.js';
import { unwrap } from '../ir/walk.js';
import { AnsweredAmounts } from '../money/answered.js';
import type { CentShape } from '../money/centShape.js';
import { centShaped } from '../money/centShaped.js';
import { sameAmount } from '../money/numbers.js';
import { THREE_DECIMAL, ZERO_DECIMAL } from '../money/paths.js';
import { stripeAmountsIn, type StripeAmount } from '../money/stripeInputs.js';
import { toCents } from '../money/toCents.js';
import { Units } from '../money/units.js';
import type { Code } from '../stigg/code.js';
import type { StiggFacts } from '../stigg/facts.js';
import type { Rule } from './rule.js';

/** Full units of Stigg that are handed to Stripe as cents. */
export const stiggDollarsToStripe: Rule = {
  id: 'stigg-dollars-to-stripe',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Amount of Stigg handed to Stripe as it is'),
    what: l10n.t('An amount from an answer of Stigg, or one that Stigg is given too, is handed to Stripe without the conversion to cents.'),
    why: l10n.t('Stigg counts full units of the currency, Stripe counts cents: 49 is $49.00 for Stigg and $0.49 for Stripe.'),
    howToFix: l10n.t('Hand over the amount times 100, rounded to a whole number.'),
  }),
  bad: [
    {
      path: 'src/charge.ts',
      text: () => "const preview = await stigg.v1.subscriptions.preview({ customerId, planId });\nconst { total } = preview.data.immediateInvoice;\nawait stripe.paymentIntents.create({ amount: total, currency: 'usd' });\n",
      fixed: () => "const preview = await stigg.v1.subscriptions.preview({ customerId, planId });\nconst { total } = preview.data.immediateInvoice;\nawait stripe.paymentIntents.create({ amount: Math.round(total * 100), currency: 'usd' });\n",
    },
    {
      path: 'src/bridge.ts',
      text: () => "import { Stigg } from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey });\nawait stigg.waitForInitialization();\nconst preview = await stigg.previewSubscription({ customerId, planId });\nconst amount = preview.total.amount;\nawait stripe.charges.create({ amount, currency: preview.total.currency });\n",
      fixed: () => "import { Stigg } from '@stigg/node-server-sdk';\nconst stigg = Stigg.initialize({ apiKey });\nawait stigg.waitForInitialization();\nconst preview = await stigg.previewSubscription({ customerId, planId });\nconst amount = preview.total.amount;\nawait stripe.charges.create({ amount: Math.round(amount * 100), currency: preview.total.currency });\n",
    },
    {
      path: 'src/both.ts',
      text: () => "export async function launch(off: number) {\n  await stigg.v1.coupons.create({ id: 'launch', amountsOff: [{ amount: off, currency: 'usd' }], percentOff: null });\n  await stripe.coupons.create({ id: 'launch', amount_off: off, currency: 'usd' });\n}\n",
      fixed: () => "export async function launch(off: number) {\n  await stigg.v1.coupons.create({ id: 'launch', amountsOff: [{ amount: off, currency: 'usd' }], percentOff: null });\n  await stripe.coupons.create({ id: 'launch', amount_off: Math.round(off * 100), currency: 'usd' });\n}\n",
    },
    {
      path: 'billing/pay.py',
      text: () => 'import stripe\nfrom stigg import Stigg\n\nclient = Stigg()\ninvoice = client.v1.subscriptions.preview(customer_id=customer, plan_id=plan).data.immediate_invoice\nstripe.PaymentIntent.create(amount=int(invoice.total), currency="usd")\n',
      fixed: () => 'import stripe\nfrom stigg import Stigg\n\nclient = Stigg()\ninvoice = client.v1.subscriptions.preview(customer_id=customer, plan_id=plan).data.immediate_invoice\nstripe.PaymentIntent.create(amount=int(round(invoice.total * 100)), currency="usd")\n',
    },
    {
      path: 'billing/pay.go',
      text: () => 'package billing\n\nimport (\n\t"context"\n\n\t"github.com/stiggio/stigg-go"\n\t"github.com/stripe/stripe-go/v81"\n)\n\nfunc pay(ctx context.Context, client stigg.Client) (*stripe.PaymentIntentParams, error) {\n\tpreview, err := client.V1.Subscriptions.Preview(ctx, stigg.V1SubscriptionPreviewParams{})\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn &stripe.PaymentIntentParams{Amount: stripe.Int64(int64(preview.Data.ImmediateInvoice.Total))}, nil\n}\n',
      fixed: () => 'package billing\n\nimport (\n\t"math"\n\t"context"\n\n\t"github.com/stiggio/stigg-go"\n\t"github.com/stripe/stripe-go/v81"\n)\n\nfunc pay(ctx context.Context, client stigg.Client) (*stripe.PaymentIntentParams, error) {\n\tpreview, err := client.V1.Subscriptions.Preview(ctx, stigg.V1SubscriptionPreviewParams{})\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn &stripe.PaymentIntentParams{Amount: stripe.Int64(int64(math.Round(preview.Data.ImmediateInvoice.Total * 100)))}, nil\n}\n',
    },
    {
      path: 'app/pay.rb',
      text: () => 'client = Stigg::Client.new\ninvoice = client.v1.subscriptions.preview(customer_id: id, plan_id: plan).data.immediate_invoice\nStripe::PaymentIntent.create(amount: invoice.total.to_i, currency: "usd")\n',
      fixed: () => 'client = Stigg::Client.new\ninvoice = client.v1.subscriptions.preview(customer_id: id, plan_id: plan).data.immediate_invoice\nStripe::PaymentIntent.create(amount: (invoice.total * 100).round, currency: "usd")\n',
    },
    {
      path: 'Pay.java',
      text: () => 'import com.stripe.param.PaymentIntentCreateParams;\nclass Pay {\n  PaymentIntentCreateParams pay(StiggClient stigg) {\n    var invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice();\n    return PaymentIntentCreateParams.builder().setAmount((long) invoice.total()).setCurrency("usd").build();\n  }\n}\n',
      fixed: () => 'import com.stripe.param.PaymentIntentCreateParams;\nclass Pay {\n  PaymentIntentCreateParams pay(StiggClient stigg) {\n    var invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice();\n    return PaymentIntentCreateParams.builder().setAmount(Math.round(invoice.total() * 100)).setCurrency("usd").build();\n  }\n}\n',
    },
    {
      path: 'Pay.kt',
      text: () => 'import com.stripe.param.PaymentIntentCreateParams\nimport kotlin.math.roundToLong\n\nfun pay(stigg: StiggClient): PaymentIntentCreateParams {\n    val invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice()\n    return PaymentIntentCreateParams.builder().setAmount(invoice.total().toLong()).setCurrency("usd").build()\n}\n',
      fixed: () => 'import com.stripe.param.PaymentIntentCreateParams\nimport kotlin.math.roundToLong\n\nfun pay(stigg: StiggClient): PaymentIntentCreateParams {\n    val invoice = stigg.v1().subscriptions().preview(params).data().immediateInvoice()\n    return PaymentIntentCreateParams.builder().setAmount((invoice.total() * 100).roundToLong()).setCurrency("usd").build()\n}\n',
    },
    {
      path: 'Pay.cs',
      text: () => 'using Stripe;\nclass Pay {\n  async Task<PaymentIntentCreateOptions> Options(StiggClient stigg) {\n    var preview = await stigg.V1.Subscriptions.Preview(parameters);\n    return new PaymentIntentCreateOptions { Amount = (long)preview.Data.ImmediateInvoice.Total, Currency = "usd" };\n  }\n}\n',
      fixed: () => 'using Stripe;\nclass Pay {\n  async Task<PaymentIntentCreateOptions> Options(StiggClient stigg) {\n    var preview = await stigg.V1.Subscriptions.Preview(parameters);\n    return new PaymentIntentCreateOptions { Amount = (long)Math.Round(preview.Data.ImmediateInvoice.Total * 100), Currency = "usd" };\n  }\n}\n',
    },
  ],
  good: [
    { path: 'src/charge.ts', text: () => "const preview = await stigg.v1.subscriptions.preview({ customerId, planId });\nawait stripe.paymentIntents.create({ amount: Math.round(preview.data.immediateInvoice.total * 100), currency: 'usd' });\n" },
    { path: 'src/helper.ts', text: () => "const toCents = (value: number) => Math.round(value * 100);\nconst { total } = await stigg.previewSubscription({ customerId, planId });\nawait stripe.refunds.create({ charge, amount: toCents(total.amount) });\n" },
    { path: 'src/year.ts', text: () => "const { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\nconst cents = Math.round(data.recurringInvoice.subTotal * 12 * 100);\nawait stripe.prices.create({ unit_amount: cents, currency: 'usd', product });\n" },
    { path: 'src/yen.ts', text: () => "const { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\nawait stripe.paymentIntents.create({ amount: data.immediateInvoice.total, currency: 'jpy' });\n" },
    { path: 'src/own.ts', text: () => "// Stigg is told later.\nawait stripe.paymentIntents.create({ amount: order.total, currency: 'usd' });\n" },
    { path: 'src/cents.ts', text: () => "export async function launch(cents: number) {\n  await stigg.v1.coupons.create({ id: 'launch', amountsOff: [{ amount: cents / 100, currency: 'usd' }], percentOff: null });\n  await stripe.coupons.create({ id: 'launch', amount_off: cents, currency: 'usd' });\n}\n" },
    { path: 'src/metadata.ts', text: () => "const { data } = await stigg.v1.subscriptions.preview({ customerId, planId });\nawait stripe.customers.update(id, { metadata: { due: data.immediateInvoice.total } });\n" },
    { path: 'billing/pay.py', text: () => 'import stripe\n\ninvoice = stigg.v1.subscriptions.preview(customer_id=customer, plan_id=plan).data.immediate_invoice\nstripe.PaymentIntent.create(amount=round(invoice.total * 100), currency="usd")\n' },
    { path: 'app/pay.rb', text: () => 'invoice = stigg.v1.subscriptions.preview(customer_id: id, plan_id: plan).data.immediate_invoice\nStripe::PaymentIntent.create(amount: (invoice.total * 100).round, currency: "usd")\n' },
  ],
  trigger: (text, { stigg }) => stigg && /stripe/i.test(text) && /amount|preset|CreatePaymentIntent|CreateTransfer|CreatePayout/i.test(text),
  *check(file) {
    const { stigg } = file;
    const { code } = stigg;
    const amounts = new AnsweredAmounts(stigg);
    const shared = new Map<StiggFacts, readonly IrNode[]>();
    for (const input of stripeAmountsIn(code)) {
      if (isNeutral(input, code)) continue;
      const money = amounts.of(input.value);
      // What other statements see too they may have handed over.
      const root = rootName(plain(input.value));
      const facts = root === undefined || code.scopes.isLocal(root.name, root) ? stigg : stigg.everything;
      const values = shared.get(facts) ?? handedToStigg(facts, file.context.centShape(file.path));
      shared.set(facts, values);
      const same = money === undefined ? values.find((value) => isSame(value, input.value, code)) : undefined;
      if (money === undefined && same === undefined) continue;
      const { start, end } = input.value;
      const fix = fixOf(input, code);
      yield {
        anchor: `money@${start}`,
        severity: 'warning',
        start,
        end,
        message: isInThousandths(input, code) ? l10n.t('Stripe takes thousandths in {0}, but gets the full currency units of Stigg. Multiply them by 1000 and round.', input.name) : money === undefined
          ? l10n.t('Stripe takes cents in {0}, but Stigg gets the same value as full currency units: Stigg reads 49 as $49.00, Stripe as $0.49. Hand Stripe the amount times 100, rounded.', input.name)
          : l10n.t('Stripe takes cents in {0}, but {1} of Stigg is in full currency units: Stripe reads 49 as $0.49, not as $49.00. Multiply it by 100 and round.', input.name, money.name),
        ...(same === undefined ? {} : { related: [{ start: same.start, end: same.end, message: l10n.t('Stigg gets it here as full units.') }] }),
        fixes: fix === undefined ? [] : [fix],
      };
    }
  },
};

/** Currencies without minor units: there an amount is the same at both. */
function isNeutral(input: StripeAmount, code: Code): boolean {
  return ZERO_DECIMAL.has(currencyOf(input, code));
}

function isInThousandths(input: StripeAmount, code: Code): boolean {
  return THREE_DECIMAL.has(currencyOf(input, code));
}

function currencyOf(input: StripeAmount, code: Code): string {
  const currency = input.sibling('currency');
  if (currency === undefined) return '';
  const node = unwrap(currency);
  return (node.kind === 'member' ? node.name : code.textOf(node)).slice(-3).toUpperCase();
}

/** The values that are amounts of Stigg's requests and stand for themselves, cents left out, and what looks like cents: there it is Stigg that gets the wrong ones. */
function handedToStigg(stigg: StiggFacts, shape: CentShape): readonly IrNode[] {
  const units = new Units(stigg.code);
  return stigg.moneyInputs
    .filter((input) => (input.currency === undefined || !ZERO_DECIMAL.has(input.currency)) && units.minorUnits(input.value) === undefined && centShaped(input, shape, stigg.code) === undefined)
    .map(({ value }) => value);
}

/** The same variable, or the same member of it, with nothing in between. */
function isSame(left: IrNode, right: IrNode, code: Code): boolean {
  const [a, b] = [plain(left), plain(right)];
  if (a.kind !== b.kind || (a.kind !== 'name' && a.kind !== 'member')) return false;
  const [one, other] = [rootName(a), rootName(b)];
  if (one === undefined || other === undefined || pathOf(a).join('.') !== pathOf(b).join('.')) return false;
  const binding = code.scopes.resolve(one.name, one);
  // One that changes may be something else by then.
  return binding?.sources.length === 1 && code.scopes.resolve(other.name, other) === binding && !code.writes.of(one.name).some(({ node }) => node.kind === 'bind');
}

function plain(start: IrNode): IrNode {
  let node = unwrap(start);
  for (let left = 6; left > 0; left--) {
    const same = sameAmount(node);
    if (same === undefined) return node;
    node = unwrap(same);
  }
  return node;
}

/** Unsafe, always: another amount is charged afterwards. */
function fixOf(input: StripeAmount, code: Code): Fix | undefined {
  const edits = isInThousandths(input, code) ? undefined : toCents(input, code);
  return edits === undefined ? undefined : { title: l10n.t('Hand over cents: times 100, rounded'), safety: 'unsafe', edits, preferred: true };
}
