import type { Node } from '@vscode/tree-sitter-wasm';
import type { Moves } from './moves.js';
import type { IrNode } from './node.js';
import { LONG } from './shells.js';
import { move } from './walk.js';

/** A statement that was lowered, with the statements inside of it. */
export interface Unit {
  readonly key: string | undefined;
  readonly lowered: readonly IrNode[];
  /** The type of the syntax node. */
  readonly type: string;
  /** Where the statement stood when it was lowered or last moved, and how long it is. */
  start: number;
  readonly length: number;
  /** So much the units inside of it have still to be moved. */
  behind: number;
  readonly inner: readonly Unit[];
}

/** Where a text differs from the one before; offsets of the new text. */
export interface Changed {
  readonly start: number;
  readonly end: number;
  /** By so much what follows has moved. */
  readonly by: number;
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
  readonly #changed: Changed | undefined;
  /** What stood where the change is, and whose statements are looked at now. */
  #before: readonly Unit[] | undefined;
  /** Units that go on as others, of which only what is inside is taken over. */
  readonly #followed = new Set<Unit>();
  readonly #isBroken: boolean;
  readonly #moves: Moves | undefined;
  /** How many statements are around what is lowered. */
  #depth = 0;

  /** `changed` where nothing else in the text did. `isBroken`: some statements have errors in them. `moves`: what is inside of outermost statements is moved later. */
  constructor(previous: readonly Unit[], changed?: Changed, isBroken = false, moves?: Moves) {
    this.#moves = moves;
    this.#isBroken = isBroken;
    this.#closed = previous;
    this.#changed = changed;
    this.#before = changed === undefined ? undefined : previous;
    if (changed === undefined) for (const unit of previous) this.#offer(unit);
  }

  /** The units at the outermost level. */
  get units(): readonly Unit[] {
    return this.#made;
  }

  /** `keyOf` is asked when it is needed: most statements are known by their place already. */
  level(nodes: readonly Node[], keyOf: (node: Node) => string | undefined, lower: (node: Node) => readonly IrNode[]): IrNode[] {
    const before = this.#before;
    this.#before = undefined;
    // Whole statements first, or one that has changed could take the parts of another that has not.
    const known = before === undefined || this.#changed === undefined ? undefined : this.#untouched(nodes, keyOf, before, this.#changed);
    let taken = known?.taken ?? nodes.map((node) => this.#take(node, keyOf));
    if (this.#closed.length > 0 && taken.some((unit, index) => unit === undefined && known?.changed.has(index) !== true)) {
      this.#open();
      taken = taken.map((unit, index) => unit ?? (known?.changed.has(index) === true ? undefined : this.#take(nodes[index], keyOf)));
    }
    const units = nodes.map((node, index): Unit => {
      const unit = taken[index];
      if (unit !== undefined) return unit;
      const outer = this.#made;
      this.#made = [];
      this.#depth++;
      this.#before = known?.changed.get(index)?.inner;
      const lowered = lower(node);
      this.#before = undefined;
      this.#depth--;
      const { type, startIndex, endIndex } = node;
      const own: Unit = { key: keyOf(node), lowered, type, start: startIndex, length: endIndex - startIndex, behind: 0, inner: this.#made };
      this.#made = outer;
      return own;
    });
    this.#made.push(...units);
    return units.flatMap(({ lowered }) => lowered);
  }

  /** The statements of one level that stand apart from the change, by their place, with what the one was that is changed; the others as usual. */
  #untouched(nodes: readonly Node[], keyOf: (node: Node) => string | undefined, before: readonly Unit[], { start, end, by }: Changed): { readonly taken: readonly (Unit | undefined)[]; readonly changed: ReadonlyMap<number, Unit> } {
    const isOutermost = this.#depth === 0;
    const [first, last] = [nodes[0], nodes.at(-1)];
    const isLong = !isOutermost && first !== undefined && last !== undefined && last.endIndex - first.startIndex >= LONG;
    const changed = new Map<number, Unit>();
    // Both are in the order of the text but for broken code, whose statements are then found by what they say.
    let at = 0;
    const found = nodes.map((node, index): Unit | undefined => {
      const { startIndex, endIndex } = node;
      const isBehind = startIndex > end;
      const stood = isBehind ? startIndex - by : startIndex;
      while ((before[at]?.start ?? stood) < stood) at++;
      if (!isBehind && endIndex >= start) {
        const one = before[at];
        // It goes on as another, since the change is inside of it.
        if (one?.start === startIndex && one.type === node.type && one.length === endIndex - startIndex - by && startIndex < start && end < endIndex && !this.#gone.has(one)) changed.set(index, one);
        return undefined;
      }
      const unit = before[at]?.start === stood ? before[at++] : undefined;
      if (unit?.key === undefined || unit.length !== endIndex - startIndex || unit.type !== node.type || this.#gone.has(unit) || this.#followed.has(unit) || (this.#isBroken && node.hasError)) return undefined;
      return (isOutermost || isLong) && !this.#outer.has(unit) ? this.#movedLater(unit, isBehind ? by : 0) : this.#moved(unit, isBehind ? by : 0);
    });
    for (const unit of changed.values()) this.#follow(unit);
    if (isOutermost) for (const unit of before) if (!this.#gone.has(unit) && !this.#followed.has(unit)) this.#offer(unit);
    return { taken: found.map((unit, index) => unit ?? (changed.has(index) ? undefined : this.#take(nodes[index], keyOf))), changed };
  }

  /** Nobody takes it any more, but what is inside of it may be taken. */
  #follow(unit: Unit): void {
    this.#followed.add(unit);
    for (const node of unit.lowered) if (node.shell === undefined) this.#moves?.settle(node);
    push(unit);
  }

  /** Moves the unit, for now without what is inside of it: nobody looks there from now on. */
  #movedLater(unit: Unit, by: number): Unit {
    if (this.#moves === undefined && by !== 0) return this.#moved(unit, by);
    for (const node of unit.lowered) this.#moves?.add(node, by, this.#depth > 0);
    unit.start += by;
    unit.behind += by;
    this.#gone.add(unit);
    return unit;
  }

  #moved(unit: Unit, by: number): Unit {
    if (this.#moves !== undefined && this.#depth === 0 && !this.#outer.has(unit)) return this.#movedLater(unit, by);
    this.#settle(unit);
    for (const node of unit.lowered) move(node, by);
    this.#leave(unit, by);
    return unit;
  }

  /** Moves what is inside of a unit to where it stands. */
  #settle(unit: Unit): void {
    for (const node of unit.lowered) this.#moves?.settle(node);
    const waiting = [unit];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      push(next);
      waiting.push(...next.inner);
    }
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
      const outer = this.#outer.get(next);
      if (!this.#followed.has(next) && (outer === undefined || this.#followed.has(outer))) this.#settle(next);
      const inner = next.inner.filter((unit) => !this.#gone.has(unit));
      for (const unit of inner) {
        this.#outer.set(unit, next);
        this.#offer(unit);
      }
      waiting.push(...inner.reverse());
    }
  }

  #take(node: Node | undefined, keyOf: (node: Node) => string | undefined): Unit | undefined {
    const key = node === undefined || this.#free.size === 0 ? undefined : keyOf(node);
    const same = key === undefined ? undefined : this.#free.get(key);
    if (node === undefined || same === undefined) return undefined;
    let unit = same.shift();
    while (unit !== undefined && (this.#gone.has(unit) || this.#followed.has(unit))) unit = same.shift();
    if (unit === undefined) return undefined;
    for (let outer = this.#outer.get(unit); outer !== undefined && !this.#gone.has(outer); outer = this.#outer.get(outer)) this.#gone.add(outer);
    return this.#moved(unit, node.startIndex - unit.start);
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

/** Moves the units directly inside of it to where they stand. */
function push(unit: Unit): void {
  const { behind } = unit;
  if (behind === 0) return;
  unit.behind = 0;
  for (const inner of unit.inner) {
    inner.start += behind;
    inner.behind += behind;
  }
}
