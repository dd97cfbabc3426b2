import type { BindNode, ClassNode, FunctionNode, IrNode, NameNode, Program, Target } from './node.js';
import type { Memory, MemoryKey } from './memory.js';
import { OuterNames } from './outerNames.js';
import type { Outside } from './outside.js';
import { ownNodes } from './shells.js';
import { childrenOf, walk } from './walk.js';

/** A place that gives a name its value. */
export type Source =
  | { readonly kind: 'bind'; readonly node: BindNode; readonly target: Target }
  | { readonly kind: 'parameter'; readonly node: FunctionNode; readonly target: Target; readonly index: number }
  | { readonly kind: 'function'; readonly node: FunctionNode }
  | { readonly kind: 'class'; readonly node: ClassNode };

/** A name with everything that gives it a value. One object for all its uses. */
export interface Binding {
  readonly name: string;
  readonly scope: IrNode;
  /** In order. */
  readonly sources: readonly Source[];
}

interface Entry {
  readonly sources: Source[];
  isDeclared: boolean;
}

interface Table {
  readonly bindings: Map<string, Entry>;
}

/** A name with more sources than this is a counter or generated code. */
const MOST_SOURCES = 200;

const TABLE: MemoryKey<Table> = {};
const MEMBERS: MemoryKey<ReadonlyMap<string, readonly Source[]>> = {};
/** The same of one statement of the outermost level. */
const OWN_TABLE: MemoryKey<Table> = {};
const OUTER: MemoryKey<OuterNames<Entry, Entry>> = {};
type MembersKey = MemoryKey<ReadonlyMap<string, readonly Source[]>>;
/** By how deep a piece is in what the members are of: directly, in something that is, or deeper. */
const OWN_MEMBERS: readonly [MembersKey, MembersKey, MembersKey] = [{}, {}, {}];
const SHELL_MEMBERS: readonly [MembersKey, MembersKey, MembersKey] = [{}, {}, {}];
/** By the place of the shell; -1 for the outermost level. */
const OUTER_MEMBERS: MemoryKey<Map<number, OuterNames<readonly Source[], readonly Source[]>>> = {};
const PIECES: MemoryKey<readonly IrNode[]> = {};

/** Finds what names stand for in one program. */
export class Scopes {
  readonly #memory: Memory;
  readonly #bindings = new Map<IrNode, Map<string, Binding>>();
  readonly root: Program['root'];
  readonly #outside: Outside | undefined;

  /** `outside` is told what is asked of the outermost level. */
  constructor({ root, memory }: Program, outside?: Outside) {
    this.root = root;
    this.#memory = memory;
    this.#outside = outside;
  }

  /** What the name stands for where that node stands; undefined when the program does not say. */
  resolve(name: string, at: IrNode): Binding | undefined {
    let assigned: IrNode | undefined;
    /** A declaration does not see itself: `let price = price * 100` is about the price outside. */
    const own: IrNode[] = [];
    let isNested = false;
    for (let scope = at.parent; scope !== undefined; scope = scope.parent) {
      if (scope.kind === 'bind' && !isNested) own.push(scope);
      if (!isScope(scope)) continue;
      if (scope.parent === undefined) this.#outside?.name(name);
      else if (scope.shell !== undefined) this.#outside?.name(name, scope);
      const entry = this.#entryOf(name, scope);
      if (entry !== undefined && !entry.sources.every(({ node }) => own.includes(node))) {
        if (entry.isDeclared) return this.#bindingOf(name, scope);
        assigned = scope;
      }
      isNested ||= scope.kind === 'function';
    }
    return assigned === undefined ? undefined : this.#bindingOf(name, assigned);
  }

  /** The sources that the value may come from when the name is read there: the last one that is always passed before, and what may follow it. */
  sourcesAt(binding: Binding, use: IrNode): readonly Source[] {
    const { sources } = binding;
    if (sources.length < 2) return sources;
    const around = new Set<IrNode>();
    let home: IrNode | undefined;
    for (let node: IrNode | undefined = use; node !== undefined; node = node.parent) {
      around.add(node);
      if (home === undefined && node.kind === 'function') home = node;
    }
    // What a function sees of variables around it depends on when it is called.
    const own = sources.filter(({ node, kind }) => kind === 'parameter' ? node === home : functionOf(node) === home);
    if (own.length === 0) return sources;
    const before = own.filter(({ node, kind }) => kind === 'parameter' || node.end <= use.start);
    if (before.length === 0) return own;
    const last = before.findLastIndex(({ node, kind }) => kind === 'parameter' || (!isFallback(node) && around.has(blockOf(node))));
    return last === -1 ? before : before.slice(last);
  }

  /** What gives the member of the object around its value, as in `this.x`: fields, methods, and what is assigned to such members. */
  memberSources(name: string, at: IrNode): readonly Source[] {
    // Python's and Ruby's fields are assigned in methods; in Go and Rust the methods stand outside of the type.
    let owner: IrNode = at;
    while (owner.kind !== 'class' && owner.parent !== undefined) owner = owner.parent;
    if (owner.parent === undefined) this.#outside?.member(name);
    else if (owner.shell !== undefined) this.#outside?.member(name, owner);
    if (owner.parent === undefined || owner.shell !== undefined) return this.membersIn(owner, name);
    return this.#memory.recall(MEMBERS, owner, () => membersOf(walk(owner), owner)).get(name) ?? [];
  }

  /** What the outermost level, or a shell, says of a name: what gives it its value, and whether it declares it. */
  sourcesIn(scope: IrNode, name: string): readonly unknown[] {
    const entry = this.#entryOf(name, scope);
    // What a shell is given is the same as long as what it says of itself is.
    return entry === undefined ? [] : [entry.isDeclared, ...entry.sources.map((source) => (source.kind === 'parameter' && source.node.shell !== undefined ? `parameter ${String(source.index)} ${source.target.path.join('.')}` : source.node))];
  }

  /** What gives a member of that name its value where no class is around, or of a class that is a shell. */
  membersIn(owner: IrNode, name: string): readonly Source[] {
    const known = this.#memory.recall(OUTER_MEMBERS, this.#memory, () => new Map<number, OuterNames<readonly Source[], readonly Source[]>>());
    const place = owner.shell?.place ?? -1;
    let outer = known.get(place);
    if (outer === undefined) known.set(place, (outer = new OuterNames<readonly Source[], readonly Source[]>()));
    const own = (piece: IrNode): ReadonlyMap<string, readonly Source[]> => {
      const keys = piece.shell === undefined ? OWN_MEMBERS : SHELL_MEMBERS;
      return this.#memory.recall(keys[piece.parent === owner ? 0 : piece.parent?.parent === owner ? 1 : 2], piece, () => membersOf(ownNodes(piece), owner));
    };
    return outer.of(name, this.#memory.recall(PIECES, owner, () => piecesIn(owner)), own, (parts) => parts.flat().slice(0, MOST_SOURCES)) ?? [];
  }

  /** Whether what the name means in there is declared inside of a statement of the outermost level, so that no other statement can mean it. */
  isLocal(name: string, at: IrNode): boolean {
    for (let scope = at; scope.parent !== undefined && scope.shell === undefined; scope = scope.parent) {
      if (isScope(scope) && this.#tableOf(scope).bindings.get(name)?.isDeclared === true) return true;
    }
    return false;
  }

  #bindingOf(name: string, scope: IrNode): Binding {
    let known = this.#bindings.get(scope);
    if (known === undefined) this.#bindings.set(scope, (known = new Map<string, Binding>()));
    let binding = known.get(name);
    if (binding === undefined) {
      binding = { name, scope, sources: this.#entryOf(name, scope)?.sources ?? [] };
      known.set(name, binding);
    }
    return binding;
  }

  #entryOf(name: string, scope: IrNode): Entry | undefined {
    if (scope !== this.root) return this.#tableOf(scope).bindings.get(name);
    // Statement by statement: most are as they were in the last version.
    return this.#memory.recall(OUTER, this.#memory, () => new OuterNames<Entry, Entry>()).of(name, scope.children, (statement) => this.#ownTable(statement).bindings, merged);
  }

  #tableOf(scope: IrNode): Table {
    return this.#memory.recall(TABLE, scope, () => {
      const table: Table = { bindings: new Map() };
      this.#fill(table, scope);
      return table;
    });
  }

  #ownTable(statement: IrNode): Table {
    return this.#memory.recall(OWN_TABLE, statement, () => {
      const one: Table = { bindings: new Map() };
      this.#fillWith(one, [statement]);
      return one;
    });
  }

  #fill(table: Table, scope: IrNode): void {
    if (scope.kind === 'function') {
      for (const [index, { targets }] of scope.parameters.entries()) {
        for (const target of targets) if (target.name !== undefined) add(table, target.name, { kind: 'parameter', node: scope, target, index }, true);
      }
    }
    this.#fillWith(table, scope.shell?.children ?? childrenOf(scope));
  }

  #fillWith(table: Table, nodes: readonly IrNode[]): void {
    const waiting = [...nodes].reverse();
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node.kind === 'bind') {
        for (const target of node.targets) if (target.name !== undefined) add(table, target.name, { kind: 'bind', node, target }, node.isDeclaration);
      }
      if (node.kind === 'function' || node.kind === 'class') {
        if (node.name !== undefined) add(table, node.name, node.kind === 'function' ? { kind: 'function', node } : { kind: 'class', node }, true);
        continue;
      }
      if (isScope(node)) {
        for (const [name, { sources, isDeclared }] of this.#tableOf(node).bindings) {
          if (!isDeclared) for (const source of sources) add(table, name, source, false);
        }
        continue;
      }
      const children = childrenOf(node);
      for (let at = children.length - 1; at >= 0; at--) {
        const child = children[at];
        if (child !== undefined) waiting.push(child);
      }
    }
  }
}

/** The names by which code means the object whose method it is. */
export function isSelf(name: string): boolean {
  return name === 'this' || name === 'self' || name === 'cls';
}

/** The root of `a.b[0].c`, when it is a name. */
export function rootName(node: IrNode): NameNode | undefined {
  let inner = node;
  for (;;) {
    if (inner.kind === 'name') return inner;
    if (inner.kind === 'member' || inner.kind === 'element') inner = inner.object;
    else if (inner.kind === 'wrapped') ({ inner } = inner);
    else return undefined;
  }
}

function isScope(node: IrNode): boolean {
  return node.kind === 'function' || node.kind === 'class' || (node.kind === 'group' && (node.isScope || node.parent === undefined));
}

function add(table: Table, name: string, source: Source, isDeclared: boolean): void {
  const entry = table.bindings.get(name);
  if (entry === undefined) table.bindings.set(name, { sources: [source], isDeclared });
  else {
    if (entry.sources.length < MOST_SOURCES) entry.sources.push(source);
    entry.isDeclared ||= isDeclared;
  }
}

function merged(entries: readonly Entry[]): Entry {
  const [only, other] = entries;
  return only !== undefined && other === undefined ? only : { sources: entries.flatMap(({ sources }) => sources).slice(0, MOST_SOURCES), isDeclared: entries.some(({ isDeclared }) => isDeclared) };
}

function functionOf(node: IrNode): IrNode | undefined {
  let outer = node.parent;
  while (outer !== undefined && outer.kind !== 'function') outer = outer.parent;
  return outer;
}

/** `x ??= 1`, also the default of a pattern: what was there before may stay. */
function isFallback(node: IrNode): boolean {
  return node.kind === 'bind' && (node.operator === '??' || node.operator === '||');
}

function isAlone(block: IrNode & { readonly kind: 'group' }): boolean {
  return (block.shell ?? block).children.length === 1;
}

/** What has to run for the node to run: statements alone in their block count as the block. */
function blockOf(node: IrNode): IrNode {
  let block: IrNode = node.parent ?? node;
  while (block.kind === 'wrapped' || (block.kind === 'group' && isAlone(block) && block.parent !== undefined)) block = block.parent ?? block;
  return block;
}

/** The pieces inside of a shell, or of the root. */
function piecesIn(owner: IrNode): readonly IrNode[] {
  const parts = owner.shell?.parts ?? childrenOf(owner);
  return parts.flatMap((part) => (part.shell === undefined ? part : [part, ...piecesIn(part)]));
}

/** Those among the nodes, which are of the owner or of a part of it. */
function membersOf(nodes: readonly IrNode[], owner: IrNode): ReadonlyMap<string, readonly Source[]> {
  const members = new Map<string, Source[]>();
  const put = (name: string, source: Source): void => {
    const known = members.get(name);
    if (known === undefined) members.set(name, [source]);
    else if (known.length < MOST_SOURCES) known.push(source);
  };
  for (const node of nodes) {
    if (node.kind === 'bind') {
      for (const target of node.targets) {
        const { place } = target;
        if (place?.kind === 'member' && place.object.kind === 'name' && isSelf(place.object.name)) put(place.name, { kind: 'bind', node, target });
        else if (target.name !== undefined && place === undefined && (node.parent === owner || node.parent?.parent === owner)) put(target.name, { kind: 'bind', node, target });
      }
    } else if (node.kind === 'function' && node.name !== undefined && node.parent === owner) {
      put(node.name, { kind: 'function', node });
    }
  }
  return members;
}
