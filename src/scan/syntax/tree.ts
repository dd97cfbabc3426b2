import type { Edit, Language, Node, Parser, Point, Tree } from '@vscode/tree-sitter-wasm';
import type { Disposable } from '../../event.js';
import { difference, type TextChange } from './difference.js';
import { namedChildren, Paths } from './paths.js';
import { Pieces, type Damage, type PieceRules } from './pieces.js';
import { isRuntimeUsable, runtimeBytes, runtimeFailed } from './wasmMemory.js';

/** Parsing stops after this long; the document is then treated as plain text. Real files take a hundredth of it. */
const PARSE_BUDGET_MS = 1_000;
/** Nor may it take more of the memory, which the process never gets back: a megabyte of code takes less, of broken code a few kilobytes may take gigabytes. */
const PARSE_BUDGET_BYTES = 256 * 1024 * 1024;

/** The tree of an earlier version of the document. */
export interface PreviousParse {
  readonly tree: SyntaxTree;
}

/** Code that is broken, apart from the rest, which is whole. */
interface Broken extends Damage {
  readonly tree: Tree;
  readonly paths: Paths;
}

/** Nodes of a stretch that is broken, which the tree of the rest has not. */
export interface Inserted extends Pick<Damage, 'start' | 'end'> {
  readonly into: Node;
  readonly nodes: readonly Node[];
}

/** Owns a syntax tree, which lives outside of the garbage-collected heap. */
export class SyntaxTree implements Disposable {
  /** The text, as it is parsed. */
  readonly text: string;
  readonly #tree: Tree;
  readonly #isWhole: boolean;
  /** What the tree is of: the text, or the text with white space in place of what is broken. */
  readonly #parsed: string;
  readonly #broken: Broken | undefined;
  readonly #pieces: Pieces;
  readonly #paths: Paths;
  readonly #remembered = new Map<unknown, unknown>();
  #statements: readonly Node[] | undefined;
  #inserted: Inserted | undefined;

  private constructor(tree: Tree, text: string, pieces: Pieces, broken?: { readonly tree: Tree; readonly damage: Damage; readonly parsed: string }) {
    this.text = text;
    this.#tree = tree;
    this.#isWhole = !tree.rootNode.hasError;
    this.#parsed = broken?.parsed ?? text;
    this.#broken = broken === undefined ? undefined : { tree: broken.tree, paths: new Paths(broken.tree), ...broken.damage };
    this.#pieces = pieces;
    this.#paths = new Paths(tree);
  }

  /**
   * Parses the text, reusing what is unchanged of `previous`; undefined when it took too long or the parser gave up.
   * The result is always that of a parse from scratch: recovery from syntax errors depends on what is reused, so that broken code is never parsed
   * incrementally. But where a few lines are all that is broken, they are parsed by themselves, and the rest without them.
   */
  static parse(parser: Parser, text: string, previous?: PreviousParse, rules?: PieceRules): SyntaxTree | undefined {
    const whole = terminated(text);
    const before = previous?.tree;
    const reusable = before !== undefined && before.#isWhole ? before : undefined;
    const tree = parseOnce(parser, whole, reusable);
    const pieces = before === undefined ? new Pieces() : before.#pieces;
    if (tree?.rootNode.hasError !== true) return tree === undefined ? undefined : new SyntaxTree(tree, whole, pieces);
    const contained = rules === undefined ? undefined : SyntaxTree.#contained(parser, whole, pieces, rules, reusable);
    if (contained === undefined && reusable === undefined) return new SyntaxTree(tree, whole, pieces);
    discard(tree);
    if (contained !== undefined) return contained;
    const anew = parseOnce(parser, whole);
    return anew === undefined ? undefined : new SyntaxTree(anew, whole, pieces);
  }

  static #contained(parser: Parser, text: string, pieces: Pieces, rules: PieceRules, reusable: SyntaxTree | undefined): SyntaxTree | undefined {
    const damage = pieces.damageIn(text, rules, (piece) => isWhole(parser, piece));
    if (damage === undefined) return undefined;
    const { start, end } = damage;
    const parsed = `${text.slice(0, start)}${' '.repeat(end - start - 1)}\n${text.slice(end)}`;
    const tree = parseOnce(parser, parsed, reusable);
    if (tree === undefined) return undefined;
    const canHold = damage.around === undefined || rules.bodies?.has(tree.rootNode.descendantForIndex(start, end - 1)?.type ?? '') === true;
    const broken = tree.rootNode.hasError || !canHold ? undefined : parseOnce(parser, text, undefined, damage);
    if (broken !== undefined) return new SyntaxTree(tree, text, pieces, { tree: broken, damage, parsed });
    discard(tree);
    return undefined;
  }

  /** For `parseOnce`: a copy of the tree, told what is another in that text; undefined for the same text. */
  changedFor(text: string): Tree | undefined {
    const change = difference(this.#parsed, text);
    if (change === undefined) return undefined;
    const copy = this.#tree.copy();
    copy.edit(edit(this.#parsed, text, change));
    return copy;
  }

  /** The root; of code of which a few lines are broken it is that of the rest. */
  get root(): Node {
    return this.#tree.rootNode;
  }

  get hasError(): boolean {
    return this.#broken !== undefined || !this.#isWhole;
  }

  /** Whether the statements there are what they would be by themselves. */
  isSound({ start, end }: Damage): boolean {
    return this.#isWhole && (this.#broken === undefined || end <= this.#broken.start || this.#broken.end <= start);
  }

  /** The nodes of the outermost level, those of broken code too. */
  get statements(): readonly Node[] {
    this.#statements ??= this.#gather();
    return this.#statements;
  }

  #gather(): readonly Node[] {
    const whole = namedChildren(this.root);
    if (this.#broken === undefined || this.#broken.around !== undefined) return whole;
    const { start } = this.#broken;
    const at = whole.findIndex((node) => node.startIndex >= start);
    return [...at === -1 ? whole : whole.slice(0, at), ...namedChildren(this.#broken.tree.rootNode), ...at === -1 ? [] : whole.slice(at)];
  }

  /** What is broken inside of a statement, as nodes, with the node that they are to be taken for children of. */
  get inserted(): Inserted | undefined {
    const broken = this.#broken;
    if (broken?.around === undefined) return undefined;
    this.#inserted ??= { into: this.root.descendantForIndex(broken.start, broken.end - 1) ?? this.root, nodes: nodesWithin(broken.tree.rootNode, broken), start: broken.start, end: broken.end };
    return this.#inserted;
  }

  get language(): Language {
    return this.#tree.language;
  }

  /** The nodes around [start, end), innermost first. None for a place that is deeper down than code ever is: thousands of brackets that are never closed. */
  nodesAround(start: number, end: number): readonly Node[] {
    const broken = this.#broken;
    const paths = broken !== undefined && broken.start <= start && start < broken.end && end <= broken.end ? broken.paths : this.#paths;
    return paths.around(start, end);
  }

  /** What was worked out of this tree before under that key, until `forgetNodes`; otherwise `make` is asked. */
  remember<T>(key: object, make: () => T): T {
    if (!this.#remembered.has(key)) this.#remembered.set(key, make());
    return this.#remembered.get(key) as T;
  }

  /** Lets go of the node objects that questions left behind. To be called when a look at the document is over. */
  forgetNodes(): void {
    this.#paths.forget();
    this.#broken?.paths.forget();
    this.#remembered.clear();
    this.#statements = undefined;
    this.#inserted = undefined;
  }

  dispose(): void {
    this.forgetNodes();
    discard(this.#tree);
    if (this.#broken !== undefined) discard(this.#broken.tree);
  }
}

/** Parses from scratch, or what is not as in `previous`; with `within` that stretch of the text alone. */
function parseOnce(parser: Parser, text: string, previous?: SyntaxTree, within?: Damage): Tree | undefined {
  if (!isRuntimeUsable()) return undefined;
  const deadline = Date.now() + PARSE_BUDGET_MS;
  const most = runtimeBytes() + PARSE_BUDGET_BYTES;
  let old: Tree | undefined;
  try {
    old = previous?.changedFor(text);
    const { before, after } = within?.around ?? {};
    const ranges = within === undefined ? {} : { includedRanges: [before, within, after].flatMap((one) => (one === undefined ? [] : { startIndex: one.start, endIndex: one.end, startPosition: pointAt(text, one.start), endPosition: pointAt(text, one.end) })) };
    return parser.parse(text, old, { progressCallback: () => Date.now() > deadline || runtimeBytes() > most, ...ranges }) ?? undefined;
  } catch {
    runtimeFailed();
    return undefined;
  } finally {
    letGo(parser, old);
  }
}

/** Whether the text is code without an error. */
function isWhole(parser: Parser, text: string): boolean {
  const tree = parseOnce(parser, text);
  const is = tree?.rootNode.hasError === false;
  if (tree !== undefined) discard(tree);
  return is;
}

/** The outermost nodes that are in there as a whole. */
function nodesWithin(node: Node, { start, end }: Damage): Node[] {
  return namedChildren(node).flatMap((child) => (child.endIndex <= start || child.startIndex >= end ? [] : child.startIndex >= start && child.endIndex <= end ? child : nodesWithin(child, { start, end })));
}

function discard(tree: Tree): void {
  if (isRuntimeUsable()) tree.delete();
}

/** A parse that was stopped would be resumed by the next one, whatever its text. */
function letGo(parser: Parser, old: Tree | undefined): void {
  if (!isRuntimeUsable()) return;
  try {
    parser.reset();
    old?.delete();
  } catch {
    // The stack of a parse is let go of by recursion, however deep it is.
    runtimeFailed();
  }
}

/**
 * The text as it is parsed: its last line always ends. Scanners that a grammar brings along have loops that only the end of a line stops:
 * Kotlin's never returns from a text that ends in `\n@`, and nothing can stop it.
 */
function terminated(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

function edit(before: string, after: string, change: TextChange): Edit {
  const startPosition = pointAt(after, change.start);
  return {
    startIndex: change.start,
    oldEndIndex: change.oldEnd,
    newEndIndex: change.newEnd,
    startPosition,
    oldEndPosition: pointAt(before, change.oldEnd, change.start, startPosition),
    newEndPosition: pointAt(after, change.newEnd, change.start, startPosition),
  };
}

/** Row and column as the parser counts them: rows end with `\n` only. Counting goes on from a known point where one is given. */
function pointAt(text: string, offset: number, from = 0, known: Point = { row: 0, column: 0 }): Point {
  let row = known.row;
  let lineStart = from - known.column;
  for (let at = text.indexOf('\n', from); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
