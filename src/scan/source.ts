/** One document to scan. */
export interface Source {
  /** With `/`, relative to the workspace folder or the working directory; used for path evidence only, never opened. */
  readonly path: string;
  /** VS Code's language id, e.g. `typescriptreact`. */
  readonly languageId: string;
  readonly text: string;
}

/** Zero-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
