import * as vscode from 'vscode';
import type { Finding } from '../../scan/finding.js';
import { indentationAt, lineStartAt } from '../../scan/lines.js';
import type { DiagnosticsController } from './controller.js';
import { rangeOf, toWorkspaceEdit } from './documents.js';
import { safeEdits } from './fixAll.js';
import { FIX_ALL } from './fixAllKind.js';
import { commandFor, remediateCommand, rotateCommand } from './fixCommands.js';
import { diagnosticsOf } from './present.js';
import { commentForms, directive } from './suppress.js';

/** Rules about keys that are in the wrong place, or of no use, but with nobody who should not have them. */
const NO_LEAK: ReadonlySet<string> = new Set(['dead-key', 'expiring-key', 'wrong-environment-key']);

/** An action whose edit is made when it is chosen, for the version of the text it was offered for. */
class EditAction extends vscode.CodeAction {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly makeEdit: () => Promise<vscode.WorkspaceEdit | undefined>;

  constructor(title: string, kind: vscode.CodeActionKind, document: vscode.TextDocument, makeEdit: EditAction['makeEdit']) {
    super(title, kind);
    this.document = document;
    this.version = document.version;
    this.makeEdit = makeEdit;
  }
}

/** Fixes and suppressions for the findings at the cursor, and the fix-all action. */
export class FindingActions implements vscode.CodeActionProvider {
  readonly #controller: DiagnosticsController;

  constructor(controller: DiagnosticsController) {
    this.#controller = controller;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const findings = await this.#controller.findings(document);
    if (findings === undefined || findings.length === 0 || token.isCancellationRequested) return [];
    // Unasked, fix-all would be one more line in every light bulb.
    if (context.only !== undefined && !context.only.contains(vscode.CodeActionKind.QuickFix)) {
      return context.only.contains(FIX_ALL) ? this.#fixAll(document, findings) : [];
    }
    const here = findings.filter((finding) => rangeOf(document, finding).intersection(range) !== undefined);
    const comments = here.length === 0 ? [] : await commentsOf(document);
    return here.flatMap((finding) => {
      const actions = [...this.#fixes(document, finding), ...this.#rotation(document, finding), ...remediation(document, finding), ...this.#suppression(document, finding, comments)];
      const diagnostics = diagnosticsOf(document, finding, context.diagnostics);
      for (const action of actions) action.diagnostics = diagnostics;
      return actions;
    });
  }

  async resolveCodeAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    if (!(action instanceof EditAction)) return action;
    const edit = action.document.version === action.version ? await action.makeEdit() : undefined;
    if (edit !== undefined && action.document.version === action.version) {
      action.edit = edit;
    } else if (action.document.version !== action.version) {
      void vscode.window.showWarningMessage(vscode.l10n.t('The text changed meanwhile, so the fix was not applied. Choose it again.'));
    }
    return action;
  }

  #fixes(document: vscode.TextDocument, finding: Finding): vscode.CodeAction[] {
    return finding.fixes.map((fix, index) => {
      const command = commandFor(document, finding, fix, index);
      const action = command === undefined
        ? new EditAction(fix.title, vscode.CodeActionKind.QuickFix, document, () => Promise.resolve(toWorkspaceEdit(document, fix.edits)))
        : new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
      if (command !== undefined) action.command = command;
      if (fix.preferred === true) action.isPreferred = true;
      return action;
    });
  }

  /** A leaked key that is stored can be rotated on the spot, whatever rule has found it. */
  #rotation(document: vscode.TextDocument, finding: Finding): vscode.CodeAction[] {
    if (finding.fingerprint === undefined || NO_LEAK.has(finding.rule) || !this.#controller.isRotatable(finding.fingerprint) || finding.fixes.some(({ action }) => action?.kind === 'rotateKey')) return [];
    const title = vscode.l10n.t('Rotate this key now…');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = rotateCommand(document, finding, title);
    return [action];
  }

  #suppression(document: vscode.TextDocument, finding: Finding, comments: CommentForms): vscode.CodeAction[] {
    // A suppression that is not needed is removed, not suppressed.
    if (comments.length === 0 || finding.rule === 'unused-suppression') return [];
    const title = vscode.l10n.t('Ignore {0} here, with a reason', finding.rule);
    return [new EditAction(title, vscode.CodeActionKind.QuickFix, document, () => this.#suppressionEdit(document, finding, comments))];
  }

  /** Tries the comment forms of the language and takes the one that the engine understands in this place. */
  async #suppressionEdit(document: vscode.TextDocument, finding: Finding, comments: CommentForms): Promise<vscode.WorkspaceEdit | undefined> {
    const text = document.getText();
    const start = lineStartAt(text, finding.start);
    const indent = indentationAt(text, finding.start);
    const newline = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    for (const [open, close] of comments) {
      const before = `${indent}${open}${directive(finding.rule)}`;
      const line = `${before}reason${close}${newline}`;
      const then = await this.#controller.findingsOfText(document, text.slice(0, start) + line + text.slice(start));
      if (then.some(({ rule, start: at }) => rule === finding.rule && at === finding.start + line.length)) continue;
      const snippet = new vscode.SnippetString().appendText(before).appendPlaceholder(vscode.l10n.t('reason')).appendText(`${close}\n`);
      const edit = new vscode.SnippetTextEdit(new vscode.Range(document.positionAt(start), document.positionAt(start)), snippet);
      edit.keepWhitespace = true;
      const workspaceEdit = new vscode.WorkspaceEdit();
      workspaceEdit.set(document.uri, [edit]);
      return workspaceEdit;
    }
    void vscode.window.showWarningMessage(
      vscode.l10n.t('No comment can stand above this line. Put "stigg-keys-ignore-file {0} -- reason" into a comment of its own instead.', finding.rule),
    );
    return undefined;
  }

  #fixAll(document: vscode.TextDocument, findings: readonly Finding[]): vscode.CodeAction[] {
    const edits = safeEdits(findings);
    if (edits.length === 0) return [];
    return [new EditAction(vscode.l10n.t('Apply all safe Stigg fixes'), FIX_ALL, document, () => Promise.resolve(toWorkspaceEdit(document, edits)))];
  }
}

/** From the leak to the report, for every server key that stands where it should not; a publishable key is no leak. */
function remediation(document: vscode.TextDocument, finding: Finding): vscode.CodeAction[] {
  if (finding.fingerprint === undefined || NO_LEAK.has(finding.rule) || finding.mask?.startsWith('client-') === true) return [];
  const title = vscode.l10n.t('Remediate this leak…');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = remediateCommand(document, finding, title);
  return [action];
}

type CommentForms = ReturnType<typeof commentForms>;

/** As the engine does: where VS Code takes a file for plain text, its name may say what it is. */
async function commentsOf(document: vscode.TextDocument): Promise<CommentForms> {
  const forms = commentForms(document.languageId);
  if (forms.length > 0) return forms;
  const { languageFor, languageIdFor } = await import('../../scan/languages/index.js');
  const { plainText } = await import('../../scan/languages/plainText.js');
  return languageFor(document.languageId) === plainText ? commentForms(languageIdFor(document.uri.path)) : forms;
}
