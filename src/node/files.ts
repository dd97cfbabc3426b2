import { readdir, readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import type { FileReader } from '../project/fileReader.js';

/** A path with `/`, whatever the platform. */
export function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** Reads from the local disk. */
export const diskReader: FileReader = {
  read: async (path) => {
    try {
      return await readFile(path);
    } catch {
      return undefined;
    }
  },
  list: async (folder) => {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    } catch {
      return undefined;
    }
  },
};

/** The system's error code, such as ENOENT. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code ?? 'unknown';
}
