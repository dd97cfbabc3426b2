import type { ReportedFinding } from '../../report/report.js';
import type { FindingNode } from './nodes.js';

/** Whether a finding in that file belongs to the row: everything does without one. */
export function isIn(node: FindingNode | undefined, uri: string, finding: Pick<ReportedFinding, 'rule' | 'line' | 'column'>): boolean {
  switch (node?.kind) {
    case 'rule':
      return finding.rule === node.rule;
    case 'file':
      return finding.rule === node.rule && uri === node.uri;
    case 'finding':
      return finding.rule === node.rule && uri === node.uri && finding.line === node.finding.line && finding.column === node.finding.column;
    case undefined:
    case 'more':
    case 'note':
    case 'skipped':
      return true;
  }
}

/** The findings as text, for a message or an issue: one line each, by file. `shown` makes a path of a URI. */
export function asText(files: Iterable<readonly [uri: string, findings: readonly ReportedFinding[]]>, node: FindingNode | undefined, shown: (uri: string) => string): string {
  return [...files].flatMap(([uri, findings]) => findings.filter((finding) => isIn(node, uri, finding)).map((finding) => ({ path: shown(uri), finding })))
    .sort((a, b) => (a.path === b.path ? a.finding.line - b.finding.line || a.finding.column - b.finding.column : a.path < b.path ? -1 : 1))
    .map(({ path, finding: { line, column, severity, rule, message } }) => `${path}:${line}:${column} ${severity} ${rule}: ${message}\n`)
    .join('');
}
