import type { IrNode } from './node.js';

/** More names than this are those of many versions. */
const MOST_NAMES = 20_000;

/**
 * What the statements of the outermost level say of a name, put together. One object for all versions of a document: of names that no statement speaks of that
 * came or went, it is not worked out again.
 */
export class OuterNames<T, M> {
  readonly #known = new Map<string, M | undefined>();
  #statements: readonly IrNode[] = [];

  /**
   * What those statements, which are all of the version, say of the name; undefined where none speaks of it. `own`: what one statement says, remembered by who asks.
   * `merge` puts together what several say, in their order.
   */
  of(name: string, statements: readonly IrNode[], own: (statement: IrNode) => ReadonlyMap<string, T>, merge: (parts: readonly T[]) => M): M | undefined {
    if (statements !== this.#statements) this.#enter(statements, own);
    const known = this.#known.get(name);
    if (known !== undefined || this.#known.has(name)) return known;
    const parts: T[] = [];
    for (const statement of statements) {
      const part = own(statement).get(name);
      if (part !== undefined) parts.push(part);
    }
    const merged = parts.length === 0 ? undefined : merge(parts);
    this.#known.set(name, merged);
    return merged;
  }

  #enter(statements: readonly IrNode[], own: (statement: IrNode) => ReadonlyMap<string, T>): void {
    const before = this.#statements;
    this.#statements = statements;
    if (this.#known.size > MOST_NAMES) this.#known.clear();
    if (this.#known.size === 0) return;
    const shorter = Math.min(before.length, statements.length);
    let start = 0;
    while (start < shorter && before[start] === statements[start]) start++;
    let tail = 0;
    while (tail < shorter - start && before[before.length - 1 - tail] === statements[statements.length - 1 - tail]) tail++;
    for (const some of [before.slice(start, before.length - tail), statements.slice(start, statements.length - tail)]) {
      for (const statement of some) for (const name of own(statement).keys()) this.#known.delete(name);
    }
  }
}
