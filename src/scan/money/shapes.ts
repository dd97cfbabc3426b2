import { accessOf, pathOf } from '../ir/access.js';
import { wordsOf } from '../ir/names.js';
import type { IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import { isNoPrice } from './names.js';
import { sameAmount } from './numbers.js';

/** A number of something, by its name: a hundred times it is no conversion. `isAmount` where nothing but money can stand. */
export function isCount(expression: IrNode, isAmount = false): boolean {
  const node = unwrap(expression);
  // `count.toNumber()`; what is made a decimal number on purpose, as in `new Decimal(tier.rate)`, is a price more often than not.
  const same = node.kind === 'call' && node.arguments.length > 0 ? undefined : sameAmount(node);
  if (same !== undefined) return isCount(same, isAmount);
  const name = node.kind === 'name' || node.kind === 'member' ? node.name : node.kind === 'call' ? accessOf(node)?.step : undefined;
  return name !== undefined && isNoPrice(name, isAmount);
}

/** What a chain of calls and members starts with. */
export function rootOf(start: IrNode): IrNode {
  let node = unwrap(start);
  for (let left = 60; left > 0; left--) {
    if (node.kind === 'call') node = unwrap(node.callee);
    else if (node.kind === 'member') node = unwrap(node.object);
    else break;
  }
  return node;
}

/** A call of Stripe's client. */
export function isStripeCall(node: IrNode): boolean {
  return node.kind === 'call' && pathOf(node.callee).some((part) => /stripe/i.test(part));
}

/** Calls that round or cut, which is part of a conversion to cents. */
export function isRounding(name: string): boolean {
  return /^(?:round|Round|floor|Floor|ceil|Ceil|ceiling|Ceiling|trunc|Truncate|int|Int|parseInt|Number|to_i|toLong|roundToInt|roundToLong|intval|toInt|to_int|truncate|BigInt)$/.test(name);
}

/** Whether a function of that name, given this alone, makes cents of it, rather than looking up what something costs: `toCents(price)`, not `priceInCents('pro')`. */
export function isConversion(name: string, argument: IrNode): boolean {
  return /^(?:name|member|element|call|number|operation|choice|wrapped)$/.test(unwrap(argument).kind) && (name === 'cents' || wordsOf(name).some((word) => /^(?:to|as|convert|dollars?|euros?|usd|eur)$/.test(word)));
}

/** A piece of code for a message: short, and nothing that could hold a key. */
export function short(text: string): string {
  return /^[\w$ *().]{1,60}$/.test(text) ? text : '…';
}
