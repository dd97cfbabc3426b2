import type { Node, Tree } from '@vscode/tree-sitter-wasm';

/** Expressions of a thousand operands are nested this deeply. */
const DEEPEST = 1_000;
/** Larger than any offset of a document that is parsed. */
const KEY_STEP = 2 ** 21;

interface Place {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

/**
 * The ways down to places of a tree. Found from above: asking each node for its parent would start at the root every time. Making node objects is what costs,
 * so that the way down begins inside what the last question found.
 */
export class Paths {
  readonly #tree: Tree;
  readonly #around = new Map<number, readonly Node[]>();
  #last: Place[] = [];

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** The nodes around [start, end), innermost first. */
  around(start: number, end: number): readonly Node[] {
    const key = start + end * KEY_STEP;
    const known = this.#around.get(key);
    if (known !== undefined) return known;
    // Outermost first.
    const shared = this.#last.findLastIndex((place) => place.start <= start && place.end >= end);
    const path = shared === -1 ? [placeOf(this.#tree.rootNode)] : this.#last.slice(0, shared + 1);
    if (path.length > DEEPEST) return [];
    const top = path.at(-1)?.node ?? this.#tree.rootNode;
    const innermost = top.descendantForIndex(start, end);
    if (innermost !== null && innermost.id !== top.id) {
      for (let node = top.childWithDescendant(innermost); node !== null; node = node.childWithDescendant(innermost)) {
        path.push(placeOf(node));
        if (node.id === innermost.id || path.length > DEEPEST) break;
      }
    }
    this.#last = path;
    const around = path.length > DEEPEST ? [] : path.map(({ node }) => node).reverse();
    this.#around.set(key, around);
    return around;
  }

  /** Lets go of the node objects that questions left behind. */
  forget(): void {
    this.#around.clear();
    this.#last = [];
  }
}

function placeOf(node: Node): Place {
  return { node, start: node.startIndex, end: node.endIndex };
}

/** The named children, without holes. */
export function namedChildren(node: Node): Node[] {
  return node.namedChildren.filter((child) => child !== null);
}
