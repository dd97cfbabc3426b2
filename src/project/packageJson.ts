import { join, parentOf, readText, type FileReader } from './fileReader.js';
import { onceFor } from './onceFor.js';

const KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** What a package.json says, as far as it matters here. */
export interface Manifest {
  /** The folder of the file, absolute. */
  readonly folder: string;
  readonly name: string | undefined;
  /** The names of dependencies of all kinds. */
  readonly dependencies: ReadonlySet<string>;
  /** The patterns of the workspace's packages; undefined where it is no root of one. */
  readonly workspaces: readonly string[] | undefined;
  /** The fields that say which file an import gets, as they are written. */
  readonly entryPoints: { readonly exports?: unknown; readonly imports?: unknown; readonly files: readonly string[] };
}

/** Reads manifests, and remembers them until told to forget. */
export class PackageJsons {
  readonly #reader: FileReader;
  readonly #nearest = new Map<string, Promise<Manifest | undefined>>();
  readonly #own = new Map<string, Promise<Manifest | undefined>>();

  constructor(reader: FileReader) {
    this.#reader = reader;
  }

  /** The manifest of the folder, or else of the nearest one above. Undefined when there is none that can be read. */
  async nearest(folder: string): Promise<Manifest | undefined> {
    return onceFor(this.#nearest, folder, () => this.#find(folder));
  }

  /** The manifest of that very folder. */
  async of(folder: string): Promise<Manifest | undefined> {
    return onceFor(this.#own, folder, () => readText(this.#reader, join(folder, 'package.json')).then((text) => (text === undefined ? undefined : manifestIn(text, folder))));
  }

  /** To be called when a package.json was changed, made or deleted. */
  forget(): void {
    this.#nearest.clear();
    this.#own.clear();
  }

  async #find(folder: string): Promise<Manifest | undefined> {
    const found = await this.of(folder);
    if (found !== undefined) return found;
    const parent = parentOf(folder);
    return parent === undefined ? undefined : this.nearest(parent);
  }
}

/** What the text of a package.json says; undefined when it is none. */
export function manifestIn(text: string, folder: string): Manifest | undefined {
  const manifest = objectIn(text);
  if (manifest === undefined) return undefined;
  const dependencies = new Set<string>();
  for (const kind of KINDS) {
    const group = manifest[kind];
    if (isObject(group)) for (const name of Object.keys(group)) dependencies.add(name);
  }
  const { name, workspaces, exports, imports } = manifest;
  const patterns = isObject(workspaces) ? workspaces.packages : workspaces;
  return {
    folder,
    name: typeof name === 'string' ? name : undefined,
    dependencies,
    workspaces: Array.isArray(patterns) ? patterns.filter((pattern) => typeof pattern === 'string') : undefined,
    entryPoints: {
      exports,
      imports,
      files: ['source', 'svelte', 'browser', 'module', 'main', 'types'].flatMap((field) => (typeof manifest[field] === 'string' ? [manifest[field]] : [])),
    },
  };
}

/** The object in a JSON text; undefined when there is none, or the text is damaged. */
function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
