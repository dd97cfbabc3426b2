/** A name in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * How facts about a project are read: by Node on the command line, by the workspace's file system in the editor.
 * Paths are absolute, with `/`.
 */
export interface FileReader {
  /** The content; undefined when there is no such file or it cannot be read. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The entries of a folder, without symbolic links to folders; undefined when there is no such folder or it cannot be read. */
  list(folder: string): Promise<readonly FolderEntry[] | undefined>;
}

/** The folder of a path; undefined above the root. Understands `/a/b`, `C:/a/b` and `//server/share/a`. */
export function parentOf(path: string): string | undefined {
  const cut = withoutEnd(path).lastIndexOf('/');
  if (cut < 0 || path === '/' || /^[A-Za-z]:\/?$/.test(path)) return undefined;
  return cut === 0 ? '/' : path.slice(0, cut);
}

/** Joins a folder and a relative path, resolving `.` and `..`. */
export function join(folder: string, relative: string): string {
  if (/^(?:\/|[A-Za-z]:\/)/.test(relative)) return normalise(relative);
  return normalise(`${withoutEnd(folder)}/${relative}`);
}

/** The path seen from a folder above it; undefined when it lies elsewhere. */
export function below(folder: string, path: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The text of a file; undefined where the reader has none. */
export async function readText(reader: FileReader, path: string): Promise<string | undefined> {
  const bytes = await reader.read(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** Runs at most so many at a time, in order of the items. */
export async function inTurns<T>(items: Iterable<T>, atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function withoutEnd(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length > 1) parts.pop();
    } else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.length === 1 && parts[0] === '' ? '/' : parts.join('/');
}
