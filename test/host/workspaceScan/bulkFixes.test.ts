import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { fixSafe } from '../../../src/editor/findings/fixSafe.js';
import type { FindingNode } from '../../../src/editor/findings/nodes.js';
import { FindingsStore } from '../../../src/editor/findings/store.js';
import { reportFindings } from '../../../src/report/report.js';
import { EMPTY_CONTEXT } from '../../../src/scan/context.js';
import type { Finding } from '../../../src/scan/finding.js';
import { closeAll, madeUpServerKey } from '../editorSupport.js';
import { folderOf, newEngine } from './scanning.js';

const UNUSED = '// stigg-keys-ignore-next-line hardcoded-server-key -- gone\n';
const REST = 'export const rest = 1;\n';

suite('Safe fixes of many files', function () {
  this.timeout(60_000);
  const here = folderOf('bulk-fixes');
  const engine = newEngine();
  let store: FindingsStore;
  const findingsOfText = async (document: vscode.TextDocument, text: string): Promise<readonly Finding[]> => {
    const source = { path: path.basename(document.uri.path), languageId: document.languageId, text };
    await engine.prepare(source);
    return engine.scan(source, EMPTY_CONTEXT);
  };
  const onDisk = (name: string): Promise<string> => readFile(here.uriOf(name).fsPath, 'utf8');
  const scanned = async (uri: vscode.Uri): Promise<void> => {
    const document = await vscode.workspace.openTextDocument(uri);
    store.setScanned(uri.toString(), reportFindings('x', document.getText(), await findingsOfText(document, document.getText()), { forEditor: true }));
  };
  /** Runs the command with the person's answer; `meanwhile` happens while they read the question. Gives what they were told. */
  const fix = async (node?: FindingNode, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<string> => {
    const told: string[] = [];
    const { showWarningMessage, showInformationMessage } = vscode.window;
    Object.assign(vscode.window, {
      showWarningMessage: async (message: string, options?: { modal?: boolean }) => {
        told.push(message);
        if (options?.modal !== true) return undefined;
        await meanwhile();
        return 'Apply';
      },
      showInformationMessage: (message: string) => { told.push(message); return Promise.resolve(undefined); },
    });
    try {
      await fixSafe({ store, live: { findingsOfText }, logError: (_what, error) => { throw error; } }, node);
    } finally {
      Object.assign(vscode.window, { showWarningMessage, showInformationMessage });
    }
    return told.join('\n');
  };

  setup(async () => {
    await closeAll();
    store = new FindingsStore();
  });
  teardown(async () => {
    store.dispose();
    await closeAll();
    await rm(here.root, { recursive: true, force: true });
  });
  suiteTeardown(() => { engine.dispose(); });

  test('files that are not open are changed and saved, those with unsaved changes are changed and left to the person', async () => {
    await here.write({ 'one.ts': UNUSED + REST, 'two.ts': UNUSED + REST, 'unsaved.ts': UNUSED + REST });
    for (const name of ['one.ts', 'two.ts', 'unsaved.ts']) await scanned(here.uriOf(name));
    const editor = await vscode.window.showTextDocument(here.uriOf('unsaved.ts'));
    await editor.edit((edit) => { edit.insert(new vscode.Position(2, 0), '// mine\n'); });
    const told = await fix();
    assert.deepEqual([await onDisk('one.ts'), await onDisk('two.ts')], [REST, REST]);
    assert.equal(editor.document.getText(), `${REST}// mine\n`);
    assert.equal(await onDisk('unsaved.ts'), UNUSED + REST, 'what somebody types is saved by nobody else');
    assert.equal(editor.document.isDirty, true);
    assert.match(told, /3 safe fixes applied in 3 files\..*unsaved\.ts: It had changes of yours that are not saved/s);
  });

  test('a file that changed since the scan is judged as it stands, one that changes while the question is read is left alone, one that is gone is told', async () => {
    await here.write({ 'moved.ts': UNUSED + REST, 'late.ts': UNUSED + REST, 'gone.ts': UNUSED + REST });
    for (const name of ['moved.ts', 'late.ts', 'gone.ts']) await scanned(here.uriOf(name));
    await rm(here.uriOf('gone.ts').fsPath);
    const moved = await vscode.workspace.openTextDocument(here.uriOf('moved.ts'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(moved.uri, new vscode.Position(0, 0), '// above\n');
    await vscode.workspace.applyEdit(edit);
    await moved.save();
    const late = await vscode.workspace.openTextDocument(here.uriOf('late.ts'));
    const told = await fix(undefined, async () => {
      const typed = new vscode.WorkspaceEdit();
      typed.insert(late.uri, new vscode.Position(0, 0), '// typed\n');
      await vscode.workspace.applyEdit(typed);
    });
    assert.equal(await onDisk('moved.ts'), `// above\n${REST}`);
    assert.equal(late.getText(), `// typed\n${UNUSED}${REST}`);
    assert.match(told, /1 safe fix applied in 1 file\./);
    assert.match(told, /late\.ts: The text changed/);
    assert.match(told, /gone\.ts: The file was deleted meanwhile/);
  });

  test('a file that cannot be written is told and not touched', async () => {
    const text = new TextEncoder().encode(UNUSED + REST);
    const provider = vscode.workspace.registerFileSystemProvider('stigg-read-only', {
      onDidChangeFile: () => new vscode.Disposable(() => undefined),
      watch: () => new vscode.Disposable(() => undefined),
      stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length, permissions: vscode.FilePermission.Readonly }),
      readDirectory: () => [],
      readFile: () => text,
      createDirectory: () => undefined,
      writeFile: () => { throw new Error('It was written'); },
      delete: () => undefined,
      rename: () => undefined,
    });
    try {
      await here.write({ 'writable.ts': UNUSED + REST });
      const readOnly = vscode.Uri.parse('stigg-read-only:/locked.ts');
      for (const uri of [readOnly, here.uriOf('writable.ts')]) await scanned(uri);
      assert.match(await fix(), /1 safe fix applied in 1 file\..*locked\.ts: The file is read-only/s);
      assert.equal((await vscode.workspace.openTextDocument(readOnly)).isDirty, false);
    } finally {
      provider.dispose();
    }
  });

  test('of one rule, nothing of another rule is touched', async () => {
    await here.write({ 'rules.ts': `${UNUSED}${REST}export const key = "${madeUpServerKey()}";\n` });
    await scanned(here.uriOf('rules.ts'));
    const rules = new Set([...store.files()].flatMap(([, findings]) => findings.map(({ rule }) => rule)));
    assert.equal(rules.size, 2);
    const before = await onDisk('rules.ts');
    await assert.rejects(fix({ kind: 'rule', rule: 'hardcoded-server-key' }), /Nothing here has a safe fix/);
    assert.equal(await onDisk('rules.ts'), before);
    await writeFile(here.uriOf('rules.ts').fsPath, before);
  });
});
