import { existsSync, readdirSync, readFileSync, type Dirent } from 'node:fs';
import { parentOf } from '../project/fileReader.js';
import type { GitRepository } from '../project/gitRepository.js';
import { isIgnored, parseIgnoreFile, type IgnoreRules } from '../project/ignoreRules.js';
import { isEnvFile } from '../scan/envFiles.js';
import { errorCode } from './files.js';
import type { Turns } from './turns.js';

const NOT_ASCII = /[^\0-\x7F]/;
/** Never entered, whatever the ignore files say: other people's code, and git's own data. */
export const NEVER: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

export interface WalkOptions {
  /** The ignore files mean nothing. */
  readonly includeIgnored?: boolean;
  /** The repository around a folder; files that it tracks are walked even if ignored. */
  repositoryOf(folder: string): Promise<GitRepository | undefined>;
  /** Asked in each folder. */
  readonly turns: Turns;
  /** Called for a folder that cannot be read. */
  onUnreadable(path: string, code: string): void;
}

/** What a walk comes by in one folder. */
export interface WalkedFolder {
  /** Worth reading; absolute, with `/`. */
  readonly files: readonly string[];
  /** Those of `files` that count although git ignores them: env files, and files that git tracks all the same. */
  readonly ignored: readonly string[];
  /** Whether every program that knows git's ignore files is certain to come by the others, and by no more. */
  readonly isPlain: boolean;
}

/** A folder that is still to be looked into. */
interface Place {
  readonly folder: string;
  /** Those of the folders around it. */
  readonly rules: readonly IgnoreRules[];
  readonly repository: GitRepository | undefined;
  /** Entered for the sake of what git tracks in it. */
  readonly isIgnored: boolean;
}

/**
 * The files below a folder that are worth reading, folder by folder. Honours .gitignore files (nested ones, those above the folder
 * up to the repository's root, and .git/info/exclude); hidden files count, and so do env files and tracked files that are ignored.
 * Symbolic links are not followed: what they point to is walked where it lives, or is none of this folder's business.
 */
export async function* walk(top: string, options: WalkOptions): AsyncGenerator<WalkedFolder, void, undefined> {
  const outer = await options.repositoryOf(top);
  const above = rulesAbove(top, outer, options);
  // Who names an ignored folder wants to see inside.
  const isNamed = above.length > 0 && isIgnored(top, true, above);
  const places: Place[] = [{ folder: top, rules: isNamed ? [] : above, repository: outer, isIgnored: false }];
  // Others may take something else for a repository.
  const isOdd = (folder: string, repository: GitRepository | undefined): boolean => options.includeIgnored !== true && repository?.root !== folder;
  let isPlain = !isNamed && above.every((rules) => rules.isPlain) && !(outer === undefined && isOdd(top, outer) && hasGit(parentOf(top)));
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (options.turns.isOver) await options.turns.next();
    const { folder } = place;
    const entries = list(folder, options);
    if (entries === undefined) continue;
    let { rules, repository } = place;
    // A repository inside the repository (a submodule) has rules and an index of its own.
    if (entries.some(({ name }) => name === '.git')) {
      const inner = await options.repositoryOf(folder);
      if (folder !== top && inner?.root === folder) {
        repository = inner;
        rules = rulesAbove(folder, inner, options);
        isPlain &&= rules.every((each) => each.isPlain);
      } else if (isOdd(folder, inner)) isPlain = false;
    }
    const own = repository !== undefined && options.includeIgnored !== true && entries.some(({ name }) => name === '.gitignore') ? ignoreFile(folder, `${folder}/.gitignore`) : undefined;
    if (own !== undefined) {
      rules = [...rules, own];
      isPlain &&= own.isPlain;
    }
    // A question mark is one byte to some, and to others one character.
    if (rules.some(({ countsCharacters }) => countsCharacters) && entries.some(({ name }) => NOT_ASCII.test(name))) isPlain = false;
    const inside = look(entries, { ...place, rules, repository });
    // The first of them is the next: they come out in the order of their names.
    for (const next of inside.folders.reverse()) places.push(next);
    yield { files: inside.files, ignored: inside.ignored, isPlain };
  }
}

function look(entries: readonly Dirent[], place: Place): { files: string[]; ignored: string[]; folders: Place[] } {
  const { folder, rules, repository } = place;
  const found = { files: [] as string[], ignored: [] as string[], folders: [] as Place[] };
  for (const entry of entries) {
    const { name } = entry;
    const path = `${folder === '/' ? '' : folder}/${name}`;
    if (entry.isDirectory()) {
      if (NEVER.has(name)) continue;
      const isLeftOut = isIgnored(path, true, rules);
      if (!isLeftOut || repository?.tracksBelow(path) === true) found.folders.push({ folder: path, rules, repository, isIgnored: place.isIgnored || isLeftOut });
    } else if (entry.isFile()) {
      const isLeftOut = isIgnored(path, false, rules);
      if (isLeftOut && !isEnvFile(name) && repository?.isTracked(path) !== true) continue;
      found.files.push(path);
      if (isLeftOut || place.isIgnored) found.ignored.push(path);
    }
  }
  return found;
}

function list(folder: string, options: WalkOptions): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    options.onUnreadable(folder, errorCode(error));
    return undefined;
  }
}

/** The rules that hold inside the folder but for its own: git reads ignore files from the repository's root down. */
function rulesAbove(folder: string, repository: GitRepository | undefined, { includeIgnored }: Pick<WalkOptions, 'includeIgnored'>): IgnoreRules[] {
  if (repository === undefined || includeIgnored === true) return [];
  const rules: IgnoreRules[] = [];
  for (let at = parentOf(folder); at?.startsWith(repository.root) === true; at = parentOf(at)) {
    const found = ignoreFile(at, `${at}/.gitignore`);
    if (found !== undefined) rules.unshift(found);
  }
  const excluded = ignoreFile(repository.root, repository.excludeFile);
  return excluded === undefined ? rules : [excluded, ...rules];
}

function hasGit(folder: string | undefined): boolean {
  for (let at = folder; at !== undefined; at = parentOf(at)) if (existsSync(`${at === '/' ? '' : at}/.git`)) return true;
  return false;
}

function ignoreFile(folder: string, path: string): IgnoreRules | undefined {
  try {
    return parseIgnoreFile(folder, readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
