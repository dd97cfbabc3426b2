import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KeepResult } from '../../src/editor/diagnostics/deps.js';
import { keepSecretArguments } from '../../src/editor/diagnostics/fixCommands.js';
import { keepSecretThenFix } from '../../src/editor/diagnostics/keepSecretFix.js';
import { ExpectedError } from '../../src/errors.js';
import type { Finding } from '../../src/scan/finding.js';
import { findTokens } from '../../src/scan/tokens/find.js';
import { Secret } from '../../src/secret.js';
import { closeAll, madeUpServerKey, openUntitled } from './editorSupport.js';

const FIXED = 'KEY=env\n';

/** Findings as the engine makes them, without the engine: the fix replaces the token by `env`. */
function findingsOf(text: string): Finding[] {
  return findTokens(text).map(({ start, end, mask, fingerprint }) => ({
    rule: 'hardcoded-server-key', severity: 'warning', start, end, message: '', mask, fingerprint,
    fixes: [{ title: 'Move', safety: 'safe', before: 'keepSecret', edits: [{ start, end, text: 'env' }] }],
  }));
}

/** Opens a text with a key and runs the fix on it, with a vault that behaves as the test says. */
async function run(keep: (secret: Secret, editor: vscode.TextEditor) => Promise<KeepResult>): Promise<{ token: string; text: () => string; done: Promise<void> }> {
  const token = madeUpServerKey();
  const editor = await openUntitled('plaintext', `KEY=${token}\n`);
  const { document } = editor;
  const [finding] = findingsOf(document.getText());
  assert.ok(finding !== undefined);
  const done = keepSecretThenFix(
    { keepSecret: (secret) => keep(secret, editor) },
    { findingsOfText: (_document, text) => Promise.resolve(findingsOf(text)), secretIn: (current) => Promise.resolve(current.getText().includes(token) ? new Secret(token) : undefined) },
    keepSecretArguments(document, finding, 0),
  );
  return { token, text: () => document.getText(), done };
}

const kept: KeepResult = { environmentName: 'Production', keyName: 'Full access key', key: { environmentId: 'e1', keyId: 'k1' } };

suite('Storing a key before its fix', () => {
  teardown(closeAll);

  test('the key is handed over first, then the text changes', async () => {
    const seen: string[] = [];
    const { token, text, done } = await run((secret, editor) => {
      seen.push(secret.reveal(), editor.document.getText());
      return Promise.resolve(kept);
    });
    await done;
    assert.deepEqual(seen, [token, `KEY=${token}\n`]);
    assert.equal(text(), FIXED);
  });

  test('a key that cannot be stored stays where it is', async () => {
    const refusal = new ExpectedError('unreachable', 'Stigg did not answer.', 'Try again.');
    const { token, text, done } = await run(() => Promise.reject(refusal));
    await assert.rejects(done, refusal);
    assert.equal(text(), `KEY=${token}\n`);
  });

  test('what is typed meanwhile is kept', async () => {
    const { text, done } = await run(async (_secret, editor) => {
      await editor.edit((edit) => { edit.insert(new vscode.Position(0, 0), '# typed\n'); });
      return kept;
    });
    await done;
    assert.equal(text(), `# typed\n${FIXED}`);
  });

  test('a key that was stored and then removed from the text by hand is said to be stored', async () => {
    const { token, done } = await run(async (_secret, editor) => {
      await editor.edit((edit) => { edit.delete(new vscode.Range(0, 0, 1, 0)); });
      return kept;
    });
    await assert.rejects(done, (error) => error instanceof ExpectedError && error.code === 'keptNotReplaced' && !error.full.includes(token));
  });
});
