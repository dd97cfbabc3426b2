import type { Field } from '../ir/fields.js';
import type { CallNode, IrNode, ObjectNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { PathTree } from '../ir/pathTree.js';
import { isSelf, rootName } from '../ir/scopes.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { isShorthand } from './inputs.js';

/** Where Stripe takes amounts, in cents. From the root of what a call is given; `[]` stands for any element. */
const PATHS = [
  'amount', 'unitAmount', 'unitAmountDecimal', 'amountOff', 'flatAmount', 'amountToCapture', 'applicationFeeAmount', 'refundAmount',
  'tiers[].unitAmount', 'tiers[].flatAmount', 'transferData.amount', 'fixedAmount.amount', 'customUnitAmount.preset', 'customUnitAmount.minimum', 'customUnitAmount.maximum',
  'priceData.unitAmount', 'priceData.unitAmountDecimal', 'defaultPriceData.unitAmount', 'paymentIntentData.applicationFeeAmount', 'paymentIntentData.transferData.amount', 'shippingCost.amount', 'lines[].amount',
  ...['lineItems', 'items', 'addInvoiceItems', 'invoiceItems', 'lines'].flatMap((list) => [`${list}[].priceData.unitAmount`, `${list}[].priceData.unitAmountDecimal`, `${list}[].amount`]),
  ...['items', 'addInvoiceItems'].map((list) => `phases[].${list}[].priceData.unitAmount`),
  'shippingOptions[].shippingRateData.fixedAmount.amount',
];
const TREE = PATHS.reduce((tree, path) => tree.add(path, path), new PathTree<string>());
const STRIPE = /stripe/i;
const STIGG = /stigg/i;
/** Types whose constructor takes the amount by position; Rust's. */
const POSITIONAL = /^(?:CreatePaymentIntent|CreateTransfer|CreatePayout)\.new$/;

/** An amount that is handed to Stripe. */
export interface StripeAmount {
  /** As Stripe's documentation writes it: `unit_amount`. */
  readonly name: string;
  readonly value: IrNode;
  readonly isShorthand: boolean;
  /** What is beside it. */
  sibling(name: string): IrNode | undefined;
}

/** The amounts that the program hands to Stripe; each value once. */
export function stripeAmountsIn(code: Code): readonly StripeAmount[] {
  const found = new Map<number, StripeAmount>();
  const add = (field: Field<string>): void => {
    const { value, entry } = field;
    if (found.has(value.start)) return;
    const name = entry.slice(entry.lastIndexOf('.') + 1).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    found.set(value.start, { name, value, isShorthand: isShorthand(value), sibling: (other) => field.sibling(other) });
  };
  for (const node of code.calls) {
    if (isStripeCall(node, code)) code.fields.ofArguments(node, TREE).forEach(add);
    else if (isStripeBuilder(node, code)) code.fields.inside(node, TREE).forEach(add);
    const [first] = node.arguments;
    const text = calleeText(unwrap(node.callee));
    if (first !== undefined && POSITIONAL.test(text.split('.').slice(-2).join('.')) && (STRIPE.test(text) || isStripes(text.split('.')[0] ?? '', code))) {
      found.set(first.value.start, { name: 'amount', value: first.value, isShorthand: false, sibling: () => undefined });
    }
  }
  for (const node of code.typedObjects) if (isStripeType(node, code)) code.fields.inside(node, TREE).forEach(add);
  return [...found.values()].sort((a, b) => a.value.start - b.value.start);
}

/** `stripe.paymentIntents.create(…)`, `Stripe::Charge.create(…)`, `PaymentIntent.create(…)` of Stripe's package. */
function isStripeCall(node: CallNode, code: Code): boolean {
  if (node.arguments.length === 0 || node.isNew) return false;
  const callee = unwrap(node.callee);
  if (callee.kind !== 'member') return false;
  if (!/^(?:create|update|modify|capture|createPreview|retrieveUpcoming|createAsync|updateAsync|captureAsync|upsert|upcoming|new|increment|createFull|addLines|updateLines|createReversal|createFundingInstructions|create_async|modify_async)$/i.test(callee.name)) return false;
  const text = calleeText(callee);
  if (STIGG.test(text)) return false;
  if (STRIPE.test(text)) return true;
  const root = rootName(callee.object);
  if (root === undefined) return false;
  if (isStripes(root.name, code)) return true;
  return code.tracer.origins(isSelf(root.name) ? ownMember(callee.object) : root).some(({ node: origin }) => isStripeOrigin(unwrap(origin), code));
}

/** The member of the object around that a chain starts with: `this.gateway`. */
function ownMember(object: IrNode): IrNode {
  let node = unwrap(object);
  while (node.kind === 'member' && unwrap(node.object).kind !== 'name') node = unwrap(node.object);
  return node;
}

function isStripeOrigin(node: IrNode, code: Code): boolean {
  if (node.kind === 'call') {
    const text = calleeText(unwrap(node.callee));
    return !STIGG.test(text) && (STRIPE.test(text) || isStripes(text.split('.')[0] ?? '', code));
  }
  if (node.kind !== 'name') return false;
  for (const source of code.scopes.resolve(node.name, node)?.sources ?? []) {
    const type = source.kind === 'parameter' ? source.node.parameters[source.index]?.type : source.kind === 'bind' ? source.node.type : undefined;
    if (type !== undefined && STRIPE.test(type)) return true;
  }
  return false;
}

/** `PaymentIntentCreateParams.builder()…build()` of Stripe's package. */
function isStripeBuilder(node: CallNode, code: Code): boolean {
  const callee = unwrap(node.callee);
  if (callee.kind !== 'member' || callee.name !== 'build') return false;
  let object = unwrap(callee.object);
  for (let left = 60; left > 0 && object.kind === 'call'; left--) {
    const inner = unwrap(object.callee);
    if (inner.kind !== 'member') return false;
    if (/^(?:builder|newBuilder)$/.test(inner.name) && object.arguments.length === 0) {
      const text = calleeText(inner.object);
      return !STIGG.test(text) && (STRIPE.test(text) || isStripes(text.split('.')[0] ?? '', code));
    }
    object = unwrap(inner.object);
  }
  return false;
}

/** `stripe.PaymentIntentParams{…}`, `new PaymentIntentCreateOptions { … }` where Stripe is used. */
function isStripeType({ type = '' }: ObjectNode, code: Code): boolean {
  if (STIGG.test(type)) return false;
  if (STRIPE.test(type)) return true;
  return isStripes(type.split(/[.:]+/)[0] ?? '', code) || (code.languageId === 'csharp' && /(?:Create|Update|Capture|Data|Item|Tier)Options$/.test(type) && /(?:^\uFEFF?|\n)[ \t]{0,12}(?:global )?using Stripe\b/.test(code.text));
}

/** Imported from Stripe's package. */
function isStripes(name: string, { imports }: Code): boolean {
  return name !== '' && imports.some(({ local, module }) => local === name && STRIPE.test(module) && !STIGG.test(module));
}
