import { canonical } from './names.js';
import type { FunctionNode, IrNode } from './node.js';
import { unwrap } from './walk.js';

/** What a call hands to a function that it is given. */
export interface Handed {
  readonly value: IrNode;
  /** Its elements, one by one. */
  readonly isElement: boolean;
}

/** Calls that hand elements of their receiver to a function, by the parameter that takes them. */
const EACH = new Map([
  ...[
    'map', 'flatMap', 'forEach', 'filter', 'find', 'findLast', 'findIndex', 'some', 'every', 'each', 'select', 'reject', 'collect', 'detect', 'sumOf', 'sumBy', 'sum', 'groupBy', 'sortBy', 'sorted', 'any', 'all',
    'where', 'eachWithIndex', 'filterMap', 'mapNotNull', 'none', 'count', 'first', 'firstOrDefault', 'firstOrNull', 'single', 'singleOrNull', 'anyMatch', 'allMatch', 'noneMatch', 'selectMany',
    'toDictionary', 'toLookup', 'toH', 'toMap', 'toHashSet', 'toSet', 'indexBy', 'associate', 'associateBy', 'associateWith', 'partition', 'mapToDouble', 'mapToInt', 'mapToLong', 'mapToObj', 'onEach', 'average', 'minBy', 'maxBy', 'max', 'min',
    'sumByDouble', 'forEachOrdered', 'eachPair', 'reverseEach', 'eachEntry', 'keyBy', 'mapWithKeys', 'takeWhile', 'dropWhile', 'orderBy', 'orderByDescending', 'autoPagingEach', 'removeIf', 'isSome', 'position', 'inspect', 'forEachAsync',
  ].map((name) => [name, 0] as const),
  // Kotlin's hand the index first.
  ...['reduce', 'fold', 'inject', 'aggregate', 'eachWithObject', 'forEachIndexed', 'mapIndexed', 'mapIndexedNotNull', 'filterIndexed', 'onEachIndexed', 'flatMapIndexed'].map((name) => [name, 1] as const),
]);
/** `each_with_object` hands the element first. */
const FIRST = new Set(['eachWithObject']);
/** Calls that hand their receiver itself to a function. */
const WHOLE = new Set(['then', 'tap', 'let', 'also', 'run', 'apply', 'andThen', 'thenApply', 'thenAccept', 'thenCompose', 'yieldSelf', 'ifPresent', 'subscribe', 'isSomeAnd', 'mapOr']);
/** PHP's, JavaScript's and Python's functions that take the list beside the function. */
const BESIDE = new Set(['arrayMap', 'arrayFilter', 'arrayReduce', 'arrayWalk', 'usort', 'map', 'filter', 'reduce', 'forEach', 'sumBy', 'flatMap', 'some', 'find', 'keyBy', 'groupBy']);

/** What the parameter of a function that stands among a call's arguments gets; undefined where nobody knows. */
export function handedTo(fn: FunctionNode, index: number): Handed | undefined {
  const call = fn.parent?.kind === 'call' ? fn.parent : undefined;
  return call?.arguments.some(({ value }) => value === fn) === true ? handedBy(call, index, fn) : undefined;
}

/** The same for a function that stands among the arguments by its name. */
export function handedBy(call: IrNode & { readonly kind: 'call' }, index: number, argument: IrNode): Handed | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' && callee.kind !== 'name') return undefined;
  const name = canonical(callee.name);
  const beside = call.arguments.find(({ value }) => value !== argument)?.value;
  const isBeside = callee.kind === 'name' || /^(?:_|lodash|R|Arr)$/.test(callee.object.kind === 'name' ? callee.object.name : '');
  if (isBeside) return BESIDE.has(name) && beside !== undefined && index === (/reduce/i.test(name) ? 1 : 0) ? { value: beside, isElement: true } : undefined;
  if (EACH.get(name) === index || (index === 0 && FIRST.has(name))) return { value: callee.object, isElement: true };
  return WHOLE.has(name) && index === 0 ? { value: callee.object, isElement: false } : undefined;
}
