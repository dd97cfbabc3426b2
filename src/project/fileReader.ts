/**
 * How facts about a project are read: by Node on the command line, by the workspace's file system in the editor.
 * Paths are absolute, with `/`.
 */
export interface FileReader {
  /** The content; undefined when there is no such file or it cannot be read. */
  read(path: string): Promise<Uint8Array | undefined>;
}

/** The folder of a path; undefined above the root. Understands `/a/b`, `C:/a/b` and `//server/share/a`. */
export function parentOf(path: string): string | undefined {
  const cut = path.replace(/\/+$/, '').lastIndexOf('/');
  if (cut < 0 || path === '/' || /^[A-Za-z]:\/?$/.test(path)) return undefined;
  return cut === 0 ? '/' : path.slice(0, cut);
}

/** Joins a folder and a relative path, resolving `.` and `..`. */
export function join(folder: string, relative: string): string {
  if (/^(?:\/|[A-Za-z]:\/)/.test(relative)) return normalise(relative);
  return normalise(`${folder.replace(/\/+$/, '')}/${relative}`);
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
