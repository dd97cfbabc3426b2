import * as vscode from 'vscode';
import type { Secret } from '../../secret.js';

/**
 * Copies a secret and takes it back: after a while, and when the extension ends, the clipboard is cleared if it still
 * holds what was copied. The operating system's clipboard history is out of reach.
 */
export class ClipboardGuard implements vscode.Disposable {
  /** `timer` is undefined once it is due, and could not be done so far. */
  #pending: { readonly secret: Secret; readonly timer: NodeJS.Timeout | undefined } | undefined;
  readonly #focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused && this.#pending !== undefined && this.#pending.timer === undefined) void this.clear();
  });

  async copy(secret: Secret, clearAfterMs: number): Promise<void> {
    await vscode.env.clipboard.writeText(secret.reveal());
    this.#forget();
    this.#pending = { secret, timer: setTimeout(() => { void this.clear(); }, clearAfterMs) };
  }

  /** Clears the clipboard now, if it still holds our secret. Never rejects. */
  async clear(): Promise<void> {
    const pending = this.#pending;
    this.#forget();
    if (pending === undefined) return;
    try {
      if ((await vscode.env.clipboard.readText()) === pending.secret.reveal()) await vscode.env.clipboard.writeText('');
    } catch {
      // A browser gives the clipboard only to the window that has the focus: once more when this one gets it.
      this.#pending ??= { secret: pending.secret, timer: undefined };
    }
  }

  dispose(): void {
    this.#focus.dispose();
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#pending?.timer);
    this.#pending = undefined;
  }
}
