import { EMPTY_CONTEXT, type KnownKey, type ScanContext } from '../scan/context.js';
import { join, parentOf, type FileReader } from './fileReader.js';
import { findRepository, type GitRepository } from './gitRepository.js';
import { PackageJsons } from './packageJson.js';

/** Looks up a stored key by fingerprint. */
export type KnownKeys = (fingerprint: string) => KnownKey | undefined;

const NO_KEYS: KnownKeys = () => undefined;

/** What rules may know beyond a document; gathered first, so that scanning itself stays synchronous. */
export class Project {
  readonly #reader: FileReader;
  readonly #packages: PackageJsons;
  readonly #repositories = new Map<string, Promise<GitRepository | undefined>>();

  constructor(reader: FileReader) {
    this.#reader = reader;
    this.#packages = new PackageJsons(reader);
  }

  /** The facts about one file; `path` is absolute, with `/`. The context answers for that file, whatever path it is asked about. */
  async contextFor(path: string, knownKey: KnownKeys = NO_KEYS): Promise<ScanContext> {
    const folder = parentOf(path) ?? '/';
    const [dependencies, repository] = await Promise.all([this.#packages.nearest(folder), this.repositoryOf(folder)]);
    // Outside of any repository nothing is tracked, and that is certain.
    const tracked = repository === undefined ? false : repository.isTracked(path);
    return { ...EMPTY_CONTEXT, dependencies: () => dependencies, isTracked: () => tracked, knownKey };
  }

  /** The repository around the folder. */
  async repositoryOf(folder: string): Promise<GitRepository | undefined> {
    let known = this.#repositories.get(folder);
    if (known === undefined) {
      known = this.#findRepository(folder);
      this.#repositories.set(folder, known);
    }
    return known;
  }

  /** To be called when one of the files that `isProjectFile` names was changed, made or deleted. */
  forget(): void {
    this.#packages.forget();
    this.#repositories.clear();
  }

  /** Asks upwards folder by folder, so that the index of a repository is read once for all of its folders. */
  async #findRepository(folder: string): Promise<GitRepository | undefined> {
    const here = await this.#reader.read(join(folder, '.git/HEAD')) ?? await this.#reader.read(join(folder, '.git'));
    if (here !== undefined) return findRepository(folder, this.#reader);
    const parent = parentOf(folder);
    return parent === undefined ? undefined : this.repositoryOf(parent);
  }
}

/** Whether facts that a Project remembers depend on that file. */
export function isProjectFile(path: string): boolean {
  return /(?:^|\/)(?:package\.json|\.git|\.git\/(?:.*\/)?index)$/.test(path);
}
