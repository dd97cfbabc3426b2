import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import type { FileReader, FolderEntry } from '../project/fileReader.js';
import { Turns } from './turns.js';

/** A path with `/`, whatever the platform. */
export function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** What would wait for a writer, such as a pipe with the name of a settings file, is opened without. (Windows has no such flag: undefined is none.) */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads from the local disk. Waits for it, because of small files by the hundred each takes three times as long otherwise, and lets others have
 * their turn now and then. For the command line and threads of our own.
 */
export class DiskReader implements FileReader {
  readonly #turns = new Turns(undefined);

  async read(path: string): Promise<Uint8Array | undefined> {
    if (this.#turns.isOver) await this.#turns.next();
    return attempt(() => readFileOnly(path));
  }

  async list(folder: string): Promise<readonly FolderEntry[] | undefined> {
    if (this.#turns.isOver) await this.#turns.next();
    return attempt(() => readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() })));
  }
}

function readFileOnly(path: string): Uint8Array | undefined {
  const file = openSync(path, FLAGS);
  try {
    return fstatSync(file).isFile() ? readFileSync(file) : undefined;
  } finally {
    closeSync(file);
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The system's error code, such as ENOENT. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code ?? 'unknown';
}
