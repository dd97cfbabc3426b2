import type { MemoryKey } from './memory.js';
import type { GroupNode, IrNode, Program } from './node.js';
import { childrenOf, walk } from './walk.js';

/** Shorter statements are looked at as a whole. UTF-16 code units. */
export const LONG = 4_000;

/**
 * A statement so long that the statements inside of it are followed one by one: a class, what `describe` is given, a function with everything in it. It is
 * there only as what holds them, and is made anew whenever one of them changes.
 */
export interface Shell {
  /** Itself with what is inside of it before the first statement: callee, arguments, parameters. */
  readonly own: readonly IrNode[];
  /** What it holds directly, in order: statements, and further shells. */
  readonly parts: readonly IrNode[];
  /** What is inside of it, as of any other node. */
  readonly children: readonly IrNode[];
  /** Which of the shells of the program it is, in order. */
  place: number;
}

/** Is told when somebody looks inside of a shell, whose insides change without it being noticed. */
export class Watch {
  onLook: (() => void) | undefined;

  /** Nobody is told of what that looks at. */
  unwatched<T>(look: () => T): T {
    const { onLook } = this;
    if (onLook === undefined) return look();
    this.onLook = undefined;
    try {
      return look();
    } finally {
      this.onLook = onLook;
    }
  }
}

/** What is remembered of the shells of the last version. */
interface Known {
  readonly watch: Watch;
  shells: readonly IrNode[];
}

const KNOWN: MemoryKey<Known> = {};

export function watchOf({ memory }: Pick<Program, 'memory'>): Watch {
  return known(memory).watch;
}

/** Those of the current version, in order. */
export function shellsOf({ memory }: Pick<Program, 'memory'>): readonly IrNode[] {
  return known(memory).shells;
}

function known(memory: Program['memory']): Known {
  return memory.recall(KNOWN, memory, (): Known => ({ watch: new Watch(), shells: [] }));
}

/**
 * The statements of a program in the order of the text, with shells and what they hold instead of what is too long. `isNew` is told of each shell that is one
 * for the first time, before it becomes one.
 */
export function piecesOf(root: GroupNode, memory: Program['memory'], isNew: (node: IrNode) => void): readonly IrNode[] {
  const last = known(memory);
  const pieces: IrNode[] = [];
  const shells: IrNode[] = [];
  const add = (node: IrNode): void => {
    pieces.push(node);
    const shell = node.shell ?? become(node, last.watch, isNew);
    if (shell === undefined) return;
    shell.place = shells.push(node) - 1;
    for (const part of shell.parts) add(part);
  };
  for (const statement of root.children) add(statement);
  if (last.shells.length > 0) {
    const now = new Set(shells);
    // What is gone altogether stays what it was.
    for (const node of last.shells) if (!now.has(node) && isInside(node, root)) leave(node);
  }
  last.shells = shells;
  return pieces;
}

/** The piece that the node is part of, or what it is part of in the shell around it. */
export function pieceAround(node: IrNode): IrNode {
  let piece = node;
  while (piece.shell === undefined && piece.parent?.parent !== undefined && piece.parent.shell === undefined) piece = piece.parent;
  return piece;
}

/** The node and everything inside; of a shell what is its own. */
export function ownNodes(piece: IrNode): readonly IrNode[] {
  return piece.shell?.own ?? walk(piece);
}

/** Where what is a shell's own ends. */
export function ownEnd({ shell, start, end }: IrNode): number {
  return shell === undefined ? end : shell.own.reduce((last, node, index) => (index === 0 ? last : Math.max(last, node.end)), start);
}

/** What names, types and the like it says of itself: what it holds depends on that. */
export function shellText(node: IrNode, text: string): string {
  const first = node.shell?.parts[0];
  switch (node.kind) {
    case 'class':
      return `class ${node.name ?? ''}`;
    case 'function':
      return `function ${node.name ?? ''} ${node.parameters.map(({ start, end }) => text.slice(start, end)).join()}`;
    default:
      return node.kind === 'group' && node.isScope ? `block ${String(node.shell?.children.length === 1)}` : `${node.kind} ${text.slice(node.start, first?.start ?? node.end)}`;
  }
}

/** What it holds, where it is long enough and of a kind that holds statements. */
function become(node: IrNode, watch: Watch, isNew: (node: IrNode) => void): Shell | undefined {
  const parts = partsIn(node);
  if (parts === undefined) return undefined;
  isNew(node);
  const children = childrenOf(node);
  const held = new Set(parts);
  const own = [node, ...children.filter((child) => !held.has(child)).flatMap(walk)];
  const shell: Shell = { own, parts, children, place: 0 };
  (node as { shell?: Shell }).shell = shell;
  const inside = insideOf(node);
  if (inside === undefined) return shell;
  const looked = (value: readonly IrNode[]): PropertyDescriptor => ({
    configurable: true,
    enumerable: true,
    get: (): readonly IrNode[] => {
      watch.onLook?.();
      return value;
    },
  });
  Object.defineProperty(node, inside.name, looked(inside.nodes));
  Object.defineProperty(node, 'childNodes', looked(children));
  return shell;
}

function isInside(node: IrNode, root: IrNode): boolean {
  let outer = node;
  while (outer.parent !== undefined) outer = outer.parent;
  return outer === root;
}

/** Makes it a node as any other again. */
function leave(node: IrNode): void {
  const { shell } = node;
  if (shell === undefined) return;
  const inside = insideOf(node);
  (node as { shell?: Shell | undefined }).shell = undefined;
  if (inside === undefined) return;
  const plain = (value: readonly IrNode[]): PropertyDescriptor => ({ configurable: true, enumerable: true, writable: true, value });
  Object.defineProperty(node, inside.name, plain(inside.nodes));
  Object.defineProperty(node, 'childNodes', plain(shell.children));
}

function partsIn(node: IrNode): readonly IrNode[] | undefined {
  if (node.end - node.start < LONG) return undefined;
  const inside = insideOf(node);
  if (inside !== undefined && inside.nodes.length > 1) return inside.nodes;
  if (inside === undefined && !PASSING.has(node.kind)) return undefined;
  const children = childrenOf(node);
  const parts = children.filter((child) => partsIn(child) !== undefined);
  // What is its own comes first, so that the pieces are in the order of the text.
  return parts.length > 0 && parts.every((part, index) => children[children.length - parts.length + index] === part) ? parts : undefined;
}

const PASSING: ReadonlySet<IrNode['kind']> = new Set<IrNode['kind']>(['call', 'bind', 'wrapped', 'return', 'group']);

/** The statements that a node of such a kind holds. */
function insideOf(node: IrNode): { readonly name: string; readonly nodes: readonly IrNode[] } | undefined {
  switch (node.kind) {
    case 'class':
      return { name: 'members', nodes: node.members };
    case 'function':
      return { name: 'body', nodes: node.body };
    case 'group':
      return node.isScope ? { name: 'children', nodes: node.children } : undefined;
    default:
      return undefined;
  }
}
