import * as vscode from 'vscode';

export interface ReportAction {
  readonly id: string;
  readonly title: string;
  readonly run: () => Promise<void>;
}

/** A report and what can be done from it. */
export interface ShownReport {
  /** As the tab shows it, without the ending. */
  readonly name: string;
  readonly text: string;
  readonly actions: readonly ReportAction[];
}

export interface ReportKind {
  readonly scheme: string;
  /** Internal: the lenses of a report call it with the report's address and the action. */
  readonly actionCommand: string;
  /** What stands there once the window that made it is gone. */
  readonly gone: string;
  /** The line that the actions stand above; -1 for none. */
  readonly lensLine: (text: string) => number;
  /** The next document may take its tab. */
  readonly isPreview: boolean;
  /** Beside what the person works on, where the focus stays. */
  readonly isBeside?: boolean;
}

/** Reports as read-only Markdown documents with their actions. They live as long as the window does. */
export class ReportDocuments implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable {
  readonly #kind: ReportKind;
  readonly #shown = new Map<string, ShownReport>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registrations: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(kind: ReportKind, onError: (error: unknown) => void) {
    const { scheme, actionCommand } = kind;
    this.#kind = kind;
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => { if (uri.scheme === scheme) this.#shown.delete(uri.toString()); }),
      vscode.commands.registerCommand(actionCommand, async (address: unknown, id: unknown) => {
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
    const uri = vscode.Uri.from({ scheme: this.#kind.scheme, path: `/${fileName(shown.name)}` });
    this.#shown.set(uri.toString(), shown);
    this.#changed.fire(uri);
    const { isPreview, isBeside = false, scheme } = this.#kind;
    const column = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === scheme)?.viewColumn ?? vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: isPreview, ...(isBeside ? { viewColumn: column, preserveFocus: true } : {}) });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#shown.get(uri.toString())?.text ?? this.#kind.gone;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const address = document.uri.toString();
    const shown = this.#shown.get(address);
    const line = this.#kind.lensLine(document.getText());
    if (shown === undefined || line === -1) return [];
    return shown.actions.map(({ id, title }) => new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { command: this.#kind.actionCommand, title, arguments: [address, id] }));
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#shown.clear();
  }
}

/** What others named, as the name of a Markdown file. */
export function fileName(name: string): string {
  return `${name.replace(/[\\/:?#\p{Cc}\p{Cf}]/gu, '-').slice(0, 80)}.md`;
}
