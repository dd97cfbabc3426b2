import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countBoth, countVitest, failedFiles } from '../../tools/counts.mjs';
import { repoRoot } from '../../tools/paths.mjs';

const test = (fullName: string, status: string) => ({ fullName, status, failureMessages: status === 'failed' ? [`${fullName} broke`] : [] });
/** A file of the repository with these tests, each `name: status`; `broken` where a hook failed or it did not load. */
const suite = (file: string, tests: Record<string, string>, broken = false) => ({
  name: path.join(repoRoot, file), status: broken || Object.values(tests).includes('failed') ? 'failed' : 'passed', message: broken ? 'did not load' : '',
  assertionResults: Object.entries(tests).map(([name, status]) => test(name, status)),
});
const first = { testResults: [suite('a.ts', { one: 'passed', two: 'passed' }), suite('b.ts', { three: 'failed', four: 'passed', five: 'pending' }), suite('c.ts', {}, true)] };

describe('the count of a stage', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'stigg-counts-'));
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  it('counts a file that did not load as a failure', () => {
    const file = path.join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(first));
    expect(countVitest(file)).toEqual({ passed: 3, failed: 2, skipped: 1, failures: ['b.ts > three\nthree broke', 'c.ts: did not load'] });
    expect(failedFiles(first)).toEqual([path.join(repoRoot, 'b.ts'), path.join(repoRoot, 'c.ts')]);
  });

  it('is undefined where there is no report', () => {
    expect(countVitest(path.join(folder, 'none.json'))).toBeUndefined();
  });

  it.each<[string, ReturnType<typeof suite>[], { passed: number; failed: number; skipped: number; failures: string[]; unsteady: string[] }]>([
    ['both pass', [suite('b.ts', { three: 'passed', four: 'passed', five: 'pending' }), suite('c.ts', { six: 'passed' })],
      { passed: 5, failed: 0, skipped: 1, failures: [], unsteady: ['b.ts > three\nthree broke', 'c.ts: did not load'] }],
    ['one passes', [suite('b.ts', { three: 'failed', four: 'passed', five: 'pending' }), suite('c.ts', { six: 'passed' })],
      { passed: 4, failed: 1, skipped: 1, failures: ['b.ts > three\nthree broke'], unsteady: ['c.ts: did not load'] }],
    ['another test of the file fails', [suite('b.ts', { three: 'passed', four: 'failed', five: 'pending' }), suite('c.ts', { six: 'passed' })],
      { passed: 4, failed: 1, skipped: 1, failures: ['b.ts > four\nfour broke'], unsteady: ['c.ts: did not load'] }],
    ['a file is missing from it', [suite('b.ts', { three: 'passed', four: 'passed', five: 'pending' })],
      { passed: 4, failed: 1, skipped: 1, failures: ['c.ts: did not load'], unsteady: ['b.ts > three\nthree broke'] }],
    ['a file that had passed fails in it, which was not asked', [suite('a.ts', { one: 'failed', two: 'failed' }), suite('b.ts', { three: 'passed', four: 'passed', five: 'pending' }), suite('c.ts', { six: 'passed' })],
      { passed: 5, failed: 0, skipped: 1, failures: [], unsteady: ['b.ts > three\nthree broke', 'c.ts: did not load'] }],
    ['nothing ran', [], { passed: 3, failed: 2, skipped: 1, failures: ['b.ts > three\nthree broke', 'c.ts: did not load'], unsteady: [] }],
  ])('after a second run in which %s', (_, testResults, count) => {
    expect(countBoth(first, { testResults })).toEqual(count);
  });
});
