import type { FileChanges } from '../../scanMessages.js';
import { isProjectFile } from '../../project/projectFiles.js';
import { isNeverWalked } from '../../project/walked.js';

/** So many events at once are a change of branch or the like: then the folder is walked again, which costs less. */
export const MOST_CHANGES = 1_000;

/** What happened to the files of one folder since it was scanned last, until it is looked at. */
export class PendingChanges {
  readonly #paths = new Set<string>();
  readonly #cameOrWent = new Set<string>();
  #isOutdated = false;
  #isEverything = false;

  get isEmpty(): boolean {
    return this.#paths.size === 0 && !this.#isOutdated && !this.#isEverything;
  }

  /** A single look at what changed is not enough: the whole folder has to be walked. */
  get isEverything(): boolean {
    return this.#isEverything || this.#paths.size > MOST_CHANGES;
  }

  /** A file or folder was changed, or came or went. False when that is nobody's business. */
  add(path: string, relative: string, cameOrWent: boolean): boolean {
    // Of git's own files only those matter that say what is tracked and ignored.
    if (isNeverWalked(relative) && !(isProjectFile(path) && !relative.includes('node_modules/'))) return false;
    // What was ignored may be walked from now on.
    if (/(?:^|\/)(?:\.gitignore|info\/exclude|\.git)$/.test(path)) this.#isEverything = true;
    if (this.#paths.size <= MOST_CHANGES) {
      this.#paths.add(path);
      if (cameOrWent) this.#cameOrWent.add(path);
    }
    return true;
  }

  /** What files are judged by changed: keys, levels of rules. */
  outdate(): void {
    this.#isOutdated = true;
  }

  /** Nobody knows what happened. */
  addEverything(): void {
    this.#isEverything = true;
  }

  /** Takes all of it, for whoever looks at it now. */
  take(judged: Iterable<string>): FileChanges {
    const changes = { paths: [...this.#paths], cameOrWent: [...this.#cameOrWent], judged: [...judged], isOutdated: this.#isOutdated };
    this.clear();
    return changes;
  }

  clear(): void {
    this.#paths.clear();
    this.#cameOrWent.clear();
    this.#isOutdated = false;
    this.#isEverything = false;
  }
}
