import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serverKey } from '../scan/support.js';
import { BuiltCli } from './scanBuilt.js';
import { TemporaryFolder } from './scanSupport.js';

const isWindows = process.platform === 'win32';
const LEAK = `the key is ${serverKey()}\n`;

let cli: BuiltCli;
let folder: TemporaryFolder;
beforeAll(async () => {
  cli = await BuiltCli.build();
}, 120_000);
afterAll(() => {
  cli[Symbol.dispose]();
});
beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const start = (...args: string[]): ChildProcess => spawn(process.execPath, [cli.program, 'scan', ...args], { cwd: folder.path, stdio: ['pipe', 'pipe', 'pipe'] });
const shell = (script: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => spawnSync('bash', ['-c', script, 'bash', process.execPath, cli.program], { cwd: folder.path, encoding: 'utf8' });
const ended = async (child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> => (await once(child, 'close')) as [number | null, NodeJS.Signals | null];

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const part of stream ?? []) text += String(part);
  return text;
}

describe.skipIf(isWindows)('as a process', () => {
  test('SIGINT in the middle: 130, and nothing half-done', async () => {
    for (let index = 0; index < 4_000; index++) folder.write({ [`f/${String(index)}.md`]: LEAK });
    folder.write({ 'report.json': 'old' });
    // A pipe that nobody writes to keeps it in the middle.
    const waiting = start('--stdin', '--stdin-filename', 'a.ts', '--output', 'report.json');
    const walking = start('f', '--output', 'report.json');
    const results = [waiting, walking].map(async (child) => ({ err: await textOf(child.stderr), end: await ended(child) }));
    // More than a pipe holds: it is being read.
    await new Promise((resolve) => { waiting.stdin?.write(Buffer.alloc(4_000_000, 32), resolve); });
    walking.kill('SIGINT');
    waiting.kill('SIGINT');
    const [first, second] = await Promise.all(results);
    expect(first?.end[0] ?? first?.end[1]).toBe(130);
    expect(first?.err).toContain('Interrupted; nothing is reported.');
    // It may be over already, or not yet listening.
    expect([130, 'SIGINT', 0]).toContain(second?.end[0] ?? second?.end[1]);
    if (second?.end[0] !== 0) expect(readFileSync(path.join(folder.path, 'report.json'), 'utf8')).toBe('old');
    expect(readdirSync(folder.path).sort()).toEqual(['f', 'report.json']);
  });

  test('a reader that goes away (`| head`) is no error', () => {
    for (let index = 0; index < 3_000; index++) folder.write({ [`f/${String(index)}-${'x'.repeat(100)}.md`]: LEAK });
    const { status, stdout, stderr } = shell('"$1" "$2" scan --fail-on warning | head -n 1; exit ${PIPESTATUS[0]}');
    expect(stdout.split('\n')).toHaveLength(2);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  test.each([
    ['a file that may not grow', 'ulimit -f 1; "$1" "$2" scan --format sarif --output report.json'],
    ['a standard output on a full disk', '[ -e /dev/full ] || exit 2; "$1" "$2" scan --format json > /dev/full'],
  ])('%s: exit code 2, and the old report is whole', (_what, script) => {
    for (let index = 0; index < 100; index++) folder.write({ [`f/${String(index)}.md`]: LEAK });
    folder.write({ 'report.json': 'old' });
    const { status, stderr } = shell(script);
    expect(status).toBe(2);
    if (stderr !== '') expect(stderr).toMatch(/cannot be written: .+\. Nothing of the report was kept/);
    expect(readFileSync(path.join(folder.path, 'report.json'), 'utf8')).toBe('old');
    expect(readdirSync(folder.path).sort()).toEqual(['f', 'report.json']);
  });

  test('files that go away meanwhile, a loop of links, a file of a gigabyte and a name that is no UTF-8', async () => {
    for (let index = 0; index < 3_000; index++) folder.write({ [`f/${String(index % 50)}/${String(index)}.md`]: LEAK });
    folder.write({ 'huge.md': LEAK, 'kept.md': LEAK });
    truncateSync(path.join(folder.path, 'huge.md'), 1024 ** 3);
    symlinkSync('.', path.join(folder.path, 'loop'));
    const child = start('--format', 'json', '--fail-on', 'never');
    const out = textOf(child.stdout);
    const err = textOf(child.stderr);
    for (let index = 0; index < 50; index++) rmSync(path.join(folder.path, 'f', String(index)), { recursive: true });
    expect(await ended(child)).toEqual([0, null]);
    expect(await err).toBe('');
    expect((JSON.parse(await out) as { findings: { path: string }[] }).findings.map(({ path: at }) => at)).toContain('kept.md');
    if (process.platform !== 'linux') return;
    const named = shell(String.raw`cp kept.md $'caf\xe9.md'; "$1" "$2" scan .`);
    expect(named.stderr).toContain('was skipped: ENOENT');
  });

  test.skipIf(process.getuid?.() !== 0 || !existsSync('/usr/bin/env'))('what nobody may read is said, and fails where it was named', () => {
    folder.write({ 'secret/a.md': LEAK, 'b.md': LEAK, 'c.md': LEAK });
    for (const at of ['secret', 'b.md']) chmodSync(path.join(folder.path, at), 0);
    for (const at of [folder.path, path.dirname(path.dirname(cli.program))]) chmodSync(at, 0o755);
    const nobody = (...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
      spawnSync(process.execPath, [cli.program, 'scan', '--fail-on', 'warning', ...args], { cwd: folder.path, encoding: 'utf8', uid: 65_534, gid: 65_534 });
    expect(nobody()).toMatchObject({ status: 1, stderr: 'stigg-keys: b.md was skipped: EACCES\nstigg-keys: secret was skipped: EACCES\n' });
    expect(nobody('b.md').status).toBe(2);
    expect(nobody('secret').status).toBe(2);
    mkdirSync(path.join(folder.path, 'out'));
    expect(nobody('c.md', '--output', 'out/r.txt')).toMatchObject({ status: 2, stderr: expect.stringContaining('permission denied') as string });
  });

  test('NO_COLOR and pipes have no colours', () => {
    folder.write({ 'a.md': LEAK });
    expect(shell('FORCE_COLOR=1 "$1" "$2" scan').stdout).not.toContain('\u001B');
  });
});
