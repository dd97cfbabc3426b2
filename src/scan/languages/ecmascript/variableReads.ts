import type { Node } from '@vscode/tree-sitter-wasm';
import { readVariableName, type VariableName } from '../../variables.js';
import type { ParsedSource, Span, VariableRead } from '../language.js';
import { spanOf } from '../span.js';
import { namedChildren, nameOf, stringValue, unwrap } from './nodes.js';

const NAME = /\b[A-Z][A-Z0-9_]{5,80}\b/g;
const PROCESS_ENV = /^(?:(?:globalThis|global|window|self)\.)?process\.env$|^import\.meta\.env$|^(?:Bun|Deno|Netlify)\.env$/;
/** `env` of a Worker, a framework's context, or a validated copy of the environment; `window.ENV` of Remix. */
const SOME_ENV = /(?:^|[.$_])env$/i;
/** Virtual modules whose exports are environment variables. */
const ENV_MODULE = /^(?:\$env\/static\/(?:private|public)|astro:env\/(?:server|client))$/;
const GETTERS = /^(?:get|getOrThrow)$/;

/** The places that read environment variables whose names say that they hold a key or secret. */
export function* variableReads(source: ParsedSource, { start: from, end: to }: Span = { start: 0, end: source.text.length }): Iterable<VariableRead> {
  const { syntax } = source;
  const text = source.text.slice(from, to);
  if (syntax === undefined) return;
  const names = new Map<string, VariableName | undefined>();
  for (const match of text.matchAll(NAME)) {
    const [name] = match;
    if (!names.has(name)) names.set(name, readVariableName(name));
    const known = names.get(name);
    if (known === undefined) continue;
    const start = from + match.index;
    const nameSpan = { start, end: start + name.length };
    const read = readAround(source, syntax.nodesAround(nameSpan.start, nameSpan.end), name, known.namesStigg);
    if (read !== undefined) yield { ...spanOf(read), variable: name, nameSpan };
  }
}

/** The expression that reads the variable whose name is the innermost node. */
function readAround(source: ParsedSource, around: readonly Node[], name: string, namesStigg: boolean): Node | undefined {
  const index = around[0]?.type === 'string_fragment' ? 1 : 0;
  const node = around[index];
  const parent = around[index + 1];
  if (node === undefined || parent === undefined) return undefined;
  switch (parent.type) {
    case 'member_expression':
    case 'subscript_expression':
      return nameOf(parent) === name && parent.childForFieldName('object')?.id !== node.id && !isAssigned(parent, around[index + 2])
        && isEnvironment(parent.childForFieldName('object'), namesStigg) ? parent : undefined;
    case 'arguments': {
      const call = around[index + 2];
      return call !== undefined && stringValue(node) === name && isGetter(call, namesStigg) ? call : undefined;
    }
    case 'import_specifier':
      return parent.childForFieldName('name')?.id === node.id && ENV_MODULE.test(moduleOf(source, name)) ? parent : undefined;
    case 'object_pattern':
    case 'pair_pattern':
    case 'object_assignment_pattern':
      return parent.childForFieldName('value')?.id !== node.id && isDestructured(around.slice(index + 1), namesStigg) ? (parent.type === 'object_pattern' ? node : parent) : undefined;
    default:
      return undefined;
  }
}

/** The environment variable that the expression reads, whatever its name; undefined for other expressions. */
export function variableOf(source: ParsedSource, expression: Node): string | undefined {
  switch (expression.type) {
    case 'member_expression':
    case 'subscript_expression': {
      const name = nameOf(expression);
      if (name === undefined || !/^[A-Z_][\w]*$/i.test(name)) return undefined;
      return isEnvironment(expression.childForFieldName('object'), readVariableName(name)?.namesStigg === true) ? name : undefined;
    }
    case 'call_expression': {
      // `config.get('STIGG_API_KEY')`, `requireEnv('STIGG_API_KEY')`: whatever reads it, the name tells.
      const first = namedChildren(expression.childForFieldName('arguments') ?? expression)[0];
      const name = first === undefined ? undefined : stringValue(first);
      return name !== undefined && /^[A-Z][A-Z0-9_]{5,80}$/.test(name) ? name : undefined;
    }
    case 'identifier':
    case 'shorthand_property_identifier':
      return source.imports.find(({ local, module }) => local === expression.text && ENV_MODULE.test(module))?.imported;
    default:
      return undefined;
  }
}

/** Whether the object holds the environment. `namesStigg`: the variable names Stigg, so that any `env` will do. */
export function isEnvironment(object: Node | null, namesStigg: boolean): boolean {
  if (object === null) return false;
  const inner = unwrap(object);
  if (inner.endIndex - inner.startIndex > 100) return false;
  const text = inner.text.replace(/[\s?!]/g, '');
  return PROCESS_ENV.test(text) || (namesStigg && SOME_ENV.test(text));
}

/** Giving a value to a variable is no read. */
function isAssigned(member: Node, parent: Node | undefined): boolean {
  return parent?.type === 'assignment_expression' && parent.childForFieldName('left')?.id === member.id;
}

/** `Deno.env.get('X')`, `env.get('X')`, `useEnv('X')` is none: only what is known to read the environment. */
function isGetter(call: Node, namesStigg: boolean): boolean {
  const callee = call.childForFieldName('function');
  return callee?.type === 'member_expression' && GETTERS.test(nameOf(callee) ?? '') && isEnvironment(callee.childForFieldName('object'), namesStigg);
}

/** `const { X } = process.env`: `around` begins with the pattern, or with the part of it that renames or has a default. */
function isDestructured(around: readonly Node[], namesStigg: boolean): boolean {
  const declarator = around.slice(0, 3).find((node) => node.type === 'variable_declarator');
  return declarator !== undefined && isEnvironment(declarator.childForFieldName('value'), namesStigg);
}

function moduleOf(source: ParsedSource, name: string): string {
  return source.imports.find(({ imported, module }) => imported === name && ENV_MODULE.test(module))?.module ?? '';
}
