import type { Node } from '@vscode/tree-sitter-wasm';
import { codeLanguage } from './code/language.js';
import { children, fields, usualQuotes, type Argument } from './code/syntax.js';
import { phpLowering } from './lowering/php.js';

/** What a class or function keeps as a constant, and its parameters' defaults, must not be a call. */
const CONSTANT = new Set(['const_element', 'property_element', 'simple_parameter', 'property_promotion_parameter', 'attribute', 'enum_case', 'static_variable_declaration']);

/** PHP: `getenv('…')`, and `env('…')` in the configuration of Laravel, where nothing else sees the file .env. */
export const php = codeLanguage({
  ids: ['php'],
  files: [{ languageId: 'php', pattern: /(?<!\.blade)\.(?:php|phtml|php[3-8])$/i }],
  grammar: 'php',
  comments: new Set(['comment']),
  strings: new Set(['string', 'encapsed_string', 'heredoc', 'nowdoc']),
  bindings: {
    assignment_expression: fields('left', 'right'),
    augmented_assignment_expression: fields('left', 'right'),
    array_element_initializer: (node) => (node.namedChildCount === 2 ? { name: node.namedChild(0), value: node.namedChild(1) } : undefined),
    const_element: (node) => ({ name: node.namedChild(0), value: node.namedChild(1) }),
    property_element: fields('name', 'default_value'),
    simple_parameter: fields('name', 'default_value'),
    property_promotion_parameter: fields('name', 'default_value'),
  },
  inner: new Set(['array_element_initializer']),
  carriers: new Set(['binary_expression', 'parenthesized_expression', 'array_creation_expression', 'array_element_initializer', 'conditional_expression', 'argument']),
  joins: new Set(['binary_expression']),
  joinOperator: '.',
  tight: new Set(['subscript_expression', 'binary_expression', 'unary_op_expression', 'cast_expression']),
  calls: new Set(['function_call_expression', 'object_creation_expression', 'member_call_expression', 'scoped_call_expression', 'nullsafe_member_call_expression']),
  calleeOf: (call) => (call.childForFieldName('function') ?? call.childForFieldName('name') ?? call.namedChild(0))?.text ?? '',
  receiverOf: (call) => call.childForFieldName('object'),
  argumentsOf: (call) => children(call.childForFieldName('arguments') ?? call.namedChildren.find((child) => child?.type === 'arguments')).map(argument),
  argumentLists: new Set(['arguments']),
  interpolation: () => undefined,
  quotesOf: usualQuotes,
  reads: /(?:\b(?:getenv|env)\(\s*|\$_(?:ENV|SERVER)\s*\[\s*)["'](?<name>\w+)["']\s*(?:,[^()\n]{0,200})?[\])]/g,
  environmentTarget: /^\$_(?:ENV|SERVER)\b/,
  lookup: (variable, { path, text }) => (/(?:^|\/)config\/[^/]+\.php$/.test(path) && /\benv\(/.test(text) ? `env('${variable}')` : `getenv('${variable}')`),
  lookupImports: () => [],
  asVariable: (around) => (around.slice(1, 6).some(({ type }) => CONSTANT.has(type)) ? 'impossible' : []),
  // Not the dollar signs of a legacy key, which follow digits.
  nameInText: /(?<![\\\d])\{?(?<name>\$[A-Za-z_]\w*)\}?/g,
  inits: [],
  lowering: phpLowering,
  imports: () => [],
});

function argument(node: Node): Argument {
  const name = node.childForFieldName('name');
  const value = node.lastChild?.isNamed === true ? node.lastChild : node;
  return name === null ? { name: undefined, value } : { name: name.text, value };
}
