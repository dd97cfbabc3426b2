import type { IrNode, Program } from './node.js';
import { pieceAround } from './shells.js';
import { move, moveOne, shift } from './walk.js';

/**
 * How far statements have moved of which only the outermost node has been told so: nobody looks inside of most of them, and a letter at the top of a file moves
 * them all. One object for all versions of a document.
 */
export class Moves {
  readonly #by = new WeakMap<IrNode, number>();
  /** Those inside of others. */
  #inner: IrNode[] = [];
  #isAny = false;

  /** Moves the statement, for now without what is inside of it; of a shell the pieces in it. `isInner`: it is inside of another, which may be no shell any more. */
  add(statement: IrNode, by: number, isInner = false): void {
    const { shell } = statement;
    if (shell !== undefined) {
      for (const node of shell.own) moveOne(node, by);
      for (const part of shell.parts) this.add(part, by, isInner);
      return;
    }
    shift(statement, by);
    const sum = (this.#by.get(statement) ?? 0) + by;
    if (sum === 0) {
      this.#by.delete(statement);
      return;
    }
    this.#by.set(statement, sum);
    this.#isAny = true;
    if (isInner) this.#inner.push(statement);
  }

  /** Moves what is inside of the statement to where it stands. To be called before anybody looks there. */
  settle(statement: IrNode): void {
    for (const part of statement.shell?.parts ?? NONE) this.settle(part);
    const by = this.#by.get(statement);
    if (by === undefined) return;
    this.#by.delete(statement);
    shift(statement, -by);
    move(statement, by);
  }

  /** The same for the piece around the node. */
  settleAround(node: IrNode): void {
    if (!this.#isAny) return;
    const piece = pieceAround(node);
    if (piece.shell === undefined) this.settle(piece);
  }

  settleAll({ pieces }: Pick<Program, 'pieces'>): void {
    if (!this.#isAny) return;
    this.#isAny = false;
    for (const piece of pieces) if (piece.shell === undefined) this.settle(piece);
  }

  /** To be told of the pieces of a new version: all else is moved as a whole. */
  settleBut(pieces: readonly IrNode[]): void {
    if (this.#inner.length === 0) return;
    const known = new Set(pieces);
    for (const statement of this.#inner) if (!known.has(statement)) this.settle(statement);
    this.#inner = [];
  }
}

const NONE: readonly IrNode[] = [];
