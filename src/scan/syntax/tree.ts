import type { Edit, Language, Node, Parser, Point, Tree } from '@vscode/tree-sitter-wasm';
import type { Disposable } from '../../event.js';

/** Parsing stops after this long; the document is then treated as plain text. Real files take a hundredth of it. */
const PARSE_BUDGET_MS = 1_000;

/** One stretch of text that was replaced. UTF-16 offsets; `oldEnd` in the text before, `newEnd` in the text after. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The tree of an earlier version of the document, and where the new one differs. */
export interface PreviousParse {
  readonly tree: SyntaxTree;
  readonly text: string;
  readonly change: TextChange;
}

/** Owns a syntax tree, which lives outside of the garbage-collected heap. */
export class SyntaxTree implements Disposable {
  readonly #tree: Tree;

  private constructor(tree: Tree) {
    this.#tree = tree;
  }

  /**
   * Parses the text, reusing what is unchanged of `previous`; undefined when it took too long or the parser gave up.
   * The result is always that of a parse from scratch: recovery from syntax errors depends on what is reused, and reuse
   * saves nothing there, so that broken code is never parsed incrementally.
   */
  static parse(parser: Parser, text: string, previous?: PreviousParse): SyntaxTree | undefined {
    const reusable = previous?.tree.root.hasError === false ? previous : undefined;
    const tree = SyntaxTree.#parseOnce(parser, text, reusable);
    if (reusable === undefined || tree?.root.hasError !== true) return tree;
    tree.dispose();
    return SyntaxTree.#parseOnce(parser, text);
  }

  static #parseOnce(parser: Parser, text: string, previous?: PreviousParse): SyntaxTree | undefined {
    const deadline = Date.now() + PARSE_BUDGET_MS;
    let old: Tree | null = null;
    try {
      if (previous !== undefined) {
        old = previous.tree.#tree.copy();
        old.edit(edit(previous.text, text, previous.change));
      }
      const tree = parser.parse(text, old, { progressCallback: () => Date.now() > deadline });
      return tree === null ? undefined : new SyntaxTree(tree);
    } catch {
      // A WebAssembly trap (out of memory, stack) leaves nothing to salvage of this parse.
      return undefined;
    } finally {
      // Otherwise a parse that was stopped would be resumed by the next one, whatever its text.
      parser.reset();
      old?.delete();
    }
  }

  get root(): Node {
    return this.#tree.rootNode;
  }

  get language(): Language {
    return this.#tree.language;
  }

  /**
   * The nodes around [start, end), innermost first. Found from the root downwards, in one pass: asking each node
   * for its parent would start at the root every time.
   */
  nodesAround(start: number, end: number): Node[] {
    const path: Node[] = [];
    const innermost = this.root.descendantForIndex(start, end);
    if (innermost === null) return path;
    for (let node: Node | null = this.root; node !== null; node = node.childWithDescendant(innermost)) {
      path.push(node);
      if (node.id === innermost.id) break;
    }
    return path.reverse();
  }

  dispose(): void {
    this.#tree.delete();
  }
}

/** The one stretch in which two texts differ; undefined when they do not. */
export function difference(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
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
