import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serverKey } from '../scan/support.js';
import { jsonOf, runIn, TemporaryFolder, type Result } from './scanSupport.js';

const KEY = serverKey();
const LEAK = `const key = "${KEY}";\n`;
const BROWSER_LEAK = `'use client';\n${LEAK}`;

let folder: TemporaryFolder;
beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

async function scan(...args: string[]): Promise<Result> {
  const result = await runIn(folder.path, ['scan', ...args]);
  expect(result.out + result.err).not.toContain(KEY);
  return result;
}
const read = (name: string): string => readFileSync(path.join(folder.path, name), 'utf8');

describe('options that do not go together', () => {
  test.each([
    ['--stdin'], ['--stdin-filename x'], ['--stdin --stdin-filename x y'], ['--stdin --staged --stdin-filename x'], ['--staged --history'], ['--history src'], ['--staged --include-ignored'],
    ['--write-baseline b --baseline b'], ['--write-baseline b --staged'], ['--write-baseline b --output o'], ['--output='], ['--baseline='], ['--format text --format json'], ['--format xml'], ['--fail-on fatal'], ['--output'], ['--staged=1'],
  ])('%s', async (args) => {
    const { code, out, err } = await scan(...args.split(' '));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^stigg-keys: .+\. Run stigg-keys scan --help for what there is\.\n$/);
  });

  test('help tells of every option', async () => {
    const { code, out } = await scan('--help');
    expect(code).toBe(0);
    for (const option of ['--staged', '--stdin-filename', '--history', '--include-ignored', '--format', '--output', '--fail-on', '--write-baseline', '--baseline']) expect(out).toContain(option);
  });
});

describe('forms', () => {
  test('text has the line, without the key', async () => {
    folder.write({ 'a.tsx': BROWSER_LEAK });
    const { code, out } = await scan();
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.tsx:2:\d+ error .+ server-key-in-frontend\n {2}2 \| const key = "server-[0-9a-f]{4}…[0-9a-f]{4}";\n {4}\| {1,20}\^{5,30}\n\n1 error/);
    const coloured = await runIn(folder.path, ['scan'], { colour: true });
    expect(coloured.out).toContain('\u001B[31m');
  });

  test.each(['json', 'sarif', 'github'])('%s has nothing of the file and no colours', async (format) => {
    folder.write({ 'a.tsx': BROWSER_LEAK.replace('key', 'itsOwnName') });
    const { code, out } = await runIn(folder.path, ['scan', '--format', format], { colour: true });
    expect(code).toBe(1);
    expect(out).not.toContain('itsOwnName');
    expect(out).not.toContain('\u001B');
    expect(out).not.toContain(KEY);
    expect(out).toContain('server-key-in-frontend');
  });

  test('a name cannot become a line of its own', async () => {
    const name = 'a\n::error::x\u001B[31m.tsx';
    folder.write({ [name]: BROWSER_LEAK });
    for (const format of ['text', 'github']) {
      const { out } = await scan('--format', format);
      expect(out).not.toMatch(/^::error::x/m);
      expect(out).not.toContain('\u001B');
    }
    expect(jsonOf(await scan('--format', 'json')).findings[0]?.path).toBe(name);
  });
});

test('who watches a long scan sees how far it is, and nothing of it is left', async () => {
  for (let index = 0; index < 400; index++) folder.write({ [`f/${String(index)}.ts`]: LEAK });
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  const shown: string[] = [];
  const { err } = await runIn(folder.path, ['scan'], { status: (text) => { shown.push(text); } });
  vi.restoreAllMocks();
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.slice(0, -1).every((text) => /^\d+ files scanned …$/.test(text))).toBe(true);
  expect(shown.at(-1)).toBe('');
  expect(err).toBe('');
});

describe('--output', () => {
  test('the report is in the file, and a line about it on stderr', async () => {
    folder.write({ 'a.tsx': BROWSER_LEAK });
    const { code, out, err } = await scan('--format', 'sarif', '--output', 'r.sarif');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^stigg-keys: 1 error, .+ The report is in r\.sarif\.\n$/);
    expect(JSON.parse(read('r.sarif'))).toMatchObject({ version: '2.1.0' });
    expect(readdirSync(folder.path).sort()).toEqual(['a.tsx', 'r.sarif']);
  });

  test('a file there keeps its mode, and a link stays one', async () => {
    folder.write({ 'a.ts': 'const a = 1;', 'real/r.json': 'old' });
    chmodSync(path.join(folder.path, 'real/r.json'), 0o640);
    symlinkSync('real/r.json', path.join(folder.path, 'r.json'));
    expect((await scan('--format', 'json', '--output', 'r.json')).code).toBe(0);
    expect(JSON.parse(read('real/r.json'))).toMatchObject({ version: 1 });
    if (process.platform !== 'win32') expect(statSync(path.join(folder.path, 'real/r.json')).mode & 0o777).toBe(0o640);
    expect(readdirSync(path.join(folder.path, 'real'))).toEqual(['r.json']);
  });

  test.each<[string, string, string]>([
    ['a folder that is not there', 'no/such/r.json', 'its folder does not exist'], ['a file for a folder', 'a.ts/r.json', 'its folder does not exist'], ['a folder', 'sub', 'it is a folder'],
    ...(existsSync('/dev/full') ? [['a full disk', '/dev/full', 'the disk is full'] satisfies [string, string, string]] : []),
  ])('%s is an error in words', async (_what, target, reason) => {
    folder.write({ 'a.ts': 'const a = 1;' });
    mkdirSync(path.join(folder.path, 'sub'));
    const { code, out, err } = await scan('--format', 'json', '--output', target);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${target} cannot be written: ${reason}.`);
    expect(readdirSync(folder.path).sort()).toEqual(['a.ts', 'sub']);
  });

  test('a standard output that cannot be written is no finding', async () => {
    const { code, err } = await runIn(folder.path, ['scan'], { out: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOSPC' })) });
    expect(code).toBe(2);
    expect(err).toContain('The standard output cannot be written: the disk is full.');
  });
});

describe('--stdin', () => {
  const stdin = (name: string, text: string | Buffer, ...args: string[]): Promise<Result> => runIn(folder.path, ['scan', '--stdin', '--stdin-filename', name, '--format', 'json', '--fail-on', 'never', ...args], { stdin: text });

  test.each<[string, string, string | Buffer, string[]]>([
    ['a file that does not exist', 'src/a.ts', LEAK, ['src/a.ts hardcoded-server-key']],
    ['the path is evidence', 'frontend/src/a.ts', LEAK, ['frontend/src/a.ts server-key-in-frontend']],
    ['the language is the path\'s', 'a.py', `key = "${KEY}"\n`, ['a.py hardcoded-server-key']],
    ['another encoding', 'a.ts', Buffer.from(`\uFEFF${LEAK}`, 'utf16le'), ['a.ts hardcoded-server-key']],
    ['what settings leave out', 'ignored/a.ts', LEAK, []],
    ['nothing', 'a.ts', '', []],
    ['bytes', 'a.ts', Buffer.from([0, 1, 2]), []],
  ])('%s', async (_what, name, text, expected) => {
    folder.write({ '.stigg-keys.json': '{ "ignore": ["ignored/**"] }' });
    expect(jsonOf(await stdin(name, text)).findings.map(({ path: at, rule }) => `${at} ${rule}`)).toEqual(expected);
  });

  test('too much of it is said', async () => {
    expect(jsonOf(await stdin('a.ts', LEAK + ' '.repeat(11 * 1024 * 1024))).summary.skipped).toEqual([{ path: 'a.ts', reason: 'too large' }]);
  });

  test('there is none', async () => {
    expect((await scan('--stdin', '--stdin-filename', 'a.ts')).code).toBe(0);
  });
});

describe('a baseline', () => {
  test('lets by what was there, wherever it moved, and stops what is new', async () => {
    folder.write({ 'src/a.tsx': BROWSER_LEAK });
    expect(await scan('--write-baseline', 'ci/known.json')).toMatchObject({ code: 2 });
    mkdirSync(path.join(folder.path, 'ci'));
    expect(await scan('--write-baseline', 'ci/known.json')).toMatchObject({ code: 0, out: 'Noted in ci/known.json: 1 finding.\n' });
    expect(read('ci/known.json')).not.toContain(KEY);
    folder.write({ 'src/a.tsx': `'use client';\n// moved\n\n${LEAK}` });
    expect(await scan('--baseline', 'ci/known.json')).toMatchObject({ code: 0, out: 'No findings in 2 files. 1 known from the baseline.\n' });
    // From elsewhere, too.
    expect(await runIn(path.join(folder.path, 'src'), ['scan', '--baseline', '../ci/known.json'])).toMatchObject({ code: 0 });
    folder.write({ 'src/b.tsx': BROWSER_LEAK });
    const result = await scan('--baseline', 'ci/known.json', '--format', 'json');
    expect(result.code).toBe(1);
    expect(jsonOf(result)).toMatchObject({ findings: [{ path: 'src/b.tsx' }], summary: { findings: 1, known: 1 } });
  });

  test.each([['no such file', 'x.json', undefined, 'cannot be read (ENOENT)'], ['a folder', '.', undefined, 'cannot be read (not a file)'], ['not a baseline', 'b.json', '{"a":1}', 'b.json is not a baseline.']])('%s', async (_what, name, text, words) => {
    if (text !== undefined) folder.write({ [name]: text });
    const { code, out, err } = await scan('--baseline', name);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });
});
