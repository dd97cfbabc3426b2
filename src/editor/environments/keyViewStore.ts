import * as vscode from 'vscode';
import { isFiltering, parseView, WHOLE_VIEW, type KeyView } from '../../keys/keyFilter.js';

const NAME = 'stiggKeys.keyView';

/** Which keys this workspace's sidebar shows. It is kept with the workspace: names of types and statuses, and what was typed to find a name. */
export class KeyViewStore implements vscode.Disposable {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #changed = new vscode.EventEmitter<KeyView>();
  #view: KeyView;

  readonly onDidChange = this.#changed.event;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
    this.#view = parseView(memento.get(NAME));
    this.#tell();
  }

  get view(): KeyView {
    return this.#view;
  }

  async change(change: Partial<KeyView>): Promise<void> {
    this.#view = { ...this.#view, ...change };
    this.#tell();
    this.#changed.fire(this.#view);
    await this.#memento.update(NAME, this.#view);
  }

  /** Shows all keys again. The order stays: it hides nothing. */
  async clear(): Promise<void> {
    await this.change({ ...WHOLE_VIEW, sort: this.#view.sort });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** The button that clears the filter is there only while there is one. */
  #tell(): void {
    void vscode.commands.executeCommand('setContext', 'stiggKeys.filtered', isFiltering(this.#view));
  }
}
