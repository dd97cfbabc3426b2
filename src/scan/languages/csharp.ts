import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import { isUsedWhere, nearest } from './code/constants.js';
import { codeLanguage } from './code/language.js';
import { children, fields, type Argument, type Quotes } from './code/syntax.js';
import { csharpLowering } from './lowering/csharp.js';
import type { Import, ParsedSource, Span } from './language.js';
import type { SyntaxTree } from '../syntax/tree.js';
import { spanOf } from './span.js';

/** Only constants may stand there. */
const CONSTANT_PLACES = new Set(['attribute', 'constant_pattern', 'case_switch_label', 'goto_statement', 'parameter']);
const BODIES = new Set(['block', 'declaration_list', 'lambda_expression']);
const DECLARATIONS = new Set(['field_declaration', 'local_declaration_statement']);
const USING_STIGG = /\busing\s+(?:static\s+)?Stigg\b|\bStigg\.Client\b/;

/** C#: `Environment.GetEnvironmentVariable("…")`, with its namespace where the file does not use that. */
export const csharp = codeLanguage({
  ids: ['csharp'],
  files: [{ languageId: 'csharp', pattern: /\.csx?$/i }],
  grammar: 'c-sharp',
  comments: new Set(['comment']),
  strings: new Set(['string_literal', 'verbatim_string_literal', 'raw_string_literal', 'interpolated_string_expression']),
  bindings: {
    variable_declarator: (node) => ({ name: node.childForFieldName('name'), value: afterEquals(node) }),
    property_declaration: fields('name', 'value'),
    parameter: (node) => ({ name: node.childForFieldName('name'), value: afterEquals(node) }),
    assignment_expression: fields('left', 'right'),
    with_initializer: (node) => ({ name: node.namedChild(0), value: node.namedChild(1) }),
    argument: (node) => (node.childForFieldName('name') === null ? undefined : { name: node.childForFieldName('name'), value: node.lastNamedChild }),
    // One entry of a dictionary: { "name", "value" }.
    initializer_expression: (node) => (node.namedChildCount === 2 && node.parent?.type === 'initializer_expression' ? { name: node.namedChild(0), value: node.namedChild(1) } : undefined),
  },
  inner: new Set(['assignment_expression', 'with_initializer', 'argument', 'initializer_expression']),
  carriers: new Set(['argument', 'attribute_argument', 'initializer_expression', 'parenthesized_expression', 'binary_expression', 'conditional_expression', 'cast_expression', 'interpolation',
    'implicit_array_creation_expression', 'array_creation_expression', 'element_binding_expression', 'object_creation_expression', 'implicit_object_creation_expression',
    'arrow_expression_clause', 'postfix_unary_expression', 'switch_expression_arm', 'switch_expression']),
  joins: new Set(['binary_expression']),
  joinOperator: '+',
  tight: new Set(['member_access_expression', 'conditional_access_expression', 'element_access_expression', 'cast_expression', 'postfix_unary_expression', 'is_pattern_expression', 'switch_expression']),
  calls: new Set(['invocation_expression', 'object_creation_expression', 'implicit_object_creation_expression', 'constructor_initializer', 'attribute']),
  calleeOf,
  receiverOf: (call) => call.childForFieldName('function')?.childForFieldName('expression'),
  argumentsOf,
  argumentLists: new Set(['argument_list', 'attribute_argument_list']),
  interpolation,
  quotesOf,
  reads: /(?:\b(?:System\s*\.\s*)?(?:Environment\s*\.\s*)?GetEnvironmentVariable\(\s*@?|\b_?[cC]onfig(?:uration)?\[\s*)"(?<name>\w+)"\s*(?:,[^()\n]{0,80})?[\])]/g,
  environmentTarget: /(?!)/,
  lookup: (variable, { text }) => `${/^\uFEFF?[ \t]*(?:global[ \t]+)?using[ \t]+System[ \t]*;/m.test(text) ? '' : 'System.'}Environment.GetEnvironmentVariable("${variable}")`,
  lookupImports: () => [],
  asVariable,
  replaceHere,
  inits: [
    { module: 'Stigg.Client', callee: /\bnew\s+(?:Stigg\.Client\.)?StiggClient\b/g, requires: USING_STIGG, key: { names: ['ApiKey'] } },
    // `StiggClient client = new() { … }`, also as a property with accessors.
    { module: 'Stigg.Client', callee: /(?<=\bStiggClient\??\s{1,9}\w{1,60}\s{0,9}(?:\{[^{}]{0,60}\}\s{0,9})?=\s{0,9})new(?=\s*\()/g, requires: USING_STIGG, key: { names: ['ApiKey'] } },
    { module: 'Stigg.Api.Client', callee: /\bStigg\s*\.\s*[cC]reateClient(?=\s*\()/g, requires: /\bStigg\.Api\.Client\b/, key: { names: ['apiKey'], position: 0 } },
  ],
  lowering: csharpLowering,
  imports,
});

/** What stands behind the equals sign. */
function afterEquals(node: Node): Node | undefined {
  const at = node.children.findIndex((child) => child?.type === '=');
  return at === -1 ? undefined : node.children.slice(at + 1).find((child) => child?.isNamed === true) ?? undefined;
}

function calleeOf(call: Node): string {
  const callee = call.childForFieldName('function') ?? call.childForFieldName('type') ?? call.childForFieldName('name');
  return (callee?.childForFieldName('name') ?? callee)?.text ?? '';
}

/** Arguments by position or name, and what an initializer sets. */
function argumentsOf(call: Node): Argument[] {
  const parts = children(call);
  const given = children(parts.find(({ type }) => type === 'argument_list' || type === 'attribute_argument_list')).flatMap((node): Argument[] => {
    const value = node.lastNamedChild;
    return value === null ? [] : [{ name: node.childForFieldName('name')?.text, value }];
  });
  const set = children(parts.find(({ type }) => type === 'initializer_expression')).flatMap((node): Argument[] => {
    const value = node.type === 'assignment_expression' ? node.childForFieldName('right') : null;
    return value === null ? [] : [{ name: node.childForFieldName('left')?.text, value }];
  });
  return [...given, ...set];
}

/** `"`, `@"`, `$"`, `$@"` and three or more quotes with any number of dollars. */
function quotesOf(literal: string): Quotes | undefined {
  const match = /^[@$]*("{3,}|")/.exec(literal);
  const close = match?.[1];
  if (match === null || close === undefined) return undefined;
  // "" opens and closes.
  return literal.length < match[0].length + close.length || !literal.endsWith(close) ? undefined : { open: match[0], close };
}

function interpolation(open: string): { open: string; close: string; nests: boolean } | undefined {
  const dollars = open.split('$').length - 1;
  return dollars === 0 ? undefined : { open: '{'.repeat(dollars), close: '}'.repeat(dollars), nests: true };
}

/** A constant becomes a variable that is set once, unless it is used where only constants may stand. */
function asVariable(around: readonly Node[], source: ParsedSource): TextEdit[] | 'impossible' {
  if (nearest(around, CONSTANT_PLACES, BODIES) !== undefined) return 'impossible';
  const declaration = nearest(around, DECLARATIONS, BODIES);
  const modifier = declaration === undefined ? undefined : constOf(declaration);
  if (declaration === undefined || modifier === undefined) return [];
  const name = around.find(({ type }) => type === 'variable_declarator')?.childForFieldName('name')?.text ?? '';
  const isConstantPlace = (place: readonly Node[]): boolean => place.some((node) => CONSTANT_PLACES.has(node.type) || (DECLARATIONS.has(node.type) && constOf(node) !== undefined));
  if (isUsedWhere(source, name, declaration, isConstantPlace)) return 'impossible';
  if (declaration.type === 'field_declaration') return [{ start: modifier.startIndex, end: modifier.endIndex, text: 'static readonly' }];
  const blank = /^\s*/.exec(source.text.slice(modifier.endIndex, declaration.endIndex))?.[0].length ?? 0;
  return [{ start: modifier.startIndex, end: modifier.endIndex + blank, text: '' }];
}

function constOf(declaration: Node): Node | undefined {
  return children(declaration).find(({ type, text }) => type === 'modifier' && text === 'const');
}

/** A raw text becomes one that interpolates, with so many dollars that the braces in it stay what they are. */
function replaceHere({ text }: ParsedSource, around: readonly Node[], place: Span, expression: string): TextEdit[] | 'usual' | undefined {
  const [literal] = around;
  if (literal?.type !== 'raw_string_literal' || place.start === literal.startIndex) return 'usual';
  const quotes = quotesOf(text.slice(literal.startIndex, literal.endIndex));
  if (quotes === undefined) return undefined;
  const isWhole = place.start === literal.startIndex + quotes.open.length && place.end === literal.endIndex - quotes.close.length;
  if (isWhole) return 'usual';
  const rest = `${text.slice(literal.startIndex, place.start)} ${text.slice(place.end, literal.endIndex)}`;
  const dollars = 1 + Math.max(0, ...Array.from(rest.matchAll(/\{+|\}+/g), ([run]) => run.length));
  if (dollars > 9) return undefined;
  const { startIndex: start } = literal;
  return [{ start, end: start, text: '$'.repeat(dollars) }, { ...place, text: `${'{'.repeat(dollars)}${expression}${'}'.repeat(dollars)}` }];
}

function imports(syntax: SyntaxTree): Import[] {
  return syntax.statements.filter(({ type }) => type === 'using_directive').flatMap((directive): Import[] => {
    const path = directive.lastNamedChild;
    return path === null ? [] : [{ module: path.text, local: directive.childForFieldName('name')?.text, imported: '*', place: spanOf(path) }];
  });
}
