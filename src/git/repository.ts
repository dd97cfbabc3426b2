import path from 'node:path';
import { runGit } from './process.js';
import type { Repository } from './index.js';

/** The repository around a folder. Rejects with `notARepository`, `gitRefused`, `gitMissing` and CancelledError. */
export async function openRepository(folder: string, signal?: AbortSignal): Promise<Repository> {
  const facts = await runGit(folder, ['rev-parse', '--is-bare-repository', '--is-shallow-repository', '--is-inside-work-tree', '--absolute-git-dir', '--git-common-dir'], signal);
  const [bare, shallow, inside, gitDir = '', commonDir = ''] = linesOf(facts, 5);
  const isBare = bare === 'true' || inside !== 'true';
  // Names of folders may hold anything but the last line break.
  const root = isBare ? gitDir : withoutEnd(await runGit(folder, ['rev-parse', '--show-toplevel'], signal));
  return {
    root,
    // Git gives it relative to where it was asked.
    commonDir: path.resolve(folder, commonDir),
    isBare,
    isShallow: shallow === 'true',
    isPartialClone: await hasPromisor(folder, signal),
    submodules: isBare ? [] : await submodulesOf(root, signal),
  };
}

/** A folder's name with a line break in it would add lines: such a repository is taken for what its first lines say. */
function linesOf(text: string, count: number): readonly string[] {
  return text.split('\n').slice(0, count);
}

function withoutEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

async function hasPromisor(folder: string, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await runGit(folder, ['config', '-z', '--get-regexp', String.raw`^(extensions\.partialclone|remote\..*\.promisor)$`], signal)) !== '';
  } catch (error) {
    // Git's way of saying that there is no such setting.
    if (error instanceof Error && 'code' in error && error.code === 'gitFailed') return false;
    throw error;
  }
}

async function submodulesOf(root: string, signal?: AbortSignal): Promise<readonly string[]> {
  const entries = (await runGit(root, ['ls-files', '-z', '--stage'], signal)).split('\0');
  return entries.filter((entry) => entry.startsWith('160000 ')).map((entry) => entry.slice(entry.indexOf('\t') + 1));
}
