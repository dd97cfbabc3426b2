import { join } from '../../project/fileReader.js';
import { RIPGREP_TRACES } from '../../scan/tokens/trace.js';
import { NEVER } from '../walk.js';
import { runRipgrep } from './process.js';

/** ripgrep's binary, and the folder that it looks through: absolute, with `/`. */
export interface Ripgrep {
  readonly binary: string;
  readonly folder: string;
  readonly includeIgnored: boolean;
  readonly signal: AbortSignal | undefined;
}

/** What the search of all contents tells besides the names. */
export interface Searched {
  readonly files: number;
  readonly bytes: number;
  /** Files and folders that it could not read. */
  readonly unreadable: readonly string[];
}

/** As our own walk: hidden files count, and no ignore files but git's, without the person's own. */
const WALK = ['--no-config', '--hidden', '--no-ignore-global', '--no-ignore-dot', '--ignore-file-case-insensitive', '--no-ignore-messages', '--path-separator', '/', '--null'];
const SKIPPED = Array.from(NEVER, (name) => `--glob=!**/${name}/`);
/**
 * Searches all contents for a trace of Stigg; tells the files that have one, and in passing counts all. Binary and large files too: they are read
 * piece by piece, a NUL counting as the end of a line. Undefined when ripgrep failed.
 */
export async function searchContents({ binary, folder, includeIgnored, signal }: Ripgrep, onFile: (path: string) => void): Promise<Searched | undefined> {
  const args = [...WALK, ...SKIPPED, ...(includeIgnored ? ['--no-ignore'] : []), '--files-with-matches', '--binary', '--stats', '--color=never', '--regexp', RIPGREP_TRACES, '.'];
  const outcome = await runRipgrep(binary, args, folder, (name) => { onFile(absolute(folder, name.toString())); }, signal);
  const files = /^(\d+) files searched$/m.exec(outcome?.tail ?? '')?.[1];
  const bytes = /^(\d+) bytes searched$/m.exec(outcome?.tail ?? '')?.[1];
  if (outcome === undefined || files === undefined || bytes === undefined) return undefined;
  const unreadable: string[] = [];
  for (const line of outcome.errors.split('\n')) {
    if (line === '') continue;
    const path = /^rg: (.+): [^:]+ \(os error \d+\)\r?$/.exec(line)?.[1];
    // What it says otherwise we do not understand, so that we cannot rely on what it found.
    if (path === undefined) return undefined;
    unreadable.push(absolute(folder, path));
  }
  return { files: Number(files), bytes: Number(bytes), unreadable };
}

function absolute(folder: string, name: string): string {
  return join(folder, name.replaceAll('\\', process.platform === 'win32' ? '/' : '\\'));
}
