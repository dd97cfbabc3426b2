import { startGit, type GitProcess } from '../../git/process.js';
import { StreamReader } from '../../git/streamReader.js';
import { classify, LARGEST_FILE, SNIFFED, type ReadResult } from '../readText.js';

/** One content of git's object store; undefined when this repository does not have it (a partial clone). */
export interface Blob {
  readonly oid: string;
  readonly content: ReadResult | undefined;
}

/** A pointer stands where Git LFS keeps the content elsewhere. */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';
const LFS_POINTER_MAX = 1_024;

/** The contents with these ids, in their order, one in memory at a time. Rejects with ExpectedError (see git/process.ts) and CancelledError. */
export async function* blobsOf(folder: string, oids: readonly string[], signal?: AbortSignal): AsyncGenerator<Blob, void, undefined> {
  if (oids.length === 0) return;
  using git = startGit(folder, ['cat-file', '--batch', '--buffer'], signal);
  const asking = ask(git, oids);
  asking.catch(() => undefined);
  const stream = new StreamReader(git.stdout);
  try {
    for (const oid of oids) {
      const header = await stream.line();
      if (header === undefined) break;
      const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
      if (Number.isNaN(size)) {
        yield { oid, content: undefined };
        continue;
      }
      const content = await readContent(stream.take(size), size);
      // The line break after the content.
      await stream.line();
      yield { oid, content };
    }
  } catch (error) {
    // A pipe that broke: why git ended says more.
    await Promise.all([asking, git.ended]);
    throw error;
  }
  await asking;
  await git.ended;
}

/** Classifies a stream of bytes as a file of that size would be; nothing large is held. Reads to its end. */
export async function readContent(chunks: AsyncIterable<Uint8Array>, size: number): Promise<ReadResult> {
  const isLarge = size > LARGEST_FILE;
  const parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    if (isLarge && held >= SNIFFED) continue;
    parts.push(chunk);
    held += chunk.length;
  }
  const bytes = Buffer.concat(parts);
  if (isLarge) return bytes.subarray(0, SNIFFED).includes(0) ? { kind: 'binary' } : { kind: 'tooLarge', bytes: size };
  if (size <= LFS_POINTER_MAX && bytes.toString('latin1').startsWith(LFS_POINTER)) return { kind: 'binary' };
  return classify(bytes);
}

async function ask(git: GitProcess, oids: readonly string[]): Promise<void> {
  try {
    for (const oid of oids) {
      if (git.stdin.write(`${oid}\n`)) continue;
      // A git that has ended never drains.
      const drain = new Promise<void>((resolve) => { git.stdin.once('drain', resolve); });
      await Promise.race([drain, git.ended]);
    }
  } finally {
    git.stdin.end();
  }
}
