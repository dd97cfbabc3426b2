import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serverKey } from '../scan/support.js';
import { BuiltCli } from './scanBuilt.js';
import { TemporaryFolder, type Json } from './scanSupport.js';

const LEAK = `the key is ${serverKey()}\n`;
/** More than the scan walks by itself before it calls ripgrep. */
const MANY = 1_500;
/** The user that nobody is. */
const NOBODY = 65_534;

const repository = path.resolve(import.meta.dirname, '../../..');
const hasRipgrep = existsSync(path.join(repository, 'node_modules/@vscode/ripgrep'));
const WAYS = [...(hasRipgrep ? ['with ripgrep'] : []), 'without ripgrep'];

let cli: BuiltCli;
let without: string;
let folder: TemporaryFolder;

beforeAll(async () => {
  cli = await BuiltCli.build();
  // The same program where its package has no ripgrep, as on platforms for which there is none.
  without = mkdtempSync(path.join(tmpdir(), 'stigg-cli-without-'));
  mkdirSync(path.join(without, 'dist'));
  const built = path.dirname(cli.program);
  for (const name of readdirSync(built)) linkSync(path.join(built, name), path.join(without, 'dist', name));
  writeFileSync(path.join(without, 'package.json'), readFileSync(path.join(path.dirname(built), 'package.json')));
  for (const scope of ['.', '@vscode']) {
    mkdirSync(path.join(without, 'node_modules', scope), { recursive: true });
    for (const name of readdirSync(path.join(repository, 'node_modules', scope))) {
      if (name !== '@vscode' && !name.startsWith('ripgrep')) symlinkSync(path.join(repository, 'node_modules', scope, name), path.join(without, 'node_modules', scope, name), 'junction');
    }
  }
}, 120_000);
afterAll(() => {
  cli[Symbol.dispose]();
  rmSync(without, { recursive: true, force: true });
});
beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const at = (...parts: string[]): string => path.join(folder.path, ...parts);
/** Ordinary files, some of them with `text`. */
const crowd = (text = ''): void => {
  for (let index = 0; index < MANY; index++) folder.write({ [`crowd/${String(index % 30)}/${String(index)}.md`]: index % 6 === 0 ? text : 'nothing of ours\n' });
};

describe.skipIf(process.platform === 'win32').each(WAYS)('%s', (way) => {
  const program = (): string => (way === 'with ripgrep' ? cli.program : path.join(without, 'dist', 'cli.js'));
  const env = { PATH: process.env.PATH, HOME: tmpdir() };
  const scan = (...args: string[]): { readonly code: number | null; readonly json: Json; readonly err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program(), 'scan', '--format', 'json', '--fail-on', 'never', ...args], { cwd: folder.path, encoding: 'utf8', env, maxBuffer: 2 ** 28 });
    return { code: status, json: JSON.parse(stdout) as Json, err: stderr };
  };
  const paths = ({ json }: ReturnType<typeof scan>): string[] => json.findings.map((finding) => finding.path);
  const shell = (script: string) => spawnSync('bash', ['-c', script, 'bash', process.execPath, program()], { cwd: folder.path, encoding: 'utf8', env });

  test('names with line breaks, quotes, blanks, leading dashes and other scripts', () => {
    crowd();
    const names = ['a\nb.md', ' blank .md', '-rf.md', '--format.md', '"quoted".md', "it's.md", '$(id).md', '\u001B[31mred.md', 'tab\there.md', 'ключ.md', '鍵.md', '[x]{y}*?.md', 'back\\slash.md', `${'n'.repeat(250)}.md`, '!not.md', '#hash.md', 'x\rreturn.md'];
    for (const name of names) folder.write({ [name]: LEAK });
    const result = scan();
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(paths(result).sort()).toEqual(names.map((name) => name.replaceAll('\\', path.sep === '/' ? '\\' : '/')).sort());
  });

  test('loops of links, links out, dangling ones, pipes and a sparse file of a gigabyte', () => {
    crowd();
    folder.write({ 'kept.md': LEAK, 'huge-hole.md': '', 'deep/a.md': LEAK });
    truncateSync(at('huge-hole.md'), 1024 ** 3);
    symlinkSync('.', at('loop'));
    symlinkSync('../deep', at('deep/again'));
    symlinkSync(at('b'), at('a'));
    symlinkSync(at('a'), at('b'));
    symlinkSync('/proc/self', at('process'));
    symlinkSync('nowhere', at('dangling.md'));
    expect(spawnSync('mkfifo', [at('pipe.md')]).status).toBe(0);
    const result = scan();
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(paths(result).sort()).toEqual(['deep/a.md', 'kept.md']);
  });

  test('files and folders that go away meanwhile', async () => {
    crowd(LEAK);
    folder.write({ 'kept.md': LEAK });
    const child = spawn(process.execPath, [program(), 'scan', '--format', 'json', '--fail-on', 'never'], { cwd: folder.path, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (part: Buffer) => { out += String(part); });
    for (let index = 0; index < 30; index++) {
      rmSync(at('crowd', String(index)), { recursive: true });
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    if (child.exitCode === null) await once(child, 'close');
    expect(child.exitCode).toBe(0);
    expect((JSON.parse(out) as Json).findings.map((finding) => finding.path)).toContain('kept.md');
  });

  test.skipIf(process.getuid?.() !== 0)('what nobody may read is said, and the rest is scanned', () => {
    crowd();
    folder.write({ 'secret/a.md': LEAK, 'b.md': LEAK, 'c.md': LEAK });
    for (const name of ['secret', 'b.md']) chmodSync(at(name), 0);
    for (const name of [folder.path, path.dirname(path.dirname(cli.program)), without]) chmodSync(name, 0o755);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program(), 'scan', '--format', 'json', '--fail-on', 'warning'], { cwd: folder.path, encoding: 'utf8', uid: NOBODY, gid: NOBODY, env });
    expect(status).toBe(1);
    const { findings, summary } = JSON.parse(stdout) as Json;
    expect(findings.map((finding) => finding.path)).toEqual(['c.md']);
    expect(summary.skipped.map((skipped) => skipped.path).sort()).toEqual(['b.md', 'secret']);
    for (const name of ['b.md', 'secret']) expect(stderr).toContain(`${name} was skipped: EACCES`);
  });

  test('SIGINT in the middle ends it with 130 and leaves neither half a report nor a process', async () => {
    for (let index = 0; index < 10; index++) folder.write({ [`big/${String(index)}.md`]: LEAK.repeat(40_000) });
    crowd(LEAK);
    folder.write({ 'report.json': 'old' });
    const child = spawn(process.execPath, [program(), 'scan', '--output', 'report.json'], { cwd: folder.path, env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    const group = child.pid ?? 0;
    const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    child.kill('SIGINT');
    const [code, signal] = await ended;
    // It may not have listened yet, or be done.
    expect([130, 'SIGINT', 0, 1]).toContain(code ?? signal);
    if (code === 130 || signal === 'SIGINT') expect(readFileSync(at('report.json'), 'utf8')).toBe('old');
    expect(readdirSync(folder.path).sort()).toEqual(['big', 'crowd', 'report.json']);
    // Nobody of its group is left.
    expect(() => process.kill(-group, 0)).toThrow(/ESRCH/);
  });

  test('a reader that goes away, and a full disk', () => {
    crowd(LEAK);
    const { status, stdout, stderr } = shell('"$1" "$2" scan --fail-on warning | head -n 1; exit ${PIPESTATUS[0]}');
    expect({ status, stderr, lines: stdout.split('\n').length }).toEqual({ status: 1, stderr: '', lines: 2 });
    if (!existsSync('/dev/full')) return;
    expect(shell('"$1" "$2" scan --format json > /dev/full')).toMatchObject({ status: 2, stderr: expect.stringContaining('the disk is full') as string });
    expect(shell('"$1" "$2" scan --format sarif --output /dev/full')).toMatchObject({ status: 2, stderr: expect.stringContaining('/dev/full cannot be written: the disk is full.') as string });
  });
});

test.skipIf(!hasRipgrep || process.platform === 'win32')('finds the same with ripgrep and without it', () => {
  crowd();
  for (let index = 0; index < 40; index++) folder.write({ [`crowd/${String(index % 30)}/leak-${String(index)}.ts`]: `export const key = '${serverKey()}';\n` });
  folder.write({ '.gitignore': 'crowd/1/\n*.log\n', 'crowd/2/.gitignore': '!*.log\n', 'crowd/2/x.log': LEAK, 'y.log': LEAK, '.hidden/z.md': LEAK, '.env': LEAK, 'crowd/1/.env.local': `NEXT_PUBLIC_STIGG_SERVER_API_KEY=${serverKey()}\n` });
  spawnSync('git', ['init', '--quiet'], { cwd: folder.path });
  const [one, other] = [cli.program, path.join(without, 'dist', 'cli.js')].map((program) => {
    const { stdout, stderr } = spawnSync(process.execPath, [program, 'scan', '--format', 'json', '--fail-on', 'never'], { cwd: folder.path, encoding: 'utf8', maxBuffer: 2 ** 28 });
    return { findings: (JSON.parse(stdout) as Json).findings, stderr };
  });
  expect(one?.findings.length).toBeGreaterThan(38);
  expect(one).toEqual(other);
});
