/** How the outermost statements of a language look. */
export interface PieceRules {
  /** Words that a statement begins with at the left margin, and nothing else does. */
  readonly begin: ReadonlySet<string>;
  /** Words that go on with the statement before. */
  readonly goOn: ReadonlySet<string>;
}

/** A stretch of a text, of whole lines. */
export interface Damage {
  readonly start: number;
  readonly end: number;
}

/** A shorter text is parsed as a whole in no time. UTF-16 code units, as all of these. */
const SHORTEST = 8_000;
/** A longer stretch is most of the text, and says nothing about where the damage is. */
const LONGEST_DAMAGE = 12_000;
/** More broken pieces than this are cut at the wrong places, or of a language that is taken for another. */
const MOST_BROKEN = 8;
/** So many of the following broken pieces are tried as the end of what a piece begins. */
const MOST_MATES = 4;

/**
 * Finds the piece of a broken text that is being typed. The text is cut at lines that look like the beginning of a statement; which of the pieces are whole by
 * themselves is remembered from version to version, so that one keystroke makes one piece to be parsed. The answer depends on the text alone.
 */
export class Pieces {
  #known: ReadonlyMap<string, boolean> = new Map();

  /** The lines without which all of the text is whole; undefined where that cannot be told. `isWhole`: whether a text can be parsed by itself. */
  damageIn(text: string, rules: PieceRules, isWhole: (text: string) => boolean): Damage | undefined {
    if (text.length < SHORTEST) return undefined;
    const known = new Map<string, boolean>();
    const isKnownWhole = (start: number, end: number): boolean => {
      const piece = text.slice(start, end);
      const is = known.get(piece) ?? this.#known.get(piece) ?? isWhole(piece);
      known.set(piece, is);
      return is;
    };
    const cuts = cutsOf(text, rules);
    const endOf = (piece: number): number => cuts[piece + 1] ?? text.length;
    const broken: number[] = [];
    for (const [piece, start] of cuts.entries()) if (!isKnownWhole(start, endOf(piece)) && broken.push(piece) > MOST_BROKEN) break;
    const damaged = broken.length > MOST_BROKEN ? [] : withoutPairs(broken, cuts.length, (first, last) => {
      const start = cuts[first] ?? 0;
      return endOf(last) - start <= LONGEST_DAMAGE && isKnownWhole(start, endOf(last));
    });
    this.#known = known;
    const [first] = damaged;
    const last = damaged.at(-1);
    if (first === undefined || last === undefined) return undefined;
    const damage = { start: cuts[first] ?? 0, end: endOf(last) };
    return damage.end - damage.start > LONGEST_DAMAGE ? undefined : damage;
  }
}

/** Without the pieces that are whole together with what follows, as the ends of a comment or of a template are. */
function withoutPairs(broken: readonly number[], count: number, areWhole: (first: number, last: number) => boolean): number[] {
  const left: number[] = [];
  for (let at = 0; at < broken.length; at++) {
    const first = broken[at] ?? 0;
    const mates = [...new Set([first + 1, ...broken.slice(at + 1, at + 1 + MOST_MATES)])].filter((mate) => mate < count);
    const mate = mates.find((last) => areWhole(first, last));
    if (mate === undefined) left.push(first);
    else while ((broken[at + 1] ?? count) <= mate) at++;
  }
  return left;
}

const LETTER = /[A-Za-z_$@]/;
const WORD = /@|[\w$]*/y;

/** Where pieces begin: at words that begin statements, and behind lines that are empty or end something. */
function cutsOf(text: string, { begin, goOn }: PieceRules): number[] {
  const cuts = [0];
  let previous = 0;
  for (let start = text.indexOf('\n') + 1; start > 0; start = text.indexOf('\n', start) + 1) {
    if (LETTER.test(text.charAt(start)) && text.charAt(previous) !== '@') {
      WORD.lastIndex = start;
      const word = WORD.exec(text)?.[0] ?? '';
      if (begin.has(word) || (!goOn.has(word) && endsThere(text, previous, start))) cuts.push(start);
    }
    previous = start;
  }
  return cuts;
}

function endsThere(text: string, start: number, end: number): boolean {
  const first = text.charAt(start);
  return first === '}' || first === ')' || first === ']' || text.slice(start, end).trim() === '';
}
