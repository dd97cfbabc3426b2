import { chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fingerprint } from '../../../src/fingerprint.js';
import { searchHistory } from '../../../src/git/history.js';
import { objectsOf } from '../../../src/git/objects.js';
import { gitEnvironment } from '../../../src/git/process.js';
import { openRepository } from '../../../src/git/repository.js';
import { newLegacyToken, newToken } from '../../sandbox/tokens.js';
import { Repo } from './support.js';

const ENVIRONMENT = '0b1e8c52-3f7a-4d0e-9a35-6d1f4a2b7c88';
let repo: Repo;
let token: string;
let wanted: Set<string>;

beforeEach(() => {
  repo = new Repo();
  token = newToken('server', ENVIRONMENT);
  wanted = new Set([fingerprint(token)]);
});
afterEach(() => { repo[Symbol.dispose](); });

describe('searching a history for a key', () => {
  it('names the commits that brought it, oldest first, with path, author, date, subject and the refs that reach them', async () => {
    repo.commit('Start', { 'readme.md': 'hello' });
    const first = repo.commit('Add billing', { 'src/billing.ts': `const key = '${token}';\n` });
    const second = repo.commit('And the script', { 'scripts/backfill.sh': `export KEY=${token}\n`, 'src/billing.ts': 'const key = process.env.KEY;\n' });
    repo.git('tag', 'v1');
    repo.commit('Mend', { 'scripts/backfill.sh': 'export KEY\n' });
    const found = await searchHistory(repo.folder, wanted);
    expect(found.commits).toEqual([
      { commit: first, path: 'src/billing.ts', author: 'Ada "Q" Writer', date: expect.stringMatching(/^2026-01-01T10:02:00/) as string, subject: 'Add billing', refs: ['refs/heads/main', 'refs/tags/v1'] },
      { commit: second, path: 'scripts/backfill.sh', author: 'Ada "Q" Writer', date: expect.stringMatching(/^2026-01-01T10:03:00/) as string, subject: 'And the script', refs: ['refs/heads/main', 'refs/tags/v1'] },
    ]);
    expect(found).toMatchObject({ refs: ['refs/heads/main', 'refs/tags/v1'], isPartial: false, loose: 0, notes: [], root: repo.folder });
    // Every content and every message once, however many commits hold it.
    expect(found.blobs).toBe(5 + 4);
  });

  it.each<readonly [string, (value: string) => string | Buffer]>([
    ['as it is', (value) => `KEY=${value}`],
    ['in an address', (value) => `https://x.test/?key=${encodeURIComponent(value)}`],
    ['in base64', (value) => `data:\n  key: ${Buffer.from(value).toString('base64')}\n`],
    ['in base64 after one character', (value) => Buffer.from(`x${value}`).toString('base64')],
    ['in base64 after two characters', (value) => Buffer.from(`xy${value} and more`).toString('base64')],
    ['as UTF-16', (value) => Buffer.from(`\uFEFFKEY=${value}\r\n`, 'utf16le')],
    ['in a binary file', (value) => Buffer.concat([Buffer.from([0, 255, 0, 1, 2, 3]), Buffer.from(value), Buffer.alloc(100_000, 7)])],
    ['across parts of a stream', (value) => 'x'.repeat(65_536 - 20) + value + 'y'.repeat(300_000)],
    ['at the end of 9 MB', (value) => Buffer.concat([Buffer.alloc(9_000_000, 'ab '), Buffer.from(value)])],
  ])('sees it %s', async (_name, write) => {
    for (const value of [token, newLegacyToken(ENVIRONMENT)]) {
      const commit = repo.commit('Bring it', { 'file.bin': write(value) });
      const { commits } = await searchHistory(repo.folder, new Set([fingerprint(value)]));
      expect(commits.map((found) => found.commit)).toEqual([commit]);
    }
  });

  it.each<readonly [string, (value: string) => string]>([
    ['in a shell', (value) => `export KEY="${value.replaceAll('$', '\\$')}"`],
    ['in a compose file', (value) => `KEY: ${value.replaceAll('$', '$$$$')}`],
    ['in JSON', (value) => JSON.stringify({ key: value }).replaceAll('/', '\\/')],
  ])('sees a legacy key escaped %s', async (_name, write) => {
    const value = newLegacyToken(ENVIRONMENT);
    repo.commit('Bring it', { file: write(value) });
    expect((await searchHistory(repo.folder, new Set([fingerprint(value)]))).commits).toHaveLength(1);
  });

  it('tells this key from others of its shape', async () => {
    repo.commit('Others', { a: newToken('server', ENVIRONMENT), b: newToken('client', ENVIRONMENT), c: `${token.slice(0, -1)}x` });
    expect((await searchHistory(repo.folder, wanted)).commits).toEqual([]);
  });

  it('sees stashes, amended commits, deleted branches, merges that bring it themselves, what was only staged, and messages', async () => {
    repo.commit('Start', { 'a.txt': 'a' });
    repo.write('a.txt', `stashed ${token}`);
    repo.git('stash', 'push', '-q');
    repo.commit('Oops', { 'b.txt': `amended ${token}` });
    repo.write('b.txt', 'clean');
    repo.git('commit', '-qa', '--amend', '-m', 'No oops');
    repo.git('checkout', '-qb', 'side');
    repo.commit('Side', { 'c.txt': 'c' });
    repo.git('checkout', '-q', 'main');
    repo.commit('Main', { 'd.txt': 'd' });
    repo.git('merge', '-q', '--no-commit', 'side');
    repo.commit('Merge', { 'e.txt': `evil merge ${token}` });
    repo.gitWith(`staged ${token}`, 'hash-object', '-w', '--stdin');
    const said = repo.commit(`Rotate\n\nThe old one was ${token}`);
    const found = await searchHistory(repo.folder, wanted);
    expect(found.commits.map(({ path: name, subject, refs }) => [name, subject.replace(/: [0-9a-f]+ /, ': '), refs])).toEqual([
      ['a.txt', 'WIP on main: Start', ['refs/stash']],
      ['b.txt', 'Oops', []],
      ['e.txt', 'Merge', ['refs/heads/main']],
      ['', 'Rotate', ['refs/heads/main']],
    ]);
    expect(found.commits.at(-1)?.commit).toBe(said);
    expect(found.loose).toBe(1);
  });

  it('says whether a remote has it, as far as was fetched or pushed', async () => {
    repo.commit('Start');
    const clone = repo.beside('origin.git');
    repo.git('clone', '-q', '--bare', repo.folder, clone);
    repo.git('remote', 'add', 'origin', clone);
    repo.commit('Leak', { k: token });
    repo.git('push', '-q', 'origin', 'main');
    expect((await searchHistory(repo.folder, wanted)).refs).toEqual(['refs/heads/main', 'refs/remotes/origin/main']);
    const bare = await searchHistory(clone, wanted);
    expect(bare).toMatchObject({ root: clone, refs: ['refs/heads/main'] });
    expect(bare.commits.map(({ path: name }) => name)).toEqual(['k']);
  });

  it('copes with every name that a file, an author, a branch and a subject can have', async () => {
    const names = ['with\nline\nbreak', '":100644 100644', 'tab\tand "quotes"', 'commit 0123456789012345678901234567890123456789', '-rf', ':(top)x', 'ümläut 🔑', ' leading', '\u202Eevil'];
    for (const [index, name] of names.entries()) repo.commit(`${name}\u0001 ${String(index)}`, { [name]: `${String(index)} ${token}` });
    repo.git('branch', 'it\'s"$(x)`y`');
    const { commits, refs } = await searchHistory(repo.folder, wanted);
    expect(commits.map(({ path: name }) => name)).toEqual(names);
    expect(refs).toEqual(['refs/heads/it\'s"$(x)`y`', 'refs/heads/main']);
  });

  it('looks at work trees as one repository, and says what it cannot see', async () => {
    repo.commit('One', { a: 'a' });
    repo.commit('Two', { b: 'b' });
    const tree = repo.beside('tree');
    repo.git('worktree', 'add', '-q', '--detach', tree);
    writeFileSync(path.join(tree, 'k'), token);
    repo.git('-C', tree, 'add', 'k');
    repo.git('-C', tree, 'commit', '-qm', 'In the tree');
    expect((await openRepository(tree)).commonDir).toBe((await openRepository(repo.folder)).commonDir);
    expect((await searchHistory(repo.folder, wanted)).commits.map(({ subject }) => subject)).toEqual(['In the tree']);
    const shallow = repo.beside('shallow');
    repo.git('clone', '-q', '--depth=1', `file://${repo.folder}`, shallow);
    expect((await searchHistory(shallow, wanted)).notes.join()).toMatch(/shallow clone/);
    repo.git('submodule', '--quiet', 'add', repo.folder, 'nested/module');
    expect((await openRepository(repo.folder)).submodules).toEqual(['nested/module']);
    expect((await searchHistory(repo.folder, wanted)).notes.join()).toMatch(/submodules/);
  });

  it('looks at an empty repository', async () => {
    expect(await searchHistory(repo.folder, wanted)).toMatchObject({ commits: [], blobs: 0, isPartial: false });
  });

  it('can be cancelled, and ended early with what was found', async () => {
    for (let index = 0; index < 30; index += 1) repo.commit(String(index), { [`f${String(index)}`]: `${String(index)} ${token}` });
    await expect(searchHistory(repo.folder, wanted, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'CancelledError' });
    const controller = new AbortController();
    let seen = 0;
    await expect((async () => {
      for await (const { oid } of objectsOf(repo.folder, { types: new Set(['blob']), from: 'all', signal: controller.signal })) {
        seen += oid.length > 0 ? 1 : 0;
        controller.abort();
      }
    })()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(seen).toBeLessThan(30);
    const partial = await searchHistory(repo.folder, wanted, { enough: AbortSignal.abort() });
    expect(partial.isPartial).toBe(true);
  });

  it('lists reachable contents with a path, for scans', async () => {
    repo.commit('One', { 'src/a.ts': 'one', 'src/b.ts': 'two' });
    repo.commit('Two', { 'src/a.ts': 'three' });
    const seen: string[] = [];
    for await (const { path: name, size, chunks } of objectsOf(repo.folder, { types: new Set(['blob']), from: 'reachable' })) {
      let text = '';
      for await (const chunk of chunks()) text += Buffer.from(chunk).toString();
      seen.push(`${name ?? ''} ${String(size)} ${text}`);
    }
    expect(seen.sort()).toEqual(['src/a.ts 3 one', 'src/a.ts 5 three', 'src/b.ts 3 two']);
  });
});

describe('what git refuses', () => {
  it('says that a folder is in no repository', async () => {
    await expect(searchHistory('/', wanted)).rejects.toMatchObject({ code: 'notARepository' });
    await expect(searchHistory(path.join(repo.folder, 'gone'), wanted)).rejects.toMatchObject({ code: 'notARepository' });
  });

  it('says that git is missing', async () => {
    vi.stubEnv('PATH', '/nowhere');
    await expect(searchHistory(repo.folder, wanted)).rejects.toMatchObject({ code: 'gitMissing' });
    vi.unstubAllEnvs();
  });

  it.runIf(process.getuid?.() === 0)('says that the repository belongs to somebody else', async () => {
    repo.commit('Start');
    for (const name of ['', '.git']) chownSync(path.join(repo.folder, name), 4242, 4242);
    await expect(searchHistory(repo.folder, wanted)).rejects.toMatchObject({ code: 'gitRefused' });
  });

  it('runs nothing that a repository or the environment names, and writes nothing', async () => {
    const mark = repo.beside('ran');
    const script = repo.beside('evil.sh');
    writeFileSync(script, `#!/bin/sh\necho ran >> '${mark}'\n`, { mode: 0o755 });
    repo.commit('Leak', { 'k.txt': token, '.gitattributes': '* diff=evil filter=evil\n' });
    for (const [name, value] of [['core.fsmonitor', script], ['core.pager', script], ['diff.external', script], ['diff.evil.textconv', script], ['filter.evil.smudge', script], ['filter.evil.clean', script], ['log.showSignature', 'true'], ['gpg.program', script], ['core.sshCommand', script], ['core.alternateRefsCommand', script], ['remote.origin.url', `ext::${script}`], ['remote.origin.promisor', 'true'], ['protocol.ext.allow', 'always'], ['core.editor', script]] as const) repo.git('config', name, value);
    mkdirSync(path.join(repo.folder, '.git/hooks'), { recursive: true });
    writeFileSync(path.join(repo.folder, '.git/hooks/post-index-change'), readFileSync(script), { mode: 0o755 });
    const state = (): string[] => readdirSync(path.join(repo.folder, '.git'), { recursive: true, encoding: 'utf8' }).map((name) => `${name} ${String(statSync(path.join(repo.folder, '.git', name)).mtimeMs)}`).sort();
    const before = state();
    vi.stubEnv('GIT_EXTERNAL_DIFF', script);
    vi.stubEnv('GIT_DIR', '/nowhere');
    const found = await searchHistory(repo.folder, wanted);
    vi.unstubAllEnvs();
    expect(found.commits).toHaveLength(1);
    expect(found.notes.join()).toMatch(/partial clone/);
    expect(readdirSync(path.dirname(mark))).not.toContain('ran');
    expect(state()).toEqual(before);
  });

  it('keeps the person\'s environment but for what steers git', () => {
    expect(gitEnvironment({ PATH: '/bin', GIT_DIR: 'x', GIT_TRACE: '1', PAGER: 'less', LC_ALL: 'de', HOME: '/h' })).toMatchObject({ PATH: '/bin', HOME: '/h', LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1' });
    expect(Object.keys(gitEnvironment({ GIT_DIR: 'x', GIT_TRACE: '1' }))).not.toContain('GIT_TRACE');
  });
});
