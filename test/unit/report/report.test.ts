import { expect, test } from 'vitest';
import { formatJson } from '../../../src/report/json.js';
import { reportFindings, sortFindings, type Report } from '../../../src/report/report.js';
import { formatText } from '../../../src/report/text.js';
import type { Finding } from '../../../src/scan/finding.js';
import { Lines } from '../../../src/scan/lines.js';

const finding = (start: number, end: number): Finding => ({ rule: 'r-r', severity: 'error', start, end, message: 'm', mask: 'server-…', fingerprint: 'f', fixes: [] });
const report = (paths: readonly string[]): Report => {
  const findings = paths.flatMap((path) => reportFindings(path, 'ab\r\ncd', [finding(4, 6)]));
  return { findings, summary: { files: 1, bytes: 6, findings: findings.length, ms: 1, skipped: [{ path: 'big', reason: 'too large' }] } };
};

test('lines and columns count from one, lines end in three ways', () => {
  expect(reportFindings('p', 'ab\r\ncd\re\nf', [finding(4, 6), finding(7, 8), finding(9, 10), finding(0, 99)]).map((entry) => [entry.line, entry.column, entry.endLine, entry.endColumn]))
    .toEqual([[2, 1, 2, 3], [3, 1, 3, 2], [4, 1, 4, 2], [1, 1, 4, 2]]);
  expect(new Lines('').positionAt(5)).toEqual({ line: 0, column: 0 });
});

test('JSON has the documented shape, and nothing of the fixes', () => {
  expect(JSON.parse(formatJson(report(['a.ts'])))).toEqual({
    version: 1,
    findings: [{ rule: 'r-r', severity: 'error', path: 'a.ts', line: 2, column: 1, endLine: 2, endColumn: 3, message: 'm', mask: 'server-…', fingerprint: 'f' }],
    summary: { files: 1, bytes: 6, findings: 1, ms: 1, skipped: [{ path: 'big', reason: 'too large' }] },
  });
});

test('text has one line a finding; paths cannot break out of it', () => {
  expect(formatText(report(['a\n\u001B[31mb.ts']), { colour: false })).toBe('a\\x0a\\x1b[31mb.ts:2:1 error m r-r\n\n1 error, 0 warnings, 0 hints in 1 file. 1 skipped.\n');
  expect(formatText(report([]), { colour: true })).toBe('No findings in 1 file. 1 skipped.\n');
  expect(formatText(report(['a.ts']), { colour: true })).toContain('\u001B[31merror\u001B[0m');
});

test('findings are sorted the same everywhere', () => {
  const all = report(['b', 'a', 'B']).findings;
  expect(sortFindings([...all].reverse()).map(({ path }) => path)).toEqual(['B', 'a', 'b']);
});
