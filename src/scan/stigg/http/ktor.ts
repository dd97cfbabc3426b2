import type { TextEdit } from '../../finding.js';
import type { CallNode, FunctionNode, IrNode, MemberNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderValue, RequestBody } from '../request.js';
import { clientOf, type ClientFacts } from './clients.js';
import type { HttpDraft } from './draft.js';
import { headersOf, joined, type HeaderList } from './headers.js';
import { actionsInside, type Action } from './history.js';
import { queryOf, urlIn } from './jvmUrls.js';
import { LazyDraft } from './lazy.js';
import { statementBelow } from './statements.js';
import { valueExpression } from './values.js';
import { methodIn, verbOf } from './verbs.js';

/** A request's function may take it on: what these do to the headers cannot be seen. */
const PLUGIN = /createClientPlugin|HttpSend\)|\.intercept\(|HttpRequestPipeline|requestPipeline/;

/** Ktor: `client.post(url) { header("a", "b"); setBody(x) }`; undefined for any other call. */
export function ktorDraft(call: CallNode, callee: MemberNode, code: Code): HttpDraft | undefined {
  const verb = verbOf(callee.name);
  if ((verb === undefined && !/^(?:request|prepareRequest|prepareGet|preparePost)$/.test(callee.name)) || !code.isWritten('ktor')) return undefined;
  const values = call.arguments.map(({ value }) => value);
  const last = values.at(-1) === undefined ? undefined : unwrap(values.at(-1) ?? call);
  const lambda = last?.kind === 'function' ? last : undefined;
  const given = lambda === undefined ? values : values.slice(0, -1);
  if (given.length > 1 || (given.length === 0 && lambda === undefined)) return undefined;
  let known: readonly Action[] | undefined;
  const actions = (): readonly Action[] => (known ??= lambda === undefined ? [] : actionsInside(lambda, code));
  let facts: ClientFacts | undefined;
  const client = (): ClientFacts => (facts ??= clientOf(callee.object, code));
  const defaults = (): readonly Action[] => defaultsOf(client(), code);
  const url = (): readonly IrNode[] => {
    const own = given[0] ?? actions().findLast(({ path }) => path.join('.') === 'url')?.values[0];
    return own === undefined ? [] : urlIn(own, code).address;
  };
  return new LazyDraft({
    call,
    address: () => [...defaults().flatMap(({ path, values: set }) => (path.join('.') === 'url' ? set : [])), ...url()],
    method: () => {
      const stated = actions().findLast(({ path, isAssignment }) => isAssignment && path.join('.') === 'method')?.values[0];
      return stated === undefined ? verb ?? verbOf(callee.name.replace('prepare', '')) ?? 'GET' : methodIn(stated, code);
    },
    headers: () => joined([{ ...headersOf(defaults(), code), setters: [] }, headersOf(actions(), code)]),
    body: () => bodyOf(actions()),
    isOpen: () => code.says(PLUGIN) || hidesHeaders(actions(), code),
    mayAdd: () => !client().isMade,
    query: () => queryOf(actions(), code),
    addHeader: (name, value, headers) => (lambda === undefined ? undefined : addCall(lambda, headers, { name, value }, code)),
  }, code);
}

/** What `defaultRequest { … }` and `install(DefaultRequest) { … }` do to every request. */
function defaultsOf({ arguments: given, actions }: ClientFacts, code: Code): readonly Action[] {
  const all = [...actions, ...given.flatMap((value) => {
    const fn = unwrap(value);
    return fn.kind === 'function' ? actionsInside(fn, code) : [];
  })];
  return all.flatMap(({ path, values }) => {
    const [first] = values;
    const isDefault = path.join('.') === 'defaultRequest' || (path.join('.') === 'install' && first !== undefined && code.slice(first) === 'DefaultRequest');
    const fn = values.at(-1) === undefined ? undefined : unwrap(values.at(-1) ?? first ?? { kind: 'name', name: '', start: 0, end: 0 });
    return isDefault && fn?.kind === 'function' ? actionsInside(fn, code) : [];
  });
}

/** A function of the program that is called inside may set headers: `stiggHeaders()`. */
function hidesHeaders(actions: readonly Action[], code: Code): boolean {
  return actions.some(({ path, node }) => path.length === 1 && node.kind === 'call' && (/headers?$|auth/i.test(path[0] ?? '') || code.tracer.functionOf(node) !== undefined) && !/^(?:headers?|accept|bearerAuth|basicAuth)$/.test(path[0] ?? ''));
}

function bodyOf(actions: readonly Action[]): RequestBody | undefined {
  const value = actions.findLast(({ path, isAssignment }) => path.join('.') === 'setBody' || (isAssignment && path.join('.') === 'body'))?.values[0];
  if (value === undefined) return undefined;
  const node = unwrap(value);
  const callee = node.kind === 'call' ? unwrap(node.callee) : undefined;
  const isForm = callee !== undefined && 'name' in callee && /^(?:FormDataContent|MultiPartFormDataContent)$/.test(String(callee.name));
  return isForm ? { value: undefined, form: 'form' } : { value, form: 'text' };
}

/** Below the last call that sets a header, in a line of its own; in a lambda without one, before its first statement. */
function addCall(lambda: FunctionNode, { setters }: HeaderList, { name, value }: { readonly name: string; readonly value: HeaderValue }, code: Code): TextEdit[] | undefined {
  const written = valueExpression(value, code);
  if (written === undefined) return undefined;
  const statement = `header("${name}", ${written.expression})`;
  const last = setters.findLast(({ node, path }) => path.length === 1 && node.start > lambda.start && node.end < lambda.end)?.node;
  const [first] = lambda.body;
  if (last !== undefined) {
    const edits = statementBelow(last, statement, code);
    return edits === undefined ? undefined : [...written.edits, ...edits];
  }
  if (first === undefined) return undefined;
  const between = code.text.slice(lambda.start + 1, first.start);
  return /^\s+$/.test(between) ? [...written.edits, { start: first.start, end: first.start, text: `${statement}${between.includes('\n') ? between.slice(between.lastIndexOf('\n')) : '; '}` }] : undefined;
}
