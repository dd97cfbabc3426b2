import { describe, expect, test } from 'vitest';
import { formatGithub } from '../../../src/report/github.js';
import { formatJson } from '../../../src/report/json.js';
import type { Report, ReportedFinding, SkippedFile } from '../../../src/report/report.js';
import { formatSarif } from '../../../src/report/sarif.js';
import { formatText } from '../../../src/report/text.js';
import { maskToken } from '../../../src/tokenShape.js';
import { legacyKey, serverKey } from '../scan/support.js';

const base: ReportedFinding = { rule: 'hardcoded-server-key', severity: 'error', path: 'a.ts', line: 1, column: 2, endLine: 1, endColumn: 9, message: 'm', fingerprint: 'ab'.repeat(16) };
const commit = { id: 'a'.repeat(40), date: '2026-01-01T00:00:00Z', author: 'A', subject: 'S' };
const report = (finding: Partial<ReportedFinding>, skipped: readonly SkippedFile[] = []): Report => ({ findings: [{ ...base, ...finding }], summary: { files: 1, bytes: 1, findings: 1, ms: 1, skipped } });

const FORMATS: readonly [string, (report: Report) => string][] = [
  ['text', (from) => formatText(from, { colour: false })],
  ['json', formatJson],
  ['sarif', (from) => formatSarif(from, '1.2.3')],
  ['github', formatGithub],
];

/** Also what became of it in an address or a workflow command. */
const decoded = (text: string): string => text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => decodeURIComponent(escaped));

describe.each(FORMATS)('a key in what others wrote is masked in %s', (name, format) => {
  describe.each([['a server key', serverKey()], ['a legacy key', legacyKey()]])('%s', (_what, key) => {
    test.each<[string, boolean, Report]>([
      ['a path', true, report({ path: `src/${key}/a.ts` })],
      ['a message', true, report({ message: `Read in ${key}.ts.` })],
      ['the author of a commit', name !== 'github', report({ commit: { ...commit, author: `Ada ${key}` } })],
      ['the subject of a commit', name !== 'github', report({ commit: { ...commit, subject: `take ${key} out` } })],
      ['a file that was skipped', name === 'json' || name === 'sarif', report({}, [{ path: `${key}.ts`, reason: 'too large' }])],
    ])('%s', (_where, isShown, from) => {
      const text = decoded(format(from));
      expect(text).not.toContain(key);
      expect(text.includes(maskToken(key))).toBe(isShown);
    });
  });
});

test('what a finding is known by does not change with it', () => {
  const key = serverKey();
  const fingerprintsOf = (path: string): unknown => (JSON.parse(formatSarif(report({ path }), '1')) as { runs: [{ results: [{ partialFingerprints: unknown }] }] }).runs[0].results[0].partialFingerprints;
  expect(fingerprintsOf(`${key}.ts`)).toEqual(fingerprintsOf('a.ts'));
});
