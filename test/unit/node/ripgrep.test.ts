import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ripgrepBinary } from '../../../src/node/ripgrep/binary.js';
import { isPlain } from '../../../src/project/plainRules.js';
import { searchFolder } from '../../../src/node/ripgrep/searchFolder.js';
import { Turns } from '../../../src/node/turns.js';
import { scanPaths } from '../../../src/node/scanPaths.js';
import { DiskReader } from '../../../src/node/files.js';
import { Project } from '../../../src/project/project.js';
import type { Report } from '../../../src/report/report.js';
import { Engine } from '../../../src/scan/engine.js';
import { host, serverKey } from '../scan/support.js';

// Our own walk says what is right: whatever ripgrep does, the outcome is the same.
const binary = ripgrepBinary(import.meta.url);
const LEAK = `the key is ${serverKey()}\n`;
let root = '';
let engine: Engine;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-ripgrep-')));
  engine = new Engine(host);
});
afterEach(() => {
  engine.dispose();
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
});

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
}

const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'core.fsync=none', ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } });

async function scan(ripgrep: string | undefined, includeIgnored = false): Promise<Omit<Report, 'summary'> & { readonly summary: Partial<Report['summary']> }> {
  const { findings, summary: { ms: _ms, skipped, ...summary } } = await scanPaths([root], () => Promise.resolve(engine), { cwd: root, onSkipped: () => undefined, ripgrep, few: 0, includeIgnored });
  return { findings, summary: { ...summary, skipped: [...skipped].sort((a, b) => (a.path < b.path ? -1 : 1)) } };
}

async function isUsed(): Promise<boolean> {
  const project = new Project(new DiskReader());
  return await searchFolder({ binary: binary ?? '', folder: root, includeIgnored: false, signal: undefined }, { repositoryOf: (folder) => project.repositoryOf(folder), onUnreadable: () => undefined, turns: new Turns(undefined) }, () => undefined) !== undefined;
}

/** Bytes of files with a byte order mark differ: ripgrep counts them as UTF-8 without it. */
async function expectSame(includeIgnored = false): Promise<readonly string[]> {
  const [one, other] = [await scan(binary, includeIgnored), await scan(undefined, includeIgnored)];
  expect({ ...one, summary: { ...one.summary, bytes: 0 } }).toEqual({ ...other, summary: { ...other.summary, bytes: 0 } });
  return one.findings.map(({ path: at }) => at);
}

describe.skipIf(binary === undefined || process.platform === 'win32')('ripgrep finds what our own walk finds', () => {
  test('in a nasty repository', async () => {
    write({
      '.gitignore': '*.log\nbuild/\n/only-here.md\ndocs/**/draft.md\n*.py[cod]\n!keep.log\n.env\n.env.*\n# a comment\n\ncache/*\n!cache/kept.md\n',
      'a.md': LEAK, 'a.log': LEAK, 'keep.log': LEAK, 'only-here.md': LEAK, 'b/only-here.md': LEAK, 'docs/x/draft.md': LEAK, 'docs/x/final.md': LEAK, 'x.pyc': LEAK,
      'cache/lost.md': LEAK, 'cache/kept.md': LEAK, 'tracked.log': LEAK, 'build/tracked.md': LEAK, 'build/other.md': LEAK, 'build/.env': LEAK, '.env': LEAK, 'b/.env.local': LEAK, '.hidden/h.md': LEAK,
      'b/.gitignore': '*.md\n!good.md\n', 'b/bad.md': LEAK, 'b/good.md': LEAK, 'node_modules/n/n.md': LEAK, 'excluded.md': LEAK,
      'utf16.md': Buffer.from(`\uFEFF${LEAK}`, 'utf16le'), 'binary.dat': Buffer.concat([Buffer.alloc(100), Buffer.from(LEAK)]), 'crlf.md': `\r\n${LEAK}\r\n`, 'with\nbreak.md': LEAK,
      'inner/.gitignore': '*.tmp\n', 'inner/i.tmp': LEAK, 'inner/i.log': LEAK, 'late.md': Buffer.concat([Buffer.alloc(9_000, 32), Buffer.from([0]), Buffer.from(LEAK)]), 'A.LOG': LEAK,
    });
    git('init', '-q');
    git('init', '-q', 'inner');
    writeFileSync(path.join(root, '.git/info/exclude'), 'excluded.md\n');
    git('add', '-f', 'tracked.log', 'build/tracked.md', 'a.md', '.gitignore');
    symlinkSync('a.md', path.join(root, 'link.md'));
    symlinkSync('.', path.join(root, 'loop'));
    expect(await isUsed()).toBe(true);
    const found = await expectSame();
    for (const name of ['tracked.log', 'build/tracked.md', 'inner/i.log', 'with\nbreak.md', 'binary.dat', 'late.md', 'utf16.md', 'keep.log']) expect(found).toContain(name);
    for (const name of ['build/other.md', 'inner/i.tmp', 'excluded.md', 'a.log', 'A.LOG', 'node_modules/n/n.md', 'link.md']) expect(found).not.toContain(name);
    expect(await expectSame(true)).toContain('build/other.md');
  });

  test('below what is no repository, where ignore files mean nothing', async () => {
    write({ '.gitignore': '*.md\n', 'a.md': LEAK, 'b/.ignore': '*.md\n', 'b/.rgignore': '*.md\n', 'b/b.md': LEAK });
    expect(await expectSame()).toEqual(['a.md', 'b/b.md']);
  });

  test('where patterns have dark corners, by not being asked', async () => {
    write({ '.gitignore': 'a\\ b\n{x,y}.md\n', 'x.md': LEAK, 'c.md': LEAK });
    git('init', '-q');
    expect(await isUsed()).toBe(false);
    expect(await expectSame()).toEqual(['c.md', 'x.md']);
  });

  test('where it is not certain what a character is, by not being asked', async () => {
    const [accented, plain] = [{ 'é.js': LEAK, 'é.txt': LEAK }, { 'abc.js': LEAK }];
    write({ '.gitignore': '??.js\n?.txt\n', ...plain });
    git('init', '-q');
    expect(await isUsed()).toBe(true);
    write(accented);
    expect(await isUsed()).toBe(false);
    expect(await expectSame()).toContain('é.js');
  });

  test.each(['[Bb]in/', '*.py[cod]', '/dist', 'a/**/b', '**/x', '!y.md', 'report.[0-9]*.json', '*~', 'x.md'])('%s is a plain pattern', (pattern) => {
    expect(isPlain(`${pattern}\n`)).toBe(true);
  });
  test.each(['a\\ b', 'x ', '{a,b}', '[!a]', '[^a]', 'a**b', '***', '[[:alpha:]]', 'ä'])('%s is none', (pattern) => {
    expect(isPlain(`${pattern}\n`)).toBe(false);
  });

  test.each([
    ['is missing', () => path.join(root, 'no-such-binary')],
    ['is broken', () => script('not a program')],
    ['crashes', () => script('#!/bin/sh\nkill -9 $$\n')],
    ['says nothing', () => script('#!/bin/sh\nexit 1\n')],
    ['says what nobody understands', () => script('#!/bin/sh\necho oh >&2\nprintf "\\n1 files searched\\n1 bytes searched\\n"\nexit 2\n')],
  ])('or does the walk when it %s', async (_how, of) => {
    write({ 'a.md': LEAK });
    const program = of();
    expect((await scan(program)).findings.map(({ path: at }) => at)).toContain('a.md');
  });

  test('over made-up trees', async () => {
    const name = fc.constantFrom('a', 'b', 'build', 'x.md', 'y.md', 'Z.MD', '.env', '.hidden', 'node_modules');
    const place = fc.array(name, { minLength: 1, maxLength: 3 });
    const pattern = fc.tuple(fc.constantFrom('', '', '', '!'), fc.constantFrom('', '/', '**/'), fc.constantFrom('a', 'b', 'build', '*.md', 'x.md', '*', 'a/b', 'a/*', 'b/**', '[ab]', '?.md', '.env', 'a/**/x.md', '.*'), fc.constantFrom('', '', '/')).map((parts) => parts.join(''));
    const ignoreFile = fc.tuple(fc.array(fc.constantFrom('a', 'b', 'build'), { maxLength: 2 }), fc.array(pattern, { minLength: 1, maxLength: 3 }));
    await fc.assert(fc.asyncProperty(fc.array(place, { minLength: 2, maxLength: 10 }), fc.array(ignoreFile, { maxLength: 3 }), fc.array(place, { maxLength: 3 }), async (places, ignoreFiles, tracked) => {
      const folder = root;
      root = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-ripgrep-tree-')));
      try {
        const put = (at: string, content: string): void => {
          try {
            write({ [at]: content });
          } catch {
            // A file of that name is a folder already, or the other way around.
          }
        };
        for (const parts of [...places, ...tracked]) put(parts.join('/'), LEAK);
        for (const [parts, patterns] of ignoreFiles) put([...parts, '.gitignore'].join('/'), `${patterns.join('\n')}\n`);
        git('init', '-q');
        for (const parts of tracked) try { git('add', '-f', parts.join('/')); } catch { /* It was not made. */ }
        await expectSame();
      } finally {
        rmSync(root, { recursive: true, force: true });
        root = folder;
      }
    }), { numRuns: Number(process.env.RIPGREP_RUNS ?? 25) });
  }, 120_000);
});

function script(content: string): string {
  const at = path.join(root, 'program');
  writeFileSync(at, content);
  chmodSync(at, 0o755);
  return at;
}
