import type { IrNode, Program } from './ir/node.js';

/**
 * Some lines of a document with the statements of the outermost level that begin and end in them: most are one function with what stands between it and the
 * next. One object over all versions of the document in which it is as it is, wherever it stands.
 */
export class Stretch {
  readonly statements: readonly IrNode[];
  /** The text that belongs to no statement, piece by piece. */
  readonly between: readonly string[];
  start: number;
  end: number;
  /** The last version that has it. */
  version = 0;
  readonly #says = new Map<string, boolean>();

  constructor(statements: readonly IrNode[], between: readonly string[], start: number, end: number) {
    this.statements = statements;
    this.between = between;
    this.start = start;
    this.end = end;
  }

  /** Whether its text has that; `text` is that of the document. */
  says(words: RegExp, text: string): boolean {
    const key = `${words.source}/${words.flags}`;
    let says = this.#says.get(key);
    if (says === undefined) this.#says.set(key, (says = words.test(text.slice(this.start, this.end))));
    return says;
  }

  isSame(other: Stretch): boolean {
    return areSame(this.statements, other.statements) && areSame(this.between, other.between);
  }
}

/** Cuts a document at the lines where statements of the outermost level begin. */
export function stretchesOf({ root }: Program, text: string): Stretch[] {
  const found: Stretch[] = [];
  let own: IrNode[] = [];
  let between: string[] = [];
  let start = 0;
  let end = 0;
  for (const statement of root.children) {
    const line = text.lastIndexOf('\n', statement.start - 1) + 1;
    if (own.length > 0 && line > end && statement.start >= end) {
      between.push(copyOf(text.slice(end, line)));
      found.push(new Stretch(own, between, start, line));
      own = [];
      between = [];
      start = line;
      end = line;
    }
    // Statements that begin inside of others are those of broken code.
    between.push(statement.start < end ? String(statement.start - end) : copyOf(text.slice(end, statement.start)));
    own.push(statement);
    end = Math.max(end, statement.end);
  }
  between.push(copyOf(text.slice(end)));
  found.push(new Stretch(own, between, start, text.length));
  return found;
}

/** A text of its own: a slice would keep the whole document in memory. */
function copyOf(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1);
}

function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
