import { join, parentOf, type FileReader } from './fileReader.js';

const KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** The dependency names, of all kinds, of the nearest package.json. Remembers what it read until told to forget. */
export class PackageJsons {
  readonly #reader: FileReader;
  readonly #byFolder = new Map<string, Promise<ReadonlySet<string> | undefined>>();

  constructor(reader: FileReader) {
    this.#reader = reader;
  }

  /** Undefined when no folder up to the root has a package.json that can be read. */
  async nearest(folder: string): Promise<ReadonlySet<string> | undefined> {
    let known = this.#byFolder.get(folder);
    if (known === undefined) {
      known = this.#find(folder);
      this.#byFolder.set(folder, known);
    }
    return known;
  }

  /** To be called when a package.json was changed, made or deleted. */
  forget(): void {
    this.#byFolder.clear();
  }

  async #find(folder: string): Promise<ReadonlySet<string> | undefined> {
    const bytes = await this.#reader.read(join(folder, 'package.json'));
    const found = bytes === undefined ? undefined : dependenciesIn(new TextDecoder().decode(bytes));
    if (found !== undefined) return found;
    const parent = parentOf(folder);
    return parent === undefined ? undefined : this.nearest(parent);
  }
}

/** The names in a package.json; undefined when it is none. */
export function dependenciesIn(text: string): ReadonlySet<string> | undefined {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) return undefined;
  const names = new Set<string>();
  for (const kind of KINDS) {
    const group = (manifest as Record<string, unknown>)[kind];
    if (typeof group === 'object' && group !== null) for (const name of Object.keys(group)) names.add(name);
  }
  return names;
}
