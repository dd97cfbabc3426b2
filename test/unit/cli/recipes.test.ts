import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Repo } from '../git/support.js';
import { serverKey } from '../scan/support.js';
import { BuiltCli } from './scanBuilt.js';

// What README tells people to copy is what runs here.
const readme = readFileSync(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8');
let cli: BuiltCli;
beforeAll(async () => {
  cli = await BuiltCli.build();
}, 120_000);
afterAll(() => {
  cli[Symbol.dispose]();
});

/** The block that begins with a comment naming the file. */
function recipe(file: string): string {
  const blocks = Array.from(readme.matchAll(/^```(?:sh|yaml)\n(?:#!\/bin\/sh\n)?# (\S+?);?(?: .*)?\n([^]*?)^```$/gm)).filter(([, name]) => name === file);
  expect(blocks, file).toHaveLength(1);
  return blocks[0]?.[2] ?? '';
}

/** What a block runs, without the installation of packages. */
function commands(file: string, written: RegExp): readonly string[] {
  return Array.from(recipe(file).matchAll(written), ([, command]) => command?.trim() ?? '').filter((command) => command !== 'npm ci');
}

function install(folder: string): void {
  const bin = path.join(folder, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, 'stigg-keys'), `#!/bin/sh\nexec "${process.execPath}" "${cli.program}" "$@"\n`, { mode: 0o755 });
}

const leak = (): string => `export const key = "${serverKey()}";\n`;

describe.skipIf(process.platform === 'win32')('the recipes in README', () => {
  test.each<[string, () => readonly string[]]>([
    ['.husky/pre-commit', () => recipe('.husky/pre-commit').trim().split('\n')],
    ['lefthook.yml', () => commands('lefthook.yml', /^ +run: (.+)$/gm)],
    ['.pre-commit-config.yaml', () => commands('.pre-commit-config.yaml', /^ +entry: (.+)$/gm)],
  ])('%s refuses a key, and lets the rest by', (_, lines) => {
    expect(lines()).toHaveLength(1);
    using repo = new Repo('work');
    repo.commit('first', { 'package.json': '{}', '.gitignore': 'node_modules\n' });
    install(repo.folder);
    // The block for a hook without a manager begins with that line itself.
    expect(readme).toContain('```sh\n#!/bin/sh\n# .husky/pre-commit;');
    writeFileSync(path.join(repo.folder, '.git/hooks/pre-commit'), `#!/bin/sh\n${lines().join('\n')}\n`, { mode: 0o755 });
    repo.write('src/a.ts', leak());
    repo.git('add', '-A');
    expect(() => repo.git('commit', '-q', '-m', 'leaks')).toThrow(/src\/a\.ts:1:\d+ error .+ hardcoded-server-key/);
    repo.write('src/a.ts', 'export const key = process.env.STIGG_SERVER_API_KEY;\n');
    repo.git('add', '-A');
    repo.git('commit', '-q', '-m', 'mended');
  });

  test.each<[string, RegExp]>([
    ['.github/workflows/stigg-keys.yml', /^ +- run: (.+)$/gm],
    ['.gitlab-ci.yml', /^ {4}- (np.+)$/gm],
  ])('%s fails with the report written where it is looked for', (file, written) => {
    using repo = new Repo('work');
    repo.commit('all', { 'package.json': '{}', '.gitignore': 'node_modules\n', 'src/a.ts': leak() });
    install(repo.folder);
    const [command, ...more] = commands(file, written);
    expect(more).toEqual([]);
    const { status, stderr } = spawnSync('sh', ['-ec', command ?? ''], { cwd: repo.folder, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 1 });
    const report = /(?:sarif_file: |paths:\n +- )(\S+)/.exec(recipe(file))?.[1] ?? '';
    expect(existsSync(path.join(repo.folder, report)), report).toBe(true);
    expect(readFileSync(path.join(repo.folder, report), 'utf8')).toContain('"2.1.0"');
    // It is uploaded although the step before it failed.
    expect(recipe(file)).toMatch(/if: \$\{\{ !cancelled\(\) && hashFiles\('stigg-keys\.sarif'\) != '' \}\}|when: always/);
  });
});
