import type { Edit, Language, Node, Parser, Point, Tree } from '@vscode/tree-sitter-wasm';
import type { Disposable } from '../../event.js';
import { difference, type TextChange } from './difference.js';
import { isRuntimeUsable, runtimeBytes, runtimeFailed } from './wasmMemory.js';

/** Parsing stops after this long; the document is then treated as plain text. Real files take a hundredth of it. */
const PARSE_BUDGET_MS = 1_000;
/** Nor may it take more of the memory, which the process never gets back: a megabyte of code takes less, of broken code a few kilobytes may take gigabytes. */
const PARSE_BUDGET_BYTES = 256 * 1024 * 1024;

/** Expressions of a thousand operands are nested this deeply. */
const DEEPEST = 1_000;

/** Larger than any offset of a document that is parsed. */
const KEY_STEP = 2 ** 21;

interface Place {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

/** The tree of an earlier version of the document. */
export interface PreviousParse {
  readonly tree: SyntaxTree;
  readonly text: string;
}

/** Owns a syntax tree, which lives outside of the garbage-collected heap. */
export class SyntaxTree implements Disposable {
  readonly #tree: Tree;
  readonly #around = new Map<number, readonly Node[]>();
  readonly #remembered = new Map<unknown, unknown>();
  #last: Place[] = [];

  private constructor(tree: Tree) {
    this.#tree = tree;
  }

  /**
   * Parses the text, reusing what is unchanged of `previous`; undefined when it took too long or the parser gave up.
   * The result is always that of a parse from scratch: recovery from syntax errors depends on what is reused, and reuse
   * saves nothing there, so that broken code is never parsed incrementally.
   */
  static parse(parser: Parser, text: string, previous?: PreviousParse): SyntaxTree | undefined {
    const whole = terminated(text);
    const reusable = previous?.tree.root.hasError === false ? previous : undefined;
    const tree = SyntaxTree.#parseOnce(parser, whole, reusable);
    if (reusable === undefined || tree?.root.hasError !== true) return tree;
    tree.dispose();
    return SyntaxTree.#parseOnce(parser, whole);
  }

  static #parseOnce(parser: Parser, text: string, previous?: PreviousParse): SyntaxTree | undefined {
    if (!isRuntimeUsable()) return undefined;
    const deadline = Date.now() + PARSE_BUDGET_MS;
    const most = runtimeBytes() + PARSE_BUDGET_BYTES;
    let old: Tree | null = null;
    try {
      const before = previous === undefined ? undefined : terminated(previous.text);
      const change = before === undefined ? undefined : difference(before, text);
      if (previous !== undefined && before !== undefined && change !== undefined) {
        old = previous.tree.#tree.copy();
        old.edit(edit(before, text, change));
      }
      const tree = parser.parse(text, old, { progressCallback: () => Date.now() > deadline || runtimeBytes() > most });
      return tree === null ? undefined : new SyntaxTree(tree);
    } catch {
      runtimeFailed();
      return undefined;
    } finally {
      letGo(parser, old);
    }
  }

  get root(): Node {
    return this.#tree.rootNode;
  }

  get language(): Language {
    return this.#tree.language;
  }

  /**
   * The nodes around [start, end), innermost first. Found from above downwards: asking each node for its parent would start
   * at the root every time. Making node objects is what costs, so that the way down begins inside what the last question found.
   * None for a place that is deeper down than code ever is: thousands of brackets that are never closed.
   */
  nodesAround(start: number, end: number): readonly Node[] {
    const key = start + end * KEY_STEP;
    const known = this.#around.get(key);
    if (known !== undefined) return known;
    // Outermost first.
    const shared = this.#last.findLastIndex((place) => place.start <= start && place.end >= end);
    const path = shared === -1 ? [this.#place(this.root)] : this.#last.slice(0, shared + 1);
    if (path.length > DEEPEST) return [];
    const top = path.at(-1)?.node ?? this.root;
    const innermost = top.descendantForIndex(start, end);
    if (innermost !== null && innermost.id !== top.id) {
      for (let node = top.childWithDescendant(innermost); node !== null; node = node.childWithDescendant(innermost)) {
        path.push(this.#place(node));
        if (node.id === innermost.id || path.length > DEEPEST) break;
      }
    }
    this.#last = path;
    const around = path.length > DEEPEST ? [] : path.map(({ node }) => node).reverse();
    this.#around.set(key, around);
    return around;
  }

  /** What was worked out of this tree before under that key, until `forgetNodes`; otherwise `make` is asked. */
  remember<T>(key: object, make: () => T): T {
    if (!this.#remembered.has(key)) this.#remembered.set(key, make());
    return this.#remembered.get(key) as T;
  }

  /** Lets go of the node objects that questions left behind. To be called when a look at the document is over. */
  forgetNodes(): void {
    this.#around.clear();
    this.#remembered.clear();
    this.#last = [];
  }

  #place(node: Node): Place {
    return { node, start: node.startIndex, end: node.endIndex };
  }

  dispose(): void {
    this.forgetNodes();
    if (isRuntimeUsable()) this.#tree.delete();
  }
}

/** A parse that was stopped would be resumed by the next one, whatever its text. */
function letGo(parser: Parser, old: Tree | null): void {
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
