import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { COUPONS } from '../money/coupons.js';
import { apply, contextOf, hasSyntaxError, preparedEngine } from '../support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const MONEY = /^(?:cents-to-stigg|cent-shaped-amount|stigg-dollars-to-stripe|stigg-amount-divided)$/;

function moneyFindings(path: string, text: string): ReturnType<Engine['scan']> {
  return engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({})).filter(({ rule }) => MONEY.test(rule));
}

describe('a conversion is left out together with what made whole cents of it, or the whole is divided', () => {
  test.each([
    ['src/a.php', '(int) ($price * 100)', '$price'],
    ['src/a.php', '(int) round($price * 100)', '$price'],
    ['src/a.php', 'round($price * 100, 0)', '$price'],
    ['src/A.cs', '(long)(price * 100)', 'price'],
    ['src/A.cs', '(long)Math.Round(price * 100)', 'price'],
    ['src/A.cs', 'Math.Round(price * 100, MidpointRounding.AwayFromZero)', 'price'],
    ['src/A.cs', 'Convert.ToInt64(price * 100)', 'price'],
    ['src/A.cs', '(double)(price * 100m)', '(double)(price)'],
    ['src/A.java', '(long) (price * 100)', 'price'],
    ['src/A.java', '(int) Math.round(price * 100.0)', 'price'],
    ['src/A.java', 'Math.toIntExact(Math.round(price * 100))', 'price'],
    ['src/A.java', 'price.movePointRight(2).longValue()', 'price.movePointRight(2).longValue() / 100.0'],
    ['src/a.rs', '(price * 100.0).round() as i64', 'price'],
    ['src/a.rs', '(price * 100.0) as i64 as f64', 'price as f64'],
    ['src/a.go', 'float64(int64(price * 100))', 'float64(price)'],
    ['src/a.rb', 'Integer(price * 100)', 'price'],
    ['src/a.py', 'int(round(price * 100, 0))', 'price'],
    ['src/a.py', 'round(price * 100, 2)', 'round(price, 2)'],
    ['src/a.py', 'to_cents(*args)', 'to_cents(*args) / 100'],
    ['src/a.ts', '+(price * 100).toFixed(0)', '+price'],
    ['src/a.ts', '+(price * 100).toFixed(2)', '+(price).toFixed(2)'],
    ['src/a.ts', 'parseInt((price * 100).toString(), 10)', 'price'],
    ['src/a.ts', 'Math.round(price * 100 * qty)', 'Math.round(price * 100 * qty) / 100'],
    ['src/a.ts', 'Math.round(paid ? price * 100 : 0)', 'Math.round(paid ? price * 100 : 0) / 100'],
    ['src/a.ts', 'Math.round(-(price * 100))', 'Math.round(-(price * 100)) / 100'],
    ['src/a.ts', 'toCents(...args)', 'toCents(...args) / 100'],
    ['src/a.ts', "priceInCents('pro')", "priceInCents('pro') / 100"],
    ['src/a.ts', 'getPriceInCents(plan)', 'getPriceInCents(plan) / 100'],
    ['src/a.ts', 'toCents({ amount, currency })', 'toCents({ amount, currency }) / 100'],
  ])('%s: %s', async (path, before, after) => {
    await repaired(path, before, after);
  });

  test.each([
    ['const scale = (v) => v * 100;', 'scale(price)', 'price'],
    ['const scale = (v) => Math.round(v * 100);', 'scale(price)', 'price'],
    ['const scale = (v) => v * 100 + 30;', 'scale(price)', 'scale(price) / 100'],
    ['const scale = (v) => v * 100 * 3;', 'scale(price)', 'scale(price) / 100'],
    ['const scale = (v) => price * 100;', 'scale(seats)', 'scale(seats) / 100'],
    ['const scale = (v) => prices[v] * 100;', "scale('pro')", "scale('pro') / 100"],
    ['const scale = ({ v }) => v * 100;', 'scale({ v })', 'scale({ v }) / 100'],
  ])('a function of this file: %s', async (own, before, after) => {
    await repaired('src/a.ts', before, after, `${own}\n`);
  });

  async function repaired(path: string, before: string, after: string, own?: string): Promise<void> {
    const text = COUPONS[path]?.(before, own) ?? '';
    const findings = moneyFindings(path, text);
    expect(findings).toHaveLength(1);
    const fixed = apply(text, findings[0]?.fixes[0]?.edits ?? []);
    expect(fixed).toBe(COUPONS[path]?.(after, own));
    expect(moneyFindings(path, fixed)).toEqual([]);
    expect(await hasSyntaxError({ path, languageId: languageIdFor(path), text: fixed })).toBe(false);
  }
});

test.each([
  ['src/A.java', 'BigDecimal.valueOf(priceCents).movePointLeft(2).doubleValue()'],
  ['src/A.java', 'BigDecimal.valueOf(priceCents, 2).doubleValue()'],
  ['src/A.java', 'BigDecimal.valueOf(1999, 2).doubleValue()'],
  ['src/a.go', 'decimal.New(priceCents, -2).InexactFloat64()'],
  ['src/a.go', 'decimal.New(1999, -2).InexactFloat64()'],
  ['src/a.rs', 'Decimal::new(1999, 2)'],
  ['src/a.rs', 'Decimal::new(price_cents, 2)'],
  ['src/a.rb', 'Rational(1999, 100).to_f'],
  ['src/A.cs', 'new decimal(1999, 0, 0, false, 2)'],
  ['src/A.cs', 'priceCents.FromCents()'],
  ['src/a.ts', "parseFloat(dollars + '.' + cents)"],
  ['src/a.ts', 'round(price * 100)', 'const round = (v: number) => Math.round(v) / 100;\n'],
  ['src/a.ts', 'num(row.amount_cents)', 'const num = (v) => Number(v) / 100;\n'],
  ['src/A.java', 'round(price * 100)', 'double round(double v) { return Math.round(v) / 100.0; }'],
  ['src/A.cs', 'Round(price * 100)', 'double Round(double v) => Math.Round(v) / 100;'],
  ['src/a.py', 'round(price_cents)', 'round = lambda v: v / 100\n'],
  ['src/a.ts', 'pricePerSeat * SEATS', 'const SEATS = 100;\n'],
  ['src/a.ts', 'i * 100'],
  ['src/a.ts', 'tiers * 100'],
])('full units stay silent in %s: %s', (path, amount, before?: string) => {
  expect(moneyFindings(path, COUPONS[path]?.(amount, before) ?? '')).toEqual([]);
});

test('a constant in cents that both get is a mistake at Stigg alone', () => {
  const text = "import Stigg from '@stigg/typescript';\nconst PRICE = 4900;\nawait stripe.prices.create({ unit_amount: PRICE, currency: 'usd' });\nawait new Stigg().v1.coupons.create({ amountsOff: [{ amount: PRICE, currency: 'usd' }] });\n";
  expect(moneyFindings('src/a.ts', text).map(({ rule }) => rule)).toEqual(['cent-shaped-amount']);
});

test.each([
  ["['Bearer', key].join(' ')", undefined],
  ['bearer(key)', undefined],
  ['toBearerToken(key)', undefined],
  ["'Bearer ' + key", "'X-API-KEY': key"],
  ['bearerToken', "'X-API-KEY': bearerToken"],
])('the word Bearer is never left in front of the key: %s', (value, expected) => {
  const head = "// Stigg\nawait fetch('https://api.stigg.io/api/v1/customers', { headers: { ";
  const text = `${head}Authorization: ${value} } });\n`;
  const [finding] = engine.scan({ path: 'src/a.ts', languageId: 'typescript', text }, contextOf({}));
  expect(finding?.rule).toBe('wrong-auth-header');
  const edits = finding?.fixes[0]?.edits;
  expect(edits === undefined ? undefined : apply(text, edits)).toBe(expected === undefined ? undefined : `${head}${expected} } });\n`);
});

test.each([
  ['a function called thousands of times', `const scale = (v) => v * 100;\n${lines((at) => `await stigg.v1.coupons.create({ amountsOff: [{ amount: scale(p${at}), currency: 'usd' }] });`)}`],
  ['an object with thousands of members', `const c = {};\n${lines((at) => `c.p${at} = v${at} * 100;`)}${lines((at) => `await stigg.v1.coupons.create({ amountsOff: [{ amount: c.p${at}, currency: 'usd' }] });`)}`],
])('no time by the square: %s', (_, code) => {
  const text = `import Stigg from '@stigg/typescript';\nconst stigg = new Stigg();\n${code}`;
  const before = process.cpuUsage();
  expect(moneyFindings('src/a.ts', text)).toHaveLength(2000);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(5000);
});

function lines(line: (at: number) => string): string {
  return Array.from({ length: 2000 }, (_, at) => `${line(at)}\n`).join('');
}
