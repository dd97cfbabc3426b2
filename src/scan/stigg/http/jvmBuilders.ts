import type { TextEdit } from '../../finding.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderValue, RequestBody } from '../request.js';
import type { HttpDraft } from './draft.js';
import { headersIn, headersOf, joined, NO_HEADERS } from './headers.js';
import { historyOf, startOf, type Action, type History } from './history.js';
import { contentIn, type Content } from './jvmBodies.js';
import { urlIn, type BuiltUrl } from './jvmUrls.js';
import { LazyDraft } from './lazy.js';
import { linkAfter, linkBehind, statementBelow } from './statements.js';
import { valueExpression } from './values.js';
import { methodIn, verbOf } from './verbs.js';

const INTERCEPTOR = /addInterceptor|addNetworkInterceptor|\binterceptors\(\)|: ?Interceptor\b|implements Interceptor\b/;
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head']);
/** What a builder may be given to without being changed. */
const HARMLESS = /^(?:println|print|info|debug)$/;

/** `HttpRequest.newBuilder(uri)` and `new Request.Builder()` with what is done to the builder. */
export function builderDraft(call: CallNode, kind: 'java' | 'okhttp', code: Code): HttpDraft {
  let known: History | undefined;
  const history = (): History => (known ??= historyOf(call, code));
  const last = (names: ReadonlySet<string>): Action | undefined => history().actions.findLast(({ path }) => path.length === 1 && names.has(path[0] ?? ''));
  const verb = (): Action | undefined => last(new Set([...VERBS, 'method']));
  const url = (): BuiltUrl => {
    const set = last(new Set(['uri', 'url']))?.values[0] ?? call.arguments[0]?.value;
    return set === undefined ? { address: [], query: [] } : urlIn(set, code);
  };
  let made: Content | undefined;
  const content = (): Content => {
    const action = verb();
    return (made ??= contentIn(action?.path[0] === 'method' ? action.values[1] : action?.values[0], code));
  };
  const isGivenAway = (): boolean => history().isHandedOn || history().givenTo.some((given) => !HARMLESS.test(nameOf(given)));
  return new LazyDraft({
    call,
    address: () => url().address,
    method: () => {
      const action = verb();
      if (action === undefined) return isGivenAway() ? undefined : 'GET';
      return action.path[0] === 'method' ? methodIn(action.values[0], code) : verbOf(action.path[0] ?? '');
    },
    headers: () => joined([headersOf(history().actions, code), content().type]),
    body: () => content().body,
    isOpen: () => isGivenAway() || (kind === 'okhttp' && code.says(INTERCEPTOR)),
    // The client of the JDK adds no headers.
    mayAdd: () => kind === 'okhttp',
    query: () => url().query,
    addHeader: (name, value, { setters }) => addLink(call, setters, { name, value }, 'header', code),
  }, code);
}

/** Kotlin: `Request(url = "…".toHttpUrl(), headers = …, method = "POST", body = …)` */
export function requestDraft(call: CallNode, code: Code): HttpDraft | undefined {
  const given = (wanted: string): IrNode | undefined => call.arguments.find(({ name }) => name === wanted)?.value;
  const url = given('url');
  if (url === undefined) return undefined;
  const content = contentIn(given('body'), code);
  const headers = given('headers');
  const method = given('method');
  return new LazyDraft({
    call,
    address: () => urlIn(url, code).address,
    method: () => (method === undefined ? (content.body === undefined ? 'GET' : 'POST') : methodIn(method, code)),
    headers: () => joined([headers === undefined ? NO_HEADERS : headersIn(headers, code), content.type]),
    body: () => content.body,
    isOpen: () => code.says(INTERCEPTOR),
    query: () => urlIn(url, code).query,
  }, code);
}

/** Apache's `new HttpPost(url)`. */
export function apacheDraft(call: CallNode, name: string, code: Code): HttpDraft | undefined {
  const [url] = call.arguments.map(({ value }) => value);
  if (url === undefined) return undefined;
  let known: History | undefined;
  const history = (): History => (known ??= historyOf(call, code));
  const content = (): Content => contentIn(history().actions.findLast(({ path: [only, more] }) => more === undefined && (only === 'setEntity' || only === 'entity'))?.values[0], code);
  return new LazyDraft({
    call,
    address: () => urlIn(url, code).address,
    method: () => verbOf(name.slice('Http'.length)),
    headers: () => joined([headersOf(history().actions, code), content().type]),
    body: () => content().body,
    isOpen: () => history().isHandedOn || code.says(/RequestInterceptor|setDefaultHeaders/) || history().givenTo.some((given) => !nameOf(given).startsWith("execute")),
    query: () => urlIn(url, code).query,
    addHeader: (header, value, { setters }) => addLine(call, setters, { name: header, value }, 'setHeader', code),
  }, code);
}

/** `Unirest.post(url).header("a", "b").body(x).asJson()` */
export function unirestDraft(call: CallNode, name: string, code: Code): HttpDraft | undefined {
  const verb = verbOf(name);
  const [url] = call.arguments.map(({ value }) => value);
  if (verb === undefined || url === undefined) return undefined;
  const actions = (): readonly Action[] => historyOf(call, code).actions;
  const bodyOf = (): RequestBody | undefined => {
    const value = actions().findLast(({ path }) => path.join('.') === 'body')?.values[0];
    return value === undefined ? undefined : { value, form: 'text' };
  };
  return new LazyDraft({
    call,
    address: () => [url],
    method: () => verb,
    headers: () => headersOf(actions(), code),
    body: bodyOf,
    isOpen: () => code.isWritten('Unirest.config()'),
    query: () => actions().flatMap(({ path, values: [key, value] }) => (path.join('.') === 'queryString' && key !== undefined && value !== undefined ? [{ name: code.textOf(key), value }] : [])),
    addHeader: (header, value, { setters }) => addLink(call, setters, { name: header, value }, 'header', code),
  }, code);
}

/** Edits that add a link behind the last header of the chain that starts there, behind the URL where there is none. */
export function addLink(call: CallNode, setters: readonly Action[], { name, value }: { readonly name: string; readonly value: HeaderValue }, method: string, code: Code): TextEdit[] | undefined {
  const written = valueExpression(value, code);
  if (written === undefined) return undefined;
  const own = setters.findLast(({ node }) => node.kind === 'call' && startOf(node) === startOf(call))?.node;
  const next = linkAfter(call);
  const nextCallee = next === undefined ? undefined : unwrap(next.callee);
  const url = nextCallee?.kind === 'member' && /^(?:uri|url)$/.test(nextCallee.name) ? next : undefined;
  const edits = linkBehind(own?.kind === 'call' ? own : url ?? call, `${method}("${name}", ${written.expression})`, code);
  return edits === undefined ? undefined : [...written.edits, ...edits];
}

/** Edits that add a statement below the last one that sets a header of the variable that holds what is made there. */
export function addLine(call: CallNode, setters: readonly Action[], { name, value }: { readonly name: string; readonly value: HeaderValue }, method: string, code: Code): TextEdit[] | undefined {
  const written = valueExpression(value, code);
  const last = setters.findLast(({ node, path }) => node.kind === 'call' && path.length === 1)?.node;
  if (written === undefined || last?.kind !== 'call') return undefined;
  const callee = unwrap(last.callee);
  if (callee.kind !== 'member' || unwrap(callee.object).kind !== 'name') return undefined;
  const edits = statementBelow(last, `${code.slice(callee.object)}.${method}("${name}", ${written.expression})${code.languageId === 'java' ? ';' : ''}`, code);
  return edits === undefined ? undefined : [...written.edits, ...edits];
}

function nameOf(call: CallNode): string {
  const callee = unwrap(call.callee);
  return callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
}

