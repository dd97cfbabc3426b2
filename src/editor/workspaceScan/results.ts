import type * as vscode from 'vscode';
import type { FindingsStore } from '../findings/store.js';
import { isUnder, openFolders, ownerOf } from './folders.js';
import type { ScanListener } from './scanner.js';
import type { SkippedFile } from './state.js';

/** Nobody reads a longer list. */
const MOST_SKIPPED = 500;

/** What scans have told, folder by folder. The findings themselves are in the store. */
export class ScanResults {
  readonly #store: FindingsStore;
  /** By folder: the files that were judged, with findings and without. */
  readonly #judged = new Map<string, Set<string>>();
  #skipped: SkippedFile[] = [];

  constructor(store: FindingsStore) {
    this.#store = store;
  }

  /** What was left out, and why. */
  get skipped(): readonly SkippedFile[] {
    return this.#skipped;
  }

  /** The files of the folder that were judged; undefined when it was never scanned. */
  judgedIn(folder: vscode.Uri): Set<string> | undefined {
    return this.#judged.get(folder.toString());
  }

  /** Takes in the scan of a whole folder: what it did not come by is forgotten in the end. Of one that is interrupted, what it told stays. */
  async takeFolder<T>(folder: vscode.Uri, scan: (judged: Set<string>) => Promise<T>): Promise<T> {
    const key = folder.toString();
    const judged = new Set<string>();
    const before = this.#judged.get(key) ?? [];
    // Until it is through, what an earlier scan found is still to be kept up to date.
    this.#judged.set(key, new Set(before));
    this.#skipped = this.#skipped.filter(({ uri }) => ownerOf(uri) !== key);
    try {
      const result = await scan(judged);
      this.#judged.set(key, judged);
      this.#store.forgetScanned((uri) => isUnder(uri, key) && ownerOf(uri) === key && !judged.has(uri));
      return result;
    } catch (error) {
      // It may have been taken out of the workspace.
      if (this.#judged.has(key)) this.#judged.set(key, new Set([...before, ...judged]));
      throw error;
    }
  }

  /** @param judged where to note the files that were judged @param signal after it has fired nothing is taken in: late words of a scan that was ended */
  listener(judged: Set<string>, progress: (files: number) => void, signal: AbortSignal): ScanListener {
    return {
      judged: (uri, findings) => {
        if (signal.aborted) return;
        const key = uri.toString();
        if (findings !== null) judged.add(key);
        else if (!judged.delete(key)) this.#forgetBelow(key, judged);
        if (this.#skipped.some((file) => file.uri === key)) this.#skipped = this.#skipped.filter((file) => file.uri !== key);
        this.#store.setScanned(key, findings);
      },
      progress: (files) => { if (!signal.aborted) progress(files); },
      skipped: (uri, reason) => {
        if (signal.aborted) return;
        const key = uri.toString();
        this.#skipped = [...this.#skipped.filter((file) => file.uri !== key), { uri: key, reason }].slice(0, MOST_SKIPPED);
      },
    };
  }

  /** A folder that was taken out of the workspace, or is not to be scanned any more. */
  forget(folder: vscode.Uri): void {
    const key = folder.toString();
    this.#judged.delete(key);
    this.#skipped = this.#skipped.filter(({ uri }) => !isUnder(uri, key));
    // Of a folder within it that stays open, the findings stay as well.
    const others = openFolders().map((uri) => uri.toString()).filter((other) => other !== key && isUnder(other, key));
    this.#store.forgetScanned((uri) => isUnder(uri, key) && !others.some((other) => isUnder(uri, other)));
  }

  clear(): void {
    this.#judged.clear();
    this.#skipped = [];
    this.#store.forgetScanned(() => true);
  }

  /** Nothing was known of it as a file: it may have been a folder. */
  #forgetBelow(key: string, judged: Set<string>): void {
    for (const other of [...judged]) if (isUnder(other, key)) judged.delete(other);
    this.#store.forgetScanned((other) => isUnder(other, key));
  }
}
