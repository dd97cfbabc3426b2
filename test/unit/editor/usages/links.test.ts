import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leadsElsewhere } from '../../../../src/editor/usages/realPlace.js';

vi.mock('vscode', async () => (await import('../fakeVscode.js')).fake);

let base: string;
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'links-'));
  for (const folder of ['repository/src', 'second', 'outside', 'repository-other']) await mkdir(path.join(base, folder), { recursive: true });
  for (const file of ['repository/src/a.ts', 'second/b.ts', 'outside/c.ts', 'repository-other/d.ts', 'repository/..odd.ts']) await writeFile(path.join(base, file), '');
  await symlink(path.join(base, 'outside/c.ts'), path.join(base, 'repository/src/file-out.ts'));
  await symlink(path.join(base, 'outside'), path.join(base, 'repository/folder-out'));
  await symlink(path.join(base, 'repository-other'), path.join(base, 'repository/neighbour'));
  await symlink(path.join(base, 'second/b.ts'), path.join(base, 'repository/to-second.ts'));
  await symlink('src/a.ts', path.join(base, 'repository/inside.ts'));
  await symlink('nowhere', path.join(base, 'repository/broken.ts'));
  await symlink(path.join(base, 'repository'), path.join(base, 'link-to-repository'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

it.each([
  ['repository/src/a.ts', false],
  ['repository/..odd.ts', false],
  ['repository/inside.ts', false],
  ['repository/to-second.ts', false],
  ['repository/broken.ts', false],
  ['link-to-repository/src/a.ts', false],
  ['repository/src/file-out.ts', true],
  ['repository/folder-out/c.ts', true],
  ['repository/neighbour/d.ts', true],
])('%s really lies outside of the opened folders: %s', async (file, expected) => {
  for (const root of ['repository', 'link-to-repository']) {
    expect(await leadsElsewhere(path.join(base, file), [path.join(base, root), path.join(base, 'second')])).toBe(expected);
  }
});
