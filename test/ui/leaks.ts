import { readdirSync, readFileSync, statSync, lstatSync } from 'node:fs';
import path from 'node:path';

/** Where a secret was found. Never the secret. */
export interface Leak {
  readonly place: string;
  readonly secret: string;
  readonly form: string;
}

/** The forms in which a text may lie in a file or a command line. */
function formsOf(token: string): { readonly form: string; readonly bytes: Buffer }[] {
  // The random half of a token is as good as the whole of it; base64 has three alignments, whose inner part is constant.
  const random = token.replace(/^(server|client)-/, '');
  const base64 = [0, 1, 2].map((pad) => {
    const text = Buffer.concat([Buffer.alloc(pad), Buffer.from(token)]).toString('base64');
    return { form: `base64 (${pad})`, bytes: Buffer.from(text.slice(Math.ceil((pad * 4) / 3) + 1, -4)) };
  });
  return [
    { form: 'text', bytes: Buffer.from(random) },
    { form: 'first part', bytes: Buffer.from(random.slice(0, 36)) },
    { form: 'UTF-16', bytes: Buffer.from(random.slice(0, 36), 'utf16le') },
    { form: 'URL-encoded', bytes: Buffer.from(encodeURIComponent(token)) },
    { form: 'hex', bytes: Buffer.from(Buffer.from(random).toString('hex')) },
    ...base64,
  ];
}

interface Needle {
  readonly secret: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Every path below a folder. VS Code may take a folder away while it is listed. */
export function pathsIn(folder: string): string[] {
  for (let left = 9; ; left--) {
    try {
      return readdirSync(folder, { recursive: true, encoding: 'utf8' });
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Four bytes of a needle, and where in it they are. */
interface Piece {
  readonly needle: Needle;
  readonly at: number;
}

const PIECE = 4;
/** Which of the lowest 16 bits of a mixed piece occur: nearly every place of a file is ruled out by one look at it. */
const mixed = (piece: number): number => Math.imul(piece, 0x9e_37_79_b1) >>> 16;

/**
 * Looks for secrets in bytes. `secrets` maps a name that may be printed to the token. A world has hundreds of needles and a hundred megabytes
 * of files, so they are looked for all at once: a needle of n bytes covers one of the places 0, n - 3, 2 (n - 3), ... with four bytes of its own.
 */
export class LeakFinder {
  readonly #needles: readonly Needle[];
  readonly #pieces = new Map<number, Piece[]>();
  readonly #mixed = new Uint8Array(2 ** 16);
  /** From one place that is looked at to the next: as far as the shortest needle allows. */
  readonly #step: number;
  /** How much was looked at, so that a test can see that there was something to look at. */
  files = 0;
  bytes = 0;

  constructor(secrets: ReadonlyMap<string, string>) {
    this.#needles = [...secrets].flatMap(([secret, token]) => formsOf(token).map((form) => ({ secret, ...form })));
    const shortest = Math.min(Infinity, ...this.#needles.map(({ bytes }) => bytes.length));
    if (shortest < PIECE) throw new Error('A secret of so few bytes is everywhere.');
    this.#step = shortest - PIECE + 1;
    for (const needle of this.#needles) {
      for (let at = 0; at < this.#step; at++) {
        const piece = needle.bytes.readInt32LE(at);
        this.#mixed[mixed(piece)] = 1;
        const others = this.#pieces.get(piece);
        if (others === undefined) this.#pieces.set(piece, [{ needle, at }]);
        else others.push({ needle, at });
      }
    }
  }

  inBytes(place: string, content: Buffer): Leak[] {
    const found = new Set<Needle>();
    for (let at = 0; at + PIECE <= content.length && this.#needles.length > 0; at += this.#step) {
      const piece = content.readInt32LE(at);
      if (this.#mixed[mixed(piece)] === 0) continue;
      for (const { needle, at: inside } of this.#pieces.get(piece) ?? []) {
        const start = at - inside;
        if (start >= 0 && content.subarray(start, start + needle.bytes.length).equals(needle.bytes)) found.add(needle);
      }
    }
    return this.#needles.filter((needle) => found.has(needle)).map(({ secret, form }) => ({ place, secret, form }));
  }

  /** Every file below a folder; symbolic links are not followed. */
  inFolder(folder: string): Leak[] {
    const leaks: Leak[] = [];
    for (const entry of pathsIn(folder)) {
      const file = path.join(folder, entry);
      try {
        if (!lstatSync(file).isFile()) continue;
        this.files++;
        this.bytes += statSync(file).size;
        leaks.push(...this.inBytes(file, readFileSync(file)), ...this.inBytes(`name of ${file}`, Buffer.from(file)));
      } catch (error) {
        // Sockets and files that vanish while we look.
        if (!['ENOENT', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      }
    }
    return leaks;
  }

  /** The arguments of every process of this machine. */
  inProcessArguments(): Leak[] {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`);
        return this.inBytes(`arguments of ${line.toString().split('\0')[0] ?? pid}`, line);
      } catch {
        return [];
      }
    });
  }
}
