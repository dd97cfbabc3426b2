import type { IrNode, Program } from './ir/node.js';
import { ownEnd } from './ir/shells.js';
import { difference, type TextChange } from './syntax/difference.js';
import { ownText } from './syntax/ownText.js';

/**
 * Some lines of a document with the pieces of its program that begin and end in them: most are one function with what stands between it and the next. One object over all versions of the document in which it is as it is, wherever it stands.
 */
export class Stretch {
  readonly statements: readonly IrNode[];
  /** The text that belongs to no statement, piece by piece. */
  readonly between: readonly string[];
  start: number;
  end: number;
  /** The last version that has it. */
  version = 0;
  /** Where its statements begin and end, from where it begins. */
  readonly #places: readonly number[];
  readonly #says = new Map<string, boolean>();

  constructor(statements: readonly IrNode[], between: readonly string[], start: number, end: number) {
    this.statements = statements;
    this.between = between;
    this.start = start;
    this.end = end;
    this.#places = statements.flatMap((statement) => [statement.start - start, statement.end - start]);
  }

  /** Whether its text has that, which goes by the name `key`; `text` is that of the document. */
  says(words: RegExp, key: string, text: string): boolean {
    let says = this.#says.get(key);
    if (says === undefined) this.#says.set(key, (says = words.test(text.slice(this.start, this.end))));
    return says;
  }

  isSame(other: Stretch): boolean {
    return areSame(this.statements, other.statements) && areSame(this.between, other.between);
  }

  /** Whether its statements are those of the list from `index` on, as far from each other as they were, when it begins so much further on. */
  standsAt(list: readonly IrNode[], index: number, by: number): boolean {
    const start = this.start + by;
    return this.statements.every((statement, at) => list[index + at] === statement && statement.start - start === this.#places[2 * at] && statement.end - start === this.#places[2 * at + 1]);
  }
}

/** Cuts a document at the lines where pieces of its program begin. */
export function stretchesOf({ pieces }: Program, text: string): Stretch[] {
  return cut(pieces, 0, 0, text, () => false);
}

/** The stretches of a version of a document. */
export interface Following {
  readonly stretches: readonly Stretch[];
  /** Those that are not in both this version and the one before. */
  readonly changed: readonly Stretch[];
}

/** The stretches of the version that follows on that text, those of before where they are the same. undefined where some of them changed places: values depend on what comes before. */
export function stretchesAfter(before: readonly Stretch[], last: string, program: Program, text: string): Following | undefined {
  const change = difference(last, text);
  if (change === undefined) return undefined;
  const { head, tail, made } = recut(program, text, before, change);
  const gone = before.slice(head, before.length - tail);
  const behind = before.slice(before.length - tail);
  const taken = takenOver(gone, made);
  if (taken === undefined) return undefined;
  for (const stretch of behind) {
    stretch.start += change.newEnd - change.oldEnd;
    stretch.end += change.newEnd - change.oldEnd;
  }
  const kept = new Set(taken);
  return { stretches: [...before.slice(0, head), ...taken, ...behind], changed: [...gone.filter((stretch) => !kept.has(stretch)), ...taken.filter(({ version }) => version === 0)] };
}

/** The stretches that were found, those before where they are the same. */
function takenOver(before: readonly Stretch[], found: readonly Stretch[]): readonly Stretch[] | undefined {
  const known = new Map(before.map((stretch, index) => [stretch.statements[0], { stretch, index }]));
  const same = found.map((stretch) => {
    const one = known.get(stretch.statements[0]);
    return one?.stretch.isSame(stretch) === true ? one : undefined;
  });
  const order = same.flatMap((one) => one?.index ?? []);
  if (order.some((index, at) => index <= (order[at - 1] ?? -1))) return undefined;
  const taken = found.map((stretch, index) => same[index]?.stretch ?? stretch);
  for (const [index, stretch] of taken.entries()) {
    stretch.start = found[index]?.start ?? stretch.start;
    stretch.end = found[index]?.end ?? stretch.end;
  }
  return taken;
}

/** What a change made of the stretches of a document. */
interface Recut {
  /** So many of the stretches before are left as they are. */
  readonly head: number;
  /** So many are left as they are behind the change. */
  readonly tail: number;
  /** What stands in place of the others. */
  readonly made: readonly Stretch[];
}

/** Cuts a later version around the change alone. The stretches behind it have to be told by how much they moved. */
function recut({ pieces: list }: Program, text: string, before: readonly Stretch[], { start, oldEnd, newEnd }: TextChange): Recut {
  const by = newEnd - oldEnd;
  let head = 0;
  let first = 0;
  for (const stretch of before) {
    if (stretch.end >= start || !stretch.standsAt(list, first, 0)) break;
    head++;
    first += stretch.statements.length;
  }
  // Where a stretch ends is decided by what begins behind it.
  if (head > 0) first -= before[--head]?.statements.length ?? 0;
  /** Those behind the change, by the place of their first statement in the list. */
  const behind = new Map<number, { readonly stretch: Stretch; readonly tail: number }>();
  let last = list.length;
  for (let at = before.length - 1; at >= head; at--) {
    const stretch = before[at];
    if (stretch === undefined || stretch.start <= oldEnd || last - stretch.statements.length < first) break;
    last -= stretch.statements.length;
    if (!stretch.standsAt(list, last, by)) break;
    behind.set(last, { stretch, tail: before.length - at });
  }
  let tail = 0;
  const made = cut(list, first, head === 0 ? 0 : before[head - 1]?.end ?? 0, text, (index, line) => {
    const met = behind.get(index);
    if (met?.stretch.start !== line - by) return false;
    ({ tail } = met);
    return true;
  });
  return { head, tail, made };
}

/** Cuts from that statement on, which begins in the line at `from` or behind it, until `isKnown` knows what begins with a statement and its line. */
function cut(list: readonly IrNode[], first: number, from: number, text: string, isKnown: (index: number, line: number) => boolean): Stretch[] {
  const found: Stretch[] = [];
  let own: IrNode[] = [];
  let between: string[] = [];
  let start = from;
  let end = from;
  for (let index = first; index < list.length; index++) {
    const statement = list[index];
    if (statement === undefined) break;
    const line = text.lastIndexOf('\n', statement.start - 1) + 1;
    if (own.length > 0 && line > end && statement.start >= end) {
      between.push(ownText(text.slice(end, line)));
      found.push(new Stretch(own, between, start, line));
      if (isKnown(index, line)) return found;
      own = [];
      between = [];
      start = line;
      end = line;
    }
    // Statements that begin inside of others are those of broken code.
    between.push(statement.start < end ? String(statement.start - end) : ownText(text.slice(end, statement.start)));
    own.push(statement);
    end = Math.max(end, ownEnd(statement));
  }
  between.push(ownText(text.slice(end)));
  found.push(new Stretch(own, between, start, text.length));
  return found;
}

function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
