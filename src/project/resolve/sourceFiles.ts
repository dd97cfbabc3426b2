import { join, type FileReader } from '../fileReader.js';
import { isModulePath, isSkippedFolder } from '../modules/paths.js';

/** Skipped only beside a package.json: further inside, these are names of routes and folders as any other. */
const OUTPUT = new Set(['dist', 'build', 'out', 'public', 'lib-cov']);
/** Folders that are read at the same time. */
const AT_ONCE = 16;

/** The modules below some folders. */
export interface SourceFiles {
  /** Absolute paths, sorted. */
  readonly modules: readonly string[];
  /** Folders with a package.json. */
  readonly packageFolders: readonly string[];
}

/** Lists the modules below the folders; undefined when there are more than `most`. Folders inside others must be left out. */
export async function sourceFilesBelow(folders: readonly string[], reader: FileReader, most: number): Promise<SourceFiles | undefined> {
  const modules: string[] = [];
  const packageFolders: string[] = [];
  const visit = async (folder: string): Promise<string[]> => {
    const entries = await reader.list(folder) ?? [];
    const isPackage = entries.some(({ name, isFolder }) => !isFolder && name === 'package.json');
    if (isPackage) packageFolders.push(folder);
    const inner: string[] = [];
    for (const { name, isFolder } of entries) {
      if (isFolder) {
        if (!isSkippedFolder(name) && !(isPackage && OUTPUT.has(name))) inner.push(join(folder, name));
      } else if (isModulePath(name)) modules.push(join(folder, name));
    }
    return inner;
  };
  // Level by level, so that the number of open questions is bounded.
  for (let level: readonly string[] = folders; level.length > 0;) {
    const next: string[] = [];
    for (let at = 0; at < level.length; at += AT_ONCE) {
      const found = await Promise.all(level.slice(at, at + AT_ONCE).map(visit));
      next.push(...found.flat());
      if (modules.length > most) return undefined;
    }
    level = next;
  }
  return { modules: modules.sort(), packageFolders };
}
