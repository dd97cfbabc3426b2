import { runGit, startGit } from './process.js';
import type { LeakCommit } from './index.js';

/** More objects than this are not named one by one to git; it then tells of every change, and we choose. */
const NAMED_MAX = 200;
const FORMAT = 'commit %H%x00%cI%x00%an%x00%s';

/** A change that brought an object to a path. */
export type Arrival = Omit<LeakCommit, 'refs'> & { readonly oid: string };

/**
 * The commits of all refs and reflogs (stashes included) that brought one of the objects to a path, oldest first. A merge counts only where
 * its file is none of its parents'.
 */
export async function arrivalsOf(folder: string, oids: ReadonlySet<string>, signal?: AbortSignal): Promise<readonly Arrival[]> {
  if (oids.size === 0) return [];
  const named = oids.size > NAMED_MAX ? [] : [...oids].map((oid) => `--find-object=${oid}`);
  using log = startGit(folder, ['log', '--all', '--reflog', '--ignore-missing', '-c', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-show-signature', '--no-decorate', '--no-notes', '--no-color', '--ignore-submodules=none', '--encoding=UTF-8', `--format=${FORMAT}`, ...named], signal);
  log.stdin.end();
  const found: Arrival[] = [];
  try {
    const parse = arrivalParser(oids, (arrival) => found.push(arrival));
    for await (const field of fieldsOf(log.stdout)) parse(field);
  } catch (error) {
    await log.ended;
    throw error;
  }
  await log.ended;
  return found.reverse();
}

/** Understands `git log --raw -z`: four fields of a commit, then a header and a path for each change. Any field but a header's may hold anything. */
function arrivalParser(oids: ReadonlySet<string>, onArrival: (arrival: Arrival) => void): (field: string) => void {
  const commit: string[] = [];
  let wanted = 0;
  let oid: string | undefined;
  let isPath = false;
  return (field) => {
    if (wanted > 0) {
      commit.push(field);
      wanted -= 1;
      return;
    }
    if (isPath) {
      isPath = false;
      const [id = '', date = '', author = '', subject = ''] = commit;
      if (oid !== undefined) onArrival({ commit: id, date, author, subject, path: field, oid });
      return;
    }
    const text = field.replace(/^\n+/, '');
    const id = /^commit ([0-9a-f]{40,64})$/.exec(text)?.[1];
    if (id !== undefined) {
      commit.splice(0, commit.length, id);
      wanted = 3;
      return;
    }
    const parents = /^:{1,64}/.exec(text)?.[0].length;
    if (parents === undefined) return;
    // Modes of the parents and the result, then their object ids, then the status.
    const brought = text.slice(parents).split(' ')[2 * parents + 1];
    oid = brought !== undefined && oids.has(brought) ? brought : undefined;
    isPath = true;
  };
}

async function* fieldsOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    let text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = text.indexOf(0); end !== -1; end = text.indexOf(0)) {
      yield text.toString('utf8', 0, end);
      text = text.subarray(end + 1);
    }
    rest = text;
  }
  if (rest.length > 0) yield rest.toString('utf8');
}

/** Who made these commits, for values that stand in their messages. */
export async function describeCommits(folder: string, ids: readonly string[], signal?: AbortSignal): Promise<readonly Omit<LeakCommit, 'refs'>[]> {
  if (ids.length === 0) return [];
  const text = await runGit(folder, ['log', '--no-walk=unsorted', '-z', '--no-show-signature', '--no-decorate', '--no-notes', '--no-color', '--encoding=UTF-8', '--format=%H%x00%cI%x00%an%x00%s', ...ids], signal);
  const fields = text.split('\0');
  return ids.map((_id, index) => {
    const [commit = '', date = '', author = '', subject = ''] = fields.slice(index * 4, index * 4 + 4);
    return { commit: commit.trim(), date, author, subject, path: '' };
  });
}

/** Full names of the refs that reach a commit. */
export async function refsReaching(folder: string, commit: string, signal?: AbortSignal): Promise<readonly string[]> {
  return (await runGit(folder, ['for-each-ref', `--contains=${commit}`, '--format=%(refname)'], signal)).split('\n').filter((name) => name !== '');
}
