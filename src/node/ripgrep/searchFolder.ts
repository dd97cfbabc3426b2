import { readdirSync, realpathSync } from 'node:fs';
import { withSlashes } from '../files.js';
import { NEVER, walk, type WalkOptions } from '../walk.js';
import { searchContents, type Ripgrep } from './search.js';

/** What ripgrep found, and what is left to do after it. */
export interface FolderSearch {
  /** How many files were looked at, and how large they are. */
  readonly files: number;
  readonly bytes: number;
  /** Files that it did not look at, and that count. */
  readonly others: readonly string[];
}

/**
 * Lets ripgrep search a folder, and walks through it meanwhile: the walk says which files count. Undefined where ripgrep failed, or may not have
 * looked at all that it should.
 *
 * @param onFile told of each file that counts and has a trace of Stigg, while the search goes on; whatever becomes of it, they do count
 */
export async function searchFolder(ripgrep: Ripgrep, walking: WalkOptions, onFile: (path: string) => void): Promise<FolderSearch | undefined> {
  const { folder, signal } = ripgrep;
  // ripgrep looks for ignore files above where a link leads to, we above the link.
  if (realPath(folder) !== folder || folder.split('/').includes('.git')) return undefined;
  const stop = new AbortController();
  const files = new Set<string>();
  const others: string[] = [];
  const early: string[] = [];
  let isWalked = false as boolean;
  const searching = searchContents({ ...ripgrep, signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]) }, (path) => {
    if (files.delete(path)) onFile(path);
    else if (!isWalked) early.push(path);
  });
  let expected = 0;
  try {
    for await (const found of walk(folder, walking)) {
      if (!found.isPlain) return undefined;
      for (const path of found.files) files.add(path);
      for (const path of found.ignored) {
        files.delete(path);
        others.push(path);
      }
      expected += found.files.length - found.ignored.length;
    }
    isWalked = true;
    for (const path of early) if (files.delete(path)) onFile(path);
  } finally {
    // Nobody needs its answer any more, and it must not outlive us.
    if (!isWalked) {
      stop.abort();
      await searching;
    }
  }
  const searched = await searching;
  signal?.throwIfAborted();
  if (searched === undefined) return undefined;
  const unreadable = searched.unreadable.filter((path) => files.has(path));
  // It has seen others than we, for whatever reason.
  if (searched.files !== expected - unreadable.length) return undefined;
  return { files: searched.files, bytes: searched.bytes, others: [...others, ...unreadable] };
}

/** Whether there is so little in a folder that it is walked before ripgrep has started. */
export function isSmall(top: string, few: number): boolean {
  let entries = 0;
  const folders = [top];
  for (const folder of folders) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (++entries > few) return false;
        if (entry.isDirectory() && !NEVER.has(entry.name)) folders.push(`${folder}/${entry.name}`);
      }
    } catch {
      // The walk says it.
    }
  }
  return true;
}

function realPath(folder: string): string | undefined {
  try {
    return withSlashes(realpathSync.native(folder));
  } catch {
    return undefined;
  }
}
