import { ELEMENT, type Step } from '../ir/access.js';
import { canonical } from '../ir/names.js';
import type { CallNode, IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import type { Origin, Tracer } from '../ir/trace.js';
import { unwrap } from '../ir/walk.js';

/** Calls that read what they are given: parsers of JSON, readers of streams, copies of lists, senders of requests. By their last name. */
const READS = new Set([
  'parse', 'loads', 'load', 'jsonDecode', 'readTree', 'readValue', 'deserialize', 'deserializeAsync', 'deserializeObject', 'parseString', 'decodeFromString', 'parseToJsonElement', 'fromJson', 'fromStr', 'fromSlice', 'fromReader', 'fromValue',
  'readAll', 'newDecoder', 'newReader', 'convertValue', 'structuredClone', 'camelcaseKeys', 'list', 'sorted', 'iter', 'tuple', 'enumerate', 'reversed', 'from', 'arrayValues', 'arrayFilter', 'iteratorToArray', 'collect', 'arraySlice', 'arrayReverse',
  'ofNullable', 'resolve', 'run', 'waitFor', 'firstValueFrom', 'lastValueFrom', 'fromResult', 'toJsonNode', 'streamGetContents', 'jsonObject', 'jsonArray', 'unref', 'toRaw', 'ensureFuture', 'createTask', 'dict', 'simplexmlLoadString', 'toEntity', 'values',
  'parseObject', 'readTreeFrom', 'decode', 'symbolizeKeys', 'arr', 'mustParse', 'fromJsonElement', 'readJson', 'copy', 'deepcopy', 'cloneDeep', 'reset', 'end', 'curlExec', 'next', 'unmarshal',
  'urlopen', 'send', 'sendAsync', 'execute', 'newCall', 'do', 'exchange', 'request', 'perform', 'fetch',
]);
/** The same, of one element. */
const ONE = new Set(['next', 'reset', 'end', 'arrayShift', 'arrayPop', 'current', 'head', 'last', 'first']);
/** Calls whose second argument is the value. */
const SECOND = new Set(['cast', 'plainToInstance', 'plainToClass', 'castOrThrow']);
/** Calls that wait for several values. */
const ALL = /(?:^|\.)(?:Promise\.all|asyncio\.gather|gather|Task\.WhenAll|WhenAll|awaitAll|join!?|try_join!?|tokio::join|CompletableFuture\.allOf)$/;
const MAPPED = new Set(['map', 'collect', 'mapNotNull', 'filterMap', 'select', 'arrayMap', 'flatMap']);
/** Calls of a function that they are given, whose value is theirs. */
const RUNS = /^start$|retry|timed?$|trace|span|withTimeout|runBlocking|transaction|attempt|rescue|withContext|coroutineScope|schedule|limit|backoff|breaker|supervisorScope|tap$/i;

/** What the call's value is taken from; undefined where it is something new. */
export function continued(node: CallNode, path: readonly Step[], tracer: Tracer): readonly Origin[] | undefined {
  const callee = unwrap(node.callee);
  if (callee.kind !== 'name' && callee.kind !== 'member') return undefined;
  const name = canonical(callee.name);
  const [first, second] = node.arguments;
  const text = calleeText(callee);
  if (first !== undefined && ALL.test(text)) return several(node, path);
  const fn = node.arguments.map(({ value }) => unwrap(value)).find((value) => value.kind === 'function');
  if (fn?.kind === 'function') {
    const [step, ...rest] = path;
    if (MAPPED.has(name)) return step === ELEMENT || /^\d+$/.test(step ?? '') ? tracer.returnsOf(fn).map((value) => ({ node: value, path: name === 'flatMap' ? path : rest })) : undefined;
    return RUNS.test(name) ? tracer.returnsOf(fn).map((value) => ({ node: value, path })) : undefined;
  }
  if (SECOND.has(name) && second !== undefined) return [{ node: second.value, path }];
  if (first === undefined || first.isSpread) return undefined;
  if (READS.has(name)) return [{ node: first.value, path: ONE.has(name) ? [ELEMENT, ...path] : path }];
  // new JSONObject(text), Array(list)
  return /^(?:JSONObject|JSONArray|Array|ArrayList|JsonStreamReader|StreamReader|BufferedReader|InputStreamReader)$/.test(callee.name) ? [{ node: first.value, path }] : undefined;
}

/** The values that are waited for, by their position. */
function several(node: CallNode, path: readonly Step[]): readonly Origin[] | undefined {
  const [first] = node.arguments;
  const [step, ...rest] = path;
  if (first === undefined || step === undefined) return undefined;
  const list = unwrap(first.value);
  const values: readonly IrNode[] = list.kind === 'list' ? list.elements : node.arguments.map(({ value }) => value);
  const at = /^#?(\d+)$/.exec(step)?.[1];
  const one = at === undefined ? undefined : values[Number(at)];
  // A list that is made elsewhere, such as `ids.map((id) => load(id))`.
  if (list.kind !== 'list' && node.arguments.length === 1) return [{ node: list.kind === 'wrapped' ? list.inner : list, path: [ELEMENT, ...rest] }];
  return (one === undefined ? values : [one]).map((value) => ({ node: value, path: rest }));
}
