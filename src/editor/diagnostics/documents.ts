import * as vscode from 'vscode';
import type { TextEdit } from '../../scan/finding.js';
import type { Source } from '../../scan/source.js';

/** Documents that a person works on. Others (git:, output:, chat and search editors) repeat them or are not theirs. */
export const SCHEMES: readonly string[] = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', 'vsls'];

/** Where our providers are asked at all. */
export const SELECTOR: vscode.DocumentSelector = SCHEMES.map((scheme) => ({ scheme }));

/** Could this document ever be scanned, whatever its text? */
export function isCandidate(document: vscode.TextDocument): boolean {
  return SCHEMES.includes(document.uri.scheme);
}

/** The document as the engine takes it. */
export function sourceOf(document: Pick<vscode.TextDocument, 'uri' | 'languageId'>, text: string): Source {
  return { path: vscode.workspace.asRelativePath(document.uri, false).replaceAll('\\', '/'), languageId: document.languageId, text };
}

/** The documents that are on screen or behind a tab, by URI. Others are open only because some extension reads them. */
export function shownDocuments(): Set<string> {
  const shown = new Set(vscode.window.visibleTextEditors.map((editor) => editor.document.uri.toString()));
  for (const group of vscode.window.tabGroups.all) {
    for (const { input } of group.tabs) {
      if (input instanceof vscode.TabInputText) shown.add(input.uri.toString());
      else if (input instanceof vscode.TabInputTextDiff) shown.add(input.modified.toString()).add(input.original.toString());
    }
  }
  return shown;
}

/** Offsets of a finding as a range of the document it was found in. */
export function rangeOf(document: vscode.TextDocument, span: { readonly start: number; readonly end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
}

/** The edits, whose offsets are of the document as it stands. */
export function toWorkspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits.map((one) => new vscode.TextEdit(rangeOf(document, one), one.text)));
  return edit;
}
