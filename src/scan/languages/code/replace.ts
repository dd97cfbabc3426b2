import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import type { ParsedSource, Span } from '../language.js';
import type { CodeSyntax, Interpolation } from './syntax.js';

/** What is remembered of a document: the edits that its look-ups need elsewhere, the same for every place. */
const LOOKUP_IMPORTS = {};

/**
 * Edits that put `expression` in the place inside the literal, or of the whole expression, `around[index]`; undefined where that cannot be.
 * They replace the token and the punctuation around it only: what else the literal holds, which may be another secret, is not repeated.
 */
export function replaceIn(source: ParsedSource, syntax: CodeSyntax, around: readonly Node[], index: number, place: Span, expression: string): TextEdit[] | undefined {
  const node = around[index];
  const parent = around[index + 1];
  if (node === undefined || node.hasError || parent === undefined) return undefined;
  const elsewhere = syntax.asVariable(around.slice(index), source);
  if (elsewhere === 'impossible' || syntax.adjacent?.has(parent.type) === true) return undefined;
  const own = syntax.replaceHere?.(source, around.slice(index), place, expression) ?? (syntax.replaceHere === undefined ? 'usual' : undefined);
  const usual = (): readonly TextEdit[] | undefined => (syntax.strings.has(node.type) ? inLiteral(source, syntax, node, parent, place, expression) : [{ start: node.startIndex, end: node.endIndex, text: expression }]);
  const here = own === 'usual' ? usual() : own;
  if (here === undefined) return undefined;
  const imports = source.syntax?.remember(LOOKUP_IMPORTS, () => syntax.lookupImports(source)) ?? syntax.lookupImports(source);
  return [...imports, ...elsewhere, ...here];
}

function inLiteral(source: ParsedSource, syntax: CodeSyntax, literal: Node, parent: Node, place: Span, expression: string): TextEdit[] | undefined {
  const { startIndex: start, endIndex: end } = literal;
  const quotes = syntax.quotesOf(source.text.slice(start, end));
  if (quotes === undefined) return undefined;
  const inner = { start: start + quotes.open.length, end: end - quotes.close.length };
  if (place.start === start && place.end === end) return [{ start, end, text: spaced(source, place, expression) }];
  if (place.start < inner.start || place.end > inner.end) return undefined;
  if (place.start === inner.start && place.end === inner.end) return [{ start, end, text: spaced(source, { start, end }, expression) }];
  const into = syntax.interpolation(quotes.open);
  if (into !== undefined) return expression.includes(quotes.close) && !nests(into) ? undefined : [{ ...place, text: `${into.open}${expression}${into.close}` }];
  // Joined instead: the literal is closed before the token and opened again after it.
  const tight = syntax.tight.has(parent.type);
  const operator = ` ${syntax.joinOperator} `;
  const atStart = place.start === inner.start;
  const atEnd = place.end === inner.end;
  const edit = {
    start: atStart ? start : place.start,
    end: atEnd ? end : place.end,
    text: `${atStart ? '' : quotes.close + operator}${expression}${atEnd ? '' : operator + quotes.open}`,
  };
  if (!tight) return [edit];
  const before = atStart ? [{ ...edit, text: `(${edit.text}` }] : [{ start, end: start, text: '(' }, edit];
  return atEnd ? before.map((one, at) => (at === before.length - 1 ? { ...one, text: `${one.text})` } : one)) : [...before, { start: end, end, text: ')' }];
}

function nests({ open, nests: allowed }: Interpolation): boolean {
  return allowed ?? (open === '#{' || open === '${');
}

/** A literal may touch a keyword (`return"…"`), an expression may not. */
function spaced(source: ParsedSource, { start, end }: Span, expression: string): string {
  return `${/\w/.test(source.text.charAt(start - 1)) ? ' ' : ''}${expression}${/\w/.test(source.text.charAt(end)) ? ' ' : ''}`;
}
