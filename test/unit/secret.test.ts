import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/secret.js';
import { legacyKey, serverKey } from './scan/support.js';

describe.each([['a key', serverKey()], ['a legacy key', legacyKey()], ['any text', 'correct horse battery staple']])('%s', (_what, value) => {
  const secret = new Secret(value);

  it('prints its mask, whoever prints it', () => {
    const error = new Error('failed', { cause: secret });
    const printed = [
      String(secret), [secret].join(), `a ${secret as unknown as string}`, secret.toString(), JSON.stringify({ secret }), JSON.stringify([secret]), inspect(secret), inspect({ secret }, { depth: 9, showHidden: true, getters: true }),
      format('%s %o %O %j', secret, secret, secret, secret), inspect(error), inspect(new Map([[secret, secret]])), Object.entries(secret).join(), Reflect.ownKeys(secret).map(String).join(),
      JSON.stringify(structuredClone(Object.assign({}, secret))),
    ];
    for (const text of printed) {
      expect(text).not.toContain(value);
      expect(text).not.toContain(value.slice(8, 28));
    }
    expect(String(secret)).toBe(secret.mask);
  });

  it('is had by reveal alone', () => {
    expect(secret.reveal()).toBe(value);
    expect(secret.equals(new Secret(value))).toBe(true);
    expect(secret.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(value).not.toContain(secret.fingerprint);
  });
});
