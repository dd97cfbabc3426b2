import type { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { CancelledError, ExpectedError } from '../../errors.js';
import { PlaceInMemory } from '../../placeInMemory.js';
import type { FileChanges, PersonalFacts, ScanAnswer, ScanRequest, ScanWorkerData } from '../../scanMessages.js';
import type { ScanListener, Scanner } from './scanner.js';

/** A thread that nobody needs keeps its memory this long. */
const IDLE_MS = 2 * 60_000;
/** Past this the thread ends, and not the extension host. */
const LARGEST_HEAP_MB = 1_024;
/** A thread that works says so every 5 s. Looked at in steps, because a computer that slept is no thread that hangs. */
const STEP_MS = 5_000;
const MOST_SILENT_STEPS = 12;

export interface WorkerScannerDeps {
  /** Where the bundle lies. */
  readonly dist: vscode.Uri;
  readonly logError: (what: string, error: unknown) => void;
  /** For tests. */
  readonly stepMs?: number;
  readonly largestHeapMb?: number;
}

/** Scans folders of this machine in a thread of its own, with the code of the command line. The extension host only takes in what is found. */
export class WorkerScanner implements Scanner {
  readonly #deps: WorkerScannerDeps;
  #worker: Promise<Worker> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;
  /** Where the thread says what it is at. */
  #place = new PlaceInMemory();
  /** Files that ended a thread, as they were then: they are left out until they change. */
  readonly #leftOut = new Map<string, Promise<string | undefined>>();

  constructor(deps: WorkerScannerDeps) {
    this.#deps = deps;
  }

  takes(folder: vscode.Uri): boolean {
    return folder.scheme === 'file';
  }

  async scanFolder(folder: vscode.Uri, personal: PersonalFacts, listener: ScanListener, signal: AbortSignal): Promise<number> {
    return this.#ask({ kind: 'folder', folder: pathOf(folder), personal, leaveOut: await this.#unchanged() }, listener, signal);
  }

  async scanFiles(folder: vscode.Uri, changes: FileChanges, personal: PersonalFacts, listener: ScanListener, signal: AbortSignal): Promise<void> {
    const local = (paths: readonly string[]): string[] => paths.map((path) => pathOf(folder.with({ path })));
    const paths = local(changes.paths);
    const request: ScanRequest = { kind: 'files', folder: pathOf(folder), personal, leaveOut: await this.#unchanged(), changes: { ...changes, paths, cameOrWent: local(changes.cameOrWent), judged: local(changes.judged) } };
    await this.#ask(request, listener, signal);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
  }

  async #ask(request: ScanRequest, listener: ScanListener, signal: AbortSignal): Promise<number> {
    clearTimeout(this.#idle);
    if (signal.aborted) throw new CancelledError();
    this.#place.set(undefined);
    const worker = await this.#started();
    try {
      return await this.#answerOf(worker, request, listener, signal);
    } finally {
      this.#endWhenIdle();
    }
  }

  #answerOf(worker: Worker, request: ScanRequest, listener: ScanListener, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      let silent = 0;
      const watch = setInterval(() => { if (++silent > MOST_SILENT_STEPS) onSilence(); }, this.#deps.stepMs ?? STEP_MS);
      const finish = (end: () => void): void => {
        clearInterval(watch);
        worker.off('message', onAnswer).off('error', onCrash).off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        end();
      };
      const fail = (error: Error): void => { finish(() => { reject(error); }); };
      // Whoever cancels wants it to end now, in the middle of a file too.
      const onAbort = (): void => {
        this.#end();
        fail(new CancelledError());
      };
      const onCrash = (error: unknown): void => {
        this.#end();
        this.#deps.logError('The scan of the workspace ended early.', error);
        fail(this.#stopped(errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash'));
      };
      const onSilence = (): void => {
        this.#end();
        this.#deps.logError('The scan of the workspace hung.', this.#place.get() ?? '');
        fail(this.#stopped('silence'));
      };
      const onExit = (): void => {
        this.#end();
        fail(this.#isDisposed ? new CancelledError() : this.#stopped('crash'));
      };
      const onAnswer = (answer: ScanAnswer): void => {
        silent = 0;
        if (answer.kind === 'done') finish(() => { resolve(answer.files); });
        else if (answer.kind === 'failed') {
          if (answer.nextStep === undefined) onCrash(answer.message);
          else fail(new ExpectedError(answer.code, answer.message, answer.nextStep));
        } else this.#tell(answer, listener);
      };
      worker.on('message', onAnswer).on('error', onCrash).on('exit', onExit);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      else worker.postMessage(request);
    });
  }

  #tell(answer: Exclude<ScanAnswer, { kind: 'done' | 'failed' }>, listener: ScanListener): void {
    switch (answer.kind) {
      case 'judged':
        for (const { path, findings } of answer.files) listener.judged(vscode.Uri.file(path), findings);
        return;
      case 'progress':
        listener.progress(answer.files);
        return;
      case 'alive':
        return;
      case 'skipped':
        listener.skipped(vscode.Uri.file(answer.path), answer.reason);
        return;
      case 'problem':
        this.#deps.logError(`${answer.path}:${String(answer.line)}`, answer.message);
    }
  }

  /** The files that are still what they were when they ended a thread. */
  async #unchanged(): Promise<readonly string[]> {
    for (const [path, stamp] of this.#leftOut) if (await stamp !== await stampOf(path)) this.#leftOut.delete(path);
    return [...this.#leftOut.keys()];
  }

  async #started(): Promise<Worker> {
    const starting = (this.#worker ??= this.#start());
    try {
      return await starting;
    } catch (error) {
      if (this.#worker === starting) this.#worker = undefined;
      this.#deps.logError('The scan of the workspace could not start.', error);
      throw this.#stopped('crash');
    }
  }

  /** What ended the thread, and the file that it was at: the next scan leaves that out, so that it comes through. */
  #stopped(why: 'crash' | 'memory' | 'silence'): ExpectedError {
    const path = this.#place.get();
    const next = vscode.l10n.t('Scan again; the log says what happened.');
    if (path === undefined) return new ExpectedError('scanStopped', stoppedWords(why), next);
    this.#leftOut.set(path, stampOf(path));
    return new ExpectedError('scanStopped', stoppedAtWords(why, vscode.workspace.asRelativePath(path)), vscode.l10n.t('Scan again: the file is left out until it changes.'));
  }

  async #start(): Promise<Worker> {
    // Not where there is no Node, as in a browser.
    const threads = await import('node:worker_threads');
    const ripgrep = await ripgrepOfEditor();
    // Of this thread alone: one that was ended may still write for a moment.
    const place = (this.#place = new PlaceInMemory());
    const data: ScanWorkerData = {
      place: place.buffer,
      wasm: vscode.Uri.joinPath(this.#deps.dist, 'wasm').fsPath,
      ...(ripgrep === undefined ? {} : { ripgrep }),
      ...(vscode.l10n.bundle === undefined ? {} : { translations: vscode.l10n.bundle }),
    };
    const worker = new threads.Worker(vscode.Uri.joinPath(this.#deps.dist, 'scanWorker.js').fsPath, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: this.#deps.largestHeapMb ?? LARGEST_HEAP_MB }, execArgv: [] });
    // Somebody listens to a thread only while it works; one that fails besides is made anew.
    worker.on('error', () => { this.#end(); });
    worker.unref();
    return worker;
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idle);
    if (this.#worker === undefined) return;
    this.#idle = setTimeout(() => { this.#end(); }, IDLE_MS);
  }

  #end(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.then((one) => one.terminate()).catch(() => undefined);
  }
}

/** What is different after a change; undefined where there is no file. */
async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(vscode.Uri.file(path));
    return `${String(mtime)} ${String(size)}`;
  } catch {
    return undefined;
  }
}

/** As Node takes it, with `/`. */
function pathOf(uri: vscode.Uri): string {
  return uri.fsPath.replaceAll('\\', '/');
}

function stoppedWords(why: 'crash' | 'memory' | 'silence'): string {
  switch (why) {
    case 'crash':
      return vscode.l10n.t('The scan of the workspace stopped early.');
    case 'memory':
      return vscode.l10n.t('The scan of the workspace needed too much memory.');
    case 'silence':
      return vscode.l10n.t('The scan of the workspace did not answer any more and was ended.');
  }
}

function stoppedAtWords(why: 'crash' | 'memory' | 'silence', file: string): string {
  switch (why) {
    case 'crash':
      return vscode.l10n.t('The scan of the workspace stopped early, at {0}.', file);
    case 'memory':
      return vscode.l10n.t('The scan of the workspace needed too much memory, at {0}.', file);
    case 'silence':
      return vscode.l10n.t('The scan of the workspace did not answer any more and was ended, at {0}.', file);
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** VS Code brings a ripgrep; where it lies has changed over the years. */
async function ripgrepOfEditor(): Promise<string | undefined> {
  const exe = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const root = vscode.Uri.file(vscode.env.appRoot);
  for (const modules of ['node_modules', 'node_modules.asar.unpacked']) {
    for (const place of [`ripgrep-universal/bin/${process.platform}-${process.arch}`, `ripgrep-${process.platform}-${process.arch}/bin`, 'ripgrep/bin']) {
      const uri = vscode.Uri.joinPath(root, modules, '@vscode', place, exe);
      try {
        if (((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0) return uri.fsPath;
      } catch {
        // Not there.
      }
    }
  }
  return undefined;
}
