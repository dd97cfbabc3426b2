import type { Node } from '@vscode/tree-sitter-wasm';
import type { MoneyField } from '../../../money/field.js';
import { MONEY_LEAVES, UNKNOWN_PART, type MoneyPath } from '../../../money/paths.js';
import type { ParsedSource } from '../../language.js';
import { isWrapper, memberPath, namedChildren, nameOf, stringValue } from '../nodes.js';
import { Scope, type Around } from '../scope.js';
import { sinkOf, textOf } from './sinks.js';
import { minorUnitsOf } from './values.js';

/** A pathological file is not worth more. */
const MOST_FIELDS = 2_000;
/** A body is followed through so many variables on its way to a request. */
const FARTHEST = 5;
/** And climbed out of so many nested literals. */
const HIGHEST = 80;
const FUNCTIONS = new Set(['arrow_function', 'function_expression', 'function_declaration', 'method_definition']);
const LIST_BUILDERS = new Set(['map', 'flatMap']);

/** The money fields of requests to Stigg that get minor units: found by their last name, and when their value counts cents followed outwards to the call that sends them. */
export function* moneyFields(source: ParsedSource): Iterable<MoneyField> {
  const { syntax } = source;
  if (syntax === undefined) return;
  const scope = new Scope(source);
  let looked = 0;
  for (const match of source.text.matchAll(new RegExp(MONEY_LEAVES, 'g'))) {
    if (++looked > MOST_FIELDS) return;
    const [leaf] = match;
    if (!mayBeField(source.text, match.index, leaf)) continue;
    const around = syntax.nodesAround(match.index, match.index + leaf.length);
    const place = valueAt(around, leaf);
    if (place === undefined) continue;
    const minorUnits = minorUnitsOf(place.value, scope, source.text);
    if (minorUnits === undefined) continue;
    const object = place.around[place.from];
    const path = sinksFrom(source, scope, place.around, place.from, leaf, 0, object);
    if (path === undefined) continue;
    const currency = object === undefined ? undefined : sibling(object, 'currency', scope)?.toUpperCase();
    yield {
      path,
      value: { start: place.value.startIndex, end: place.value.endIndex },
      currency,
      minorUnits,
    };
  }
}

/** Sorts out reads (`x.amount`) and plain numbers before the tree is asked, which costs. */
function mayBeField(text: string, at: number, leaf: string): boolean {
  const rest = text.slice(at + leaf.length, at + leaf.length + 40);
  if (text.charAt(at - 1) === '.') return /^\s*=(?![=>])/.test(rest);
  return /^['"]?\s*(?:[:,}]|\/[/*])/.test(rest) && !/^['"]?\s*:\s*-?[\d._]+\s*[,}]/.test(rest);
}

interface Place {
  readonly value: Node;
  readonly around: Around;
  /** Index in `around` of the object that has the field, or of the variable whose field is assigned. */
  readonly from: number;
}

/** The value of the field whose name stands there, when it is written there. */
function valueAt(around: Around, leaf: string): Place | undefined {
  const [inner] = around;
  if (inner?.type === 'shorthand_property_identifier') return { value: inner, around, from: 1 };
  const key = inner?.type === 'string_fragment' ? 1 : 0;
  const pair = around[key + 1];
  if (pair?.type === 'pair') {
    const value = pair.childForFieldName('value');
    if (value === null || pair.childForFieldName('key')?.id !== around[key]?.id || nameOf(around[key] ?? null) !== leaf) return undefined;
    return { value, around, from: key + 2 };
  }
  // body.cost.amount = …
  const assignment = around[2];
  if (inner?.type !== 'property_identifier' || pair?.type !== 'member_expression' || assignment?.type !== 'assignment_expression') return undefined;
  const value = assignment.childForFieldName('right');
  return value !== null && assignment.childForFieldName('left')?.id === pair.id ? { value, around, from: 1 } : undefined;
}

/**
 * The money path of the field when what holds it reaches a request to Stigg; undefined when it does not.
 * `around[from]` is the node whose value has `path` inside it.
 */
function sinksFrom(source: ParsedSource, scope: Scope, around: Around, from: number, path: string, depth: number, holder: Node | undefined): string | undefined {
  let inside = path;
  const start = around[from];
  if (start?.type === 'member_expression' || start?.type === 'subscript_expression') {
    const [root, ...rest] = memberPath(start).slice(0, -1);
    return root === undefined ? undefined : followName(source, scope, root, start.startIndex, [...rest, path].join('.'), depth, holder);
  }
  for (let at = from; at < around.length - 1 && at < from + HIGHEST; at++) {
    const child = around[at];
    const parent = around[at + 1];
    if (child === undefined || parent === undefined) return undefined;
    switch (parent.type) {
      case 'pair': {
        const key = nameOf(parent.childForFieldName('key'));
        if (key === undefined || parent.childForFieldName('value')?.id !== child.id) return undefined;
        inside = `${key}${inside.startsWith('[]') ? '' : '.'}${inside}`;
        break;
      }
      case 'array':
        // What is spread is a list already.
        if (child.type === 'spread_element') break;
        inside = `[]${inside.startsWith('[]') ? '' : '.'}${inside}`;
        break;
      case 'object':
      case 'spread_element':
      case 'ternary_expression':
      case 'binary_expression':
        break;
      case 'arguments': {
        const call = around[at + 2];
        if (call?.type !== 'call_expression') return undefined;
        if (memberPath(call.childForFieldName('function') ?? call).join('.') === 'JSON.stringify') {
          at++;
          break;
        }
        const index = namedChildren(parent).findIndex((argument) => argument.id === child.id);
        const sink = sinkOf(source, scope, call, index);
        return sink?.prefixes.map((prefix) => matching(inside, prefix, sink.paths, holder, scope)).find((found) => found !== undefined);
      }
      case 'return_statement':
      case 'arrow_function': {
        // list.map((item) => ({ … })) is a list of what the function returns.
        const callback = at + 1 + around.slice(at + 1).findIndex((node) => FUNCTIONS.has(node.type));
        const call = around[callback + 2];
        const method = call?.type === 'call_expression' ? memberPath(call.childForFieldName('function') ?? call).at(-1) : undefined;
        if (around[callback + 1]?.type !== 'arguments' || method === undefined || !LIST_BUILDERS.has(method)) return undefined;
        inside = `[].${inside}`;
        at = callback + 1;
        break;
      }
      case 'variable_declarator': {
        const name = parent.childForFieldName('name');
        if (name?.type !== 'identifier' || parent.childForFieldName('value')?.id !== child.id) return undefined;
        return followName(source, scope, name.text, name.startIndex, inside, depth, holder);
      }
      default:
        if (!isWrapper(parent)) return undefined;
    }
  }
  return undefined;
}

/** Goes on from each place that reads the variable. */
function followName(source: ParsedSource, scope: Scope, name: string, at: number, path: string, depth: number, holder: Node | undefined): string | undefined {
  if (depth >= FARTHEST) return undefined;
  const binding = scope.resolve(name, at);
  if (binding === undefined) return undefined;
  for (const around of scope.usesOf(binding)) {
    const shorthand = around[0]?.type === 'shorthand_property_identifier';
    const inside = shorthand ? `${name}${path.startsWith('[]') ? '' : '.'}${path}` : path;
    const found = sinksFrom(source, scope, around, shorthand ? 1 : 0, inside, depth + 1, holder);
    if (found !== undefined) return found;
  }
  return undefined;
}

function matching(inside: string, prefix: string, paths: readonly MoneyPath[], holder: Node | undefined, scope: Scope): string | undefined {
  if (!inside.startsWith(prefix)) return undefined;
  const path = inside.slice(prefix.length);
  const entry = paths.find((candidate) => candidate.path === path);
  if (entry?.when === undefined) return entry?.path;
  const value = holder === undefined ? undefined : sibling(holder, entry.when.sibling, scope);
  return value !== undefined && entry.when.value.test(value) ? entry.path : undefined;
}

/** The value of another property of the same object: the text of a constant, or the expression itself (`Currency.Jpy`). */
function sibling(object: Node, key: string, scope: Scope): string | undefined {
  if (object.type !== 'object') return undefined;
  for (const child of namedChildren(object)) {
    if (child.type !== 'pair' || nameOf(child.childForFieldName('key')) !== key) continue;
    const value = child.childForFieldName('value');
    if (value === null) return undefined;
    const text = stringValue(value) ?? textOf(value, scope, 0);
    return text === UNKNOWN_PART ? memberPath(value).at(-1) : text;
  }
  return undefined;
}
