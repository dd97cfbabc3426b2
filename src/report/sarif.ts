import type { Severity } from '../scan/finding.js';
import { ruleDocs } from '../scan/rules/docs.js';
import { RULES } from '../scan/rules/index.js';
import type { ExampleDocs, RuleDocs } from '../scan/rules/rule.js';
import { identityOf } from './identity.js';
import type { Report, ReportedFinding, SkippedFile } from './report.js';
import { shownFile, shownFinding } from './shown.js';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/stigg-community/stigg-key-hygiene';

/** SARIF 2.1.0 with one run. No part of a scanned file is in it: places, messages and masks only. */
export function formatSarif(report: Report, version: string): string {
  const indexes = new Map(RULES.map(({ id }, index) => [id, index]));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'stigg-keys', semanticVersion: version, informationUri: HOME, rules: RULES.map(({ id }) => descriptor(id)) } },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.summary.skipped.map((file) => notification(shownFile(file))) }],
      results: results(report.findings, indexes),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function results(findings: readonly ReportedFinding[], indexes: ReadonlyMap<string, number>): object[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { rule, severity, message, path, line, column, endLine, endColumn, mask, fingerprint, commit } = shownFinding(finding);
    const identity = identityOf(finding);
    const place = `${finding.path}\0${identity}`;
    const count = (seen.get(place) ?? 0) + 1;
    seen.set(place, count);
    const properties = { ...(mask === undefined ? {} : { mask }), ...(fingerprint === undefined ? {} : { keyFingerprint: fingerprint }), ...(commit === undefined ? {} : { commit }) };
    const index = indexes.get(rule);
    return {
      ruleId: rule,
      ...(index === undefined ? {} : { ruleIndex: index }),
      level: LEVELS[severity],
      message: { text: plain(message) },
      locations: [{ physicalLocation: { artifactLocation: location(path), region: { startLine: line, startColumn: column, endLine, endColumn } } }],
      // Of equal ones in a file the order tells which is which.
      partialFingerprints: { 'stiggKeys/v1': count === 1 ? identity : `${identity}:${String(count)}` },
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
    };
  });
}

function notification({ path, reason }: SkippedFile): object {
  return { level: 'warning', message: { text: plain(reason) }, locations: [{ physicalLocation: { artifactLocation: location(path) } }] };
}

/** Relative to where the command ran, for the reader's own checkout. */
function location(path: string): object {
  // A lone half of a pair has no encoding.
  const uri = path.replace(/\p{Cs}/gu, '\uFFFD').split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** Messages may hold links, `[text](address)`; what a scanned file is called must not become one. */
function plain(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}

function descriptor(id: string): object {
  const docs = ruleDocs(id);
  if (docs === undefined) return { id };
  return {
    id,
    shortDescription: { text: plain(docs.title) },
    fullDescription: { text: plain(docs.what) },
    help: { text: `${docs.what}\n\n${docs.why}\n\n${docs.howToFix}`, markdown: markdown(docs) },
    helpUri: `${HOME}/blob/main/RULES.md#${id}`,
    defaultConfiguration: { level: LEVELS[docs.severity] },
  };
}

function markdown({ what, why, howToFix, bad, good }: RuleDocs): string {
  return [what, why, howToFix, `**Reported** ${told(bad)}`, fenced(bad), `**Not reported** ${told(good)}`, fenced(good)].join('\n\n');
}

function told({ path, circumstances }: ExampleDocs): string {
  return `\`${path}\`${circumstances.length === 0 ? '' : ` (${circumstances.join(', ')})`}`;
}

/** In a fence that the text cannot end. */
function fenced({ text, languageId }: ExampleDocs): string {
  const fence = '`'.repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), (found) => found[0].length + 1)));
  return `${fence}${languageId}\n${text}\n${fence}`;
}
