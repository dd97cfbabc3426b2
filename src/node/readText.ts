import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { mayConcernStiggAsBytes } from './bytePrefilter.js';
import { TokenSearch, type FoundToken } from './tokenSearch.js';

/** Larger files hold data, not code that people write. */
export const LARGEST_FILE = 10 * 1024 * 1024;
/** A NUL in so many first bytes means a binary file, as git sees it. */
export const SNIFFED = 8 * 1024;
/** What is read at once of a file that is not taken in whole. */
const PIECE = 1024 * 1024;

export type ReadResult =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'irrelevant'; readonly bytes: number }
  /** Binary, or too large to be code: searched for whole tokens alone. */
  | { readonly kind: 'data'; readonly tokens: readonly FoundToken[]; readonly bytes: number }
  | { readonly kind: 'binary' }
  | { readonly kind: 'tooLarge'; readonly bytes: number };

/**
 * Reads files for scanning; decodes only what has a trace of Stigg. Waits for the disk instead of coming back later, which for thousands of small
 * files takes a quarter of the time, and keeps its memory from file to file: who reads many gives others a turn in between.
 */
export class Reader {
  readonly #onPiece: () => void;
  #buffer = Buffer.allocUnsafeSlow(256 * 1024);

  /** @param onPiece called while a large file is read, piece by piece */
  constructor(onPiece: () => void = () => undefined) {
    this.#onPiece = onPiece;
  }

  /** Throws what the system throws. */
  read(path: string): ReadResult {
    const file = openSync(path, 'r');
    try {
      let size = this.#fill(file);
      if (size === this.#buffer.length) {
        const { size: told } = fstatSync(file);
        if (told > LARGEST_FILE) return this.#search(file, size);
        // One more, so that the end of the file is seen.
        const larger = Buffer.allocUnsafeSlow(told + 1);
        this.#buffer.copy(larger);
        this.#buffer = larger;
        size = this.#fill(file, size);
        // It grew meanwhile.
        if (size === larger.length) return this.#search(file, size);
      }
      const content = this.#buffer.subarray(0, size);
      const classified = classify(content);
      return classified.kind === 'binary' ? this.#search(file, size) : classified;
    } finally {
      closeSync(file);
      // One large file is no reason to keep as much for all that follow.
      if (this.#buffer.length > PIECE) this.#buffer = Buffer.allocUnsafeSlow(256 * 1024);
    }
  }

  /** Fills the buffer from a place on; how much is in it then. */
  #fill(file: number, from = 0): number {
    let at = from;
    while (at < this.#buffer.length) {
      const count = readSync(file, this.#buffer, at, this.#buffer.length - at, null);
      if (count === 0) break;
      at += count;
    }
    return at;
  }

  /** Searches what is in the buffer already, then the rest of the file piece by piece. */
  #search(file: number, size: number): ReadResult {
    const search = new TokenSearch();
    search.add(this.#buffer.subarray(0, size));
    let bytes = size;
    const piece = Buffer.allocUnsafeSlow(PIECE);
    for (;;) {
      const count = readSync(file, piece, 0, PIECE, null);
      if (count === 0) return { kind: 'data', tokens: search.tokens, bytes };
      search.add(piece.subarray(0, count));
      bytes += count;
      this.#onPiece();
    }
  }
}

/** The same for content that is in memory already. */
export function classify(bytes: Buffer): ReadResult {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'text', text: withoutMark(bytes.toString('utf16le')), bytes: bytes.length };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', text: withoutMark(bigEndian(bytes)), bytes: bytes.length };
  if (bytes.subarray(0, SNIFFED).includes(0)) return { kind: 'binary' };
  // Every trace is ASCII. Latin-1 keeps each byte, so that this may be asked before decoding.
  if (!mayConcernStiggAsBytes(bytes)) return { kind: 'irrelevant', bytes: bytes.length };
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
