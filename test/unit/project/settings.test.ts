import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileReader } from '../../../src/project/fileReader.js';
import { parseGlob } from '../../../src/project/globs.js';
import { Project } from '../../../src/project/project.js';
import { Settings, type SettingsProblem } from '../../../src/project/settings.js';
import { isSettingsFile } from '../../../src/project/projectFiles.js';
import { SettingsFiles, unknownRules } from '../../../src/project/settingsFiles.js';
import { parseSettings } from '../../../src/project/settingsParser.js';
import { DEFAULT_CENT_SHAPE } from '../../../src/scan/money/centShape.js';
import { cpuNow } from '../../tools/cpu.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const settingsOf = (content: unknown): Settings => new Settings('/repo', parseSettings('/repo/.stigg-keys.json', bytes(typeof content === 'string' ? content : JSON.stringify(content))));
const messages = (settings: Settings): string[] => settings.problems.map(({ line, message }) => `${String(line)}: ${message}`);

describe('globs', () => {
  it.each<[string, string, boolean]>([
    ['*.md', 'README.md', true],
    ['*.md', 'docs/a/b.md', true],
    ['/*.md', 'docs/b.md', false],
    ['./*.md', 'b.md', true],
    ['docs/**', 'docs/a/.env', true],
    ['docs/', 'docs/a.ts', true],
    ['docs/', 'packages/a/docs/a.ts', true],
    ['docs', 'docs/a.ts', false],
    ['/docs/', 'packages/docs/a.ts', false],
    ['docs/**', 'mydocs/a.ts', false],
    ['**/fixtures/**', 'fixtures/a.ts', true],
    ['**/fixtures/**', 'a/b/fixtures/c/d.ts', true],
    ['**/*.test.*', 'src/a.test.ts', true],
    ['src/**/test/*.ts', 'src/test/a.ts', true],
    ['src/**/test/*.ts', 'src/a/b/test/a.ts', true],
    ['src/**/test/*.ts', 'src/a/test/b/a.ts', false],
    ['src/*.ts', 'src/a/b.ts', false],
    ['src/{a,b}/*.{ts,tsx}', 'src/b/c.tsx', true],
    ['src/{a,b}/*.{ts,tsx}', 'src/c/c.tsx', false],
    ['{docs/**,*.md}', 'docs/a/b.ts', true],
    ['app/(shop)/[id]/+page.ts', 'app/(shop)/[id]/+page.ts', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['.env*', 'apps/web/.env.local', true],
    ['{a', '{a', true],
    ['**', 'any/thing', true],
  ])('%s on %s: %s', (glob, path, expected) => {
    expect(parseGlob(glob)?.matches(path)).toBe(expected);
  });

  it.each(['', '  ', '!a', '../a', 'a/../b', 'x'.repeat(257), '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}'])('refuses %j', (glob) => {
    expect(parseGlob(glob)).toBeUndefined();
  });

  it('is done at once with the worst globs and names', () => {
    const globs = ['*a'.repeat(120) + 'b', '**/'.repeat(80) + 'b', `${'**/a*a/'.repeat(30)}b`, '{a*,*a}{a*,*a}{a*,*a}{a*,*a}b', '?*'.repeat(120)];
    const paths = ['a'.repeat(4_000), 'a/'.repeat(2_000) + 'a', `${'aaaa/'.repeat(800)}a`];
    const started = cpuNow();
    for (const glob of globs) for (const path of paths) parseGlob(glob)?.matches(path);
    expect(cpuNow() - started).toBeLessThan(10_000);
  });

  it('agrees with a slow matcher that is easy to believe', () => {
    const slow = (glob: string, name: string): boolean => {
      if (glob === '') return name === '';
      if (glob.startsWith('*')) return slow(glob.slice(1), name) || (name !== '' && slow(glob, name.slice(1)));
      return name !== '' && (glob.startsWith('?') || name.startsWith(glob.charAt(0))) && slow(glob.slice(1), name.slice(1));
    };
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 8 }), fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 10 }), (glob, name) =>
      // A name that is ** alone stands for folders.
      glob === '**' || parseGlob(`/${glob}`)?.matches(name) === slow(glob, name)));
  });
});

describe('a settings file', () => {
  const settings = settingsOf(`{
    // What this repository thinks of the rules.
    "$schema": "x",
    "ignore": ["**/fixtures/**", "*.snap"],
    "rules": { "cents-to-stigg": "off", "hardcoded-server-key": "error" },
    "overrides": [
      { "files": ["docs/**"], "rules": { "hardcoded-server-key": "info" } },
      { "files": ["docs/api/**"], "rules": { "hardcoded-server-key": "warning" } },
    ],
    "sides": { "browser": ["packages/ui/**"], "server": ["packages/**"] },
  }`);

  it('has no problems', () => {
    expect(settings.problems).toEqual([]);
  });

  it('gives rules their level, later overrides first', () => {
    expect(settings.severityOf('cents-to-stigg', '/repo/a.ts')).toBe('off');
    expect(settings.severityOf('hardcoded-server-key', '/repo/a.ts')).toBe('error');
    expect(settings.severityOf('hardcoded-server-key', '/repo/docs/a.ts')).toBe('info');
    expect(settings.severityOf('hardcoded-server-key', '/repo/docs/api/a.ts')).toBe('warning');
    expect(settings.severityOf('dead-key', '/repo/a.ts')).toBeUndefined();
    expect(settings.severityOf('__proto__', '/repo/a.ts')).toBeUndefined();
  });

  it('leaves files out, and only its own', () => {
    expect(settings.isExcluded('/repo/test/fixtures/a.ts')).toBe(true);
    expect(settings.isExcluded('/repo/a.snap')).toBe(true);
    expect(settings.isExcluded('/repo/a.ts')).toBe(false);
    expect(settings.isExcluded('/other/fixtures/a.ts')).toBe(false);
  });

  it('gives files a side; browser wins', () => {
    expect(settings.configuredSide('/repo/packages/ui/a.ts')).toBe('browser');
    expect(settings.configuredSide('/repo/packages/api/a.ts')).toBe('server');
    expect(settings.configuredSide('/repo/a.ts')).toBeUndefined();
  });

  it('answers for one file', () => {
    const context = settings.contextFor('/repo/docs/a.snap');
    expect([context.isExcluded('x'), context.severityOf('hardcoded-server-key', 'x'), context.configuredSide('x')]).toEqual([true, 'info', undefined]);
  });

  it('sets which amounts look like cents', () => {
    const shapeOf = (text: string): unknown => settingsOf(text).contextFor('/repo/a.ts').centShape('/repo/a.ts');
    expect(shapeOf('{}')).toEqual(DEFAULT_CENT_SHAPE);
    expect(shapeOf('{ "money": { "centShapedFrom": 500 } }')).toEqual({ ...DEFAULT_CENT_SHAPE, from: 500 });
    expect(shapeOf('{ "money": { "centShapedFrom": -1, "centShapedBelow": 50000, "other": 1 } }')).toEqual({ ...DEFAULT_CENT_SHAPE, below: 50_000 });
  });

  it.each<[string, string, string[]]>([
    ['wrong limits', '{ "money": { "centShapedFrom": "1",\n "centShapedBelow": -1,\n "shape": 1 } }', ['1: "centShapedFrom" has to be a number, 0 or more.', '2: "centShapedBelow" has to be a number, 0 or more.', '3: There is no setting called "shape".']],
    ['no JSON', '{ "ignore": [', ['1: The file is not valid JSON, so it is not used.']],
    ['nothing', '', ['1: The file is not valid JSON, so it is not used.']],
    ['a list', '[]', ['1: The file has to hold an object, so it is not used.']],
    ['wrong types', '{ "ignore": "a",\n "rules": [],\n "overrides": {},\n "sides": 1 }', ['1: A list is expected here.', '2: An object is expected here.', '3: A list is expected here.', '4: An object is expected here.']],
    ['wrong items', '{ "ignore": [1, null, "", "!a", "ok"],\n "rules": { "dead-key": "loud", "expiring-key": 2 } }', [
      '1: A glob has to be a text.', '1: A glob has to be a text.',
      '1: "" is no glob that can be used: it may be empty, lead out of the folder, begin with ! or be too complicated.',
      '1: "!a" is no glob that can be used: it may be empty, lead out of the folder, begin with ! or be too complicated.',
      '2: "dead-key" can be off, info, warning, error.', '2: "expiring-key" can be off, info, warning, error.',
    ]],
    ['what it may not set', '{ "endpoint": "https://evil.example",\n "keys": {}, "__proto__": { "ignore": ["**"] } }', ['1: There is no setting called "endpoint".', '2: There is no setting called "keys".', '2: There is no setting called "__proto__".']],
    ['names that are no words', `{ "${'\\u001b[31m'.repeat(40)}": 1 }`, [`1: There is no setting called "${'?[31m'.repeat(40).slice(0, 59)}…".`]],
  ])('says what it does not obey: %s', (_, text, expected) => {
    const found = settingsOf(text);
    expect(messages(found)).toEqual(expected);
    expect(found.isExcluded('/repo/a.ts')).toBe(false);
  });

  it('keeps what is right beside what is wrong', () => {
    const found = settingsOf({ ignore: [1, '*.snap'], rules: { 'dead-key': 'off', 'cents-to-stigg': 'never' } });
    expect(found.isExcluded('/repo/a.snap')).toBe(true);
    expect(found.severityOf('dead-key', '/repo/a.ts')).toBe('off');
    expect(found.severityOf('cents-to-stigg', '/repo/a.ts')).toBeUndefined();
  });

  it('names the rules that do not exist', () => {
    const found = settingsOf('{ "rules": {\n "dead-key": "off",\n "dead-keys": "off" } }');
    expect(unknownRules('/repo/.stigg-keys.json', found, ['dead-key'])).toEqual([{ path: '/repo/.stigg-keys.json', line: 3, message: 'There is no rule called dead-keys.' }]);
  });

  it.each<[string, Uint8Array]>([
    ['binary', new Uint8Array([0, 255, 254, 1, 128])],
    ['UTF-16', new Uint8Array([255, 254, 123, 0, 125, 0])],
    ['huge', bytes(`{ "ignore": ["${'a'.repeat(70_000)}"] }`)],
    ['nested lists', bytes('['.repeat(60_000))],
    ['nested objects', bytes('{"a":'.repeat(12_000) + '1' + '}'.repeat(12_000))],
    ['many globs', bytes(JSON.stringify({ ignore: Array.from({ length: 9_000 }, () => 'a*') }))],
    ['many problems', bytes(JSON.stringify({ ignore: Array.from({ length: 400 }, () => 1) }))],
  ])('survives: %s', (_, content) => {
    const { problems } = parseSettings('/repo/.stigg-keys.json', content);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(20);
  });

  it('never throws', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(fc.constantFrom('ignore', 'rules', 'overrides', 'files', 'sides', 'browser', '__proto__', 'x'), tie('node'))),
    })).node;
    fc.assert(fc.property(fc.oneof(value.map((one) => JSON.stringify(one)), fc.string()), (text) => {
      const found = settingsOf(text);
      found.isExcluded('/repo/a');
      found.severityOf('dead-key', '/repo/a');
      found.configuredSide('/repo/a');
    }));
  });
});

describe('settings files', () => {
  function world(files: Readonly<Record<string, string>>): { reader: FileReader; reads: string[] } {
    const reads: string[] = [];
    return { reads, reader: { list: () => Promise.resolve([]), read: (path) => { reads.push(path); const text = files[path]; return Promise.resolve(text === undefined ? undefined : bytes(text)); } } };
  }
  const OFF = '{ "rules": { "dead-key": "off" } }';

  it('are looked for upwards as far as the repository, the nearest one alone', async () => {
    const { reader } = world({ '/.stigg-keys.json': '{ "ignore": ["**"] }', '/repo/.stigg-keys.json': OFF, '/repo/apps/.stigg-keys.json': '{}', '/plain/x': '' });
    const files = new SettingsFiles(reader);
    expect((await files.nearest('/repo/src/deep', '/repo')).severityOf('dead-key', '/repo/src/deep/a.ts')).toBe('off');
    expect((await files.nearest('/repo/apps/web', '/repo')).severityOf('dead-key', '/repo/apps/web/a.ts')).toBeUndefined();
    expect((await files.nearest('/other/src', '/other')).isExcluded('/other/src/a.ts')).toBe(false);
    expect((await files.nearest('/plain')).isExcluded('/plain/a.ts')).toBe(true);
  });

  it('are read once, until they may have changed, and their problems told once', async () => {
    const { reader, reads } = world({ '/repo/.stigg-keys.json': '{ "x": 1 }' });
    const problems: SettingsProblem[] = [];
    const files = new SettingsFiles(reader, (problem) => problems.push(problem));
    await Promise.all(['/repo/a', '/repo/a/b', '/repo/c'].map((folder) => files.nearest(folder, '/repo')));
    expect(reads.filter((path) => path === '/repo/.stigg-keys.json')).toHaveLength(1);
    expect(problems).toEqual([{ path: '/repo/.stigg-keys.json', line: 1, message: 'There is no setting called "x".' }]);
    files.forget();
    await files.nearest('/repo/a', '/repo');
    expect(reads.filter((path) => path === '/repo/.stigg-keys.json')).toHaveLength(2);
  });

  it('are told by their name', () => {
    expect(isSettingsFile('/repo/.stigg-keys.json')).toBe(true);
    expect(isSettingsFile('/repo/my.stigg-keys.json')).toBe(false);
  });
});

describe('a project', () => {
  it('goes by the settings of the repository, and looks again when told to', async () => {
    let text = '{ "ignore": ["gen/**"], "rules": { "dead-key": "error", "no-such-rule": "off" }, "sides": { "server": ["jobs/**"] } }';
    const reader: FileReader = {
      read: (path) => Promise.resolve(path === '/repo/.git/HEAD' ? bytes('ref: x') : path === '/repo/.stigg-keys.json' ? bytes(text) : path === '/.stigg-keys.json' ? bytes('{ "ignore": ["**"] }') : undefined),
      list: () => Promise.resolve([]),
    };
    const problems: SettingsProblem[] = [];
    const project = new Project(reader, { onSettingsProblem: (problem) => problems.push(problem) });
    const context = await project.contextFor('/repo/jobs/a.ts');
    expect([context.configuredSide('x'), context.severityOf('dead-key', 'x'), context.isExcluded('x')]).toEqual(['server', 'error', false]);
    expect((await project.contextFor('/repo/gen/a.ts')).isExcluded('x')).toBe(true);
    expect(problems.map(({ message }) => message)).toEqual(['There is no rule called no-such-rule.']);
    text = '{}';
    project.forget('/repo/.stigg-keys.json');
    expect((await project.contextFor('/repo/gen/a.ts')).isExcluded('x')).toBe(false);
  });
});
