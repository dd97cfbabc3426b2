import type { Node } from '@vscode/tree-sitter-wasm';
import { clip } from './clip.js';
import { Memory } from './memory.js';
import type { Moves } from './moves.js';
import { difference } from '../syntax/difference.js';
import { ownText } from '../syntax/ownText.js';
import type { Inserted, SyntaxTree } from '../syntax/tree.js';
import { LoweringPool, type Changed, type Unit } from './pool.js';
import type { GroupNode, IrNode, NameNode, NumberNode, Program, TextNode, TextStretch } from './node.js';
import { piecesOf } from './shells.js';
import { made } from './walk.js';

/** How a language turns one node of its syntax tree into the representation. Only what is inside the node may matter: the result is kept while its text stays the same. */
export type LowerNode = (node: Node, lower: Lower) => IrNode | readonly IrNode[];

/** A language's way to the representation. */
export interface LoweringRules {
  /** By the type of the node. A node of any other type becomes a group of what its named children become. */
  readonly nodes: Readonly<Record<string, LowerNode>>;
  /** Types that hold statements in a row, blocks and bodies: what has not changed in them is taken over from the last time. They need no entry in `nodes`. */
  readonly blocks: ReadonlySet<string>;
  /** Those of `blocks` in which names are declared that are unknown outside. */
  readonly scopes: ReadonlySet<string>;
  /** Types that mean nothing: comments, type annotations, punctuation that has a name. */
  readonly skipped: ReadonlySet<string>;
  /** Whether a statement of this text may mean something that stands outside of it, as with heredocs: it is read anew each time. */
  readonly reachesOut?: (text: string) => boolean;
}

/** Deeper code than this is not looked at. Chains of calls and long sums count one per link. */
const DEEPEST = 250;
/** A part of more nodes is generated; the rest of it is not looked at. */
const MOST_NODES = 200_000;

/** What the rules of a language lower with. Every node is made by `make`, so that children know their parents. */
export class Lower {
  /** The text of the part, for slices: `node.text` asks the parser. */
  readonly text: string;
  readonly #rules: LoweringRules;
  readonly #pool: LoweringPool;
  readonly #inserted: Inserted | undefined;
  #depth = 0;
  #left = MOST_NODES;

  constructor(text: string, rules: LoweringRules, pool: LoweringPool, inserted?: Inserted) {
    this.text = text;
    this.#inserted = inserted;
    this.#rules = rules;
    this.#pool = pool;
  }

  readonly make = made;

  /** The text of a syntax node. */
  textOf(node: Node): string {
    return this.text.slice(node.startIndex, node.endIndex);
  }

  /** One node as one node: several become a group, none an empty one. */
  one(node: Node): IrNode {
    const lowered = this.some(node);
    return lowered.length === 1 && lowered[0] !== undefined ? lowered[0] : this.group(node, lowered);
  }

  /** The same for a field that may be missing. */
  maybe(node: Node | null | undefined): IrNode | undefined {
    return node === null || node === undefined ? undefined : this.one(node);
  }

  /** What the node becomes: nothing for comments, several for declarations of several names. */
  some(node: Node): readonly IrNode[] {
    const { type } = node;
    if (this.#rules.skipped.has(type) || this.#left-- <= 0) return [];
    if (this.#depth >= DEEPEST) return [this.group(node, [])];
    this.#depth++;
    try {
      const lower = this.#rules.nodes[type];
      if (lower !== undefined) {
        const lowered = lower(node, this);
        return isList(lowered) ? lowered : [lowered];
      }
      if (this.#rules.blocks.has(type)) return [this.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children: this.block(this.held(node)), isScope: this.#rules.scopes.has(type) })];
      const inner = this.all(named(node));
      // Most of the grammar only passes on.
      return inner.length === 1 && inner[0]?.start === node.startIndex && inner[0].end === node.endIndex ? inner : [this.group(node, inner)];
    } finally {
      this.#depth--;
    }
  }

  all(nodes: readonly Node[]): IrNode[] {
    return nodes.flatMap((node) => this.some(node));
  }

  /** Statements in a row; those whose text is as before are taken over from the last time. */
  block(nodes: readonly Node[]): IrNode[] {
    return this.#pool.level(nodes, (node) => this.#keyOf(node), (node) => this.some(node));
  }

  /** The statements inside of a body, whether it is a block, an expression or missing. */
  body(node: Node | null | undefined): IrNode[] {
    if (node === null || node === undefined) return [];
    return this.#rules.blocks.has(node.type) ? this.block(this.held(node)) : [...this.some(node)];
  }

  /** What a body holds, what is broken of it too. */
  held(node: Node): Node[] {
    const whole = named(node);
    if (this.#inserted?.into.id !== node.id) return whole;
    const { start, nodes } = this.#inserted;
    const at = whole.findIndex(({ startIndex }) => startIndex >= start);
    return at === -1 ? [...whole, ...nodes] : [...whole.slice(0, at), ...nodes, ...whole.slice(at)];
  }

  group(node: Node, children: readonly IrNode[]): GroupNode {
    return this.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children, isScope: false });
  }

  name(node: Node, name = this.textOf(node)): NameNode {
    return { kind: 'name', start: node.startIndex, end: node.endIndex, name };
  }

  /** `value` is NaN where the literal cannot be read: then it is a group. */
  number(node: Node, value: number): NumberNode | GroupNode {
    return Number.isNaN(value) ? this.group(node, []) : { kind: 'number', start: node.startIndex, end: node.endIndex, value };
  }

  /** A text that is one literal stretch. */
  literal(node: Node, value: string, start: number, end: number): TextNode {
    return this.make({ kind: 'text', start: node.startIndex, end: node.endIndex, parts: [stretch(value, start, end)] });
  }

  /** Broken code is read anew, and so is what reaches out of its text: what it becomes depends on what stands around it. */
  #keyOf(node: Node): string | undefined {
    const text = this.textOf(node);
    const inserted = this.#inserted;
    if (inserted !== undefined && node.startIndex <= inserted.start && inserted.end <= node.endIndex) return undefined;
    return node.hasError || this.#rules.reachesOut?.(text) === true ? undefined : ownText(`${node.type}\n${text}`);
  }
}

function changed(before: string, text: string): Changed | undefined {
  const change = difference(before, text);
  return change === undefined ? undefined : { start: change.start, end: change.newEnd, by: change.newEnd - change.oldEnd };
}

export function stretch(value: string, start: number, end: number): TextStretch {
  return { kind: 'stretch', value, start, end };
}

/** The named children, without holes. */
export function named(node: Node): Node[] {
  return node.namedChildren.filter((child) => child !== null);
}

function isList(lowered: IrNode | readonly IrNode[]): lowered is readonly IrNode[] {
  return Array.isArray(lowered);
}

function pieces(root: GroupNode, memory: Memory, moves: Moves): readonly IrNode[] {
  const found = piecesOf(root, memory, (node) => { moves.settle(node); });
  moves.settleBut(found);
  return found;
}

/** Lowers a whole part. `previous` holds what the last lowering of the same document made, of the text `before` where that is known, and loses what is taken over. With `moves` what is inside of statements that moved is left to be settled. */
export function lowerProgram({ statements, hasError, inserted }: Pick<SyntaxTree, 'statements' | 'hasError' | 'inserted'>, text: string, rules: LoweringRules, previous: readonly Unit[], memory = new Memory(), before?: string, moves?: Moves): { readonly program: Program; readonly units: readonly Unit[] } {
  const pool = new LoweringPool(previous, before === undefined ? undefined : changed(before, text), hasError, moves);
  const children = new Lower(text, rules, pool, inserted).block(statements);
  for (const child of children) {
    if (child.end <= text.length) continue;
    moves?.settle(child);
    clip(child, text.length);
  }
  const root = made<GroupNode>({ kind: 'group', start: 0, end: text.length, children, isScope: true });
  return { program: { root, pieces: moves === undefined || before === undefined ? children : pieces(root, memory, moves), memory, moves }, units: pool.units };
}
