import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import type { FileReader } from '../project/fileReader.js';

/** A path with `/`, whatever the platform. */
export function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** Reads from the local disk. Waits for it: what is read so are small files by the dozen, of which each takes three times as long otherwise. For the command line and threads of our own. */
export const diskReader: FileReader = {
  read: (path) => Promise.resolve(attempt(() => readFileSync(path))),
  list: (folder) => Promise.resolve(attempt(() => readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() })))),
};

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
