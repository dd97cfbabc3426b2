/** How the outermost statements of a language look. */
export interface PieceRules {
  /** Words that a statement begins with at the left margin, and nothing else does. */
  readonly begin: ReadonlySet<string>;
  /** Words that go on with the statement before. */
  readonly goOn: ReadonlySet<string>;
  /** Types of nodes that hold statements or members: what is broken may be looked for inside of them. */
  readonly bodies?: ReadonlySet<string>;
}

/** A stretch of a text, of whole lines. */
export interface Damage {
  readonly start: number;
  readonly end: number;
  /** The lines that begin and end what it is inside of: a class, a call with a function. */
  readonly around?: { readonly before: Damage; readonly after: Damage };
}

/** A shorter text is parsed as a whole in no time. UTF-16 code units, as all of these. */
const SHORTEST = 8_000;
/** A longer stretch is most of the text, and says nothing about where the damage is. */
const LONGEST_DAMAGE = 12_000;
/** A shorter stretch is parsed as a whole in no time. */
const SHORTEST_AROUND = 4_000;
/** Lines are indented less. */
const WIDEST = 200;
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
    const isKnownWhole = (start: number, end: number, before = '', after = ''): boolean => {
      const piece = before + text.slice(start, end) + after;
      const is = known.get(piece) ?? this.#known.get(piece) ?? isWhole(piece);
      known.set(piece, is);
      return is;
    };
    const inside = new Map<string, Damage | undefined>();
    const damageOf = (start: number, end: number): Damage | undefined => {
      if (rules.bodies === undefined || end - start < SHORTEST_AROUND) return undefined;
      const key = `${String(start)}-${String(end)}`;
      if (!inside.has(key)) inside.set(key, damageInside(text, rules, { start, end }, isKnownWhole));
      return inside.get(key);
    };
    // Of what is long the inside is asked first: all of it would have to be parsed at each keystroke.
    const damage = damageAmong(cutsOf(text, rules, { start: 0, end: text.length }, ''), text.length, (start, end) => damageOf(start, end) === undefined && isKnownWhole(start, end));
    const inner = damage === undefined ? undefined : damageOf(damage.start, damage.end);
    this.#known = known;
    return inner ?? (damage === undefined || damage.end - damage.start > LONGEST_DAMAGE ? undefined : damage);
  }
}

/** The pieces that begin at the cuts without which the rest is whole, from the first to the last of them. */
function damageAmong(cuts: readonly number[], end: number, isWhole: (start: number, end: number) => boolean): Damage | undefined {
  const endOf = (piece: number): number => cuts[piece + 1] ?? end;
  const broken: number[] = [];
  for (const [piece, start] of cuts.entries()) if (!isWhole(start, endOf(piece)) && broken.push(piece) > MOST_BROKEN) return undefined;
  const damaged = withoutPairs(broken, cuts.length, (first, last) => {
    const start = cuts[first] ?? 0;
    return endOf(last) - start <= LONGEST_DAMAGE && isWhole(start, endOf(last));
  });
  const [first] = damaged;
  const last = damaged.at(-1);
  return first === undefined || last === undefined ? undefined : { start: cuts[first] ?? 0, end: endOf(last) };
}

/** The same among the lines inside of a class or a call that is all that is broken. `isWhole` is asked about them together with what is around them. */
function damageInside(text: string, rules: PieceRules, { start, end }: Damage, isWhole: (start: number, end: number, before: string, after: string) => boolean): Damage | undefined {
  let header = text.indexOf('\n', start) + 1;
  if (header === 0) return undefined;
  while (text.charAt(header) === '\n') header++;
  const margin = MARGIN.exec(text.slice(header, header + WIDEST))?.[0] ?? '';
  // What stands behind it belongs to its end.
  let footer = end;
  do footer = text.lastIndexOf('\n', footer - 2) + 1; while (footer > header && !CLOSING.test(text.charAt(footer)));
  if (margin === '' || footer <= header) return undefined;
  const [before, after] = [text.slice(start, header), text.slice(footer, end)];
  const cuts = cutsOf(text, rules, { start: header, end: footer }, margin);
  const damage = damageAmong(cuts, footer, (from, to) => isWhole(from, to, before, after));
  if (damage === undefined || damage.end - damage.start > LONGEST_DAMAGE) return undefined;
  return { ...damage, around: { before: { start, end: header }, after: { start: footer, end } } };
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

const MARGIN = /^[ \t]+/;
const CLOSING = /[)}\]]/;
const LETTER = /[A-Za-z_$@]/;
const WORD = /@|[\w$]*/y;

/** Where pieces begin in those lines: at words that begin statements, and behind lines that are empty or end something. `margin` is what is before them. */
function cutsOf(text: string, { begin, goOn }: PieceRules, lines: Damage, margin: string): number[] {
  const cuts = [lines.start];
  let previous = lines.start;
  for (let start = text.indexOf('\n', lines.start) + 1; start > 0 && start < lines.end; start = text.indexOf('\n', start) + 1) {
    const first = start + margin.length;
    if (LETTER.test(text.charAt(first)) && text.startsWith(margin, start) && text.charAt(previous + margin.length) !== '@') {
      WORD.lastIndex = first;
      const word = WORD.exec(text)?.[0] ?? '';
      if (begin.has(word) || (!goOn.has(word) && endsThere(text, previous, start, margin))) cuts.push(start);
    }
    previous = start;
  }
  return cuts;
}

function endsThere(text: string, start: number, end: number, margin: string): boolean {
  const first = text.charAt(start + margin.length);
  return first === '}' || first === ')' || first === ']' || text.slice(start, end).trim() === '';
}
