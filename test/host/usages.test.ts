import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { createUsages } from '../../src/editor/usages/index.js';
import type { Usage, Usages } from '../../src/editor/usages/usages.js';
import { isCancelled } from '../../src/errors.js';
import { Engine } from '../../src/scan/engine.js';
import { Secret } from '../../src/secret.js';
import { closeAll, eventually, madeUpServerKey, removeTemporaryFolders, temporaryFolder } from './editorSupport.js';

const FOLDER = 'usages-test';
const NOTE = '# The value is kept by the extension Stigg Key Hygiene: open a terminal with the key from its sidebar.';
const LOOKUP = 'process.env.STIGG_SERVER_API_KEY';

function root(): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) throw new Error('Open a folder');
  return path.join(folder, FOLDER);
}

const at = (name: string): string => path.join(root(), name);
const uriOf = (name: string): vscode.Uri => vscode.Uri.file(at(name));

async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
  }
}

/** A file system of one file, which cannot be written. */
class OneFile implements vscode.FileSystemProvider {
  readonly text: string;
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(text: string) {
    this.text = text;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path.endsWith('.ts')) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.text.length };
    if (uri.path === '/' || uri.path === '/repository') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    if (!uri.path.endsWith('.ts')) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(this.text);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}

suite('Usages of a key', () => {
  const engine = new Engine({ readWasm: (name) => readFile(path.join(path.dirname(createRequire(import.meta.url).resolve('../../package.json')), 'dist', 'wasm', name)) });
  const never = new AbortController().signal;
  let token = '';
  let home = '';
  let usages: Usages;
  let fingerprints: ReadonlySet<string> = new Set();

  setup(async () => {
    token = madeUpServerKey();
    fingerprints = new Set([new Secret(token).fingerprint]);
    home = await temporaryFolder();
    usages = createUsages({
      engine: () => Promise.resolve(engine), terminals: { with: () => [] }, knownKey: () => undefined, isRemoteWorkspace: false, platform: 'linux',
      home: vscode.Uri.file(home), userFolder: vscode.Uri.file(path.join(home, 'Code', 'User')), logError: (_what, error) => { throw error; },
    });
  });
  teardown(async () => {
    await closeAll();
    await rm(root(), { recursive: true, force: true });
  });
  suiteTeardown(async () => {
    engine.dispose();
    await removeTemporaryFolders();
  });

  const find = async (): Promise<readonly Usage[]> => (await usages.find(fingerprints, never)).usages;
  const nameOf = ({ uri }: Usage): string => (uri.scheme === 'untitled' ? 'untitled' : path.relative(root(), uri.fsPath).split(path.sep).join('/'));

  test('changes nothing that a repository links to outside of the opened folders', async () => {
    const line = `const key = ${JSON.stringify(token)};\n`;
    const elsewhere = await temporaryFolder();
    await writeFile(path.join(elsewhere, 'theirs.ts'), line);
    await mkdir(path.join(elsewhere, 'folder'));
    await writeFile(path.join(elsewhere, 'folder', 'theirs.ts'), line);
    await write({ 'mine.ts': line });
    await symlink(path.join(elsewhere, 'theirs.ts'), at('link.ts'));
    await symlink(path.join(elsewhere, 'folder'), at('linked'));
    const found = await eventually('the links to be found', async () => {
      const now = await find();
      return now.length >= 3 ? now : undefined;
    });
    for (const usage of found) assert.equal(usage.isOutside, nameOf(usage) !== 'mine.ts', nameOf(usage));
    // As if it had been put there after the search.
    const { left } = await usages.replace(found.map((usage) => ({ ...usage, isOutside: false })));
    assert.ok(left.every(({ reason }) => reason.includes('symbolic link')) && left.length === found.length - 1);
    assert.ok((await readFile(at('mine.ts'), 'utf8')).includes(LOOKUP));
    for (const name of ['theirs.ts', path.join('folder', 'theirs.ts')]) assert.equal(await readFile(path.join(elsewhere, name), 'utf8'), line);
  });

  test('finds the value in every kind of file, and in every form, and nothing else', async () => {
    const encoded = Buffer.from(token).toString('base64');
    const [kind = '', tail = ''] = token.split(':');
    await write({
      '.gitignore': '.env*\n',
      '.env': `STIGG_SERVER_API_KEY=${token}\n`,
      'src/app.ts': `export const key = '${token}';\nexport const again = "${token}";\n`,
      'src/split.ts': `export const key = '${kind}' + ':${tail}';\n`,
      'src/other.ts': `export const key = '${madeUpServerKey()}';\n`,
      'deploy/secret.yaml': `apiVersion: v1\nkind: Secret\ndata:\n  STIGG_SERVER_API_KEY: ${encoded}\n`,
      'deploy/url.sh': `curl 'https://api.stigg.io/?key=${token.replace(':', '%3A')}'\n`,
      '.vscode/mcp.json': `{ "servers": { "stigg": { "url": "https://mcp.stigg.io", "headers": { "X-API-KEY": "${token}" } } } }\n`,
      'data.json': `{ "key": "${token}" }\n`,
      'wide.txt': Buffer.from(`\uFEFFkey ${token}\n`, 'utf16le'),
      'latin.php': Buffer.from(`<?php // caf\u00e9\n$key = '${token}';\n`, 'latin1'),
      'binary.bin': Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(token)]),
      'node_modules/x/index.js': `module.exports = '${token}';\n`,
      'dist/app.js': `const key='${token}';\n`,
    });
    assert.deepEqual((await find()).map((usage) => [nameOf(usage), usage.kind, usage.range.start.line, usage.range.start.character]), [
      ['.env', 'envFile', 0, 21],
      ['.vscode/mcp.json', 'agentConfig', 0, 84],
      ['data.json', 'other', 0, 10],
      ['deploy/secret.yaml', 'other', 3, 24],
      ['deploy/url.sh', 'code', 0, 32],
      ['latin.php', 'code', 1, 8],
      ['src/app.ts', 'code', 0, 20],
      ['src/app.ts', 'code', 1, 22],
      ['src/split.ts', 'code', 0, 19],
      ['wide.txt', 'other', 0, 4],
    ]);
  });

  test('takes documents as they are: typed and not saved, or deleted in the editor', async () => {
    await write({ 'typed.ts': 'export {};\n', 'erased.ts': `export const key = '${token}';\n` });
    const typed = await vscode.window.showTextDocument(uriOf('typed.ts'), { preview: false });
    await typed.edit((edit) => { edit.insert(new vscode.Position(0, 0), `const key = '${token}';\n`); });
    const erased = await vscode.window.showTextDocument(uriOf('erased.ts'), { preview: false });
    await erased.edit((edit) => { edit.delete(new vscode.Range(0, 0, 1, 0)); });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'plaintext', content: `note ${token}` }), { preview: false });
    assert.deepEqual((await find()).map((usage) => [nameOf(usage), usage.isOutside]).sort(), [['typed.ts', false], ['untitled', false]]);
  });

  test('shows a person\'s own MCP configurations, and leaves them alone', async () => {
    const text = `{ "mcpServers": { "stigg": { "env": { "STIGG_API_KEY": "${token}" } } } }\n`;
    await mkdir(root(), { recursive: true });
    for (const name of ['.cursor/mcp.json', '.claude.json', '.codex/config.toml', 'Code/User/mcp.json', 'Code/User/profiles/abc/mcp.json']) {
      await mkdir(path.dirname(path.join(home, name)), { recursive: true });
      await writeFile(path.join(home, name), name.endsWith('.toml') ? `[mcp_servers.stigg.env]\nSTIGG_API_KEY = "${token}"\n` : text);
    }
    const found = await find();
    assert.deepEqual(found.map(({ uri, isOutside, kind }) => [path.relative(home, uri.fsPath), isOutside, kind]), [
      ['.claude.json', true, 'agentConfig'], ['.codex/config.toml', true, 'agentConfig'], ['.cursor/mcp.json', true, 'agentConfig'],
      ['Code/User/mcp.json', true, 'agentConfig'], ['Code/User/profiles/abc/mcp.json', true, 'agentConfig'],
    ]);
    const { files, left } = await usages.replace(found);
    assert.deepEqual([files.length, left.length], [0, 5]);
    assert.match(left[0]?.reason ?? '', /outside/);
    assert.equal(await readFile(path.join(home, '.cursor/mcp.json'), 'utf8'), text);
  });

  /** Name, text before, text after; the same text where nothing can take the key's place. */
  const replacements: readonly (readonly [string, (key: string) => string, string | RegExp])[] = [
    ['src/app.ts', (key) => `export const key = '${key}';\nexport const again = "${key}";\n`, `export const key = ${LOOKUP};\nexport const again = ${LOOKUP};\n`],
    ['src/crlf.ts', (key) => `// one\r\nexport const key = '${key}';\r\n`, `// one\r\nexport const key = ${LOOKUP};\r\n`],
    ['src/bom.ts', (key) => `\uFEFFexport const key = '${key}';\n`, `\uFEFFexport const key = ${LOOKUP};\n`],
    ['src/comment.ts', (key) => `// once ${key}\nexport {};\n`, '// once <STIGG_SERVER_API_KEY>\nexport {};\n'],
    ['src/ignored.ts', (key) => `// stigg-keys-ignore-next-line hardcoded-server-key -- later\nexport const key = '${key}';\n`, `// stigg-keys-ignore-next-line hardcoded-server-key -- later\nexport const key = ${LOOKUP};\n`],
    ['src/Client.tsx', (key) => `'use client';\nexport const key = '${key}';\n`, "'use client';\nexport const key = process.env.NEXT_PUBLIC_STIGG_CLIENT_API_KEY;\n"],
    ['src/twice.ts', (key) => `export const both = 'a ${key} b ${key} c';\n`, `export const both = \`a \${${LOOKUP}} b \${${LOOKUP}} c\`;\n`],
    ['main.py', (key) => `import os\nkey = "${key}"\n`, /^import os\nkey = os\.environ\["STIGG_SERVER_API_KEY"\]\n$/],
    ['main.go', (key) => `package main\n\nimport "os"\n\nvar key = "${key}"\n\nfunc main() { os.Exit(0) }\n`, /var key = os\.Getenv\("STIGG_SERVER_API_KEY"\)/],
    ['run.sh', (key) => `curl -H "X-API-KEY: ${key}" https://api.stigg.io/api/v1/customers\n`, /X-API-KEY: \$\{?STIGG_SERVER_API_KEY\}?"/],
    ['.env', (key) => `# Stigg\nSTIGG_SERVER_API_KEY="${key}" # full access\nPORT=1\n`, `# Stigg\n${NOTE}\nSTIGG_SERVER_API_KEY= # full access\nPORT=1\n`],
    ['.env.crlf', (key) => `\uFEFFA=1\r\nexport STIGG_SERVER_API_KEY=${key}\r\n`, `\uFEFFA=1\r\n${NOTE}\r\nexport STIGG_SERVER_API_KEY=\r\n`],
    ['.env.first', (key) => `\uFEFFSTIGG_SERVER_API_KEY=${key}\r\n`, `\uFEFF${NOTE}\r\nSTIGG_SERVER_API_KEY=\r\n`],
    ['.env.old', (key) => `# STIGG_SERVER_API_KEY=${key}\n`, '# STIGG_SERVER_API_KEY=<STIGG_SERVER_API_KEY>\n'],
    ['.env.url', (key) => `URL=https://example.com/?k=${key}\n`, /only a part of the value/],
    ['.vscode/mcp.json', (key) => `{ "servers": { "stigg": { "url": "https://mcp.stigg.io", "headers": { "X-API-KEY": "${key}" } } } }\n`, '{ "servers": { "stigg": { "url": "https://mcp.stigg.io", "headers": { "X-API-KEY": "${env:STIGG_SERVER_API_KEY}" } } } }\n'],
    ['data.json', (key) => `{ "key": "${key}" }\n`, /reads no environment variables/],
    ['www/app.min.js', (key) => `const key="${key}";\n`, /built from others/],
    ['secret.yaml', (key) => `data:\n  STIGG_SERVER_API_KEY: ${Buffer.from(key).toString('base64')}\n`, /encoded there/],
  ];

  test('replaces as the fixes do, in one step, and saves', async function () {
    this.timeout(60_000);
    await write({ 'package.json': '{ "dependencies": { "next": "15", "react": "19" } }\n', ...Object.fromEntries(replacements.map(([name, before]) => [name, before(token)])) });
    const found = await find();
    assert.deepEqual([...new Set(found.map(nameOf))].sort(), replacements.map(([name]) => name).sort());
    const { files, left } = await usages.replace(found);
    const reasons = new Map(left.map(({ usage, reason }) => [nameOf(usage), reason]));
    const problems: string[] = [];
    for (const [name, before, after] of replacements) {
      const text = await readFile(at(name), 'utf8');
      const reason = reasons.get(name);
      const isRight = reason === undefined ? (typeof after === 'string' ? text === after : after.test(text)) : text === before(token) && after instanceof RegExp && after.test(reason);
      if (!isRight) problems.push(`${name}: ${JSON.stringify(text.replaceAll(token, '<token>'))} ${reason ?? ''}`);
    }
    assert.deepEqual(problems, []);
    assert.equal(files.length, replacements.length - left.length);
    assert.deepEqual([...new Set((await find()).map(nameOf))].sort(), [...reasons.keys()].sort());
    assert.deepEqual(vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.path), []);
  });

  test('leaves no comment in env files on request', async () => {
    // Not the file that VS Code still has open from before: what it shows may lag behind the disk.
    await write({ '.env.plain': `STIGG_SERVER_API_KEY=${token}\n` });
    const { left } = await usages.replace(await find(), { hasEnvNote: false });
    assert.deepEqual(left.map(({ reason }) => reason), []);
    assert.equal(await readFile(at('.env.plain'), 'utf8'), 'STIGG_SERVER_API_KEY=\n');
  });

  test('replaces what was typed and not saved, together with it', async () => {
    await write({ 'typed.ts': 'export {};\n' });
    const editor = await vscode.window.showTextDocument(uriOf('typed.ts'));
    await editor.edit((edit) => { edit.insert(new vscode.Position(0, 0), `const key = '${token}';\n`); });
    const { left } = await usages.replace(await find());
    assert.deepEqual(left, []);
    assert.equal(await readFile(at('typed.ts'), 'utf8'), `const key = ${LOOKUP};\nexport {};\n`);
  });

  test('leaves what changed, went or would be damaged, and says so', async function () {
    this.timeout(40_000);
    const text = `export const key = '${token}';\n`;
    await write({ 'changed.ts': text, 'deleted.ts': text, 'fine.ts': text, 'latin.ts': Buffer.from(`// caf\u00e9\n${text}`, 'latin1') });
    const found = await find();
    await write({ 'changed.ts': `// new\n${text}` });
    await rm(at('deleted.ts'));
    const { files, left } = await usages.replace(found);
    assert.deepEqual(left.map(({ usage, reason }) => `${nameOf(usage)}: ${reason.split(/[:.]/)[0] ?? ''}`).sort(), [
      'changed.ts: The text changed since it was searched',
      'deleted.ts: The file was deleted meanwhile',
      'latin.ts: The file is not UTF-8',
    ]);
    assert.deepEqual(files.map((uri) => path.basename(uri.fsPath)), ['fine.ts']);
    assert.equal(await readFile(at('fine.ts'), 'utf8'), `export const key = ${LOOKUP};\n`);
  });

  test('leaves what is read-only, and says what could not be saved', async () => {
    const text = `export const key = '${token}';\n`;
    const files = new OneFile(text);
    const range = new vscode.Range(0, 20, 0, 20 + token.length);
    const usage: Usage = { uri: vscode.Uri.parse('vscode-vfs:/repository/app.ts'), range, fingerprint: new Secret(token).fingerprint, mask: new Secret(token).mask, kind: 'code', isOutside: false };
    for (const [isReadonly, expected] of [[true, /read-only/], [false, /could not be saved/]] as const) {
      const provider = vscode.workspace.registerFileSystemProvider('vscode-vfs', files, { isReadonly });
      try {
        // What a provider can do is known a moment after it is registered.
        await eventually('VS Code to know the file system', () => (vscode.workspace.fs.isWritableFileSystem('vscode-vfs') === !isReadonly ? true : undefined));
        const { files: changed, left } = await usages.replace([usage]);
        assert.deepEqual(changed, []);
        assert.match(left[0]?.reason ?? '', expected);
      } finally {
        await closeAll();
        provider.dispose();
      }
    }
    assert.equal(files.text, text);
  });

  test('5,000 files: others get their turn, it can be cancelled, and says how far it is', async function () {
    this.timeout(120_000);
    const files: Record<string, string> = { 'last/key.ts': `export const key = '${token}';\n` };
    for (let index = 0; index < 5_000; index++) files[`many/${String(index % 50)}/file${String(index)}.ts`] = `import Stigg from '@stigg/node-server-sdk';\nexport const n${String(index)} = ${String(index)};\n`;
    const from = performance.now();
    await write(files);
    console.log(`\u2063written in ${String(Math.round(performance.now() - from))} ms`);
    // Until the events of so many new files are over.
    await sleep(5_000);
    let longest = 0;
    let before = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - before - 5);
      before = performance.now();
    }, 5);
    const reports: number[] = [];
    const started = performance.now();
    const { usages: found, files: read } = await usages.find(fingerprints, never, (count) => reports.push(count));
    const took = performance.now() - started;
    clearInterval(watch);
    console.log(`\u20635,000 files in ${String(Math.round(took))} ms; longest turn ${String(Math.round(longest))} ms`);
    assert.deepEqual(found.map(nameOf), ['last/key.ts']);
    assert.ok(read > 5_000 && reports.length > 100 && reports.every((count, index) => count >= (reports[index - 1] ?? 0)));
    assert.ok(longest < 500, `The extension host was busy for ${String(longest)} ms`);
    const controller = new AbortController();
    const cancelled = usages.find(fingerprints, controller.signal, (count) => { if (count > 100) controller.abort(); });
    await assert.rejects(cancelled, (error) => isCancelled(error));
  });
});
