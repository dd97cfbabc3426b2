import * as l10n from '@vscode/l10n';
import type { Severity } from '../scan/finding.js';
import type { CodeFrame } from './codeFrame.js';
import { countOf } from './counts.js';
import { printable } from './printable.js';
import type { Report, ReportedFinding } from './report.js';
import { shownFinding } from './shown.js';

export { printable };

const COLOURS: Readonly<Record<Severity, string>> = { error: '31', warning: '33', info: '36' };

type Paint = (code: string, text: string) => string;

/** A line for each finding, `path:line:column severity message rule`, with its code below, and a line that sums up. */
export function formatText(report: Report, options: { readonly colour: boolean }): string {
  const paint: Paint = (code, text) => (options.colour ? `\u001B[${code}m${text}\u001B[0m` : text);
  const lines = report.findings.map(shownFinding).flatMap((finding) => [line(finding, paint), ...commit(finding), ...frame(finding, paint)]);
  return `${lines.join('\n')}${lines.length > 0 ? '\n\n' : ''}${summaryLine(report)}\n`;
}

function line({ path, line: row, column, severity, message, rule }: ReportedFinding, paint: Paint): string {
  return `${paint('1', `${printable(path)}:${row}:${column}`)} ${paint(COLOURS[severity], severity)} ${printable(message)} ${paint('2', rule)}`;
}

function commit({ commit: first }: ReportedFinding): string[] {
  if (first === undefined) return [];
  return [`  ${l10n.t('first in commit {0} of {1} by {2}: {3}', first.id.slice(0, 12), first.date, printable(first.author), printable(first.subject))}`];
}

function frame({ frame: shown, line: row, severity }: ReportedFinding, paint: Paint): string[] {
  if (shown === undefined) return [];
  const number = row.toString();
  const margin = (text: string): string => paint('2', `  ${text.padStart(number.length)} |`);
  const { text, start, end } = shown satisfies CodeFrame;
  return [`${margin(number)} ${text}`, `${margin('')} ${' '.repeat(start)}${paint(COLOURS[severity], '^'.repeat(Math.max(1, end - start)))}`];
}

/** How many findings of which severity, in how many files. */
export function summaryLine({ findings, summary: { files, skipped, known = 0 } }: Report): string {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const parts = [
    findings.length === 0
      ? l10n.t('No findings in {0}.', countOf(files, 'file'))
      : l10n.t('{0}, {1}, {2} in {3}.', countOf(count('error'), 'error'), countOf(count('warning'), 'warning'), countOf(count('info'), 'hint'), countOf(files, 'file')),
    skipped.length === 0 ? '' : l10n.t('{0} skipped.', skipped.length),
    known === 0 ? '' : l10n.t('{0} known from the baseline.', known),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
