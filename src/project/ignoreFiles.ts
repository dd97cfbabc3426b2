import { below, join, readText, type FileReader } from './fileReader.js';
import type { GitRepository } from './gitRepository.js';
import { isIgnored, parseIgnoreFile, type IgnoreRules } from './ignoreRules.js';
import { onceFor } from './onceFor.js';

/** Answers whether git ignores a file, and remembers the ignore files that it read until told to forget. A person's global ones are not looked at. */
export class IgnoreFiles {
  readonly #reader: FileReader;
  readonly #known = new Map<string, Promise<IgnoreRules | undefined>>();

  constructor(reader: FileReader) {
    this.#reader = reader;
  }

  /** `path` is absolute. What git tracks it does not ignore, whatever the patterns say. */
  async isIgnored(path: string, repository: GitRepository): Promise<boolean> {
    const relative = below(repository.root, path);
    if (relative === undefined || repository.isTracked(path) === true) return false;
    const rules: IgnoreRules[] = [];
    const add = async (folder: string, file: string): Promise<void> => {
      const found = await this.#rules(folder, file);
      if (found !== undefined) rules.push(found);
    };
    await add(repository.root, repository.excludeFile);
    let at = repository.root;
    const names = relative.split('/');
    for (const [index, name] of names.entries()) {
      await add(at, join(at, '.gitignore'));
      at = join(at, name);
      // Git never enters an ignored folder, so that nothing below it can be taken back.
      if (isIgnored(at, index < names.length - 1, rules)) return true;
    }
    return false;
  }

  async #rules(folder: string, file: string): Promise<IgnoreRules | undefined> {
    return onceFor(this.#known, file, () => readText(this.#reader, file).then((text) => (text === undefined ? undefined : parseIgnoreFile(folder, text))));
  }
}
