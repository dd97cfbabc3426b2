import { describe, expect, it } from 'vitest';
import { groupByRule } from '../../../../src/editor/findings/group.js';
import { asText, isIn } from '../../../../src/editor/findings/scope.js';
import { FindingsStore } from '../../../../src/editor/findings/store.js';
import { MOST_CHANGES, PendingChanges } from '../../../../src/editor/workspaceScan/changes.js';
import type { ReportedFinding } from '../../../../src/report/report.js';

function finding(rule: string, line: number, more: Partial<ReportedFinding> = {}): ReportedFinding {
  return { rule, severity: 'warning', path: 'p', line, column: 1, endLine: line, endColumn: 2, message: `${rule} at ${line}`, ...more };
}
const [A, B] = ['file:///a.ts', 'file:///b.ts'];

describe('grouping findings by rule', () => {
  it('errors first, then by name; files by path, findings by place', () => {
    const { rules, ...sums } = groupByRule([
      [B, [finding('z-rule', 9), finding('z-rule', 2, { isFixable: true }), finding('a-rule', 1, { severity: 'info' })]],
      [A, [finding('z-rule', 5), finding('m-rule', 1, { severity: 'warning' }), finding('y-rule', 3, { severity: 'error' }), finding('a-rule', 4, { severity: 'error' })]],
    ]);
    expect(rules.map(({ rule, severity, count, fixable, files }) => [rule, severity, count, fixable, files.map(({ uri, findings }) => [uri, ...findings.map((one) => one.line)])])).toEqual([
      ['a-rule', 'error', 2, 0, [[A, 4], [B, 1]]],
      ['y-rule', 'error', 1, 0, [[A, 3]]],
      ['m-rule', 'warning', 1, 0, [[A, 1]]],
      ['z-rule', 'warning', 3, 1, [[A, 5], [B, 2, 9]]],
    ]);
    expect(sums).toEqual({ count: 7, fixable: 1, files: 2, bySeverity: { error: 2, warning: 4, info: 1 } });
  });

  it('of nothing is nothing', () => {
    expect(groupByRule([])).toEqual({ rules: [], count: 0, fixable: 0, files: 0, bySeverity: { error: 0, warning: 0, info: 0 } });
  });
});

describe('one truth about each file', () => {
  const [scanned, live] = [[finding('scanned', 1)], [finding('live', 2)]];
  type Step = (store: FindingsStore) => void;
  const scan: Step = (store) => { store.setScanned(A, scanned); };
  const open = (findings = live): Step => (store) => { store.setLive(A, findings); };
  const close: Step = (store) => { store.setLive(A, undefined); };
  const gone: Step = (store) => { store.setScanned(A, null); };

  it.each<[string, Step[], of: string[], unopened: string[]]>([
    ['scanned', [scan], ['scanned'], ['scanned']],
    ['opened', [open()], ['live'], []],
    ['scanned, then opened', [scan, open()], ['live'], []],
    ['opened, then scanned', [open(), scan], ['live'], []],
    ['opened, and clean as it was typed', [scan, open([])], [], []],
    ['closed again', [scan, open(), close], ['scanned'], ['scanned']],
    ['deleted while open', [scan, open(), gone], ['live'], []],
    ['deleted, then closed', [scan, open(), gone, close], [], []],
  ])('%s', (_name, steps, of, unopened) => {
    const store = new FindingsStore();
    for (const step of steps) step(store);
    expect(store.of(A).map(({ rule }) => rule)).toEqual(of);
    expect(store.unopened(A).map(({ rule }) => rule)).toEqual(unopened);
    expect([...store.files()].flatMap(([, findings]) => findings.map(({ rule }) => rule))).toEqual(of);
  });

  it('tells of each change once, and of none where nothing changed', () => {
    const store = new FindingsStore();
    const told: string[] = [];
    store.onDidChange((uri) => told.push(uri));
    store.setScanned(A, []);
    store.setLive(A, undefined);
    store.setScanned(A, scanned);
    store.setLive(A, []);
    store.setLive(A, []);
    store.forgetScanned(() => true);
    expect(told).toEqual([A, A, A]);
  });
});

describe('what belongs to a row', () => {
  const files = [[B, [finding('x', 3)]], [A, [finding('y', 2), finding('x', 1)]]] as const;

  it.each([
    ['everything', undefined, 'a:1:1 warning x: x at 1\na:2:1 warning y: y at 2\nb:3:1 warning x: x at 3\n'],
    ['a rule', { kind: 'rule', rule: 'x' } as const, 'a:1:1 warning x: x at 1\nb:3:1 warning x: x at 3\n'],
    ['a file', { kind: 'file', rule: 'x', uri: A } as const, 'a:1:1 warning x: x at 1\n'],
  ])('%s, as text', (_name, node, expected) => {
    expect(asText(files, node, (uri) => uri.slice(8, 9))).toBe(expected);
  });

  it('a place is one finding', () => {
    const node = { kind: 'finding', rule: 'x', uri: A, finding: finding('x', 1) } as const;
    expect([isIn(node, A, finding('x', 1)), isIn(node, A, finding('x', 2)), isIn(node, B, finding('x', 1)), isIn(node, A, finding('y', 1))]).toEqual([true, false, false, false]);
  });
});

describe('changes that are waiting', () => {
  it.each<[string, relative: string, counts: boolean, everything: boolean]>([
    ['a file', 'src/app.ts', true, false],
    ['an installed package', 'node_modules/x/package.json', false, false],
    ['one deeper down', 'apps/web/node_modules/x/index.js', false, false],
    ['an object of git', '.git/objects/ab/cd', false, false],
    ['the index of git', '.git/index', true, false],
    ['what git is told to ignore', 'apps/.gitignore', true, true],
    ['and this machine alone', '.git/info/exclude', true, true],
    ['a repository that was made', '.git', true, true],
    ['the settings of the repository', '.stigg-keys.json', true, false],
  ])('%s', (_name, relative, counts, everything) => {
    const changes = new PendingChanges();
    expect(changes.add(`/w/${relative}`, relative, false)).toBe(counts);
    expect([changes.isEmpty, changes.isEverything]).toEqual([!counts, everything]);
  });

  it('a change of branch is looked at as a whole', () => {
    const changes = new PendingChanges();
    for (let index = 0; index <= MOST_CHANGES + 5; index++) changes.add(`/w/${index}.ts`, `${index}.ts`, true);
    expect(changes.isEverything).toBe(true);
    changes.clear();
    expect([changes.isEmpty, changes.isEverything]).toEqual([true, false]);
  });

  it('are handed over once', () => {
    const changes = new PendingChanges();
    changes.add('/w/a.ts', 'a.ts', true);
    changes.add('/w/b.ts', 'b.ts', false);
    changes.outdate();
    expect(changes.take(['/w/c.ts'])).toEqual({ paths: ['/w/a.ts', '/w/b.ts'], cameOrWent: ['/w/a.ts'], judged: ['/w/c.ts'], isOutdated: true });
    expect(changes.isEmpty).toBe(true);
  });
});
