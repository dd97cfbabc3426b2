import * as vscode from 'vscode';

const SCHEME = 'stigg-remediation';
/** Internal: the lenses of a report call it with the report's address and the action. */
const ACTION_COMMAND = 'stiggKeys.remediateLeak.act';

export interface ReportAction {
  readonly id: string;
  readonly title: string;
  readonly run: () => Promise<void>;
}

interface Shown {
  readonly text: string;
  readonly actions: readonly ReportAction[];
}

/** Reports as read-only Markdown documents, with their actions above the first line. They live as long as the window does. */
export class RemediationReports implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registrations: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(onError: (error: unknown) => void) {
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.languages.registerCodeLensProvider({ scheme: SCHEME }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => { if (uri.scheme === SCHEME) this.#shown.delete(uri.toString()); }),
      vscode.commands.registerCommand(ACTION_COMMAND, async (address: unknown, id: unknown) => {
        try {
          await this.#shown.get(String(address))?.actions.find((action) => action.id === id)?.run();
        } catch (error) {
          onError(error);
        }
      }),
    );
  }

  /** Opens the report, with "Copy Report" and "Save As…" and what else can be done from it. One of the same name takes its place. */
  async show(name: string, text: string, actions: readonly ReportAction[]): Promise<void> {
    const plain = name.replace(/[\\/:?#\p{Cc}\p{Cf}]/gu, '-').slice(0, 80);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${plain}.md` });
    const copy = { id: 'copy', title: vscode.l10n.t('Copy Report'), run: async () => {
      await vscode.env.clipboard.writeText(text);
      void vscode.window.setStatusBarMessage(vscode.l10n.t('The report was copied. It holds no secret.'), 5_000);
    } };
    const save = { id: 'save', title: vscode.l10n.t('Save As…'), run: () => saveAs(`${plain}.md`, text) };
    this.#shown.set(uri.toString(), { text, actions: [copy, save, ...actions] });
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#shown.get(uri.toString())?.text ?? vscode.l10n.t('This report is gone. Reports are kept while their window is open; save them to keep them.');
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const actions = this.#shown.get(document.uri.toString())?.actions ?? [];
    return actions.map(({ id, title }) => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { command: ACTION_COMMAND, title, arguments: [document.uri.toString(), id] }));
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#shown.clear();
  }
}

async function saveAs(name: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the Report'),
    filters: { Markdown: ['md'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target !== undefined) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
