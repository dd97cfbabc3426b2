import { describe, expect, it } from 'vitest';
import { keychainError } from '../../../src/keys/keychainErrors.js';
import { CHANGES } from '../../../src/keys/vaultChanges.js';
import { MemoryState, newToken, open, storedKey } from './vaultFakes.js';

describe('changes', () => {
  it('reach another window once, and never come back as news', async () => {
    const state = new MemoryState();
    const [mine, theirs] = [open({ state }), open({ state })];
    const secret = newToken();
    await mine.vault.save(storedKey(secret), secret);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([mine.changes(), theirs.changes()]).toEqual([1, 1]);
    await theirs.vault.save(storedKey(secret), secret);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([mine.changes(), theirs.changes()]).toEqual([2, 2]);
    const text = await state.read(CHANGES);
    expect(text).toMatch(/^\{"change":"[0-9a-f-]{36}"\}$/);
  });

  it('do not turn a finished save into a failed one', async () => {
    const state = new MemoryState();
    state.failing = true;
    const { vault, changes } = open({ state });
    const secret = newToken();
    await vault.save(storedKey(secret), secret);
    expect(changes()).toBe(1);
  });

  it('are not told any more after dispose', async () => {
    const state = new MemoryState();
    const [mine, theirs] = [open({ state }), open({ state })];
    theirs.vault.dispose();
    const secret = newToken();
    await mine.vault.save(storedKey(secret), secret);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(theirs.changes()).toBe(0);
  });
});

describe('keychainError', () => {
  it.each([
    ['Cannot create an item in a locked collection', 'vaultLocked'],
    ['GDBus.Error:org.freedesktop.Secret.Error.IsLocked: The collection is locked', 'vaultLocked'],
    ['Secret Service: prompt was dismissed', 'vaultLocked'],
    ['User interaction is not allowed.', 'vaultLocked'],
    ['User canceled the operation.', 'vaultLocked'],
    ['The user name or passphrase you entered is not correct.', 'vaultLocked'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'vaultUnavailable'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'vaultUnavailable'],
    ['Could not connect: No such file or directory', 'vaultUnavailable'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'vaultUnavailable'],
    ['A default keychain could not be found.', 'vaultUnavailable'],
    ['A specified logon session does not exist. It may already have been terminated.', 'vaultUnavailable'],
  ])('%s', (message, code) => {
    const error = keychainError(new Error(message));
    expect(error.code).toBe(code);
    expect(error.nextStep).toContain('stiggKeys.vault.store');
    expect(error.full).not.toMatch(/undefined|\{\d\}/);
  });
});
