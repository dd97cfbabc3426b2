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
  return diagnosticAt(document.uri, finding, rangeOf(document, finding), finding.related?.map((place) => ({ range: rangeOf(document, place), message: place.message })));
}

/** The same for a finding whose place is known already, such as one in a file that is not open. */
export function diagnosticAt(
  uri: vscode.Uri,
  { rule, severity, message }: Pick<Finding, 'rule' | 'severity' | 'message'>,
  range: vscode.Range,
  related: readonly { readonly range: vscode.Range; readonly message: string }[] | undefined,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = { value: rule, target: rulePage(rule) };
  if (related !== undefined) diagnostic.relatedInformation = related.map((place) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, place.range), place.message));
  // A key that no longer works is struck through, as other things are that should not be used any more.
  if (rule === 'dead-key') diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  return diagnostic;
}

/** The diagnostics among `shown` that stand for this finding. */
export function diagnosticsOf(document: vscode.TextDocument, finding: Finding, shown: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  const range = rangeOf(document, finding);
  return shown.filter(({ source, code, range: place }) =>
    source === DIAGNOSTIC_SOURCE && typeof code === 'object' && code.value === finding.rule && place.isEqual(range));
}
