import { open } from 'node:fs/promises';
import { mayConcernStigg } from '../scan/tokens/trace.js';

/** Larger files hold data, not code that people write. */
export const LARGEST_FILE = 10 * 1024 * 1024;
/** A NUL in so many first bytes means a binary file, as git sees it. */
export const SNIFFED = 8 * 1024;

export type ReadResult =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'irrelevant'; readonly bytes: number }
  | { readonly kind: 'binary' }
  | { readonly kind: 'tooLarge'; readonly bytes: number };

/** Reads a file for scanning; decodes only what has a trace of Stigg. Throws what the system throws. */
export async function readText(path: string): Promise<ReadResult> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size > LARGEST_FILE) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(SNIFFED), 0, SNIFFED, 0);
      return buffer.subarray(0, bytesRead).includes(0) ? { kind: 'binary' } : { kind: 'tooLarge', bytes: size };
    }
    const bytes = await handle.readFile();
    return classify(bytes);
  } finally {
    await handle.close();
  }
}

/** The same for content that is in memory already. */
export function classify(bytes: Buffer): ReadResult {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'text', text: withoutMark(bytes.toString('utf16le')), bytes: bytes.length };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', text: withoutMark(bigEndian(bytes)), bytes: bytes.length };
  if (bytes.subarray(0, SNIFFED).includes(0)) return { kind: 'binary' };
  // Every trace is ASCII. Latin-1 keeps each byte, so that this may be asked before decoding.
  if (!mayConcernStigg(bytes.toString('latin1'))) return { kind: 'irrelevant', bytes: bytes.length };
  return { kind: 'text', text: withoutMark(bytes.toString('utf8')), bytes: bytes.length };
}

/** Node decodes little-endian text alone. */
function bigEndian(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16().toString('utf16le');
}

/** Editors do not count the byte order mark as a column. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
