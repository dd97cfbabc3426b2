import * as l10n from '@vscode/l10n';
import type { Severity } from '../scan/finding.js';
import type { Report, ReportedFinding } from './report.js';

const COLOURS: Readonly<Record<Severity, string>> = { error: '31', warning: '33', info: '36' };

/** One line a finding, `path:line:column severity message rule`, and a line that sums up. */
export function formatText(report: Report, options: { readonly colour: boolean }): string {
  const paint = (code: string, text: string): string => (options.colour ? `\u001B[${code}m${text}\u001B[0m` : text);
  const lines = report.findings.map((finding) => line(finding, paint));
  return `${lines.join('\n')}${lines.length > 0 ? '\n\n' : ''}${summary(report)}\n`;
}

function line({ path, line: row, column, severity, message, rule }: ReportedFinding, paint: (code: string, text: string) => string): string {
  return `${paint('1', `${printable(path)}:${row}:${column}`)} ${paint(COLOURS[severity], severity)} ${printable(message)} ${paint('2', rule)}`;
}

function summary({ findings, summary: { files, skipped } }: Report): string {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const notScanned = skipped.length === 0 ? '' : ` ${l10n.t('{0} skipped.', skipped.length)}`;
  return findings.length === 0
    ? `${l10n.t('No findings in {0} files.', files)}${notScanned}`
    : `${l10n.t('{0} errors, {1} warnings, {2} hints in {3} files.', count('error'), count('warning'), count('info'), files)}${notScanned}`;
}

/** A path or a text may hold line breaks and terminal escapes; neither may change what the terminal shows. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u001F\u007F-\u009F]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
