import * as vscode from 'vscode';
import { CancelledError, ExpectedError, isCancelled } from '../../errors.js';
import { Emitter, type Disposable } from '../../event.js';
import type { KnownKey } from '../../scan/context.js';
import type { PersonalFacts } from '../../scanMessages.js';
import { ruleLevels } from '../diagnostics/ruleLevels.js';
import type { FindingsStore } from '../findings/store.js';
import type { PendingChanges } from './changes.js';
import type { ScanListener, Scanner } from './scanner.js';
import type { ScanState, SkippedFile } from './state.js';
import { FolderWatch } from './watch.js';

/** Nobody reads a longer list. */
const MOST_SKIPPED = 500;
/** After a scan of everything nobody has asked for, this many times as long as it took nothing of the kind happens. */
const REST = 5;

export interface WorkspaceScanDeps {
  readonly store: FindingsStore;
  /** The first that takes a folder scans it. */
  readonly scanners: readonly Scanner[];
  readonly knownKeys: { all(): ReadonlyMap<string, KnownKey>; environmentNames(): readonly string[]; readonly onDidChange: (listener: () => void) => Disposable };
  readonly logError: (what: string, error: unknown) => void;
}

/** Scans the folders of the workspace on request, and from then on what changes in them. */
export class WorkspaceScan implements Disposable {
  readonly #deps: WorkspaceScanDeps;
  readonly #changed = new Emitter<undefined>();
  readonly #watch: FolderWatch;
  readonly #subscriptions: readonly Disposable[];
  /** By folder: the files that were judged, with findings and without. */
  readonly #judged = new Map<string, Set<string>>();
  #skipped: SkippedFile[] = [];
  #state: ScanState = { kind: 'never' };
  /** Ends the scan that was asked for. */
  #abort: AbortController | undefined;
  /** Ends the look at what changed. */
  #background: AbortController | undefined;
  /** Scans that were asked for and have not begun. */
  #waiting = 0;
  /** What runs, one after the other. Never rejects. */
  #running: Promise<unknown> = Promise.resolve();
  #lastFull = { end: 0, took: 0 };

  readonly onDidChange = this.#changed.event;

  constructor(deps: WorkspaceScanDeps) {
    this.#deps = deps;
    this.#watch = new FolderWatch((folder, changes) => { this.#lookAt(folder, changes); });
    this.#subscriptions = [
      this.#changed, this.#watch,
      deps.knownKeys.onDidChange(() => { this.#watch.outdateAll(); }),
      vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) this.#forget(uri);
        if (this.#wasScanned) for (const { uri } of added) this.#watch.add(uri, true);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('stiggKeys.diagnostics') || !this.#wasScanned) return;
        for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
          if (!isEnabled(uri)) this.#forget(uri);
          else if (this.#judged.has(uri.toString())) this.#watch.outdate(uri);
          else this.#watch.add(uri, true);
        }
      }),
    ];
  }

  get state(): ScanState {
    return this.#state;
  }

  /** What was left out, and why. */
  get skipped(): readonly SkippedFile[] {
    return this.#skipped;
  }

  get isScanning(): boolean {
    return this.#state.kind === 'scanning';
  }

  /** Scans all folders. Rejects with ExpectedError, and with CancelledError when `signal` fires or somebody calls `cancel`. */
  async scan(signal?: AbortSignal): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    if (folders.length === 0) throw new ExpectedError('noFolder', vscode.l10n.t('No folder is open.'), vscode.l10n.t('Open a folder, then scan it.'));
    const enabled = folders.filter(isEnabled);
    if (enabled.length === 0) throw new ExpectedError('scanOff', vscode.l10n.t('Warnings are switched off here.'), vscode.l10n.t('Switch on the setting stiggKeys.diagnostics.enabled.'));
    // A second request takes the place of the first.
    this.#abort?.abort();
    this.#background?.abort();
    const abort = (this.#abort = new AbortController());
    const onAbort = (): void => { abort.abort(); };
    signal?.addEventListener('abort', onAbort);
    this.#waiting += 1;
    const work = this.#running.then(() => {
      this.#waiting -= 1;
      return this.#scanAll(enabled, abort.signal);
    });
    this.#running = work.catch(() => undefined);
    try {
      await work;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }

  /** Forgets what was found, and watches nothing any more. */
  clear(): void {
    this.cancel();
    this.#background?.abort();
    this.#watch.clear();
    this.#judged.clear();
    this.#skipped = [];
    this.#deps.store.forgetScanned(() => true);
    this.#setState({ kind: 'never' });
  }

  /** A file whose document was closed: its text was not saved, maybe. */
  lookAgain(uri: vscode.Uri): void {
    this.#watch.note(uri, false);
  }

  dispose(): void {
    this.cancel();
    this.#background?.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const scanner of this.#deps.scanners) scanner.dispose();
  }

  get #wasScanned(): boolean {
    return this.#state.kind !== 'never';
  }

  async #scanAll(folders: readonly vscode.Uri[], signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new CancelledError();
    const started = performance.now();
    this.#skipped = [];
    this.#setState({ kind: 'scanning', files: 0 });
    let files = 0;
    try {
      // The outer one of two folders first: in the inner one the inner one's settings hold.
      for (const folder of [...folders].sort((a, b) => a.path.length - b.path.length)) {
        const before = files;
        const read = await this.#scanFolder(folder, signal, (soFar) => { this.#setState({ kind: 'scanning', files: (files = before + soFar) }); });
        files = before + read;
      }
      this.#setState({ kind: 'done', files, at: new Date() });
    } catch (error) {
      if (isCancelled(error)) this.#setState({ kind: 'cancelled', files, at: new Date() });
      else this.#setState({ kind: 'failed', message: error instanceof ExpectedError ? error.full : vscode.l10n.t('The scan failed in a way it should not. The log says where.') });
      throw error;
    } finally {
      const end = performance.now();
      this.#lastFull = { end, took: end - started };
    }
  }

  /** The whole folder. What happens in it meanwhile is looked at afterwards. */
  async #scanFolder(folder: vscode.Uri, signal: AbortSignal, progress: (files: number) => void): Promise<number> {
    this.#watch.add(folder, false);
    const judged = new Set<string>();
    const before = this.#judged.get(folder.toString()) ?? [];
    // Until it is through, what an earlier scan found is still to be kept up to date.
    this.#judged.set(folder.toString(), new Set(before));
    let files: number;
    try {
      files = await this.#scannerFor(folder).scanFolder(folder, this.#personalFor(folder), this.#listener(judged, progress), signal);
      if (signal.aborted) throw new CancelledError();
    } catch (error) {
      this.#judged.set(folder.toString(), new Set([...before, ...judged]));
      throw error;
    }
    this.#judged.set(folder.toString(), judged);
    // What an earlier scan found and this one did not come by.
    this.#deps.store.forgetScanned((uri) => isUnder(uri, folder) && ownerOf(uri) === folder.toString() && !judged.has(uri));
    return files;
  }

  /** What changed in a folder, in the background; everything, where that is less work. */
  #lookAt(folder: vscode.Uri, changes: PendingChanges): void {
    const work = this.#running.then(async () => {
      // It will see all of it.
      if (this.#waiting > 0) return;
      const judged = this.#judged.get(folder.toString());
      if (!isEnabled(folder) || changes.isEmpty || (judged === undefined && !changes.isEverything)) return;
      const abort = (this.#background = new AbortController());
      if (judged === undefined || changes.isEverything) {
        const rest = this.#lastFull.end + REST * this.#lastFull.took - performance.now();
        if (rest > 0) {
          this.#watch.later(folder, rest);
          return;
        }
        changes.clear();
        const started = performance.now();
        const files = await this.#scanFolder(folder, abort.signal, () => undefined);
        this.#lastFull = { end: performance.now(), took: performance.now() - started };
        this.#setState(vscode.workspace.workspaceFolders?.length === 1 && this.#state.kind !== 'scanning' ? { kind: 'done', files, at: new Date() } : this.#state);
      } else {
        const taken = changes.take(Array.from(judged, (uri) => vscode.Uri.parse(uri).path));
        await this.#scannerFor(folder).scanFiles(folder, taken, this.#personalFor(folder), this.#listener(judged, () => undefined), abort.signal);
      }
    });
    this.#running = work.catch((error: unknown) => {
      if (!isCancelled(error)) this.#deps.logError('Looking at changed files', error);
    });
  }

  #listener(judged: Set<string>, progress: (files: number) => void): ScanListener {
    const { store } = this.#deps;
    return {
      judged: (uri, findings) => {
        const key = uri.toString();
        if (findings !== null) judged.add(key);
        else {
          const known = judged.delete(key);
          // It may have been a folder.
          if (!known) for (const other of [...judged]) if (isUnder(other, uri)) judged.delete(other);
          if (!known) store.forgetScanned((other) => isUnder(other, uri));
        }
        if (this.#skipped.some((file) => file.uri === key)) this.#skipped = this.#skipped.filter((file) => file.uri !== key);
        store.setScanned(key, findings);
      },
      progress,
      skipped: (uri, reason) => {
        const key = uri.toString();
        this.#skipped = [...this.#skipped.filter((file) => file.uri !== key), { uri: key, reason }].slice(0, MOST_SKIPPED);
      },
    };
  }

  #forget(folder: vscode.Uri): void {
    this.#watch.remove(folder);
    this.#judged.delete(folder.toString());
    this.#skipped = this.#skipped.filter(({ uri }) => !isUnder(uri, folder));
    this.#deps.store.forgetScanned((uri) => isUnder(uri, folder));
    this.#changed.fire(undefined);
  }

  #scannerFor(folder: vscode.Uri): Scanner {
    const scanner = this.#deps.scanners.find((one) => one.takes(folder));
    if (scanner === undefined) throw new Error(`Nobody scans ${folder.scheme}`);
    return scanner;
  }

  #personalFor(folder: vscode.Uri): PersonalFacts {
    const { knownKeys } = this.#deps;
    return {
      keys: knownKeys.all(),
      environmentNames: knownKeys.environmentNames(),
      levels: ruleLevels(vscode.workspace.getConfiguration('stiggKeys', folder).get<unknown>('diagnostics.rules')),
    };
  }

  #setState(state: ScanState): void {
    this.#state = state;
    this.#changed.fire(undefined);
  }
}

function isEnabled(folder: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration('stiggKeys', folder).get('diagnostics.enabled', true);
}

/** Whether the URI is that one, or lies below it. */
function isUnder(uri: string, folder: vscode.Uri): boolean {
  const root = folder.toString();
  return uri === root || uri.startsWith(root.endsWith('/') ? root : `${root}/`);
}

function ownerOf(uri: string): string | undefined {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri))?.uri.toString();
}
