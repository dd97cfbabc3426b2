import * as vscode from 'vscode';
import type { Finding, Severity } from '../../scan/finding.js';
import { rangeOf } from './documents.js';

/** Shown before each message, and how our diagnostics are told from others. */
export const DIAGNOSTIC_SOURCE = 'Stigg';

const RULES_PAGE = 'https://github.com/stigg-community/stigg-key-hygiene/blob/main/RULES.md';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** Where a rule is documented for people without the extension. */
export function rulePage(rule: string): vscode.Uri {
  return vscode.Uri.parse(`${RULES_PAGE}#${rule}`);
}

/** A finding as VS Code shows it. */
export function toDiagnostic(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(document, finding), finding.message, SEVERITIES[finding.severity]);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = { value: finding.rule, target: rulePage(finding.rule) };
  if (finding.related !== undefined) {
    diagnostic.relatedInformation = finding.related.map(
      (place) => new vscode.DiagnosticRelatedInformation(new vscode.Location(document.uri, rangeOf(document, place)), place.message),
    );
  }
  // A key that no longer works is struck through, as other things are that should not be used any more.
  if (finding.rule === 'dead-key') diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  return diagnostic;
}

/** The diagnostics among `shown` that stand for this finding. */
export function diagnosticsOf(document: vscode.TextDocument, finding: Finding, shown: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  const range = rangeOf(document, finding);
  return shown.filter(({ source, code, range: place }) =>
    source === DIAGNOSTIC_SOURCE && typeof code === 'object' && code.value === finding.rule && place.isEqual(range));
}
