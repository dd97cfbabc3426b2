import * as vscode from 'vscode';
import { ACTIONS_LINE, bodyIn } from '../../runRequest/present.js';
import { ReportDocuments } from '../reportDocuments.js';

/** What VS Code knows the feature by; a process can have each only once. Commands are internal: only lenses call them. */
export interface FeatureIds {
  readonly scheme: string;
  readonly actionCommand: string;
  readonly diagnoseCommand: string;
}
export const FEATURE_IDS: FeatureIds = { scheme: 'stigg-response', actionCommand: 'stiggKeys.runRequest.act', diagnoseCommand: 'stiggKeys.runRequest.diagnose' };

export interface Response {
  readonly text: string;
  readonly again: () => Promise<void>;
  readonly diagnose: (() => Promise<void>) | undefined;
  readonly goTo: () => Promise<void>;
}

/** Answers as read-only documents beside the request, one for each place. */
export class Responses implements vscode.Disposable {
  readonly #documents: ReportDocuments;
  /** What the document of a place is called; by place. */
  readonly #names = new Map<string, string>();

  constructor(onError: (error: unknown) => void, { scheme, actionCommand }: FeatureIds) {
    this.#documents = new ReportDocuments({
      scheme,
      actionCommand,
      gone: vscode.l10n.t('This answer is gone. Run the request again.'),
      lensLine: (text) => (text.startsWith('# ') ? ACTIONS_LINE : -1),
      isPreview: false,
      isBeside: true,
    }, onError);
  }

  async show(place: string, document: vscode.TextDocument, { text, again, diagnose, goTo }: Response): Promise<void> {
    const body = bodyIn(text);
    await this.#documents.show({
      name: this.#nameOf(place, document),
      text,
      actions: [
        { id: 'again', title: vscode.l10n.t('Run Again'), run: again },
        ...(diagnose === undefined ? [] : [{ id: 'diagnose', title: vscode.l10n.t('Diagnose'), run: diagnose }]),
        ...(body === undefined ? [] : [{ id: 'copy', title: vscode.l10n.t('Copy Body'), run: async () => vscode.env.clipboard.writeText(body) }]),
        { id: 'request', title: vscode.l10n.t('Go to Request'), run: goTo },
      ],
    });
  }

  #nameOf(place: string, document: vscode.TextDocument): string {
    const known = this.#names.get(place);
    if (known !== undefined) return known;
    const taken = new Set(this.#names.values());
    const base = vscode.l10n.t('Stigg response {0}', (document.uri.path.split('/').at(-1) ?? '').slice(0, 50));
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base} (${String(number)})`;
    this.#names.set(place, name);
    return name;
  }

  dispose(): void {
    this.#documents.dispose();
  }
}
