// Against the keychain of this machine, or the private one that `npm test` starts. Without any keychain it fails.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderState } from '../../src/keys/folderState.js';
import type { KeychainVault } from '../../src/keys/keychainVault.js';
import type { Keytar, NativeKeychain } from '../../src/keys/keytar.js';
import { loadKeytar } from '../../src/keys/keytarLoader.js';
import { encodeStoredKey } from '../../src/keys/storedKeyCodec.js';
import { INDEX_ENTRY_MAX_BYTES } from '../../src/keys/vault.js';
import { Secret } from '../../src/secret.js';
import { newToken, storedKey } from '../unit/keys/vaultFakes.js';
import { bindings, clean, newService, openVault } from './support.js';

const ref = { environmentId: 'env-1', keyId: 'key-1' };
let service = '';
let native: NativeKeychain;
let vault: KeychainVault;

beforeEach(async () => {
  service = newService();
  native = await loadKeytar(bindings);
  vault = openVault(service);
});
afterEach(async () => {
  vault.dispose();
  await clean(native, service);
  native.dispose();
});

describe('a real keychain', () => {
  it('is empty for a service that nobody has used, and stays without a trace of the look', async () => {
    expect(await vault.list()).toEqual([]);
    expect(await vault.read(ref)).toBeUndefined();
    await vault.delete(ref);
    expect(await native.keytar.findCredentials(service)).toEqual([]);
  });

  it('keeps a key, found by another process under the documented names', async () => {
    const secret = newToken();
    const key = storedKey(secret, { retired: [newToken().fingerprint] });
    await vault.save(key, secret);
    expect(await native.keytar.getPassword(service, 'env-1/key-1')).toBe(secret.reveal());
    expect(await native.keytar.getPassword(`${service}.index`, 'env-1/key-1')).toBe(encodeStoredKey(key));
    const other = openVault(service);
    expect((await other.read(ref))?.reveal()).toBe(secret.reveal());
    expect(await other.list()).toEqual([key]);
    other.dispose();
  });

  it('overwrites a key and leaves one entry', async () => {
    const [first, second] = [newToken(), newToken()];
    await vault.save(storedKey(first), first);
    await vault.save(storedKey(second, { retired: [first.fingerprint] }), second);
    expect((await vault.read(ref))?.reveal()).toBe(second.reveal());
    expect(await vault.list()).toEqual([storedKey(second, { retired: [first.fingerprint] })]);
  });

  it('changes the description and keeps the value', async () => {
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    await vault.updateIndex(storedKey(secret, { displayName: 'Renamed', expireAt: '2030-01-01T00:00:00.000Z' }));
    expect(await vault.list()).toEqual([storedKey(secret, { displayName: 'Renamed', expireAt: '2030-01-01T00:00:00.000Z' })]);
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
  });

  it('deletes value and index, and only those of that key', async () => {
    const [mine, other] = [newToken(), newToken()];
    await vault.save(storedKey(mine), mine);
    await vault.save(storedKey(other, { keyId: 'key-2' }), other);
    await vault.delete(ref);
    expect(await vault.read(ref)).toBeUndefined();
    expect((await vault.list()).map((key) => key.keyId)).toEqual(['key-2']);
    expect(await native.keytar.getPassword(service, 'env-1/key-1')).toBeNull();
    await vault.delete(ref);
  });

  it.each([
    ['several scripts', 'Ключ 鍵 مفتاح मुख्य'],
    ['emoji and joiners', '👩‍💻🔑🏴‍☠️'],
    ['an unpaired surrogate', 'a\ud800b'],
    ['quotes, slashes, line ends and NUL', '"\\/\n\r\t\0\u2028'],
  ])('keeps a name with %s', async (_what, displayName) => {
    const secret = newToken();
    await vault.save(storedKey(secret, { displayName }), secret);
    expect((await vault.list())[0]?.displayName).toBe(displayName);
  });

  it('holds entries of the largest size that is allowed', async () => {
    const secret = new Secret('x'.repeat(INDEX_ENTRY_MAX_BYTES));
    const key = storedKey(secret, { displayName: '鍵'.repeat(3000), retired: Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(32, '0')) });
    await vault.save(key, secret);
    expect((await vault.read(ref))?.equals(secret)).toBe(true);
    expect((await vault.list())[0]?.retired.length).toBeGreaterThan(10);
  });

  it('lists 200 keys, from the index and without reading one value', async () => {
    const asked: { call: string; service: string }[] = [];
    const watched = openVault(service, {
      load: async () => {
        const loaded = await loadKeytar(bindings);
        const keytar = Object.fromEntries(Object.entries(loaded.keytar).map(([call, run]) => [call, (...args: string[]) => {
          asked.push({ call, service: args[0] ?? '' });
          return (run as (...values: string[]) => unknown)(...args);
        }])) as unknown as Keytar;
        return { hidesLocked: loaded.hidesLocked, keytar, interrupt: () => { loaded.interrupt(); }, dispose: () => { loaded.dispose(); } };
      },
    });
    const keys = [];
    for (let index = 0; index < 200; index += 1) {
      const secret = newToken();
      const key = storedKey(secret, { keyId: `key-${index}`, environmentId: `env-${index % 7}`, displayName: `Key ${index} ключ` });
      await vault.save(key, secret);
      keys.push(key);
    }
    const byId = (a: { keyId: string }, b: { keyId: string }): number => a.keyId.localeCompare(b.keyId);
    const listed = [...(await watched.list())].sort(byId);
    expect(listed).toEqual(keys.sort(byId));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((call) => call.service === `${service}.index`)).toBe(true);
    expect(asked.map(({ call }) => call)).not.toContain('getPassword');
    watched.dispose();
  }, 120_000);

  it('says that a value is missing when it was deleted behind our back', async () => {
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    expect(await native.keytar.deletePassword(service, 'env-1/key-1')).toBe(true);
    expect(await vault.read(ref)).toBeUndefined();
    expect(await vault.list()).toHaveLength(1);
    await vault.save(storedKey(secret), secret);
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
  });

  it('leaves foreign entries alone and out', async () => {
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    await native.keytar.setPassword(`${service}.index`, 'somebody', 'else');
    await native.keytar.setPassword(`${service}.index`, 'env-1/key-9', '{"v":2}');
    expect(await vault.list()).toHaveLength(1);
    expect(await native.keytar.getPassword(`${service}.index`, 'somebody')).toBe('else');
  });

  it('tells another window within two seconds, which then sees the key', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'vault-state-'));
    const states = [new FolderState(folder), new FolderState(folder)];
    const [mine, theirs] = states.map((state) => openVault(service, { state }));
    if (mine === undefined || theirs === undefined) throw new Error('unreachable');
    await states[1]?.list('');
    const told = new Promise<number>((resolve) => {
      theirs.onDidChange(() => { resolve(Date.now()); });
    });
    const secret = newToken();
    await mine.save(storedKey(secret), secret);
    const saved = Date.now();
    expect((await told) - saved).toBeLessThan(2000);
    expect(await theirs.list()).toEqual([storedKey(secret)]);
    for (const resource of [mine, theirs, ...states]) resource.dispose();
    await rm(folder, { recursive: true, force: true });
  });
});
