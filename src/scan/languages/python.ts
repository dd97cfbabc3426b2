import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import { lineStartAt, newlineOf } from '../lines.js';
import { codeLanguage } from './code/language.js';
import { children, fields, usualQuotes, type Argument } from './code/syntax.js';
import { pythonLowering } from './lowering/python.js';
import type { Import, ParsedSource } from './language.js';
import type { SyntaxTree } from '../syntax/tree.js';

/** Both Python SDKs are imported as `stigg`; the call tells them apart. */
const STIGG = /^[ \t]*(?:from|import)[ \t]+stigg(?:_sidecar_sdk)?\b/m;

/** Python: `os.environ["…"]`, so that a missing variable fails at once and with its name. */
export const python = codeLanguage({
  ids: ['python'],
  files: [{ languageId: 'python', pattern: /\.(?:py|pyi|pyw)$/i }],
  grammar: 'python',
  comments: new Set(['comment']),
  strings: new Set(['string']),
  adjacent: new Set(['concatenated_string']),
  bindings: {
    assignment: fields('left', 'right'),
    named_expression: fields('name', 'value'),
    keyword_argument: fields('name', 'value'),
    default_parameter: fields('name', 'value'),
    typed_default_parameter: fields('name', 'value'),
    pair: fields('key', 'value'),
  },
  inner: new Set(['pair', 'keyword_argument']),
  carriers: new Set(['concatenated_string', 'binary_operator', 'boolean_operator', 'parenthesized_expression', 'conditional_expression', 'dictionary', 'list', 'tuple', 'interpolation', 'await']),
  joins: new Set(['binary_operator']),
  joinOperator: '+',
  tight: new Set(['attribute', 'subscript', 'binary_operator', 'comparison_operator', 'not_operator']),
  calls: new Set(['call']),
  calleeOf: (call) => call.childForFieldName('function')?.text ?? '',
  receiverOf: (call) => call.childForFieldName('function')?.childForFieldName('object'),
  argumentsOf: (call) => children(call.childForFieldName('arguments')).map(argument),
  argumentLists: new Set(['argument_list']),
  interpolation: (open) => (/f/i.test(open) ? { open: '{', close: '}' } : undefined),
  quotesOf: usualQuotes,
  reads: /\bos\.(?:environ\s*(?:\[\s*|\.get\(\s*)|getenv\(\s*)["'](?<name>\w+)["']\s*(?:,[^()\n]{0,200})?[\])]/g,
  environmentTarget: /\benviron\b/,
  lookup: (variable) => `os.environ["${variable}"]`,
  lookupImports: importOs,
  asVariable: () => [],
  inits: [
    { module: 'stigg', callee: /\b(?:Async)?Stigg(?=\s*\()/g, requires: STIGG, key: { names: ['api_key'], position: 0 } },
    { module: 'stigg-api-client', callee: /\bStigg\.create_(?:async_)?client(?=\s*\()/g, requires: STIGG, key: { names: ['api_key'], position: 0 } },
    { module: 'stigg-sidecar-sdk', callee: /\bApiConfig(?=\s*\()/g, requires: /\bstigg_sidecar_sdk\b/, key: { names: ['api_key'], position: 0 } },
  ],
  pieces: { begin: new Set(['def', 'class', 'async', '@', 'import', 'from', 'if', 'for', 'with', 'try']), goOn: new Set(['else', 'elif', 'except', 'finally']) },
  lowering: pythonLowering,
  imports,
});

function argument(node: Node): Argument {
  const value = node.childForFieldName('value');
  return node.type === 'keyword_argument' && value !== null ? { name: node.childForFieldName('name')?.text, value } : { name: undefined, value: node };
}

/** `import os` below the last import of the file's head, or below its docstring. */
function importOs(source: ParsedSource): TextEdit[] {
  if (/^[ \t]{0,80}import[ \t]{1,20}(?:[\w.][\w., \t]{0,400},[ \t]{0,20})?os(?![\w.]|[ \t]{0,20}(?:\.|as\b))/m.test(source.text) || source.syntax === undefined) return [];
  const newline = newlineOf(source.text);
  const statements = source.syntax.statements;
  const first = statements.find(({ type }) => type !== 'comment' && type !== 'future_import_statement');
  const isDocstring = first?.type === 'expression_statement' && first.namedChild(0)?.type === 'string';
  const anchor = isDocstring ? statements[statements.indexOf(first) + 1] : first;
  if (anchor === undefined) return [];
  const at = lineStartAt(source.text, anchor.startIndex);
  return [{ start: at, end: at, text: `import os${newline}` }];
}

function imports(syntax: SyntaxTree): Import[] {
  return syntax.statements.flatMap((statement): Import[] => {
    if (statement.type === 'import_statement') return children(statement).map((name) => ({ module: name.text.split(/\s/)[0] ?? '', local: name.text, imported: '*' }));
    const module = statement.type === 'import_from_statement' ? statement.childForFieldName('module_name')?.text : undefined;
    return module === undefined ? [] : children(statement).slice(1).map((name) => ({ module, local: name.text, imported: name.text }));
  });
}
