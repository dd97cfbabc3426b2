import type { Node } from '@vscode/tree-sitter-wasm';
import type { ParsedSource, Span } from '../language.js';
import { stringValue } from './nodes.js';

/** Exports that frameworks cut out of the browser's bundle. */
const CUT_OUT = new Set(['getServerSideProps', 'getStaticProps', 'getStaticPaths', 'loader', 'action', 'headers']);
const FUNCTIONS = new Set(['function_declaration', 'function_expression', 'arrow_function', 'method_definition', 'generator_function_declaration']);

/** Says why the place never leaves the server: a loader that the framework cuts out of the bundle, or a server action. */
export function serverOnlyPart(source: ParsedSource, place: Span): string | undefined {
  const around = source.syntax?.nodesAround(place.start, place.end) ?? [];
  for (const [index, node] of around.entries()) {
    if (!FUNCTIONS.has(node.type)) continue;
    if (startsWithUseServer(node)) return "'use server'";
    const parent = around[index + 1];
    const name = node.childForFieldName('name')?.text ?? (parent?.type === 'variable_declarator' ? parent.childForFieldName('name')?.text : undefined);
    const exported = around.slice(index + 1, index + 4).some((ancestor) => ancestor.type === 'export_statement');
    if (name !== undefined && exported && CUT_OUT.has(name)) return name;
  }
  return undefined;
}

function startsWithUseServer(definition: Node): boolean {
  const statement = definition.childForFieldName('body')?.namedChild(0);
  const literal = statement?.type === 'expression_statement' ? statement.namedChild(0) : null;
  return literal?.type === 'string' && stringValue(literal) === 'use server';
}
