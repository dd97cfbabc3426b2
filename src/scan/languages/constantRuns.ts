import type { Node } from '@vscode/tree-sitter-wasm';
import type { ConstantPart, ConstantText, ParsedSource, Span } from './language.js';

/** Longer texts are no keys. A constant made of others twice its length would otherwise double with every step. UTF-16 code units. */
export const LONGEST = 4_000;
/** A constant made of constants, an expression inside of expressions: further than this nobody goes. */
export const DEEPEST = 24;
/** A document with more places than this is generated. */
export const MOST_PLACES = 5_000;

/** The nodes that put a text together at one of the places, each once. `nodeAt` gets what is around a place, innermost first. */
export function* compositesAt({ syntax, text }: ParsedSource, places: RegExp, nodeAt: (around: readonly Node[]) => Node | undefined): Iterable<Node> {
  const seen = new Set<number>();
  let count = 0;
  for (const { index } of text.matchAll(places)) {
    if (syntax === undefined || ++count > MOST_PLACES) return;
    const node = nodeAt(syntax.nodesAround(index, index + 1));
    if (node === undefined || seen.has(node.id)) continue;
    seen.add(node.id);
    yield node;
  }
}

/** One part of an expression; its value is undefined where the document alone does not decide it. */
export interface Operand extends Span {
  readonly value: string | undefined;
}

/** The texts that the parts make, in order: what is not constant parts them. One part alone is left to its own place. */
export function* constantRuns(operands: Iterable<Operand>): Iterable<ConstantText> {
  let parts: ConstantPart[] = [];
  for (const { start, end, value } of operands) {
    if (value !== undefined) {
      parts.push({ start, end, value });
      continue;
    }
    yield* textOf(parts);
    parts = [];
  }
  yield* textOf(parts);
}

function* textOf(parts: readonly ConstantPart[]): Iterable<ConstantText> {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || first === last) return;
  yield { start: first.start, end: last.end, value: parts.map(({ value }) => value).join(''), parts };
}

/** The value of all parts together; undefined where one is not constant, or all are longer than any key. */
export function joinedValue(operands: Iterable<Operand>): string | undefined {
  let joined = '';
  for (const { value } of operands) {
    if (value === undefined) return undefined;
    joined += value;
    if (joined.length > LONGEST) return undefined;
  }
  return joined;
}

/** A literal cut into its substitutions, whose values `valueOf` says, and the texts between them. */
export function* stretches<T extends Span>(text: string, inside: Span, substitutions: Iterable<T>, valueOf: (substitution: T) => string | undefined): Iterable<Operand> {
  let at = inside.start;
  for (const substitution of substitutions) {
    const { start, end } = substitution;
    if (at < start) yield { start: at, end: start, value: text.slice(at, start) };
    yield { start, end, value: valueOf(substitution) };
    at = end;
  }
  if (at < inside.end) yield { start: at, end: inside.end, value: text.slice(at, inside.end) };
}
