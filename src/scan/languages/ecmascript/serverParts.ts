import type { Node } from '@vscode/tree-sitter-wasm';
import { CUT_OUT, isRouteOfFramework, ROUTE_EXPORTS, SERVER_FUNCTIONS } from '../../side/cutOut.js';
import type { ParsedSource, Span } from '../language.js';
import { stringValue } from './nodes.js';
import { serverBranches } from './serverBranches.js';

const FUNCTIONS = new Set(['function_declaration', 'function_expression', 'arrow_function', 'method_definition', 'generator_function_declaration', 'generator_function']);

/** Its functions check the environment: they take what servers and browsers read by one list, and give browsers the public variables alone. */
const T3_ENV = '@t3-oss/env-';

/**
 * Says why the place never leaves the server although its module does: a loader that the framework cuts out of the bundle, a
 * server action, a function handed to what makes server functions, a branch for servers, or the list of a checked environment.
 */
export function serverOnlyPart(source: ParsedSource, place: Span): string | undefined {
  if (serverBranches(source).some(({ start, end }) => start <= place.start && place.end <= end)) return 'a branch for the server';
  const around = source.syntax?.nodesAround(place.start, place.end) ?? [];
  if (isCheckedEnvironment(source, place, around)) return 'createEnv';
  for (const [index, node] of around.entries()) {
    if (!FUNCTIONS.has(node.type)) continue;
    if (startsWithUseServer(node)) return "'use server'";
    const maker = serverFunctionMaker(around, index);
    if (maker !== undefined) return maker;
    const parent = around[index + 1];
    const name = node.childForFieldName('name')?.text ?? (parent?.type === 'variable_declarator' ? parent.childForFieldName('name')?.text : undefined);
    const exported = around.slice(index + 1, index + 4).some((ancestor) => ancestor.type === 'export_statement');
    if (name !== undefined && exported && (CUT_OUT.has(name) || (ROUTE_EXPORTS.has(name) && isRouteOfFramework(source.path, source.imports.map(({ module }) => module), source.text)))) return name;
  }
  return undefined;
}

/** A variable in an argument of `createEnv`: bundlers put no value there, for it has no public prefix. A value that is written out ships. */
function isCheckedEnvironment(source: ParsedSource, place: Span, around: readonly Node[]): boolean {
  const makers = source.imports.filter(({ module }) => module.startsWith(T3_ENV));
  if (makers.length === 0 || !source.text.startsWith('process.env', place.start)) return false;
  return around.some((node) => node.type === 'call_expression' && makers.some(({ local }) => local === node.childForFieldName('function')?.text));
}

function startsWithUseServer(definition: Node): boolean {
  const statement = definition.childForFieldName('body')?.namedChild(0);
  const literal = statement?.type === 'expression_statement' ? statement.namedChild(0) : null;
  return literal?.type === 'string' && stringValue(literal) === 'use server';
}

/** The function is an argument of `server$(…)`, or of `.handler(…)` at the end of `createServerFn(…)`. */
function serverFunctionMaker(around: readonly Node[], index: number): string | undefined {
  if (around[index + 1]?.type !== 'arguments') return undefined;
  const callee = around[index + 2]?.childForFieldName('function');
  for (let node: Node | null | undefined = callee; node !== null && node !== undefined;) {
    if (node.type === 'identifier') return SERVER_FUNCTIONS.has(node.text) ? node.text : undefined;
    if (node.type === 'member_expression') {
      if (node.id === callee?.id && node.childForFieldName('property')?.text !== 'handler') return undefined;
      node = node.childForFieldName('object');
    } else if (node.type === 'call_expression') node = node.childForFieldName('function');
    else return undefined;
  }
  return undefined;
}
