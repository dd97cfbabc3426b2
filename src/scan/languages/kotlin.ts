import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import { isUsedWhere, nearest } from './code/constants.js';
import { JVM_INITS } from './code/jvmInits.js';
import { codeLanguage } from './code/language.js';
import { children, fields, usualQuotes, type Argument, type Binding } from './code/syntax.js';
import { kotlinLowering } from './lowering/kotlin.js';
import type { Import, ParsedSource } from './language.js';
import type { SyntaxTree } from '../syntax/tree.js';
import { spanOf } from './span.js';

const ANNOTATIONS = new Set(['annotation', 'file_annotation']);
const BODIES = new Set(['block', 'class_body', 'enum_class_body', 'lambda_literal', 'function_body']);
const PROPERTIES = new Set(['property_declaration']);

/** Kotlin: `System.getenv("…")`, inside texts `${…}`. */
export const kotlin = codeLanguage({
  ids: ['kotlin'],
  files: [{ languageId: 'kotlin', pattern: /\.kts?$/i }],
  grammar: 'kotlin',
  comments: new Set(['line_comment', 'block_comment']),
  strings: new Set(['string_literal', 'multiline_string_literal']),
  bindings: {
    property_declaration: (node) => ({ name: declared(node), value: afterEquals(node) }),
    class_parameter: parameter,
    value_argument: parameter,
    assignment: fields('left', 'right'),
    infix_expression: (node) => (node.namedChildCount === 3 && node.namedChild(1)?.text === 'to' ? { name: node.namedChild(0), value: node.namedChild(2) } : undefined),
  },
  inner: new Set(['infix_expression', 'value_argument', 'assignment']),
  carriers: new Set(['value_argument', 'parenthesized_expression', 'binary_expression', 'if_expression', 'as_expression', 'collection_literal', 'interpolation']),
  joins: new Set(['binary_expression']),
  joinOperator: '+',
  tight: new Set(['navigation_expression', 'index_expression', 'as_expression', 'unary_expression']),
  calls: new Set(['call_expression', 'constructor_invocation']),
  calleeOf: (call) => {
    const callee = call.namedChild(0);
    return (callee?.type === 'navigation_expression' ? callee.lastNamedChild : callee)?.text ?? '';
  },
  receiverOf: (call) => (call.namedChild(0)?.type === 'navigation_expression' ? call.namedChild(0)?.namedChild(0) : undefined),
  argumentsOf: (call) => children(children(call).find(({ type }) => type === 'value_arguments')).flatMap(argument),
  argumentLists: new Set(['value_arguments']),
  interpolation: () => ({ open: '${', close: '}' }),
  quotesOf: usualQuotes,
  reads: /\bSystem\s*\.\s*getenv\(\s*(?:\)\s*(?:\.\s*get\(|\[)\s*)?"(?<name>\w+)"\s*[\])]/g,
  environmentTarget: /(?!)/,
  lookup: (variable) => `System.getenv("${variable}")`,
  lookupImports: () => [],
  asVariable,
  wrappers: /^(?:of|listOf|setOf|requireNotNull|checkNotNull)$/,
  nameInText: /(?<!\\)\$(?<name>[A-Za-z_]\w*)/g,
  inits: JVM_INITS,
  lowering: kotlinLowering,
  imports,
});

function declared(property: Node): Node | null | undefined {
  return children(property).find(({ type }) => type === 'variable_declaration')?.namedChild(0);
}

/** What stands behind the equals sign. */
function afterEquals(node: Node): Node | null | undefined {
  const at = node.children.findIndex((child) => child?.type === '=');
  return at === -1 ? undefined : node.children.slice(at + 1).find((child) => child?.isNamed === true);
}

/** `name = value`, of a call or in a constructor; undefined for what has no name. */
function parameter(node: Node): Binding | undefined {
  const value = afterEquals(node);
  return value === undefined ? undefined : { name: children(node).find(({ type }) => type === 'identifier'), value };
}

function argument(node: Node): Argument[] {
  const { name, value } = parameter(node) ?? { name: undefined, value: node.lastNamedChild };
  return value === null || value === undefined ? [] : [{ name: name?.text, value }];
}

/** A `const val` becomes a `val`, unless it is used where only constants may stand. */
function asVariable(around: readonly Node[], source: ParsedSource): TextEdit[] | 'impossible' {
  if (nearest(around, ANNOTATIONS, BODIES) !== undefined) return 'impossible';
  // What an annotation's parameters are by default has to be constant as well.
  if (around.some(({ type }) => type === 'class_parameter') && around.some((node) => node.type === 'class_declaration' && /^annotation\b|[^\S\n]annotation$/.test(modifiersOf(node)?.text ?? ''))) return 'impossible';
  const property = nearest(around, PROPERTIES, BODIES);
  const constant = property === undefined ? undefined : constOf(property);
  if (property === undefined || constant === undefined) return [];
  const isConstantPlace = (place: readonly Node[]): boolean => place.some((node) => ANNOTATIONS.has(node.type) || (node.type === 'property_declaration' && constOf(node) !== undefined));
  if (isUsedWhere(source, declared(property)?.text ?? '', property, isConstantPlace)) return 'impossible';
  const blank = /^\s*/.exec(source.text.slice(constant.endIndex, property.endIndex))?.[0].length ?? 0;
  return [{ start: constant.startIndex, end: constant.endIndex + blank, text: '' }];
}

function modifiersOf(declaration: Node): Node | undefined {
  return children(declaration).find(({ type }) => type === 'modifiers');
}

function constOf(property: Node): Node | undefined {
  return children(modifiersOf(property)).find(({ text }) => text === 'const');
}

function imports(syntax: SyntaxTree): Import[] {
  return syntax.statements.filter(({ type }) => type === 'import').flatMap((declaration): Import[] => {
    const [path, alias] = children(declaration);
    if (path === undefined) return [];
    const isWhole = declaration.text.endsWith('*');
    const last = path.text.split('.').at(-1) ?? path.text;
    return [{ module: path.text, local: isWhole ? undefined : alias?.text ?? last, imported: isWhole ? '*' : last, place: spanOf(path) }];
  });
}
