import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { keychainError } from '../../../src/keys/keychainErrors.js';
import { KEYCHAIN_SERVICE, KeychainVault } from '../../../src/keys/keychainVault.js';
import { encodeStoredKey } from '../../../src/keys/storedKeyCodec.js';
import { Secret } from '../../../src/secret.js';
import { FakeKeychain, failure, newToken, open, storedKey } from './vaultFakes.js';

const INDEX = `${KEYCHAIN_SERVICE}.index`;
const ref = { environmentId: 'env-1', keyId: 'key-1' };

describe('KeychainVault', () => {
  it('saves value and index under their own services, and nothing else', async () => {
    const { native, vault, changes } = open();
    const secret = newToken();
    const key = storedKey(secret, { displayName: 'Ключ 🔑 \ud800' });
    await vault.save(key, secret);
    expect(native.of(KEYCHAIN_SERVICE)).toEqual([{ account: 'env-1/key-1', password: secret.reveal() }]);
    expect(native.of(INDEX)).toEqual([{ account: 'env-1/key-1', password: encodeStoredKey(key) }]);
    expect(native.entries.size).toBe(2);
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
    expect(await vault.list()).toEqual([key]);
    expect(changes()).toBe(1);
  });

  it('lists from the index alone and leaves out what it cannot understand', async () => {
    const { native, vault } = open({ hidesLocked: true });
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    native.entries.set(`${INDEX}\nenv-1/other`, encodeStoredKey(storedKey(secret)));
    native.entries.set(`${INDEX}\nsomebody else`, 'not ours');
    native.calls.length = 0;
    expect(await vault.list()).toHaveLength(1);
    expect(native.calls.every(({ args }) => args[0] === INDEX)).toBe(true);
    expect(native.of(INDEX)).toHaveLength(3);
  });

  it('says undefined when the value has vanished and the index still knows the key', async () => {
    const { native, vault } = open();
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    native.entries.delete(`${KEYCHAIN_SERVICE}\nenv-1/key-1`);
    expect(await vault.read(ref)).toBeUndefined();
    expect(await vault.list()).toHaveLength(1);
  });

  it('claims nothing that was not read back: a keychain that drops the value', async () => {
    const { native, vault } = open();
    native.fault = (call) => (call === 'setPassword' ? 'drop' : undefined);
    const secret = newToken();
    const error = await failure(vault.save(storedKey(secret), secret));
    expect(error.code).toBe('vaultWriteFailed');
    expect(error.message).toContain('nothing was saved');
    expect(native.entries.size).toBe(0);
  });

  // One fault at every possible place of an overwriting save: either it is done, or everything is as before, or it is said not to be certain.
  it.each(['drop', 'fail', 'lock'] as const)('leaves the old or the new pair, or says that it does not know: %s', async (kind) => {
    let certain = 0;
    for (let at = 0; at < 16; at += 1) {
      const { native, vault } = open({ hidesLocked: true });
      const [first, second] = [newToken(), newToken()];
      await vault.save(storedKey(first), first);
      const before = new Map(native.entries);
      const start = native.calls.length;
      native.fault = (_call, _args, nth) => {
        if (nth !== start + at) return undefined;
        if (kind === 'lock') native.locked = true;
        return kind === 'drop' ? 'drop' : kind === 'fail' ? new Error('Something broke') : undefined;
      };
      const outcome = await vault.save(storedKey(second), second).then(() => undefined, (error: unknown) => error as ExpectedError);
      native.locked = false;
      native.fault = () => undefined;
      if (outcome === undefined) {
        expect((await vault.read(ref))?.reveal(), `fault at call ${at}`).toBe(second.reveal());
        expect(await vault.list()).toEqual([storedKey(second)]);
      } else if (!outcome.message.includes('not certain')) {
        certain += 1;
        expect(native.entries, `fault at call ${at}: ${outcome.message}`).toEqual(before);
      }
    }
    expect(certain).toBeGreaterThan(0);
  });

  it('puts an earlier value back when the index cannot be written', async () => {
    const { native, vault } = open();
    const [first, second] = [newToken(), newToken()];
    await vault.save(storedKey(first), first);
    native.fault = (call, args) => (call === 'setPassword' && args[0] === INDEX ? new Error('no room') : undefined);
    expect((await failure(vault.save(storedKey(second), second))).message).toContain('nothing was saved');
    expect((await vault.read(ref))?.reveal()).toBe(first.reveal());
  });

  it('keeps what a prompt only revealed in the middle of the save', async () => {
    const { native, vault } = open({ hidesLocked: true });
    const [first, second] = [newToken(), newToken()];
    await vault.save(storedKey(first), first);
    const before = new Map(native.entries);
    native.locked = true;
    native.fault = (call, args) => {
      if (call === 'setPassword') native.locked = false;
      return call === 'setPassword' && args[0] === INDEX ? new Error('no room') : undefined;
    };
    expect((await failure(vault.save(storedKey(second), second))).message).toContain('nothing was saved');
    expect(native.entries).toEqual(before);
  });

  it('says so when it cannot put things back', async () => {
    const { native, vault } = open();
    let broken = false;
    native.fault = (call, args) => {
      if (call === 'setPassword' && args[0] === INDEX) broken = true;
      return broken ? new Error('gone') : undefined;
    };
    const secret = newToken();
    const error = await failure(vault.save(storedKey(secret), secret));
    expect(error.code).toBe('vaultWriteFailed');
    expect(error.message).toContain('not certain');
  });

  it('never puts a value into an error', async () => {
    const secret = newToken();
    for (let at = 0; at < 10; at += 1) {
      const { native, vault } = open();
      native.fault = (_call, _args, nth) => (nth >= at ? new Error('failed') : undefined);
      const error = await failure(vault.save(storedKey(secret), secret).then(() => Promise.reject(keychainError(new Error('done')))));
      const text = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + String(error.stack);
      for (const part of secret.reveal().split(/[-:]/).filter((piece) => piece.length > 8)) expect(text).not.toContain(part);
    }
  });

  it('refuses what no keychain could hold, before anything is written', async () => {
    const { native, vault } = open();
    const secret = newToken();
    expect((await failure(vault.save(storedKey(secret), new Secret('x'.repeat(2401))))).code).toBe('vaultEntryTooLarge');
    expect((await failure(vault.save(storedKey(secret), new Secret('€'.repeat(801))))).code).toBe('vaultEntryTooLarge');
    expect((await failure(vault.save(storedKey(secret), new Secret('')))).code).toBe('vaultWriteFailed');
    for (const keyId of ['a/b', '', 'x'.repeat(200), 'a\0b', '*']) {
      expect((await failure(vault.save(storedKey(secret, { keyId }), secret))).code).toBe('vaultInvalidId');
      expect((await failure(vault.read({ environmentId: 'env-1', keyId }))).code).toBe('vaultInvalidId');
      expect((await failure(vault.delete({ environmentId: keyId, keyId: 'key-1' }))).code).toBe('vaultInvalidId');
    }
    expect(native.calls).toEqual([]);
    await vault.save(storedKey(secret), new Secret('x'.repeat(2400)));
  });

  it('deletes value and index, and what is not there without complaint', async () => {
    const { native, vault, changes } = open();
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    await vault.delete(ref);
    expect(native.entries.size).toBe(0);
    expect(changes()).toBe(2);
    await vault.delete(ref);
    expect(changes()).toBe(2);
  });

  it('does not call a key deleted that is still there', async () => {
    const { native, vault } = open();
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    native.fault = (call) => (call === 'deletePassword' ? 'drop' : undefined);
    expect((await failure(vault.delete(ref))).code).toBe('vaultWriteFailed');
  });

  it('updates the index of a stored key only, and is silent when nothing differs', async () => {
    const { native, vault, changes } = open();
    const secret = newToken();
    expect((await failure(vault.updateIndex(storedKey(secret)))).code).toBe('vaultWriteFailed');
    expect(native.entries.size).toBe(0);
    await vault.save(storedKey(secret), secret);
    await vault.updateIndex(storedKey(secret));
    expect(changes()).toBe(1);
    await vault.updateIndex(storedKey(secret, { expireAt: '2026-02-01T00:00:00Z' }));
    expect(changes()).toBe(2);
    expect((await vault.list())[0]?.expireAt).toBe('2026-02-01T00:00:00Z');
    expect((await vault.read(ref))?.reveal()).toBe(secret.reveal());
  });

  it('does not let changes of one window interleave', async () => {
    const { native, vault } = open();
    const secrets = Array.from({ length: 10 }, newToken);
    await Promise.all(secrets.map((secret) => vault.save(storedKey(secret), secret)));
    const last = secrets.at(-1);
    expect((await vault.read(ref))?.reveal()).toBe(last?.reveal());
    expect((await vault.list())[0]?.fingerprint).toBe(last?.fingerprint);
    expect(native.mostAtOnce).toBe(1);
  });
});

describe('a keychain that hides that it is locked', () => {
  it('is called locked, whatever is asked', async () => {
    const { native, vault } = open({ hidesLocked: true });
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    const before = new Map(native.entries);
    native.locked = true;
    for (const work of [() => vault.list(), () => vault.read(ref), () => vault.delete(ref), () => vault.updateIndex(storedKey(secret, { displayName: 'new' })), () => vault.save(storedKey(secret), newToken())]) {
      const error = await failure(work());
      expect(error.code).toBe('vaultLocked');
      expect(error.nextStep).toMatch(/Unlock.*stiggKeys\.vault\.store/);
    }
    expect(native.entries).toEqual(before);
  });

  it('is believed when it is open, and no trace of the look remains', async () => {
    const { native, vault } = open({ hidesLocked: true });
    expect(await vault.list()).toEqual([]);
    expect(await vault.read(ref)).toBeUndefined();
    await vault.delete(ref);
    expect(native.entries.size).toBe(0);
  });

  it('gives what it holds when the look itself unlocked it', async () => {
    const { native, vault } = open({ hidesLocked: true });
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    for (const work of [async () => (await vault.read(ref))?.fingerprint, async () => (await vault.list())[0]?.fingerprint]) {
      native.locked = true;
      native.fault = (call) => {
        if (call === 'setPassword') native.locked = false;
        return undefined;
      };
      expect(await work()).toBe(secret.fingerprint);
    }
  });
});

describe('a keychain that does not answer', () => {
  it('is given up in time, and asked again later', async () => {
    const { native, vault } = open({ timeoutMs: 50 });
    native.fault = (_call, _args, nth) => (nth === 0 ? 'hang' : undefined);
    const error = await failure(vault.list());
    expect(error.code).toBe('vaultLocked');
    expect(error.message).toContain('did not answer');
    expect(native.interrupted).toBe(1);
    expect(await vault.list()).toEqual([]);
  });

  it('never has a second call hanging beside the first', async () => {
    const { native, vault } = open({ timeoutMs: 50 });
    native.interrupt = () => undefined;
    native.fault = () => 'hang';
    const codes = await Promise.all([vault.list(), vault.list(), vault.read(ref)].map(async (work) => (await failure(work)).code));
    expect(codes).toEqual(['vaultLocked', 'vaultLocked', 'vaultLocked']);
    expect(native.calls).toHaveLength(1);
  });

  it('is loaded again after it did not load', async () => {
    const native = new FakeKeychain();
    let installed = false;
    const vault = new KeychainVault({
      load: () => (installed ? Promise.resolve(native) : Promise.reject(new ExpectedError('vaultUnavailable', 'No libsecret.', 'Install it.'))),
    });
    expect((await failure(vault.list())).code).toBe('vaultUnavailable');
    installed = true;
    expect(await vault.list()).toEqual([]);
    vault.dispose();
    await Promise.resolve();
    expect(native.disposed).toBe(true);
  });
});
