import { ELEMENT, type Step } from '../ir/access.js';

/** What clients put around an answer, and steps that read it: nothing of these is a field of Stigg's objects. */
const AROUND = new Set([
  'data', 'result', 'body', 'content', 'contents', 'json', 'text', 'response', 'payload', 'read', 'string', 'bytes', 'parsed', 'parsedBody', 'parsedResponse', 'rootElement', 'root', 'value', 'object', 'array',
  'asObject', 'toArray', 'readAsStringAsync', 'readAsString', 'readAsStreamAsync', 'readFromJsonAsync', 'bodyAsText', 'bodyAsString', 'asJsonObject', 'asJsonArray', 'jsonObject', 'jsonArray', 'collect', 'success',
  'entity', 'parse', 'build', 'block', 'await', 'promise', 'unwrap', 'expect', 'ok', 'okOrThrow', 'send', 'retrieve', 'errorForStatus', 'orThrow', 'withResponse', 'asResponse', 'execute', 'call', 'sendJson', 'intoJson', 'bodyToMono', 'inputStream', 'getInputStream', 'getJson', 'receiveJson', 'stringAsync', 'jsonAsync', 'streamAsync', 'throw', 'raiseForStatus', 'decode', 'pages', 'all', 'items',
]);
/** Conversions and roundings: what comes out is the same value. */
const CONVERSIONS = new Set([
  'get', 'getOrNull', 'orNull', 'unwrap', 'unwrapOr', 'unwrapOrDefault', 'expect', 'asDouble', 'asLong', 'asInt', 'asFloat', 'asNumber', 'asF64', 'asI64', 'asText', 'asString', 'asDecimal', 'doubleValue', 'longValue', 'intValue', 'floatValue', 'toDouble', 'toFloat',
  'toLong', 'toInt', 'toF', 'toI', 'toD', 'toR', 'toS', 'toNumber', 'toString', 'valueOf', 'double', 'decimal', 'int64', 'round', 'floor', 'ceil', 'trunc', 'truncate', 'abs', 'toBigDecimal', 'toDecimal', 'float64', 'cloned', 'copied', 'clone',
  'asBigDecimal', 'bigDecimalValue', 'decimalValue', 'toFixed', 'orElseThrow', 'asArray', 'asJsonArray', 'enumerateArray', 'jsonPrimitive', 'asJsonPrimitive', 'asDoubleOrNull', 'toDoubleOrNull', 'orDefault', 'orEmpty', 'getDouble', 'roundToLong', 'roundToInt',
]);
/** `.Value` of C#'s and `.value()` of Java's optional values; elsewhere it is a field. */
const WRAPPED = new Set(['csharp', 'java', 'kotlin']);

/** The path without what surrounds the answer; a list's first step is `ELEMENT`. */
export function pathInside(path: readonly Step[], operation: string | undefined, languageId: string): readonly Step[] {
  let first = 0;
  let isElement = false;
  for (let step = path[first]; step !== undefined; step = path[++first]) {
    if (isElementStep(step)) isElement = true;
    else if (!AROUND.has(step) && !CONVERSIONS.has(step) && !(step === 'subscription' && path.length > first + 1 && operation !== undefined)) break;
  }
  const rest = path.slice(first).map((step) => (isElementStep(step) ? ELEMENT : step))
    .filter((step, index) => index === 0 || !(CONVERSIONS.has(step) || (step === 'value' && WRAPPED.has(languageId))));
  return isElement && operation !== undefined && /(?:^|\.)list\w*$/.test(operation) ? [ELEMENT, ...rest] : rest;
}

function isElementStep(step: Step): boolean {
  return step === ELEMENT || /^#?\d+$/.test(step);
}

/** The names of a path: elements are what their list is. */
export function namesOf(path: readonly Step[]): readonly string[] {
  return path.filter((step) => step !== ELEMENT);
}
