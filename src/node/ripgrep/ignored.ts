import { existsSync, readFileSync } from 'node:fs';
import { below, parentOf } from '../../project/fileReader.js';
import type { GitRepository } from '../../project/gitRepository.js';
import { isIgnored, parseIgnoreFile, type IgnoreRules } from '../../project/ignoreRules.js';
import { NEVER, rulesAbove } from '../walk.js';
import { isPlain, quickLook } from './plainRules.js';

/** What holds in a folder; `ignored` names the folder around it, or itself, that is not entered. */
interface Held {
  readonly rules: readonly IgnoreRules[];
  readonly repository: GitRepository | undefined;
  readonly ignored?: string;
}

/** What git ignores below a folder, told from the ignore files that are there, which somebody has found already. */
export class Ignored {
  readonly #top: string;
  readonly #own: ReadonlyMap<string, IgnoreRules>;
  readonly #repositories: ReadonlyMap<string, GitRepository>;
  readonly #held = new Map<string, Held>();
  readonly #mayConcern: ((path: string) => boolean) | undefined;

  private constructor(top: string, held: Held, own: ReadonlyMap<string, IgnoreRules>, repositories: ReadonlyMap<string, GitRepository>, mayConcern: ((path: string) => boolean) | undefined) {
    this.#top = top;
    this.#own = own;
    this.#repositories = repositories;
    this.#mayConcern = mayConcern;
    this.#held.set(top, this.#with(held, top));
  }

  /**
   * @param discovered ignore files, and what makes repositories (`.git/HEAD`, or a file `.git`)
   * @returns undefined where ripgrep may ignore something else than we
   */
  static async of(top: string, discovered: readonly string[], repositoryOf: (folder: string) => Promise<GitRepository | undefined>): Promise<Ignored | undefined> {
    const repository = await repositoryOf(top);
    const rules = rulesAbove(top, repository);
    // Who names an ignored folder wants to see inside.
    if (isIgnored(top, true, rules)) return undefined;
    const inner = new Map<string, GitRepository>();
    for (const path of discovered) {
      const folder = /^(.*)\/\.git(?:\/HEAD)?$/.exec(path)?.[1];
      if (folder === undefined || folder === top) continue;
      const found = await repositoryOf(folder);
      if (found?.root !== folder) return undefined;
      inner.set(folder, found);
    }
    const contents = [...sources(top, repository), ...Array.from(inner.values(), ({ excludeFile }) => read(excludeFile))];
    const own = new Map<string, IgnoreRules>();
    for (const path of discovered) {
      if (!path.endsWith('/.gitignore')) continue;
      const folder = parentOf(path) ?? '/';
      if (await repositoryOf(folder) === undefined) {
        // Means nothing to anybody, unless ripgrep takes something else for a repository.
        if (hasGit(folder)) return undefined;
        continue;
      }
      const content = read(path);
      contents.push(content);
      own.set(folder, parseIgnoreFile(folder, content));
    }
    return contents.every(isPlain) ? new Ignored(top, { rules, repository }, own, inner, quickLook(contents)) : undefined;
  }

  /** The path, or the outermost folder around it, that a walk from the top passes by; undefined when it comes by the path. */
  ignoredPart(path: string): string | undefined {
    const folder = parentOf(path) ?? '/';
    const { rules, repository, ignored } = this.#heldIn(folder);
    return ignored ?? (repository !== undefined && isIgnored(path, false, rules) ? path : undefined);
  }

  /** Of what git tracks below the top: what it would ignore otherwise. Files, or folders around some. */
  trackedButIgnored(repository: GitRepository | undefined): { readonly files: readonly string[]; readonly folders: readonly string[] } {
    const files = new Set<string>();
    const folders = new Set<string>();
    for (const each of [...(repository === undefined ? [] : [repository]), ...this.#repositories.values()]) {
      if (this.#mayConcern === undefined) break;
      for (const relative of each.tracked()) {
        if (!this.#mayConcern(relative)) continue;
        const path = `${each.root === '/' ? '' : each.root}/${relative}`;
        if (below(this.#top, path) === undefined) continue;
        const part = this.ignoredPart(path);
        if (part === path) files.add(path);
        else if (part !== undefined && !NEVER.has(part.slice(part.lastIndexOf('/') + 1))) folders.add(part);
      }
    }
    return { files: [...files], folders: [...folders] };
  }

  #heldIn(folder: string): Held {
    let held = this.#held.get(folder);
    if (held === undefined) {
      held = this.#enter(folder, this.#heldIn(parentOf(folder) ?? '/'));
      this.#held.set(folder, held);
    }
    return held;
  }

  #enter(folder: string, outer: Held): Held {
    if (outer.ignored !== undefined) return outer;
    if (NEVER.has(folder.slice(folder.lastIndexOf('/') + 1)) || (outer.repository !== undefined && isIgnored(folder, true, outer.rules))) return { ...outer, ignored: folder };
    const inner = this.#repositories.get(folder);
    return this.#with(inner === undefined ? outer : { rules: rulesAbove(folder, inner), repository: inner }, folder);
  }

  #with(held: Held, folder: string): Held {
    const own = this.#own.get(folder);
    return own === undefined ? held : { ...held, rules: [...held.rules, own] };
  }
}

/** The contents of the ignore files that hold at the folder, but for its own. */
function sources(folder: string, repository: GitRepository | undefined): string[] {
  if (repository === undefined) return [];
  const found = [read(repository.excludeFile)];
  for (let at = parentOf(folder); at?.startsWith(repository.root) === true; at = parentOf(at)) found.push(read(`${at}/.gitignore`));
  return found;
}

function hasGit(folder: string): boolean {
  for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) if (existsSync(`${at === '/' ? '' : at}/.git`)) return true;
  return false;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
