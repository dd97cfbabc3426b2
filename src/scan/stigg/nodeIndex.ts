import type { Memory, MemoryKey } from '../ir/memory.js';
import type { BindNode, CallNode, FunctionNode, IrNode, NameNode, ObjectNode, OperationNode, Program, Target } from '../ir/node.js';
import { ownNodes } from '../ir/shells.js';
import { unwrap } from '../ir/walk.js';

const OF_STATEMENT: MemoryKey<NodeIndex> = {};
const OF_SHELL: MemoryKey<NodeIndex> = {};

/** The nodes that questions are asked about, by kind and by name, each list in the order of the text. */
export class NodeIndex {
  readonly calls: CallNode[] = [];
  /** By the last name of what they call. */
  readonly callees = new Map<string, CallNode[]>();
  readonly operations: (OperationNode | BindNode)[] = [];
  readonly typedObjects: ObjectNode[] = [];
  readonly names = new Map<string, NameNode[]>();
  readonly assignments = new Map<string, BindNode[]>();
  /** Those that have a name of their own; only in the index of one statement. */
  readonly functions = new Map<string, FunctionNode[]>();
  readonly #words = new Set<string>();

  /** Statements that did not change since the last version are not gone through again. */
  static of({ pieces, memory }: Program): NodeIndex {
    const index = new NodeIndex();
    for (const piece of pieces) index.#add(NodeIndex.within(piece, memory));
    return index;
  }

  /** The nodes inside of one statement; of a shell its own. */
  static within(piece: IrNode, memory: Memory): NodeIndex {
    return memory.recall(piece.shell === undefined ? OF_STATEMENT : OF_SHELL, piece, () => {
      const own = new NodeIndex();
      for (const node of ownNodes(piece)) own.#put(node);
      return own;
    });
  }

  /** The nodes of several of them, in order. */
  static among(statements: readonly IrNode[], memory: Memory): NodeIndex {
    const [only, other] = statements;
    if (only !== undefined && other === undefined) return NodeIndex.within(only, memory);
    const index = new NodeIndex();
    for (const statement of statements) index.#add(NodeIndex.within(statement, memory));
    return index;
  }

  /** Every name in there, whatever it names. */
  get words(): ReadonlySet<string> {
    return this.#words;
  }

  #put(node: IrNode): void {
    if (node.kind === 'name' || node.kind === 'member') this.#words.add(node.name);
    else if (node.kind === 'bind') this.#addTargets(node.targets);
    else if (node.kind === 'function') for (const { targets } of node.parameters) this.#addTargets(targets);
    if ((node.kind === 'function' || node.kind === 'class') && node.name !== undefined) this.#words.add(node.name);
    if (node.kind === 'operation' || node.kind === 'bind') this.operations.push(node);
    if (node.kind === 'call') {
      this.calls.push(node);
      const callee = unwrap(node.callee);
      if (callee.kind === 'name' || callee.kind === 'member') putAll(this.callees, callee.name, [node]);
    } else if (node.kind === 'object' && node.type !== undefined) this.typedObjects.push(node);
    else if (node.kind === 'name') putAll(this.names, node.name, [node]);
    else if (node.kind === 'function' && node.name !== undefined) putAll(this.functions, node.name, [node]);
    else if (node.kind === 'bind' && !node.isDeclaration) for (const { name } of node.targets) if (name !== undefined) putAll(this.assignments, name, [node]);
  }

  #addTargets(targets: readonly Target[]): void {
    for (const { name } of targets) if (name !== undefined) this.#words.add(name);
  }

  #add(other: NodeIndex): void {
    for (const call of other.calls) this.calls.push(call);
    for (const operation of other.operations) this.operations.push(operation);
    for (const object of other.typedObjects) this.typedObjects.push(object);
    for (const by of ['callees', 'names', 'assignments'] as const) {
      for (const [name, nodes] of other[by]) putAll<IrNode>(this[by], name, nodes);
    }
  }
}

function putAll<T>(all: Map<string, T[]>, name: string, nodes: readonly T[]): void {
  const known = all.get(name);
  if (known === undefined) all.set(name, [...nodes]);
  else for (const node of nodes) known.push(node);
}
