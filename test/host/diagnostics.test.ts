import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  aScansTime, closeAll, diagnosticsToBe, eventually, madeUpServerKey, openUntitled, removeTemporaryFolders, ruleOf, stiggDiagnostics, type, writeTemporaryFile,
} from './editorSupport.js';

suite('Warnings while typing', () => {
  teardown(closeAll);
  suiteTeardown(removeTemporaryFolders);

  test('a server key that is being typed is reported where it stands', async () => {
    const token = madeUpServerKey();
    const editor = await openUntitled('typescript');
    await type(editor, `export const key = "${token}";\n`);
    const [found] = await diagnosticsToBe(1, editor.document.uri);
    assert.ok(found !== undefined);
    assert.equal(ruleOf(found), 'hardcoded-server-key');
    assert.ok(editor.document.getText(found.range).includes(token));
    assert.ok(!JSON.stringify(found).includes(token.slice(20, 60)), 'a diagnostic must not hold the key');
    assert.match(found.message, /server-[0-9a-f]{4}…[0-9a-f]{4}/);
  });

  test('broken code is no excuse', async () => {
    const editor = await openUntitled('typescriptreact', `export function A( { return <div key={"${madeUpServerKey()}"`);
    await diagnosticsToBe(1, editor.document.uri);
  });

  test('it follows the text and goes away with the key', async () => {
    const token = madeUpServerKey();
    const editor = await openUntitled('typescript', `const key = "${token}";\n`);
    const { document } = editor;
    await diagnosticsToBe(1, document.uri);
    await editor.edit((edit) => { edit.insert(new vscode.Position(0, 0), '// one\r\n// two\r\n'); });
    await eventually('the diagnostic two lines further down', () => stiggDiagnostics(document.uri).find(({ range }) => range.start.line === 2));
    await aScansTime();
    const [moved] = stiggDiagnostics(document.uri);
    assert.ok(moved !== undefined && document.getText(moved.range).includes(token));
    const at = document.getText().indexOf(token);
    await editor.edit((edit) => { edit.delete(new vscode.Range(document.positionAt(at), document.positionAt(at + token.length))); });
    await diagnosticsToBe(0, document.uri);
    await vscode.commands.executeCommand('undo');
    await diagnosticsToBe(1, document.uri);
  });

  test('several cursors at once end in the right ranges', async () => {
    const [first, second] = [madeUpServerKey(), madeUpServerKey()];
    const editor = await openUntitled('typescript', `const a = "${first}";\nconst b = "${second}";\n`);
    const { document } = editor;
    await diagnosticsToBe(2, document.uri);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '/* above */\n');
      edit.insert(new vscode.Position(1, 0), '/* between */ ');
    });
    await aScansTime();
    const texts = stiggDiagnostics(document.uri).map(({ range }) => document.getText(range).replaceAll(/["']/g, ''));
    assert.deepEqual(texts, [first, second]);
  });

  test('closing a file clears it', async () => {
    const uri = await writeTemporaryFile('close.ts', `export const key = "${madeUpServerKey()}";\n`);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await diagnosticsToBe(1, uri);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await diagnosticsToBe(0, uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await diagnosticsToBe(1, uri);
  });

  test('a document that no editor shows is left alone', async () => {
    const uri = await writeTemporaryFile('background.ts', `export const key = "${madeUpServerKey()}";\n`);
    await vscode.workspace.openTextDocument(uri);
    await aScansTime();
    assert.deepEqual(stiggDiagnostics(uri), []);
  });

  test('deleting a file clears it, renaming it moves the warning', async () => {
    const uri = await writeTemporaryFile('before.ts', `export const key = "${madeUpServerKey()}";\n`);
    const renamed = vscode.Uri.joinPath(uri, '..', 'after.ts');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await diagnosticsToBe(1, uri);
    const rename = new vscode.WorkspaceEdit();
    rename.renameFile(uri, renamed);
    assert.ok(await vscode.workspace.applyEdit(rename));
    await diagnosticsToBe(0, uri);
    await diagnosticsToBe(1, renamed);
    const deletion = new vscode.WorkspaceEdit();
    deletion.deleteFile(renamed);
    assert.ok(await vscode.workspace.applyEdit(deletion));
    await diagnosticsToBe(0, renamed);
    await aScansTime();
    assert.deepEqual(stiggDiagnostics(renamed), []);
  });

  test('a file that another program deletes is cleared while its text is still shown', async function () {
    const folder = vscode.workspace.workspaceFolders?.[0];
    // Only workspace folders are watched.
    if (folder?.uri.scheme !== 'file') this.skip();
    const text = `export const key = "${madeUpServerKey()}";\n`;
    const uri = vscode.Uri.joinPath(folder.uri, `stigg-deleted-${String(Date.now())}.ts`);
    await writeFile(uri.fsPath, text);
    try {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      await diagnosticsToBe(1, uri);
      await rm(uri.fsPath);
      await diagnosticsToBe(0, uri);
      await writeFile(uri.fsPath, text);
      await diagnosticsToBe(1, uri);
    } finally {
      await rm(uri.fsPath, { force: true });
    }
  });

  test('a key in a file that git tracks is an error, elsewhere a warning', async function () {
    const uri = await writeTemporaryFile('tracked.ts', `export const key = "${madeUpServerKey()}";\n`);
    const cwd = path.dirname(uri.fsPath);
    if (spawnSync('git', ['init', '--quiet'], { cwd }).status !== 0) this.skip();
    const show = async (file: vscode.Uri): Promise<vscode.DiagnosticSeverity | undefined> => {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
      return (await diagnosticsToBe(1, file))[0]?.severity;
    };
    assert.equal(spawnSync('git', ['add', 'tracked.ts'], { cwd }).status, 0);
    const other = vscode.Uri.joinPath(uri, '..', 'other.ts');
    await vscode.workspace.fs.copy(uri, other);
    assert.equal(await show(uri), vscode.DiagnosticSeverity.Error);
    assert.equal(await show(other), vscode.DiagnosticSeverity.Warning);
  });

  test('adding a file to git is noticed', async function () {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (folder?.uri.scheme !== 'file') this.skip();
    const cwd = folder.uri.fsPath;
    // The runners make the workspace a repository before VS Code opens it, as a person's is.
    const git = (...args: string[]): number | null => spawnSync('git', args, { cwd }).status;
    if (git('rev-parse', '--git-dir') !== 0) this.skip();
    const uri = vscode.Uri.joinPath(folder.uri, 'added-to-git.ts');
    await writeFile(uri.fsPath, `export const key = "${madeUpServerKey()}";\n`);
    try {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      assert.equal((await diagnosticsToBe(1, uri))[0]?.severity, vscode.DiagnosticSeverity.Warning);
      git('add', 'added-to-git.ts');
      await eventually('an error', () => stiggDiagnostics(uri).find(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    } finally {
      git('rm', '--quiet', '--cached', '--force', 'added-to-git.ts');
      await rm(uri.fsPath, { force: true });
    }
  });

  test('changing the language scans anew', async () => {
    const editor = await openUntitled('plaintext', `const key = "${madeUpServerKey()}";\n`);
    await diagnosticsToBe(1, editor.document.uri);
    await vscode.languages.setTextDocumentLanguage(editor.document, 'typescript');
    await aScansTime();
    assert.equal(stiggDiagnostics(editor.document.uri).length, 1);
  });

  test('the setting switches warnings off and on again', async () => {
    const settings = vscode.workspace.getConfiguration('stiggKeys');
    const editor = await openUntitled('typescript', `const key = "${madeUpServerKey()}";\n`);
    await diagnosticsToBe(1, editor.document.uri);
    try {
      await settings.update('diagnostics.enabled', false, vscode.ConfigurationTarget.Global);
      await diagnosticsToBe(0, editor.document.uri);
    } finally {
      await settings.update('diagnostics.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
    await diagnosticsToBe(1, editor.document.uri);
  });

  test('copies of files, as git and others show them, stay silent', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('stigg-test-copy', {
      provideTextDocumentContent: () => `const key = "${madeUpServerKey()}";\n`,
    });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('stigg-test-copy:/old.ts'));
      await vscode.window.showTextDocument(document);
      await aScansTime();
      assert.deepEqual(stiggDiagnostics(document.uri), []);
    } finally {
      provider.dispose();
    }
  });

  test('the hover explains the rule, runs nothing, and does not repeat the key', async () => {
    const token = madeUpServerKey();
    const editor = await openUntitled('typescript', `const key = "${token}";\n`);
    const [found] = await diagnosticsToBe(1, editor.document.uri);
    assert.ok(found !== undefined);
    const pages = async (at: vscode.Position): Promise<vscode.MarkdownString[]> => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', editor.document.uri, at);
      return hovers.flatMap(({ contents }) => contents.filter((content) => content instanceof vscode.MarkdownString)).filter(({ value }) => value.includes('Why it matters'));
    };
    const [page] = await pages(found.range.start.translate(0, 3));
    assert.ok(page !== undefined);
    assert.match(page.value, /How to fix it/);
    assert.match(page.value, /#hardcoded-server-key/);
    assert.ok(!page.value.includes(token));
    assert.ok(page.isTrusted === undefined || page.isTrusted === false);
    assert.deepEqual(await pages(new vscode.Position(0, 1)), []);
  });
});
