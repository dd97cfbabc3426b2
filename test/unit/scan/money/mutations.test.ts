import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { GRAPHQL_CALLS, REST_CALLS, type MoneyPath } from '../../../../src/scan/money/paths.js';
import { contextOf, preparedEngine } from '../support.js';
import { CLOSE, OPEN, shapeOf } from './shape.js';
import { SPELLINGS, type Spelling } from './spellings.js';

// Every monetary path x every spelling x every kind of mistake, generated from the table of the rules.

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const MONEY = new Set(['cents-to-stigg', 'cent-shaped-amount']);
/** Limits of spending are round and large: nothing is said about their size. */
const LIMIT = /(?:budget\.limit|maxSpendLimit|thresholdValue)$/;

interface Case {
  readonly what: string;
  readonly value: string;
  readonly rule: string | undefined;
}

function casesFor({ values }: Spelling, path: string): readonly Case[] {
  return [
    ...Object.entries(values.cents).map(([what, value]) => ({ what, value, rule: 'cents-to-stigg' })),
    { what: 'a literal', value: values.literal, rule: LIMIT.test(path) ? undefined : 'cent-shaped-amount' },
    ...values.full.map((value) => ({ what: value, value, rule: undefined })),
  ];
}

/** The document without marks, and where they were. */
function unmarked(marked: string): { readonly text: string; readonly spans: readonly (readonly [number, number])[] } {
  const spans: (readonly [number, number])[] = [];
  let text = '';
  let start = 0;
  for (const part of marked.split(new RegExp(`(?=[${OPEN}${CLOSE}])`))) {
    if (part.startsWith(CLOSE)) spans.push([start, text.length]);
    text += part.replace(/^[⟦⟧]/, '');
    if (part.startsWith(OPEN)) start = text.length - part.length + 1;
  }
  return { text, spans };
}

/** What is found at each of the values, in words; and everything that is found elsewhere. */
function check(spelling: Spelling, operation: string, entry: Pick<MoneyPath, 'path' | 'when'>, cases: readonly Case[], sibling?: string): { readonly found: unknown; readonly wanted: unknown } {
  const { text, spans } = unmarked(spelling.document(cases.map(({ value }, index) => spelling.call(operation, shapeOf(entry, sibling), value, index))));
  const findings = engine.scan({ path: spelling.path, languageId: spelling.languageId, text }, contextOf({})).filter(({ rule }) => MONEY.has(rule));
  const at = (start: number, end: number): string[] => findings.filter((finding) => finding.start === start && finding.end === end).map(({ rule }) => rule);
  return {
    found: [...cases.map(({ what }, index) => [what, at(...(spans[index] ?? [0, 0]))]), ['elsewhere', findings.filter(({ start, end }) => !spans.some((span) => span[0] === start && span[1] === end)).map(({ rule, start, end }) => `${rule} ${text.slice(start, end)}`)]],
    wanted: [...cases.map(({ what, rule }) => [what, rule === undefined ? [] : [rule]]), ['elsewhere', []]],
  };
}

describe.each(SPELLINGS)('$name', (spelling) => {
  const calls = spelling.surface === 'rest' ? REST_CALLS : GRAPHQL_CALLS;
  const rows = [...calls].flatMap(([operation, paths]) => paths.map((entry) => [operation, entry] as const)).filter(([operation, { path }]) => spelling.has?.(operation, path) !== false);
  test.each(rows.map(([operation, entry]) => [`${operation} ${entry.path}`, operation, entry] as const))('%s', (_, operation, entry) => {
    const { found, wanted } = check(spelling, operation, entry, casesFor(spelling, entry.path));
    expect(found).toEqual(wanted);
  });
});

/** Fields that sound like money and are none. Source: Stigg's documentation of its fields, and what the SDKs make of them. */
const NO_MONEY: readonly (readonly [surface: Spelling['surface'], operation: string, path: string, when?: readonly [sibling: string, value: string]])[] = [
  ['rest', 'credits.grants.create', 'amount'],
  ['rest', 'credits.consumption.consume', 'amount'],
  ['rest', 'credits.consumption.consumeAsync', 'consumptions[].amount'],
  ['rest', 'subscriptions.provision', 'entitlements[].amount'],
  ['rest', 'subscriptions.provision', 'priceOverrides[].creditRate.amount'],
  ['rest', 'subscriptions.provision', 'priceOverrides[].blockSize'],
  ['rest', 'subscriptions.provision', 'priceOverrides[].tiers[].upTo'],
  ['rest', 'subscriptions.update', 'usageLimit'],
  ['rest', 'plans.update', 'charges.pricingModels[].pricePeriods[].creditRate.amount'],
  ['rest', 'contracts.create', 'subscriptions[].newSubscription.entitlements[].amount'],
  ['rest', 'coupons.create', 'percentOff'],
  ['rest', 'coupons.create', 'durationInMonths'],
  ['rest', 'usage.report', 'usages[].value'],
  ['rest', 'customers.provision', 'metadata.amount'],
  ['graphql', 'grantCredits', 'amount'],
  ['graphql', 'provisionSubscription', 'priceUnitAmount'],
  ['graphql', 'provisionSubscription', 'unitQuantity'],
  ['graphql', 'provisionSubscription', 'priceOverrides[].creditRate.amount'],
  ['graphql', 'provisionSubscription', 'entitlements[].amount'],
  ['graphql', 'saveAutoRechargeSettings', 'targetBalance'],
  ['graphql', 'saveAutoRechargeSettings', 'thresholdValue', ['thresholdType', 'CreditAmount']],
  ['graphql', 'createCoupon', 'percentOff'],
  ['graphql', 'createCoupon', 'discountValue', ['type', 'PERCENTAGE']],
];

describe.each(SPELLINGS.filter(({ name }) => name !== 'Stigg CLI'))('no money: $name', (spelling) => {
  test.each(NO_MONEY.filter(([surface]) => surface === spelling.surface).map(([, operation, path, when]) => ({ operation, path, when })))('$operation $path', ({ operation, path, when }) => {
    const entry = { path, ...(when === undefined ? {} : { when: { sibling: when[0], value: /./ } }) };
    const { found, wanted } = check(spelling, operation, entry, casesFor(spelling, path).map((one) => ({ ...one, rule: undefined })), when?.[1]);
    expect(found).toEqual(wanted);
  });
});
