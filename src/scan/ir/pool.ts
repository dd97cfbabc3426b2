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
 * Every unit belongs to one place at a time, so that moving it moves nothing else.
 */
export class LoweringPool {
  /** Units of the last time that may be taken, by key; those at the same level as what is being lowered. */
  #free: Map<string, Unit[]>;
  #made: Unit[] = [];

  constructor(previous: readonly Unit[]) {
    this.#free = byKey(previous);
  }

  /** The units at the outermost level. */
  get units(): readonly Unit[] {
    return this.#made;
  }

  level(slots: readonly Slot[], lower: (slot: Slot) => readonly IrNode[]): IrNode[] {
    const level = this.#free;
    const taken = slots.map(({ key, node }) => (key === undefined ? undefined : this.#take(level, key, node.startIndex)));
    // What is left at this level has changed; what is inside of it may be as before. It can no longer be taken as a whole.
    let inside: Map<string, Unit[]> | undefined;
    const units = slots.map((slot, index): Unit => {
      const known = taken[index];
      if (known !== undefined) return known;
      inside ??= emptied(level);
      const outer = { free: this.#free, made: this.#made };
      this.#free = inside;
      this.#made = [];
      const lowered = lower(slot);
      const unit: Unit = { key: slot.key, lowered, start: slot.node.startIndex, inner: this.#made };
      this.#free = outer.free;
      this.#made = outer.made;
      return unit;
    });
    this.#made.push(...units);
    return units.flatMap(({ lowered }) => lowered);
  }

  #take(level: Map<string, Unit[]>, key: string, start: number): Unit | undefined {
    const unit = level.get(key)?.shift();
    if (unit === undefined) return undefined;
    for (const node of unit.lowered) move(node, start - unit.start);
    reposition(unit, start - unit.start);
    return unit;
  }
}

function reposition(unit: Unit, by: number): void {
  if (by === 0) return;
  unit.start += by;
  for (const inner of unit.inner) reposition(inner, by);
}

function byKey(units: readonly Unit[]): Map<string, Unit[]> {
  const map = new Map<string, Unit[]>();
  for (const unit of units) {
    // Broken statements are not taken, but what is inside of them may be whole.
    const key = unit.key ?? '';
    const same = map.get(key);
    if (same === undefined) map.set(key, [unit]);
    else same.push(unit);
  }
  return map;
}

function emptied(level: Map<string, Unit[]>): Map<string, Unit[]> {
  const inner = [...level.values()].flat().flatMap((unit) => unit.inner);
  level.clear();
  return byKey(inner);
}
