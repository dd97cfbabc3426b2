// The ways in which a Linux keychain is not there. Each test starts a private one of its own in the state it wants.
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { KeychainVault } from '../../src/keys/keychainVault.js';
import { loadKeytar } from '../../src/keys/keytarLoader.js';
import { ProcessCrashed } from '../../src/keys/keytarProcess.js';
import { startKeychain, type Keychain, type KeychainMode } from '../tools/keychain.mjs';
import { failure, newToken, storedKey } from '../unit/keys/vaultFakes.js';
import { bindings, newService, openVault } from './support.js';

const ref = { environmentId: 'env-1', keyId: 'key-1' };
const mine = { ...process.env };
const toEnd: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
  use(mine);
});

/** The keychain process is started with our environment as it then is. */
function use(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, env);
}

async function start(mode: KeychainMode): Promise<{ keychain: Keychain; service: string; vault: KeychainVault }> {
  const keychain = await startKeychain({ mode });
  toEnd.push(() => keychain.dispose());
  use(keychain.env);
  const service = newService();
  const vault = openVault(service);
  toEnd.push(() => { vault.dispose(); });
  return { keychain, service, vault };
}

/** Every operation of the vault, so that none of them answers "nothing there" where it could not look. */
function everything(vault: KeychainVault): (() => Promise<unknown>)[] {
  const secret = newToken();
  return [
    () => vault.list(),
    () => vault.read(ref),
    () => vault.save(storedKey(secret), secret),
    () => vault.updateIndex(storedKey(secret, { displayName: 'new' })),
    () => vault.delete(ref),
  ];
}

describe.runIf(process.platform === 'linux')('a locked collection', () => {
  it('is called locked by every operation, with the next step, and keeps what it holds', async () => {
    const { keychain, vault } = await start('unlocked');
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    keychain.lock();
    for (const operation of everything(vault)) {
      const error = await failure(operation());
      expect(error.code).toBe('vaultLocked');
      expect(error.message).toContain('locked');
      expect(error.nextStep).toMatch(/Unlock.*stiggKeys\.vault\.store/);
    }
    await keychain.unlock();
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
    expect(await vault.list()).toEqual([storedKey(secret)]);
  });

  it('would end the process that lists it, and only that process', async () => {
    const { keychain, service, vault } = await start('unlocked');
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    keychain.lock();
    const native = await loadKeytar(bindings);
    toEnd.push(() => { native.dispose(); });
    await expect(native.keytar.findCredentials(`${service}.index`)).rejects.toBeInstanceOf(ProcessCrashed);
    expect(await native.keytar.getPassword(service, 'env-1/key-1')).toBeNull();
  });

  it('that holds nothing of ours is called locked too', async () => {
    const { vault } = await start('locked');
    for (const operation of everything(vault)) expect((await failure(operation())).code).toBe('vaultLocked');
  });

  it('writes no value to disk in plain text', async () => {
    const { keychain, vault } = await start('unlocked');
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    keychain.lock();
    const files = await readdir(path.join(keychain.dir, 'data', 'keyrings'));
    expect(files).not.toEqual([]);
    for (const file of files) expect(readFileSync(path.join(keychain.dir, 'data', 'keyrings', file), 'latin1')).not.toContain(secret.reveal().slice(10));
  });
});

describe.runIf(process.platform === 'linux')('no keychain', () => {
  it.each(['none', 'no-bus'] as const)('is said in words by every operation: %s', async (mode) => {
    const { vault } = await start(mode);
    for (const operation of everything(vault)) {
      const error = await failure(operation());
      expect(error.code).toBe('vaultUnavailable');
      expect(error.message).toBe('No keychain service is running here.');
      expect(error.nextStep).toContain('stiggKeys.vault.store');
    }
  });

  it('is noticed when it goes away, and when it is back', async () => {
    const { keychain, vault } = await start('unlocked');
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    await keychain.stopService();
    for (const operation of everything(vault)) expect((await failure(operation())).code).toBe('vaultUnavailable');
    await keychain.unlock();
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
    expect(await vault.list()).toEqual([storedKey(secret)]);
  });

  it('is said when libsecret is not there', async () => {
    const { vault } = await start('unlocked');
    const folder = await mkdtemp(path.join(tmpdir(), 'no-libsecret-'));
    toEnd.push(() => rm(folder, { recursive: true, force: true }));
    // The loader finds this file first, and it is no library: as near to a missing one as a test can come.
    await writeFile(path.join(folder, 'libsecret-1.so.0'), '');
    process.env.LD_LIBRARY_PATH = folder;
    const error = await failure(vault.list());
    expect(error.code).toBe('vaultUnavailable');
    expect(error.full).toMatch(/libsecret is missing.*libsecret-1-0/);
    // Installed meanwhile: no restart is needed.
    delete process.env.LD_LIBRARY_PATH;
    expect(await vault.list()).toEqual([]);
  });

  it('is said when the product has no binding for this system', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'no-binding-'));
    toEnd.push(() => rm(folder, { recursive: true, force: true }));
    const vault = openVault(newService(), { load: () => loadKeytar(folder) });
    for (const operation of everything(vault)) expect((await failure(operation())).code).toBe('vaultUnavailable');
  });
});
