import { lstat, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../errors.js';
import type { Report } from '../report/report.js';
import type { Engine } from '../scan/engine.js';
import { errorCode, withSlashes } from './files.js';
import { readText, type ReadResult } from './readText.js';
import { Judge, type ScanOptions } from './scan/judge.js';
import { walk } from './walk.js';

/** Files that are read at the same time. */
const AT_ONCE = 16;

/** Which files below a folder count. */
export interface PathsOptions extends ScanOptions {
  /** What git ignores is scanned as well. */
  readonly includeIgnored?: boolean;
}

/**
 * Scans files and folders. Rejects with ExpectedError `pathUnreadable` when one of the named paths cannot be read;
 * what cannot be read below them is left out, noted and reported.
 */
export async function scanPaths(paths: readonly string[], engine: Engine, options: PathsOptions): Promise<Report> {
  const judge = new Judge(engine, options);

  const read = async (path: string, named: boolean): Promise<ReadResult | undefined> => {
    try {
      return await readText(path);
    } catch (error) {
      const code = errorCode(error);
      if (named) throw unreadable(path, code, error);
      if (!wentAway(path, code)) judge.skip(path, code);
      return undefined;
    }
  };

  const scanOne = async (path: string, named: boolean): Promise<void> => {
    const content = await read(path, named);
    const text = content === undefined ? undefined : judge.relevantText(path, content);
    if (text !== undefined) judge.add(await judge.judge(path, text));
  };

  const seen = new Set<string>();
  const pending = new Set<Promise<void>>();
  const take = async (path: string, named: boolean): Promise<void> => {
    options.signal?.throwIfAborted();
    if (seen.has(path)) return;
    seen.add(path);
    const work = scanOne(path, named);
    pending.add(work);
    // Rejections surface through the race or the wait below.
    void work.finally(() => pending.delete(work)).catch(() => undefined);
    if (pending.size >= AT_ONCE) await Promise.race(pending);
  };

  for (const name of paths) {
    const path = withSlashes(resolve(options.cwd, name));
    if (await isFolder(path)) {
      const walking = walk(path, {
        includeIgnored: options.includeIgnored === true,
        repositoryOf: (folder) => judge.project.repositoryOf(folder),
        onUnreadable: (folder, code) => {
          if (folder === path) throw unreadable(folder, code);
          if (!wentAway(folder, code)) judge.skip(folder, code);
        },
      });
      for await (const file of walking) await take(file, false);
    } else await take(path, true);
  }
  await Promise.all(pending);
  options.signal?.throwIfAborted();
  return judge.report();
}

/** It was deleted while we were scanning. A name that is no UTF-8 cannot be opened either, and that must be said. */
function wentAway(path: string, code: string): boolean {
  return code === 'ENOENT' && !path.includes('\uFFFD');
}

async function isFolder(path: string): Promise<boolean> {
  try {
    const entry = await lstat(path);
    const target = entry.isSymbolicLink() ? await stat(path) : entry;
    if (target.isDirectory()) return true;
    if (target.isFile()) return false;
  } catch (error) {
    throw unreadable(path, errorCode(error), error);
  }
  throw new ExpectedError('pathUnreadable', l10n.t('{0} is neither a file nor a folder.', path), l10n.t('Name files or folders.'));
}

function unreadable(path: string, code: string, cause?: unknown): ExpectedError {
  return new ExpectedError('pathUnreadable', l10n.t('{0} cannot be read ({1}).', path, code), l10n.t('Check the path and its permissions.'), { cause });
}
