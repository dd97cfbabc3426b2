import * as l10n from '@vscode/l10n';
import type { Node } from '@vscode/tree-sitter-wasm';
import { isRouteOfFramework } from '../../side/cutOut.js';
import { isNeverShipped } from '../../side/tests.js';
import type { ParsedSource, Span } from '../language.js';
import { isWrapper, memberPath, namedChildren, nameOf, occurrencesOf } from './nodes.js';

const FUNCTIONS = new Set(['function_declaration', 'function_expression', 'arrow_function', 'method_definition']);
/** They become the properties of a page, in the page's own text. */
const PROPS = new Set(['getServerSideProps', 'getStaticProps']);
const SVELTE_KIT_SERVER = /(?:^|\/)\+(?:page|layout)\.server\.[jt]s$/;
/** Calls whose result is their first argument, or a response with it. */
const PASS_ON = /^(?:json|data|defer|typedjson|superjson|(?:Response|JSON|superjson)\.(?:json|stringify|serialize)|Response)$/;
/** Deeper than this nobody returns anything. */
const FARTHEST = 40;

/**
 * Says what hands the value at that place to the browser, although it runs on a server: a loader that returns it. What is made of the
 * value first does not count, nor what a loader of a page returns beside the page's properties.
 */
export function handedToBrowser(source: ParsedSource, place: Span): string | undefined {
  if (isNeverShipped(source.path)) return undefined;
  return returnedBy(source, source.syntax?.nodesAround(place.start, place.end) ?? [], true);
}

/** `around` goes from the place outwards. `follows`: a constant that holds the value is looked for in what the function returns. */
function returnedBy(source: ParsedSource, around: readonly Node[], follows: boolean): string | undefined {
  const names: string[] = [];
  for (let at = 0; at < around.length - 1 && at < FARTHEST; at++) {
    const child = around[at];
    const parent = around[at + 1];
    if (child === undefined || parent === undefined) return undefined;
    if (parent.type === 'variable_declarator') return follows && parent.childForFieldName('value')?.id === child.id ? throughConstant(source, parent, around.slice(at + 2)) : undefined;
    if (parent.type === 'return_statement' || (parent.type === 'arrow_function' && parent.childForFieldName('body')?.id === child.id)) {
      return loaderOf(source, around.slice(at + 1), names);
    }
    if (!carries(parent, child, around[at + 2])) return undefined;
    if (parent.type === 'pair') names.push(nameOf(parent.childForFieldName('key')) ?? '');
  }
  return undefined;
}

/** Whether the parent's value is, or holds, the child's value. */
function carries(parent: Node, child: Node, outer: Node | undefined): boolean {
  switch (parent.type) {
    case 'member_expression':
    case 'subscript_expression':
      // The name of the variable, inside of what reads it.
      return parent.childForFieldName('object')?.id !== child.id;
    case 'pair':
      return parent.childForFieldName('value')?.id === child.id;
    case 'binary_expression':
      return /^(?:\|\||\?\?|\+)$/.test(parent.childForFieldName('operator')?.text ?? '');
    case 'ternary_expression':
      return parent.childForFieldName('condition')?.id !== child.id;
    case 'object':
    case 'array':
    case 'string':
    case 'template_string':
    case 'template_substitution':
      return true;
    case 'arguments': {
      const callee = outer?.childForFieldName(outer.type === 'new_expression' ? 'constructor' : 'function') ?? null;
      return callee !== null && namedChildren(parent)[0]?.id === child.id && PASS_ON.test(memberPath(callee).join('.'));
    }
    case 'call_expression':
    case 'new_expression':
      return parent.childForFieldName('arguments')?.id === child.id;
    default:
      return isWrapper(parent);
  }
}

/** The loader whose return statement, or whose body, comes first; it may be an argument of what wraps it. */
function loaderOf(source: ParsedSource, around: readonly Node[], names: readonly string[]): string | undefined {
  const at = around.findIndex(({ type }) => FUNCTIONS.has(type));
  const definition = around[at];
  if (definition === undefined) return undefined;
  const declarator = around.slice(at + 1, at + 5).find(({ type }) => type === 'variable_declarator');
  const name = definition.childForFieldName('name')?.text ?? declarator?.childForFieldName('name')?.text ?? '';
  if (!around.slice(at + 1, at + 8).some(({ type }) => type === 'export_statement')) return undefined;
  const isLoader = PROPS.has(name) ? names.includes('props')
    : name === 'load' ? SVELTE_KIT_SERVER.test(source.path)
      : name === 'loader' && isRouteOfFramework(source.path, source.imports.map(({ module }) => module), source.text);
  return isLoader ? l10n.t('{0} returns it', name) : undefined;
}

/** `const key = …; return { props: { key } };` in one function. */
function throughConstant(source: ParsedSource, declarator: Node, around: readonly Node[]): string | undefined {
  const name = declarator.childForFieldName('name');
  const scope = around.find(({ type }) => FUNCTIONS.has(type));
  if (name?.type !== 'identifier' || scope === undefined || loaderOf(source, around, ['props']) === undefined) return undefined;
  for (const at of occurrencesOf(source.text.slice(declarator.endIndex, scope.endIndex), name.text)) {
    const start = declarator.endIndex + at;
    const uses = source.syntax?.nodesAround(start, start + name.text.length) ?? [];
    if (!/^(?:identifier|shorthand_property_identifier)$/.test(uses[0]?.type ?? '')) continue;
    const loader = uses[1]?.type === 'member_expression' ? undefined : returnedBy(source, uses, false);
    if (loader !== undefined) return loader;
  }
  return undefined;
}
