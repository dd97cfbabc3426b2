import * as vscode from 'vscode';
import type { Secret } from '../../secret.js';

/**
 * Copies a secret and takes it back: after a while, and when the extension ends, the clipboard is cleared if it still
 * holds what was copied. The operating system's clipboard history is out of reach.
 */
export class ClipboardGuard implements vscode.Disposable {
  #pending: { readonly secret: Secret; readonly timer: NodeJS.Timeout } | undefined;

  async copy(secret: Secret, clearAfterMs: number): Promise<void> {
    this.#forget();
    await vscode.env.clipboard.writeText(secret.reveal());
    const timer = setTimeout(() => { void this.clear(); }, clearAfterMs);
    this.#pending = { secret, timer };
  }

  /** Clears the clipboard now, if it still holds our secret. */
  async clear(): Promise<void> {
    const pending = this.#pending;
    this.#forget();
    if (pending === undefined) return;
    if ((await vscode.env.clipboard.readText()) === pending.secret.reveal()) await vscode.env.clipboard.writeText('');
  }

  dispose(): void {
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#pending?.timer);
    this.#pending = undefined;
  }
}
