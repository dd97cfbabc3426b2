import path from 'node:path';
import { t } from '@vscode/l10n';
import { isCancelled } from '../errors.js';
import { arrivalsOf, describeCommits, refsReaching } from './commits.js';
import { objectsOf } from './objects.js';
import { openRepository } from './repository.js';
import { holdsToken } from './tokens.js';
import type { HistorySearch, LeakCommit, Repository } from './index.js';

/** Refs are asked for one commit at a time: beyond this the report names the commits alone. */
const COMMITS_WITH_REFS = 100;
const REPORT_EVERY = 500;

export interface HistoryOptions {
  readonly signal?: AbortSignal;
  /** Fires now and then with the number of objects looked at so far. */
  readonly onProgress?: (objects: number) => void;
  /** Ends the search at what was found so far, which is then marked as partial. */
  readonly enough?: AbortSignal;
}

/**
 * Where tokens with these fingerprints stand in a repository's history: contents of files, and messages of commits and tags. Tokens are
 * recognised by their shape and compared by fingerprint: no value is needed, and none leaves this process.
 * Rejects with ExpectedError (see process.ts) and CancelledError.
 */
export async function searchHistory(folder: string, fingerprints: ReadonlySet<string>, options: HistoryOptions = {}): Promise<HistorySearch> {
  const repository = await openRepository(folder, options.signal);
  const { holding, blobs, isPartial } = await findHolding(repository, fingerprints, options);
  const contents = new Set(holding.filter(({ type }) => type !== 'commit').map(({ oid }) => oid));
  const arrivals = await arrivalsOf(repository.root, contents, options.signal);
  const messages = await describeCommits(repository.root, holding.filter(({ type }) => type === 'commit').map(({ oid }) => oid), options.signal);
  const brought = new Set(arrivals.map(({ oid }) => oid));
  const found = [...arrivals.map(({ oid: _oid, ...arrival }) => arrival), ...messages];
  const commits = await withRefs(repository, found, options.signal);
  return {
    root: repository.root,
    commits,
    refs: [...new Set(commits.flatMap(({ refs }) => refs))].sort(),
    blobs,
    loose: [...contents].filter((oid) => !brought.has(oid)).length,
    isPartial: isPartial || new Set(found.map(({ commit }) => commit)).size > COMMITS_WITH_REFS,
    notes: notesOf(repository),
  };
}

/** Submodules that are checked out have repositories of their own; their folders. */
export function submoduleFolders({ root, submodules }: Repository): readonly string[] {
  return submodules.map((name) => path.join(root, name));
}

async function findHolding({ root }: Repository, fingerprints: ReadonlySet<string>, { signal, enough, onProgress }: HistoryOptions) {
  const holding: { oid: string; type: string }[] = [];
  const either = AbortSignal.any([signal, enough].filter((one) => one !== undefined));
  let blobs = 0;
  try {
    for await (const { oid, type, chunks } of objectsOf(root, { types: new Set(['blob', 'commit', 'tag']), from: 'all', signal: either })) {
      if (await holdsToken(chunks(), fingerprints)) holding.push({ oid, type });
      blobs += 1;
      if (blobs % REPORT_EVERY === 0) onProgress?.(blobs);
    }
  } catch (error) {
    if (!isCancelled(error) || enough?.aborted !== true || signal?.aborted === true) throw error;
    return { holding, blobs, isPartial: true };
  }
  return { holding, blobs, isPartial: false };
}

async function withRefs({ root }: Repository, commits: readonly Omit<LeakCommit, 'refs'>[], signal?: AbortSignal): Promise<readonly LeakCommit[]> {
  const refs = new Map<string, readonly string[]>();
  const found: LeakCommit[] = [];
  for (const commit of commits) {
    let reaching = refs.get(commit.commit);
    if (reaching === undefined && refs.size < COMMITS_WITH_REFS) {
      reaching = await refsReaching(root, commit.commit, signal);
      refs.set(commit.commit, reaching);
    }
    found.push({ ...commit, refs: reaching ?? [] });
  }
  return found;
}

function notesOf({ isShallow, isPartialClone, submodules }: Repository): readonly string[] {
  return [
    isShallow ? t('This is a shallow clone: older commits are not on this machine and were not looked at. Look at a full clone.') : undefined,
    isPartialClone ? t('This is a partial clone: contents that were never fetched were not looked at. Look at a full clone.') : undefined,
    submodules.length > 0 ? t('{0} submodules have histories of their own; those that are checked out here are looked at as well.', submodules.length) : undefined,
  ].filter((note) => note !== undefined);
}
