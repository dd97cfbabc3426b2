import * as vscode from 'vscode';

/** A terminal that was opened with a key, known by the key's fingerprint. */
export interface TerminalWithKey {
  readonly terminal: vscode.Terminal;
  readonly fingerprint: string;
}

/** The open terminals that got keys from us. Gone after a reload, as the terminals themselves are: VS Code does not bring transient ones back. */
export class TerminalsWithKeys implements vscode.Disposable {
  readonly #fingerprints = new Map<vscode.Terminal, readonly string[]>();
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscription = vscode.window.onDidCloseTerminal((terminal) => {
      if (this.#fingerprints.delete(terminal)) this.#changed.fire(undefined);
    });
  }

  /** @param fingerprints of all keys that the terminal got */
  remember(terminal: vscode.Terminal, fingerprints: readonly string[]): void {
    this.#fingerprints.set(terminal, fingerprints);
    this.#changed.fire(undefined);
  }

  /** Those whose shell is still running with one of these values; each terminal once. */
  with(fingerprints: ReadonlySet<string>): readonly TerminalWithKey[] {
    return [...this.#fingerprints].flatMap(([terminal, held]) => {
      const fingerprint = held.find((one) => fingerprints.has(one));
      return fingerprint !== undefined && terminal.exitStatus === undefined ? [{ terminal, fingerprint }] : [];
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#fingerprints.clear();
  }
}
