import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DiskReader, withSlashes } from '../../../src/node/files.js';
import { Project } from '../../../src/project/project.js';

const FILES: Readonly<Record<string, string>> = {
  '.gitignore': '*.log\n/build/\n.env*\n!.env.example\nkept/*\n!kept/yes.txt\n',
  'sub/.gitignore': '!important.log\n/local.txt\n',
  'sub/important.log': '', 'sub/local.txt': '', 'sub/deep/local.txt': '', 'a.log': '', 'build/important.log': '', 'src/build/a.ts': '',
  '.env': '', 'apps/.env.local': '', '.env.example': '', 'kept/no.txt': '', 'kept/yes.txt': '', 'secret.txt': '', 'tracked.log': '',
};

test('what git ignores, as git says', async () => {
  const root = withSlashes(mkdtempSync(path.join(tmpdir(), 'stigg-ignore-')));
  try {
    const git = (...args: string[]): string => execFileSync('git', ['-c', 'core.excludesFile=', ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    git('init', '-q');
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(`${root}/${name}`), { recursive: true });
      writeFileSync(`${root}/${name}`, text);
    }
    mkdirSync(`${root}/.git/info`, { recursive: true });
    writeFileSync(`${root}/.git/info/exclude`, 'secret.txt\n');
    git('add', '-f', 'tracked.log');
    const project = new Project(new DiskReader());
    const ignored = git('ls-files', '--others', '--ignored', '--exclude-standard').split('\n').filter((line) => line !== '').sort();
    const found: string[] = [];
    for (const name of Object.keys(FILES)) if ((await project.contextFor(`${root}/${name}`)).isIgnored('') === true) found.push(name);
    expect(found.sort()).toEqual(ignored);
    expect(ignored.length).toBeGreaterThan(5);
    writeFileSync(`${root}/.gitignore`, '');
    expect((await project.contextFor(`${root}/a.log`)).isIgnored('')).toBe(true);
    project.forget(`${root}/.gitignore`);
    expect((await project.contextFor(`${root}/a.log`)).isIgnored('')).toBe(false);
    expect((await project.contextFor(`${path.dirname(root)}/a.log`)).isIgnored('')).toBeUndefined();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
