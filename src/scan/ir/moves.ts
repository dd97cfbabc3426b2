import type { GroupNode, IrNode } from './node.js';
import { move, shift } from './walk.js';

/**
 * How far statements of the outermost level have moved of which only the outermost node has been told so: nobody looks inside of most of them, and a letter at the
 * top of a file moves them all. One object for all versions of a document.
 */
export class Moves {
  readonly #by = new WeakMap<IrNode, number>();
  #isAny = false;

  /** Moves the statement, for now without what is inside of it. */
  add(statement: IrNode, by: number): void {
    shift(statement, by);
    const sum = (this.#by.get(statement) ?? 0) + by;
    if (sum === 0) this.#by.delete(statement);
    else this.#by.set(statement, sum);
    this.#isAny = true;
  }

  /** Moves what is inside of the statement to where it stands. To be called before anybody looks there. */
  settle(statement: IrNode): void {
    const by = this.#by.get(statement);
    if (by === undefined) return;
    this.#by.delete(statement);
    shift(statement, -by);
    move(statement, by);
  }

  /** The same for the statement around the node. */
  settleAround(node: IrNode): void {
    if (!this.#isAny) return;
    let statement = node;
    while (statement.parent?.parent !== undefined) statement = statement.parent;
    this.settle(statement);
  }

  settleAll({ children }: GroupNode): void {
    if (!this.#isAny) return;
    this.#isAny = false;
    for (const statement of children) this.settle(statement);
  }
}
