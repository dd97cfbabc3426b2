// Scans a workspace in a thread of its own, so that the extension host never waits for it. Started by the editor; ends when it is ended.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from './errors.js';
import { Lazy } from './lazy.js';
import { withSlashes } from './node/files.js';
import type { ScanOptions } from './node/scan/judge.js';
import { ChangedFiles } from './node/scanFiles.js';
import { scanPaths } from './node/scanPaths.js';
import type { JudgedFile, PersonalFacts, ScanAnswer, ScanRequest, ScanWorkerData } from './scanMessages.js';
import { withoutTokens } from './withoutTokens.js';

/** Findings and counts are told this often: every message costs the extension host a turn. */
const TELL_MS = 100;

const port = parentPort;
if (port === null) throw new Error('The scan runs in a thread that the editor starts.');
const { wasm, translations, ripgrep } = workerData as ScanWorkerData;
if (translations !== undefined) l10n.config({ contents: translations as l10n.l10nJsonFormat });

const engine = new Lazy(async () => new (await import('./scan/engine.js')).Engine({ readWasm: (name) => readFile(join(wasm, name)) }));
/** By folder; made anew by each scan of the folder, because what happened meanwhile is not known. */
const changed = new Map<string, Changes>();

interface Changes {
  readonly files: ChangedFiles;
  /** Which keys are known, and what the person has set, changes while the rest stays. */
  readonly now: { personal: PersonalFacts };
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

function optionsFor(folder: string): Omit<ScanOptions, 'personal'> {
  return {
    cwd: folder,
    forEditor: true,
    onFindings: (path, findings) => { teller.judged(path, findings); },
    onProgress: (files) => { teller.progress(files); },
    onSkipped: ({ path, reason }) => { say({ kind: 'skipped', path: withSlashes(resolve(folder, path)), reason }); },
    onSettingsProblem: ({ path, line, message }) => { say({ kind: 'problem', path, line, message }); },
  };
}

async function answer(request: ScanRequest): Promise<void> {
  const { folder, personal } = request;
  let files = 0;
  if (request.kind === 'folder') {
    changed.delete(folder);
    files = (await scanPaths([folder], () => engine.get(), { ...optionsFor(folder), personal, ripgrep })).summary.files;
  } else {
    const known = changed.get(folder) ?? changesIn(folder, personal);
    known.now.personal = personal;
    await known.files.scan(request.changes);
  }
  teller.flush();
  say({ kind: 'done', files });
}

function changesIn(folder: string, personal: PersonalFacts): Changes {
  const now = { personal };
  const files = new ChangedFiles(folder, () => engine.get(), {
    ...optionsFor(folder),
    onNothing: (path) => { teller.judged(path, null); },
    get personal() { return now.personal; },
  });
  const known = { files, now };
  changed.set(folder, known);
  return known;
}

port.on('message', (request: ScanRequest) => {
  answer(request).catch((error: unknown) => {
    teller.flush();
    if (error instanceof ExpectedError) say({ kind: 'failed', code: error.code, message: error.message, nextStep: error.nextStep });
    else say({ kind: 'failed', code: 'defect', message: withoutTokens(error instanceof Error ? error.stack ?? error.message : String(error)) });
  });
});
