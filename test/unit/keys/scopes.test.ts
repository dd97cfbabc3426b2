import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../../src/keys/model.js';
import { allows, denormalise, isWritable, normalise, notAvailable, PRESET_IDS, presetChoices, presetOf, presetScopes, sameScopes, SCOPE_RESOURCES, ticked } from '../../../src/keys/scopes.js';

const scope: fc.Arbitrary<Scope> = fc.record({ resource: fc.constantFrom(...SCOPE_RESOURCES), action: fc.constantFrom('READ', 'WRITE') });
const scopes = fc.array(scope, { maxLength: 20 });
const texts = (list: readonly Scope[]): string[] => list.map(({ resource, action }) => `${resource}:${action}`);

describe('a list of scopes', () => {
  it('is normalised once and for all', () => {
    fc.assert(fc.property(scopes, (list) => { expect(normalise(normalise(list))).toEqual(normalise(list)); }));
  });

  it('does not depend on order or repetition', () => {
    fc.assert(fc.property(scopes, fc.infiniteStream(fc.nat()), (list, order) => {
      const shuffled = [...list, ...list].map((item) => ({ item, at: order.next().value as number })).sort((a, b) => a.at - b.at).map(({ item }) => item);
      expect(normalise(shuffled)).toEqual(normalise(list));
    }));
  });

  it('never grants more than was asked: writing only what was to be written, reading only what was to be read or written', () => {
    fc.assert(fc.property(scopes, (list) => {
      for (const { resource, action } of normalise(list)) {
        expect(list.some((asked) => asked.resource === resource && (asked.action === 'WRITE' || action === 'READ'))).toBe(true);
      }
    }));
  });

  it('never loses what was asked, but for writing what nobody may write', () => {
    fc.assert(fc.property(scopes, (list) => {
      for (const asked of list) expect(allows(list, isWritable(asked.resource) ? asked : { ...asked, action: 'READ' })).toBe(true);
    }));
  });

  it('reads what it writes', () => {
    fc.assert(fc.property(scopes, (list) => {
      for (const { resource } of normalise(list)) expect(allows(list, { resource, action: 'READ' })).toBe(true);
    }));
  });

  it('never writes the event queue', () => {
    fc.assert(fc.property(scopes, (list) => { expect(texts(normalise(list))).not.toContain('EVENT_QUEUE:WRITE'); }));
  });

  it('says the same in its short form, once per resource', () => {
    fc.assert(fc.property(scopes, (list) => {
      const short = denormalise(list);
      expect(sameScopes(short, list)).toBe(true);
      expect(new Set(short.map(({ resource }) => resource)).size).toBe(short.length);
    }));
  });

  it('is available as far as it is', () => {
    fc.assert(fc.property(scopes, scopes, (list, available) => {
      const missing = notAvailable(list, available);
      for (const each of normalise(list)) expect(missing.some((other) => texts([other])[0] === texts([each])[0])).toBe(!allows(available, each));
      expect(notAvailable(list, list)).toEqual([]);
    }));
  });
});

describe('the ticks of the matrix', () => {
  const fields = normalise(presetScopes('fullAccess'));
  const subset = fc.subarray([...fields]);

  it('read what they write, come to rest at once, and are the fields themselves', () => {
    fc.assert(fc.property(subset, subset, (now, before) => {
      const first = ticked(fields, now, ticked(fields, before, []));
      expect(sameScopes(first, normalise(first))).toBe(true);
      expect(first).toHaveLength(normalise(first).length);
      expect(ticked(fields, first, first)).toEqual(first);
      for (const scope of first) expect(fields).toContain(scope);
    }));
  });

  it.each<[string, string[], string[], string[]]>([
    ['writing brings reading along', [], ['COUPON:WRITE'], ['COUPON:READ', 'COUPON:WRITE']],
    ['taking reading away takes writing along', ['COUPON:READ', 'COUPON:WRITE'], ['COUPON:WRITE'], []],
    ['taking writing away leaves reading', ['COUPON:READ', 'COUPON:WRITE'], ['COUPON:READ'], ['COUPON:READ']],
    ['other resources stay', ['CUSTOMER:READ'], ['CUSTOMER:READ', 'COUPON:READ'], ['COUPON:READ', 'CUSTOMER:READ']],
  ])('%s', (_what, before, now, after) => {
    const pick = (wanted: readonly string[]): Scope[] => fields.filter((field) => wanted.includes(texts([field])[0] ?? ''));
    expect(texts(ticked(fields, pick(now), pick(before)))).toEqual(after);
  });
});

describe('the presets', () => {
  it.each([
    ['fullAccess', ['API_KEY:READ', 'API_KEY:WRITE', 'COUPON:READ', 'COUPON:WRITE', 'CUSTOMER:READ', 'CUSTOMER:WRITE', 'ENVIRONMENT:READ', 'ENVIRONMENT:WRITE', 'EVENT_QUEUE:READ', 'SUBSCRIPTION:READ', 'SUBSCRIPTION:WRITE']],
    ['readOnly', ['API_KEY:READ', 'COUPON:READ', 'CUSTOMER:READ', 'ENVIRONMENT:READ', 'EVENT_QUEUE:READ', 'SUBSCRIPTION:READ']],
    ['customersWrite', ['CUSTOMER:READ', 'CUSTOMER:WRITE']],
    ['subscriptionsWrite', ['SUBSCRIPTION:READ', 'SUBSCRIPTION:WRITE']],
    ['couponsWrite', ['COUPON:READ', 'COUPON:WRITE']],
    ['apiKeysReadWrite', ['API_KEY:READ', 'API_KEY:WRITE']],
    ['eventQueueRead', ['EVENT_QUEUE:READ']],
  ] as const)('%s', (preset, expected) => {
    expect(texts(presetScopes(preset))).toEqual(expected);
    expect(presetOf(presetScopes(preset))).toBe(preset);
    expect(presetOf(denormalise(presetScopes(preset)))).toBe(preset);
  });

  it.each<[string, readonly Scope[]]>([
    ['nothing', []],
    ['two presets together', [...presetScopes('customersWrite'), ...presetScopes('couponsWrite')]],
    ['half of one', [{ resource: 'CUSTOMER', action: 'READ' }]],
  ])('%s is custom', (_what, list) => { expect(presetOf(list)).toBeUndefined(); });

  it('are offered as far as they are available, with what is missing', () => {
    const choices = presetChoices([{ resource: 'CUSTOMER', action: 'WRITE' }, { resource: 'SUBSCRIPTION', action: 'READ' }]);
    expect(choices.map(({ preset }) => preset)).toEqual(PRESET_IDS);
    expect(choices.filter(({ missing }) => missing.length === 0).map(({ preset }) => preset)).toEqual(['customersWrite']);
    expect(texts(choices.find(({ preset }) => preset === 'subscriptionsWrite')?.missing ?? [])).toEqual(['SUBSCRIPTION:WRITE']);
  });
});
