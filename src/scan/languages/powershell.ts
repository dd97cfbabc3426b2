import type { Node } from '@vscode/tree-sitter-wasm';
import { codeLanguage } from './code/language.js';
import { children, usualQuotes } from './code/syntax.js';
import type { Command, Holder, Language, ParsedSource, Span, VariableRead } from './language.js';
import { namesInArgument, variablesIn, wordsOf } from './shell/words.js';

/** The grammar wraps each value in one node per level of precedence. */
const LEVELS = [
  'pipeline', 'pipeline_chain', 'logical_expression', 'bitwise_expression', 'comparison_expression', 'additive_expression', 'multiplicative_expression',
  'format_expression', 'range_expression', 'array_literal_expression', 'unary_expression', 'string_literal', 'parenthesized_expression', 'hash_literal_expression',
  'hash_literal_body', 'array_expression', 'statement_list', 'expression_with_unary_operator',
];

const code = codeLanguage({
  ids: ['powershell'],
  files: [{ languageId: 'powershell', pattern: /\.(?:ps1|psm1|psd1)$/i }],
  grammar: 'powershell',
  comments: new Set(['comment']),
  strings: new Set(['expandable_string_literal', 'verbatim_string_characters', 'expandable_here_string_literal', 'verbatim_here_string_characters']),
  bindings: {
    assignment_expression: (node) => ({ name: node.namedChild(0), value: node.childForFieldName('value') }),
    hash_entry: (node) => ({ name: node.namedChild(0), value: node.namedChild(1) }),
  },
  inner: new Set(['hash_entry']),
  carriers: new Set(LEVELS),
  joins: new Set(['additive_expression']),
  joinOperator: '+',
  tight: new Set(),
  calls: new Set(['invokation_expression']),
  calleeOf: (call) => call.namedChild(0)?.text ?? '',
  receiverOf: (call) => call.namedChild(0),
  argumentsOf: (call) => children(call).filter(({ type }) => type === 'argument_list').flatMap(children).flatMap(children).map((value) => ({ name: undefined, value })),
  argumentLists: new Set(['argument_list', 'command_elements']),
  interpolation: (open) => (open === '"' ? { open: '$(', close: ')' } : undefined),
  quotesOf: usualQuotes,
  reads: /\$(?:\{env:(?<name>\w+)\}|env:\w+)/gi,
  environmentTarget: /env:/i,
  lookup: (variable) => `$env:${variable}`,
  lookupImports: () => [],
  asVariable: () => [],
  inits: [],
  imports: () => [],
});

/** PowerShell: `$env:NAME`. */
export const powershell: Language = { ...code, holderOf, variableReads, commands };

function holderOf(source: ParsedSource, token: Span): Holder {
  const holder = code.holderOf(source, token);
  const command = source.syntax?.nodesAround(token.start, token.end).find(({ type }) => type === 'command');
  if (command === undefined || holder.use.names.length > 0) return holder;
  const words = wordsOf(source.text, { start: command.startIndex, end: command.endIndex }, '`');
  const at = words.findIndex(({ start, end }) => start <= token.start && token.end <= end);
  const word = words[at];
  if (word === undefined) return holder;
  const names = namesInArgument(word.text, words[at - 1]?.text, source.text.slice(token.start, token.end));
  return { ...holder, use: { names, ...(words[0]?.text === 'stigg' && names.includes('api-key') ? { stiggInit: 'backend' as const } : {}) } };
}

function* variableReads(source: ParsedSource): Iterable<VariableRead> {
  for (const read of variablesIn(source.text, 0)) {
    if (!/^\$\{?env:/i.test(source.text.slice(read.start, read.start + 6))) continue;
    const around = source.syntax?.nodesAround(read.start, read.end) ?? [];
    if (around[0]?.type === 'comment' || around[0]?.type === 'verbatim_string_characters') continue;
    // Being written to is no reading.
    if (!/^\s*=(?!=)/.test(source.text.slice(read.end, read.end + 20))) yield read;
  }
}

function* commands(source: ParsedSource): Iterable<Command> {
  for (const node of source.syntax?.root.descendantsOfType('command') ?? []) {
    if (node === null) continue;
    const words = wordsOf(source.text, { start: node.startIndex, end: node.endIndex }, '`');
    const name: Node | null = node.namedChild(0);
    yield { start: node.startIndex, end: node.endIndex, name: name === null || /[$(&]/.test(name.text) ? undefined : name.text.split(/[\\/]/).at(-1), words };
  }
}
