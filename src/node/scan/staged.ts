import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../errors.js';
import { runGit } from '../../git/process.js';
import { below, join } from '../../project/fileReader.js';
import type { Report } from '../../report/report.js';
import { withSlashes } from '../files.js';
import { blobsOf } from './blobs.js';
import { Judge, type EngineSource, type ScanOptions } from './judge.js';
import { rootSeenFrom } from './root.js';

/** The staged scan's surroundings. */
export interface StagedOptions extends ScanOptions {
  /** `git commit -a` and `git commit <path>` run hooks with an index of their own, which GIT_INDEX_FILE names. */
  readonly env: NodeJS.ProcessEnv;
}

/** What git would commit is tracked, whatever the index on disk says meanwhile. */
const STAGED = { isTracked: () => true, isIgnored: () => false };

/**
 * Scans what the next commit would bring: contents of the index, not of the files. Links and submodules have no content of their own.
 * Rejects with ExpectedError (see git/process.ts).
 *
 * @param paths files and folders to which it is limited; all when empty
 */
export async function scanStaged(paths: readonly string[], engine: EngineSource, options: StagedOptions): Promise<Report> {
  const judge = new Judge(engine, options);
  const { cwd, env, signal } = options;
  const toplevel = await toplevelOf(cwd, signal);
  const root = await rootSeenFrom(cwd, toplevel);
  const index = env.GIT_INDEX_FILE;
  const listed = await runGit(
    toplevel,
    ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-relative', '--no-color', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none', '--diff-filter=ACMRT'],
    signal,
    index === undefined || index === '' ? {} : { GIT_INDEX_FILE: resolve(cwd, index) },
  );
  const wanted = paths.map((path) => withSlashes(resolve(cwd, path)));
  const entries = stagedEntries(listed)
    .map(({ oid, path }) => ({ oid, path: join(root, path) }))
    .filter(({ path }) => wanted.length === 0 || wanted.some((one) => one === path || below(one, path) !== undefined));
  let at = 0;
  for await (const { content } of blobsOf(toplevel, entries.map(({ oid }) => oid), signal)) {
    const path = entries[at++]?.path ?? '';
    if (content === undefined) {
      judge.skip(path, l10n.t('git does not have its content'));
      continue;
    }
    const text = await judge.relevantText(path, content);
    if (text !== undefined) judge.add(await judge.judge(path, text, { root, context: STAGED }));
  }
  return judge.report();
}

async function toplevelOf(cwd: string, signal?: AbortSignal): Promise<string> {
  try {
    return (await runGit(cwd, ['rev-parse', '--show-toplevel'], signal)).replace(/\r?\n$/, '');
  } catch (error) {
    // The words of src/git are about its history.
    if (!(error instanceof ExpectedError) || (error.code !== 'gitMissing' && error.code !== 'notARepository')) throw error;
    const what = error.code === 'gitMissing' ? l10n.t('Git could not be started on this machine.') : l10n.t('This folder is not in a git repository.');
    throw new ExpectedError(error.code, what, l10n.t('--staged looks at what git would commit; without it the files themselves are scanned.'), { cause: error });
  }
}

/** Understands `git diff --cached --raw -z`: a header and a path in turn. Files only. */
function stagedEntries(listed: string): readonly { readonly oid: string; readonly path: string }[] {
  const fields = listed.split('\0');
  const found: { readonly oid: string; readonly path: string }[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, oid] = /^:\d{6} 100\d{3} [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(fields[at] ?? '') ?? [];
    const path = fields[at + 1];
    if (oid !== undefined && path !== undefined && path !== '') found.push({ oid, path });
  }
  return found;
}
