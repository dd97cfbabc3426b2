import { describe, expect, it } from 'vitest';
import { pathsOf } from '../bench/peers.mjs';
import { cpuOf } from '../bench/processes.mjs';
import { sharesOf } from '../bench/profile.mjs';
import { markdownReport, terminalReport, type Results } from '../bench/report.mjs';
import { complaint, keysOf, type Result } from '../bench/scan.mjs';
import { duration, markdownTable, median, percentile, ratio, size, textTable, times, verdict } from '../bench/statistics.mjs';

const result = (id: string, wallMs: number[], more: Partial<Result> = {}): Result => ({ id, name: id, wallMs, cpuMs: [], ...more });
const machine = { cpu: 'A processor', cores: 2, memoryBytes: 8e9, system: 'Linux', node: '20.0.0', load: 0.1 };
const RESULTS: Results = {
  date: '2026-01-02', isQuick: false, machine, versions: { ripgrep: '15.0.0' }, remarks: ['nothing else'],
  trees: [{
    title: 'A tree', description: '10 files.',
    results: [result('ripgrep', [100, 200, 300]), result('own', [140, 280, 900], { peakBytes: 160e6 }), result('own-without', [300, 600, 900], { peakBytes: 90e6 }), result('secretlint', [2800, 5600, 18000]), result('ast-grep', [], { failed: 'ended with exit code 3: no' })],
  }],
  keystrokes: [{ name: 'full of calls to Stigg', lines: 2000, medianMs: 2, p95Ms: 4, ratioToTsParse: 0.5 }, { name: 'without a trace of Stigg', lines: 2000, medianMs: 0.01, p95Ms: 9 }],
  activation: { loadMs: [5, 6, 7], activateMs: [1, 2, 3], loadWallMs: [9, 9, 9], activateWallMs: [4, 4, 4] },
  sizes: [{ name: 'dist/extension.js', bytes: 160_000, goalBytes: 150_000 }],
};

describe('statistics of the bench', () => {
  it('takes the middle, between two where there is none', () => {
    expect([median([3, 1, 2]), median([1, 2, 3, 4]), percentile([0, 10], 0.95), median([])]).toEqual([2, 2.5, 9.5, Number.NaN]);
  });

  it('compares within rounds, so that a round in which the machine was slow counts like any other', () => {
    expect(ratio([10, 1000, 20], [5, 500, 10])).toBe(2);
    // Medians of each alone would say 100.
    expect(ratio([10, 1000, 1000], [5, 10, 500])).toBe(2);
  });

  it.each([
    [verdict(1.4, 'at most', 1.5), true, 'met'], [verdict(3, 'at most', 1.5), false, 'missed by 100 %'], [verdict(12, 'at least', 15), false, 'missed by 20 %'],
    [verdict(15, 'at least', 15), true, 'met'], [verdict(undefined, 'at most', 1), undefined, 'not measured'], [verdict(Number.NaN, 'at most', 1), undefined, 'not measured'],
  ])('judges %j', ({ text, met }, isMet, words) => {
    expect([met, text]).toEqual([isMet, words]);
  });

  it('writes figures as people read them', () => {
    expect([1234, 234, 23.4, 2.34, Number.NaN].map((ms) => duration(ms))).toEqual(['1.23 s', '234 ms', '23.4 ms', '2.34 ms', '-']);
    expect([205_900_000, 1_500_000, 150_000, 1_234].map((bytes) => size(bytes))).toEqual(['206 MB', '1.5 MB', '150 KB', '1.2 KB']);
    expect([1.234, 12.34, 123.4].map((value) => times(value))).toEqual(['1.23 x', '12.3 x', '123 x']);
  });

  it('writes tables', () => {
    expect(markdownTable([['a', 'b'], ['x|y', '1']])).toBe('| a | b |\n| --- | ---: |\n| x\\|y | 1 |');
    expect(textTable([['a', 'bb'], ['long', '1']])).toBe('a     bb\nlong   1');
  });
});

describe('what the bench reads from programs', () => {
  it('files from reports', () => {
    expect(pathsOf('./b/c.ts:3:key\n./b/c.ts:9:key\na.yaml:1:key\n\n2 problems\n')).toEqual(['a.yaml', 'b/c.ts']);
    const mask = ['server-', 'ab12…cd34'].join('');
    expect(keysOf(`src/a.ts:1:2 error The Stigg server key ${mask} is here. some-rule\n  1 | ${mask}\nsrc/b.ts:1:2 warning An amount. other-rule\n\n1 error.\n`)).toEqual(['src/a.ts']);
  });

  it('the CPU time that a shell tells of its children', () => {
    expect(cpuOf('0m0.001s 0m0.002s\n1m2.500s 0m0.250s\n')).toBe(62_750);
    expect(cpuOf('')).toBeUndefined();
  });

  it('the source file that each sample of a profile was in', () => {
    const node = (id: number, functionName: string, url: string, lineNumber: number) => ({ id, callFrame: { functionName, url, lineNumber } });
    const profile = { nodes: [node(1, 'walk', 'file:///x.js', 2), node(2, 'more', 'file:///x.js', 4), node(3, '(garbage collector)', '', -1)], samples: [1, 2, 3, 1], timeDeltas: [1000, 2000, 500, 3000] };
    const shares = sharesOf([profile], () => ['// src/node/walk.ts', 'function a() {', 'function walk() {', '// node_modules/ignore/index.js', 'function more() {']);
    expect(shares).toEqual([{ what: 'src/node/walk.ts', ms: 4 }, { what: 'ignore', ms: 2 }, { what: 'garbage collection', ms: 0.5 }]);
  });
});

describe('whether a program has really looked', () => {
  const tree = { name: 'tree', folder: '/somewhere/tree', description: '', leaks: ['a.ts', 'b.md'] };
  const program = { id: 'x', name: 'x', command: [], found: pathsOf };
  const outcome = (stdout: string, code: number | null = 1) => ({ code, stdout, stderr: 'what it said\nmore' });

  it.each([
    ['all found', program, outcome('a.ts:1:\nb.md:2:\n'), undefined],
    ['absolute paths', program, outcome('/somewhere/tree/a.ts:1:\n/somewhere/tree/b.md:2:\n'), undefined],
    ['one not found', program, outcome('a.ts:1:\n'), 'did not find the key in b.md'],
    ['nothing found, which would be fast', program, outcome('', 0), 'did not find the key in a.ts and 1 more'],
    ['one that is not there', program, outcome('a.ts:1:\nb.md:2:\nc.ts:1:\n'), 'found a key in c.ts, where there is none'],
    ['a file that it cannot read', { ...program, canFind: (name: string) => name.endsWith('.ts') }, outcome('a.ts:1:\n'), undefined],
    ['an error', program, outcome('a.ts:1:\nb.md:2:\n', 2), 'ended with exit code 2: what it said'],
    ['a signal', program, outcome('', null), 'ended with a signal: what it said'],
  ])('%s', (_name, contender, what, expected) => {
    expect(complaint(contender, tree, what)).toBe(expected);
  });
});

describe('the report', () => {
  it('holds every figure against its goal, and says which are missed', () => {
    const text = markdownReport(RESULTS);
    expect(text).toContain('| A tree: wall time beside ripgrep\'s | 1.40 x | at most 1.50 x | met |');
    expect(text).toContain('| A tree: the same without ripgrep\'s binary | 3.00 x | at most 2.50 x | missed by 20 % |');
    expect(text).toContain('| A tree: secretlint\'s time beside ours | 20.0 x | at least 15.0 x | met |');
    expect(text).toContain('Not reached: A tree: peak memory (missed by 7 %).');
    expect(text).toContain('| Keystroke (full of calls to Stigg): 95 % are below | 4.00 ms | at most 5.00 ms | met |');
    expect(text).toContain('| Activation: code loaded and activate(), CPU time of our own | 8.00 ms | at most 10.0 ms | met |');
    expect(text).toContain('| dist/extension.js | 160 KB | at most 150 KB | missed by 7 % |');
    expect(text).toContain('| full of calls to Stigg | 2,000 | 2.00 ms | 4.00 ms | 0.50 x |');
    expect(text).toContain('Measured on 2026-01-02 on A processor, 2 cores');
  });

  it('shows a program that failed as failed, and why', () => {
    for (const text of [markdownReport(RESULTS), terminalReport(RESULTS)]) {
      expect(text).toMatch(/ast-grep\W+FAILED/);
      expect(text).toContain('ast-grep ended with exit code 3: no: its time does not count.');
    }
  });

  it('warns where the machine was busy', () => {
    expect(markdownReport(RESULTS)).not.toContain('WARNING');
    expect(markdownReport({ ...RESULTS, machine: { ...machine, load: 3 } })).toContain('WARNING: this machine was busy');
  });

  it('says nothing of what was not measured', () => {
    const text = terminalReport({ date: '2026-01-02', isQuick: true, machine, versions: {}, remarks: [] });
    expect(text).not.toContain('Goals');
    expect(text).toContain('quick run');
  });
});
