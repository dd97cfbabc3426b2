import { CURRENT_TOKEN_SOURCE, UUID_SOURCE } from '../tokenShape.js';

/** A whole token in data. The value is needed to judge it, and goes no further. */
export interface FoundToken {
  readonly value: string;
  /** From 0: lines end with a line feed; columns count bytes. */
  readonly line: number;
  readonly column: number;
}

const TOKEN = new RegExp(`${CURRENT_TOKEN_SOURCE}|\\$2[aby]\\$\\d{2}\\$[./A-Za-z0-9]{53}:${UUID_SOURCE}`, 'gi');
/** What whole tokens begin with; tools write them in small letters. */
const BEGINNINGS = ['server-', 'client-', '$2a$', '$2b$', '$2y$'].map((text) => Buffer.from(text));
/** No token is longer. */
const LONGEST = 160;
/** Of a dump that is full of them the first ones say it all. */
const MOST = 100;
const LINE_FEED = 0x0a;
const ZEROS = Buffer.alloc(1024 * 1024);

/** Searches data that comes in pieces for whole tokens; holds no more than the end of the piece before. */
export class TokenSearch {
  readonly tokens: FoundToken[] = [];
  #rest = Buffer.alloc(0);
  #line = 0;
  /** Bytes of the line that `#rest` begins in, before it. */
  #column = 0;

  add(piece: Buffer): void {
    if (this.tokens.length >= MOST) return;
    // Holes of sparse files are not worth a search.
    if (piece.length <= ZEROS.length && piece.equals(ZEROS.subarray(0, piece.length))) {
      this.#pass(this.#rest, this.#rest.length);
      this.#column += piece.length;
      this.#rest = Buffer.alloc(0);
      return;
    }
    // Most pieces have nothing in them, and need not be copied to find that out.
    const isEmpty = piece.length > LONGEST && !mayBegin(piece) && !mayBegin(Buffer.concat([this.#rest, piece.subarray(0, LONGEST)]));
    if (isEmpty) this.#pass(this.#rest, this.#rest.length);
    const bytes = isEmpty || this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    let from = 0;
    if (!isEmpty && mayBegin(bytes)) {
      const text = bytes.toString('latin1');
      for (const match of text.matchAll(TOKEN)) {
        if (this.tokens.length >= MOST) return;
        this.#pass(bytes.subarray(from), match.index - from);
        from = match.index;
        this.tokens.push({ value: match[0], line: this.#line, column: this.#column });
        // What follows begins behind it, or it would be found again.
        this.#column += match[0].length;
        from += match[0].length;
      }
    }
    const kept = Math.max(from, bytes.length - LONGEST);
    this.#pass(bytes.subarray(from), kept - from);
    this.#rest = Buffer.from(bytes.subarray(kept));
  }

  /** Counts lines and columns of what lies behind. */
  #pass(bytes: Buffer, length: number): void {
    let last = -1;
    for (let at = bytes.indexOf(LINE_FEED); at !== -1 && at < length; at = bytes.indexOf(LINE_FEED, at + 1)) {
      this.#line++;
      last = at;
    }
    this.#column = last === -1 ? this.#column + length : length - last - 1;
  }
}

function mayBegin(bytes: Buffer): boolean {
  return BEGINNINGS.some((beginning) => bytes.includes(beginning));
}
