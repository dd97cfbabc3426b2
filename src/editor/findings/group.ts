import type { ReportedFinding } from '../../report/report.js';
import type { Severity } from '../../scan/finding.js';

/** The findings of one rule in one file. */
export interface FileGroup {
  readonly rule: string;
  readonly uri: string;
  readonly findings: readonly ReportedFinding[];
  readonly fixable: number;
}

/** The findings of one rule. */
export interface RuleGroup {
  readonly rule: string;
  /** The gravest of its findings. */
  readonly severity: Severity;
  readonly count: number;
  readonly fixable: number;
  readonly files: readonly FileGroup[];
}

/** What the tree shows. */
export interface Grouped {
  readonly rules: readonly RuleGroup[];
  readonly count: number;
  readonly fixable: number;
  readonly files: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

const WEIGHTS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Rule by rule: errors first, then by name, so that rows stay where they are while somebody works through them; files by path, findings by place. */
export function groupByRule(files: Iterable<readonly [uri: string, findings: readonly ReportedFinding[]]>): Grouped {
  const byRule = new Map<string, Map<string, ReportedFinding[]>>();
  const bySeverity = { error: 0, warning: 0, info: 0 };
  const uris = new Set<string>();
  for (const [uri, findings] of files) {
    for (const finding of findings) {
      uris.add(uri);
      bySeverity[finding.severity] += 1;
      let inFiles = byRule.get(finding.rule);
      if (inFiles === undefined) byRule.set(finding.rule, (inFiles = new Map<string, ReportedFinding[]>()));
      const group = inFiles.get(uri);
      if (group === undefined) inFiles.set(uri, [finding]);
      else group.push(finding);
    }
  }
  const rules = [...byRule].map(([rule, inFiles]) => ruleGroup(rule, inFiles)).sort((a, b) => WEIGHTS[a.severity] - WEIGHTS[b.severity] || compare(a.rule, b.rule));
  return { rules, bySeverity, files: uris.size, count: sum(rules, ({ count }) => count), fixable: sum(rules, ({ fixable }) => fixable) };
}

function ruleGroup(rule: string, inFiles: ReadonlyMap<string, readonly ReportedFinding[]>): RuleGroup {
  const files = [...inFiles].map(([uri, found]) => {
    const findings = [...found].sort((a, b) => a.line - b.line || a.column - b.column);
    return { rule, uri, findings, fixable: findings.filter(({ isFixable }) => isFixable).length };
  }).sort((a, b) => compare(a.uri, b.uri));
  const all = files.flatMap(({ findings }) => findings);
  const severity = all.reduce<Severity>((gravest, one) => (WEIGHTS[one.severity] < WEIGHTS[gravest] ? one.severity : gravest), 'info');
  return { rule, severity, files, count: all.length, fixable: sum(files, ({ fixable }) => fixable) };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
