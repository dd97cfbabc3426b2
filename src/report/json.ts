import type { Report, ReportedFinding } from './report.js';

/** The stable machine-readable form, one line. */
export function formatJson({ findings, summary }: Report): string {
  return `${JSON.stringify({ version: 1, findings: findings.map(documented), summary })}\n`;
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
