import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { attentionIn, attentionLines, attentionOf, totalOf } from '../../../src/keys/attention.js';
import { ExpectedError } from '../../../src/errors.js';
import { fold, groupOf, isFiltering, KEY_GROUPS, KEY_SORTS, KEY_STATUSES, parseView, visibleRows, WHOLE_VIEW, type KeyView } from '../../../src/keys/keyFilter.js';
import type { KeyRow } from '../../../src/keys/keyRows.js';
import type { KeyType } from '../../../src/keys/model.js';
import { row, type RowSpec } from '../editor/rows.js';

const HOUR = 3_600_000;
const view = (change: Partial<KeyView>): KeyView => ({ ...WHOLE_VIEW, ...change });
const named = (...names: string[]): KeyRow[] => names.map((name) => row({ name }));
const namesOf = (rows: readonly KeyRow[]): string[] => rows.map(({ key }) => key.displayName);

describe('groups, as in the console and with two of their own', () => {
  it.each<[KeyType, string]>([['SERVER', 'default'], ['CLIENT', 'publishable'], ['SCOPED', 'scoped'], ['SALESFORCE', 'integration'], ['WORKFLOW', 'integration']])('%s is %s', (type, group) => {
    expect(groupOf(row({ type }))).toBe(group);
  });
});

describe('filters', () => {
  const rows = [
    row({ type: 'SERVER', name: 'full' }), row({ type: 'SERVER', name: 'outgoing', expires: HOUR }), row({ type: 'CLIENT', name: 'publishable' }),
    row({ name: 'Billing Service' }), row({ name: 'reporting', expires: -HOUR }), row({ type: 'SALESFORCE', name: 'Salesforce' }),
  ];

  test.each<[string, Partial<KeyView>, string[]]>([
    ['nothing chosen', {}, ['full', 'outgoing', 'publishable', 'Billing Service', 'reporting', 'Salesforce']],
    ['Default', { groups: ['default'] }, ['full', 'outgoing']],
    ['two types', { groups: ['publishable', 'integration'] }, ['publishable', 'Salesforce']],
    ['Expires soon', { statuses: ['expiring'] }, ['outgoing']],
    ['Expired', { statuses: ['expired'] }, ['reporting']],
    ['two statuses', { statuses: ['expiring', 'expired'] }, ['outgoing', 'reporting']],
    ['type and status', { groups: ['scoped'], statuses: ['active'] }, ['Billing Service']],
    ['type and status that never meet', { groups: ['publishable'], statuses: ['expired'] }, []],
    ['a name', { name: 'ing' }, ['outgoing', 'Billing Service', 'reporting']],
    ['words in any order', { name: ' serv BILL ' }, ['Billing Service']],
    ['white space only', { name: ' \t ' }, ['full', 'outgoing', 'publishable', 'Billing Service', 'reporting', 'Salesforce']],
    ['everything at once', { groups: ['default', 'scoped'], statuses: ['expiring'], name: 'OUT' }, ['outgoing']],
  ])('%s', (_name, change, expected) => {
    expect(namesOf(visibleRows(rows, view(change)))).toEqual(expected);
  });

  test.each<[string, string, boolean]>([
    ['café', 'CAFE', true], ['cafe', 'café', true], ['caf\u0065\u0301', 'caf\u00e9', true], ['Straße', 'STRASSE', true], ['İstanbul', 'istanbul', true], ['ısı', 'ISI', true],
    ['ŁÓDŹ', 'lodz', true], ['Øre', 'ore', true], ['ΟΔΟΣ', 'οδοσ', true], ['ﬁnance', 'fin', true], ['ｂｉｌｌｉｎｇ', 'billing', true], ['결제', '결제', true], ['billing', 'bi ll', true],
    ['billing', 'blling', false], ['a.c', 'a?c', false], ['abc', 'a.c', false], ['name', '[', false],
  ])('%s is found by %s: %s', (name, typed, found) => {
    expect(visibleRows(named(name), view({ name: typed }))).toHaveLength(found ? 1 : 0);
  });

  it('finds every name by any part of it, in whatever case', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.nat(), fc.nat(), (name, from, length) => {
      const letters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
      const start = from % letters.length;
      const part = letters.slice(start, start + 1 + (length % letters.length)).join('');
      for (const typed of [part, part.toUpperCase(), part.normalize('NFD'), part.normalize('NFC')]) {
        expect(visibleRows(named(name), view({ name: typed })), JSON.stringify({ name, typed, folded: [fold(name), fold(typed)] })).toHaveLength(1);
      }
    }));
  });
});

const spec = fc.record<RowSpec>({
  type: fc.constantFrom<KeyType>('SERVER', 'CLIENT', 'SCOPED', 'SALESFORCE', 'WORKFLOW'),
  name: fc.string({ maxLength: 6 }),
  stored: fc.boolean(),
}).chain((base) => fc.option(fc.integer({ min: -10, max: 10 }).map((hours) => hours * HOUR + 1), { nil: undefined }).map((expires): KeyRow => row(expires === undefined ? base : { ...base, expires })));
const anyView = fc.record<KeyView>({
  groups: fc.subarray([...KEY_GROUPS]), statuses: fc.subarray([...KEY_STATUSES]), name: fc.string({ maxLength: 2 }), sort: fc.constantFrom(...KEY_SORTS),
});

describe('what holds of every view', () => {
  it('shows nothing twice, makes nothing up, and hides nothing unless it filters', () => {
    fc.assert(fc.property(fc.array(spec, { maxLength: 30 }), anyView, (rows, shown) => {
      const visible = visibleRows(rows, shown);
      expect(new Set(visible).size).toBe(visible.length);
      expect(visible.every((each) => rows.includes(each))).toBe(true);
      if (!isFiltering(shown)) expect(visible).toHaveLength(rows.length);
    }));
  });

  it('splits into groups and statuses without rest', () => {
    fc.assert(fc.property(fc.array(spec, { maxLength: 30 }), (rows) => {
      const sum = (views: KeyView[]): number => views.reduce((total, each) => total + visibleRows(rows, each).length, 0);
      expect(sum(KEY_GROUPS.map((group) => view({ groups: [group] })))).toBe(rows.length);
      expect(sum(KEY_STATUSES.map((status) => view({ statuses: [status] })))).toBe(rows.length);
    }));
  });

  it('orders by expiry: soonest first, never last', () => {
    fc.assert(fc.property(fc.array(spec, { maxLength: 30 }), (rows) => {
      const rank = { expiring: 0, expired: 1, active: 2 } as const;
      const order = visibleRows(rows, view({ sort: 'expiry' }));
      for (const [index, next] of order.slice(1).entries()) {
        const before = order[index];
        if (before === undefined) continue;
        expect(rank[before.status.kind]).toBeLessThanOrEqual(rank[next.status.kind]);
        if (before.status.kind === 'expiring' && next.status.kind === 'expiring') expect(before.status.at.getTime()).toBeLessThanOrEqual(next.status.at.getTime());
      }
    }));
  });

  it.each<[string, Partial<KeyView>, string[]]>([
    ['name, numbers as numbers', { sort: 'name' }, ['a', 'service-2', 'service-10']],
    ['type: as the inventory orders them', {}, ['service-10', 'a', 'service-2']],
  ])('orders by %s', (_name, change, expected) => {
    expect(namesOf(visibleRows(named('service-10', 'a', 'service-2'), view(change)))).toEqual(expected);
  });

  it('orders by creation, the youngest first, and is not upset by a date that makes no sense', () => {
    const at = (name: string, time: number): KeyRow => ({ ...row({ name }), key: { ...row({ name }).key, createdAt: new Date(time) } });
    expect(namesOf(visibleRows([at('old', 1), at('none', NaN), at('young', 3), at('middle', 2)], view({ sort: 'created' })))).toEqual(['young', 'middle', 'old', 'none']);
  });
});

describe('what was kept of a view', () => {
  it.each<[string, unknown, KeyView]>([
    ['nothing', undefined, WHOLE_VIEW], ['null', null, WHOLE_VIEW], ['a text', 'scoped', WHOLE_VIEW], ['a list', [], WHOLE_VIEW],
    ['parts of another type', { groups: 'scoped', statuses: [1, null], name: {}, sort: 'size' }, WHOLE_VIEW],
    ['a later version\'s parts', { groups: ['scoped', 'quantum'], statuses: ['expired', 'frozen'], name: 'x', sort: 'name', more: 1 }, view({ groups: ['scoped'], statuses: ['expired'], name: 'x', sort: 'name' })],
    ['a name without end', { name: 'x'.repeat(1_000) }, view({ name: 'x'.repeat(100) })],
  ])('%s', (_name, kept, expected) => {
    expect(parseView(kept)).toEqual(expected);
  });

  it('comes back as it was', () => {
    fc.assert(fc.property(anyView, (shown) => {
      expect(parseView(JSON.parse(JSON.stringify(shown)))).toEqual({ ...shown, groups: KEY_GROUPS.filter((group) => shown.groups.includes(group)), statuses: KEY_STATUSES.filter((status) => shown.statuses.includes(status)) });
    }));
  });
});

describe('what needs attention', () => {
  const missing = new ExpectedError('valueMissing', 'Gone.', 'Add it again.');
  it.each<[string, RowSpec, ExpectedError | null, string | undefined]>([
    ['a stored key that works', { stored: true }, null, undefined],
    ['a stored key that expires soon', { stored: true, expires: HOUR }, null, 'expiring'],
    ['a stored key that has expired', { stored: true, expires: -HOUR }, null, 'expired'],
    ['somebody else\'s key that expires soon', { expires: HOUR }, null, undefined],
    ['somebody else\'s expired key', { expires: -HOUR }, null, undefined],
    ['the management key', { type: 'SERVER', stored: true, isManagement: true }, null, undefined],
    ['the management key about to end', { type: 'SERVER', stored: true, isManagement: true, expires: HOUR }, null, 'managementEnds'],
    ['the management key at its end', { type: 'SERVER', stored: true, isManagement: true, expires: -HOUR }, null, 'managementEnded'],
    ['the management key without its value', { type: 'SERVER', stored: true, isManagement: true, expires: HOUR }, missing, 'valueMissing'],
    ['another key of that environment', { stored: true }, missing, undefined],
    ['the management key while Stigg cannot be reached', { type: 'SERVER', stored: true, isManagement: true }, new ExpectedError('unreachable', 'x', 'y'), undefined],
  ])('%s', (_name, what, error, expected) => {
    expect(attentionOf(row(what), { error })).toBe(expected);
  });

  it('counts each key once, and says exactly what it is', () => {
    const environment = { environment: { ...row().key, slug: 's', type: 'SANDBOX' as const, isSandbox: true, color: null, hardenClientAccessEnabled: false, account: null }, permissions: {}, loading: false, error: null };
    const counts = attentionIn([
      { ...environment, keys: [row({ stored: true, expires: HOUR }), row({ stored: true, expires: 2 * HOUR }), row({ stored: true }), row({ expires: HOUR })] },
      { ...environment, keys: [row({ stored: true, isManagement: true, expires: HOUR })] },
    ]);
    expect(totalOf(counts)).toBe(3);
    expect(attentionLines(counts)).toEqual(['1 management key expires soon', '2 keys that are stored here expire soon']);
    expect(attentionLines(attentionIn([]))).toEqual([]);
  });
});
