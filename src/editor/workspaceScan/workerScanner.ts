import type { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { CancelledError, ExpectedError } from '../../errors.js';
import type { FileChanges, PersonalFacts, ScanAnswer, ScanRequest, ScanWorkerData } from '../../scanMessages.js';
import type { ScanListener, Scanner } from './scanner.js';

/** A thread that nobody needs keeps its memory this long. */
const IDLE_MS = 2 * 60_000;
/** Past this the thread ends, and not the extension host. */
const LARGEST_HEAP_MB = 1_024;

export interface WorkerScannerDeps {
  /** Where the bundle lies. */
  readonly dist: vscode.Uri;
  readonly logError: (what: string, error: unknown) => void;
}

/** Scans folders of this machine in a thread of its own, with the code of the command line. The extension host only takes in what is found. */
export class WorkerScanner implements Scanner {
  readonly #deps: WorkerScannerDeps;
  #worker: Promise<Worker> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(deps: WorkerScannerDeps) {
    this.#deps = deps;
  }

  takes(folder: vscode.Uri): boolean {
    return folder.scheme === 'file';
  }

  scanFolder(folder: vscode.Uri, personal: PersonalFacts, listener: ScanListener, signal: AbortSignal): Promise<number> {
    return this.#ask({ kind: 'folder', folder: pathOf(folder), personal }, listener, signal);
  }

  async scanFiles(folder: vscode.Uri, changes: FileChanges, personal: PersonalFacts, listener: ScanListener, signal: AbortSignal): Promise<void> {
    const local = (paths: readonly string[]): string[] => paths.map((path) => pathOf(folder.with({ path })));
    const request: ScanRequest = { kind: 'files', folder: pathOf(folder), personal, changes: { ...changes, paths: local(changes.paths), cameOrWent: local(changes.cameOrWent), judged: local(changes.judged) } };
    await this.#ask(request, listener, signal);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
  }

  async #ask(request: ScanRequest, listener: ScanListener, signal: AbortSignal): Promise<number> {
    clearTimeout(this.#idle);
    if (signal.aborted) throw new CancelledError();
    const worker = await (this.#worker ??= this.#start());
    try {
      return await this.#answerOf(worker, request, listener, signal);
    } finally {
      this.#endWhenIdle();
    }
  }

  #answerOf(worker: Worker, request: ScanRequest, listener: ScanListener, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const finish = (end: () => void): void => {
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
        fail(stopped());
      };
      const onExit = (): void => {
        this.#end();
        fail(this.#isDisposed ? new CancelledError() : stopped());
      };
      const onAnswer = (answer: ScanAnswer): void => {
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
      case 'skipped':
        listener.skipped(vscode.Uri.file(answer.path), answer.reason);
        return;
      case 'problem':
        this.#deps.logError(`${answer.path}:${String(answer.line)}`, answer.message);
    }
  }

  async #start(): Promise<Worker> {
    // Not where there is no Node, as in a browser.
    const threads = await import('node:worker_threads');
    const ripgrep = await ripgrepOfEditor();
    const data: ScanWorkerData = {
      wasm: vscode.Uri.joinPath(this.#deps.dist, 'wasm').fsPath,
      ...(ripgrep === undefined ? {} : { ripgrep }),
      ...(vscode.l10n.bundle === undefined ? {} : { translations: vscode.l10n.bundle }),
    };
    const worker = new threads.Worker(vscode.Uri.joinPath(this.#deps.dist, 'scanWorker.js').fsPath, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: LARGEST_HEAP_MB }, execArgv: [] });
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

/** As Node takes it, with `/`. */
function pathOf(uri: vscode.Uri): string {
  return uri.fsPath.replaceAll('\\', '/');
}

function stopped(): ExpectedError {
  return new ExpectedError('scanStopped', vscode.l10n.t('The scan of the workspace stopped early.'), vscode.l10n.t('Scan again; the log says what happened.'));
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
