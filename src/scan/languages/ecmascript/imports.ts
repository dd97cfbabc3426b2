import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../../syntax/tree.js';
import type { Import } from '../language.js';
import { stringValue } from './nodes.js';

/** What a module imports, by `import`, `export … from` and `require` at its top level. */
export function importsOf(syntax: SyntaxTree): Import[] {
  const found: Import[] = [];
  for (const statement of topLevel(syntax.root)) {
    if (statement.type === 'import_statement') found.push(...importStatement(statement));
    else if (statement.type === 'export_statement') found.push(...reExport(statement));
    else if (statement.type === 'lexical_declaration' || statement.type === 'variable_declaration') found.push(...requires(statement));
    else if (statement.type === 'expression_statement') found.push(...bareRequire(statement));
  }
  return found;
}

/** The statements of a module; those that a syntax error swallowed count too. */
function* topLevel(root: Node): Iterable<Node> {
  for (const child of root.namedChildren) {
    if (child === null) continue;
    if (child.isError) for (const inner of child.namedChildren) if (inner !== null) yield inner;
    yield child;
  }
}

function importStatement(statement: Node): Import[] {
  const module = sourceOf(statement);
  if (module === undefined) return [];
  const clause = statement.namedChildren.find((child) => child?.type === 'import_clause');
  const found: Import[] = [];
  for (const part of clause?.namedChildren ?? []) {
    if (part === null) continue;
    if (part.type === 'identifier') found.push({ module, local: part.text, imported: 'default' });
    else if (part.type === 'namespace_import') found.push({ module, local: part.namedChild(0)?.text, imported: '*' });
    else for (const specifier of part.namedChildren) if (specifier !== null) found.push(named(module, specifier));
  }
  return found.length > 0 ? found : [{ module, local: undefined, imported: '*' }];
}

function named(module: string, specifier: Node): Import {
  const imported = specifier.childForFieldName('name')?.text ?? specifier.text;
  return { module, imported, local: specifier.childForFieldName('alias')?.text ?? imported };
}

function reExport(statement: Node): Import[] {
  const module = sourceOf(statement);
  if (module !== undefined) return [{ module, local: undefined, imported: '*' }];
  const declaration = statement.childForFieldName('declaration');
  return declaration === null ? [] : requires(declaration);
}

function sourceOf(statement: Node): string | undefined {
  const source = statement.childForFieldName('source');
  return source === null ? undefined : stringValue(source);
}

/** `const x = require('m')`, `const { x, y: z } = require('m')`, and both with a member such as `.default`. */
function requires(declaration: Node): Import[] {
  const found: Import[] = [];
  for (const declarator of declaration.namedChildren) {
    if (declarator?.type !== 'variable_declarator') continue;
    const name = declarator.childForFieldName('name');
    let value = declarator.childForFieldName('value');
    let imported = '*';
    if (value?.type === 'await_expression') value = value.namedChild(0);
    if (value?.type === 'member_expression') {
      imported = value.childForFieldName('property')?.text ?? imported;
      value = value.childForFieldName('object');
    }
    const module = value === null ? undefined : requiredModule(value);
    if (module === undefined || name === null) continue;
    if (name.type === 'identifier') found.push({ module, local: name.text, imported });
    else found.push(...pattern(module, name));
  }
  return found;
}

function bareRequire(statement: Node): Import[] {
  const expression = statement.namedChild(0);
  const module = expression === null ? undefined : requiredModule(expression);
  return module === undefined ? [] : [{ module, local: undefined, imported: '*' }];
}

function pattern(module: string, name: Node): Import[] {
  const found: Import[] = [];
  for (const part of name.namedChildren) {
    if (part?.type === 'shorthand_property_identifier_pattern') found.push({ module, local: part.text, imported: part.text });
    else if (part?.type === 'pair_pattern') {
      found.push({ module, local: part.childForFieldName('value')?.text, imported: part.childForFieldName('key')?.text ?? '*' });
    }
  }
  return found.length > 0 ? found : [{ module, local: undefined, imported: '*' }];
}

function requiredModule(call: Node): string | undefined {
  if (call.type !== 'call_expression') return undefined;
  const callee = call.childForFieldName('function')?.text;
  const argument = call.childForFieldName('arguments')?.namedChild(0) ?? undefined;
  return (callee === 'require' || callee === 'import') && argument !== undefined ? stringValue(argument) : undefined;
}
