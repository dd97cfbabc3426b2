import { isEnvFile } from '../scan/envFiles.js';
import { below, join, parentOf, readText, type FileReader } from './fileReader.js';
import type { GitRepository } from './gitRepository.js';
import { isIgnored, parseIgnoreFile, type IgnoreRules } from './ignoreRules.js';
import { onceFor } from './onceFor.js';

/** Never entered, whatever the ignore files say: other people's code, and git's own data. */
const NEVER = new Set(['node_modules', '.git', '.hg', '.svn']);

/** Whether a path leads through a folder that no scan enters. Cheap: for the many events that installing packages makes. */
export function isNeverWalked(path: string): boolean {
  return path.split('/').some((name) => NEVER.has(name));
}

/** What a walk knows when it enters a folder; undefined for a folder that it does not enter. */
interface Entered {
  readonly rules: readonly IgnoreRules[];
  readonly repository: GitRepository | undefined;
}

/**
 * Whether a walk that starts at a folder comes by a path, without walking: for single files that changed, and where somebody else lists
 * the files. Honours what the walk honours. Remembers what it read; whoever changes an ignore file or the index makes a new one.
 */
export class Walked {
  readonly #top: string;
  readonly #reader: FileReader;
  readonly #repositoryOf: (folder: string) => Promise<GitRepository | undefined>;
  readonly #folders = new Map<string, Promise<Entered | undefined>>();

  /** @param top the folder that the walk starts at; absolute, with `/` */
  constructor(top: string, reader: FileReader, repositoryOf: (folder: string) => Promise<GitRepository | undefined>) {
    this.#top = top;
    this.#reader = reader;
    this.#repositoryOf = repositoryOf;
  }

  /** Whether the walk comes by the file. */
  async hasFile(path: string): Promise<boolean> {
    const folder = parentOf(path);
    const entered = folder === undefined ? undefined : await this.#entered(folder);
    if (entered === undefined) return false;
    const { rules, repository } = entered;
    return !isIgnored(path, false, rules) || isEnvFile(path) || repository?.isTracked(path) === true;
  }

  /** Whether the walk enters the folder. */
  async hasFolder(path: string): Promise<boolean> {
    return await this.#entered(path) !== undefined;
  }

  #entered(folder: string): Promise<Entered | undefined> {
    return onceFor(this.#folders, folder, () => this.#enter(folder));
  }

  async #enter(folder: string): Promise<Entered | undefined> {
    if (folder === this.#top) return this.#start();
    const name = below(this.#top, folder)?.split('/').at(-1);
    const parent = parentOf(folder);
    if (name === undefined || parent === undefined || NEVER.has(name)) return undefined;
    const outer = await this.#entered(parent);
    if (outer === undefined || (isIgnored(folder, true, outer.rules) && outer.repository?.tracksBelow(folder) !== true)) return undefined;
    const repository = await this.#repositoryOf(folder);
    // A repository inside the repository has rules and an index of its own.
    const above = repository?.root === outer.repository?.root ? outer.rules : await this.#rulesAbove(folder, repository);
    return { rules: await this.#withOwn(folder, above, repository), repository };
  }

  async #start(): Promise<Entered> {
    const repository = await this.#repositoryOf(this.#top);
    const above = await this.#rulesAbove(this.#top, repository);
    // Who opens an ignored folder wants to see inside.
    const rules = above.length > 0 && isIgnored(this.#top, true, above) ? [] : above;
    return { rules: await this.#withOwn(this.#top, rules, repository), repository };
  }

  async #withOwn(folder: string, above: readonly IgnoreRules[], repository: GitRepository | undefined): Promise<readonly IgnoreRules[]> {
    const own = repository === undefined ? undefined : await this.#rulesIn(folder, join(folder, '.gitignore'));
    return own === undefined ? above : [...above, own];
  }

  async #rulesAbove(folder: string, repository: GitRepository | undefined): Promise<IgnoreRules[]> {
    if (repository === undefined) return [];
    const rules: IgnoreRules[] = [];
    for (let at = parentOf(folder); at?.startsWith(repository.root) === true; at = parentOf(at)) {
      const found = await this.#rulesIn(at, join(at, '.gitignore'));
      if (found !== undefined) rules.unshift(found);
    }
    const excluded = await this.#rulesIn(repository.root, repository.excludeFile);
    return excluded === undefined ? rules : [excluded, ...rules];
  }

  async #rulesIn(folder: string, path: string): Promise<IgnoreRules | undefined> {
    const text = await readText(this.#reader, path);
    return text === undefined ? undefined : parseIgnoreFile(folder, text);
  }
}
