import { accessOf, pathOf } from '../ir/access.js';
import { wordsOf } from '../ir/names.js';
import type { IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import { isCounting, isNoPrice, isRatio } from './names.js';
import { sameAmount } from './numbers.js';

/** A number of something, by its name or because it is made of such: a hundred times it is no conversion. `isAmount` where nothing but money can stand. */
export function isCount(expression: IrNode, isAmount = false, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > DEEPEST) return false;
  // `count.toNumber()`; what is made a decimal number on purpose, as in `new Decimal(tier.rate)`, is a price more often than not.
  const same = sameAmount(node);
  if (same !== undefined && !(node.kind === 'call' && node.arguments.length > 0 && isRatioAt(same))) return isCount(same, isAmount, depth + 1);
  // `(i + 1) * 100`, `seats * months * 100`: not one of them is an amount.
  if (node.kind === 'operation' && /^[-+*]$/.test(node.operator)) {
    const counts = node.operands.filter((operand) => unwrap(operand).kind !== 'number');
    return counts.length > 0 && counts.every((operand) => isCount(operand, isAmount, depth + 1));
  }
  // `i++`
  if (node.kind === 'bind' && node.value === undefined) return isNoPrice(node.targets[0]?.name ?? '', isAmount);
  if (node.kind === 'group') return node.children.length === 1 && node.children[0] !== undefined && isCount(node.children[0], isAmount, depth + 1);
  if (node.kind === 'call') {
    const callee = unwrap(node.callee);
    if ((callee.kind === 'name' || callee.kind === 'member') && isCounting(callee.name)) return true;
  }
  const name = node.kind === 'name' || node.kind === 'member' ? node.name : node.kind === 'call' ? accessOf(node)?.step : undefined;
  return name !== undefined && isNoPrice(name, isAmount);
}

const DEEPEST = 6;

function isRatioAt(expression: IrNode): boolean {
  const node = unwrap(expression);
  return (node.kind === 'name' || node.kind === 'member') && isRatio(node.name);
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
