import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { renameVariable } from '../../src/editor/diagnostics/renameVariableFix.js';
import { aScansTime, closeAll, diagnosticsToBe, eventually, madeUpServerKey, ruleOf, stiggDiagnostics } from './editorSupport.js';

suite('Fixes beyond the document, and settings', () => {
  let root = '';
  const git = (...args: string[]): number | null => spawnSync('git', args, { cwd: root }).status;
  const at = (name: string): vscode.Uri => vscode.Uri.file(path.join(root, name));
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };
  const read = (name: string): Promise<string> => readFile(path.join(root, name), 'utf8');
  const show = async (name: string): Promise<vscode.TextDocument> => (await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at(name)), { preview: false })).document;
  const rules = (uri: vscode.Uri, ...wanted: string[]): Promise<true> => eventually(`${uri.path}: ${wanted.join(', ')}`, () =>
    (JSON.stringify(stiggDiagnostics(uri).map(ruleOf)) === JSON.stringify(wanted) ? true : undefined));

  async function action(document: vscode.TextDocument, title: RegExp): Promise<vscode.Command> {
    const [found] = stiggDiagnostics(document.uri);
    assert.ok(found !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, found.range, vscode.CodeActionKind.QuickFix.value);
    const chosen = actions.find((one) => title.test(one.title));
    assert.ok(chosen?.command !== undefined, `No command like ${String(title)} among: ${actions.map((one) => one.title).join(', ')}`);
    return chosen.command;
  }
  const run = (command: vscode.Command): Thenable<unknown> => vscode.commands.executeCommand(command.command, ...(command.arguments ?? []) as unknown[]);

  setup(async function () {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (folder?.uri.scheme !== 'file') this.skip();
    // Of its own: VS Code keeps the text of a file for a while after its editor is closed.
    root = path.join(folder.uri.fsPath, `file-fixes-${randomUUID()}`);
    await mkdir(root);
    if (git('init', '--quiet') !== 0) this.skip();
  });
  teardown(async () => {
    await closeAll();
    await vscode.commands.executeCommand('notifications.clearAll');
    await rm(root, { recursive: true, force: true });
  });

  test('an env file that git would take along is added to a new .gitignore', async () => {
    await write('api/.env', `STIGG_SERVER_API_KEY=${madeUpServerKey()}\n`);
    const document = await show('api/.env');
    await rules(document.uri, 'unprotected-env-file');
    await run(await action(document, /^Add \.env to \.gitignore/));
    await diagnosticsToBe(0, document.uri);
    assert.equal(await read('.gitignore'), '/api/.env\n');
  });

  test('the nearest .gitignore is used as it is written', async () => {
    await write('.gitignore', 'dist/\n');
    await write('api/.gitignore', 'out/\r\nlogs/\r\n');
    await write('api/.env', `STIGG_SERVER_API_KEY=${madeUpServerKey()}\n`);
    const document = await show('api/.env');
    await rules(document.uri, 'unprotected-env-file');
    await run(await action(document, /^Add \.env to \.gitignore/));
    await diagnosticsToBe(0, document.uri);
    assert.equal(await read('api/.gitignore'), 'out/\r\nlogs/\r\n/.env\r\n');
    assert.equal(await read('.gitignore'), 'dist/\n');
  });

  test('a file that git tracks stays an error until it has left the index', async () => {
    await write('.env', `STIGG_SERVER_API_KEY=${madeUpServerKey()}\n`);
    git('add', '.env');
    const document = await show('.env');
    await eventually('the index to be seen', () => (stiggDiagnostics(document.uri)[0]?.message.includes('git tracks') === true ? true : undefined));
    await run(await action(document, /git rm --cached/));
    assert.equal(await read('.gitignore'), '/.env\n');
    await aScansTime();
    await rules(document.uri, 'unprotected-env-file');
    git('rm', '--quiet', '--cached', '.env');
    await diagnosticsToBe(0, document.uri);
  });

  test('a variable is renamed in every file that names it, once the person has seen them', async () => {
    const name = 'VITE_STIGG_SERVER_API_KEY';
    await write('.gitignore', '.env\nignored/\n');
    await write('.env', `PORT=1\r\n${name}=\r\n`);
    await write('package.json', '{ "dependencies": { "vite": "1" } }');
    await write('src/a.ts', `import Stigg from '@stigg/node-server-sdk';\nexport const key = import.meta.env.${name};\n`);
    await write('src/other.ts', `export const other = '${name}_OLD'; // ${name}\n`);
    await write('ignored/b.ts', `export const key = '${name}';\n`);
    await write('node_modules/c/index.js', `exports.key = '${name}';\n`);
    const document = await show('src/a.ts');
    const asked: string[] = [];
    const controller = { isIgnored: (uri: vscode.Uri) => Promise.resolve(uri.path.includes('/ignored/')) };
    await renameVariable(controller, [document.uri.toString(), name, 'STIGG_SERVER_API_KEY'], (_from, _to, found) => {
      asked.push(...found.map(({ file }) => path.basename(file.path)));
      return Promise.resolve('rename' as const);
    });
    assert.deepEqual(asked.sort(), ['.env', 'a.ts', 'other.ts']);
    await vscode.workspace.saveAll();
    assert.match(await read('src/a.ts'), /env\.STIGG_SERVER_API_KEY;/);
    assert.equal(await read('.env'), 'PORT=1\r\nSTIGG_SERVER_API_KEY=\r\n');
    assert.equal(await read('src/other.ts'), `export const other = '${name}_OLD'; // STIGG_SERVER_API_KEY\n`);
    assert.equal(await read('ignored/b.ts'), `export const key = '${name}';\n`);
    assert.equal(await read('node_modules/c/index.js'), `exports.key = '${name}';\n`);
  });

  test('the settings of the repository are obeyed as they change, and the person\'s own win', async () => {
    await write('src/settings.ts', `export const key = '${madeUpServerKey()}';\n`);
    const document = await show('src/settings.ts');
    await rules(document.uri, 'hardcoded-server-key');
    await write('.stigg-keys.json', '{ "rules": { "hardcoded-server-key": "info" } }');
    await eventually('information', () => (stiggDiagnostics(document.uri)[0]?.severity === vscode.DiagnosticSeverity.Information ? true : undefined));
    await write('.stigg-keys.json', '{ "ignore": ["src/"] }');
    await rules(document.uri);
    await write('.stigg-keys.json', '{ "rules": { "hardcoded-server-key": "off" } }');
    await aScansTime();
    await rules(document.uri);
    const configuration = vscode.workspace.getConfiguration('stiggKeys', document);
    await configuration.update('diagnostics.rules', { 'hardcoded-server-key': 'error' }, vscode.ConfigurationTarget.Global);
    try {
      await eventually('an error', () => (stiggDiagnostics(document.uri)[0]?.severity === vscode.DiagnosticSeverity.Error ? true : undefined));
    } finally {
      await configuration.update('diagnostics.rules', undefined, vscode.ConfigurationTarget.Global);
    }
    await rules(document.uri);
  });

  test('a suppression that is not needed is removed', async () => {
    await write('src/suppressed.ts', '// stigg-keys-ignore-next-line hardcoded-server-key -- once\nexport const a = 1;\n');
    const document = await show('src/suppressed.ts');
    await rules(document.uri, 'unused-suppression');
    const [found] = stiggDiagnostics(document.uri);
    assert.ok(found !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, found.range, vscode.CodeActionKind.QuickFix.value, 10);
    const { edit } = actions.find(({ title }) => title === 'Remove the suppression') ?? {};
    assert.ok(edit !== undefined && (await vscode.workspace.applyEdit(edit)));
    assert.equal(document.getText(), 'export const a = 1;\n');
    await diagnosticsToBe(0, document.uri);
    await document.save();
  });
});
