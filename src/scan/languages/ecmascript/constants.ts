import type { Node } from '@vscode/tree-sitter-wasm';
import { constantRuns, DEEPEST, joinedValue, LONGEST, MOST_PLACES, type Operand } from '../constantRuns.js';
import type { ConstantText, ParsedSource } from '../language.js';
import { namedChildren, nameOf, stringValue, unescape, unwrap } from './nodes.js';
import { Scope } from './scope.js';

/** Where an expression may put a text together: a `+`, a substitution, a joining call, or an escape in place of a letter. */
const PLACES = /\+(?=\s*[A-Za-z_$'"`(])|\$\{|\.\s*(?:join|concat)\s*\(|\\(?:x[0-9a-f]{2}|u\{?[0-9a-f]{2,6})/gi;
/** A document with deeper places than this is generated. */
const DEEPEST_PLACE = 300;

/** The texts that expressions of the document make of its own literals and constants, with their parts. */
export function* constantTexts(source: ParsedSource): Iterable<ConstantText> {
  const { syntax, text } = source;
  if (syntax === undefined) return;
  const values = new Values(source);
  const seen = new Set<number>();
  let places = 0;
  for (const { index } of text.matchAll(PLACES)) {
    if (values.isOperator(index)) continue;
    const around = syntax.nodesAround(index, index + 1);
    if (++places > MOST_PLACES || isDeep(around)) return;
    const node = composite(around);
    if (node === undefined || seen.has(node.id)) continue;
    seen.add(node.id);
    yield* values.textsOf(node);
  }
}

/** A long chain of `+` is deep too, but looked at once. */
function isDeep(around: readonly Node[]): boolean {
  return around.length > DEEPEST_PLACE && around.reduce((depth, node) => depth + (node.type === 'binary_expression' ? 0 : 1), 0) > DEEPEST_PLACE;
}

/** The expression that puts a text together at a place: a whole chain of `+`, a template, a call, a literal with escapes. */
function composite(around: readonly Node[]): Node | undefined {
  const index = around.slice(0, 3).findIndex((node) => isConcatenation(node) || isLiteral(node) || node.type === 'call_expression');
  if (index === -1) return undefined;
  let top = around[index];
  for (const parent of around.slice(index + 1)) {
    if (top === undefined || !isConcatenation(top) || !isConcatenation(parent)) break;
    top = parent;
  }
  return top;
}

function isConcatenation(node: Node): boolean {
  return node.type === 'binary_expression' && node.childForFieldName('operator')?.text === '+';
}

function isLiteral(node: Node): boolean {
  return node.type === 'string' || node.type === 'template_string';
}

/** Works out what expressions are worth, each once. */
class Values {
  readonly #scope: Scope;
  readonly #known = new Map<number, string | undefined>();
  readonly #operators = new Set<number>();

  constructor(source: ParsedSource) {
    this.#scope = new Scope(source);
  }

  /** Whether a `+` stands at the offset whose chain was looked at before. */
  isOperator(offset: number): boolean {
    return this.#operators.has(offset);
  }

  /** The texts that the expression is made of: what is not constant parts them. */
  *textsOf(node: Node): Iterable<ConstantText> {
    if (node.type === 'call_expression') {
      const value = this.#valueOf(node, 0);
      if (value !== undefined) yield { start: node.startIndex, end: node.endIndex, value };
      return;
    }
    yield* constantRuns(this.#operands(node, 0));
  }

  /** The operands of a chain of `+`, or the stretches and substitutions of a literal, in order. */
  #operands(node: Node, depth: number): Operand[] {
    if (isLiteral(node)) return this.#stretches(node, depth);
    // A long chain is a deep tree on its left side.
    const operands: Operand[] = [];
    let left: Node | null = node;
    while (left !== null && isConcatenation(left)) {
      operands.push(this.#operand(left.childForFieldName('right'), depth));
      this.#operators.add(left.childForFieldName('operator')?.startIndex ?? -1);
      left = left.childForFieldName('left');
    }
    operands.push(this.#operand(left, depth));
    return operands.reverse();
  }

  #operand(node: Node | null, depth: number): Operand {
    if (node === null) return { start: 0, end: 0, value: undefined };
    return { start: node.startIndex, end: node.endIndex, value: this.#valueOf(node, depth + 1) };
  }

  #stretches(literal: Node, depth: number): Operand[] {
    return namedChildren(literal).map((child) => {
      const inner = child.type === 'template_substitution' ? child.namedChild(0) : null;
      const value = child.type === 'template_substitution' ? inner && this.#valueOf(inner, depth + 1) : stretchValue(child);
      return { start: child.startIndex, end: child.endIndex, value: value ?? undefined };
    });
  }

  #valueOf(node: Node, depth: number): string | undefined {
    if (depth > DEEPEST) return undefined;
    if (this.#known.has(node.id)) return this.#known.get(node.id);
    // An expression that needs itself has no value.
    this.#known.set(node.id, undefined);
    const value = this.#work(unwrap(node), depth);
    const kept = value !== undefined && value.length > LONGEST ? undefined : value;
    this.#known.set(node.id, kept);
    return kept;
  }

  #work(node: Node, depth: number): string | undefined {
    switch (node.type) {
      case 'string':
        return stringValue(node);
      case 'template_string':
        return joinedValue(this.#operands(node, depth));
      case 'binary_expression':
        return isConcatenation(node) ? joinedValue(this.#operands(node, depth)) : undefined;
      case 'identifier':
        return this.#constant(this.#declared(node), depth);
      case 'member_expression':
        return this.#constant(this.#member(node), depth);
      case 'call_expression':
        return this.#called(node, depth);
      default:
        return undefined;
    }
  }

  #constant(node: Node | undefined, depth: number): string | undefined {
    return node === undefined ? undefined : this.#valueOf(node, depth + 1);
  }

  #declared(identifier: Node): Node | undefined {
    const binding = this.#scope.resolve(identifier.text, identifier.startIndex);
    return binding?.kind === 'value' && binding.key === undefined ? binding.node : undefined;
  }

  /** `NAMES.key` of a constant object. */
  #member(node: Node): Node | undefined {
    const object = node.childForFieldName('object');
    const key = node.childForFieldName('property')?.text;
    if (object?.type !== 'identifier' || key === undefined) return undefined;
    const declared = this.#declared(object);
    const literal = declared === undefined ? undefined : unwrap(declared);
    if (literal?.type !== 'object') return undefined;
    const pair = namedChildren(literal).find((child) => child.type === 'pair' && nameOf(child.childForFieldName('key')) === key);
    return pair?.childForFieldName('value') ?? undefined;
  }

  /** `['a', B].join('-')` and `'a'.concat(B)`. */
  #called(node: Node, depth: number): string | undefined {
    const callee = node.childForFieldName('function');
    const list = node.childForFieldName('arguments');
    if (callee?.type !== 'member_expression' || list?.type !== 'arguments') return undefined;
    const object = callee.childForFieldName('object');
    const values = namedChildren(list).map((child) => this.#valueOf(child, depth + 1));
    if (object === null || !values.every((value) => value !== undefined)) return undefined;
    switch (callee.childForFieldName('property')?.text) {
      case 'join': {
        const array = unwrap(object);
        const elements = array.type === 'array' ? namedChildren(array).map((child) => this.#valueOf(child, depth + 1)) : [undefined];
        return elements.every((value) => value !== undefined) ? elements.join(values[0] ?? ',') : undefined;
      }
      case 'concat': {
        const first = this.#valueOf(object, depth + 1);
        return first === undefined ? undefined : first + values.join('');
      }
      default:
        return undefined;
    }
  }
}

/** The value of a stretch of a literal, or of one escape in it. */
function stretchValue(node: Node): string | undefined {
  return node.type === 'escape_sequence' ? unescape(node.text) : node.text;
}
