import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { fixSafe } from '../../src/editor/findings/fixSafe.js';
import { FindingsStore } from '../../src/editor/findings/store.js';
import { reportFindings } from '../../src/report/report.js';
import { EMPTY_CONTEXT } from '../../src/scan/context.js';
import { Engine } from '../../src/scan/engine.js';
import type { Finding } from '../../src/scan/finding.js';
import { aScansTime, closeAll, eventually, madeUpServerKey, ruleOf, stiggDiagnostics } from './editorSupport.js';

const FOLDER = 'scan-test';
/** Starting the thread, walking and judging, on a machine with something else to do. */
const PATIENCE_MS = 20_000;

function root(): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) throw new Error('Open a folder');
  return path.join(folder, FOLDER);
}
const at = (name: string): string => path.join(root(), name);
const uriOf = (name: string): vscode.Uri => vscode.Uri.file(at(name));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
  }
}

/** The rules that are reported in the file, and the line of each. */
const found = (name: string): string[] => stiggDiagnostics(uriOf(name)).map((one) => `${String(ruleOf(one))}:${one.range.start.line + 1}`).sort();

async function foundToBe(name: string, expected: readonly string[]): Promise<void> {
  await eventually(`${name}: ${expected.join(', ')}`, () => (JSON.stringify(found(name)) === JSON.stringify(expected) ? true : undefined), PATIENCE_MS).catch(() => {
    assert.deepEqual(found(name), expected, name);
  });
}

const scan = async (): Promise<void> => { await vscode.commands.executeCommand('stiggKeys.scanWorkspace'); };
const line = (token: string): string => `export const key = "${token}";\n`;

suite('Scan of the workspace', function () {
  this.timeout(120_000);

  setup(async () => {
    await closeAll();
    await mkdir(root(), { recursive: true });
  });
  teardown(async () => {
    await closeAll();
    await vscode.commands.executeCommand('stiggKeys.findings.clear');
    await rm(root(), { recursive: true, force: true });
  });

  test('finds in files that are not open what the live warnings find, in several languages, and nothing in what git ignores', async () => {
    const token = madeUpServerKey();
    await write({
      '.gitignore': 'ignored/\n',
      'src/app.ts': `// one\n${line(token)}`,
      'main.py': `import os\nkey = "${token}"\n`,
      'main.go': `package main\n\nvar key = "${token}"\n`,
      'config.yaml': `stigg:\n  key: ${token}\n`,
      'notes.md': `# Notes\n\nThe key is ${token}.\n`,
      'ignored/app.ts': line(token),
      'node_modules/x/index.js': line(token),
    });
    assert.deepEqual(found('src/app.ts'), []);
    await scan();
    for (const [name, at] of [['src/app.ts', 2], ['main.py', 2], ['main.go', 3], ['config.yaml', 2], ['notes.md', 3]] as const) await foundToBe(name, [`hardcoded-server-key:${at}`]);
    assert.deepEqual(found('ignored/app.ts'), []);
    assert.deepEqual(found('node_modules/x/index.js'), []);
    const [one] = stiggDiagnostics(uriOf('src/app.ts'));
    assert.ok(one !== undefined && !JSON.stringify(one).includes(token.slice(20, 60)), 'a diagnostic must not hold the key');
    const before = ['src/app.ts', 'main.py', 'config.yaml', 'notes.md'].map((name) => JSON.stringify(stiggDiagnostics(uriOf(name))));
    // Opened, each says the very same, once.
    for (const [index, name] of ['src/app.ts', 'main.py', 'config.yaml', 'notes.md'].entries()) {
      await vscode.window.showTextDocument(uriOf(name), { preview: false });
      await aScansTime();
      assert.equal(JSON.stringify(stiggDiagnostics(uriOf(name))), before[index], name);
    }
  });

  test('a file that is opened belongs to the live warnings, and to the scan when it is closed', async () => {
    await write({ 'open.ts': line(madeUpServerKey()) });
    await scan();
    await foundToBe('open.ts', ['hardcoded-server-key:1']);
    const editor = await vscode.window.showTextDocument(uriOf('open.ts'));
    await editor.edit((edit) => { edit.insert(new vscode.Position(0, 0), '// typed\n'); });
    await foundToBe('open.ts', ['hardcoded-server-key:2']);
    await editor.edit((edit) => { edit.replace(new vscode.Range(0, 0, 5, 0), ''); });
    await foundToBe('open.ts', []);
    // Not saved: what is on disk counts again.
    await closeAll();
    await foundToBe('open.ts', ['hardcoded-server-key:1']);
  });

  test('follows what happens on disk', async () => {
    const token = madeUpServerKey();
    await write({ 'a/one.ts': line(token), 'a/two.py': `key = "${token}"\n`, 'clean.ts': 'export {};\n' });
    await scan();
    await foundToBe('a/one.ts', ['hardcoded-server-key:1']);
    await write({ 'a/one.ts': `\n\n${line(token)}`, 'clean.ts': line(token), 'new.ts': line(token) });
    await foundToBe('a/one.ts', ['hardcoded-server-key:3']);
    await foundToBe('clean.ts', ['hardcoded-server-key:1']);
    await foundToBe('new.ts', ['hardcoded-server-key:1']);
    await rm(at('new.ts'));
    await foundToBe('new.ts', []);
    await rename(at('a'), at('b'));
    await foundToBe('a/one.ts', []);
    await foundToBe('a/two.py', []);
    await foundToBe('b/one.ts', ['hardcoded-server-key:3']);
    await foundToBe('b/two.py', ['hardcoded-server-key:1']);
    await rm(at('b'), { recursive: true });
    await foundToBe('b/one.ts', []);
  });

  test('follows the facts that files are judged by', async () => {
    await write({ 'app.ts': line(madeUpServerKey()), 'other.ts': line(madeUpServerKey()) });
    await scan();
    await foundToBe('app.ts', ['hardcoded-server-key:1']);
    await write({ '.stigg-keys.json': '{ "rules": { "hardcoded-server-key": "off" } }\n' });
    await foundToBe('app.ts', []);
    await rm(at('.stigg-keys.json'));
    await foundToBe('app.ts', ['hardcoded-server-key:1']);
    const cwd = root();
    if (spawnSync('git', ['add', 'app.ts'], { cwd }).status === 0) {
      await eventually('an error', () => stiggDiagnostics(uriOf('app.ts')).find(({ severity }) => severity === vscode.DiagnosticSeverity.Error), PATIENCE_MS);
      assert.equal(stiggDiagnostics(uriOf('other.ts'))[0]?.severity, vscode.DiagnosticSeverity.Warning);
      spawnSync('git', ['rm', '--quiet', '--cached', '--force', 'app.ts'], { cwd });
    }
    await write({ '.gitignore': 'other.ts\n' });
    await foundToBe('other.ts', []);
  });

  test('settings of the person hold at once', async () => {
    await write({ 'app.ts': line(madeUpServerKey()) });
    await scan();
    await foundToBe('app.ts', ['hardcoded-server-key:1']);
    const settings = vscode.workspace.getConfiguration('stiggKeys');
    try {
      await settings.update('diagnostics.rules', { 'hardcoded-server-key': 'info' }, vscode.ConfigurationTarget.Global);
      await eventually('an information', () => stiggDiagnostics(uriOf('app.ts')).find(({ severity }) => severity === vscode.DiagnosticSeverity.Information), PATIENCE_MS);
      await settings.update('diagnostics.enabled', false, vscode.ConfigurationTarget.Global);
      await foundToBe('app.ts', []);
    } finally {
      await settings.update('diagnostics.rules', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('diagnostics.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
    await foundToBe('app.ts', ['hardcoded-server-key:1']);
  });

  test('a second scan says the same, clearing takes it away', async () => {
    await write({ 'app.ts': line(madeUpServerKey()) });
    await scan();
    await foundToBe('app.ts', ['hardcoded-server-key:1']);
    await Promise.all([scan(), scan()]);
    await foundToBe('app.ts', ['hardcoded-server-key:1']);
    await vscode.commands.executeCommand('stiggKeys.findings.clear');
    await foundToBe('app.ts', []);
    await write({ 'app.ts': `\n${line(madeUpServerKey())}` });
    await aScansTime();
    assert.deepEqual(found('app.ts'), []);
  });

  test('is cancelled in the middle, and goes on afterwards', async () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < 400; index++) files[`many/${index}.ts`] = line(madeUpServerKey());
    await write(files);
    const scanning = scan();
    await vscode.commands.executeCommand('stiggKeys.cancelScan');
    await scanning;
    await scan();
    await foundToBe('many/399.ts', ['hardcoded-server-key:1']);
    await eventually('all of them', () => (Object.keys(files).every((name) => found(name).length === 1) ? true : undefined), PATIENCE_MS);
  });

  test('copies findings without keys', async () => {
    const token = madeUpServerKey();
    await write({ 'app.ts': line(token) });
    await scan();
    await foundToBe('app.ts', ['hardcoded-server-key:1']);
    await vscode.commands.executeCommand('stiggKeys.findings.copy', { kind: 'file', rule: 'hardcoded-server-key', uri: uriOf('app.ts').toString() });
    const text = await eventually('the text', async () => {
      const now = await vscode.env.clipboard.readText();
      return now.includes('app.ts') ? now : undefined;
    });
    assert.match(text, /^scan-test\/app\.ts:1:\d+ warning hardcoded-server-key: .*…/);
    assert.ok(!text.includes(token.slice(20, 60)));
  });

  test('safe fixes of everything, as one change; nothing else is touched', async () => {
    const engine = new Engine({ readWasm: (name) => readFile(path.join(path.dirname(createRequire(import.meta.url).resolve('../../package.json')), 'dist', 'wasm', name)) });
    const store = new FindingsStore();
    const unused = '// stigg-keys-ignore-next-line hardcoded-server-key -- gone\n';
    const key = line(madeUpServerKey());
    const before: Readonly<Record<string, string>> = { 'one.ts': `${unused}export const one = 1;\n`, 'two.ts': `${unused}export const two = 2;\n${key}`, 'three.ts': key };
    await write(before);
    const findingsOfText = async (document: vscode.TextDocument, text: string): Promise<readonly Finding[]> => {
      const source = { path: path.basename(document.fileName), languageId: document.languageId, text };
      await engine.prepare(source);
      return engine.scan(source, EMPTY_CONTEXT);
    };
    for (const [name, text] of Object.entries(before)) {
      store.setScanned(uriOf(name).toString(), reportFindings(name, text, await findingsOfText(await vscode.workspace.openTextDocument(uriOf(name)), text), { forEditor: true }));
    }
    const asked: string[] = [];
    const show = vscode.window.showWarningMessage;
    Object.assign(vscode.window, { showWarningMessage: (message: string, { detail }: { detail: string }) => { asked.push(`${message} ${detail}`); return Promise.resolve('Apply'); } });
    try {
      await fixSafe({ store, live: { findingsOfText }, logError: (_what, error) => { throw error; } }, undefined);
    } finally {
      Object.assign(vscode.window, { showWarningMessage: show });
      engine.dispose();
    }
    assert.match(asked.join(), /^Apply 2 safe fixes in 2 files\? scan-test\/one\.ts \(1\)\nscan-test\/two\.ts \(1\)/);
    assert.deepEqual(await Promise.all(['one.ts', 'two.ts', 'three.ts'].map((name) => readFile(at(name), 'utf8'))), ['export const one = 1;\n', `export const two = 2;\n${key}`, key]);
  });
});
