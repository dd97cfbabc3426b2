import type { Node } from '@vscode/tree-sitter-wasm';
import { compositesAt, constantRuns, DEEPEST, joinedValue, LONGEST, stretches, type Operand } from '../constantRuns.js';
import type { ConstantText, ParsedSource } from '../language.js';
import { spanOf } from '../span.js';

const LOCAL = /^\$\{~?\s*local\.([\w-]+)\s*~?\}$/;
const PLACES = /\$\{~?\s{0,20}local\./g;
const ASSIGNMENT = /(?<![\w.-])([A-Za-z_][\w-]{0,100})[ \t]{0,100}=(?![=>])/g;

/** The texts that templates make of themselves and of the file's own `locals`. */
export function* constantTexts(source: ParsedSource): Iterable<ConstantText> {
  const values = new Locals(source);
  for (const node of compositesAt(source, PLACES, (around) => around.find(isTemplate))) yield* constantRuns(values.operandsOf(node, 0));
}

function isTemplate({ type }: Node): boolean {
  return type === 'quoted_template' || type === 'string_lit' || type === 'heredoc_template';
}

/** Works out what locals are worth, each once. */
class Locals {
  readonly #source: ParsedSource;
  readonly #known = new Map<string, string | undefined>();
  #assignments: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(source: ParsedSource) {
    this.#source = source;
  }

  operandsOf(template: Node, depth: number): Iterable<Operand> {
    const { startIndex, endIndex } = template;
    const substitutions = template.namedChildren.filter((child): child is Node => child !== null && /^template_(?:interpolation|directive)$/.test(child.type)).map((child) => ({ ...spanOf(child), child }));
    const [first] = template.namedChildren;
    const isQuoted = template.type !== 'heredoc_template';
    const inside = { start: isQuoted ? startIndex + 1 : first?.endIndex ?? startIndex, end: isQuoted ? endIndex - 1 : endIndex };
    return stretches(this.#source.text, inside, substitutions, ({ start, end }) => {
      const name = end - start > LONGEST ? undefined : LOCAL.exec(this.#source.text.slice(start, end))?.[1];
      return name === undefined ? undefined : this.#local(name, depth + 1);
    });
  }

  #local(name: string, depth: number): string | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    // A local that needs itself has no value.
    this.#known.set(name, undefined);
    const values = depth > DEEPEST ? [] : this.#valuesOf(name);
    const [value] = values;
    const worth = value === undefined || values.length > 1 ? undefined : joinedValue(this.operandsOf(value, depth));
    this.#known.set(name, worth);
    return worth;
  }

  /** The literals that a local is given. */
  #valuesOf(name: string): Node[] {
    return (this.#assigned().get(name) ?? []).slice(0, 50).flatMap((at) => {
      const around = this.#source.syntax?.nodesAround(at, at + name.length) ?? [];
      const index = around.findIndex(({ type }) => type === 'attribute');
      const attribute = around[index];
      const block = around[index + 2];
      if (attribute === undefined || block?.type !== 'block' || block.namedChild(0)?.text !== 'locals') return [];
      return literalIn(attribute.namedChild(1)) ?? [];
    });
  }

  #assigned(): ReadonlyMap<string, readonly number[]> {
    if (this.#assignments !== undefined) return this.#assignments;
    const found = new Map<string, number[]>();
    for (const { 1: name = '', index } of this.#source.text.matchAll(ASSIGNMENT)) {
      const places = found.get(name);
      if (places === undefined) found.set(name, [index]);
      else places.push(index);
    }
    this.#assignments = found;
    return found;
  }
}

/** The quoted text that is all of the expression. */
function literalIn(expression: Node | null): Node | undefined {
  let node = expression;
  while (node !== null && !isTemplate(node)) {
    if (node.namedChildCount !== 1) return undefined;
    node = node.namedChild(0);
  }
  return node?.type === 'heredoc_template' ? undefined : node ?? undefined;
}
