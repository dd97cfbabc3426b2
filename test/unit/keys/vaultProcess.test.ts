import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeychainVault } from '../../../src/keys/keychainVault.js';
import { bindingFolder, loadFailure, loadKeytar } from '../../../src/keys/keytarLoader.js';
import { KeytarProcess, ProcessCrashed } from '../../../src/keys/keytarProcess.js';
import { failure, newToken, storedKey } from './vaultFakes.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keytar-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A stand-in for the native module: a script that keeps entries in memory, hangs, throws, or ends its process. */
async function standIn(): Promise<string> {
  const file = path.join(folder, 'binding.cjs');
  await writeFile(file, `
const entries = new Map();
exports.getPassword = async (service, account) => {
  if (account === 'env-1/pid') return String(process.pid);
  if (account === 'env-1/hang') return new Promise(() => {});
  if (account === 'env-1/env') return JSON.stringify([process.env.NODE_OPTIONS ?? null, process.argv.length, process.cwd()]);
  if (account === 'env-1/throw') throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
  return entries.get(service + account) ?? null;
};
exports.setPassword = async (service, account, text) => { entries.set(service + account, text); };
exports.deletePassword = async (service, account) => entries.delete(service + account);
exports.findPassword = async () => 'something';
exports.findCredentials = async () => process.kill(process.pid, 'SIGSEGV');
`);
  return file;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let left = 200; !condition(); left -= 1) {
    if (left === 0) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe.runIf(process.platform !== 'win32')('KeytarProcess', () => {
  it('hands any text through unchanged', async () => {
    const native = await KeytarProcess.start(await standIn());
    for (const text of ['', 'plain', 'line\nline\r\n', '🔑 \u2028 \ud800 \0', 'x'.repeat(200_000)]) {
      await native.keytar.setPassword('s', 'a', text);
      expect(await native.keytar.getPassword('s', 'a')).toBe(text);
    }
    expect(await native.keytar.deletePassword('s', 'a')).toBe(true);
    expect(await native.keytar.getPassword('s', 'a')).toBeNull();
    native.dispose();
  });

  it('tells a failure of the native layer as it is', async () => {
    const native = await KeytarProcess.start(await standIn());
    await expect(native.keytar.getPassword('s', 'env-1/throw')).rejects.toThrow('Cannot autolaunch D-Bus');
    native.dispose();
  });

  it('takes no debugger along, has nothing but the file in its arguments, and stands outside of every workspace', async () => {
    process.env.NODE_OPTIONS = '--max-http-header-size=16384';
    const native = await KeytarProcess.start(await standIn());
    delete process.env.NODE_OPTIONS;
    expect(JSON.parse((await native.keytar.getPassword('s', 'env-1/env')) ?? '')).toEqual([null, 2, '/']);
    native.dispose();
  });

  it('survives the crash of a listing, keeps values apart from it, and starts again', async () => {
    const native = await KeytarProcess.start(await standIn());
    const before = await native.keytar.getPassword('s', 'env-1/pid');
    await expect(native.keytar.findCredentials('s')).rejects.toBeInstanceOf(ProcessCrashed);
    await expect(native.keytar.findCredentials('s')).rejects.toBeInstanceOf(ProcessCrashed);
    expect(await native.keytar.getPassword('s', 'env-1/pid')).toBe(before);
    native.dispose();
  });

  it('makes a locked collection of that crash', async () => {
    const file = await standIn();
    const vault = new KeychainVault({ load: () => KeytarProcess.start(file) });
    expect((await failure(vault.list())).code).toBe('vaultLocked');
    vault.dispose();
  });

  it('ends a call that hangs, with its process, and works afterwards', async () => {
    const file = await standIn();
    const native = await KeytarProcess.start(file);
    const vault = new KeychainVault({ load: () => Promise.resolve(native), timeoutMs: 500 });
    const pid = Number(await native.keytar.getPassword('s', 'env-1/pid'));
    expect((await failure(vault.read({ environmentId: 'env-1', keyId: 'hang' }))).code).toBe('vaultLocked');
    await until(() => !isAlive(pid));
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    expect((await vault.read({ environmentId: 'env-1', keyId: 'key-1' }))?.reveal()).toBe(secret.reveal());
    vault.dispose();
  });

  it('leaves no process behind', async () => {
    const native = await KeytarProcess.start(await standIn());
    const pid = Number(await native.keytar.getPassword('s', 'env-1/pid'));
    native.dispose();
    await until(() => !isAlive(pid));
  });

  it('tells a missing function and a module that cannot be read', async () => {
    const file = path.join(folder, 'poor.cjs');
    await writeFile(file, 'exports.getPassword = () => {};');
    await expect(KeytarProcess.start(file)).rejects.toThrow('The module lacks setPassword');
    await expect(KeytarProcess.start(path.join(folder, 'none.cjs'))).rejects.toThrow('Cannot find module');
  });
});

describe('loadKeytar', () => {
  const shipped = path.resolve('node_modules/keytar/prebuilds');
  const here = bindingFolder();

  it('says in words that there is none for this system', async () => {
    const error = await failure(loadKeytar(folder));
    expect(error.code).toBe('vaultUnavailable');
    expect(error.message).toContain(here);
    expect(error.nextStep).toContain('stiggKeys.vault.store');
  });

  it('says in words that the file there is none', async () => {
    await mkdir(path.join(folder, here));
    await writeFile(path.join(folder, here, 'keytar.node'), 'not a binding');
    expect((await failure(loadKeytar(folder))).code).toBe('vaultUnavailable');
  });

  it('says in words that a binding is for another processor', async () => {
    const other = process.arch === 'x64' ? 'arm64' : 'x64';
    const wrong = path.join(shipped, here.replace(process.arch, other), 'keytar.node');
    expect(existsSync(wrong)).toBe(true);
    await mkdir(path.join(folder, here));
    await cp(wrong, path.join(folder, here, 'keytar.node'));
    const error = await failure(loadKeytar(folder));
    expect(error.code).toBe('vaultUnavailable');
    expect(error.full).not.toContain('libsecret');
  });

  it('knows the folders', () => {
    expect(bindingFolder({ platform: 'linux', arch: 'x64', musl: true })).toBe('linuxmusl-x64');
    expect(bindingFolder({ platform: 'darwin', arch: 'arm64', musl: false })).toBe('darwin-arm64');
  });

  it.each([
    ['libsecret-1.so.0: cannot open shared object file: No such file or directory', /libsecret is missing.*libsecret-1-0/],
    ['/x/keytar.node: cannot open shared object file: No such file or directory', /does not load/],
    ['/x/keytar.node: invalid ELF header', /not for this system/],
    ['dlopen(/x/keytar.node): mach-o file, but is an incompatible architecture', /not for this system/],
    ['Error loading shared library ld-linux-x86-64.so.2: No such file or directory', /not for this system/],
    ['/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38\' not found', /too old/],
  ])('%s', (reason, expected) => {
    const error = loadFailure(new Error(reason), 'linux-x64');
    expect(error.code).toBe('vaultUnavailable');
    expect(error.full).toMatch(expected);
    expect(error.full).not.toMatch(/undefined|\{\d\}/);
  });
});
