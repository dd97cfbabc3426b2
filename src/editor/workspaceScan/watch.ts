import * as vscode from 'vscode';
import type { Disposable } from '../../event.js';
import { below } from '../../project/fileReader.js';
import { PendingChanges } from './changes.js';

/** Programs write many files in a row. */
const QUIET_MS = 300;
/** Whoever never stops is looked at this often. */
const LONGEST_WAIT_MS = 2_000;

interface Watched {
  readonly folder: vscode.Uri;
  readonly changes: PendingChanges;
  readonly watchers: readonly Disposable[];
  timer: ReturnType<typeof setTimeout> | undefined;
  since: number | undefined;
}

/** Collects what happens in folders, and tells of it when they have come to rest. */
export class FolderWatch implements Disposable {
  readonly #tell: (folder: vscode.Uri, changes: PendingChanges) => void;
  readonly #folders = new Map<string, Watched>();

  /** @param tell takes what it looks at out of the changes */
  constructor(tell: (folder: vscode.Uri, changes: PendingChanges) => void) {
    this.#tell = tell;
  }

  /** Watches a folder from now on. `isUnknown`: everything in it counts as changed. */
  add(folder: vscode.Uri, isUnknown: boolean): void {
    const key = folder.toString();
    let watched = this.#folders.get(key);
    if (watched === undefined) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
      const cameOrWent = (uri: vscode.Uri): void => { this.note(uri, true); };
      watched = {
        folder, changes: new PendingChanges(), timer: undefined, since: undefined,
        watchers: [watcher, watcher.onDidCreate(cameOrWent), watcher.onDidDelete(cameOrWent), watcher.onDidChange((uri) => { this.note(uri, false); })],
      };
      this.#folders.set(key, watched);
    } else if (!isUnknown) this.#rest(watched);
    if (!isUnknown) return;
    watched.changes.addEverything();
    this.#wait(watched);
  }

  /** A file of a watched folder changed. */
  note(uri: vscode.Uri, cameOrWent: boolean): void {
    const owner = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
    const watched = owner === undefined ? undefined : this.#folders.get(owner);
    if (watched === undefined) return;
    const relative = below(watched.folder.path, uri.path);
    if (relative !== undefined && watched.changes.add(uri.path, relative, cameOrWent)) this.#wait(watched);
  }

  /** What the files of the folder are judged by changed. */
  outdate(folder: vscode.Uri): void {
    const watched = this.#folders.get(folder.toString());
    if (watched === undefined) return;
    watched.changes.outdate();
    this.#wait(watched);
  }

  outdateAll(): void {
    for (const { folder } of this.#folders.values()) this.outdate(folder);
  }

  /** What is pending is told after that time. */
  later(folder: vscode.Uri, ms: number): void {
    const watched = this.#folders.get(folder.toString());
    if (watched === undefined) return;
    clearTimeout(watched.timer);
    watched.timer = setTimeout(() => { this.#tellOf(watched); }, ms);
  }

  remove(folder: vscode.Uri): void {
    const watched = this.#folders.get(folder.toString());
    if (watched === undefined) return;
    this.#rest(watched);
    for (const watcher of watched.watchers) watcher.dispose();
    this.#folders.delete(folder.toString());
  }

  clear(): void {
    for (const { folder } of [...this.#folders.values()]) this.remove(folder);
  }

  dispose(): void {
    this.clear();
  }

  #wait(watched: Watched): void {
    const now = Date.now();
    watched.since ??= now;
    clearTimeout(watched.timer);
    watched.timer = setTimeout(() => { this.#tellOf(watched); }, Math.min(QUIET_MS, Math.max(0, watched.since + LONGEST_WAIT_MS - now)));
  }

  #tellOf(watched: Watched): void {
    watched.timer = undefined;
    watched.since = undefined;
    if (!watched.changes.isEmpty) this.#tell(watched.folder, watched.changes);
  }

  /** What happened so far is seen by a scan that begins now. */
  #rest(watched: Watched): void {
    clearTimeout(watched.timer);
    watched.timer = undefined;
    watched.since = undefined;
    watched.changes.clear();
  }
}
