import type { Node } from '@vscode/tree-sitter-wasm';
import { compositesAt, constantRuns, DEEPEST, joinedValue, LONGEST, stretches, type Operand } from '../constantRuns.js';
import type { ConstantText, ParsedSource } from '../language.js';
import { spanOf } from '../span.js';

const EXPANSION = /\$\{?[A-Za-z_]/g;
/** An expansion that does nothing to the value. */
const PLAIN = /^\$(?:\{(\w+)\}|(\w+))$/;
const EXPANSIONS = new Set(['simple_expansion', 'expansion', 'command_substitution', 'process_substitution', 'arithmetic_expansion']);
/** Also an element of a list, whose first one is what the name alone means. */
const ASSIGNMENT = /(?<![\w$.-])([A-Za-z_]\w{0,100})(?:\[|\+?=)/g;
/** What gives variables their values in other ways. */
const SETTER = /\b(?:read|readarray|mapfile|for|select|getopts|unset|printf[ \t]+-v)\b([^\n;]{0,200})/g;

/** The texts that words, quotes and here-documents make of themselves and of variables that are set once. */
export function* constantTexts(source: ParsedSource): Iterable<ConstantText> {
  const values = new Values(source);
  for (const node of compositesAt(source, EXPANSION, composite)) yield* constantRuns(values.operandsOf(node, 0));
}

/** The innermost word, quote or here-document, or the word that it is a piece of. */
function composite(around: readonly Node[]): Node | undefined {
  const at = around.findIndex(({ type }) => type === 'string' || type === 'concatenation' || type === 'heredoc_body');
  return around[at + 1]?.type === 'concatenation' ? around[at + 1] : around[at];
}

/** Works out what variables are worth, each once. */
class Values {
  readonly #source: ParsedSource;
  readonly #known = new Map<string, string | undefined>();
  #assignments: ReadonlyMap<string, number | undefined> | undefined;

  constructor(source: ParsedSource) {
    this.#source = source;
  }

  operandsOf(node: Node, depth: number): Iterable<Operand> {
    const { startIndex, endIndex } = node;
    const children = node.namedChildren.filter((child): child is Node => child !== null);
    if (node.type === 'concatenation') return children.map((child) => ({ ...spanOf(child), value: this.#valueOf(child, depth + 1) }));
    const quote = node.type === 'string' ? 1 : 0;
    const expansions = children.filter(({ type }) => EXPANSIONS.has(type)).map((child) => ({ ...spanOf(child), child }));
    return stretches(this.#source.text, { start: startIndex + quote, end: endIndex - quote }, expansions, ({ child }) => this.#valueOf(child, depth + 1));
  }

  #valueOf(node: Node, depth: number): string | undefined {
    if (depth > DEEPEST || node.endIndex - node.startIndex > LONGEST) return undefined;
    const written = this.#source.text.slice(node.startIndex, node.endIndex);
    switch (node.type) {
      case 'word':
      case 'number':
        return written;
      case 'raw_string':
        return written.slice(1, -1);
      case 'string':
      case 'concatenation':
        return joinedValue(this.operandsOf(node, depth));
      case 'simple_expansion':
      case 'expansion': {
        const match = PLAIN.exec(written);
        const name = match?.[1] ?? match?.[2];
        return name === undefined ? undefined : this.#variable(name, depth);
      }
      default:
        return undefined;
    }
  }

  #variable(name: string, depth: number): string | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    // A variable that needs itself has no value.
    this.#known.set(name, undefined);
    const at = this.#assigned().get(name);
    const assignment = at === undefined ? undefined : this.#source.syntax?.nodesAround(at, at + name.length).find(({ type }) => type === 'variable_assignment');
    const value = assignment?.childForFieldName('value');
    const worth = value === null || value === undefined ? undefined : this.#valueOf(value, depth + 1);
    this.#known.set(name, worth);
    return worth;
  }

  /** Where each variable is set; undefined for those that are set more than once, or in other ways. */
  #assigned(): ReadonlyMap<string, number | undefined> {
    if (this.#assignments !== undefined) return this.#assignments;
    const { text } = this.#source;
    const found = new Map<string, number | undefined>();
    for (const match of text.matchAll(ASSIGNMENT)) {
      const name = match[1] ?? '';
      found.set(name, found.has(name) ? undefined : match.index);
    }
    for (const [, names = ''] of text.matchAll(SETTER)) for (const [name] of names.matchAll(/\w+/g)) found.set(name, undefined);
    this.#assignments = found;
    return found;
  }
}
