import * as vscode from 'vscode';
import { CancelledError, ExpectedError, isCancelled } from '../../errors.js';
import { Emitter, type Disposable } from '../../event.js';
import type { KnownKey } from '../../scan/context.js';
import type { PersonalFacts } from '../../scanMessages.js';
import { ruleLevels } from '../diagnostics/ruleLevels.js';
import type { FindingsStore } from '../findings/store.js';
import type { PendingChanges } from './changes.js';
import { isEnabled, isOpen, isUnder, openFolders } from './folders.js';
import { ScanResults } from './results.js';
import type { Scanner } from './scanner.js';
import type { ScanState, SkippedFile } from './state.js';
import { FolderWatch } from './watch.js';

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
  readonly #results: ScanResults;
  #state: ScanState = { kind: 'never' };
  /** Ends the scan that was asked for. */
  #abort: AbortController | undefined;
  /** Ends the look at what changed. */
  #background: AbortController | undefined;
  /** Ends what is done in one folder at the moment. */
  #current: { readonly folder: string; readonly abort: AbortController } | undefined;
  /** Scans that were asked for and have not begun. */
  #waiting = 0;
  /** What runs, one after the other. Never rejects. */
  #running: Promise<unknown> = Promise.resolve();
  #lastFull = { end: 0, took: 0 };

  readonly onDidChange = this.#changed.event;

  constructor(deps: WorkspaceScanDeps) {
    this.#deps = deps;
    this.#results = new ScanResults(deps.store);
    this.#watch = new FolderWatch((folder, changes) => { this.#lookAt(folder, changes); });
    this.#subscriptions = [
      this.#changed, this.#watch,
      deps.knownKeys.onDidChange(() => { this.#watch.outdateAll(); }),
      vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) this.#remove(uri);
        if (this.#wasScanned) for (const { uri } of added) this.#watch.add(uri, true);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('stiggKeys.diagnostics') || !this.#wasScanned) return;
        for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
          if (!isEnabled(uri)) this.#forget(uri);
          else if (this.#results.judgedIn(uri) !== undefined) this.#watch.outdate(uri);
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
    return this.#results.skipped;
  }

  get isScanning(): boolean {
    return this.#state.kind === 'scanning';
  }

  /** Scans all folders. Rejects with ExpectedError, and with CancelledError when `signal` fires or somebody calls `cancel`. */
  async scan(signal?: AbortSignal): Promise<void> {
    const folders = openFolders();
    if (folders.length === 0) throw new ExpectedError('noFolder', vscode.l10n.t('No folder is open.'), vscode.l10n.t('Open a folder, then scan it.'));
    if (!folders.some(isEnabled)) throw new ExpectedError('scanOff', vscode.l10n.t('Warnings are switched off here.'), vscode.l10n.t('Switch on the setting stiggKeys.diagnostics.enabled.'));
    // A second request takes the place of the first.
    this.#abort?.abort();
    this.#background?.abort();
    const abort = (this.#abort = new AbortController());
    const onAbort = (): void => { abort.abort(); };
    signal?.addEventListener('abort', onAbort);
    this.#waiting += 1;
    const work = this.#running.then(() => {
      this.#waiting -= 1;
      if (abort.signal.aborted) throw new CancelledError();
      return this.#scanAll(abort.signal);
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
    this.#results.clear();
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

  async #scanAll(signal: AbortSignal): Promise<void> {
    const started = performance.now();
    this.#setState({ kind: 'scanning', files: 0 });
    let files = 0;
    const failures: unknown[] = [];
    try {
      // As they are now: one may have come since somebody asked. The outer one of two first: in the inner one the inner one's settings hold.
      for (const folder of openFolders().filter(isEnabled).sort((a, b) => a.path.length - b.path.length)) {
        const before = files;
        try {
          files = before + await this.#scanFolder(folder, signal, (soFar) => { this.#setState({ kind: 'scanning', files: (files = before + soFar) }); });
        } catch (error) {
          if (signal.aborted) throw error;
          // Not where it was taken out of the workspace meanwhile. The others are scanned in any case.
          if (isOpen(folder)) failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
      this.#setState({ kind: 'done', files, at: new Date() });
    } catch (error) {
      if (isCancelled(error)) this.#setState({ kind: 'cancelled', files, at: new Date() });
      else this.#setState(failed(error));
      throw error;
    } finally {
      const end = performance.now();
      this.#lastFull = { end, took: end - started };
    }
  }

  /** The whole folder. What happens in it meanwhile is looked at afterwards. */
  async #scanFolder(folder: vscode.Uri, signal: AbortSignal, progress: (files: number) => void): Promise<number> {
    if (!isOpen(folder)) return 0;
    this.#watch.add(folder, false);
    return this.#results.takeFolder(folder, (judged) => this.#within(folder, signal, async (inner) => {
      const files = await this.#scannerFor(folder).scanFolder(folder, this.#personalFor(folder), this.#results.listener(judged, progress, inner), inner);
      if (inner.aborted) throw new CancelledError();
      return files;
    }));
  }

  /** Runs work in one folder with a signal that also fires when the folder is taken out of the workspace. */
  async #within<T>(folder: vscode.Uri, outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const onAbort = (): void => { abort.abort(); };
    outer.addEventListener('abort', onAbort);
    if (outer.aborted) onAbort();
    this.#current = { folder: folder.toString(), abort };
    try {
      return await work(abort.signal);
    } finally {
      outer.removeEventListener('abort', onAbort);
      this.#current = undefined;
    }
  }

  /** What changed in a folder, in the background; everything, where that is less work. */
  #lookAt(folder: vscode.Uri, changes: PendingChanges): void {
    const work = this.#running.then(async () => {
      // It will see all of it.
      if (this.#waiting > 0 || !isOpen(folder)) return;
      const judged = this.#results.judgedIn(folder);
      if (!isEnabled(folder) || changes.isEmpty || (judged === undefined && !changes.isEverything)) return;
      const { signal } = (this.#background = new AbortController());
      if (judged === undefined || changes.isEverything) {
        const rest = judged === undefined ? 0 : this.#lastFull.end + REST * this.#lastFull.took - performance.now();
        if (rest > 0) {
          this.#watch.later(folder, rest);
          return;
        }
        changes.clear();
        const started = performance.now();
        const files = await this.#scanFolder(folder, signal, () => undefined);
        this.#lastFull = { end: performance.now(), took: performance.now() - started };
        this.#setState(openFolders().length === 1 && this.#state.kind !== 'scanning' ? { kind: 'done', files, at: new Date() } : this.#state);
      } else {
        const taken = changes.take(Array.from(judged, (uri) => vscode.Uri.parse(uri).path));
        try {
          await this.#within(folder, signal, (inner) => this.#scannerFor(folder).scanFiles(folder, taken, this.#personalFor(folder), this.#results.listener(judged, () => undefined, inner), inner));
        } catch (error) {
          // Which of these were looked at nobody knows. If that fails too, it is not tried again.
          if (!isCancelled(error)) this.#watch.add(folder, true);
          throw error;
        }
      }
    });
    this.#running = work.catch((error: unknown) => {
      if (isCancelled(error)) return;
      this.#deps.logError('Looking at changed files', error);
      // What is shown may be out of date.
      this.#setState(failed(error));
    });
  }

  #forget(folder: vscode.Uri): void {
    if (this.#current?.folder === folder.toString()) this.#current.abort.abort();
    this.#watch.remove(folder);
    this.#results.forget(folder);
    this.#changed.fire(undefined);
  }

  /** A folder that was taken out of the workspace. What lies in it may now belong to one around it. */
  #remove(folder: vscode.Uri): void {
    this.#forget(folder);
    const outer = openFolders().filter((uri) => isUnder(folder.toString(), uri.toString())).sort((a, b) => b.path.length - a.path.length)[0];
    if (outer !== undefined && this.#wasScanned && isEnabled(outer)) this.#watch.add(outer, true);
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

function failed(error: unknown): ScanState {
  return { kind: 'failed', message: error instanceof ExpectedError ? error.full : vscode.l10n.t('The scan failed in a way it should not. The log says where.') };
}
