import * as vscode from 'vscode';
import type { ReportedFinding } from '../../report/report.js';
import type { Severity } from '../../scan/finding.js';
import { ruleDocs } from '../../scan/rules/docs.js';
import { rulePage } from '../diagnostics/present.js';
import { rangeOf } from '../workspaceScan/scanDiagnostics.js';
import type { ScanState, SkippedFile } from '../workspaceScan/state.js';
import type { FileGroup, RuleGroup } from './group.js';
import type { Note } from './nodes.js';
import { filesWords, findingsWords, fixesWords, severityWord, timeWords } from './words.js';

const ICONS: Readonly<Record<Severity, vscode.ThemeIcon>> = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
  info: new vscode.ThemeIcon('info', new vscode.ThemeColor('problemsInfoIcon.foreground')),
};

/** A rule, with what it is about and what to do. */
export function ruleItem({ rule, severity, count, fixable, files }: RuleGroup, isOpen: boolean): vscode.TreeItem {
  const docs = ruleDocs(rule);
  const item = new vscode.TreeItem(docs?.title ?? rule, stateOf(isOpen));
  const word = severityWord(severity);
  item.description = [word.toLocaleLowerCase(vscode.env.language), String(count)].join(' · ');
  item.iconPath = ICONS[severity];
  item.contextValue = `findingsRule${fixable > 0 ? ' fixable' : ''}`;
  const tooltip = new vscode.MarkdownString(`**${docs?.title ?? rule}** (${rule})\n\n`);
  if (docs !== undefined) tooltip.appendMarkdown(`${docs.what}\n\n**${vscode.l10n.t('Why it matters:')}** ${docs.why}\n\n**${vscode.l10n.t('How to fix it:')}** ${docs.howToFix}\n\n`);
  tooltip.appendMarkdown(`[${vscode.l10n.t('More about {0}', rule)}](${rulePage(rule).toString()})`);
  item.tooltip = tooltip;
  item.accessibilityInformation = { label: labelOf(word, docs?.title ?? rule, findingsWords(count), filesWords(files.length), fixable === 0 ? '' : fixesWords(fixable)) };
  return item;
}

export function fileItem({ uri: key, findings, fixable }: FileGroup, isOpen: boolean): vscode.TreeItem {
  const uri = vscode.Uri.parse(key);
  const item = new vscode.TreeItem(uri, stateOf(isOpen));
  const path = vscode.workspace.asRelativePath(uri);
  item.description = [uri.scheme === 'untitled' ? vscode.l10n.t('not saved yet') : path.split(/[/\\]/).slice(0, -1).join('/'), findings.length > 1 ? String(findings.length) : ''].filter((part) => part !== '').join(' · ');
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = `findingsFile${fixable > 0 ? ' fixable' : ''}`;
  item.tooltip = path;
  item.accessibilityInformation = { label: labelOf(path, findingsWords(findings.length), fixable === 0 ? '' : fixesWords(fixable)) };
  return item;
}

/** The text of the line is not shown: a key may be in it. */
export function findingItem(key: string, finding: ReportedFinding): vscode.TreeItem {
  const { severity, line, column, message, isFixable } = finding;
  const uri = vscode.Uri.parse(key);
  const item = new vscode.TreeItem(vscode.l10n.t('Line {0}', line));
  item.description = message;
  item.tooltip = [message, isFixable === true ? vscode.l10n.t('It has a safe fix.') : '', vscode.l10n.t('{0}, line {1}, column {2}', vscode.workspace.asRelativePath(uri), line, column)].filter((part) => part !== '').join('\n\n');
  item.iconPath = ICONS[severity];
  item.contextValue = `findingsPlace${isFixable === true ? ' fixable' : ''}`;
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri, { selection: rangeOf(finding) } satisfies vscode.TextDocumentShowOptions] };
  item.accessibilityInformation = { label: labelOf(severityWord(severity), vscode.workspace.asRelativePath(uri), vscode.l10n.t('Line {0}', line), message, isFixable === true ? fixesWords(1) : '') };
  return item;
}

export function moreItem(left: number): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Show more ({0} left)', left));
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'findingsMore';
  return item;
}

/** What there is to say about the scan itself. */
export function noteItem(note: Note, state: ScanState, skipped: readonly SkippedFile[]): vscode.TreeItem {
  const { label, description, icon } = noteWords(note, state, skipped);
  const item = new vscode.TreeItem(label, note === 'skipped' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.description = description;
  item.tooltip = [label, description].filter((part) => part !== '').join('. ');
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = `findingsNote ${note}`;
  item.accessibilityInformation = { label: labelOf(label, description) };
  if (note === 'cancelled' || note === 'failed') item.command = { command: 'stiggKeys.scanWorkspace', title: vscode.l10n.t('Scan Again') };
  return item;
}

function noteWords(note: Note, state: ScanState, skipped: readonly SkippedFile[]): { readonly label: string; readonly description: string; readonly icon: string } {
  switch (note) {
    case 'nothing':
      return { label: vscode.l10n.t('Nothing found'), description: state.kind === 'done' ? `${filesWords(state.files)}, ${timeWords(state.at)}` : '', icon: 'pass' };
    case 'cancelled':
      return { label: vscode.l10n.t('The scan was cancelled'), description: state.kind === 'cancelled' ? vscode.l10n.t('after {0}: this is not all. Scan again', filesWords(state.files)) : '', icon: 'circle-slash' };
    case 'failed':
      return { label: vscode.l10n.t('The scan did not finish'), description: state.kind === 'failed' ? state.message : '', icon: 'warning' };
    case 'skipped':
      return { label: skipped.length === 1 ? vscode.l10n.t('1 file was left out') : vscode.l10n.t('{0} files were left out', skipped.length), description: '', icon: 'info' };
    case 'readElsewhere':
      return { label: vscode.l10n.t('Read through VS Code'), description: vscode.l10n.t('files over 1 MB, and what files.exclude hides, are left out'), icon: 'info' };
  }
}

export function skippedItem({ uri: key, reason }: SkippedFile): vscode.TreeItem {
  const uri = vscode.Uri.parse(key);
  const item = new vscode.TreeItem(uri);
  const path = vscode.workspace.asRelativePath(uri);
  item.description = reason;
  item.tooltip = `${path}: ${reason}`;
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = 'findingsSkipped';
  item.accessibilityInformation = { label: labelOf(path, reason) };
  return item;
}

function stateOf(isOpen: boolean): vscode.TreeItemCollapsibleState {
  return isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function labelOf(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
