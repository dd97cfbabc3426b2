import assert from 'node:assert/strict';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { aScansTime, closeAll, eventually, madeUpServerKey, ruleOf, stiggDiagnostics } from './editorSupport.js';

const fixture = path.resolve(import.meta.dirname, '../../test/fixtures/next-app');
const placeholder = '@@SERVER_KEY@@';

suite('A Next.js app', () => {
  let root = '';

  suiteSetup(async function () {
    const folder = vscode.workspace.workspaceFolders?.[0];
    // Only workspace folders are watched.
    if (folder?.uri.scheme !== 'file') this.skip();
    root = path.join(folder.uri.fsPath, 'next-app');
    await cp(fixture, root, { recursive: true });
    for (const name of await readdir(root, { recursive: true })) {
      if (!/\.tsx?$/.test(name)) continue;
      const text = await readFile(path.join(root, name), 'utf8');
      if (text.includes(placeholder)) await writeFile(path.join(root, name), text.replaceAll(placeholder, madeUpServerKey()));
    }
  });
  teardown(closeAll);
  suiteTeardown(async () => {
    if (root !== '') await rm(root, { recursive: true, force: true });
  });

  const at = (name: string): vscode.Uri => vscode.Uri.file(path.join(root, name));
  const show = async (name: string): Promise<vscode.TextEditor> => vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at(name)), { preview: false });
  const rulesOf = (name: string): unknown[] => stiggDiagnostics(at(name)).map(ruleOf);
  /** Waits for exactly these rules. */
  const toBe = (name: string, ...rules: string[]): Promise<vscode.Diagnostic[]> => eventually(`${name}: ${rules.join(', ')}`, () => {
    return JSON.stringify(rulesOf(name)) === JSON.stringify(rules) ? stiggDiagnostics(at(name)) : undefined;
  });

  test('a server component that reads the key from the environment is clean', async () => {
    await show('app/page.tsx');
    await show('app/admin/page.tsx');
    await toBe('app/admin/page.tsx', 'hardcoded-server-key');
    assert.deepEqual(rulesOf('app/page.tsx'), []);
  });

  test('a client component is reported, with its evidence', async () => {
    await show('app/leak.tsx');
    const [found] = await toBe('app/leak.tsx', 'server-key-in-frontend');
    assert.match(found?.message ?? '', /ships to the browser: 'use client'\.$/);
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Error);
  });

  test('a library is browser code while a client component imports it, saved or not', async () => {
    await show('lib/stigg.ts');
    await toBe('lib/stigg.ts', 'hardcoded-server-key');
    await aScansTime();
    assert.deepEqual(rulesOf('lib/stigg.ts'), ['hardcoded-server-key'], 'a server component that imports it does not count');

    const client = await show('app/paywall.tsx');
    const at3 = new vscode.Position(3, 0);
    const statement = "import { plans as all } from '@/lib';\n";
    await client.edit((edit) => { edit.insert(at3, statement); });
    const [found] = await toBe('lib/stigg.ts', 'server-key-in-frontend');
    assert.match(found?.message ?? '', /by way of next-app\/app\/paywall\.tsx → next-app\/lib\/index\.ts → this file\.$/);

    await client.edit((edit) => { edit.delete(new vscode.Range(at3, at3.translate(1))); });
    await toBe('lib/stigg.ts', 'hardcoded-server-key');

    await client.edit((edit) => { edit.insert(at3, statement); });
    await client.document.save();
    await toBe('lib/stigg.ts', 'server-key-in-frontend');
    await client.edit((edit) => { edit.replace(new vscode.Range(at3, at3.translate(1)), "import type { plans as All } from '@/lib';\n"); });
    await toBe('lib/stigg.ts', 'hardcoded-server-key');
    // Never saved: what is on disk holds again.
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await toBe('lib/stigg.ts', 'server-key-in-frontend');
    await client.edit((edit) => { edit.delete(new vscode.Range(at3, at3.translate(1))); });
    await client.document.save();
    await toBe('lib/stigg.ts', 'hardcoded-server-key');
  });

  test('files that other programs write and delete count as well', async () => {
    await show('lib/stigg.ts');
    await toBe('lib/stigg.ts', 'hardcoded-server-key');
    const other = at('app/other.tsx').fsPath;
    await writeFile(other, "'use client';\nimport { plans } from '../lib/stigg.js';\nexport const Other = () => <button onClick={() => plans()} />;\n");
    const [found] = await toBe('lib/stigg.ts', 'server-key-in-frontend');
    assert.match(found?.message ?? '', /next-app\/app\/other\.tsx → this file/);
    await rm(other);
    await toBe('lib/stigg.ts', 'hardcoded-server-key');
  });
});
