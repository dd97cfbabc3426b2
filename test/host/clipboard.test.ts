import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ClipboardGuard } from '../../src/editor/keyCommands/clipboard.js';
import { Secret } from '../../src/secret.js';

suite('clipboard', () => {
  const guard = new ClipboardGuard();
  const read = (): Thenable<string> => vscode.env.clipboard.readText();
  teardown(async () => {
    guard.dispose();
    await vscode.env.clipboard.writeText('');
  });

  test('clears what it copied after the time that was set', async () => {
    await guard.copy(new Secret('copied-by-us'), 300);
    assert.equal(await read(), 'copied-by-us');
    await sleep(900);
    assert.equal(await read(), '');
  });

  test('leaves alone what the person copied meanwhile', async () => {
    await guard.copy(new Secret('copied-by-us'), 300);
    await vscode.env.clipboard.writeText('a shopping list');
    await sleep(900);
    assert.equal(await read(), 'a shopping list');
  });

  test('clears at the end of the session, before the time is up', async () => {
    await guard.copy(new Secret('copied-by-us'), 60_000);
    await guard.clear();
    assert.equal(await read(), '');
  });

  test('a second copy starts the time anew', async () => {
    await guard.copy(new Secret('first'), 600);
    await sleep(400);
    await guard.copy(new Secret('second'), 2_000);
    await sleep(500);
    assert.equal(await read(), 'second');
    await guard.clear();
  });
});
