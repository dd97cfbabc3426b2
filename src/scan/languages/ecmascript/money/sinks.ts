import type { Node } from '@vscode/tree-sitter-wasm';
import { GRAPHQL_CALLS, pathsForUrl, REST_CALLS, UNKNOWN_PART, type MoneyPath } from '../../../money/paths.js';
import type { ParsedSource } from '../../language.js';
import { memberPath, namedChildren, nameOf, stringValue, unwrap } from '../nodes.js';
import type { Scope } from '../scope.js';

/** A request to Stigg that an argument of a call becomes: where its body starts inside the argument, and which paths are money. */
export interface Sink {
  /** What stands before the money path: nothing, `input.`, `body.` … */
  readonly prefixes: readonly string[];
  readonly paths: readonly MoneyPath[];
}

const HTTP_METHODS = new Set(['post', 'put', 'patch', 'request']);
/** Functions that send a request by themselves; people wrap `fetch` under names of their own. */
const HTTP_FUNCTIONS = /^(?:axios|got|ky|needle|request)$|fetch/i;
/** A variable or a setting that holds the address of Stigg's API. */
const STIGGS = /stigg(\w*)/i;
const ADDRESS = /url|uri|host|endpoint|origin|base/i;

/** What the call makes of its argument at `index`; undefined when that is no request to Stigg. */
export function sinkOf(source: ParsedSource, scope: Scope, call: Node, index: number): Sink | undefined {
  const callee = call.childForFieldName('function');
  const list = call.childForFieldName('arguments');
  if (callee === null || list === null) return undefined;
  const path = memberPath(callee);
  const rest = restPaths(path);
  if (rest !== undefined) return isStripe(source, scope, path, callee.startIndex) ? undefined : { prefixes: [''], paths: rest };
  const graphql = path.length > 1 ? GRAPHQL_CALLS.get(path.at(-1) ?? '') : undefined;
  if (graphql !== undefined) return isStripe(source, scope, path, callee.startIndex) ? undefined : { prefixes: ['', 'input.'], paths: graphql };
  return http(scope, path, namedChildren(list), index);
}

/** `client.v1.coupons.create` and its likes: everything after `v1`. */
function restPaths(path: readonly string[]): readonly MoneyPath[] | undefined {
  const version = path.lastIndexOf('v1');
  return version === -1 ? undefined : REST_CALLS.get(path.slice(version + 1).join('.'));
}

function http(scope: Scope, path: readonly string[], args: readonly Node[], index: number): Sink | undefined {
  const [client = ''] = path;
  const method = path.at(-1) ?? '';
  const base = instanceUrl(scope, client, args[0]?.startIndex ?? 0);
  const isMethod = path.length > 1 && HTTP_METHODS.has(method);
  if (!isMethod && !HTTP_FUNCTIONS.test(method) && (path.length > 1 || base === undefined)) return undefined;
  const first = args[0] === undefined ? undefined : unwrap(args[0]);
  const config = first?.type === 'object' ? first : undefined;
  const target = config === undefined ? (first === undefined ? '' : textOf(first, scope, 0)) : urlOfConfig(config, scope);
  const url = /^https?:|^wss?:/.test(target) ? target : `${base ?? ''}/${target}`;
  const paths = pathsForUrl(url);
  if (paths.length === 0) return undefined;
  // axios.post(url, body); everything else takes the body inside an object of options.
  const direct = config === undefined && index === 1 && isMethod && method !== 'request';
  return { prefixes: direct ? ['', 'body.', 'json.', 'data.'] : ['body.', 'json.', 'data.'], paths };
}

function urlOfConfig(config: Node, scope: Scope): string {
  return ['baseURL', 'baseUrl', 'prefixUrl', 'url', 'uri'].map((key) => propertyText(config, key, scope)).filter((part) => part !== undefined).join('/');
}

/** The base URL of a client made in this document: `axios.create({ baseURL })`, `got.extend({ prefixUrl })`. */
function instanceUrl(scope: Scope, name: string, at: number): string | undefined {
  const binding = scope.resolve(name, at);
  if (binding?.kind !== 'value') return undefined;
  const made = unwrap(binding.node);
  if (made.type !== 'call_expression') return undefined;
  const maker = memberPath(made.childForFieldName('function') ?? made);
  if (!/^(?:create|extend|defaults)$/.test(maker.at(-1) ?? '')) return undefined;
  const config = namedChildren(made.childForFieldName('arguments') ?? made)[0];
  return config === undefined ? undefined : urlOfConfig(unwrap(config), scope);
}

function propertyText(object: Node, key: string, scope: Scope): string | undefined {
  for (const child of namedChildren(object)) {
    if (child.type === 'shorthand_property_identifier' && child.text === key) return textOf(child, scope, 0);
    if (child.type !== 'pair' || nameOf(child.childForFieldName('key')) !== key) continue;
    const value = child.childForFieldName('value');
    return value === null ? undefined : textOf(unwrap(value), scope, 0);
  }
  return undefined;
}

/** The text of a string expression as far as it is constant; an UNKNOWN_PART stands for the rest. */
export function textOf(node: Node, scope: Scope, depth: number): string {
  if (depth > 6) return UNKNOWN_PART;
  const inner = unwrap(node);
  const literal = stringValue(inner);
  if (literal !== undefined) return literal;
  switch (inner.type) {
    case 'template_string':
      return namedChildren(inner).map((part) => {
        if (part.type !== 'template_substitution') return part.text;
        const expression = namedChildren(part)[0];
        return expression === undefined ? UNKNOWN_PART : textOf(expression, scope, depth + 1);
      }).join('');
    case 'binary_expression': {
      if (inner.childForFieldName('operator')?.text !== '+') return either(inner, scope, depth);
      return ['left', 'right'].map((side) => textOf(inner.childForFieldName(side) ?? inner, scope, depth + 1)).join('');
    }
    case 'new_expression': {
      // new URL(path, base)
      const args = namedChildren(inner.childForFieldName('arguments') ?? inner);
      return args.slice(0, 2).reverse().map((argument) => textOf(argument, scope, depth + 1)).join('/');
    }
    case 'identifier':
    case 'shorthand_property_identifier': {
      const binding = scope.resolve(inner.text, inner.startIndex);
      return binding?.kind === 'value' && binding.key === undefined ? textOf(binding.node, scope, depth + 1) : addressBy(binding?.key ?? inner.text);
    }
    case 'member_expression':
      return addressBy(nameOf(inner) ?? '');
    default:
      return UNKNOWN_PART;
  }
}

/** `process.env.API_URL ?? 'https://…'`: the alternative that is known. */
function either(node: Node, scope: Scope, depth: number): string {
  const known = ['right', 'left'].map((side) => {
    const part = node.childForFieldName(side);
    return part === null ? UNKNOWN_PART : textOf(part, scope, depth + 1);
  });
  return known.find((text) => text !== UNKNOWN_PART) ?? UNKNOWN_PART;
}

/** The address that a variable of unknown value holds, as far as its name tells: `STIGG_API_URL`. */
function addressBy(name: string): string {
  if (!ADDRESS.test(STIGGS.exec(name)?.[1] ?? '')) return UNKNOWN_PART;
  return /graphql/i.test(name) ? 'https://api.stigg.io/graphql' : 'https://api.stigg.io';
}

/** Stripe's client has methods of the same names. */
function isStripe(source: ParsedSource, scope: Scope, path: readonly string[], at: number): boolean {
  const [root = ''] = path;
  if (path.slice(0, -1).some((part) => /stripe/i.test(part))) return true;
  if (source.imports.some((entry) => entry.local === root && /stripe/i.test(entry.module))) return true;
  const binding = scope.resolve(root, at);
  return binding?.kind === 'value' && /^new\s+Stripe\b/.test(source.text.slice(binding.node.startIndex, binding.node.startIndex + 40));
}
