import type { Report, ReportedFinding } from './report.js';
import { shownFile, shownFinding } from './shown.js';

/** The stable machine-readable form, one line. */
export function formatJson({ findings, summary }: Report): string {
  return `${JSON.stringify({ version: 1, findings: findings.map((finding) => documented(shownFinding(finding))), summary: { ...summary, skipped: summary.skipped.map(shownFile) } })}\n`;
}

/** What is documented, and nothing of the text around a finding. */
function documented({ rule, severity, path, line, column, endLine, endColumn, message, mask, fingerprint, commit }: ReportedFinding): ReportedFinding {
  return {
    rule, severity, path, line, column, endLine, endColumn, message,
    ...(mask === undefined ? {} : { mask }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(commit === undefined ? {} : { commit }),
  };
}
