import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderState } from '../../../src/keys/folderState.js';
import { SecretStorageVault, type SecretStore } from '../../../src/keys/secretStorageVault.js';
import { Secret } from '../../../src/secret.js';
import { MemoryState, failure, newToken, storedKey } from './vaultFakes.js';

class FakeStore implements SecretStore {
  readonly values = new Map<string, string>();
  keeps = true;
  broken = false;

  get(key: string): Promise<string | undefined> {
    return this.broken ? Promise.reject(new Error('no encryption')) : Promise.resolve(this.values.get(key));
  }

  store(key: string, value: string): Promise<void> {
    if (this.keeps) this.values.set(key, value);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    if (this.keeps) this.values.delete(key);
    return Promise.resolve();
  }
}

const ref = { environmentId: 'env-1', keyId: 'key-1' };
let folder = '';
const opened: { dispose(): void }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'secret-storage-'));
});
afterEach(async () => {
  for (const resource of opened.splice(0)) resource.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** As one window has it: the store is shared, the rest is its own. */
function open(store: FakeStore): SecretStorageVault {
  const state = new FolderState(folder);
  const vault = new SecretStorageVault({ secrets: store, state });
  opened.push(vault, state);
  return vault;
}

describe('SecretStorageVault', () => {
  it('keeps the value in the store and the description beside it', async () => {
    const store = new FakeStore();
    const vault = open(store);
    const secret = newToken();
    const key = storedKey(secret, { displayName: '鍵 🔑' });
    await vault.save(key, secret);
    expect([...store.values]).toEqual([['stigg-key-hygiene/env-1/key-1', secret.reveal()]]);
    expect(await vault.list()).toEqual([key]);
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
    for (const name of await readdir(folder)) expect(await readFile(path.join(folder, name), 'utf8')).not.toContain(secret.reveal().slice(12, 40));
    await vault.delete(ref);
    expect(store.values.size).toBe(0);
    expect(await vault.list()).toEqual([]);
    await vault.delete(ref);
  });

  it('loses no entry of two windows that save at the same time', async () => {
    const store = new FakeStore();
    const windows = [open(store), open(store)];
    await Promise.all(windows.flatMap((vault, window) => Array.from({ length: 40 }, async (_, index) => {
      const secret = newToken();
      await vault.save(storedKey(secret, { keyId: `key-${window}-${index}` }), secret);
    })));
    for (const vault of windows) expect(await vault.list()).toHaveLength(80);
  });

  it('tells another window within two seconds', async () => {
    const store = new FakeStore();
    const [mine, theirs] = [open(store), open(store)];
    await theirs.list();
    const told = new Promise<number>((resolve) => {
      theirs.onDidChange(() => { resolve(Date.now()); });
    });
    const secret = newToken();
    await mine.save(storedKey(secret), secret);
    const done = Date.now();
    expect((await told) - done).toBeLessThan(2000);
    expect(await theirs.list()).toHaveLength(1);
  });

  it('answers undefined when VS Code has dropped the value', async () => {
    const store = new FakeStore();
    const vault = open(store);
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    store.values.clear();
    expect(await vault.read(ref)).toBeUndefined();
    expect(await vault.list()).toHaveLength(1);
  });

  it('claims nothing that was not read back', async () => {
    const store = new FakeStore();
    store.keeps = false;
    const vault = open(store);
    const secret = newToken();
    const error = await failure(vault.save(storedKey(secret), secret));
    expect(error.code).toBe('vaultWriteFailed');
    expect(error.message).toContain('nothing was saved');
    expect(await vault.list()).toEqual([]);
    store.keeps = true;
    await vault.save(storedKey(secret), secret);
    store.keeps = false;
    expect((await failure(vault.save(storedKey(secret), newToken()))).message).toContain('nothing was saved');
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
    expect((await failure(vault.delete(ref))).code).toBe('vaultWriteFailed');
    expect(await vault.list()).toHaveLength(1);
  });

  it('puts the earlier value back when the description cannot be written', async () => {
    const store = new FakeStore();
    const state = new MemoryState();
    const vault = new SecretStorageVault({ secrets: store, state });
    opened.push(vault, state);
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    state.failing = true;
    expect((await failure(vault.save(storedKey(secret, { displayName: 'new' }), newToken()))).message).toContain('nothing was saved');
    expect((await failure(vault.updateIndex(storedKey(secret, { displayName: 'new' })))).code).toBe('vaultWriteFailed');
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
    expect(await vault.list()).toEqual([storedKey(secret)]);
  });

  it('says in words that it cannot be used', async () => {
    const store = new FakeStore();
    store.broken = true;
    const vault = open(store);
    const secret = newToken();
    for (const work of [vault.read(ref), vault.save(storedKey(secret), secret)]) expect((await failure(work)).code).toBe('vaultUnavailable');
  });

  it('refuses what the keychain would refuse too', async () => {
    const vault = open(new FakeStore());
    const secret = newToken();
    expect((await failure(vault.save(storedKey(secret), new Secret('x'.repeat(2401))))).code).toBe('vaultEntryTooLarge');
    expect((await failure(vault.save(storedKey(secret, { keyId: '../x' }), secret))).code).toBe('vaultInvalidId');
    expect((await failure(vault.updateIndex(storedKey(secret)))).code).toBe('vaultWriteFailed');
  });

  it('updates the description, and leaves alone what another program put there', async () => {
    const vault = open(new FakeStore());
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    await vault.updateIndex(storedKey(secret, { displayName: 'renamed' }));
    const [name = ''] = (await readdir(folder)).filter((entry) => entry.startsWith('secret-storage-'));
    await writeFile(path.join(folder, 'secret-storage-copy.json'), await readFile(path.join(folder, name)));
    await writeFile(path.join(folder, 'secret-storage-junk.json'), '{"environmentId":');
    expect((await vault.list()).map((key) => key.displayName)).toEqual(['renamed']);
  });
});
