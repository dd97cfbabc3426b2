import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../../finding.js';
import type { ParsedSource, Span } from '../language.js';

/** Where the grammar wants a literal string: a module's name, a type, an enum member. */
const LITERAL_ONLY = new Set([
  'import_statement', 'export_statement', 'import_require_clause', 'import_attribute', 'import_specifier', 'export_specifier', 'namespace_export',
  'literal_type', 'enum_body', 'enum_assignment', 'module', 'internal_module', 'property_signature', 'method_signature',
]);
/** Their name may not become an expression without changing what the class means to the type checker. */
const MEMBERS = new Set(['method_definition', 'public_field_definition', 'field_definition', 'abstract_method_signature']);

/** Index in `around` (innermost first) of the literal that holds the place; -1 when there is none. */
export function literalIndex(around: readonly Node[]): number {
  return around.findIndex((node) => node.type === 'string' || node.type === 'template_string' || node.type === 'jsx_text');
}

/** An edit that puts `expression` in the token's place inside the literal `around[index]`; undefined where that cannot be. */
export function replaceInLiteral(source: ParsedSource, around: readonly Node[], index: number, token: Span, expression: string): TextEdit | undefined {
  const literal = around[index];
  if (literal === undefined || literal.hasError) return undefined;
  const parent = around[index + 1];
  if (literal.type === 'jsx_text') return { ...token, text: `{${expression}}` };
  if (parent === undefined || LITERAL_ONLY.has(parent.type)) return undefined;
  if (MEMBERS.has(parent.type) && parent.childForFieldName('value')?.id !== literal.id) return undefined;
  if (parent.isError && mayBeKeyOrAttribute(source, literal)) return undefined;

  const inner = { start: literal.startIndex + 1, end: literal.endIndex - 1 };
  const whole = inner.start === token.start && inner.end === token.end;
  if (literal.type === 'template_string') {
    const tagged = parent.type === 'call_expression' && parent.childForFieldName('arguments')?.id === literal.id;
    return whole && !tagged ? place(source, literal, parent, expression) : { ...token, text: `\${${expression}}` };
  }
  if (whole) return place(source, literal, parent, expression);
  const before = source.text.slice(inner.start, token.start);
  const after = source.text.slice(token.end, inner.end);
  const attribute = parent.type === 'jsx_attribute';
  if (attribute ? /&|\\/.test(before + after) : !allEscapesFitTemplates(before + after)) return undefined;
  return place(source, literal, parent, `\`${asTemplate(before)}\${${expression}}${asTemplate(after)}\``);
}

/** Replaces the literal by an expression, with the punctuation that its surroundings want. */
function place(source: ParsedSource, literal: Node, parent: Node, expression: string): TextEdit {
  if (parent.type === 'jsx_attribute') return { start: literal.startIndex, end: literal.endIndex, text: `{${expression}}` };
  const isKey = (parent.type === 'pair' || parent.type === 'pair_pattern') && parent.childForFieldName('key')?.id === literal.id;
  if (isKey) return { start: literal.startIndex, end: literal.endIndex, text: `[${expression}]` };
  // `as const` is for literals only.
  const constant = parent.type === 'as_expression' && parent.lastChild?.text === 'const';
  const { startIndex: start, endIndex: end } = constant ? parent : literal;
  // A literal may touch a keyword (`return"…"`), an expression may not.
  const lead = /[\w$]/.test(source.text.charAt(start - 1)) ? ' ' : '';
  const trail = /[\w$]/.test(source.text.charAt(end)) ? ' ' : '';
  return { start, end, text: `${lead}${expression}${trail}` };
}

/** In broken code the parser does not say; then a key or an attribute is told by its neighbours. */
function mayBeKeyOrAttribute(source: ParsedSource, literal: Node): boolean {
  return /^\s*:/.test(source.text.slice(literal.endIndex, literal.endIndex + 80)) || source.text.charAt(literal.startIndex - 1) === '=';
}

/** Octal escapes are an error in template literals. */
function allEscapesFitTemplates(raw: string): boolean {
  return !/\\(?:[1-9]|0\d)/.test(raw.replaceAll('\\\\', ''));
}

/** The source of a string's content as the source of a template's content: what a template would interpret gets escaped. */
function asTemplate(raw: string): string {
  return raw.replace(/\\[\s\S]|`|\$\{/g, (piece) => (piece.startsWith('\\') ? piece : `\\${piece}`));
}
