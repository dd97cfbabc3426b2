import * as vscode from 'vscode';
import type { Disposable } from '../../event.js';

/** At the start other things come first. */
const START_AFTER_MS = 3_000;

/** Starts a scan some time after the window has opened, where the person wants that; in a folder that nobody has trusted not before it is trusted. */
export class ScanAtStart implements Disposable {
  readonly #start: () => void;
  readonly #trusted: Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => void) {
    this.#start = start;
    this.#trusted = vscode.workspace.onDidGrantWorkspaceTrust(() => { this.#wait(); });
    this.#wait();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#trusted.dispose();
  }

  #wait(): void {
    if (vscode.workspace.isTrusted && isWanted()) this.#timer ??= setTimeout(this.#start, START_AFTER_MS);
  }
}

function isWanted(): boolean {
  return vscode.workspace.getConfiguration('stiggKeys').get<boolean>('scan.atStart', false) && vscode.workspace.workspaceFolders !== undefined;
}
