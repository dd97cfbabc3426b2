import { appendFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maskToken } from '../../../src/tokenShape.js';
import { Repo } from '../git/support.js';
import { serverKey } from '../scan/support.js';
import { jsonOf, runIn, type Json, type Result } from './scanSupport.js';

const KEYS = [serverKey('a'), serverKey('b')] as const;
const LEAK = `const key = "${KEYS[0]}";\n`;
const OTHER = `const key = "${KEYS[1]}";\n`;

let repo: Repo;
beforeEach(() => {
  repo = new Repo();
});
afterEach(() => {
  repo[Symbol.dispose]();
});

async function scan(args: readonly string[], cwd = repo.folder, env: NodeJS.ProcessEnv = {}): Promise<Result> {
  const result = await runIn(cwd, ['scan', '--format', 'json', ...args], { env });
  for (const key of KEYS) expect(result.out + result.err).not.toContain(key);
  return result;
}
const told = ({ findings }: Json): string[] => findings.map(({ path: at, rule, severity }) => `${at} ${rule} ${severity}`);

describe('--staged', () => {
  const staged = async (...args: string[]): Promise<string[]> => told(jsonOf(await scan(['--staged', '--fail-on', 'never', ...args])));
  const error = (at: string): string => `${at} hardcoded-server-key error`;

  test('the index counts, not the files', async () => {
    repo.commit('base', { 'cleaned.ts': LEAK, 'old.ts': LEAK, 'mended.ts': 'let a = 1;\n' });
    repo.write('cleaned.ts', 'let a = 1;\n');
    repo.write('leaking.ts', LEAK);
    repo.write('mended.ts', LEAK);
    repo.git('add', '-A');
    // Staged, and changed after that; and not staged at all.
    repo.write('mended.ts', 'let a = 2;\n');
    repo.write('cleaned.ts', LEAK);
    repo.write('untracked.ts', LEAK);
    rmSync(path.join(repo.folder, 'leaking.ts'));
    expect(await staged()).toEqual([error('leaking.ts'), error('mended.ts')]);
    expect((await scan(['--staged'])).code).toBe(1);
  });

  test('a part of a file', async () => {
    repo.commit('base', { 'a.ts': 'let a = 1;\n' });
    repo.write('a.ts', `let a = 1;\n${LEAK}`);
    repo.git('add', 'a.ts');
    appendFileSync(path.join(repo.folder, 'a.ts'), OTHER);
    expect(jsonOf(await scan(['--staged'])).findings.map(({ line }) => line)).toEqual([2]);
  });

  test('before the first commit, and with nothing staged', async () => {
    repo.write('a.ts', LEAK);
    expect(await staged()).toEqual([]);
    repo.git('add', '-A');
    expect(await staged()).toEqual([error('a.ts')]);
  });

  test('renames, names of all kinds, links, submodules and contents that Git LFS keeps', async () => {
    repo.commit('base', { 'old.ts': `${LEAK}${'// the same\n'.repeat(20)}`, 'gone.ts': LEAK, 'link.ts': LEAK });
    using inner = new Repo('inner');
    inner.commit('one', { 'in.ts': LEAK });
    repo.git('mv', 'old.ts', 'new.ts');
    repo.git('rm', '-q', 'gone.ts', 'link.ts');
    symlinkSync('new.ts', path.join(repo.folder, 'link.ts'));
    repo.git('submodule', '--quiet', 'add', inner.folder, 'sub');
    repo.write('with\nbreak\t"ü.ts', LEAK);
    repo.write('big.ts', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n');
    repo.write('.env', `STIGG_SERVER_API_KEY=${KEYS[0]}\n`);
    repo.write('bytes.ts', Buffer.concat([Buffer.from([0]), Buffer.from(LEAK)]));
    repo.git('add', '-A', '-f');
    expect(await staged()).toEqual(['.env unprotected-env-file error', error('new.ts'), error('with\nbreak\t"ü.ts')]);
  });

  test('paths limit it, and are relative to where it runs', async () => {
    repo.write('src/a.ts', LEAK);
    repo.write('src2/b.ts', LEAK);
    repo.git('add', '-A');
    repo.git('config', 'diff.relative', 'true');
    expect(await staged('src')).toEqual([error('src/a.ts')]);
    expect(await staged('src2/b.ts', 'no/such')).toEqual([error('src2/b.ts')]);
    expect(told(jsonOf(await scan(['--staged'], path.join(repo.folder, 'src'))))).toEqual([error('../src2/b.ts'), error('a.ts')]);
  });

  test('the index that a hook is given', async () => {
    repo.commit('base', { 'a.ts': 'let a = 1;\n' });
    repo.write('a.ts', LEAK);
    const index = path.join(repo.folder, '.git', 'other-index');
    repo.git('-c', 'core.bare=false', 'read-tree', `--index-output=${index}`, 'HEAD');
    expect(told(jsonOf(await scan(['--staged'])))).toEqual([]);
    repo.git('add', 'a.ts');
    expect(told(jsonOf(await scan(['--staged'], repo.folder, { GIT_INDEX_FILE: '.git/other-index' })))).toEqual([]);
    expect(told(jsonOf(await scan(['--staged'], repo.folder, { GIT_INDEX_FILE: '.git/index' })))).toEqual([error('a.ts')]);
  });

  test('more than one pipe holds', async () => {
    for (let index = 0; index < 3_000; index++) repo.write(`f/${String(index)}.ts`, index % 1_000 === 0 ? LEAK : `// ${String(index)} ${'x'.repeat(200)}\n`);
    repo.write('large.txt', LEAK + ' '.repeat(11 * 1024 * 1024));
    repo.git('add', '-A');
    const json = jsonOf(await scan(['--staged']));
    expect(told(json)).toEqual([error('f/0.ts'), error('f/1000.ts'), error('f/2000.ts')]);
    expect(json.summary).toMatchObject({ files: 3_000, skipped: [{ path: 'large.txt', reason: 'too large' }] });
  });
});

describe('--history', () => {
  test('a key that was removed is found with the commit that brought it first', async () => {
    const first = repo.commit('brings a key', { 'old.ts': LEAK });
    repo.commit('moves it', { 'unrelated.ts': 'let a = 1;\n' });
    repo.git('mv', 'old.ts', 'new.ts');
    repo.commit('renames');
    repo.commit('changes around it', { 'new.ts': `// more\n${LEAK}` });
    repo.commit('removes it', { 'new.ts': 'let b = 1;\n' });
    const second = repo.commit('brings another', { 'new.ts': OTHER, 'cents.ts': 'fetch("https://api.stigg.io/api/v1/usage", { method: "POST" })\n' });
    const { code, out } = await scan(['--history', '--fail-on', 'warning']);
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as Json;
    expect(findings.map(({ path: at, rule, commit }) => [at, rule, commit?.id, commit?.subject])).toEqual([
      ['new.ts', 'hardcoded-server-key', second, 'brings another'],
      // The renamed file's later content has it at a path of its own.
      ['new.ts', 'hardcoded-server-key', expect.any(String), 'changes around it'],
      ['old.ts', 'hardcoded-server-key', first, 'brings a key'],
    ]);
  });

  test('the same key in later contents of a file is told once; other branches and stashes count', async () => {
    repo.commit('base', { 'a.ts': LEAK });
    for (let index = 0; index < 5; index++) repo.commit(`change ${String(index)}`, { 'a.ts': `${LEAK}// ${String(index)}\n` });
    repo.git('checkout', '-q', '-b', 'side');
    repo.commit('on the side', { 'side.ts': OTHER });
    repo.git('checkout', '-q', 'main');
    repo.write('a.ts', `${LEAK}${OTHER}`);
    repo.git('stash', '-q');
    const { findings } = jsonOf(await scan(['--history']));
    expect(findings.map(({ path: at, line, commit }) => [at, line, commit?.subject.split(':')[0]])).toEqual([['a.ts', 1, 'base'], ['a.ts', 2, 'WIP on main'], ['side.ts', 1, 'on the side']]);
  });

  test('text names the commit, and nothing that stands in it can change the terminal', async () => {
    const id = repo.commit('a\u001B[31m key', { 'a.ts': LEAK });
    const { out } = await runIn(repo.folder, ['scan', '--history']);
    expect(out).toContain(`\n  first in commit ${id.slice(0, 12)} of 2026-01-01T10:01:00+00:00 by Ada "Q" Writer: a\\x1b[31m key\n`);
  });

  test.each(['text', 'json', 'sarif', 'github'])('a key in a subject, an author and the name of a file is masked in %s', async (format) => {
    const key = serverKey('name');
    // By the index alone: not every file system takes such names.
    const put = (name: string, content: string | Buffer): void => { repo.git('update-index', '--add', '--cacheinfo', `100644,${repo.gitWith(content, 'hash-object', '-w', '--stdin').trim()},${name}`); };
    put(`${key}.ts`, LEAK);
    put(`${key}.large.ts`, Buffer.alloc(11 * 1024 * 1024, OTHER));
    const inFormat = (source: string): Promise<Result> => runIn(repo.folder, ['scan', source, '--format', format]);
    const staged = await inFormat('--staged');
    repo.git('-c', `user.name=Ada ${key}`, 'commit', '-q', '-m', `take ${key} out`);
    for (const { code, out, err } of [staged, await inFormat('--history')]) {
      expect(code).toBe(1);
      expect(decodeURIComponent(out.replace(/%(?!3A)/g, '%25'))).not.toContain(key);
      expect(err).not.toContain(key);
      expect(err).toContain(`${maskToken(key)}.large.ts was skipped`);
    }
  });

  test('a shallow clone says what it lacks; a bare one works', async () => {
    repo.commit('one', { 'a.ts': LEAK });
    repo.commit('two', { 'a.ts': 'let a = 1;\n' });
    repo.git('clone', '-q', '--depth=1', `file://${repo.folder}`, repo.beside('shallow'));
    const shallow = await scan(['--history'], repo.beside('shallow'));
    expect(shallow).toMatchObject({ code: 0, err: expect.stringContaining('shallow clone') as string });
    repo.git('clone', '-q', '--bare', repo.folder, repo.beside('bare'));
    expect(told(jsonOf(await scan(['--history'], repo.beside('bare'))))).toEqual(['a.ts hardcoded-server-key error']);
  });

  test('nothing was committed yet', async () => {
    expect(await scan(['--history'])).toMatchObject({ code: 0 });
  });
});

test.each([['--staged'], ['--history']])('%s outside of a repository', async (option) => {
  const { code, out, err } = await scan([option], path.dirname(repo.folder));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('not in a git repository');
});

test('--include-ignored sees what git ignores, but for installed packages', async () => {
  repo.write('.gitignore', 'dist/\nnode_modules/\n*.log.ts\n');
  for (const at of ['dist/.gitignore', 'dist/deep/b.ts', 'x.log.ts', 'node_modules/p/i.ts']) repo.write(at, at.endsWith('ignore') ? '*\n' : LEAK);
  expect(told(jsonOf(await scan([])))).toEqual([]);
  expect(told(jsonOf(await scan(['--include-ignored']))).map((one) => one.split(' ')[0])).toEqual(['dist/deep/b.ts', 'x.log.ts']);
});
