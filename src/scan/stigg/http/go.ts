import { canonical } from '../../ir/names.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { QueryParameter, RequestBody } from '../request.js';
import type { HttpClient, HttpDraft } from './draft.js';
import { contentOf, queryIn } from './goValues.js';
import { addHeaderLine } from './goEdits.js';
import { followedHistoryOf, type Followed } from './goHelpers.js';
import { headersOf, namedHeader, NO_HEADERS, type HeaderList } from './headers.js';
import { historyOf, type History } from './history.js';
import { LazyDraft } from './lazy.js';
import { restyDraft } from './resty.js';
import { methodIn, verbOf } from './verbs.js';

/** What may get a request without changing its headers. */
const HARMLESS = /^(?:Do|RoundTrip|DumpRequest|DumpRequestOut|Print|Printf|Println|Errorf|GetCurlCommand)$/;
/** A round tripper, or a transport that is none of the standard library's: it may set headers. */
const TRANSPORT = /\bRoundTrip\(|\bTransport ?[:=] {0,20}(?!&?http\.(?:Default)?Transport\b)[&\w]/;

/** net/http and resty. */
export const goHttp: HttpClient = { languages: ['go'], trace: /net\/http|resty/, draft };

function draft(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
  const values = call.arguments.map(({ value }) => value);
  if (name === 'NewRequest' && values.length === 3) return requestDraft(call, values, code);
  if (name === 'NewRequestWithContext' && values.length === 4) return requestDraft(call, values.slice(1), code);
  if (callee.kind !== 'member' || verbOf(name) === undefined && !/^(?:PostForm|Execute)$/.test(name)) return undefined;
  return restyDraft(call, callee, code) ?? (canonical(name) === 'execute' ? undefined : shortcutDraft(call, callee.object, name, values, code));
}

/** `http.NewRequest(method, url, body)` with what is done to the request later. */
function requestDraft(call: CallNode, [method, url, content]: readonly IrNode[], code: Code): HttpDraft | undefined {
  if (url === undefined) return undefined;
  let known: Followed | undefined;
  const history = (): Followed => (known ??= followedHistoryOf(call, code));
  return new LazyDraft({
    call,
    address: () => [url],
    method: () => {
      const assigned = history().actions.findLast(({ path, isAssignment }) => isAssignment && path.join('.') === 'method');
      return methodIn(assigned?.values[0] ?? method, code);
    },
    headers: () => headersOf(history().actions, code),
    body: () => bodyOf(content, history(), code),
    isOpen: () => history().isHandedOn || code.says(TRANSPORT) || history().givenTo.some((given) => !isHarmless(given)),
    mayAdd: () => !isPlainClient(history(), code),
    query: () => [...queryIn(url, code), ...queryOf(history(), code)],
    answer: () => history().givenHere.find((given) => isNamed(given, /^Do$/)),
    addHeader: (name, value, headers) => addHeaderLine(call, headers, { name, value }, code),
  }, code);
}

/** `http.Post(url, contentType, body)`, `client.Get(url)`: no header can be set. */
function shortcutDraft(call: CallNode, client: IrNode, name: string, values: readonly IrNode[], code: Code): HttpDraft | undefined {
  const [url, type, content] = values;
  if (url === undefined || values.length !== (name === 'Post' ? 3 : name === 'PostForm' ? 2 : 1)) return undefined;
  const headers: HeaderList = name !== 'Post' || type === undefined ? NO_HEADERS : { ...NO_HEADERS, sources: [namedHeader('Content-Type', type, type)] };
  const isForm = name === 'PostForm';
  return new LazyDraft({
    call,
    address: () => [url],
    method: () => (isForm ? 'POST' : verbOf(name)),
    headers: () => headers,
    body: () => (isForm ? { value: type, form: 'form' } : content === undefined || isNothing(content) ? undefined : { value: contentOf(content, code), form: 'text' }),
    isOpen: () => code.says(TRANSPORT),
    mayAdd: () => unwrap(client).kind !== 'name' || code.slice(client) !== 'http',
    query: () => queryIn(url, code),
  }, code);
}

function bodyOf(content: IrNode | undefined, { actions }: History, code: Code): RequestBody | undefined {
  const assigned = actions.findLast(({ path, isAssignment }) => isAssignment && path.join('.') === 'body')?.values[0];
  const value = assigned ?? content;
  return value === undefined || isNothing(value) ? undefined : { value: contentOf(value, code), form: 'text' };
}

function isNothing(value: IrNode): boolean {
  const node = unwrap(value);
  return (node.kind === 'name' && node.name === 'nil') || (node.kind === 'member' && node.name === 'NoBody');
}

/** `q := req.URL.Query(); q.Set("limit", "100")` */
function queryOf({ actions }: History, code: Code): QueryParameter[] {
  return actions.flatMap(({ path, node }) => (path.join('.') === 'url.query' ? parametersSet(historyOf(node, code), code) : []));
}

function parametersSet({ actions }: History, code: Code): QueryParameter[] {
  return actions.flatMap(({ path, values: [name, value] }): QueryParameter[] => (path.length === 1 && /^(?:set|add)$/.test(path[0] ?? '') && name !== undefined && value !== undefined ? [{ name: code.textOf(name), value }] : []));
}

function isHarmless(call: CallNode): boolean {
  return isNamed(call, HARMLESS);
}

function isNamed(call: CallNode, names: RegExp): boolean {
  const callee = unwrap(call.callee);
  return callee.kind === 'member' && names.test(callee.name);
}

/** The request goes through a client that is made there without anything that could add headers. */
function isPlainClient({ givenTo }: History, code: Code): boolean {
  return givenTo.some((call) => {
    const callee = unwrap(call.callee);
    if (callee.kind !== 'member' || callee.name !== 'Do') return false;
    if (/^(?:http\.DefaultClient|\(?&?http\.Client\s*\{)/.test(code.slice(callee.object))) return true;
    return code.tracer.origins(callee.object).every(({ node, path }) => path.length === 0 && ((node.kind === 'object' && node.type === 'http.Client') || /^new\(http\.Client\)$/.test(code.slice(node))));
  });
}

