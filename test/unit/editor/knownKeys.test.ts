import { describe, expect, it, vi } from 'vitest';
import { VaultKnownKeys } from '../../../src/editor/knownKeys.js';
import type { StoredKey } from '../../../src/keys/vault.js';
import { MemoryVault } from '../keys/support/memory.js';
import { production, row } from './rows.js';

const entry = row({ stored: true }).stored;

it('does not miss what changes while the index is read', async () => {
  const vault = new MemoryVault();
  let answer: (() => void) | undefined;
  vi.spyOn(vault, 'list').mockImplementationOnce(() => new Promise((resolve) => { answer = () => { resolve([]); }; }));
  const known = new VaultKnownKeys(vault);
  const changed = new Promise((resolve) => { known.onDidChange(resolve); });
  expect(known.knownKey('0'.repeat(32))).toBeUndefined();
  if (entry !== null) await vault.updateIndex(entry);
  answer?.();
  await changed;
  expect(known.knownKey('0'.repeat(32))).toMatchObject({ displayName: 'billing' });
  known.dispose();
});

it('reads the keychain once, however many ask', () => {
  const vault = new MemoryVault();
  const list = vi.spyOn(vault, 'list');
  const known = new VaultKnownKeys(vault);
  for (let index = 0; index < 20; index++) known.knownKey(String(index));
  expect(list).toHaveBeenCalledTimes(1);
  known.dispose();
});

describe('what is known of a value', () => {
  const NOW = Date.now();
  const DAY = 24 * 3_600_000;
  const print = (digit: string): string => digit.repeat(32);
  const stored = (more: Partial<StoredKey>): StoredKey => ({
    environmentId: 'e1', keyId: 'k1', type: 'SCOPED', displayName: 'billing', createdAt: new Date(NOW - DAY).toISOString(), expireAt: null, mask: 'server-1234…abcd', fingerprint: print('0'), retired: [], manages: null, ...more,
  });
  const management = stored({ keyId: 'm', type: 'SERVER', displayName: 'Full access key', fingerprint: print('9'), manages: production });

  async function knownOf(...keys: StoredKey[]): Promise<{ vault: MemoryVault; known: VaultKnownKeys }> {
    const vault = new MemoryVault();
    for (const key of keys) await vault.updateIndex(key);
    const known = new VaultKnownKeys(vault);
    const changed = new Promise((resolve) => { known.onDidChange(resolve); });
    known.knownKey('x');
    await changed;
    return { vault, known };
  }

  it('names and kinds of environments', async () => {
    const { known } = await knownOf(management, stored({}));
    expect(known.environmentNames()).toEqual(['Production']);
    expect(known.knownKey(print('0'))).toEqual({ environmentName: 'Production', environmentType: 'PRODUCTION', displayName: 'billing', keyType: 'SCOPED', expireAt: null });
    known.dispose();
  });

  it.each<[string, Partial<StoredKey>, boolean]>([
    ['a scoped key', {}, true],
    ['a key on its way out', { expireAt: new Date(NOW + DAY).toISOString() }, false],
    ['the key of an integration', { type: 'SALESFORCE' }, false],
    ['a key whose id is not known', { keyId: 'unlisted-0123456789abcdef' }, false],
  ])('can be rotated: %s', async (_, more, expected) => {
    const { known } = await knownOf(stored(more));
    expect(known.rotatable(print('0')) !== undefined).toBe(expected);
    known.dispose();
  });

  it('a retired value in its grace period has an end of its own', async () => {
    const ends = new Date(NOW + DAY);
    const { known } = await knownOf(stored({ retired: [print('1')] }), stored({ keyId: 'old', fingerprint: print('1'), expireAt: ends.toISOString() }));
    expect(known.knownKey(print('1'))?.expireAt).toEqual(ends);
    expect(known.knownKey(print('1'))?.isRetired).toBeUndefined();
    expect(known.rotatable(print('1'))).toBeUndefined();
    known.dispose();
  });

  it.each<[string, string | null, boolean]>([
    ['young', new Date(NOW - DAY).toISOString(), false],
    ['older than the longest grace period', new Date(NOW - 8 * DAY).toISOString(), true],
    ['of unknown age', null, false],
    ['of an age that makes no sense', 'yesterday', false],
  ])('a retired value whose successor is %s has ended: %s', async (_, createdAt, hasEnded) => {
    const { known } = await knownOf(stored({ createdAt, retired: [print('1')] }));
    const found = known.knownKey(print('1'));
    expect(found?.isRetired).toBe(true);
    expect(found?.expireAt !== null && (found?.expireAt ?? new Date(NOW + DAY)).getTime() <= Date.now()).toBe(hasEnded);
    known.dispose();
  });

  it('a value whose entry was seen to go has ended', async () => {
    const { vault, known } = await knownOf(stored({ retired: [print('1')] }), stored({ keyId: 'old', fingerprint: print('1'), expireAt: new Date(NOW + DAY).toISOString() }));
    const changed = new Promise((resolve) => { known.onDidChange(resolve); });
    await vault.delete({ environmentId: 'e1', keyId: 'old' });
    await changed;
    expect(known.knownKey(print('1'))?.expireAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(known.knownKey(print('1'))?.isRetired).toBe(true);
    known.dispose();
  });

  it('says so when a key has expired', async () => {
    const { known } = await knownOf(stored({ expireAt: new Date(Date.now() + 200).toISOString() }));
    await new Promise((resolve) => { known.onDidChange(resolve); });
    expect(known.knownKey(print('0'))?.expireAt?.getTime()).toBeLessThanOrEqual(Date.now());
    known.dispose();
  });
});
