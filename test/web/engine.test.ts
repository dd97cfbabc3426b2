import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RULES } from '../../src/scan/rules/index.js';
import { CORPORA, handWritten, materialise } from '../eval/corpus.mjs';
import { repoRoot } from '../tools/paths.mjs';
import { newToken } from '../sandbox/tokens.js';
import { eventually, FOLDER, openWeb, type WebWindow } from './window.js';

/** One file of each kind: every family of languages is there, and the window stays a window. */
const KINDS = ['.ts', '.tsx', '.js', '.py', '.go', '.rb', '.java', '.kt', '.cs', '.php', '.rs', '.sh', '.ps1', '.vue', '.svelte', '.astro', '.html', '.json', '.yaml', '.yml', '.toml', '.tf', '.md', '.http', '.ipynb', 'Dockerfile'];
const URI = `vscode-vfs://github${FOLDER}`;

const centShaped = RULES.find(({ id }) => id === 'cent-shaped-amount')?.bad[0];
const PRICE = `server/amount${path.extname(centShaped?.path ?? '')}`;

interface Found {
  readonly path: string;
  readonly rule: string;
  readonly line: number;
}

/** Files of the labelled corpus that have findings, with all that stands around them. */
function chosen(): { readonly files: Record<string, string>; readonly opened: readonly string[] } {
  const files: Record<string, string> = {};
  const opened: string[] = [];
  const missing = new Set(KINDS);
  for (const project of CORPORA.flatMap(handWritten)) {
    const texts = project.files.map((file) => ({ path: `${project.name}/${file.path}`, ...materialise(file) }));
    const wanted = texts.filter(({ path: name, labels }) => labels.length > 0 && missing.delete(path.extname(name) || path.basename(name)));
    if (wanted.length === 0) continue;
    for (const { path: name, text } of texts) files[name] = text;
    // Each is a repository of its own.
    files[`${project.name}/.git/HEAD`] = 'ref: refs/heads/main\n';
    opened.push(...wanted.map(({ path: name }) => name));
  }
  return { files, opened };
}

/** What the command line finds in the same files on a disk. */
function foundInNode(files: Readonly<Record<string, string>>): readonly Found[] {
  const root = mkdtempSync(path.join(tmpdir(), 'stigg-same-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    const json = execFileSync(process.execPath, [path.join(repoRoot, 'dist/cli.js'), 'scan', '--format', 'json', '--fail-on', 'never'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
    return (JSON.parse(json) as { findings: Found[] }).findings;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const sorted = (found: readonly Found[]): string[] => found.map(({ path: name, rule, line }) => `${name}:${String(line)} ${rule}`).sort();

describe('warnings in VS Code for the Web', () => {
  const { files, opened } = chosen();
  const key = newToken('server', randomUUID());
  const bad = `'use client';\nimport { StiggProvider } from '@stigg/react-sdk';\nexport const Providers = () => <StiggProvider apiKey="${key}" />;\n`;
  let web: WebWindow;

  beforeAll(async () => {
    web = await openWeb({
      pictures: 'engine',
      files: {
        ...files,
        'web/package.json': '{"dependencies":{"next":"15.0.0","@stigg/react-sdk":"7.0.0"}}\n',
        'web/app/providers.tsx': bad,
        'quiet/package.json': '{"dependencies":{"next":"15.0.0","@stigg/react-sdk":"7.0.0"}}\n',
        'quiet/app/providers.tsx': bad,
        'quiet/app/ignored.tsx': bad.replace('export', '// stigg-keys-ignore-next-line server-key-in-frontend-sdk -- a test\nexport'),
        'server/billing.py': `import requests\n\n\ndef plans():\n    return requests.get("https://api.stigg.io/api/v1/plans", headers={"X-API-KEY": "${key}"})\n`,
        'unopened/job.py': `KEY = "${key}"\n`,
        [PRICE]: centShaped?.text({ server: '', client: '', legacy: '' }) ?? '',
      },
    });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await web.bench.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
  });
  afterAll(async () => {
    web.bench.saveConsole('console');
    await web.dispose();
  });

  const found = async (): Promise<Found[]> => {
    const all = await web.inside(() => testApi.languages.getDiagnostics().flatMap(([uri, diagnostics]) => diagnostics
      .filter(({ source }) => source === 'Stigg')
      .map(({ code, range }) => ({ path: uri.toString(true), rule: String(typeof code === 'object' ? code.value : code), line: range.start.line + 1 }))), undefined);
    return all.map((one) => ({ ...one, path: one.path.slice(URI.length + 1) }));
  };
  const inFile = async (name: string): Promise<string[]> => (await found()).filter(({ path: where }) => where === name).map(({ rule }) => rule).sort();

  it('stands in a browser alone, with a worker for extensions and nothing of Node', async () => {
    expect(await web.inside(() => ({ node: typeof (globalThis as { readonly process?: unknown }).process, uiKind: testApi.env.uiKind === testApi.UIKind.Web, remote: testApi.env.remoteName ?? null }), undefined)).toEqual({ node: 'undefined', uiKind: true, remote: null });
  });

  it('a key in code that ships to the browser is told as it is opened, and a quick fix takes it out', async () => {
    const { bench } = web;
    await bench.openFile('web/app/providers.tsx');
    await eventually(async () => { expect(await inFile('web/app/providers.tsx')).toEqual(['server-key-in-frontend-sdk']); });
    await bench.squiggle('error');
    await bench.goTo(3, bad.split('\n')[2]?.indexOf(key) ?? 1);
    await bench.page.keyboard.press('ArrowRight');
    await expect.poll(() => bench.quickFixes(), { timeout: 90_000 }).toContain('Move the key to the keychain and use the publishable key in NEXT_PUBLIC_STIGG_CLIENT_API_KEY');
    await bench.screenshot('01-warning');
    await bench.quickFix(/^Use the publishable key/);
    await eventually(async () => { expect(await bench.editorText()).toMatch(/apiKey=\{process\.env\.NEXT_PUBLIC_STIGG/); });
    await eventually(async () => { expect(await inFile('web/app/providers.tsx')).toEqual([]); });
    await bench.screenshot('02-fixed');
  });

  it('a warning comes while somebody types', async () => {
    const { bench } = web;
    await bench.openFile('server/billing.py');
    await eventually(async () => { expect(await inFile('server/billing.py')).toEqual(['hardcoded-server-key']); });
    await bench.goTo(6, 1);
    await bench.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
    await bench.type('\n# later\n');
    await bench.type(`SECOND = "${key}"\n`, { instantly: true });
    await eventually(async () => { expect(await inFile('server/billing.py')).toEqual(['hardcoded-server-key', 'hardcoded-server-key']); });
  });

  it('a comment and the settings of the repository are heeded, also when they change', async () => {
    await web.bench.openFile('quiet/app/ignored.tsx');
    await web.bench.openFile('quiet/app/providers.tsx');
    await eventually(async () => { expect(await inFile('quiet/app/providers.tsx')).toEqual(['server-key-in-frontend-sdk']); });
    expect(await inFile('quiet/app/ignored.tsx')).toEqual([]);
    await web.inside((uri) => testApi.workspace.fs.writeFile(testApi.Uri.parse(uri), new TextEncoder().encode('{"rules":{"server-key-in-frontend-sdk":"off","server-key-in-frontend":"off","hardcoded-server-key":"off"}}\n')), `${URI}/.stigg-keys.json`);
    await eventually(async () => { expect(await inFile('quiet/app/providers.tsx')).toEqual([]); });
    await web.inside((uri) => testApi.workspace.fs.delete(testApi.Uri.parse(uri)), `${URI}/.stigg-keys.json`);
    await eventually(async () => { expect(await inFile('quiet/app/providers.tsx')).toEqual(['server-key-in-frontend-sdk']); });
  });

  it('files of every language are judged as the command line judges them on a disk', async () => {
    expect(opened.map((name) => path.extname(name) || path.basename(name)).sort()).toEqual([...KINDS].sort());
    const expected = sorted(foundInNode(files).filter(({ path: name }) => opened.includes(name)));
    expect(expected.length).toBeGreaterThan(opened.length / 2);
    await web.inside(async (uris) => {
      for (const uri of uris) await testApi.window.showTextDocument(await testApi.workspace.openTextDocument(testApi.Uri.parse(uri)), { preview: false });
    }, opened.map((name) => `${URI}/${name}`));
    await eventually(async () => { expect(sorted((await found()).filter(({ path: name }) => opened.includes(name)))).toEqual(expected); });
    await web.bench.screenshot('03-all-languages');
  });

  it('a hover explains the warning about an amount', async () => {
    await web.bench.openFile(PRICE);
    await eventually(async () => { expect(await inFile(PRICE)).toEqual(['cent-shaped-amount']); });
    const { hovers, messages } = await web.inside(async (text) => {
      const uri = testApi.Uri.parse(text);
      const [diagnostic] = testApi.languages.getDiagnostics(uri);
      const found = await testApi.commands.executeCommand<{ contents: { value: string }[] }[]>('vscode.executeHoverProvider', uri, diagnostic?.range.start);
      return { hovers: found.flatMap(({ contents }) => contents.map(({ value }) => value)).join('\n'), messages: diagnostic?.message };
    }, `${URI}/${PRICE}`);
    expect(messages).toMatch(/\$\d+,?\d+\.00/);
    expect(hovers).toMatch(/Amount that looks like cents[\s\S]*Why it matters/);
  });

  it('the whole workspace is scanned without a thread of its own', async () => {
    expect(await inFile('unopened/job.py')).toEqual([]);
    await web.bench.runCommand('Stigg: Scan Workspace');
    await eventually(async () => { expect(await inFile('unopened/job.py')).toEqual(['hardcoded-server-key']); });
    await web.bench.screenshot('04-scanned');
  });

  it('leaves no error of ours in the console', () => {
    expect(web.ownErrors()).toEqual([]);
  });
});
