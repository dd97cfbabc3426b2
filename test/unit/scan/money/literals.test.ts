import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import type { Finding } from '../../../../src/scan/finding.js';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import type { Source } from '../../../../src/scan/source.js';
import { apply, contextOf, hasSyntaxError, preparedEngine } from '../support.js';
import { COUPONS } from './coupons.js';

// A fix leaves code that compiles, with an amount that still has its cents; or there is none.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

function scan(path: string, text: string): { readonly source: Source; readonly findings: readonly Finding[] } {
  const source = { path, languageId: languageIdFor(path), text };
  return { source, findings: engine.scan(source, contextOf({})) };
}

/** The amount after the fix, or none; everything else is as it was. */
async function check(path: string, rule: string, amount: string, after: string | undefined, before = ''): Promise<void> {
  const write = COUPONS[path];
  if (write === undefined) throw new Error(`No coupon is written in ${path}`);
  const { source, findings } = scan(path, write(amount, before));
  expect(findings.map((one) => one.rule)).toEqual([rule]);
  const edits = findings[0]?.fixes[0]?.edits;
  expect(edits === undefined ? undefined : apply(source.text, edits)).toBe(after === undefined ? undefined : write(after, before));
  if (after === undefined) return;
  const fixed = scan(path, write(after, before));
  expect(fixed.findings).toEqual([]);
  expect(await hasSyntaxError(fixed.source)).toBe(await hasSyntaxError(source));
}

describe('a literal in cents', () => {
  test.each([
    ['src/a.go', '1999', '19.99'],
    ['src/a.go', '1_999', '19.99'],
    ['src/a.go', 'int64(1999)', '19.99'],
    ['src/a.go', 'float64(1999)', 'float64(19.99)'],
    ['src/a.go', 'stigg.Float(1999)', 'stigg.Float(19.99)'],
    ['src/a.go', 'stigg.F(1999.0)', 'stigg.F(19.99)'],
    ['src/a.go', 'stigg.F(int64(1999))', 'stigg.F(19.99)'],
    ['src/a.go', 'stigg.Int(1999)', undefined],
    ['src/a.go', 'decimal.NewFromInt(1999)', 'decimal.New(1999, -2)'],
    ['src/a.go', 'decimal.NewFromInt(4900)', 'decimal.NewFromInt(49)'],
    ['src/a.go', 'decimal.NewFromFloat(1999)', 'decimal.NewFromFloat(19.99)'],
    ['src/A.java', '4900L', '49L'],
    ['src/A.java', '1999L', '19.99'],
    ['src/A.java', '1999d', '19.99d'],
    ['src/A.java', '(long) 1999', '19.99'],
    ['src/A.java', '(double) 1999', '(double) 19.99'],
    ['src/A.java', 'Long.valueOf(1999)', undefined],
    ['src/A.java', 'Double.valueOf(1999)', 'Double.valueOf(19.99)'],
    ['src/A.java', 'BigDecimal.valueOf(1999)', 'BigDecimal.valueOf(19.99)'],
    ['src/A.java', 'new BigDecimal(1999)', 'new BigDecimal("19.99")'],
    ['src/A.java', 'Math.toIntExact(1999)', '19.99'],
    ['src/a.kt', '1999L', '19.99'],
    ['src/a.kt', '1999u', '19.99'],
    ['src/a.kt', '1999.toLong()', '19.99'],
    ['src/a.kt', '1999.toDouble()', '19.99.toDouble()'],
    ['src/a.kt', 'BigDecimal(1999)', 'BigDecimal("19.99")'],
    ['src/A.cs', '1999m', '19.99m'],
    ['src/A.cs', '1999L', '19.99'],
    ['src/A.cs', '4900UL', '49UL'],
    ['src/A.cs', '(long)1999', '19.99'],
    ['src/A.cs', '(decimal)1999', '(decimal)19.99'],
    ['src/A.cs', 'Convert.ToInt64(1999)', '19.99'],
    ['src/a.rs', '1999', '19.99'],
    ['src/a.rs', '1999_f64', '19.99f64'],
    ['src/a.rs', '1999 as f64', '19.99 as f64'],
    ['src/a.rs', '4900u64', '49u64'],
    ['src/a.rs', '1999_i64', undefined],
    ['src/a.rs', '1999u32', undefined],
    ['src/a.rs', '1999 as i64', undefined],
    ['src/a.rs', '1999i64 as f64', undefined],
    ['src/a.rs', 'Decimal::from(1999)', 'Decimal::new(1999, 2)'],
    ['src/a.py', 'int(1999)', '19.99'],
    ['src/a.py', 'Decimal(1999)', 'Decimal("19.99")'],
    ['src/a.py', 'float(1999)', 'float(19.99)'],
    ['src/a.rb', '1999.to_i', '19.99'],
    ['src/a.rb', '1999.to_d', '19.99.to_d'],
    ['src/a.rb', '1999r', '19.99r'],
    ['src/a.rb', 'BigDecimal(1999)', 'BigDecimal("19.99")'],
    ['src/a.php', '(int) 1999', '19.99'],
    ['src/a.php', 'intval(1999)', '19.99'],
    ['src/a.php', '(float) 1999', '(float) 19.99'],
    ['src/a.ts', 'Math.round(1999)', '19.99'],
    ['src/a.ts', '1999 as number', '19.99 as number'],
    ['src/a.ts', '(1999).toFixed(2)', '(19.99).toFixed(2)'],
    ['src/a.ts', 'BigInt(1999)', undefined],
    ['src/a.ts', '1999n', undefined],
  ])('%s: %s', async (path, amount, after) => {
    await check(path, 'cent-shaped-amount', amount, after);
  });
});

describe('a division keeps the cents, whatever the type', () => {
  test.each([
    ['src/a.go', 'priceCents', 'float64(priceCents) / 100'],
    ['src/a.go', 'float64(priceCents)', 'float64(priceCents) / 100'],
    ['src/a.go', 'priceCents + feeCents', 'float64(priceCents + feeCents) / 100'],
    ['src/a.rs', 'price_cents', 'price_cents as f64 / 100.0'],
    ['src/a.rs', 'price_cents as f64', '(price_cents as f64) / 100.0'],
    ['src/a.rs', 'price_cents + fee_cents', '(price_cents + fee_cents) as f64 / 100.0'],
    ['src/A.cs', 'priceInCents', 'priceInCents / 100.0'],
    ['src/a.kt', 'priceCents', 'priceCents / 100.0'],
    ['src/A.java', 'price.getUnitAmount()', 'price.getUnitAmount() / 100.0'],
  ])('%s: %s', async (path, amount, after) => {
    await check(path, 'cents-to-stigg', amount, after);
  });

  test('of a decimal of C#', async () => {
    await check('src/A.cs', 'cents-to-stigg', 'priceInCents', 'priceInCents / 100m', 'decimal priceInCents = 4800m;');
  });
});

describe('a function in place of the amount', () => {
  test.each([
    ['() => p * 100', '() => p'],
    ['async () => price * 100', 'async () => price'],
    ['() => { return price * 100; }', '() => { return price; }'],
    ['() => priceInCents', '() => priceInCents / 100'],
    ['() => { if (a) return p * 100; return q * 100; }', undefined],
    ['() => () => p * 100', undefined],
  ])('%s', async (amount, after) => {
    await check('src/a.ts', 'cents-to-stigg', amount, after);
  });
});

describe('a field that the program declares itself', () => {
  const go = (amount: string, type: string): string => `package a\n\nimport (\n\t"bytes"\n\t"encoding/json"\n\t"net/http"\n)\n\ntype money struct {\n\tAmount   ${type}  \`json:"amount"\`\n\tCurrency string \`json:"currency"\`\n}\n\nfunc f() {\n\tbody, _ := json.Marshal(map[string]any{"amountsOff": []money{{Amount: ${amount}, Currency: "usd"}}})\n\treq, _ := http.NewRequest("POST", "https://api.stigg.io/api/v1/coupons", bytes.NewReader(body))\n\treq.Header.Set("X-API-KEY", k)\n\treq.Header.Set("Content-Type", "application/json")\n\treq.Header.Set("Idempotency-Key", id)\n}\n`;
  const csharp = (amount: string, type: string): string => `record Money(${type} Amount, string Currency);\nclass A {\n  async Task F(HttpClient http) {\n    http.DefaultRequestHeaders.Add("X-API-KEY", key);\n    http.DefaultRequestHeaders.Add("Idempotency-Key", id);\n    await http.PostAsJsonAsync("https://api.stigg.io/api/v1/coupons", new { amountsOff = new[] { new Money(${amount}, "usd") } });\n  }\n}\n`;
  const kotlin = (amount: string, type: string): string => `data class Money(val amount: ${type}, val currency: String)\nclass A {\n  fun f(client: StiggClient) {\n    client.v1().credits().grants().create(CreditGrantCreateParams.builder().cost(Money(${amount}, "usd")).build())\n  }\n}\n`;
  test.each([
    ['a.go', go, 'int64', '1999', undefined],
    ['a.go', go, 'int64', '4900', '49'],
    ['a.go', go, 'float64', '1999', '19.99'],
    ['a.go', go, 'int64', 'priceCents', undefined],
    ['a.go', go, 'int64', 'int64(price * 100)', undefined],
    ['A.cs', csharp, 'decimal', '1999', '19.99m'],
    ['A.cs', csharp, 'decimal', 'priceInCents', 'priceInCents / 100m'],
    ['A.cs', csharp, 'double', '1999', '19.99'],
    ['A.cs', csharp, 'long', 'priceInCents', undefined],
    ['a.kt', kotlin, 'Long', '1999', undefined],
    ['a.kt', kotlin, 'Double', 'priceCents', 'priceCents / 100.0'],
  ])('%s of %s: %s', (path, write, type, amount, after) => {
    const text = write(amount, type);
    const { findings } = scan(path, text);
    expect(findings).toHaveLength(1);
    const edits = findings[0]?.fixes[0]?.edits;
    expect(edits === undefined ? undefined : apply(text, edits)).toBe(after === undefined ? undefined : write(after, type));
  });
});

describe('the currency behind a variable', () => {
  const go = (before: string, currency: string): string => `package a\n\nfunc f(ctx context.Context, client stigg.Client) {\n\t${before}\n\tclient.V1.Coupons.New(ctx, stigg.V1CouponNewParams{AmountsOff: []stigg.V1CouponNewParamsAmountsOff{{Amount: 1999, Currency: ${currency}}}})\n}\n`;
  const csharp = (before: string, currency: string): string => `class A {\n  async Task F(StiggClient client) {\n    ${before}\n    await client.V1.Coupons.Create(new CouponCreateParams { ID = "a", AmountsOff = [new() { Amount = 1999, Currency = ${currency} }] });\n  }\n}\n`;
  test.each([
    ['a.go', go('currency := "jpy"', '&currency'), undefined],
    ['a.go', go('currency := stigg.CurrencyJpy', '&currency'), undefined],
    ['a.go', go('currency := stigg.Currency("jpy")', '&currency'), undefined],
    ['a.go', go('currency := "usd"', '&currency'), '$1,999.00'],
    ['a.go', go('currency := pick()', '&currency'), ' 1,999.00'],
    ['A.cs', csharp('var c = Currency.Jpy;', 'c'), undefined],
    ['A.cs', csharp('var c = Currency.Eur;', 'c'), '€1,999.00'],
  ])('%s: %s', (path, text, amount) => {
    const { findings } = scan(path, text);
    expect(findings.map(({ rule }) => rule)).toEqual(amount === undefined ? [] : ['cent-shaped-amount']);
    expect(findings[0]?.message ?? '').toContain(amount ?? '');
  });

  test('nothing is divided that is an address', () => {
    const text = 'package a\n\nimport stigg "github.com/stiggio/api-client-go/v6"\n\nfunc f() {\n\tamount := 4900.0\n\tclient.GrantCredits(ctx, stigg.CreditGrantInput{Cost: &stigg.MoneyInputDto{Amount: &amount}})\n}\n';
    expect(scan('a.go', text).findings.map(({ rule, fixes }) => [rule, fixes])).toEqual([['cent-shaped-amount', []]]);
  });
});
