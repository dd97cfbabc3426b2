import { describe, expect, test } from 'vitest';
import { formatBaseline, parseBaseline, withoutKnown } from '../../../src/report/baseline.js';
import type { Report, ReportedFinding } from '../../../src/report/report.js';

const base: ReportedFinding = { rule: 'cents-to-stigg', severity: 'warning', path: 'a.ts', line: 1, column: 2, endLine: 1, endColumn: 9, message: 'm' };
const key: ReportedFinding = { ...base, rule: 'hardcoded-server-key', fingerprint: 'ab'.repeat(16), mask: 'server-1234…abcd' };
const report = (...findings: readonly ReportedFinding[]): Report => ({ findings, summary: { files: 1, bytes: 1, findings: findings.length, ms: 1, skipped: [] } });
const same = (path: string): string => path;
const fresh = (old: readonly ReportedFinding[], now: readonly ReportedFinding[]): Report => withoutKnown(report(...now), parseBaseline(formatBaseline(old, same), 'b'), same);

describe('what is known', () => {
  test.each<[string, ReportedFinding[], ReportedFinding[], number]>([
    ['the same', [base, key], [base, key], 0],
    ['a moved line', [base, key], [{ ...base, line: 70 }, { ...key, line: 9, column: 1 }], 0],
    ['another severity', [base], [{ ...base, severity: 'error' }], 0],
    ['a key whose message changed', [key], [{ ...key, message: 'In a file that git tracks.' }], 0],
    ['another message', [base], [{ ...base, message: 'n' }], 1],
    ['another file', [base], [{ ...base, path: 'b.ts' }], 1],
    ['another rule', [key], [{ ...key, rule: 'server-key-in-frontend' }], 1],
    ['another key', [key], [{ ...key, fingerprint: 'cd'.repeat(16) }], 1],
    ['one more of the same', [base, base], [base, base, base], 1],
    ['what is gone', [base, key], [], 0],
    ['nothing was there', [], [base, key], 2],
  ])('%s', (_what, old, now, count) => {
    const left = fresh(old, now);
    expect(left.findings).toHaveLength(count);
    expect(left.summary).toMatchObject({ findings: count, known: now.length - count });
  });
});

test('the file is the same whatever the order, an entry a line, and has nothing but digests', () => {
  const text = formatBaseline([key, base, base], same);
  expect(formatBaseline([base, base, key], same)).toBe(text);
  expect(text.split('\n')).toHaveLength(8);
  expect(text).not.toContain(key.mask ?? '');
  expect(text).not.toContain(key.fingerprint ?? '');
  expect(JSON.parse(text)).toMatchObject({ version: 1, findings: [{ rule: 'cents-to-stigg', path: 'a.ts', count: 2 }, { rule: 'hardcoded-server-key', path: 'a.ts', count: 1 }] });
  expect(formatBaseline([], same)).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
});

describe('a file that is none', () => {
  const entry = (fields: object): string => JSON.stringify({ version: 1, findings: [{ rule: 'r', path: 'p', fingerprint: 'ab'.repeat(16), count: 1, ...fields }] });

  test.each([
    ['empty', '', 'not JSON'], ['words', 'no baseline\u001B[31m', 'not JSON'], ['deep', '['.repeat(200_000), 'not JSON'], ['null', 'null', 'not a baseline'], ['a list', '[]', 'not a baseline'], ['another tool\'s', '{"results":[]}', 'not a baseline'],
    ['a later version', '{"version":2,"findings":[]}', 'version that is not known'], ['no list', '{"version":1,"findings":{}}', 'list of findings'],
    ['an entry that is none', '{"version":1,"findings":[null]}', 'Entry 1'], ['a rule that is none', entry({ rule: 1 }), 'Entry 1'], ['no path', entry({ path: null }), 'Entry 1'], ['a strange digest', entry({ fingerprint: '__proto__' }), 'Entry 1'],
    ['less than one', entry({ count: 0 }), 'Entry 1'], ['half', entry({ count: 1.5 }), 'Entry 1'], ['words for a number', entry({ count: '2' }), 'Entry 1'], ['endless', entry({ count: 1e300 }), 'Entry 1'],
  ])('%s', (_what, text, words) => {
    expect(() => parseBaseline(text, 'b.json')).toThrow(words);
  });

  test('names of objects\' own members are names like others', () => {
    expect([...parseBaseline(`\uFEFF${entry({ path: '__proto__', rule: 'constructor', extra: 1 })}`, 'b').values()]).toEqual([1]);
  });
});
