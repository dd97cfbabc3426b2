import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource } from '../language.js';
import { memberPath, namedChildren, nameOf, stringValue, unwrap } from './nodes.js';
import { Scope } from './scope.js';

/** What an expression hands on: an environment variable, something that has a name only, or all of the environment. */
export type Carried = { readonly kind: 'read' | 'name'; readonly name: string } | { readonly kind: 'environment' };

/** One property of an object, or of an object inside it. */
export interface Entry {
  readonly key: string | undefined;
  /** The property. */
  readonly place: Node;
  readonly value: Node;
}

/** Constants are followed this far, objects and expressions to this depth. */
const DEEPEST = 12;
const MOST_ENTRIES = 500;
/** Steps for a document: constants may hold each other in ways that never end. */
const MOST_STEPS = 20_000;
/** Calls that leave their first argument what it is. */
const PASS_ON = /^(?:JSON\.stringify|String|encodeURIComponent)$/;
/** Methods that leave their object what it is. */
const KEEP = new Set(['toString', 'trim', 'valueOf']);
const ENVIRONMENT = /^(?:env|parsed|environment)$/;

/** Follows the values of one document's expressions through constants, fallbacks and conversions. */
export class CarriedValues {
  readonly #scope: Scope;
  #steps = 0;

  constructor(source: ParsedSource) {
    this.#scope = new Scope(source);
  }

  /** The node that a constant stands for; the node itself where it is none. */
  resolved(node: Node): Node {
    let inner = unwrap(node);
    for (let depth = 0; depth < DEEPEST && (inner.type === 'identifier' || inner.type === 'shorthand_property_identifier'); depth++) {
      const binding = this.#scope.resolve(inner.text, inner.startIndex);
      if (binding?.kind !== 'value' || binding.key !== undefined) break;
      inner = unwrap(binding.node);
    }
    return inner;
  }

  /** The properties of an object, those of objects inside it included; what is no object is one entry without a key. */
  *entriesOf(node: Node): Iterable<Entry> {
    let left = MOST_ENTRIES;
    for (const entry of this.#entries(node, undefined, node, 0)) {
      if (left-- === 0) return;
      yield entry;
    }
  }

  of(node: Node): readonly Carried[] {
    return Array.from(this.#carried(node, 0));
  }

  *#entries(node: Node, key: string | undefined, place: Node, depth: number): Iterable<Entry> {
    if (this.#steps++ > MOST_STEPS) return;
    const object = depth > DEEPEST ? undefined : this.#objectBehind(node);
    if (object === undefined) {
      yield { key, place, value: node };
      return;
    }
    for (const child of namedChildren(object)) {
      if (child.type === 'pair') {
        const value = child.childForFieldName('value');
        if (value !== null) yield* this.#entries(value, nameOf(child.childForFieldName('key')), child, depth + 1);
      } else if (child.type === 'shorthand_property_identifier') {
        yield* this.#entries(child, child.text, child, depth + 1);
      } else if (child.type === 'spread_element') {
        const [inner] = namedChildren(child);
        if (inner !== undefined) yield* this.#entries(inner, undefined, child, depth + 1);
      }
    }
  }

  /** The object that the expression is, also as text (`JSON.stringify({ … })`) and as what a function returns at once. */
  #objectBehind(node: Node): Node | undefined {
    const inner = this.resolved(node);
    if (inner.type === 'object') return inner;
    if (inner.type === 'arrow_function') {
      const body = inner.childForFieldName('body');
      return body === null || unwrap(body).type !== 'object' ? undefined : unwrap(body);
    }
    if (inner.type !== 'call_expression' || !PASS_ON.test(inner.childForFieldName('function')?.text ?? '')) return undefined;
    const [argument] = argumentsOf(inner);
    return argument === undefined ? undefined : this.#objectBehind(argument);
  }

  *#carried(node: Node, depth: number): Iterable<Carried> {
    if (depth > DEEPEST || this.#steps++ > MOST_STEPS) return;
    const inner = unwrap(node);
    const field = (name: string): Node[] => [inner.childForFieldName(name)].filter((child) => child !== null);
    switch (inner.type) {
      case 'identifier':
      case 'shorthand_property_identifier':
        yield* this.#name(inner, depth);
        return;
      case 'member_expression':
      case 'subscript_expression':
        yield* member(inner);
        return;
      case 'call_expression':
        yield* this.#call(inner, depth);
        return;
      case 'binary_expression': {
        const operator = field('operator')[0]?.text ?? '';
        const operands = operator === '&&' ? field('right') : /^(?:\|\||\?\?|\+)$/.test(operator) ? [...field('left'), ...field('right')] : [];
        for (const operand of operands) yield* this.#carried(operand, depth + 1);
        return;
      }
      case 'ternary_expression':
        for (const branch of [...field('consequence'), ...field('alternative')]) yield* this.#carried(branch, depth + 1);
        return;
      case 'template_string':
      case 'template_substitution':
        for (const part of namedChildren(inner)) yield* this.#carried(part, depth + 1);
        return;
      case 'object':
        for (const { value } of this.entriesOf(inner)) if (value.id !== inner.id) yield* this.#carried(value, depth + 1);
        return;
      default:
    }
  }

  *#name(node: Node, depth: number): Iterable<Carried> {
    if (node.text === 'undefined') return;
    const binding = this.#scope.resolve(node.text, node.startIndex);
    if (binding?.key !== undefined) {
      // `const { NAME } = process.env`
      const isRead = binding.kind === 'value' && ENVIRONMENT.test(memberPath(binding.node).at(-1) ?? '');
      yield { kind: isRead ? 'read' : 'name', name: binding.key };
    } else if (binding?.kind === 'value') {
      yield* this.#carried(binding.node, depth + 1);
    } else {
      yield { kind: 'name', name: node.text };
    }
  }

  *#call(call: Node, depth: number): Iterable<Carried> {
    const callee = call.childForFieldName('function');
    const args = argumentsOf(call);
    const [first] = args;
    if (callee === null) return;
    if (PASS_ON.test(callee.text)) {
      if (first !== undefined) yield* this.#carried(first, depth + 1);
    } else if (callee.type === 'member_expression' && KEEP.has(nameOf(callee) ?? '')) {
      const object = callee.childForFieldName('object');
      if (object !== null) yield* this.#carried(object, depth + 1);
    } else if (callee.text === 'Object.assign') {
      for (const argument of args) yield* this.#carried(argument, depth + 1);
    } else if (callee.text === 'loadEnv') {
      // Vite's: only an empty prefix lets every variable through.
      if (args[2] !== undefined && stringValue(unwrap(args[2])) === '') yield { kind: 'environment' };
    } else if (callee.text !== 'Boolean' && callee.text !== 'Object.fromEntries') {
      yield { kind: 'name', name: nameOf(callee) ?? '' };
    }
  }
}

function* member(node: Node): Iterable<Carried> {
  const path = memberPath(node);
  const name = path.at(-1) ?? '?';
  const holder = path.at(-2) ?? '';
  if (name === 'env' && holder === 'process') yield { kind: 'environment' };
  // What dotenv makes of a file.
  else if (name === 'parsed' && /\bconfig\([^()]{0,200}\)\.parsed$/.test(node.text)) yield { kind: 'environment' };
  else if (name !== '?') yield { kind: ENVIRONMENT.test(holder) ? 'read' : 'name', name };
}

function argumentsOf(call: Node): Node[] {
  const list = call.childForFieldName('arguments');
  return list === null ? [] : namedChildren(list);
}
