import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource, Span } from '../language.js';
import type { CodeSyntax } from './syntax.js';

/** Expressions nested deeper than this are not evaluated. */
const DEEPEST = 30;
/** An expression of more parts than this is not evaluated: constants made of each other twice double with every step. */
const MOST_PARTS = 200;

interface Budget {
  left: number;
}
/** A value longer than this is no key. */
const LONGEST = 2_000;

/** The last part of a name: `c` of `a.b.c`, the text of a quoted name, `X` of `h["X"]`. */
export function nameOf(syntax: CodeSyntax, node: Node | null | undefined): string | undefined {
  const text = node?.text.trim();
  if (node === null || node === undefined || text === undefined || text === '' || text.length > 200) return undefined;
  if (syntax.strings.has(node.type)) return plainValue(syntax, node);
  const subscript = /\[\s*["'`:]?([\w.-]+)["'`]?\s*\]$/.exec(text)?.[1];
  return subscript ?? /(?<![\w$-])([\w$-]+)[?!:]{0,3}$/.exec(text)?.[1];
}

/** The text of a literal without its quotes; escapes are left as they are. Undefined for unclosed literals. */
export function plainValue(syntax: CodeSyntax, literal: Node): string | undefined {
  const { text } = literal;
  const quotes = syntax.quotesOf(text);
  return quotes === undefined ? undefined : text.slice(quotes.open.length, text.length - quotes.close.length);
}

/** The value of an expression that consists of constant texts; undefined when any part is not one. */
export function constantValue(source: ParsedSource, syntax: CodeSyntax, node: Node, depth = 0, budget: Budget = { left: MOST_PARTS }): string | undefined {
  if (depth > DEEPEST || --budget.left < 0) return undefined;
  const all = (parts: readonly Node[]): string | undefined => {
    let value = '';
    for (const part of parts) {
      const one = constantValue(source, syntax, part, depth + 1, budget);
      if (one === undefined || value.length + one.length > LONGEST) return undefined;
      value += one;
    }
    return value;
  };
  const inner = node.namedChildren.filter((child): child is Node => child !== null && !syntax.comments.has(child.type));
  if (syntax.strings.has(node.type)) return literalValue(source, syntax, node, inner, depth, budget);
  const parts = syntax.partsOf?.(node);
  if (parts !== undefined) return all(parts);
  if (syntax.joins.has(node.type)) return node.children.some((child) => child?.type === syntax.joinOperator) ? all(inner) : undefined;
  if (syntax.adjacent?.has(node.type) === true) return all(inner);
  if (node.type.includes('parenthesized') && inner.length === 1) return all(inner);
  return /^[A-Za-z_$][\w$]*$/.test(node.text) ? constantNamed(source, syntax, node.text, depth, budget) : undefined;
}

/** A literal whose interpolations, if any, are constants. */
function literalValue(source: ParsedSource, syntax: CodeSyntax, node: Node, inner: readonly Node[], depth: number, budget: Budget): string | undefined {
  const quotes = syntax.quotesOf(node.text);
  if (quotes === undefined) return undefined;
  const values: (string | undefined)[] = [];
  let at = node.startIndex + quotes.open.length;
  for (const part of inner) {
    if (!/interpol(?!ation_)|substitution/.test(part.type)) continue;
    const [expression, ...more] = part.namedChildren.filter((child): child is Node => child !== null && !child.type.startsWith("interpolation_"));
    const one = expression === undefined || more.length > 0 ? undefined : constantValue(source, syntax, expression, depth + 1, budget);
    if (one === undefined) return undefined;
    values.push(stretchValue(source, syntax, at, part.startIndex, depth, budget), one);
    at = part.endIndex;
  }
  values.push(stretchValue(source, syntax, at, node.endIndex - quotes.close.length, depth, budget));
  return values.includes(undefined) ? undefined : values.join('');
}

/** A stretch of a literal with the constants that it names without braces. */
function stretchValue(source: ParsedSource, syntax: CodeSyntax, start: number, end: number, depth: number, budget: Budget): string | undefined {
  const text = source.text.slice(start, end);
  if (syntax.nameInText === undefined || text.length > LONGEST) return text;
  const values = new Map<string, string>();
  for (const { groups } of text.matchAll(syntax.nameInText)) {
    const name = groups?.name ?? '';
    const value = constantNamed(source, syntax, name, depth, budget);
    if (value === undefined) return undefined;
    values.set(name, value);
  }
  return text.replaceAll(syntax.nameInText, (_, name: string) => values.get(name) ?? '');
}

function constantNamed(source: ParsedSource, syntax: CodeSyntax, name: string, depth: number, budget: Budget): string | undefined {
  const value = soleValueOf(source, syntax, name);
  return value === undefined ? undefined : constantValue(source, syntax, value, depth + 1, budget);
}

/** The value of a name that is given one exactly once in the document. Scopes are not told apart, so that twice is too often. */
export function soleValueOf(source: ParsedSource, syntax: CodeSyntax, name: string): Node | undefined {
  const word = new RegExp(`(?<![\\w$.])${name.replace(/[$]/g, '\\$&')}(?![\\w$])[^\\S\\n]{0,40}(?::[^=\\n]{1,60}|(?<=[^\\S\\n])[\\w.]{1,40}[^\\S\\n]{0,40})?:?=(?!=)`, 'g');
  let found: Node | undefined;
  for (const match of source.text.matchAll(word)) {
    const value = bindingAt(source, syntax, { start: match.index, end: match.index + name.length })?.value;
    if (value === undefined) continue;
    if (found !== undefined) return undefined;
    found = value;
  }
  return found;
}

/** The binding whose name stands at that place. */
export function bindingAt(source: ParsedSource, syntax: CodeSyntax, name: Span): { readonly node: Node; readonly name: Node; readonly value: Node | undefined } | undefined {
  for (const node of (source.syntax?.nodesAround(name.start, name.end) ?? []).slice(0, DEEPEST)) {
    const binding = syntax.bindings[node.type]?.(node);
    if (binding?.name === null || binding?.name === undefined) continue;
    if (binding.name.startIndex > name.start || binding.name.endIndex < name.end) return undefined;
    return { node, name: binding.name, value: only(syntax, binding.value) };
  }
  return undefined;
}

/** Go and others bind lists of values; a list of one is that one. */
export function only(syntax: CodeSyntax, value: Node | null | undefined): Node | undefined {
  if (value === null || value === undefined) return undefined;
  return /_list$|^equals_value_clause$|^variable_initializer$/.test(value.type) && !syntax.argumentLists.has(value.type) && value.namedChildCount === 1 ? value.namedChild(0) ?? value : value;
}
