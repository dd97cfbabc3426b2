import * as vscode from 'vscode';
import type { Disposable } from '../../event.js';
import type { ReportedFinding } from '../../report/report.js';
import { diagnosticAt } from '../diagnostics/present.js';
import type { FindingsStore } from '../findings/store.js';
import { MOST_IN_ALL, MOST_PER_FILE } from './limits.js';

/** VS Code drops what one call brings beyond about a thousand. */
const MOST_PER_CALL = 500;
const PAUSE_MS = 50;

/** Shows in the Problems view what the scan found in files that are not open; open ones have their live warnings. */
export class ScanDiagnostics implements Disposable {
  readonly #store: FindingsStore;
  readonly #collection = vscode.languages.createDiagnosticCollection('stigg.scan');
  readonly #subscription: Disposable;
  readonly #dirty = new Set<string>();
  readonly #shown = new Map<string, number>();
  /** Files of which not everything is shown, because there is too much in all. */
  readonly #cut = new Set<string>();
  #total = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: FindingsStore) {
    this.#store = store;
    this.#subscription = store.onDidChange((uri) => { this.#changed(uri); });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#collection.dispose();
  }

  #changed(uri: string): void {
    // At once, so that a file that was opened never shows a warning twice, and one that was closed shows it still.
    if (this.#shown.has(uri) && this.#store.unopened(uri).length === 0) this.#show([uri]);
    else {
      this.#dirty.add(uri);
      this.#timer ??= setTimeout(() => { this.#flush(); }, PAUSE_MS);
    }
  }

  /** A part of it; the next part in another turn. */
  #flush(): void {
    this.#timer = undefined;
    const part: string[] = [];
    let count = 0;
    for (const uri of this.#dirty) {
      part.push(uri);
      this.#dirty.delete(uri);
      count += Math.min(MOST_PER_FILE, this.#store.unopened(uri).length);
      if (count >= MOST_PER_CALL - MOST_PER_FILE) break;
    }
    this.#show(part);
    if (this.#dirty.size > 0) this.#timer ??= setTimeout(() => { this.#flush(); }, 0);
  }

  #show(uris: readonly string[]): void {
    this.#collection.set(uris.map((key) => {
      this.#dirty.delete(key);
      const uri = vscode.Uri.parse(key, true);
      this.#total -= this.#shown.get(key) ?? 0;
      const wanted = this.#store.unopened(key).slice(0, MOST_PER_FILE);
      const findings = wanted.slice(0, Math.max(0, MOST_IN_ALL - this.#total));
      if (findings.length < wanted.length) this.#cut.add(key);
      else this.#cut.delete(key);
      this.#total += findings.length;
      if (findings.length === 0) this.#shown.delete(key);
      else this.#shown.set(key, findings.length);
      return [uri, findings.length === 0 ? undefined : findings.map((finding) => diagnosticOf(uri, finding))];
    }));
    if (this.#total >= MOST_IN_ALL || this.#cut.size === 0) return;
    // There is room again.
    for (const uri of this.#cut) this.#dirty.add(uri);
    this.#timer ??= setTimeout(() => { this.#flush(); }, PAUSE_MS);
  }
}

function diagnosticOf(uri: vscode.Uri, finding: ReportedFinding): vscode.Diagnostic {
  return diagnosticAt(uri, finding, rangeOf(finding), finding.related?.map((place) => ({ range: rangeOf(place), message: place.message })));
}

/** Lines and columns of reports start at 1. */
export function rangeOf({ line, column, endLine, endColumn }: Pick<ReportedFinding, 'line' | 'column' | 'endLine' | 'endColumn'>): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}
