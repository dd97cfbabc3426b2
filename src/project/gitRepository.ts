import { join, parentOf, type FileReader } from './fileReader.js';
import { parseGitIndex } from './gitIndex.js';

/** A work tree and what git tracks in it. */
export interface GitRepository {
  /** Absolute, with `/`, without a trailing one. */
  readonly root: string;
  /** The file with ignore patterns that are nobody else's. */
  readonly excludeFile: string;
  /** Whether the file is tracked; undefined when the index could not be read. */
  isTracked(path: string): boolean | undefined;
  /** Whether anything below the folder is tracked. */
  tracksBelow(folder: string): boolean;
}

/** Finds the repository around a folder by reading files only, so that it works without git and without a local disk. */
export async function findRepository(folder: string, reader: FileReader): Promise<GitRepository | undefined> {
  for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
    const gitFolder = await gitFolderOf(at, reader);
    if (gitFolder !== undefined) return readRepository(at, gitFolder, reader);
  }
  return undefined;
}

/** `.git` is a folder, or a file that names one (work trees, submodules). */
async function gitFolderOf(root: string, reader: FileReader): Promise<string | undefined> {
  const dotGit = join(root, '.git');
  if (await reader.read(join(dotGit, 'HEAD')) !== undefined) return dotGit;
  const pointer = await reader.read(dotGit);
  const target = pointer === undefined ? undefined : /^gitdir: (.+)/.exec(new TextDecoder().decode(pointer))?.[1]?.trim().replaceAll('\\', '/');
  return target === undefined ? undefined : join(root, target);
}

async function readRepository(root: string, gitFolder: string, reader: FileReader): Promise<GitRepository> {
  const bytes = await reader.read(join(gitFolder, 'index'));
  // A repository without an index has nothing added yet.
  const index = bytes === undefined ? { paths: new Set<string>(), folders: [], sharedIndex: undefined } : parseGitIndex(bytes);
  const shared = index?.sharedIndex === undefined ? undefined : await reader.read(join(gitFolder, index.sharedIndex));
  // What the split index deletes from its base is not looked at: a file deleted from the index rarely is one to scan.
  const base = shared === undefined ? undefined : parseGitIndex(shared);
  const folders = [...(index?.folders ?? []), ...(base?.folders ?? [])];
  // Work trees share what is not about their files.
  const common = await reader.read(join(gitFolder, 'commondir'));
  const commonFolder = common === undefined ? gitFolder : join(gitFolder, new TextDecoder().decode(common).trim().replaceAll('\\', '/'));
  const prefix = root === '/' ? '/' : `${root}/`;
  let parents: Set<string> | undefined;
  return {
    root,
    excludeFile: join(commonFolder, 'info/exclude'),
    isTracked: (path) => {
      if (index === undefined) return undefined;
      if (!path.startsWith(prefix)) return false;
      const relative = path.slice(prefix.length);
      return index.paths.has(relative) || base?.paths.has(relative) === true || folders.some((entry) => relative.startsWith(entry));
    },
    tracksBelow: (folder) => {
      parents ??= foldersOf([...(index?.paths ?? []), ...(base?.paths ?? []), ...folders]);
      return folder.startsWith(prefix) && parents.has(folder.slice(prefix.length).replace(/\/$/, ''));
    },
  };
}

function foldersOf(paths: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const path of paths) {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      const folder = path.slice(0, cut);
      if (found.has(folder)) break;
      found.add(folder);
    }
  }
  return found;
}
