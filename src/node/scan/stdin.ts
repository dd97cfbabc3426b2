import { resolve } from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import type { Report } from '../../report/report.js';
import { withSlashes } from '../files.js';
import { classify, LARGEST_FILE, type ReadResult } from '../readText.js';
import { Judge, type EngineSource, type ScanOptions } from './judge.js';

/** Scans a stream as the content of a file, which need not exist. A stream of Node's is closed when the signal fires. */
export async function scanStream(stream: AsyncIterable<Uint8Array>, name: string, engine: EngineSource, options: ScanOptions): Promise<Report> {
  const judge = new Judge(engine, options);
  const path = withSlashes(resolve(options.cwd, name));
  const text = await judge.relevantText(path, await readAll(stream, options.signal));
  if (text !== undefined) judge.add(await judge.judge(path, text));
  return judge.report();
}

/** Reads no further than a file may be large. */
async function readAll(stream: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<ReadResult> {
  // What waits for a person to type would not see the signal.
  if (signal !== undefined && stream instanceof Readable) addAbortSignal(signal, stream);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    signal?.throwIfAborted();
    parts.push(part);
    size += part.length;
    if (size > LARGEST_FILE) return { kind: 'tooLarge', bytes: size };
  }
  return classify(Buffer.concat(parts));
}
