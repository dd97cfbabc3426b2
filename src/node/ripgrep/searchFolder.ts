import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import type { GitRepository } from '../../project/gitRepository.js';
import { isEnvFile } from '../../scan/envFiles.js';
import { withSlashes } from '../files.js';
import { Ignored } from './ignored.js';
import { discover, searchContents, type Ripgrep } from './search.js';

/** What ripgrep found, and what is left to do after it. */
export interface FolderSearch {
  /** How many files were looked at, and how large they are. */
  readonly files: number;
  readonly bytes: number;
  /** Whether a walk of ours would have come by a file that ripgrep told. */
  isWalked(path: string): boolean;
  /** Files that count although git ignores them. */
  readonly others: readonly string[];
  /** Folders that are walked by ourselves: ignored ones with tracked files in them, and what could not be read. */
  readonly folders: readonly string[];
}

/**
 * Lets ripgrep walk through a folder and search it. Undefined where our own walk has to do it: ripgrep failed, or it would not look at exactly what
 * we look at.
 *
 * @param onFile told of each file with a trace of Stigg, before it is known whether it counts
 */
export async function searchFolder(ripgrep: Ripgrep, repositoryOf: (folder: string) => Promise<GitRepository | undefined>, onFile: (path: string) => void): Promise<FolderSearch | undefined> {
  const { folder, includeIgnored, few, signal } = ripgrep;
  // ripgrep looks for ignore files above where a link leads to, we above the link.
  if (isSmall(folder, few) || realPath(folder) !== folder || folder.split('/').includes('.git')) return undefined;
  const stop = new AbortController();
  const both = { ...ripgrep, signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]) };
  const searching = searchContents(both, onFile);
  const ignored = includeIgnored ? undefined : await ignoredIn(both, repositoryOf);
  if (ignored === undefined && !includeIgnored) stop.abort();
  const searched = await searching;
  signal?.throwIfAborted();
  if (searched === undefined || (ignored === undefined && !includeIgnored)) return undefined;
  const tracked = ignored?.rules.trackedButIgnored(ignored.repository);
  const again = searched.unreadable.map((path) => ({ path, isFolder: isFolder(path) }));
  return {
    files: searched.files,
    bytes: searched.bytes,
    isWalked: (path) => ignored?.rules.ignoredPart(path) === undefined,
    others: [...(ignored?.envFiles ?? []), ...(tracked?.files ?? []).filter(isFile), ...again.flatMap(({ path, isFolder: not }) => (not ? [] : [path]))],
    folders: [...(tracked?.folders ?? []), ...again.flatMap(({ path, isFolder: yes }) => (yes ? [path] : []))],
  };
}

async function ignoredIn(ripgrep: Ripgrep, repositoryOf: (folder: string) => Promise<GitRepository | undefined>): Promise<{ rules: Ignored; repository: GitRepository | undefined; envFiles: readonly string[] } | undefined> {
  // Its index is read while ripgrep is at work.
  const [discovered, repository] = await Promise.all([discover(ripgrep), repositoryOf(ripgrep.folder)]);
  const rules = discovered === undefined ? undefined : await Ignored.of(ripgrep.folder, discovered, repositoryOf);
  if (discovered === undefined || rules === undefined) return undefined;
  return { rules, repository, envFiles: discovered.filter((path) => isEnvFile(path) && rules.ignoredPart(path) === path) };
}

function isSmall(top: string, few: number): boolean {
  let entries = 0;
  const folders = [top];
  for (const folder of folders) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (++entries > few) return false;
        if (entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules') folders.push(`${folder}/${entry.name}`);
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

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
