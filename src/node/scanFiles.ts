import { lstat } from 'node:fs/promises';
import { below } from '../project/fileReader.js';
import { isProjectFile } from '../project/projectFiles.js';
import { isNeverWalked, Walked } from '../project/walked.js';
import type { FileChanges } from '../scanMessages.js';
import { DiskReader, errorCode } from './files.js';
import { Reader } from './readText.js';
import { Judge, type EngineSource, type ScanOptions } from './scan/judge.js';
import { Turns } from './turns.js';
import { walk } from './walk.js';

/** What a scan of single files is told besides. */
export interface FilesOptions extends ScanOptions {
  /** There is no such file any more (of a folder: nothing below it), or it has nothing that concerns us. */
  readonly onNothing: (path: string) => void;
}

/**
 * Scans the files of a folder that changed after it was scanned, as that scan would, and those whose judgement rests on them. Keeps what it
 * knows of the project in between.
 */
export class ChangedFiles {
  readonly #folder: string;
  readonly #options: FilesOptions;
  readonly #judge: Judge;
  readonly #turns: Turns;
  readonly #reader: Reader;
  #walked: Walked | undefined;
  /** Nothing was judged by this one yet, so that it cannot tell what became different. */
  #isFresh = true;

  /** @param folder absolute, with `/` */
  constructor(folder: string, engine: EngineSource, options: FilesOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#turns = new Turns(options.signal);
    this.#reader = new Reader(options.onReading);
    this.#judge = new Judge(engine, options);
  }

  async scan({ paths, cameOrWent, judged, isOutdated }: FileChanges): Promise<void> {
    const { project } = this.#judge;
    const came = new Set(cameOrWent);
    let isDifferent = isOutdated || this.#isFresh;
    for (const path of paths) {
      if (isProjectFile(path)) {
        project.forget(path);
        this.#walked = undefined;
        isDifferent = true;
      } else project.sourceChanged(path, came.has(path));
    }
    if (await project.refresh()) isDifferent = true;
    this.#isFresh = false;
    const files = new Set<string>();
    for (const path of paths) await this.#expand(path, files);
    if (isDifferent) for (const path of judged) files.add(path);
    for (const path of files) {
      this.#options.signal?.throwIfAborted();
      await this.#scanOne(path);
    }
  }

  async #expand(path: string, files: Set<string>): Promise<void> {
    const relative = below(this.#folder, path);
    if (relative === undefined || isNeverWalked(relative)) return;
    const entry = await lstat(path).catch(() => undefined);
    if (entry?.isFile() === true) files.add(path);
    // Links are not followed: what they point to is scanned where it lives, or is none of this folder's business.
    else if (entry?.isDirectory() !== true || !(await this.#walkedBy().hasFolder(path))) this.#options.onNothing(path);
    else {
      const walking = walk(path, { turns: this.#turns, repositoryOf: (folder) => this.#judge.project.repositoryOf(folder), onUnreadable: (folder, code) => { this.#judge.skip(folder, code); } });
      for await (const found of walking) for (const file of found.files) files.add(file);
    }
  }

  async #scanOne(path: string): Promise<void> {
    this.#judge.lookAgainAt(path);
    const text = await this.#walkedBy().hasFile(path) ? await this.#textOf(path) : undefined;
    if (text !== undefined) {
      await this.#judge.judge(path, text);
      return;
    }
    this.#options.onNothing(path);
    // Said last: of what is nothing to tell of, nobody remembers why.
    const left = this.#judge.leftOut(path);
    if (left !== undefined) this.#options.onSkipped(left);
  }

  async #textOf(path: string): Promise<string | undefined> {
    try {
      return await this.#judge.relevantText(path, this.#reader.read(path));
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.#judge.skip(path, code);
      return undefined;
    }
  }

  #walkedBy(): Walked {
    return (this.#walked ??= new Walked(this.#folder, new DiskReader(), (folder) => this.#judge.project.repositoryOf(folder)));
  }
}
