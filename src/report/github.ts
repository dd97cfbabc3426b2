import type { Severity } from '../scan/finding.js';
import type { Report, ReportedFinding } from './report.js';
import { shownFinding } from './shown.js';
import { summaryLine } from './text.js';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands, which GitHub Actions shows beside the lines of a pull request, and a line that sums up.
 * Source: "Workflow commands for GitHub Actions", and the escapes of the runner's own toolkit.
 */
export function formatGithub(report: Report): string {
  return `${report.findings.map((finding) => `${command(shownFinding(finding))}\n`).join('')}${summaryLine(report)}\n`;
}

function command({ severity, rule, path, line, column, endLine, endColumn, message, commit }: ReportedFinding): string {
  const properties: Readonly<Record<string, string>> = {
    file: path,
    line: String(line),
    endLine: String(endLine),
    // Over several lines columns mean nothing to GitHub.
    ...(line === endLine ? { col: String(column), endColumn: String(endColumn) } : {}),
    title: rule,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',');
  return `::${COMMANDS[severity]} ${list}::${escapeData(commit === undefined ? message : `${message} (${commit.id.slice(0, 12)})`)}`;
}

function escapeData(text: string): string {
  return withoutControls(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Line breaks are escaped; what else controls a terminal has no escape here. */
function withoutControls(text: string): string {
  return text.replace(/(?![\r\n])\p{Cc}/gu, '?');
}
