import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import { mayHoldToken } from '../tokens/trace.js';
import { isUsedWhere, nearest } from './code/constants.js';
import { JVM_INITS } from './code/jvmInits.js';
import { codeLanguage } from './code/language.js';
import { children, fields, usualQuotes } from './code/syntax.js';
import { javaLowering } from './lowering/java.js';
import type { Import, ParsedSource, Span } from './language.js';
import type { SyntaxTree } from '../syntax/tree.js';
import { spanOf } from './span.js';

/** Only constants may stand there. */
const CONSTANT_PLACES = new Set(['annotation', 'annotation_type_element_declaration', 'switch_label']);
const BODIES = new Set(['block', 'class_body', 'interface_body', 'enum_body', 'lambda_expression']);
const DECLARATIONS = new Set(['field_declaration', 'constant_declaration', 'local_variable_declaration']);

/** Java: `System.getenv("…")`. */
export const java = codeLanguage({
  ids: ['java'],
  files: [{ languageId: 'java', pattern: /\.java$/i }],
  grammar: 'java',
  comments: new Set(['line_comment', 'block_comment']),
  strings: new Set(['string_literal']),
  bindings: {
    variable_declarator: fields('name', 'value'),
    assignment_expression: fields('left', 'right'),
    element_value_pair: fields('key', 'value'),
    annotation_type_element_declaration: fields('name', 'value'),
  },
  inner: new Set(['element_value_pair']),
  carriers: new Set(['parenthesized_expression', 'binary_expression', 'ternary_expression', 'cast_expression', 'array_initializer', 'array_creation_expression', 'element_value_array_initializer']),
  joins: new Set(['binary_expression']),
  joinOperator: '+',
  tight: new Set(['method_invocation', 'field_access', 'cast_expression', 'array_access', 'instanceof_expression']),
  calls: new Set(['method_invocation', 'object_creation_expression', 'explicit_constructor_invocation', 'enum_constant', 'annotation']),
  calleeOf: (call) => (call.childForFieldName('name') ?? call.childForFieldName('type'))?.text ?? '',
  receiverOf: (call) => call.childForFieldName('object'),
  argumentsOf: (call) => children(call.childForFieldName('arguments')).map((value) => ({ name: undefined, value })),
  argumentLists: new Set(['argument_list', 'annotation_argument_list']),
  interpolation: () => undefined,
  quotesOf: usualQuotes,
  reads: /\bSystem\s*\.\s*getenv\(\s*(?:\)\s*\.\s*get\(\s*)?"(?<name>\w+)"\s*\)/g,
  environmentTarget: /(?!)/,
  lookup: (variable) => `System.getenv("${variable}")`,
  lookupImports: () => [],
  asVariable,
  replaceHere,
  wrappers: /^(?:of|ofNullable|requireNonNull|asList)$/,
  inits: JVM_INITS,
  lowering: javaLowering,
  imports,
});

/** A final variable may hold the look-up, unless it is used where only constants may stand. */
function asVariable(around: readonly Node[], source: ParsedSource): TextEdit[] | 'impossible' {
  if (nearest(around, CONSTANT_PLACES, BODIES) !== undefined) return 'impossible';
  const declaration = nearest(around, DECLARATIONS, BODIES);
  const name = around.find(({ type }) => type === 'variable_declarator')?.childForFieldName('name')?.text;
  const isConstant = declaration?.type === 'constant_declaration' || children(declaration).some(({ type, text }) => type === 'modifiers' && /\bfinal\b/.test(text));
  if (declaration === undefined || name === undefined || !isConstant) return [];
  return isUsedWhere(source, name, declaration, (place) => nearest(place, CONSTANT_PLACES, BODIES) !== undefined) ? 'impossible' : [];
}

/** A text block cannot be closed and opened again in the middle of a line; it is formatted instead. */
function replaceHere({ text }: ParsedSource, around: readonly Node[], place: Span, expression: string): TextEdit[] | 'usual' | undefined {
  const [literal] = around;
  if (literal?.type !== 'string_literal' || !text.startsWith('"""', literal.startIndex) || place.end >= literal.endIndex) return 'usual';
  const rest = text.slice(literal.startIndex, place.start) + text.slice(place.end, literal.endIndex);
  if (!rest.endsWith('"""') || rest.includes('%') || mayHoldToken(rest)) return undefined;
  const end = literal.endIndex;
  return [{ ...place, text: '%s' }, { start: end, end, text: `.formatted(${expression})` }];
}

function imports(syntax: SyntaxTree): Import[] {
  return syntax.statements.filter(({ type }) => type === 'import_declaration').flatMap((declaration): Import[] => {
    const parts = children(declaration);
    const path = parts.find(({ type }) => type === 'scoped_identifier' || type === 'identifier');
    if (path === undefined) return [];
    const isWhole = parts.some(({ type }) => type === 'asterisk');
    const last = path.text.split('.').at(-1);
    return [{ module: path.text, local: isWhole ? undefined : last, imported: isWhole ? '*' : last ?? path.text, place: spanOf(path) }];
  });
}
