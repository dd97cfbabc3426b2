import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { openTerminalWithKey } from '../../src/editor/terminal/openTerminal.js';
import { ExpectedError } from '../../src/errors.js';
import { DEFAULT_VARIABLE_NAMES } from '../../src/inject/variables.js';
import { Secret } from '../../src/secret.js';
import type { Environment, KeyType } from '../../src/keys/model.js';
import type { StoredKey } from '../../src/keys/vault.js';
import { eventually, madeUpServerKey, removeTemporaryFolders, temporaryFolder } from './editorSupport.js';

const environment: Environment = {
  id: '1', slug: 'production', displayName: 'Production', type: 'PRODUCTION', isSandbox: false, color: null, hardenClientAccessEnabled: false, account: null,
};

function stored(secret: Secret, type: KeyType = 'SERVER'): StoredKey {
  return {
    environmentId: '1', keyId: '2', type, displayName: 'Full access key', createdAt: null, expireAt: null,
    mask: secret.mask, fingerprint: secret.fingerprint, retired: [], manages: null,
  };
}

const now = (): Date => new Date();

/** What a variable holds in the terminal: the shell writes its length and its hash, so that no test prints a key. */
async function inShell(terminal: vscode.Terminal, expression: string): Promise<string> {
  const file = path.join(await temporaryFolder(), 'out');
  terminal.sendText(` printf '%s' "${expression}" > '${file}.part' && mv '${file}.part' '${file}'`);
  return eventually('the shell to answer', () => readFile(file, 'utf8').catch(() => undefined), 20_000);
}

suite('Terminal with a key', () => {
  let terminal: vscode.Terminal | undefined;
  teardown(() => { terminal?.dispose(); });
  suiteTeardown(removeTemporaryFolders);

  test('the shell has the key, and the options of the terminal do not keep it', async function () {
    this.timeout(40_000);
    const secret = new Secret(madeUpServerKey());
    terminal = await openTerminalWithKey({ vault: { read: () => Promise.resolve(secret) }, now }, { environment, names: DEFAULT_VARIABLE_NAMES, server: stored(secret) });
    assert.equal(terminal.name, 'Stigg: Production');
    const options = terminal.creationOptions as vscode.TerminalOptions;
    assert.equal(options.isTransient, true);
    assert.ok(!JSON.stringify(options).includes(secret.reveal().slice(8, 40)), 'creation options are visible to every extension');
    assert.match(options.message ?? '', /PRODUCTION/);
    assert.ok(options.message?.includes(secret.mask));
    assert.equal(await inShell(terminal, '$STIGG_SERVER_API_KEY'), secret.reveal());
    assert.equal(await inShell(terminal, '${STIGG_CLIENT_API_KEY-unset}'), 'unset');
  });

  test('a publishable key gets the variable of publishable keys', async function () {
    this.timeout(40_000);
    const secret = new Secret(madeUpServerKey().replace('server-', 'client-'));
    terminal = await openTerminalWithKey({ vault: { read: () => Promise.resolve(secret) }, now }, { environment: { ...environment, type: 'DEVELOPMENT' }, names: DEFAULT_VARIABLE_NAMES, publishable: stored(secret, 'CLIENT') });
    assert.equal(await inShell(terminal, '$STIGG_CLIENT_API_KEY:${STIGG_SERVER_API_KEY-unset}'), `${secret.reveal()}:unset`);
  });

  test('a value that is gone is said in words, with what to do', async () => {
    const before = vscode.window.terminals.length;
    const secret = new Secret(madeUpServerKey());
    await assert.rejects(
      openTerminalWithKey({ vault: { read: () => Promise.resolve(undefined) }, now }, { environment, names: DEFAULT_VARIABLE_NAMES, server: stored(secret) }),
      (error) => error instanceof ExpectedError && error.code === 'valueMissing' && error.nextStep !== '',
    );
    assert.equal(vscode.window.terminals.length, before);
  });
});
