import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import { identityOf } from './identity.js';
import type { Report, ReportedFinding } from './report.js';

const VERSION = 1;
/** More findings than anybody has; a file with more is not one of ours. */
const ENTRIES_MAX = 1_000_000;

/** Findings that are known: how many of each, by rule, path and identity. Holds no secret and no text of a file. */
export type Baseline = ReadonlyMap<string, number>;

/** Gives a finding's path as the baseline has it: relative to the baseline's folder, so that it holds wherever the command runs. */
export type PathInBaseline = (path: string) => string;

/** The baseline's file, one entry a line, always in the same order, so that merges are easy. */
export function formatBaseline(findings: readonly ReportedFinding[], pathOf: PathInBaseline): string {
  const entries = new Map<string, { rule: string; path: string; fingerprint: string; count: number }>();
  for (const finding of findings) {
    const entry = { rule: finding.rule, path: pathOf(finding.path), fingerprint: identityOf(finding), count: 1 };
    const key = keyOf(entry);
    const before = entries.get(key);
    if (before === undefined) entries.set(key, entry);
    else before.count += 1;
  }
  const lines = [...entries.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => `    ${JSON.stringify(entry)}`);
  return `{\n  "version": ${String(VERSION)},\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** Reads a baseline. Throws ExpectedError `baselineInvalid`; `name` is what the person calls the file. */
export function parseBaseline(text: string, name: string): Baseline {
  const content = fieldsOf(parsed(text, name));
  if (content === undefined || !('version' in content)) throw invalid(l10n.t('{0} is not a baseline.', name));
  const { version, findings } = content;
  if (version !== VERSION) throw invalid(l10n.t('{0} is a baseline of a version that is not known here.', name));
  if (!Array.isArray(findings) || findings.length > ENTRIES_MAX) throw invalid(l10n.t('The list of findings in {0} cannot be read.', name));
  const known = new Map<string, number>();
  for (const [index, one] of (findings as readonly unknown[]).entries()) {
    const { rule, path, fingerprint, count = 1 } = fieldsOf(one) ?? {};
    if (typeof rule !== 'string' || typeof path !== 'string' || typeof fingerprint !== 'string' || !/^[0-9a-f]{32}$/.test(fingerprint) || typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) {
      throw invalid(l10n.t('Entry {0} of {1} cannot be read.', index + 1, name));
    }
    const key = keyOf({ rule, path, fingerprint });
    known.set(key, (known.get(key) ?? 0) + count);
  }
  return known;
}

/** The report without the findings that are known; of several equal ones in a file the later ones are new. */
export function withoutKnown(report: Report, baseline: Baseline, pathOf: PathInBaseline): Report {
  const left = new Map(baseline);
  const findings = report.findings.filter((finding) => {
    const key = keyOf({ rule: finding.rule, path: pathOf(finding.path), fingerprint: identityOf(finding) });
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
  return { findings, summary: { ...report.summary, findings: findings.length, known: report.findings.length - findings.length } };
}

function keyOf({ rule, path, fingerprint }: { readonly rule: string; readonly path: string; readonly fingerprint: string }): string {
  return `${path}\0${rule}\0${fingerprint}`;
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own words quote the file.
    throw invalid(l10n.t('{0} is not JSON.', name));
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function invalid(message: string): ExpectedError {
  return new ExpectedError('baselineInvalid', message, l10n.t('Write it anew with --write-baseline, or take the file from your repository\'s history.'));
}
