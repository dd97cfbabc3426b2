// Scans a workspace in a thread of its own, so that the extension host never waits for it. Started by the editor; ends when it is ended.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from './errors.js';
import { Lazy } from './lazy.js';
import { withSlashes } from './node/files.js';
import type { ScanOptions } from './node/scan/judge.js';
import { ChangedFiles } from './node/scanFiles.js';
import { scanPaths } from './node/scanPaths.js';
import { PlaceInMemory } from './placeInMemory.js';
import type { JudgedFile, ScanAnswer, ScanRequest, ScanWorkerData } from './scanMessages.js';
import { withoutTokens } from './withoutTokens.js';

/** Findings and counts are told this often: every message costs the extension host a turn. */
const TELL_MS = 100;
const ALIVE_MS = 5_000;

const port = parentPort;
if (port === null) throw new Error('The scan runs in a thread that the editor starts.');
const { wasm, place, translations, ripgrep } = workerData as ScanWorkerData;
const at = new PlaceInMemory(place);
if (translations !== undefined) l10n.config({ contents: translations as l10n.l10nJsonFormat });

/** Lies beside this one. */
const readWorker = fileURLToPath(new URL('./readWorker.js', import.meta.url));
const engine = new Lazy(async () => new (await import('./scan/engine.js')).Engine({ readWasm: (name) => readFile(join(wasm, name)) }));
/** By folder; made anew by each scan of the folder, because what happened meanwhile is not known. */
const changed = new Map<string, Changes>();

interface Changes {
  readonly files: ChangedFiles;
  /** Which keys are known, what the person has set, and what is left out, changes while the rest stays. */
  now: ScanRequest;
}

/** Gathers what is told a few times a second. */
class Teller {
  #judged: JudgedFile[] = [];
  #files = 0;
  #last = 0;

  judged(path: string, findings: JudgedFile['findings']): void {
    this.#judged.push({ path, findings });
    this.#tellInTime();
  }

  progress(files: number): void {
    this.#files = files;
    this.#tellInTime();
  }

  /** While nothing is there to tell. */
  alive(): void {
    if (performance.now() - this.#last < ALIVE_MS) return;
    this.#last = performance.now();
    say({ kind: 'alive' });
  }

  flush(): void {
    this.#last = performance.now();
    if (this.#judged.length > 0) say({ kind: 'judged', files: this.#judged });
    say({ kind: 'progress', files: this.#files });
    this.#judged = [];
  }

  #tellInTime(): void {
    if (performance.now() - this.#last >= TELL_MS) this.flush();
  }
}

function say(answer: ScanAnswer): void {
  port?.postMessage(answer);
}

const teller = new Teller();

function optionsFor({ folder, leaveOut }: ScanRequest): Omit<ScanOptions, 'personal'> {
  return {
    cwd: folder,
    forEditor: true,
    leaveOut: new Set(leaveOut),
    onJudging: (path) => { at.set(path); },
    onFindings: (path, findings) => { teller.judged(path, findings); },
    onProgress: (files) => { teller.progress(files); },
    onReading: () => { teller.alive(); },
    onSkipped: ({ path, reason }) => {
      // In the order in which it was found out.
      teller.flush();
      say({ kind: 'skipped', path: withSlashes(resolve(folder, path)), reason });
    },
    onSettingsProblem: ({ path, line, message }) => { say({ kind: 'problem', path, line, message }); },
  };
}

async function answer(request: ScanRequest): Promise<void> {
  const { folder, personal } = request;
  let files = 0;
  if (request.kind === 'folder') {
    changed.delete(folder);
    files = (await scanPaths([folder], () => engine.get(), { ...optionsFor(request), personal, ripgrep, readWorker })).summary.files;
  } else {
    const known = changed.get(folder) ?? changesIn(request);
    known.now = request;
    await known.files.scan(request.changes);
  }
  teller.flush();
  say({ kind: 'done', files });
}

function changesIn(request: ScanRequest): Changes {
  const known: { now: ScanRequest } = { now: request };
  const files = new ChangedFiles(request.folder, () => engine.get(), {
    ...optionsFor(request),
    onNothing: (path) => { teller.judged(path, null); },
    get personal() { return known.now.personal; },
    get leaveOut() { return new Set(known.now.leaveOut); },
  });
  const changes = Object.assign(known, { files });
  changed.set(request.folder, changes);
  return changes;
}

setInterval(() => { say({ kind: 'alive' }); }, ALIVE_MS).unref();
port.on('message', (request: ScanRequest) => {
  answer(request).catch((error: unknown) => {
    teller.flush();
    if (error instanceof ExpectedError) say({ kind: 'failed', code: error.code, message: error.message, nextStep: error.nextStep });
    else say({ kind: 'failed', code: 'defect', message: withoutTokens(error instanceof Error ? error.stack ?? error.message : String(error)) });
  });
});
