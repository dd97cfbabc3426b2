import type { Node } from '@vscode/tree-sitter-wasm';
import type { TextEdit } from '../finding.js';
import { indentationAt, lineStartAt, newlineOf } from '../lines.js';
import { isUsedWhere, nearest } from './code/constants.js';
import { codeLanguage } from './code/language.js';
import { children, usualQuotes, type Argument, type Binding } from './code/syntax.js';
import { goLowering } from './lowering/go.js';
import type { Import, ParsedSource } from './language.js';
import type { SyntaxTree } from '../syntax/tree.js';

/** An import's path and a field's tag are no expressions. */
const NO_EXPRESSION = new Set(['import_spec', 'field_declaration']);
const DECLARATIONS = new Set(['const_declaration', 'var_declaration']);
const SPECS = new Set(['const_spec', 'var_spec']);
const BODIES = new Set(['block', 'func_literal', 'composite_literal', 'call_expression']);

/** Go: `os.Getenv("…")`. */
export const go = codeLanguage({
  ids: ['go'],
  files: [{ languageId: 'go', pattern: /\.go$/i }],
  grammar: 'go',
  comments: new Set(['comment']),
  strings: new Set(['interpreted_string_literal', 'raw_string_literal']),
  bindings: {
    const_spec: named('name', 'value'),
    var_spec: named('name', 'value'),
    short_var_declaration: named('left', 'right'),
    assignment_statement: named('left', 'right'),
    keyed_element: (node) => ({ name: unwrapped(node.childForFieldName('key')), value: unwrapped(node.childForFieldName('value')) }),
  },
  inner: new Set(['keyed_element']),
  carriers: new Set(['expression_list', 'literal_element', 'literal_value', 'composite_literal', 'parenthesized_expression', 'binary_expression', 'unary_expression']),
  joins: new Set(['binary_expression']),
  joinOperator: '+',
  tight: new Set(['selector_expression', 'index_expression', 'slice_expression']),
  calls: new Set(['call_expression', 'composite_literal', 'type_conversion_expression']),
  calleeOf: (call) => (call.childForFieldName('function') ?? call.childForFieldName('type'))?.text ?? '',
  receiverOf: (call) => call.childForFieldName('function')?.childForFieldName('operand'),
  argumentsOf,
  argumentLists: new Set(['argument_list']),
  interpolation: () => undefined,
  quotesOf: usualQuotes,
  reads: /\bos\.(?:Getenv|LookupEnv)\(\s*["`](?<name>\w+)["`]\s*\)/g,
  environmentTarget: /(?!)/,
  lookup: (variable) => `os.Getenv("${variable}")`,
  lookupImports: importOs,
  asVariable,
  wrappers: /(?:^|\.)(?:String|F|Ptr)$|^\[\]byte$|^string$/,
  inits: [
    { module: 'github.com/stiggio/stigg-go', callee: /\b\w+\.NewClient(?=\s*\()/g, requires: /\bstiggio\/stigg-go\b/, accepts: isOf(/\bstiggio\/stigg-go\b/), key: { names: ['option.WithAPIKey'] } },
    // A list of options, or those of one request.
    {
      module: 'github.com/stiggio/stigg-go', callee: /\b\w+\.WithAPIKey(?=\s*\()/g, requires: /\bstiggio\/stigg-go\b/,
      accepts: (source, callee, start) => isOf(/\bstiggio\/stigg-go\b/)(source, callee) && !isGivenToClient(source, start), key: { names: [], position: 0 },
    },
    {
      module: 'github.com/stiggio/api-client-go', callee: /(?<![\w.])(?:\w+\.)?NewStiggClient(?=\s*\()/g, requires: /\bstiggio\/api-client-go\b|^package\s+stigg\b|\bstigg\.NewStiggClient\b/m,
      accepts: (source, callee) => callee.includes('.') || isUnqualified(source), key: { names: [], position: 0 },
    },
    { module: 'github.com/stiggio/sidecar-sdk-go', callee: /\bApiClientConfig(?=\s*\{)/g, requires: /\bstiggio\/sidecar-sdk-go\b/, key: { names: ['ApiKey', 'apiKey'] } },
  ],
  pieces: { begin: new Set(['func', 'type', 'var', 'const', 'import']), goOn: new Set() },
  lowering: goLowering,
  imports,
});

/** Lists of names say nothing of the one value. */
function named(name: string, value: string): (node: Node) => Binding | undefined {
  return (node) => {
    const names = node.childrenForFieldName(name).filter((child) => child?.isNamed === true);
    const [only] = names;
    const target = only?.type === 'expression_list' ? (only.namedChildCount === 1 ? only.namedChild(0) : undefined) : only;
    return { name: names.length === 1 ? target : undefined, value: node.childForFieldName(value) };
  };
}

function unwrapped(element: Node | null): Node | null | undefined {
  return element?.type === 'literal_element' ? element.namedChild(0) : element;
}

/** The fields of a composite literal, or a call's arguments: options such as `option.WithAPIKey(key)` go by their name. */
function argumentsOf(call: Node): Argument[] {
  if (call.type === 'composite_literal') {
    return children(call.childForFieldName('body')).flatMap((element): Argument[] => {
      const value = unwrapped(element.type === 'keyed_element' ? element.childForFieldName('value') : element);
      return value === null || value === undefined ? [] : [{ name: element.childForFieldName('key')?.text, value }];
    });
  }
  return children(call.childForFieldName('arguments')).map((value) => {
    const option = value.type === 'call_expression' ? /(?:^|\.)(With\w+)$/.exec(value.childForFieldName('function')?.text ?? '')?.[1] : undefined;
    const [given] = option === undefined ? [] : children(value.childForFieldName('arguments'));
    return option === undefined ? { name: undefined, value } : { name: `option.${option}`, value: given ?? value };
  });
}

/** A constant becomes a variable where it is declared alone, as a string, and no other constant is made of it. */
function asVariable(around: readonly Node[], source: ParsedSource): TextEdit[] | 'impossible' {
  if (around.slice(1, 3).some(({ type }) => NO_EXPRESSION.has(type))) return 'impossible';
  const spec = nearest(around, SPECS, BODIES);
  const type = spec?.childForFieldName('type')?.text;
  if (type !== undefined && !/^(?:string|any|interface\{\})$/.test(type)) return 'impossible';
  if (spec?.type !== 'const_spec') return [];
  const declaration = nearest(around, DECLARATIONS);
  const specs = children(declaration).filter((child) => SPECS.has(child.type));
  const names = spec.childrenForFieldName('name').filter((child) => child?.isNamed === true);
  const [name] = names;
  if (declaration === undefined || specs.length !== 1 || names.length !== 1) return 'impossible';
  if (isUsedWhere(source, name?.text ?? '', spec, (place) => place.some((node) => node.type === 'const_declaration'))) return 'impossible';
  return [{ start: declaration.startIndex, end: declaration.startIndex + 'const'.length, text: 'var' }];
}

interface ImportSpec {
  readonly node: Node;
  readonly path: string;
  readonly name: string | undefined;
}

/** The import declarations, which come before everything else. */
function* importDeclarations(statements: readonly Node[]): Iterable<Node> {
  for (const node of statements) {
    if (node.type === 'import_declaration') yield node;
    else if (node.type !== 'comment' && node.type !== 'package_clause') return;
  }
}

function specsOf(declaration: Node): ImportSpec[] {
  return children(declaration)
    .flatMap((child) => (child.type === 'import_spec_list' ? children(child) : [child]))
    .filter(({ type }) => type === 'import_spec')
    .map((node) => ({ node, path: (node.childForFieldName('path')?.text ?? '').slice(1, -1), name: node.childForFieldName('name')?.text }));
}

/** `"os"` among the imports of the standard library; a declaration of its own where there is no group. */
function importOs({ text, syntax }: ParsedSource): TextEdit[] {
  if (syntax === undefined) return [];
  const newline = newlineOf(text);
  const declarations = Array.from(importDeclarations(syntax.statements), (node) => ({ node, specs: specsOf(node) }));
  if (declarations.some(({ specs }) => specs.some(({ path, name }) => path === 'os' && name === undefined))) return [];
  const group = declarations.find(({ node, specs }) => specs.length > 0 && node.namedChild(0)?.type === 'import_spec_list' && startsLine(text, specs[0]?.node.startIndex ?? 0));
  if (group !== undefined) {
    // The standard library's paths have no dot in their first part; a group of it usually comes first.
    const standard = group.specs.filter(({ path }) => !(path.split('/')[0] ?? '').includes('.'));
    const after = standard.findLast(({ path }) => path < 'os');
    if (after !== undefined) return [{ start: after.node.endIndex, end: after.node.endIndex, text: `${newline}${indentationAt(text, after.node.startIndex)}"os"` }];
    const before = standard[0] ?? group.specs[0];
    const at = before?.node.startIndex ?? group.node.endIndex;
    const gap = standard.length === 0 ? newline : '';
    return [{ start: at, end: at, text: `"os"${gap}${newline}${indentationAt(text, at)}` }];
  }
  const last = declarations.at(-1)?.node;
  if (last !== undefined) return [{ start: last.endIndex, end: last.endIndex, text: `${newline}import "os"` }];
  const clause = syntax.statements.find(({ type }) => type === 'package_clause');
  return clause === undefined ? [] : [{ start: clause.endIndex, end: clause.endIndex, text: `${newline}${newline}import "os"` }];
}

function startsLine(text: string, at: number): boolean {
  return text.slice(lineStartAt(text, at), at).trim() === '';
}

/** What the package calls itself, where that is not the last part of its path: without `go` and without the version. */
function packageName(path: string): string {
  if (/\bstiggio\/(?:stigg-go|api-client-go)\b/.test(path)) return path.endsWith('/option') ? 'option' : 'stigg';
  if (/\bstiggio\/sidecar-sdk-go\b/.test(path)) return 'sidecar';
  return path.split('/').filter((part) => !/^v\d+$/.test(part)).at(-1) ?? path;
}

function imports(syntax: SyntaxTree): Import[] {
  return Array.from(importDeclarations(syntax.statements), specsOf).flat().map(({ node, path, name }): Import => {
    const local = name === '_' ? undefined : name ?? packageName(path);
    return { module: path, local, imported: '*', place: { start: node.endIndex - path.length - 2, end: node.endIndex } };
  });
}

/** `NewClient(option.WithAPIKey(key))` is one start of the SDK. */
function isGivenToClient({ syntax }: ParsedSource, start: number): boolean {
  const calls = syntax?.nodesAround(start, start).filter(({ type }) => type === 'call_expression') ?? [];
  return calls[1]?.childForFieldName('function')?.text.endsWith('.NewClient') === true;
}

/** The names of the package stand alone in the package itself, where its tests are, and after `import . "…"`. */
function isUnqualified({ imports: own, text }: ParsedSource): boolean {
  return /^package\s+stigg\b/m.test(text) || own.some(({ module, local }) => local === '.' && /\bstiggio\/api-client-go\b/.test(module));
}

/** The name before the dot stands for that module. */
function isOf(module: RegExp): (source: ParsedSource, callee: string) => boolean {
  return (source, callee) => source.imports.some(({ module: path, local }) => module.test(path) && local === callee.split('.')[0]);
}
