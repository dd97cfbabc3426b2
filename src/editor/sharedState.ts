import * as vscode from 'vscode';
import type { Disposable } from '../event.js';
import { FolderState } from '../keys/folderState.js';

/**
 * What this extension's windows share, in its global storage folder. This extension runs in Node alone, so that folder is a
 * local one, and flushing, replacing and watching are done here rather than through the editor's file service, whose rename
 * promises no atomicity. The folder is looked at once more when the window gets the focus, should a file event have been lost.
 */
export class GlobalStorageState extends FolderState {
  readonly #focus: Disposable;

  constructor(folder: vscode.Uri) {
    super(folder.fsPath);
    this.#focus = vscode.window.onDidChangeWindowState((state) => {
      if (state.focused) void this.check();
    });
  }

  override dispose(): void {
    this.#focus.dispose();
    super.dispose();
  }
}
