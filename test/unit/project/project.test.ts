import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DiskReader, withSlashes } from '../../../src/node/files.js';
import { join, parentOf, type FileReader } from '../../../src/project/fileReader.js';
import { parseGitIndex } from '../../../src/project/gitIndex.js';
import { manifestIn } from '../../../src/project/packageJson.js';
import { Project } from '../../../src/project/project.js';
import { isProjectFile } from '../../../src/project/projectFiles.js';

let root = '';
beforeAll(() => {
  root = withSlashes(mkdtempSync(joinPath(tmpdir(), 'stigg-project-')));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const git = (folder: string, ...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: folder, stdio: 'ignore' });
};

function repository(name: string, ...init: string[]): string {
  const folder = `${root}/${name}`;
  mkdirSync(`${folder}/src/deep`, { recursive: true });
  git(folder, 'init', '-q', ...init);
  for (const file of ['a.ts', 'src/b.ts', 'src/deep/ü ñ.ts', `src/${'long'.repeat(20)}.ts`]) writeFileSync(`${folder}/${file}`, '');
  writeFileSync(`${folder}/src/untracked.ts`, '');
  git(folder, 'add', 'a.ts', 'src/b.ts', 'src/deep', `src/${'long'.repeat(20)}.ts`);
  return folder;
}

describe('the git index', () => {
  test.each([2, 3, 4])('version %i', async (version) => {
    const folder = repository(`v${version}`);
    // Version 3 comes about through an entry with extended flags.
    if (version === 3) git(folder, 'add', '-N', 'src/untracked.ts');
    else git(folder, 'update-index', '--index-version', String(version));
    const bytes = readFileSync(`${folder}/.git/index`);
    expect(bytes.readUInt32BE(4)).toBe(version);
    const index = parseGitIndex(bytes);
    expect([...(index?.paths ?? [])]).toEqual(['a.ts', 'src/b.ts', 'src/deep/ü ñ.ts', `src/${'long'.repeat(20)}.ts`, ...(version === 3 ? ['src/untracked.ts'] : [])]);
    const project = new Project(new DiskReader());
    expect((await project.contextFor(`${folder}/src/deep/ü ñ.ts`)).isTracked('')).toBe(true);
    expect((await project.contextFor(`${folder}/src/other.ts`)).isTracked('')).toBe(false);
  });

  test('SHA-256 repositories', async () => {
    const folder = repository('sha256', '--object-format=sha256');
    const project = new Project(new DiskReader());
    expect((await project.contextFor(`${folder}/src/b.ts`)).isTracked('')).toBe(true);
    expect((await project.contextFor(`${folder}/src/untracked.ts`)).isTracked('')).toBe(false);
  });

  test('a split index', async () => {
    const folder = repository('split');
    git(folder, 'update-index', '--split-index');
    writeFileSync(`${folder}/later.ts`, '');
    git(folder, 'add', 'later.ts');
    const project = new Project(new DiskReader());
    expect((await project.contextFor(`${folder}/a.ts`)).isTracked('')).toBe(true);
    expect((await project.contextFor(`${folder}/later.ts`)).isTracked('')).toBe(true);
    expect((await project.contextFor(`${folder}/src/untracked.ts`)).isTracked('')).toBe(false);
  });

  test('a work tree elsewhere', async () => {
    const folder = repository('main');
    git(folder, 'commit', '-q', '-m', 'x');
    git(folder, 'worktree', 'add', '-q', `${root}/linked`);
    const project = new Project(new DiskReader());
    expect((await project.contextFor(`${root}/linked/src/b.ts`)).isTracked('')).toBe(true);
    expect((await project.contextFor(`${root}/linked/x.ts`)).isTracked('')).toBe(false);
  });

  test('damage means not known, never a throw', async () => {
    const bytes = readFileSync(`${repository('damaged')}/.git/index`);
    for (let end = 0; end < bytes.length; end += 7) {
      const cut = parseGitIndex(bytes.subarray(0, end));
      if (cut !== undefined) expect(cut.paths.size).toBe(4);
    }
    for (let at = 0; at < bytes.length; at += 3) {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 0xff;
      parseGitIndex(copy);
    }
    writeFileSync(`${root}/damaged/.git/index`, 'nonsense');
    const context = await new Project(new DiskReader()).contextFor(`${root}/damaged/a.ts`);
    expect(context.isTracked('')).toBeUndefined();
  });

  test('no repository, and one without an index', async () => {
    mkdirSync(`${root}/empty`);
    git(`${root}/empty`, 'init', '-q');
    const project = new Project(new DiskReader());
    expect((await project.contextFor(`${root}/empty/a.ts`)).isTracked('')).toBe(false);
    expect((await project.contextFor(`${root}/a.ts`)).isTracked('')).toBe(false);
  });
});

describe('package.json', () => {
  const files = new Map<string, string>();
  const reads: string[] = [];
  const reader: FileReader = {
    list: () => Promise.resolve(undefined),
    read: (path) => {
      reads.push(path);
      const text = files.get(path);
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
    },
  };

  test('the nearest one that can be read, asked for once', async () => {
    files.set('/w/package.json', '\uFEFF{ "dependencies": { "next": "1" }, "devDependencies": { "vite": "1" }, "peerDependencies": null }');
    files.set('/w/apps/web/package.json', '{ "dependencies": { "react": "1" } }');
    files.set('/w/apps/broken/package.json', '{ "dependencies": ');
    const project = new Project(reader);
    const names = async (path: string): Promise<string[]> => [...((await project.contextFor(path)).dependencies('') ?? [])];
    expect(await names('/w/apps/web/src/a.ts')).toEqual(['react']);
    expect(await names('/w/apps/broken/a.ts')).toEqual(['next', 'vite']);
    expect((await project.contextFor('/other/a.ts')).dependencies('')).toBeUndefined();
    const before = reads.length;
    await names('/w/apps/web/src/b.ts');
    expect(reads.length).toBe(before);
    files.set('/w/apps/web/package.json', '{ "dependencies": { "vue": "1" } }');
    project.forget();
    expect(await names('/w/apps/web/src/a.ts')).toEqual(['vue']);
  });

  test('what is no manifest', () => {
    expect(manifestIn('[]', '/w')).toBeUndefined();
    expect(manifestIn('null', '/w')).toBeUndefined();
    expect(manifestIn('{}', '/w')?.dependencies).toEqual(new Set());
  });
});

test('paths', () => {
  expect([parentOf('/a/b'), parentOf('/a'), parentOf('/'), parentOf('C:/a'), parentOf('C:/'), parentOf('C:')]).toEqual(['/a', '/', undefined, 'C:', undefined, undefined]);
  expect([join('/a/b', '../c'), join('/', 'x'), join('/a', '/b'), join('C:/a', './b'), join('/a', '../../..')]).toEqual(['/a/c', '/x', '/b', 'C:/a/b', '/']);
  expect(['/w/package.json', '/w/.git/index', '/w/.git/worktrees/x/index', '/w/.git', '/w/a.ts'].map(isProjectFile)).toEqual([true, true, true, true, false]);
});
