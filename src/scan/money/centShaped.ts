import { canonical } from '../ir/names.js';
import type { IrNode, NumberNode } from '../ir/node.js';
import { plainText } from '../ir/access.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';
import { isCentShaped, type CentShape } from './centShape.js';
import type { MoneyInput } from './inputs.js';
import { sameAmount } from './numbers.js';
import { THREE_DECIMAL, ZERO_DECIMAL } from './paths.js';

/**
 * Currencies of which 1,999 buys no more than a few meals (a unit is worth less than about five US cents): there such amounts are everyday prices in full units.
 * The first line is from the list of Stigg's currencies, the others complete it by exchange rates of 2026.
 */
const LOW_VALUE = new Set([
  'IDR', 'LBP', 'KHR', 'MMK', 'MNT', 'NGN', 'PKR', 'RSD', 'SLL', 'TZS', 'UZS', 'YER', 'AMD', 'ALL',
  'INR', 'RUB', 'PHP', 'THB', 'CZK', 'UAH', 'TRY', 'NPR', 'LKR', 'BDT', 'KES', 'ISK', 'KZT', 'KGS', 'CRC', 'JMD', 'DOP', 'EGP', 'ETB', 'DZD', 'AFN', 'ARS', 'UYU', 'MKD', 'MUR', 'MVR', 'NIO', 'HTG', 'GMD', 'LRD', 'LAK',
  'MWK', 'MZN', 'SOS', 'STD', 'CVE', 'TWD', 'HUF', 'COP', 'CDF', 'AOA', 'BIF', 'GYD', 'SRD', 'HNL', 'MDL', 'ZMW', 'VES', 'IQD', 'IRR', 'SYP', 'SDG', 'TMT',
]);

/** Fields in which round and large amounts are normal: limits of what may be spent. */
const LIMITS = /(?:^|\.)(?:budget\.limit|maxSpendLimit|thresholdValue)$/;
/** Prices of a year. */
const YEARLY = /annual|year/i;
const DEEPEST = 6;
/** So far up the period of a price stands. */
const MOST_LEVELS = 12;

/** An amount that looks like minor units, with the literal that holds it. */
export interface CentShaped {
  readonly amount: number;
  readonly literal: NumberNode;
}

/** undefined for values that are no number of the program, and for those that look like full units. */
export function centShaped({ value, path, currency }: MoneyInput, shape: CentShape, code: Code): CentShaped | undefined {
  if (LIMITS.test(path) || (currency !== undefined && (ZERO_DECIMAL.has(currency) || THREE_DECIMAL.has(currency) || LOW_VALUE.has(currency)))) return undefined;
  const literal = literalOf(value, code, 0);
  if (literal === undefined || !isCentShaped(literal.value, shape) || isWritten(literal, code) || isYearly(value, code)) return undefined;
  return { amount: literal.value, literal };
}

/** The number that the value is, through constants and conversions. */
function literalOf(expression: IrNode, code: Code, depth: number): NumberNode | undefined {
  const node = unwrap(expression);
  if (depth > DEEPEST) return undefined;
  if (node.kind === 'number') return node;
  if (node.kind === 'call' || node.kind === 'member') {
    const same = sameAmount(node);
    if (same !== undefined) return literalOf(same, code, depth + 1);
  }
  if (node.kind !== 'name' && node.kind !== 'member') return undefined;
  const origin = code.tracer.sole(node);
  return origin === undefined || origin === node || origin.kind === 'name' ? undefined : literalOf(origin, code, depth + 1);
}

/** `4900.00` has its hundredths: whoever wrote it thinks in full units. `4900.0` is only of another type. */
function isWritten(literal: NumberNode, code: Code): boolean {
  return /\.\d{2}/.test(code.slice(literal));
}

/** Whether the objects around the value say that it is the price of a year. */
function isYearly(value: IrNode, code: Code): boolean {
  let node = value.parent;
  for (let left = MOST_LEVELS; left > 0 && node !== undefined; left--) {
    const period = node.kind === 'object' ? node.entries.find(({ key }) => key !== undefined && canonical(key) === 'billingPeriod')?.value
      : node.kind === 'call' ? node.arguments.find(({ name }) => name !== undefined && canonical(name) === 'billingPeriod')?.value : undefined;
    if (period !== undefined) return YEARLY.test(plainText(period) ?? code.slice(period));
    node = node.parent;
  }
  return false;
}
