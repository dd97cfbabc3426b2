import * as vscode from 'vscode';
import type { ActionId } from '../../diagnose/actions.js';
import { stepsHeading } from '../../diagnose/report.js';

export const REPORT_SCHEME = 'stigg-diagnosis';
/** Internal: the lenses of a report call it with the report's address and the action. */
export const REPORT_ACTION_COMMAND = 'stiggKeys.diagnoseRequest.act';

/** A report and what can be done from it. */
export interface ShownReport {
  /** As the tab shows it, without the ending. */
  readonly name: string;
  readonly text: string;
  readonly actions: readonly { readonly id: ActionId | 'copyReport'; readonly title: string; readonly run: () => Promise<void> }[];
}

/** Reports as read-only documents, with their actions above the steps. They live as long as the window does. */
export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable {
  readonly #shown = new Map<string, ShownReport>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registrations: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(onError: (error: unknown) => void) {
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(REPORT_SCHEME, this),
      vscode.languages.registerCodeLensProvider({ scheme: REPORT_SCHEME }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => { if (uri.scheme === REPORT_SCHEME) this.#shown.delete(uri.toString()); }),
      vscode.commands.registerCommand(REPORT_ACTION_COMMAND, async (address: unknown, id: unknown) => {
        try {
          await this.#shown.get(String(address))?.actions.find((action) => action.id === id)?.run();
        } catch (error) {
          onError(error);
        }
      }),
    );
  }

  /** Opens the report; one of the same name takes its place. */
  async show(shown: ShownReport): Promise<void> {
    const uri = vscode.Uri.from({ scheme: REPORT_SCHEME, path: `/${shown.name.replace(/[\\/:?#]/g, '-')}.md` });
    this.#shown.set(uri.toString(), shown);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#shown.get(uri.toString())?.text ?? vscode.l10n.t('This report is gone. Run “Stigg: Diagnose a Failing Request” again.');
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const shown = this.#shown.get(document.uri.toString());
    const line = document.getText().split('\n').indexOf(stepsHeading());
    if (shown === undefined || line === -1) return [];
    return shown.actions.map(({ id, title }) => new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { command: REPORT_ACTION_COMMAND, title, arguments: [document.uri.toString(), id] }));
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#shown.clear();
  }
}
