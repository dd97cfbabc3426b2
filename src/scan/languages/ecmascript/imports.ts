import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../../syntax/tree.js';
import type { Import, Span } from '../language.js';
import { spanOf } from '../span.js';
import { namedChildren, nameOf, occurrencesOf, stringValue, unwrap } from './nodes.js';

/** One of these stands in every statement that imports something. */
const IMPORTING = /\b(?:import|require|from)\b/g;
/** Stigg's SDKs are often loaded inside a function: they are looked for everywhere. */
const LAZY_STIGG = /\b(?:require|import)\s*\(\s*(?:'@stigg\/[\w./-]+'|"@stigg\/[\w./-]+")/g;

/** What a module imports, by `import`, `export … from` and `require` at its top level; Stigg's SDKs anywhere. */
export function importsOf(syntax: SyntaxTree): Import[] {
  const found: Import[] = [];
  for (const statement of importing(syntax)) {
    if (statement.type === 'import_statement') found.push(...importStatement(statement));
    else if (statement.type === 'export_statement') found.push(...reExport(statement));
    else if (statement.type === 'lexical_declaration' || statement.type === 'variable_declaration') found.push(...requires(statement));
    else if (statement.type === 'expression_statement') found.push(...bareRequire(statement));
  }
  const { text } = syntax;
  if (!text.includes('@stigg/')) return found;
  for (const match of text.matchAll(LAZY_STIGG)) {
    const lazy = lazyImport(syntax.nodesAround(match.index, match.index + match[0].length));
    for (const entry of lazy) if (!found.some(({ place }) => place?.start === entry.place?.start)) found.push(entry);
  }
  return found.map((entry) => (entry.module.startsWith('@stigg/') && usedAsType(syntax, entry) ? { ...entry, isType: true } : entry));
}

/** The statements of a module that may import something, those that a syntax error swallowed too: looking at each statement of a module would cost more. */
function* importing(syntax: SyntaxTree): Iterable<Node> {
  let end = 0;
  for (const { index: at } of syntax.text.matchAll(IMPORTING)) {
    if (at < end) continue;
    const around = syntax.nodesAround(at, at + 1);
    const [outer, inner] = [around.at(-2), around.at(-3)];
    if (outer === undefined) continue;
    if (!outer.isError) {
      end = outer.endIndex;
      yield outer;
    } else if (inner !== undefined) {
      end = inner.endIndex;
      yield inner;
    }
  }
}

function importStatement(statement: Node): Import[] {
  const clause = statement.namedChildren.find((child) => child?.type === 'import_clause' || child?.type === 'import_require_clause');
  // `import x = require('m')` keeps its module inside of the clause.
  const from = moduleOf(statement) ?? (clause === null || clause === undefined ? undefined : moduleOf(clause));
  if (from === undefined) return [];
  const found: Import[] = [];
  const isType = hasTypeKeyword(statement);
  for (const part of clause?.namedChildren ?? []) {
    if (part === null) continue;
    if (part.type === 'identifier') found.push({ ...from, local: part.text, imported: clause?.type === 'import_clause' ? 'default' : '*', isType });
    else if (part.type === 'namespace_import') found.push({ ...from, local: part.namedChild(0)?.text, imported: '*', isType });
    else if (part.type === 'named_imports') for (const specifier of part.namedChildren) if (specifier !== null) found.push(named(from, specifier, isType));
  }
  return found.length > 0 ? found : [{ ...from, local: undefined, imported: '*' }];
}

function named(from: Module, specifier: Node, isType: boolean): Import {
  const imported = specifier.childForFieldName('name')?.text ?? specifier.text;
  return { ...from, imported, local: specifier.childForFieldName('alias')?.text ?? imported, isType: isType || hasTypeKeyword(specifier) };
}

function hasTypeKeyword(node: Node): boolean {
  return node.children.some((child) => child?.type === 'type' || child?.type === 'typeof');
}

function reExport(statement: Node): Import[] {
  const from = moduleOf(statement);
  if (from !== undefined) return [{ ...from, local: undefined, imported: '*', isType: hasTypeKeyword(statement) }];
  const declaration = statement.childForFieldName('declaration');
  return declaration === null ? [] : requires(declaration);
}

interface Module {
  readonly module: string;
  readonly place: Span;
}

function moduleOf(statement: Node): Module | undefined {
  const source = statement.childForFieldName('source');
  return source === null ? undefined : moduleNamed(source);
}

function moduleNamed(literal: Node): Module | undefined {
  const module = stringValue(literal);
  return module === undefined ? undefined : { module, place: spanOf(literal) };
}

/** `const x = require('m')`, `const { x, y: z } = require('m')`, and both with a member such as `.default`. */
function requires(declaration: Node): Import[] {
  const found: Import[] = [];
  for (const declarator of declaration.namedChildren) if (declarator?.type === 'variable_declarator') found.push(...required(declarator));
  return found;
}

function required(declarator: Node): Import[] {
  const name = declarator.childForFieldName('name');
  const given = declarator.childForFieldName('value');
  if (name === null || given === null) return [];
  let value = unwrap(given);
  let imported = '*';
  if (value.type === 'member_expression') {
    imported = nameOf(value) ?? imported;
    value = unwrap(value.childForFieldName('object') ?? value);
  }
  const from = requiredModule(value);
  if (from === undefined) return [];
  return name.type === 'identifier' ? [{ ...from, local: name.text, imported }] : pattern(from, name);
}

function bareRequire(statement: Node): Import[] {
  const expression = statement.namedChild(0);
  const from = expression === null ? undefined : requiredModule(unwrap(expression));
  return from === undefined ? [] : [{ ...from, local: undefined, imported: '*' }];
}

function pattern(from: Module, name: Node): Import[] {
  const found: Import[] = [];
  for (const part of name.namedChildren) {
    if (part?.type === 'shorthand_property_identifier_pattern') found.push({ ...from, local: part.text, imported: part.text });
    else if (part?.type === 'pair_pattern') {
      found.push({ ...from, local: part.childForFieldName('value')?.text, imported: part.childForFieldName('key')?.text ?? '*' });
    }
  }
  return found.length > 0 ? found : [{ ...from, local: undefined, imported: '*' }];
}

function requiredModule(call: Node): Module | undefined {
  if (call.type !== 'call_expression') return undefined;
  const callee = call.childForFieldName('function')?.text;
  const argument = call.childForFieldName('arguments')?.namedChild(0) ?? undefined;
  return (callee === 'require' || callee === 'import') && argument !== undefined ? moduleNamed(argument) : undefined;
}

/** A `require()` or `import()` inside other code: what it is assigned to, or the parameter of `.then(…)`. */
function lazyImport(around: readonly Node[]): Import[] {
  const index = around.findIndex((node) => node.type === 'call_expression' && requiredModule(node) !== undefined);
  const call = around[index];
  const from = call === undefined ? undefined : requiredModule(call);
  if (from === undefined) return [];
  const nothing: Import[] = [{ ...from, local: undefined, imported: '*' }];
  const member = around[index + 1];
  if (member?.type === 'member_expression' && nameOf(member) === 'then') {
    const callback = namedChildren(around[index + 2]?.childForFieldName('arguments') ?? member)[0];
    const parameter = callback?.childForFieldName('parameter') ?? callback?.childForFieldName('parameters')?.namedChild(0);
    const name = parameter?.childForFieldName('pattern') ?? parameter;
    if (name?.type === 'identifier') return [{ ...from, local: name.text, imported: '*' }];
    return name?.type === 'object_pattern' ? pattern(from, name) : nothing;
  }
  const declarator = around.slice(index, index + 5).find((node) => node.type === 'variable_declarator');
  const found = declarator === undefined ? [] : required(declarator);
  return found.length > 0 ? found : nothing;
}

const TYPE_PARENTS = new Set(['type_query', 'nested_type_identifier', 'nested_identifier']);

/** The name stands in types only, so that compilers leave the import out. A name without any use is being written. */
function usedAsType(syntax: SyntaxTree, { local, place }: Import): boolean {
  if (local === undefined || place === undefined) return false;
  let types = 0;
  for (const at of occurrencesOf(syntax.text, local)) {
    const [node, parent] = syntax.nodesAround(at, at + local.length);
    if (node?.type === 'type_identifier' || (node?.type === 'identifier' && parent !== undefined && TYPE_PARENTS.has(parent.type))) types++;
    else if (node !== undefined && /^(?:shorthand_property_)?identifier$/.test(node.type) && parent?.type !== 'import_specifier' && !isImported(parent)) return false;
  }
  return types > 0;
}

function isImported(parent: Node | undefined): boolean {
  return parent?.type === 'import_clause' || parent?.type === 'namespace_import';
}
