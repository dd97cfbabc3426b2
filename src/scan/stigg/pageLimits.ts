import { plainText } from '../ir/access.js';
import { canonical } from '../ir/names.js';
import type { CallNode, IrNode } from '../ir/node.js';
import { calleeText, partsOf } from '../ir/objects.js';
import { PathTree } from '../ir/pathTree.js';
import { UNKNOWN } from '../ir/texts.js';
import { unwrap, walk } from '../ir/walk.js';
import type { Span } from '../languages/language.js';
import type { Code } from './code.js';
import { constantNumber } from './constants.js';
import { PAGED } from '../../endpoints.js';
import type { StiggFacts } from './facts.js';
import type { StiggRequest } from './request.js';

/** The size of a page that a list is asked for. */
export interface PageLimit {
  readonly value: number;
  /** Where it is given to the call. */
  readonly place: Span;
  /** Where the number is written out. */
  readonly literal: Span;
}

const LIMIT = 'limit';
const TREE = new PathTree<string>().add(LIMIT, LIMIT);
/** Calls that make a query of an object. */
const QUERIES = /(?:^|[.:])(?:URLSearchParams|http_build_query|urlencode|encode_www_form|to_query|QueryString\.Create|QueryHelpers\.AddQueryString|AddQueryString|stringify|QueryParams)$/;
/** Objects that a query is put into, by the names that such a thing has. */
const HOLDER = /searchparams|query|params|^q$/i;
const MOST_NODES = 400;
/** What a chain of calls is made of. */
const CHAINED: ReadonlySet<IrNode['kind']> = new Set(['call', 'member', 'wrapped']);

/** The constant limits of the lists that are asked for: by calls of SDKs, requests and commands. Of a place that several share each comes once per use. */
export function* pageLimits({ code, sdkCalls, requests, commands }: StiggFacts): Iterable<PageLimit> {
  for (const { node, surface, name } of sdkCalls) {
    if (surface !== 'rest' || !PAGED.has(name)) continue;
    for (const { value } of code.fields.ofArguments(node, TREE)) yield* limitAt(value, code);
  }
  for (const { name, input } of commands) {
    if (PAGED.has(name)) for (const { value } of code.fields.inside(input, TREE)) yield* limitAt(value, code);
  }
  for (const request of requests) if (isPaged(request)) yield* limitsOf(request, code);
}

/** A list, or something of which no more is known than that it is read page by page. */
function isPaged({ surface, method, endpoint, path }: StiggRequest): boolean {
  if (surface !== 'rest' || (method !== undefined && method !== 'GET')) return false;
  return endpoint === undefined ? path.includes(UNKNOWN) : PAGED.has(endpoint.operation);
}

function* limitsOf(request: StiggRequest, code: Code): Iterable<PageLimit> {
  for (const { name, value } of request.parameters) if (canonical(name) === LIMIT) yield* limitAt(value, code);
  const { call } = request;
  for (const [name, text] of request.query) {
    if (name !== LIMIT || !/^\d{1,9}$/.test(text)) continue;
    const place = writtenIn(reachOf(request), text, code);
    if (place !== undefined) yield { value: Number(text), place, literal: place };
    else if (call !== undefined) yield* filledIn(call, code);
  }
  if (call !== undefined) yield* queryLimits(call, code);
}

function* limitAt(value: IrNode, code: Code): Iterable<PageLimit> {
  const found = constantNumber(value, code);
  if (found === undefined) return;
  const { literal } = found;
  // The number itself, as long as it stands there.
  const isInside = literal.start >= value.start && literal.end <= value.end;
  yield { value: found.value, place: isInside ? literal : value, literal };
}

/** A builder's request is its first call; what it is given stands in the calls behind. */
function reachOf({ start, end, call }: StiggRequest): Span {
  let outer: IrNode | undefined = call;
  while (outer?.parent !== undefined && CHAINED.has(outer.parent.kind)) outer = outer.parent;
  return { start, end: Math.max(end, outer?.end ?? end) };
}

/** Where the URL has that limit: in the request, also as HTTPie's `limit==500`, otherwise the last one before it. */
function writtenIn({ start, end }: Span, limit: string, { text, focus }: Code): Span | undefined {
  const words = `${LIMIT}=${limit}`;
  const isWhole = (at: number): boolean => /[?&]/.test(text.charAt(at - 1)) && !/\d/.test(text.charAt(at + words.length));
  const place = (at: number): Span => ({ start: at + LIMIT.length + 1, end: at + words.length });
  for (let at = text.indexOf(words, start); at !== -1 && at < end; at = text.indexOf(words, at + 1)) if (isWhole(at)) return place(at);
  const item = /(?<=[\s"'])limit==(\d{1,9})(?=["'\s]|$)/.exec(text.slice(start, end));
  if (item?.[1] === limit) return { start: start + item.index + item[0].length - limit.length, end: start + item.index + item[0].length };
  focus?.asked.everything();
  for (let at = text.lastIndexOf(words, start); at > 0; at = text.lastIndexOf(words, at - 1)) if (isWhole(at)) return place(at);
  return undefined;
}

/** `?limit=${PAGE_SIZE}` */
function* filledIn(call: IrNode, code: Code): Iterable<PageLimit> {
  for (const node of some(call)) {
    if (node.kind !== 'text') continue;
    for (const [index, part] of node.parts.entries()) {
      const before = node.parts[index - 1];
      if (part.kind !== 'stretch' && before?.kind === 'stretch' && /[?&]limit=$/.test(before.value)) yield* limitAt(part, code);
    }
  }
}

/** Queries that are made apart from the URL, and put into it as a whole. */
function* queryLimits(call: IrNode, code: Code): Iterable<PageLimit> {
  for (const node of some(call)) {
    if (node.kind === 'call') yield* madeQuery(node, code);
    if (node.kind !== 'name') continue;
    yield* putIn(node, code);
    const origin = code.tracer.sole(node);
    if (origin?.kind === 'call') yield* madeQuery(origin, code);
  }
}

function* madeQuery(call: CallNode, code: Code): Iterable<PageLimit> {
  if (!QUERIES.test(calleeText(unwrap(call.callee)))) return;
  for (const { value } of call.arguments) {
    const isObject = partsOf(value) !== undefined || unwrap(value).kind === 'name';
    if (isObject) for (const field of code.fields.inside(value, TREE)) yield* limitAt(field.value, code);
  }
}

/** `url.searchParams.set('limit', '500')`, `query.Set("limit", "500")` */
function* putIn(node: IrNode & { readonly kind: 'name' }, code: Code): Iterable<PageLimit> {
  for (const { steps, value, node: write } of code.writes.to(node, code.scopes)) {
    if (value === undefined) continue;
    const holder = steps.length > 1 ? steps.at(-2) ?? '' : node.name;
    if (!HOLDER.test(holder)) continue;
    if (steps.at(-1) === LIMIT) yield* limitAt(value, code);
    // `append` adds a pair here.
    const [name, limit] = write.kind === 'call' ? write.arguments : [];
    if (name !== undefined && limit?.value === value && plainText(name.value) === LIMIT) yield* limitAt(value, code);
  }
}

function* some(root: IrNode): Iterable<IrNode> {
  let left = MOST_NODES;
  for (const node of walk(root)) {
    if (left-- <= 0) return;
    yield node;
  }
}
