import { expect, test } from 'vitest';
import { formatGithub } from '../../../src/report/github.js';
import type { ReportedFinding } from '../../../src/report/report.js';

const base: ReportedFinding = { rule: 'r-r', severity: 'error', path: 'a.ts', line: 1, column: 2, endLine: 1, endColumn: 9, message: 'm' };
const format = (finding: Partial<ReportedFinding>): string[] => formatGithub({ findings: [{ ...base, ...finding }], summary: { files: 1, bytes: 1, findings: 1, ms: 1, skipped: [] } }).split('\n');

test.each<[string, Partial<ReportedFinding>, string]>([
  ['an error', {}, '::error file=a.ts,line=1,endLine=1,col=2,endColumn=9,title=r-r::m'],
  ['a warning', { severity: 'warning' }, '::warning file=a.ts,line=1,endLine=1,col=2,endColumn=9,title=r-r::m'],
  ['a hint', { severity: 'info' }, '::notice file=a.ts,line=1,endLine=1,col=2,endColumn=9,title=r-r::m'],
  ['several lines have no columns', { endLine: 3 }, '::error file=a.ts,line=1,endLine=3,title=r-r::m'],
  ['a name that would be a property or a command', { path: 'a,line=9::b\r\n::stop-commands::x%0A' }, '::error file=a%2Cline=9%3A%3Ab%0D%0A%3A%3Astop-commands%3A%3Ax%250A,line=1,endLine=1,col=2,endColumn=9,title=r-r::m'],
  ['a message that would be a command', { message: '50% of: a, b\n::add-mask::x\u001B[31m' }, '::error file=a.ts,line=1,endLine=1,col=2,endColumn=9,title=r-r::50%25 of: a, b%0A::add-mask::x?[31m'],
  ['a commit', { commit: { id: 'abcdef0123456789', date: '', author: '', subject: '' } }, '::error file=a.ts,line=1,endLine=1,col=2,endColumn=9,title=r-r::m (abcdef012345)'],
])('%s', (_what, finding, expected) => {
  const [command, summary, ...rest] = format(finding);
  expect(command).toBe(expected);
  expect(summary).toContain(' in 1 file.');
  expect(rest).toEqual(['']);
});
