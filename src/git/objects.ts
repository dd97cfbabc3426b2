import { CancelledError } from '../errors.js';
import { startGit, type GitProcess } from './process.js';
import { StreamReader } from './streamReader.js';
import type { GitObject, ObjectType } from './index.js';

export interface ObjectsOptions {
  /** Which to hand out. */
  readonly types: ReadonlySet<ObjectType>;
  /**
   * `reachable`: what commits of refs and reflogs hold, each with one of its paths. `all`: everything in the object store, what was staged
   * once or dropped included, in the order of the store (faster), without paths.
   */
  readonly from: 'reachable' | 'all';
  readonly signal?: AbortSignal;
}

interface Listed {
  readonly oid: string;
  readonly type: ObjectType;
  readonly path: string | null;
}

/**
 * Every object of a repository once, with its content as a stream: nothing is held whole, however large it is.
 * Rejects with ExpectedError (see process.ts) and CancelledError. Whoever stops early ends the git processes by it.
 */
export async function* objectsOf(folder: string, options: ObjectsOptions): AsyncGenerator<GitObject, void, undefined> {
  using reader = startGit(folder, ['cat-file', '--batch', '--buffer'], options.signal);
  const listed: Listed[] = [];
  const feeding = feed(folder, options, reader, (entry) => listed.push(entry));
  feeding.catch(() => undefined);
  const stream = new StreamReader(reader.stdout);
  let at = 0;
  try {
    for (let header = await stream.line(); header !== undefined; header = await stream.line()) {
      const { path = null } = listed[at] ?? {};
      at += 1;
      // The list is as long as the repository is large: what has been handed out is let go.
      if (at === 4_096) {
        listed.splice(0, at);
        at = 0;
      }
      const [oid = '', type = '', size = ''] = header.split(' ');
      // "<oid> missing": a partial clone; the repository's description says that it is one.
      if (!/^\d+$/.test(size)) continue;
      // What git has written ahead would go on for a while.
      if (options.signal?.aborted === true) throw new CancelledError();
      const content = stream.take(Number(size));
      yield { oid, type: type as ObjectType, size: Number(size), path, chunks: () => content };
      await passOver(content);
      // The line break after the content.
      await stream.line();
    }
  } catch (error) {
    // A pipe that broke: why git ended says more.
    await Promise.all([feeding, reader.ended]);
    throw error;
  }
  await feeding;
  await reader.ended;
}

/** Whatever has not been read of an object. */
async function passOver(content: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = content[Symbol.asyncIterator]();
  let isDone = false;
  while (!isDone) isDone = (await parts.next()).done === true;
}

/** Asks the reader for every object that is listed and wanted. */
async function feed(folder: string, { types, from, signal }: ObjectsOptions, reader: GitProcess, note: (entry: Listed) => void): Promise<void> {
  try {
    for await (const entry of listObjects(folder, from, signal)) {
      if (!types.has(entry.type)) continue;
      note(entry);
      if (!reader.stdin.write(`${entry.oid}\n`)) await drained(reader);
    }
  } finally {
    reader.stdin.end();
  }
}

/** A reader that has ended never drains. */
async function drained(reader: GitProcess): Promise<void> {
  const drain = new Promise<void>((resolve) => { reader.stdin.once('drain', resolve); });
  await Promise.race([drain, reader.ended]);
}

async function* listObjects(folder: string, from: ObjectsOptions['from'], signal?: AbortSignal): AsyncGenerator<Listed, void, undefined> {
  if (from === 'all') {
    using all = startGit(folder, ['cat-file', '--batch-all-objects', '--unordered', '--batch-check=%(objectname) %(objecttype) '], signal);
    all.stdin.end();
    yield* entriesOf(all);
    return;
  }
  using names = startGit(folder, ['rev-list', '--objects', '--all', '--reflog', '--ignore-missing'], signal);
  using check = startGit(folder, ['cat-file', '--buffer', '--batch-check=%(objectname) %(objecttype) %(rest)'], signal);
  names.stdin.end();
  const piping = pipe(names, check);
  piping.catch(() => undefined);
  yield* entriesOf(check);
  await piping;
}

async function pipe(from: GitProcess, to: GitProcess): Promise<void> {
  try {
    for await (const part of from.stdout) if (!to.stdin.write(part)) await drained(to);
  } finally {
    to.stdin.end();
  }
  await from.ended;
}

async function* entriesOf(git: GitProcess): AsyncGenerator<Listed, void, undefined> {
  const stream = new StreamReader(git.stdout);
  try {
    for (let line = await stream.line(); line !== undefined; line = await stream.line()) {
      const [oid = '', type = ''] = line.split(' ', 2);
      if (type === 'missing') continue;
      const path = line.slice(oid.length + type.length + 2);
      yield { oid, type: type as ObjectType, path: path === '' ? null : path };
    }
  } catch (error) {
    await git.ended;
    throw error;
  }
  await git.ended;
}
