import { accessOf, ELEMENT, plainText, type Step } from './access.js';
import { linkParts } from './blocks.js';
import { canonical } from './names.js';
import type { IrNode, NameNode, Program } from './node.js';
import { OuterNames } from './outerNames.js';
import type { Outside } from './outside.js';
import { Scopes } from './scopes.js';
import type { MemoryKey } from './memory.js';
import { ownNodes } from './shells.js';
import { unwrap } from './walk.js';

/** Something that is put into a value after it was made: `body.cost = x`, `body['cost'] = x`, `list.push(x)`. */
export interface Write {
  readonly root: NameNode;
  /** From the root to what is written; ends with `ELEMENT` for what is appended. */
  readonly steps: readonly Step[];
  /** undefined where it is not written out, as with `x.amount++`. */
  readonly value: IrNode | undefined;
  /** `=`, or the operator of a compound assignment. */
  readonly operator: string;
  /** The assignment or call. */
  readonly node: IrNode;
}

const APPENDING = new Set(['push', 'append', 'add', 'unshift', 'prepend', 'pushBack', 'addLast']);
const PUTTING = new Set(['put', 'set', 'store', 'insert', 'putIfAbsent', 'addProperty', 'setdefault', 'add']);
const MERGING = new Set(['update', 'assign', 'merge', 'putAll', 'extend', 'addAll', 'mergeBang', 'concat']);

const WRITES: MemoryKey<ReadonlyMap<string, readonly Write[]>> = {};
const SHELL_WRITES: MemoryKey<ReadonlyMap<string, readonly Write[]>> = {};
const OUTER: MemoryKey<OuterNames<readonly Write[], readonly Write[]>> = {};

/** In order, and by the first of their steps. */
interface ScopeWrites {
  readonly all: Write[];
  readonly byStep: Map<Step, Write[]>;
}

/** The writes of a program by the name of their root; scopes are up to the caller. */
export class Writes {
  readonly #program: Program;
  readonly #outside: { readonly asked: Outside; readonly whole: Writes } | undefined;
  /** By the name, then by the scope that it belongs to. */
  readonly #byScope = new Map<string, Map<unknown, ScopeWrites>>();

  /** `outside` is told what is asked of the outermost level, and `whole` has the writes already. */
  constructor(program: Program, outside?: { readonly asked: Outside; readonly whole: Writes }) {
    this.#program = program;
    this.#outside = outside;
  }

  of(name: string): readonly Write[] {
    this.#outside?.asked.writesOf(name);
    return this.#named(name);
  }

  #named(name: string): readonly Write[] {
    if (this.#outside !== undefined) return this.#outside.whole.#named(name);
    const { pieces, memory } = this.#program;
    const outer = memory.recall(OUTER, memory, () => new OuterNames<readonly Write[], readonly Write[]>());
    return outer.of(name, pieces, (piece) => memory.recall(piece.shell === undefined ? WRITES : SHELL_WRITES, piece, () => writesIn(piece)), (parts) => parts.flat()) ?? NONE;
  }

  /** The writes into what that very name stands for, where it is read. */
  to(use: NameNode, scopes: Scopes): readonly Write[] {
    return this.#inScope(use, undefined, scopes)?.all ?? [];
  }

  /** Those of them that write what the path leads to, or something around it. */
  along(path: readonly Step[], use: NameNode, scopes: Scopes): readonly Write[] {
    return alongIn(this.#inScope(use, path, scopes), path);
  }

  /** The same for what a shell has of that name, or the outermost level, or what nobody declares. */
  inScope(home: IrNode, name: string, path: readonly Step[] | undefined): readonly Write[] {
    const all = this.#named(name).length === 0 ? undefined : this.#scopesOf(name, new Scopes(this.#program));
    return (home.shell === undefined ? [home, undefined] : [home]).flatMap((scope) => (path === undefined ? all?.get(scope)?.all ?? [] : alongIn(all?.get(scope), path)));
  }

  #inScope(use: NameNode, path: readonly Step[] | undefined, scopes: Scopes): ScopeWrites | undefined {
    const { name } = use;
    const isAny = this.#named(name).length > 0;
    if (!isAny && this.#outside === undefined) return undefined;
    const scope = scopes.resolve(name, use)?.scope;
    if (scope?.parent === undefined) this.#outside?.asked.writes(name, path);
    else if (scope.shell !== undefined) this.#outside?.asked.writes(name, path, scope);
    return isAny ? (this.#outside?.whole ?? this).#scopesOf(name, scopes).get(scope) : undefined;
  }

  /** Each write is asked for its scope once: files with thousands of them ask as often. */
  #scopesOf(name: string, scopes: Scopes): Map<unknown, ScopeWrites> {
    let known = this.#byScope.get(name);
    if (known !== undefined) return known;
    this.#byScope.set(name, (known = new Map<unknown, ScopeWrites>()));
    for (const write of this.of(name)) {
      const scope = scopes.resolve(name, write.root)?.scope;
      let own = known.get(scope);
      if (own === undefined) known.set(scope, (own = { all: [], byStep: new Map() }));
      own.all.push(write);
      const [step] = write.steps;
      const same = step === undefined ? undefined : own.byStep.get(step);
      if (same !== undefined) same.push(write);
      else if (step !== undefined) own.byStep.set(step, [write]);
    }
    return known;
  }
}

/** By the name of their root. */
function writesIn(piece: IrNode): ReadonlyMap<string, readonly Write[]> {
  const found = new Map<string, Write[]>();
  for (const write of ownNodes(piece).flatMap(writesOf)) {
    const known = found.get(write.root.name);
    if (known === undefined) found.set(write.root.name, [write]);
    else known.push(write);
  }
  return found;
}

function alongIn(writes: ScopeWrites | undefined, path: readonly Step[]): readonly Write[] {
  const [first] = path;
  const own = first === undefined ? undefined : writes?.byStep.get(first);
  return own === undefined ? NONE : own.filter(({ steps }) => steps.every((step, index) => path[index] === step));
}

const NONE: readonly Write[] = [];

function writesOf(node: IrNode): Write[] {
  if (node.kind === 'bind') {
    return node.targets.flatMap(({ place, path }): Write[] => {
      const to = place === undefined || path.length > 0 ? undefined : placeOf(place);
      return to === undefined || to.steps.length === 0 ? [] : [{ ...to, value: node.value, operator: node.operator, node }];
    });
  }
  // Ruby's and PHP's ways to append.
  if (node.kind === 'operation' && node.operator === '<<') {
    const [list, value] = node.operands;
    const to = list === undefined ? undefined : placeOf(list);
    return to === undefined || value === undefined ? [] : [{ root: to.root, steps: [...to.steps, '[]'], value, operator: '=', node }];
  }
  if (node.kind !== 'call' || node.isNew) return [];
  const callee = unwrap(node.callee);
  if (callee.kind !== 'member') return appended(node);
  const name = canonical(callee.name);
  const [first, second] = node.arguments;
  const isKnown = APPENDING.has(name) || PUTTING.has(name) || MERGING.has(name);
  const to = first === undefined ? undefined : receiverOf(callee.object);
  if (to === undefined || first === undefined) return [];
  if (!isKnown) {
    // A builder or a bean: `override.amount(49)`, `money.setAmount(49)`.
    return node.arguments.length > 1 ? [] : linkParts(node).flatMap(({ key, value, isElement }): Write[] => (key === undefined ? [] : [{ root: to.root, steps: [...to.steps, key, ...(isElement ? [ELEMENT] : [])], value, operator: '=', node }]));
  }
  if (PUTTING.has(name) && second !== undefined) {
    const key = unwrap(first.value);
    const text = key.kind === 'text' && key.parts.length === 1 && key.parts[0]?.kind === 'stretch' ? key.parts[0].value : undefined;
    return text === undefined ? [] : [{ root: to.root, steps: [...to.steps, canonical(text)], value: second.value, operator: '=', node }];
  }
  if (APPENDING.has(name)) return node.arguments.map(({ value }) => ({ root: to.root, steps: [...to.steps, '[]'], value, operator: '=', node }));
  return MERGING.has(name) ? node.arguments.map(({ value }) => ({ root: to.root, steps: to.steps, value, operator: '=', node })) : [];
}

/** Go: `list = append(list, x)` appends to its first argument. */
function appended(node: IrNode & { readonly kind: 'call' }): Write[] {
  const callee = unwrap(node.callee);
  if (callee.kind !== 'name' || !/^(?:append|array_push)$/.test(callee.name)) return [];
  const [list, ...values] = node.arguments;
  const to = list === undefined ? undefined : placeOf(list.value);
  return to === undefined ? [] : values.map(({ value }) => ({ root: to.root, steps: [...to.steps, '[]'], value, operator: '=', node }));
}

/** The same for what a method is called on: also behind further calls (`builder.amount(49).currency(USD)`) and Jackson's `body.putObject("cost")`. */
function receiverOf(object: IrNode): ReturnType<typeof placeOf> {
  const steps: Step[] = [];
  let node = unwrap(object);
  for (let left = 60; left > 0 && node.kind === 'call' && !node.isNew; left--) {
    const callee: IrNode = unwrap(node.callee);
    if (callee.kind !== 'member') return undefined;
    const key = /^(?:put|with)(?:Object|Array|JsonObject|JsonArray)?$/.test(callee.name) && node.arguments.length === 1 ? plainText(node.arguments[0]?.value ?? callee) : undefined;
    if (key !== undefined) steps.unshift(canonical(key));
    else if (callee.name === 'addObject') steps.unshift(ELEMENT);
    else if (node.arguments.length === 0) return undefined;
    node = unwrap(callee.object);
  }
  const to = placeOf(node);
  return to === undefined ? undefined : { root: to.root, steps: [...to.steps, ...steps] };
}

/** The root and the steps of `a.b['c'][0]`; undefined where it starts with something else than a name. */
export function placeOf(place: IrNode): { readonly root: NameNode; readonly steps: readonly Step[] } | undefined {
  const steps: Step[] = [];
  let node = unwrap(place);
  for (let left = 60; left > 0; left--) {
    if (node.kind === 'name') return { root: node, steps: steps.reverse() };
    if (node.kind !== 'member' && node.kind !== 'element') return undefined;
    const access = accessOf(node);
    if (access === undefined) return undefined;
    if (access.step !== undefined) steps.push(access.step);
    node = unwrap(access.object);
  }
  return undefined;
}
