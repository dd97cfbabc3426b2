import { canonical } from './names.js';
import type { ElementNode, IrNode, MemberNode } from './node.js';
import { unwrap } from './walk.js';

/** A step into a value: a key in canonical form, or `ELEMENT`. */
export type Step = string;

/** Any element of a list. */
export const ELEMENT: Step = '[]';

/** An expression that takes something out of another value. */
export interface Access {
  readonly object: IrNode;
  /** undefined where the value stays what it is, as with `list.toArray()`. */
  readonly step: Step | undefined;
  /** Further steps, after the first: `dig("data", "total")`, `at("/data/total")`. */
  readonly further?: readonly Step[];
}

/** Calls whose result has the same elements, or is the same value in another form. */
const SAME = new Set([
  'then', 'json', 'toArray', 'toList', 'asList', 'list', 'stream', 'iterator', 'collect', 'filter', 'sort', 'sorted', 'sortBy', 'slice', 'reverse', 'reversed', 'concat', 'values', 'valueSeq',
  'select', 'reject', 'where', 'orderBy', 'asSequence', 'unwrap', 'expect', 'clone', 'toOwned', 'orElse', 'orElseThrow', 'join', 'body', 'bodyToMono', 'bodyToFlux', 'asOptional', 'copy', 'freeze', 'trimIndent', 'trimMargin', 'stripIndent', 'trim', 'strip', 'encode', 'toByteArray', 'getBytes', 'squish', 'iter', 'intoIter', 'items', 'autoPagingIter', 'autoPager',
]);
/** Ruby's calls without arguments that look like members, and that no data has. */
const COPIES = /^(?:freeze|dup|deep_dup|to_h|compact|stringify_keys|deep_stringify_keys|symbolize_keys|deep_symbolize_keys|with_indifferent_access)$/;
/** Calls that take one element. */
const ONE = new Set(['find', 'at', 'first', 'firstOrNull', 'firstOrDefault', 'last', 'findFirst', 'findLast', 'detect', 'single', 'singleOrNull', 'pop', 'shift', 'next', 'current', 'elementAt', 'nth', 'sample', 'min', 'max', 'minBy', 'maxBy']);
/** Calls that take a member whose name is their argument. */
const BY_NAME = new Set(['get', 'fetch', 'dig', 'getOrDefault', 'getProperty', 'getValue', 'property', 'getOrNull', 'getAsJsonObject', 'getAsJsonArray', 'getJSONObject', 'getJSONArray', 'getDouble', 'getInt', 'getLong', 'getFloat', 'getBigDecimal', 'getDecimal', 'getString', 'getNumber', 'optDouble', 'optInt', 'optLong', 'getInt32', 'getInt64', 'path', 'pointer']);

/** What the expression takes out of what; undefined where it does something else. Asked for calls only where they are none of Stigg's. */
export function accessOf(expression: IrNode): Access | undefined {
  const node = unwrap(expression);
  switch (node.kind) {
    case 'member':
      return { object: node.object, step: COPIES.test(node.name) ? undefined : stepOf(node) };
    case 'element':
      return { object: node.object, step: elementStep(node) };
    case 'call': {
      const callee = unwrap(node.callee);
      if (callee.kind !== 'member' || node.isNew) return undefined;
      const name = canonical(callee.name);
      const [first] = node.arguments;
      if (SAME.has(name)) return { object: callee.object, step: undefined };
      const key = first === undefined ? undefined : plainText(first.value);
      if (key?.startsWith('/') === true && /^(?:at|pointer|query)$/.test(name)) return taking(callee.object, key.split('/').slice(1));
      if (ONE.has(name)) return { object: callee.object, step: ELEMENT };
      if (name === 'dig' && node.arguments.length > 1) return taking(callee.object, node.arguments.map(({ value }) => plainText(value)));
      if (BY_NAME.has(name) && first !== undefined) return { object: callee.object, step: key === undefined ? ELEMENT : canonical(key) };
      // Getters: `invoice.getTotal()`, `invoice.total()`.
      return first === undefined ? { object: callee.object, step: stepOf(callee) } : undefined;
    }
    default:
      return undefined;
  }
}

/** One step after the other; of what is no constant any element. */
function taking(object: IrNode, keys: readonly (string | undefined)[]): Access {
  const [step = ELEMENT, ...further] = keys.map((key) => (key === undefined || /^\d+$/.test(key) ? ELEMENT : canonical(key)));
  return { object, step, further };
}

/** A member's step: getters go by what they get. */
export function stepOf({ name }: MemberNode): Step {
  const step = canonical(name);
  const got = /^get(?=[A-Z])/.test(step) ? step.slice(3) : step;
  return got === step ? step : got.charAt(0).toLowerCase() + got.slice(1);
}

function elementStep({ index }: ElementNode): Step {
  const key = index === undefined ? undefined : plainText(index);
  return key === undefined ? ELEMENT : canonical(key);
}

/** The text of a literal without interpolations. */
export function plainText(expression: IrNode): string | undefined {
  const node = unwrap(expression);
  if (node.kind !== 'text') return undefined;
  let text = '';
  for (const part of node.parts) {
    if (part.kind !== 'stretch') return undefined;
    text += part.value;
  }
  return text;
}

/** The names from the root to the last, canonical: `client.v1.coupons.create` has four; calls without arguments count as names (`client.v1().coupons()`), anything else is `?`. */
export function pathOf(expression: IrNode): readonly string[] {
  const names: string[] = [];
  let node = unwrap(expression);
  for (let left = 60; left > 0; left--) {
    if (node.kind === 'member') {
      names.push(canonical(node.name));
      node = unwrap(node.object);
    } else if (node.kind === 'call' && node.arguments.length === 0 && !node.isNew && unwrap(node.callee).kind === 'member') {
      node = unwrap(node.callee);
    } else {
      names.push(node.kind === 'name' ? node.name : '?');
      return names.reverse();
    }
  }
  return ['?'];
}
