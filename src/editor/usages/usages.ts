import type * as vscode from 'vscode';

/** Where a known value stands. The value itself is never part of it. */
export interface Usage {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly fingerprint: string;
  readonly mask: string;
  /** `agentConfig`: an MCP or editor configuration. */
  readonly kind: 'code' | 'envFile' | 'agentConfig' | 'other';
  /** Outside of the opened folders, such as a person's own MCP configuration: shown, and changed only by hand. */
  readonly isOutside: boolean;
}

export interface UsageSearch {
  /** By file, then by place. */
  readonly usages: readonly Usage[];
  /** Terminals that this extension opened with one of the values. */
  readonly terminals: readonly { readonly terminal: vscode.Terminal; readonly fingerprint: string }[];
  /** How many files were read. */
  readonly files: number;
  /** What could not be looked at, in words: a folder that is not trusted, a file that cannot be read or is too large. Never silent. */
  readonly skipped: readonly string[];
}

export interface Replaced {
  readonly files: readonly vscode.Uri[];
  /** Those that are left, each with the reason in words. */
  readonly left: readonly { readonly usage: Usage; readonly reason: string }[];
}

export interface ReplaceOptions {
  /** Above a variable of an env file that was emptied, a comment says where its value is now. True when left out. */
  readonly hasEnvNote?: boolean;
}

/** Finds and mends the places that hold a key's value, present or retired. */
export interface Usages {
  /**
   * Open documents as they are, other files as they are saved: code, env files, whatever is text, git-ignored env files too.
   * Rejects with CancelledError only; what cannot be read is in `skipped`.
   */
  find(fingerprints: ReadonlySet<string>, signal: AbortSignal, report?: (files: number) => void): Promise<UsageSearch>;
  /** Replaces literals by the look-up of their language, empties variables of env files (with a comment), and saves. One undo step where VS Code allows it. */
  replace(usages: readonly Usage[], options?: ReplaceOptions): Promise<Replaced>;
}
