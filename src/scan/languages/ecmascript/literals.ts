import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import type { ParsedSource, Span } from '../language.js';
import { spanOf } from '../span.js';

/** Where the grammar wants a literal string: a module's name, a type, an enum member. */
const LITERAL_ONLY = new Set([
  'import_statement', 'import_require_clause', 'import_attribute', 'import_specifier', 'export_specifier', 'namespace_export',
  'literal_type', 'enum_body', 'enum_assignment', 'module', 'internal_module', 'property_signature', 'method_signature',
]);
/** Their name may not become an expression without changing what the class means to the type checker. */
const MEMBERS = new Set(['method_definition', 'public_field_definition', 'field_definition', 'abstract_method_signature']);

/** Index in `around` (innermost first) of the literal that holds the place; -1 when there is none. */
export function literalIndex(around: readonly Node[]): number {
  return around.findIndex((node) => node.type === 'string' || node.type === 'template_string' || node.type === 'jsx_text');
}

/**
 * Edits that put `expression` in the token's place inside the literal `around[index]`; undefined where that cannot be.
 * They replace the token and the punctuation around it only: what else the literal holds, which may be another secret, is not repeated.
 */
export function replaceInLiteral(source: ParsedSource, around: readonly Node[], index: number, token: Span, expression: string): TextEdit[] | undefined {
  const literal = around[index];
  if (literal === undefined || literal.hasError) return undefined;
  const parent = around[index + 1];
  if (literal.type === 'jsx_text') return [{ ...token, text: `{${expression}}` }];
  if (parent === undefined || LITERAL_ONLY.has(parent.type)) return undefined;
  if (parent.type === 'export_statement' && parent.childForFieldName('source')?.id === literal.id) return undefined;
  if (MEMBERS.has(parent.type) && parent.childForFieldName('value')?.id !== literal.id) return undefined;
  if (parent.isError && mayBeKeyOrAttribute(source, literal)) return undefined;

  const inner = { start: literal.startIndex + 1, end: literal.endIndex - 1 };
  const whole = inner.start === token.start && inner.end === token.end;
  const substitution = { ...token, text: `\${${expression}}` };
  if (literal.type === 'template_string') {
    const tagged = parent.type === 'call_expression' && parent.childForFieldName('arguments')?.id === literal.id;
    if (!whole || tagged) return [substitution];
  }
  const { start, end, lead, trail } = punctuation(source, literal, parent);
  if (whole) return [{ start, end, text: `${lead}${expression}${trail}` }];
  const before = source.text.slice(inner.start, token.start);
  const after = source.text.slice(token.end, inner.end);
  if (parent.type === 'jsx_attribute' ? /&|\\/.test(before + after) : !allEscapesFitTemplates(before + after)) return undefined;
  return [
    { start, end: inner.start, text: `${lead}\`` },
    ...templateEscapes(before, inner.start),
    substitution,
    ...templateEscapes(after, token.end),
    { start: inner.end, end, text: `\`${trail}` },
  ];
}

interface Punctuation extends Span {
  readonly lead: string;
  readonly trail: string;
}

/** What an expression needs around it where the literal stands, and the range that it replaces. */
function punctuation(source: ParsedSource, literal: Node, parent: Node): Punctuation {
  const range = spanOf(literal);
  if (parent.type === 'jsx_attribute') return { ...range, lead: '{', trail: '}' };
  const isKey = (parent.type === 'pair' || parent.type === 'pair_pattern') && parent.childForFieldName('key')?.id === literal.id;
  if (isKey) return { ...range, lead: '[', trail: ']' };
  // `as const` is for literals only.
  const constant = parent.type === 'as_expression' && parent.lastChild?.text === 'const';
  const { start, end } = constant ? spanOf(parent) : range;
  // A literal may touch a keyword (`return"…"`), an expression may not.
  return { start, end, lead: /[\w$]/.test(source.text.charAt(start - 1)) ? ' ' : '', trail: /[\w$]/.test(source.text.charAt(end)) ? ' ' : '' };
}

/** In broken code the parser does not say; then a key or an attribute is told by its neighbours. */
function mayBeKeyOrAttribute(source: ParsedSource, literal: Node): boolean {
  return /^\s*:/.test(source.text.slice(literal.endIndex, literal.endIndex + 80)) || source.text.charAt(literal.startIndex - 1) === '=';
}

/** Octal escapes are an error in template literals. */
function allEscapesFitTemplates(raw: string): boolean {
  return !/\\(?:[1-9]|0\d)/.test(raw.replaceAll('\\\\', ''));
}

/** Backslashes before what a template would interpret and a string does not. */
function templateEscapes(raw: string, offset: number): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const match of raw.matchAll(/\\[\s\S]|`|\$\{/g)) {
    const at = offset + match.index;
    if (!match[0].startsWith('\\')) edits.push({ start: at, end: at, text: '\\' });
  }
  return edits;
}
