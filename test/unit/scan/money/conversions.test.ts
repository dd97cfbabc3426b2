import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { apply, contextOf, hasSyntaxError, preparedEngine } from '../support.js';
import { COUPONS } from './coupons.js';

// Further spellings of the conversion to cents, and what only looks like one.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

function write(path: string, amount: string): { readonly path: string; readonly languageId: string; readonly text: string } {
  const coupon = COUPONS[path];
  if (coupon === undefined) throw new Error(`No coupon is written in ${path}`);
  return { path, languageId: languageIdFor(path), text: coupon(amount) };
}

describe('an amount in cents', () => {
  test.each([
    ['src/a.ts', '~~(x*100)', 'x'],
    ['src/a.ts', '(x*100)|0', 'x'],
    ['src/a.ts', '(x * 100) >> 0', 'x'],
    ['src/a.ts', 'Math.max(0, x*100)', 'Math.max(0, x)'],
    ['src/a.ts', 'Math.min(x * 100, 9900)', 'Math.min(x * 100, 9900) / 100'],
    ['src/a.ts', '_.round(x*100)', 'x'],
    ['src/a.ts', '_.round(x * 100, 2)', '_.round(x, 2)'],
    ['src/a.ts', '_.max([0, x * 100])', '_.max([0, x])'],
    ['src/a.ts', '_.sumBy(items, (i) => i.price * 100)', '_.sumBy(items, (i) => i.price * 100) / 100'],
    ['src/a.ts', "_.sumBy(items, 'priceInCents')", "_.sumBy(items, 'priceInCents') / 100"],
    ['src/a.ts', 'items.reduce((a, i) => a + i.price_cents, 0)', 'items.reduce((a, i) => a + i.price_cents, 0) / 100'],
    ['src/a.ts', 'sum(items.map((i) => i.priceInCents))', 'sum(items.map((i) => i.priceInCents)) / 100'],
    ['src/a.php', "bcmul($x, '100')", '$x'],
    ['src/a.php', "bcmul($x, '100', 0)", '$x'],
    ['src/a.php', "(int) bcmul($x, '100')", '$x'],
    ['src/a.php', 'max(0, $x * 100)', 'max(0, $x)'],
    ['src/a.php', "array_sum(array_map(fn($i) => $i['price'] * 100, $items))", "array_sum(array_map(fn($i) => $i['price'] * 100, $items)) / 100"],
    ['src/a.php', "array_sum(array_column($items, 'price_cents'))", "array_sum(array_column($items, 'price_cents')) / 100"],
    ['src/a.rs', 'price * dec!(100)', 'price'],
    ['src/a.rs', '(price * dec!(100)).to_i64().unwrap()', undefined],
    ['src/a.rs', 'price.checked_mul(dec!(100)).unwrap()', undefined],
    ['src/a.rs', '(price * 100.0).max(0.0)', '(price).max(0.0)'],
    ['src/a.py', 'max(0, price * 100)', 'max(0, price)'],
    ['src/a.py', 'int(price * 100) // 1', 'price'],
    ['src/a.py', 'operator.mul(price, 100)', 'price'],
    ['src/a.py', 'sum(i.price_cents for i in items)', 'sum(i.price_cents for i in items) / 100'],
    ['src/a.py', 'sum([i.price * 100 for i in items])', 'sum([i.price * 100 for i in items]) / 100'],
    ['src/a.rb', 'items.map(&:price_cents).sum', 'items.map(&:price_cents).sum / 100.0'],
    ['src/a.rb', 'items.map { |i| i.price_cents }.sum', 'items.map { |i| i.price_cents }.sum / 100.0'],
    ['src/a.rb', 'items.map(&:price_cents).reduce(0) { |a, b| a + b }', 'items.map(&:price_cents).reduce(0) { |a, b| a + b } / 100.0'],
    ['src/a.ts', 'items.map((i) => i.price_cents).reduce((a, b) => a + b, 0)', 'items.map((i) => i.price_cents).reduce((a, b) => a + b, 0) / 100'],
    ['src/a.rb', 'items.sum(&:price_cents)', 'items.sum(&:price_cents) / 100.0'],
    ['src/a.rb', 'items.sum { |i| i.price * 100 }', 'items.sum { |i| i.price * 100 } / 100.0'],
    ['src/A.java', 'Math.multiplyExact(price, 100)', 'price'],
    ['src/A.java', 'items.stream().mapToLong(Item::getPriceCents).sum()', 'items.stream().mapToLong(Item::getPriceCents).sum() / 100.0'],
    ['src/a.kt', 'items.sumOf { it.priceCents }', 'items.sumOf { it.priceCents } / 100.0'],
    ['src/a.kt', 'maxOf(0.0, price * 100)', 'maxOf(0.0, price)'],
    ['src/A.cs', 'items.Sum(i => i.PriceCents)', 'items.Sum(i => i.PriceCents) / 100.0'],
    ['src/A.cs', 'decimal.Multiply(price, 100)', 'price'],
    ['src/a.go', 'math.Max(0, price*100)', 'math.Max(0, price)'],
    ['src/a.ts', '(base + extra) * 100', '(base + extra)'],
    ['src/a.ts', '(price + i) * 100', '(price + i)'],
    ['src/a.ts', 'price * seats * 100', 'price * seats'],
  ])('%s: %s', async (path, amount, after) => {
    const source = write(path, amount);
    const findings = engine.scan(source, contextOf({}));
    expect(findings.map(({ rule }) => rule)).toEqual(['cents-to-stigg']);
    const edits = findings[0]?.fixes[0]?.edits;
    expect(edits === undefined ? undefined : apply(source.text, edits)).toBe(after === undefined ? undefined : write(path, after).text);
    if (after === undefined) return;
    expect(engine.scan(write(path, after), contextOf({}))).toEqual([]);
    expect(await hasSyntaxError(write(path, after))).toBe(false);
  });
});

describe('no amount in cents', () => {
  test.each([
    ['src/a.ts', ['~x', 'x | 0', 'x << 2', 'Math.max(0, x)', 'Math.max(0, seats * 100)', '_.round(x)', '~~(x * 100) / 100', '(x * 100 | 0) / 100', 'Math.max(0, x * 100) / 100', '_.sumBy(items, (i) => i.price)']],
    ['src/a.ts', ['(i + 1) * 100', '(1 + i) * 100', '(index + 1) * 100', '(page - 1) * 100', 'page * pageSize * 100', '(i * 10 + 5) * 100', 'i++ * 100', '-i * 100', 'Number(i) * 100', '(items.length + 1) * 100', '(seats + extraSeats) * 100', '(tier.level + 1) * 100']],
    ['src/a.ts', ['id * 100', 'userId * 100', 'customer.id * 100', 'offset * 100', 'bps * 100', 'basisPoints * 100', 'percent * 100', '(1 - rate) * 100', 'tiers.indexOf(tier) * 100', 'Math.random() * 100', 'Date.now() * 100']],
    ['src/a.ts', ['items.map((i) => i.price_cents).reduce((a, b) => a + toFull(b), 0)', 'items.map((i) => i.price_cents / 100).reduce((a, b) => a + b, 0)']],
    ['src/a.py', ['sum(i.price for i in items)', 'sum(i.price_cents / 100 for i in items)', 'sum(i.price_cents for i in items) / 100', 'sum(i.seats * 100 for i in items)']],
    ['src/a.rb', ['items.map(&:price).sum', 'items.map(&:price_cents).sum / 100.0', 'items.map { |i| i.price_cents / 100.0 }.sum']],
    ['src/a.php', ["bcmul($x, '12')", "bcdiv(bcmul($x, '100'), '100', 2)", "bcmul($seats, '100')", 'count($items) * 100']],
    ['src/a.rs', ['price * dec!(12)', 'seats * dec!(100)']],
    ['src/a.py', ['len(items) * 100', '(len(items) + 1) * 100', 'max(0, price)', 'sum(i.price for i in items)']],
    ['src/a.go', ['float64(len(items)) * 100', 'float64(i+1) * 100']],
    ['src/a.rb', ['items.size * 100', '(index + 1) * 100']],
    ['src/A.cs', ['items.Count() * 100', '(i + 1) * 100']],
  ] as const)('%s: %s', (path, amounts) => {
    for (const amount of amounts) expect([amount, engine.scan(write(path, amount), contextOf({})).map(({ rule }) => rule)]).toEqual([amount, []]);
  });
});
