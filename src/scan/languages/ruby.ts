import type { Node } from '@vscode/tree-sitter-wasm';
import { codeLanguage } from './code/language.js';
import { children, fields, usualQuotes, type Argument } from './code/syntax.js';
import { rubyLowering } from './lowering/ruby.js';

/** The old and the new gem are both required as `stigg`; the call tells them apart. */
const STIGG = /\bstigg/i;

/** Ruby: `ENV.fetch("…")`, so that a missing variable fails at once and with its name. */
export const ruby = codeLanguage({
  ids: ['ruby'],
  files: [{ languageId: 'ruby', pattern: /\.(?:rb|rake|gemspec|ru)$|(?:^|\/)(?:Gemfile|Rakefile|Vagrantfile|Fastfile)$/i }],
  grammar: 'ruby',
  comments: new Set(['comment']),
  strings: new Set(['string', 'heredoc_body', 'bare_string', 'string_array']),
  adjacent: new Set(['chained_string']),
  bindings: {
    assignment: fields('left', 'right'),
    operator_assignment: fields('left', 'right'),
    pair: fields('key', 'value'),
    keyword_parameter: fields('name', 'value'),
    optional_parameter: fields('name', 'value'),
  },
  inner: new Set(['pair']),
  carriers: new Set(['binary', 'parenthesized_statements', 'hash', 'array', 'conditional', 'interpolation', 'chained_string']),
  joins: new Set(['binary']),
  joinOperator: '+',
  tight: new Set(['call', 'element_reference', 'binary', 'unary']),
  calls: new Set(['call']),
  calleeOf: (call) => [call.childForFieldName('receiver')?.text, call.childForFieldName('method')?.text].filter((part) => part !== undefined).join('.'),
  receiverOf: (call) => call.childForFieldName('receiver'),
  argumentsOf: (call) => children(call.childForFieldName('arguments')).map(argument),
  argumentLists: new Set(['argument_list']),
  interpolation: (open) => (open === '"' || open === '`' ? { open: '#{', close: '}' } : undefined),
  quotesOf: usualQuotes,
  reads: /\bENV\s{0,20}(?:\[|\.fetch\()\s{0,20}["'](?<name>\w{1,200})["']\s{0,20}(?:,[^()\n]{0,80})?[\])]/g,
  environmentTarget: /^ENV\b/,
  lookup: (variable) => `ENV.fetch("${variable}")`,
  lookupImports: () => [],
  asVariable: () => [],
  inits: [
    { module: 'stigg', callee: /\bStigg::Client\.new\b/g, requires: STIGG, key: { names: ['api_key'] } },
    { module: 'stigg-api-client', callee: /\bStigg\.create_client\b/g, requires: STIGG, key: { names: ['api_key'], position: 0 } },
    { module: 'stigg-sidecar-sdk', callee: /\bStigg::Sidecar::ApiConfig\.new\b/g, requires: STIGG, key: { names: ['api_key'], position: 0 } },
  ],
  lowering: rubyLowering,
  imports: () => [],
});

function argument(node: Node): Argument {
  const value = node.type === 'pair' ? node.childForFieldName('value') : null;
  return value === null ? { name: undefined, value: node } : { name: node.childForFieldName('key')?.text.replace(/^:|["']/g, ''), value };
}
