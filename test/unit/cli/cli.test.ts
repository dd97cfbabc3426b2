import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { host, serverKey } from '../scan/support.js';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'stigg-cli-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const KEY = serverKey();
const LEAK = `const key = "${KEY}";\n`;

function write(path: string, content: string | Buffer): void {
  mkdirSync(join(cwd, path, '..'), { recursive: true });
  writeFileSync(join(cwd, path), content);
}

interface Result { readonly code: number; readonly out: string; readonly err: string }

async function run(...args: string[]): Promise<Result> {
  let out = '';
  let err = '';
  const code = await main(args, {
    cwd,
    colour: false,
    host,
    env: {},
    vault: () => { throw new Error('No command here needs a keychain'); },
    version: () => Promise.resolve('1.2.3'),
    out: (text) => {
      out += text;
      return Promise.resolve();
    },
    err: (text) => {
      err += text;
    },
  });
  expect(out + err).not.toContain(KEY);
  return { code, out, err };
}

interface Json { version: number; findings: { path: string; rule: string; line: number }[]; summary: { files: number; skipped: { path: string; reason: string }[] } }
const scanned = async (...args: string[]): Promise<Json> => JSON.parse((await run('scan', '--format', 'json', '--fail-on', 'never', ...args)).out) as Json;
const pathsOf = (json: Json): string[] => json.findings.map(({ path }) => path);

describe('exit codes', () => {
  test('nothing found', async () => {
    write('a.ts', 'const a = 1;');
    expect(await run('scan')).toMatchObject({ code: 0, err: '' });
  });

  test('what counts as a failure', async () => {
    write('a.ts', LEAK);
    expect((await run('scan')).code).toBe(0);
    expect((await run('scan', '--fail-on', 'warning')).code).toBe(1);
    expect((await run('scan', '--fail-on=info')).code).toBe(1);
    write('b.tsx', `'use client';\n${LEAK}`);
    expect((await run('scan')).code).toBe(1);
    expect((await run('scan', '--fail-on', 'never')).code).toBe(0);
  });

  test.each([
    [['nonsense']], [['scan', '--nonsense']], [['scan', '--format', 'xml']], [['scan', '--fail-on']], [['scan', '--fail-on', 'x']], [['scan', 'no/such/path']], [['scan', '-x']], [['scan', '']], [['scan', '--help=1']],
  ])('usage error: %j', async (args) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^stigg-keys: .+\. [A-Z].+\.\n$/);
  });

  test.each([
    [['list']], [['rotate']], [['revoke']],
  ])('announced, not there yet: %j', async (args) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain('not there yet');
  });

  test('help and version', async () => {
    for (const args of [[], ['--help'], ['-h'], ['help'], ['scan', '--help']]) expect(await run(...args)).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') as string });
    expect(await run('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });
});

describe('which files', () => {
  test('ignored ones are left out, nested rules and exceptions hold', async () => {
    execFileSync('git', ['init', '-q'], { cwd });
    write('.gitignore', 'dist/\n*.gen.ts\n/only-here.ts\n');
    write('sub/.gitignore', '!keep.gen.ts\nlocal.ts\n');
    write('.git/info/exclude', 'excluded.ts\n');
    for (const path of ['dist/a.ts', 'x.gen.ts', 'only-here.ts', 'sub/only-here.ts', 'sub/keep.gen.ts', 'sub/local.ts', 'local.ts', 'excluded.ts', '.hidden/a.ts', 'node_modules/p/i.js', 'dist/tracked.ts']) write(path, LEAK);
    execFileSync('git', ['add', '-f', 'dist/tracked.ts'], { cwd });
    expect(pathsOf(await scanned())).toEqual(['.hidden/a.ts', 'dist/tracked.ts', 'local.ts', 'sub/keep.gen.ts', 'sub/only-here.ts']);
    expect(pathsOf(await scanned('sub'))).toEqual(['sub/keep.gen.ts', 'sub/only-here.ts']);
    expect(pathsOf(await scanned('dist'))).toEqual(['dist/a.ts', 'dist/tracked.ts']);
    expect(pathsOf(await scanned('x.gen.ts', '.', 'x.gen.ts'))).toContain('x.gen.ts');
  });

  test('paths above the working directory are relative, too', async () => {
    write('a.ts', LEAK);
    mkdirSync(join(cwd, 'sub'));
    const outer = cwd;
    cwd = join(cwd, 'sub');
    expect(pathsOf(await scanned('..'))).toEqual(['../a.ts']);
    cwd = outer;
  });

  test('binary and large files, links, loops and strange names', async () => {
    write('binary.ts', Buffer.concat([Buffer.from(LEAK), Buffer.from([0]), Buffer.from(LEAK)]));
    write('late-nul.ts', Buffer.concat([Buffer.from(LEAK), Buffer.alloc(9_000, 32), Buffer.from([0])]));
    write('utf16.ts', Buffer.from(`\uFEFF${LEAK}`, 'utf16le'));
    write('utf16be.ts', Buffer.from(`\uFEFF${LEAK}`, 'utf16le').swap16());
    write('bom.ts', `\uFEFF${LEAK}`);
    write('with\nbreak.ts', LEAK);
    write('latin1.ts', Buffer.concat([Buffer.from([0xe9, 0x0a]), Buffer.from(LEAK)]));
    writeFileSync(join(cwd, 'huge.ts'), LEAK);
    truncateSync(join(cwd, 'huge.ts'), 1024 ** 3);
    write('large.txt', `${LEAK}${' '.repeat(11 * 1024 * 1024)}`);
    mkdirSync(join(cwd, 'loop'));
    symlinkSync(cwd, join(cwd, 'loop', 'up'));
    symlinkSync('nowhere', join(cwd, 'dangling.ts'));
    const json = await scanned();
    expect(json.findings.map(({ path, line }) => [path, line])).toEqual([['binary.ts', 1], ['binary.ts', 2], ['bom.ts', 1], ['huge.ts', 1], ['large.txt', 1], ['late-nul.ts', 1], ['latin1.ts', 2], ['utf16.ts', 1], ['utf16be.ts', 1], ['with\nbreak.ts', 1]]);
    expect(json.summary.skipped).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('what cannot be read is said, and fails when it was named', async () => {
    write('a.ts', LEAK);
    write('secret/b.ts', LEAK);
    write('c.ts', LEAK);
    chmodSync(join(cwd, 'secret'), 0);
    chmodSync(join(cwd, 'c.ts'), 0);
    const { err, out } = await run('scan', '--format', 'json');
    expect((JSON.parse(out) as Json).summary.skipped.map(({ path }) => path).sort()).toEqual(['c.ts', 'secret']);
    expect(err).toContain('secret was skipped');
    expect((await run('scan', 'c.ts')).code).toBe(2);
    expect((await run('scan', 'secret')).code).toBe(2);
    chmodSync(join(cwd, 'secret'), 0o700);
  });

  test('a language without a grammar, an env file and a named device', async () => {
    write('notes.md', `the key is ${KEY}\n`);
    write('.env', `STIGG_SERVER_API_KEY=${KEY}\n`);
    expect(pathsOf(await scanned())).toEqual(['notes.md']);
    if (process.platform !== 'win32') expect((await run('scan', '/dev/null')).code).toBe(2);
  });

  test('many files, in the same order every time', async () => {
    for (let index = 0; index < 120; index++) write(`src/${index % 7}/f${index}.ts`, LEAK);
    const first = pathsOf(await scanned());
    expect(first).toHaveLength(120);
    expect(pathsOf(await scanned())).toEqual(first);
  });
});
