import { lstat, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import { below } from '../project/fileReader.js';
import type { Report } from '../report/report.js';
import { errorCode, withSlashes } from './files.js';
import { Reader, type ReadResult } from './readText.js';
import { ReaderPool, threadCount } from './readers/pool.js';
import { isSmall, searchFolder } from './ripgrep/searchFolder.js';
import { Judge, type EngineSource, type ScanOptions } from './scan/judge.js';
import { Turns } from './turns.js';
import { walk, type WalkOptions } from './walk.js';

/** Which files below a folder count. */
export interface PathsOptions extends ScanOptions {
  /** What git ignores is scanned as well. */
  readonly includeIgnored?: boolean;
  /** ripgrep's binary, by its absolute path; large folders are walked and searched by it. What is found stays the same. */
  readonly ripgrep?: string | undefined;
  /** The script of threads that read large folders where ripgrep does not, by its absolute path. What is found stays the same. */
  readonly readWorker?: string | undefined;
  /** How many of them; by default as many as there are cores to spare. */
  readonly threads?: number;
  /** Folders with no more entries are walked before ripgrep or a thread has started. */
  readonly few?: number;
}

const FEW = 600;

/**
 * Scans files and folders. Rejects with ExpectedError `pathUnreadable` when one of the named paths cannot be read;
 * what cannot be read below them is left out, noted and reported.
 */
export async function scanPaths(paths: readonly string[], engine: EngineSource, options: PathsOptions): Promise<Report> {
  const scan = new PathsScan(engine, options);
  const absolute = paths.map((name) => withSlashes(resolve(options.cwd, name)));
  // A file that is reached twice is scanned once, which takes a walk that remembers.
  const isApart = !absolute.some((path, index) => absolute.some((other, at) => at !== index && (other === path || below(other, path) !== undefined)));
  for (const path of absolute) {
    if (!(await isFolder(path))) await scan.file(path, true);
    else if (!isApart || !(await scan.folderByRipgrep(path))) await scan.folder(path);
  }
  options.signal?.throwIfAborted();
  return scan.report();
}

class PathsScan {
  readonly #options: PathsOptions;
  readonly #turns: Turns;
  readonly #judge: Judge;
  readonly #reader: Reader;
  readonly #seen = new Set<string>();

  constructor(engine: EngineSource, options: PathsOptions) {
    this.#options = options;
    this.#turns = new Turns(options.signal);
    this.#reader = new Reader(options.onReading);
    this.#judge = new Judge(engine, options);
  }

  report(): Report {
    return this.#judge.report();
  }

  async file(path: string, isNamed = false): Promise<void> {
    if (this.#turns.isOver) await this.#turns.next();
    if (!this.#isNew(path)) return;
    const content = this.#content(path, isNamed);
    if (content !== undefined) await this.#judgeContent(path, content, false);
  }

  async folder(path: string): Promise<void> {
    const { readWorker, threads = threadCount(), few = FEW } = this.#options;
    if (readWorker !== undefined && threads > 0 && !isSmall(path, few)) return this.#folderByThreads(path, readWorker, threads);
    for await (const { files } of walk(path, this.#walkOptions(path))) await this.#files(files);
  }

  async #folderByThreads(path: string, script: string, threads: number): Promise<void> {
    const pool = new ReaderPool(script, threads, (files, bytes) => { this.#judge.count(files, bytes); });
    try {
      for await (const { files } of walk(path, this.#walkOptions(path))) {
        pool.add(files.filter((file) => this.#isNew(file)));
        while (pool.isFull) await this.#helpAlong(pool);
      }
      pool.end();
      while (!pool.isDone) await this.#helpAlong(pool);
    } finally {
      await pool.close();
    }
  }

  /** Judges what a thread has found, or else reads some files itself. */
  async #helpAlong(pool: ReaderPool): Promise<void> {
    const found = pool.takeFound();
    const unread = found === undefined ? pool.takeUnread() : [found];
    if (unread === undefined) return pool.changed(this.#options.signal);
    await this.#read(unread);
    // Threads have something to say, and wait for more.
    await this.#turns.next();
  }

  /** False when it is still to be walked. */
  async folderByRipgrep(path: string): Promise<boolean> {
    const { ripgrep, includeIgnored = false, signal, few = FEW } = this.#options;
    if (ripgrep === undefined || isSmall(path, few)) return false;
    let [files, bytes] = [0, 0];
    let judging = Promise.resolve();
    const judge = async (file: string): Promise<void> => {
      if (this.#turns.isOver) await this.#turns.next();
      this.#seen.add(file);
      const content = this.#content(file, false);
      if (content === undefined) return;
      files++;
      if ('bytes' in content) bytes += content.bytes;
      await this.#judgeContent(file, content, true);
    };
    // While it goes on, so that at its end little is left to do.
    const found = await searchFolder({ binary: ripgrep, folder: path, includeIgnored, signal }, this.#walkOptions(path), (file) => {
      judging = judging.then(() => judge(file));
      // Whoever waits for all of it is told.
      judging.catch(() => undefined);
    });
    if (found !== undefined) this.#judge.count(found.files, found.bytes);
    await judging;
    if (found === undefined) {
      this.#judge.count(files, bytes);
      return false;
    }
    await this.#files(found.others);
    return true;
  }

  async #files(paths: readonly string[]): Promise<void> {
    await this.#read(paths.filter((path) => this.#isNew(path)));
  }

  /** Most have nothing to do with us: what has no promise in it takes a tenth of the time. */
  async #read(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      if (this.#turns.isOver) await this.#turns.next();
      const content = this.#content(path, false);
      if (content?.kind === 'irrelevant') this.#judge.count(1, content.bytes);
      else if (content !== undefined) await this.#judgeContent(path, content, false);
    }
  }

  #isNew(path: string): boolean {
    if (this.#seen.has(path)) return false;
    this.#seen.add(path);
    return true;
  }

  #walkOptions(top: string): WalkOptions {
    return {
      includeIgnored: this.#options.includeIgnored === true,
      turns: this.#turns,
      repositoryOf: (folder) => this.#judge.project.repositoryOf(folder),
      onUnreadable: (folder, code) => {
        if (folder === top) throw unreadable(folder, code);
        if (!wentAway(folder, code)) this.#judge.skip(folder, code);
      },
    };
  }

  async #judgeContent(path: string, content: ReadResult, isCounted: boolean): Promise<void> {
    const text = await this.#judge.relevantText(path, content, isCounted);
    if (text !== undefined) this.#judge.add(await this.#judge.judge(path, text));
    else if (content.kind === 'data' && content.tokens.length > 0) this.#judge.add(await this.#judge.judgeData(path, content.tokens));
  }

  #content(path: string, isNamed: boolean): ReadResult | undefined {
    try {
      return this.#reader.read(path);
    } catch (error) {
      const code = errorCode(error);
      if (isNamed) throw unreadable(path, code, error);
      if (!wentAway(path, code)) this.#judge.skip(path, code);
      return undefined;
    }
  }
}

/** It was deleted while we were scanning. A name that is no UTF-8 cannot be opened either, and that must be said. */
function wentAway(path: string, code: string): boolean {
  return code === 'ENOENT' && !path.includes('\uFFFD');
}

async function isFolder(path: string): Promise<boolean> {
  try {
    const entry = await lstat(path);
    const target = entry.isSymbolicLink() ? await stat(path) : entry;
    if (target.isDirectory()) return true;
    if (target.isFile()) return false;
  } catch (error) {
    throw unreadable(path, errorCode(error), error);
  }
  throw new ExpectedError('pathUnreadable', l10n.t('{0} is neither a file nor a folder.', path), l10n.t('Name files or folders.'));
}

function unreadable(path: string, code: string, cause?: unknown): ExpectedError {
  return new ExpectedError('pathUnreadable', l10n.t('{0} cannot be read ({1}).', path, code), l10n.t('Check the path and its permissions.'), { cause });
}
