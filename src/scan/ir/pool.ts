import type { Node } from '@vscode/tree-sitter-wasm';
import type { IrNode } from './node.js';
import { move } from './walk.js';

/** A statement that was lowered, with the statements inside of it. */
export interface Unit {
  readonly key: string | undefined;
  readonly lowered: readonly IrNode[];
  /** Where the statement stood when it was lowered or last moved. */
  start: number;
  readonly inner: readonly Unit[];
}

interface Slot {
  readonly node: Node;
  readonly key: string | undefined;
}

/**
 * Keeps statements from one lowering for the next: making syntax nodes is what costs, and one keystroke changes one statement.
 * Every unit belongs to one place at a time, so that moving it moves nothing else. A statement that is as before is taken over wherever
 * it stands now: a bracket that is opened and not yet closed puts all that follows one level deeper.
 */
export class LoweringPool {
  /** Units of the last time, by key, in the order of the text. First the outermost ones; what is inside of others joins them when it is looked for. */
  readonly #free = new Map<string, Unit[]>();
  /** Units whose insides are not in `#free` yet. */
  #closed: readonly Unit[];
  /** Units that were taken, are inside of one that was, or have lost a part to another place. */
  readonly #gone = new Set<Unit>();
  readonly #outer = new Map<Unit, Unit>();
  #made: Unit[] = [];

  constructor(previous: readonly Unit[]) {
    this.#closed = previous;
    for (const unit of previous) this.#offer(unit);
  }

  /** The units at the outermost level. */
  get units(): readonly Unit[] {
    return this.#made;
  }

  level(slots: readonly Slot[], lower: (slot: Slot) => readonly IrNode[]): IrNode[] {
    // Whole statements first, or one that has changed could take the parts of another that has not.
    let taken = slots.map((slot) => this.#take(slot));
    if (this.#closed.length > 0 && taken.includes(undefined)) {
      this.#open();
      taken = taken.map((unit, index) => unit ?? this.#take(slots[index]));
    }
    const units = slots.map((slot, index): Unit => {
      const known = taken[index];
      if (known !== undefined) return known;
      const outer = this.#made;
      this.#made = [];
      const lowered = lower(slot);
      const unit: Unit = { key: slot.key, lowered, start: slot.node.startIndex, inner: this.#made };
      this.#made = outer;
      return unit;
    });
    this.#made.push(...units);
    return units.flatMap(({ lowered }) => lowered);
  }

  #offer(unit: Unit): void {
    // Broken statements are not taken, but what is inside of them may be whole.
    if (unit.key === undefined) return;
    const same = this.#free.get(unit.key);
    if (same === undefined) this.#free.set(unit.key, [unit]);
    else same.push(unit);
  }

  /** What is left at the outermost level has changed or moved; what is inside of it may be as before. */
  #open(): void {
    const waiting = this.#closed.filter((unit) => !this.#gone.has(unit)).reverse();
    this.#closed = [];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const unit of next.inner) {
        this.#outer.set(unit, next);
        this.#offer(unit);
      }
      waiting.push(...[...next.inner].reverse());
    }
  }

  #take(slot: Slot | undefined): Unit | undefined {
    const same = slot?.key === undefined ? undefined : this.#free.get(slot.key);
    if (slot === undefined || same === undefined) return undefined;
    let unit = same.shift();
    while (unit !== undefined && this.#gone.has(unit)) unit = same.shift();
    if (unit === undefined) return undefined;
    for (let outer = this.#outer.get(unit); outer !== undefined && !this.#gone.has(outer); outer = this.#outer.get(outer)) this.#gone.add(outer);
    const by = slot.node.startIndex - unit.start;
    for (const node of unit.lowered) move(node, by);
    this.#leave(unit, by);
    return unit;
  }

  #leave(unit: Unit, by: number): void {
    const waiting = [unit];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      this.#gone.add(next);
      next.start += by;
      waiting.push(...next.inner);
    }
  }
}
