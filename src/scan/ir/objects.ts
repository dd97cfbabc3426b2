import { ELEMENT, plainText } from './access.js';
import { builtByBlock, linkParts } from './blocks.js';
import { canonical } from './names.js';
import type { CallNode, IrNode } from './node.js';
import { unwrap } from './walk.js';

/** One value inside of an object-like expression. */
export interface Part {
  /** Canonical; `ELEMENT` for what is an element; undefined where the value stands for further parts (a spread). */
  readonly key: string | undefined;
  readonly value: IrNode;
  /** Where the entry stands, with its key. */
  readonly start: number;
  readonly end: number;
  /** Where the key alone stands; empty for elements. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** `.addTier(x)` of a builder: one element of the list. */
  readonly isElement: boolean;
}

/** Calls whose arguments are elements: `listOf(a)`, `List.of(a)`, `Arrays.asList(a)`, `vec![a]`. */
const LISTS = /(?:^|\.)(?:listOf|arrayOf|arrayListOf|mutableListOf|setOf|sequenceOf|asList|singletonList|ImmutableList\.of|List\.of|Set\.of|List\.copyOf|Stream\.of|array|list|tuple|Array\.of|vec)$/i;
/** Calls whose arguments are pairs, alternating keys and values, or `a to b`. */
const MAPS = /(?:^|\.)(?:mapOf|mutableMapOf|hashMapOf|linkedMapOf|Map\.of|ImmutableMap\.of|Map\.ofEntries|JsonObject|jsonObjectOf|H)$/;
const ENTRY = /(?:^|\.)(?:Map\.entry|entry|Pair|KeyValuePair|Tuple)$/;
/** Calls that merge their arguments. */
const MERGES = /^(?:Object\.assign|array_merge|array_replace|lodash\.merge|_\.merge|_\.assign|merge|maps\.Copy|dict|structuredClone|ChainMap)$/;
/** A chain of more calls than this builds no request. */
const LONGEST_CHAIN = 60;

/** The parts of an expression that makes an object or list; undefined where it makes none of its own. */
export function partsOf(expression: IrNode): readonly Part[] | undefined {
  const node = unwrap(expression);
  switch (node.kind) {
    case 'object':
      return node.entries.flatMap((entry): Part[] => {
        if (entry.isSpread) return [spread(entry.value)];
        return entry.key === undefined ? [] : [{ key: canonical(entry.key), value: entry.value, start: entry.start, end: entry.end, keyStart: entry.keyStart, keyEnd: entry.keyEnd, isElement: false }];
      });
    case 'list':
      return node.elements.map((element) => (element.kind === 'wrapped' && element.by === 'spread' ? spread(element.inner) : item(element)));
    case 'operation':
      // Python's `a | b`, Kotlin's and Go's `a + b` of lists and maps.
      return node.operator === '|' || node.operator === '+' ? node.operands.map(spread) : undefined;
    case 'call':
      return partsOfCall(node);
    default:
      return undefined;
  }
}

function partsOfCall(node: CallNode): readonly Part[] | undefined {
  const made = chainParts(node) ?? builtByBlock(node);
  if (made !== undefined) return made;
  const callee = unwrap(node.callee);
  const path = calleeText(callee);
  const whole = copied(node);
  if (whole.length > 0) return whole;
  if (MAPS.test(path)) return pairs(node);
  if (LISTS.test(path) && node.arguments.every(({ name }) => name === undefined)) return node.arguments.map(({ value, isSpread }) => (isSpread ? spread(value) : item(value)));
  if (MERGES.test(path)) return node.arguments.map((argument) => (argument.name === undefined ? spread(argument.value) : named(argument)));
  if (callee.kind === 'member' && /^(?:merge|with|copy|deep_merge|plus|concat)$/i.test(callee.name)) return [spread(callee.object), ...node.arguments.map((argument) => (argument.name === undefined ? spread(argument.value) : named(argument)))];
  // A constructor with keyword arguments: `MoneyInputDTO(amount=49, currency="USD")`; Python's also of a dictionary, `Input(**values)`.
  const isFilled = node.arguments.length > 0 && node.arguments.every(({ name, isSpread, value }) => name !== undefined || isSpread || (node.isNew && unwrap(value).kind === 'object'));
  return isFilled ? node.arguments.map((argument) => (argument.name === undefined ? spread(argument.value) : named(argument))) : undefined;
}

/** What a call is given, as if its arguments were the entries of one object. */
export function argumentParts(call: CallNode): readonly Part[] {
  return call.arguments.map((argument) => (argument.name === undefined ? spread(argument.value) : named(argument)));
}

/** `X.builder().amount(49).addTier(t).build()`, `new JSONObject().put("amount", 49)`: what its calls set; undefined for any other chain. */
function chainParts(node: CallNode): readonly Part[] | undefined {
  const parts: Part[][] = [];
  let call: IrNode = node;
  for (let left = LONGEST_CHAIN; left > 0 && call.kind === 'call'; left--) {
    const callee: IrNode = unwrap(call.callee);
    if (isBuilderStart(call, callee)) return call === node ? undefined : [...copied(call), ...parts.reverse().flat()];
    if (callee.kind !== 'member') {
      // `HashMap<String, Any>().apply { put("amount", 49) }`
      return callee.kind === 'name' && /^[A-Z]\w*(?:Map|Object|Builder|Params|Input)$|^(?:JSONArray|JsonArray)$/.test(callee.name) && call !== node ? [...copied(call), ...parts.reverse().flat()] : undefined;
    }
    parts.push(linkParts(call));
    call = unwrap(callee.object);
  }
  return undefined;
}

/** What a JSON object or list is made of: `JSONObject(mapOf(…))`, `JSONArray(listOf(…))`. */
function copied({ callee, arguments: [only, other] }: CallNode): Part[] {
  const isMade = /(?:^|\.)(?:JSONObject|JsonObject|JSONArray|JsonArray)$/.test(calleeText(callee)) && only !== undefined && other === undefined && only.name === undefined && !only.isSpread;
  const value = isMade ? unwrap(only.value) : undefined;
  return value?.kind === 'call' || value?.kind === 'name' || value?.kind === 'object' || value?.kind === 'list' ? [spread(value)] : [];
}

function isBuilderStart(call: CallNode, callee: IrNode): boolean {
  if (call.isNew) return /(?:Builder|JSONObject|JsonObject|JSONArray|JsonArray|ObjectNode|ArrayNode)$/.test(calleeText(callee)) && call.arguments.every(({ value }) => unwrap(value).kind !== 'class');
  return callee.kind === 'member' && call.arguments.length === 0 && /^(?:builder|newBuilder|Builder|toBuilder|create(?:Object|Array)(?:Node|Builder)|objectNode|arrayNode)$/.test(callee.name);
}

function pairs(node: CallNode): Part[] {
  const values = node.arguments.map(({ value }) => unwrap(value));
  const parts: Part[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === undefined) continue;
    if (value.kind === 'operation' && value.operator === 'to') parts.push(...pair(value.operands[0], value.operands[1]));
    else if (value.kind === 'call' && ENTRY.test(calleeText(unwrap(value.callee)))) parts.push(...pair(value.arguments[0]?.value, value.arguments[1]?.value));
    else if (value.kind === 'object') parts.push(spread(value));
    else parts.push(...pair(value, values[++at]));
  }
  return parts;
}

function pair(key: IrNode | undefined, value: IrNode | undefined): Part[] {
  const text = key === undefined ? undefined : plainText(key);
  if (key === undefined || value === undefined || text === undefined) return [];
  return [{ key: canonical(text), value, start: key.start, end: value.end, keyStart: key.start, keyEnd: key.end, isElement: false }];
}

function named({ name, value, start, end }: CallNode['arguments'][number]): Part {
  return { key: canonical(name ?? ''), value, start, end, keyStart: start, keyEnd: start + (name?.length ?? 0), isElement: false };
}

function item(value: IrNode): Part {
  return { key: ELEMENT, value, start: value.start, end: value.end, keyStart: value.start, keyEnd: value.start, isElement: false };
}

function spread(value: IrNode): Part {
  return { key: undefined, value, start: value.start, end: value.end, keyStart: value.start, keyEnd: value.start, isElement: false };
}

/** `List.of`, `Object.assign`: names as they are written; anything else is `?`. */
export function calleeText(callee: IrNode): string {
  const names: string[] = [];
  let node = unwrap(callee);
  for (let left = 20; left > 0; left--) {
    if (node.kind === 'name') return [node.name, ...names].join('.');
    if (node.kind !== 'member') return ['?', ...names].join('.');
    names.unshift(node.name);
    node = unwrap(node.object);
  }
  return '?';
}
