import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Report, ReportedFinding } from '../../../src/report/report.js';
import { formatSarif } from '../../../src/report/sarif.js';
import { RULES } from '../../../src/scan/rules/index.js';

/** The schema that schemastore published for SARIF 2.1.0, as @microsoft/jest-sarif (MIT) carries it. */
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(new URL('../../fixtures/sarif/schema-2.1.0.json', import.meta.url), 'utf8')) as Record<string, unknown>;
// A schema of draft 4, of which it uses nothing that later drafts understand differently.
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(schema);

const base: ReportedFinding = { rule: 'hardcoded-server-key', severity: 'error', path: 'src/a.ts', line: 1, column: 2, endLine: 1, endColumn: 9, message: 'A key.', mask: 'server-6a4b…fe26', fingerprint: 'ab'.repeat(16) };
const report = (findings: readonly ReportedFinding[], skipped: Report['summary']['skipped'] = []): Report => ({ findings, summary: { files: 1, bytes: 6, findings: findings.length, ms: 1, skipped } });

interface Log { readonly runs: readonly [{ readonly tool: { readonly driver: { readonly rules: readonly Rule[] } }; readonly results: readonly Result[] }] }
interface Rule { readonly id: string; readonly help: { readonly text: string; readonly markdown: string } }
interface Result {
  readonly ruleId: string; readonly ruleIndex?: number; readonly level: string; readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object } }];
}
function sarif(from: Report): Log {
  const log = JSON.parse(formatSarif(from, '1.2.3')) as Log;
  validate(log);
  expect(validate.errors).toBeNull();
  return log;
}
const first = (finding: Partial<ReportedFinding>): Result | undefined => sarif(report([{ ...base, ...finding }])).runs[0].results[0];

test('the schema can refuse', () => {
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: {} }, results: [] }] })).toBe(false);
});

test.each<[string, Report]>([
  ['nothing', report([])],
  ['one of each severity', report([base, { ...base, severity: 'warning' }, { ...base, severity: 'info' }])],
  ['a rule that is not known here', report([{ ...base, rule: 'no-such-rule' }])],
  ['a commit', report([{ ...base, commit: { id: 'a'.repeat(40), date: '2026-01-01T00:00:00Z', author: 'A', subject: 'S' } }])],
  ['what was skipped', report([], [{ path: 'a b', reason: 'too large' }])],
])('%s is valid', (_what, from) => {
  expect(sarif(from).runs[0].results).toHaveLength(from.findings.length);
});

test('every rule is described, and results point at theirs', () => {
  const [{ tool: { driver: { rules } }, results }] = sarif(report(RULES.map(({ id }) => ({ ...base, rule: id })))).runs;
  expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  for (const { help } of rules) expect(Math.min(help.text.length, help.markdown.length)).toBeGreaterThan(80);
  expect(results.map(({ ruleId, ruleIndex }) => rules[ruleIndex ?? -1]?.id === ruleId)).not.toContain(false);
});

test.each([
  ['src/a.ts', 'src/a.ts'],
  ['../a b/ü.ts', '../a%20b/%C3%BC.ts'],
  ['with\nbreak%41#?.ts', 'with%0Abreak%2541%23%3F.ts'],
  ['javascript:x/[a].ts', 'javascript%3Ax/%5Ba%5D.ts'],
  ['half\uD800.ts', 'half%EF%BF%BD.ts'],
])('the address of %j', (path, uri) => {
  expect(first({ path })?.locations[0].physicalLocation.artifactLocation).toEqual({ uri, uriBaseId: '%SRCROOT%' });
});

describe('fingerprints', () => {
  const all = (...findings: readonly Partial<ReportedFinding>[]): (string | undefined)[] => sarif(report(findings.map((finding) => ({ ...base, ...finding })))).runs[0].results.map(({ partialFingerprints }) => partialFingerprints['stiggKeys/v1']);

  test('stay where a line moves, and tell equal ones apart', () => {
    const [here, moved, other, rule] = all({}, { line: 99, severity: 'warning', message: 'Another wording.' }, { fingerprint: 'cd'.repeat(16) }, { rule: 'dead-key' });
    expect(moved).toBe(`${String(here)}:2`);
    expect(all({ line: 40 })).toEqual([here]);
    expect(new Set([here, moved, other, rule]).size).toBe(4);
  });
});

test('levels and messages: what looks like a link is text', () => {
  expect(first({ severity: 'info', message: 'In [x](javascript:alert).' })).toMatchObject({ level: 'note', message: { text: 'In \\[x\\](javascript:alert).' } });
  expect(first({ line: 3, endLine: 4 })?.locations[0].physicalLocation.region).toEqual({ startLine: 3, startColumn: 2, endLine: 4, endColumn: 9 });
});
