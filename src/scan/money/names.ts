import { canonical, wordsOf } from '../ir/names.js';

/** Amounts in Stripe's objects: always in the smallest unit of the currency. */
const STRIPE_FIELDS = new Set([
  'unit_amount', 'unit_amount_decimal', 'amount_total', 'amount_subtotal', 'amount_due', 'amount_paid', 'amount_remaining', 'amount_received',
  'amount_capturable', 'amount_captured', 'amount_refunded', 'amount_discount', 'amount_tax', 'amount_excluding_tax', 'amount_off', 'flat_amount', 'flat_amount_decimal',
]);
const COUNTS = new Set([
  'seat', 'seats', 'quantity', 'qty', 'count', 'units', 'users', 'members', 'licenses', 'licences', 'num', 'number', 'days', 'months', 'weeks', 'years', 'hours',
  'minutes', 'credits', 'items', 'gb', 'size', 'length', 'index', 'i', 'level', 'tiers', 'packs', 'blocks', 'tokens', 'requests', 'calls',
]);
/** Numbers of things, places and times when they stand alone; `monthly` and `lastMonth` are amounts as well. */
const PLACES = new Set([
  'id', 'ids', 'uid', 'idx', 'j', 'k', 'ix', 'iteration', 'counter', 'page', 'offset', 'position', 'pos', 'step', 'row', 'col', 'column', 'rank', 'version', 'attempt', 'attempts', 'retries', 'multiplier', 'weight', 'age',
  'year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'seconds', 'timestamp', 'bps', 'bp', 'width', 'height', 'line', 'depth',
]);
/** Calls that give such a number. */
const COUNTING = /^(?:len|count|sizeof|size|length|strlen|indexOf|lastIndexOf|findIndex|findLastIndex|index|random|rand|now|ord|time|randint|enumerate|arrayLen|nextInt)$/;
const PRICES = new Set(['price', 'cost', 'fee', 'amount', 'charge']);
const RATIOS = new Set(['percent', 'percentage', 'pct', 'ratio', 'fraction', 'share', 'rate', 'probability', 'utilization', 'utilisation', 'progress', 'score', 'factor', 'discount']);
/** `CENTS_PER_DOLLAR`, `pence_in_a_pound`. */
const FACTOR = /^(?:cents?|minor_?units?|pennies|pence|subunits?)_?(?:per|in)_?(?:a_?)?(?:dollar|euro|pound|usd|eur|gbp|major|unit|currency)(?:_?units?)?$/i;
const HELPER = /^(?:(?:to|as|in|get|convert|dollars?|usd|eur|euros?|major|amount|price|money)_?)+(?:cents?|minor(?:_?units?)?|smallest(?:_?(?:currency_?)?units?)?|pennies|pence|subunits?|stripe_?amount)$/i;

/** The same names as clients of other languages spell them: `AmountTotal`, `getAmountTotal`. */
const STRIPE_MEMBERS = new Set([...STRIPE_FIELDS].map(canonical));

/** True for a field of Stripe that holds an amount, and for `unitAmount`, its camel-cased form; other forms only where Stripe is used. */
export function isStripeAmount(name: string, usesStripe: () => boolean = () => false): boolean {
  return STRIPE_FIELDS.has(name) || name === 'unitAmount' || name === 'UnitAmount' || (STRIPE_MEMBERS.has(canonical(name)) && usesStripe());
}

/** True for a member that gives minor units in libraries for money: `currency(x).intValue`, Dinero's `getAmount`, Joda-Money's `getAmountMinor`. */
export function isMinorUnitMember(name: string): boolean {
  return name === 'intValue' || name === 'getAmountMinor' || name === 'getAmountMinorInt' || name === 'getAmountMinorLong' || name === 'fractional';
}

/** True for a name that says that its value counts cents: `priceInCents`, `amount_cents`, `MINOR_UNITS`. */
export function isMinorUnitName(name: string): boolean {
  const all = wordsOf(name);
  const last = all.at(-1) ?? '';
  const before = all.at(-2) ?? '';
  // A function that takes them.
  if (all[0] === 'from') return false;
  if (/^(?:cents?|pennies|pence|subunits)$/.test(last)) return before !== 'per' && !(all.includes('dollars') || all.includes('and'));
  if (last === 'amount') return before === 'stripe';
  return /^units?$/.test(last) && before === 'minor' || last === 'minor' && all.length > 1;
}

/** True for a function whose name says that it turns an amount into cents, such as `toCents`. */
export function isMinorUnitHelper(name: string): boolean {
  return HELPER.test(name) || name === 'cents';
}

/** True for a name of the hundred cents in a full unit, such as `CENTS_PER_DOLLAR`. */
export function isConversionFactor(name: string): boolean {
  return FACTOR.test(name);
}

/** True for a function that counts, or gives a time or a random number: `len`, `indexOf`. */
export function isCounting(name: string): boolean {
  return COUNTING.test(canonical(name));
}

/** True for a percentage or another ratio. */
export function isRatio(name: string): boolean {
  return RATIOS.has(wordsOf(name).at(-1) ?? '');
}

/**
 * True for a name that is no price, so that a hundred times it may be one (`seats * 100`), or is a percentage. A `discount` may be either:
 * where an amount has to stand it is one.
 */
export function isNoPrice(name: string, isAmount = false): boolean {
  const all = wordsOf(name);
  // `price_per_seat`, `perSeat`.
  if (all[0] === 'per' || (all.some((word) => PRICES.has(word)) && all.includes('per'))) return false;
  const last = all.at(-1) ?? '';
  if (all.length === 1 ? PLACES.has(last) : /^(?:ids?|idx|page|offset|position|bps)$/.test(last) || (last === 'points' && all.at(-2) === 'basis')) return true;
  if (isAmount && last === 'discount') return all.slice(0, -1).some((word) => RATIOS.has(word));
  return COUNTS.has(last) || RATIOS.has(last);
}
