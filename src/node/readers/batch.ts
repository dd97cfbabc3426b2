import type { Reader } from '../readText.js';

/** What a thread says of the files that it was given, in their order. Plain data: nothing of what is in the files leaves the thread. */
export interface BatchAnswer {
  /** How many have nothing to do with us, and how large they are together. */
  readonly files: number;
  readonly bytes: number;
  /** The others, by their place: there may be something in them, or they cannot be read. */
  readonly others: readonly number[];
}

/** Reads files and tells those that are worth another look. */
export function lookAt(paths: readonly string[], reader: Reader): BatchAnswer {
  let [files, bytes] = [0, 0];
  const others: number[] = [];
  for (const [place, path] of paths.entries()) {
    const size = irrelevantSize(path, reader);
    if (size === undefined) others.push(place);
    else {
      files++;
      bytes += size;
    }
  }
  return { files, bytes, others };
}

function irrelevantSize(path: string, reader: Reader): number | undefined {
  try {
    const content = reader.read(path);
    return content.kind === 'irrelevant' || (content.kind === 'data' && content.tokens.length === 0) ? content.bytes : undefined;
  } catch {
    // Whoever looks again says why.
    return undefined;
  }
}
