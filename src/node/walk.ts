import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { parentOf } from '../project/fileReader.js';
import type { GitRepository } from '../project/gitRepository.js';
import { isIgnored, parseIgnoreFile, type IgnoreRules } from '../project/ignoreRules.js';
import { isEnvFile } from '../scan/envFiles.js';
import { errorCode } from './files.js';

/** Never entered, whatever the ignore files say: other people's code, and git's own data. */
export const NEVER: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

export interface WalkOptions {
  /** The ignore files mean nothing. */
  readonly includeIgnored?: boolean;
  /** The repository around a folder; files that it tracks are walked even if ignored. */
  repositoryOf(folder: string): Promise<GitRepository | undefined>;
  /** Called for a folder that cannot be read. */
  onUnreadable(path: string, code: string): void;
}

/**
 * The files below a folder that are worth reading, as absolute paths with `/`. Honours .gitignore files (nested ones, those above the folder
 * up to the repository's root, and .git/info/exclude); hidden files count, and so do env files and tracked files that are ignored.
 * Symbolic links are not followed: what they point to is walked where it lives, or is none of this folder's business.
 */
export async function* walk(folder: string, options: WalkOptions): AsyncGenerator<string> {
  const repository = await options.repositoryOf(folder);
  const rules = rulesAbove(folder, repository, options);
  // Who names an ignored folder wants to see inside.
  const named = rules.length > 0 && isIgnored(folder, true, rules) ? [] : rules;
  yield* walkFolder(folder, named, repository, options);
}

/** The same for a folder that an outer walk comes by although it is ignored: what holds above it holds in it. */
export async function* walkInside(folder: string, options: WalkOptions): AsyncGenerator<string> {
  const repository = await options.repositoryOf(folder);
  yield* walkFolder(folder, rulesAbove(folder, repository, options), repository, options);
}

async function* walkFolder(folder: string, above: readonly IgnoreRules[], repository: GitRepository | undefined, options: WalkOptions): AsyncGenerator<string> {
  const entries = list(folder, options);
  if (entries === undefined) return;
  const own = repository !== undefined && options.includeIgnored !== true && entries.some((entry) => entry.name === '.gitignore') ? ignoreFile(folder, `${folder}/.gitignore`) : undefined;
  const rules = own === undefined ? above : [...above, own];
  const folders: string[] = [];
  for (const entry of entries) {
    const path = `${folder === '/' ? '' : folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (NEVER.has(entry.name)) continue;
      if (!isIgnored(path, true, rules) || repository?.tracksBelow(path) === true) folders.push(path);
    } else if (entry.isFile() && (!isIgnored(path, false, rules) || isEnvFile(entry.name) || repository?.isTracked(path) === true)) {
      yield path;
    }
  }
  for (const path of folders) {
    // A repository inside the repository (a submodule) has rules and an index of its own.
    const inner = await options.repositoryOf(path);
    if (inner === undefined || inner.root === repository?.root) yield* walkFolder(path, rules, repository, options);
    else yield* walkFolder(path, rulesAbove(path, inner, options), inner, options);
  }
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
export function rulesAbove(folder: string, repository: GitRepository | undefined, { includeIgnored }: Pick<WalkOptions, 'includeIgnored'> = {}): IgnoreRules[] {
  if (repository === undefined || includeIgnored === true) return [];
  const rules: IgnoreRules[] = [];
  for (let at = parentOf(folder); at?.startsWith(repository.root) === true; at = parentOf(at)) {
    const found = ignoreFile(at, `${at}/.gitignore`);
    if (found !== undefined) rules.unshift(found);
  }
  const excluded = ignoreFile(repository.root, repository.excludeFile);
  return excluded === undefined ? rules : [excluded, ...rules];
}

function ignoreFile(folder: string, path: string): IgnoreRules | undefined {
  try {
    return parseIgnoreFile(folder, readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
