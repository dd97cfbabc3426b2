import type { FileReader } from '../../../src/project/fileReader.js';

/** A file system in memory. Its files may be changed while it is in use. */
export class MemoryFiles implements FileReader {
  readonly files: Map<string, string>;
  /** What was read and listed. */
  readonly reads: string[] = [];

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files));
  }

  readonly read = (path: string): Promise<Uint8Array | undefined> => {
    this.reads.push(path);
    const text = this.files.get(path);
    return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
  };

  readonly list = (folder: string): Promise<readonly { readonly name: string; readonly isFolder: boolean }[] | undefined> => {
    this.reads.push(`${folder}/`);
    const prefix = folder === '/' ? '/' : `${folder}/`;
    const names = new Map<string, boolean>();
    for (const path of this.files.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name = '', ...rest] = path.slice(prefix.length).split('/');
      names.set(name, rest.length > 0);
    }
    return Promise.resolve(names.size === 0 ? undefined : Array.from(names, ([name, isFolder]) => ({ name, isFolder })));
  };
}
