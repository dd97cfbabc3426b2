import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/keys/model.js';
import { accountOf, byteLength, decodeStoredKey, encodeStoredKey, isStorableId } from '../../../src/keys/storedKeyCodec.js';
import { INDEX_ENTRY_MAX_BYTES, type StoredKey } from '../../../src/keys/vault.js';

const environment: Environment = {
  id: 'env-1', slug: 'production', displayName: 'Production', type: 'PRODUCTION', isSandbox: false, color: '#ff0000',
  hardenClientAccessEnabled: true, account: { id: 'acc-1', displayName: 'Acme' },
};
const key: StoredKey = {
  environmentId: 'env-1', keyId: 'key-1', type: 'SERVER', displayName: 'Full access key', createdAt: '2026-01-01T00:00:00.000Z', expireAt: null,
  mask: 'server-6a4b…fe26', fingerprint: 'a'.repeat(32), retired: ['b'.repeat(32), 'c'.repeat(32)], manages: environment,
};

// Any UTF-16 text: unpaired surrogates, NUL, control characters, emoji.
const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength }),
    fc.string({ unit: 'grapheme', maxLength }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => String.fromCharCode(...units)),
  );
const anyId = fc.stringMatching(/^[A-Za-z0-9._:-]{1,128}$/);
const fingerprint = fc.stringMatching(/^[0-9a-f]{32}$/);
const anyEnvironment = (id: string, text: fc.Arbitrary<string>): fc.Arbitrary<Environment> => fc.record({
  id: fc.constant(id), slug: text, displayName: text, type: fc.constantFrom('PRODUCTION', 'SANDBOX', 'DEVELOPMENT'),
  isSandbox: fc.boolean(), color: fc.option(fc.oneof(fc.constant('#00ff00'), text)), hardenClientAccessEnabled: fc.boolean(),
  account: fc.option(fc.record({ id: fc.oneof(anyId, text), displayName: text })),
});
const anyKey = (text: fc.Arbitrary<string>): fc.Arbitrary<StoredKey> => anyId.chain((environmentId) => fc.record({
  environmentId: fc.constant(environmentId), keyId: anyId, type: fc.constantFrom('SERVER', 'CLIENT', 'SCOPED', 'SALESFORCE', 'WORKFLOW'),
  displayName: text, createdAt: fc.option(fc.oneof(fc.constant('2026-01-01T00:00:00.000Z'), text)), expireAt: fc.option(text),
  mask: text, fingerprint, retired: fc.array(fingerprint, { maxLength: 100 }), manages: fc.option(anyEnvironment(environmentId, text)),
}));

describe('encodeStoredKey', () => {
  it('keeps an ordinary entry exactly', () => {
    expect(decodeStoredKey('env-1/key-1', encodeStoredKey(key))).toEqual(key);
  });

  it('holds any names and any ids in the limit, and what comes back is the same key', () => {
    fc.assert(fc.property(anyKey(anyText(600)), (any) => {
      const text = encodeStoredKey(any);
      expect(byteLength(text)).toBeLessThanOrEqual(INDEX_ENTRY_MAX_BYTES);
      const back = decodeStoredKey(accountOf(any), text);
      expect(back).toBeDefined();
      expect(back).toMatchObject({ environmentId: any.environmentId, keyId: any.keyId, type: any.type, fingerprint: any.fingerprint });
      expect(back?.manages?.id).toBe(any.manages?.id);
      // What is kept of the retired ones is the newest.
      expect(any.retired.slice(0, back?.retired.length)).toEqual(back?.retired);
      // Once it has been made to fit, it stays as it is.
      if (back !== undefined) expect(decodeStoredKey(accountOf(back), encodeStoredKey(back))).toEqual(back);
    }), { numRuns: 500 });
  });

  it('gives back exactly what it was given when that is of ordinary length', () => {
    const small = anyText(20);
    fc.assert(fc.property(anyKey(small), (any) => {
      const ordinary: StoredKey = {
        ...any, retired: any.retired.slice(0, 8), createdAt: null, expireAt: '2026-02-01T00:00:00Z',
        manages: any.manages === null ? null : { ...any.manages, color: '#123abc', account: { id: 'acc', displayName: any.displayName } },
      };
      expect(decodeStoredKey(accountOf(ordinary), encodeStoredKey(ordinary))).toEqual(ordinary);
    }), { numRuns: 500 });
  });

  it('never splits a surrogate pair when it shortens', () => {
    for (const lead of ['', 'a', 'ab']) {
      const back = decodeStoredKey('env-1/key-1', encodeStoredKey({ ...key, displayName: lead + '🔑'.repeat(700) }));
      expect(back?.displayName).not.toMatch(/\p{Surrogate}/u);
      expect(back?.displayName.endsWith('🔑…')).toBe(true);
    }
  });

  it('shortens names before it forgets a retired fingerprint, and forgets the oldest first', () => {
    const retired = Array.from({ length: 12 }, (_, index) => index.toString(16).padStart(32, '0'));
    const long = decodeStoredKey('env-1/key-1', encodeStoredKey({ ...key, displayName: '名'.repeat(5000), retired }));
    expect(long?.retired).toEqual(retired);
    const many = Array.from({ length: 90 }, (_, index) => index.toString(16).padStart(32, '0'));
    const crowded = decodeStoredKey('env-1/key-1', encodeStoredKey({ ...key, retired: many }));
    expect(crowded?.displayName).toBe(key.displayName);
    expect(crowded?.retired.length).toBeGreaterThan(30);
    expect(crowded?.retired).toEqual(many.slice(0, crowded?.retired.length));
  });

  it.each(['', 'a/b', 'a b', 'a\0', 'a\n', 'ä', 'a*', 'a?', 'a\\b', 'x'.repeat(129), '\ud800'])('refuses the id %j', (id) => {
    expect(isStorableId(id)).toBe(false);
    expect(() => encodeStoredKey({ ...key, keyId: id })).toThrow(expect.objectContaining({ name: 'ExpectedError', code: 'vaultInvalidId' }) as Error);
    expect(() => encodeStoredKey({ ...key, environmentId: id })).toThrow(expect.objectContaining({ code: 'vaultInvalidId' }) as Error);
    expect(() => encodeStoredKey({ ...key, manages: { ...environment, id } })).toThrow(expect.objectContaining({ code: 'vaultInvalidId' }) as Error);
  });

  it('takes the ids that Stigg and this extension make', () => {
    for (const id of ['0f8fad5b-d9cb-469f-a165-70867728950e', 'unlisted-0123456789abcdef', 'environment-api-key:1', 'A_b.c~']) expect(isStorableId(id)).toBe(true);
  });
});

describe('decodeStoredKey', () => {
  it('never throws and never invents a key', () => {
    fc.assert(fc.property(fc.string(), fc.oneof(fc.string(), fc.json(), fc.jsonValue().map((value) => JSON.stringify(value))), (account, text) => {
      expect(decodeStoredKey(account, text)).toBeUndefined();
    }), { numRuns: 1000 });
  });

  it('refuses an entry in which any one field is something else', () => {
    const good = JSON.parse(encodeStoredKey(key)) as Record<string, unknown>;
    const wrong = [undefined, 1, true, [], {}, ['x'], 'not this', Number.MAX_SAFE_INTEGER];
    const texts = new Set(['displayName', 'createdAt', 'expireAt', 'mask']);
    for (const field of Object.keys(good)) {
      for (const value of wrong) {
        if (texts.has(field) && typeof value === 'string') continue;
        if (field === 'retired' && Array.isArray(value) && value.length === 0) continue;
        if (field === 'v' && value === 1) continue;
        expect(decodeStoredKey('env-1/key-1', JSON.stringify({ ...good, [field]: value })), `${field} = ${JSON.stringify(value)}`).toBeUndefined();
      }
    }
    const manages = good.manages as Record<string, unknown>;
    for (const field of Object.keys(manages)) {
      expect(decodeStoredKey('env-1/key-1', JSON.stringify({ ...good, manages: { ...manages, [field]: 7 } })), `manages.${field}`).toBeUndefined();
    }
  });

  it.each([
    ['another account', 'env-1/key-2', (text: string) => text],
    ['a later version', 'env-1/key-1', (text: string) => text.replace('"v":1', '"v":2')],
    ['half of the text', 'env-1/key-1', (text: string) => text.slice(0, text.length / 2)],
    ['a text past the limit', 'env-1/key-1', (text: string) => text + ' '.repeat(INDEX_ENTRY_MAX_BYTES)],
    ['a value where a fingerprint should be', 'env-1/key-1', (text: string) => text.replace('a'.repeat(32), 'A'.repeat(32))],
  ])('leaves out %s', (_name, account, change) => {
    const text = encodeStoredKey(key);
    expect(change(text) === text && account === 'env-1/key-1').toBe(false);
    expect(decodeStoredKey(account, change(text))).toBeUndefined();
  });

  it('copies only the fields it knows', () => {
    const text = JSON.stringify({ ...(JSON.parse(encodeStoredKey(key)) as object), token: 'x', constructor: 'y' }).replace('{', '{"__proto__":{"polluted":true},');
    const back = decodeStoredKey('env-1/key-1', text);
    expect(back).toEqual(key);
    expect(Object.keys(back ?? {}).sort()).toEqual(Object.keys(key).sort());
  });
});
