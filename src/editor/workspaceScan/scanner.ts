import type * as vscode from 'vscode';
import type { Disposable } from '../../event.js';
import type { ReportedFinding } from '../../report/report.js';
import type { FileChanges, PersonalFacts } from '../../scanMessages.js';

/** Whom a scan tells what it comes by. */
export interface ScanListener {
  /** null: there is no such file (of a folder: nothing below it), or nothing in it that concerns us. */
  judged(uri: vscode.Uri, findings: readonly ReportedFinding[] | null): void;
  progress(files: number): void;
  skipped(uri: vscode.Uri, reason: string): void;
}

/** Scans folders, and afterwards what changed in them. One thing at a time. */
export interface Scanner extends Disposable {
  /** Whether it can read the folder. */
  takes(folder: vscode.Uri): boolean;
  /** Resolves with the number of files that were read. Rejects with ExpectedError, and with CancelledError when the signal fires. */
  scanFolder(folder: vscode.Uri, personal: PersonalFacts, listener: ScanListener, signal: AbortSignal): Promise<number>;
  /** Paths are those of URIs. */
  scanFiles(folder: vscode.Uri, changes: FileChanges, personal: PersonalFacts, listener: ScanListener, signal: AbortSignal): Promise<void>;
}
