import type { CallNode, IrNode, MemberNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import { clientOf, type ClientFacts } from './clients.js';
import { bodyOfContent, contentTypeOf, contentIn, addToMessage } from './csharpContent.js';
import { flurlDraft } from './flurl.js';
import type { HttpClient, HttpDraft } from './draft.js';
import { headersIn, headersOf, joined, NO_HEADERS, type HeaderList } from './headers.js';
import { historyOf, type History } from './history.js';
import { LazyDraft } from './lazy.js';
import { restSharpDraft } from './restSharp.js';
import { methodIn, verbOf } from './verbs.js';
import { initialValues } from './initial.js';

/** A handler sees every request before it is sent. */
const HANDLER = /: ?(?:DelegatingHandler|HttpClientHandler|MessageProcessingHandler)\b|AddHttpMessageHandler/;
const SHORTCUT = /^(Get|Post|Put|Patch|Delete)(?:(AsJson)|(?:String|ByteArray|Stream|FromJson)?)Async$/;
const SENDS = /^(?:SendAsync|Send)$/;
const HARMLESS = /^(?:SendAsync|Send|WriteLine|LogInformation|LogDebug|LogTrace|LogWarning|LogError)$/;

/** HttpClient, RestSharp and Flurl. */
export const csharpHttp: HttpClient = { languages: ['csharp'], trace: /Http|Rest(?:Client|Request)|Flurl/, draft };

function draft(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  const values = call.arguments.map(({ value }) => value);
  if (call.isNew) {
    const type = calleeText(callee).split('.').at(-1);
    if (type === 'HttpRequestMessage') return messageDraft(call, call, values, code);
    return type === 'RestRequest' ? restSharpDraft(call, values, code) : undefined;
  }
  if (callee.kind !== 'member') return undefined;
  const [first] = values;
  if (first !== undefined && SENDS.test(callee.name)) return sentDraft(call, first, code);
  return shortcutDraft(call, callee, values, code) ?? flurlDraft(call, callee, values, code);
}

/** `new HttpRequestMessage { Method = …, RequestUri = … }` is an object, so that it is reported where it is sent. */
function sentDraft(call: CallNode, message: IrNode, code: Code): HttpDraft | undefined {
  const node = unwrap(message);
  const made = node.kind === 'object' ? node : node.kind === 'name' ? code.tracer.sole(node) : undefined;
  return made?.kind === 'object' && /(?:^|\.)HttpRequestMessage$/.test(made.type ?? '') ? messageDraft(call, made, [made], code) : undefined;
}

function messageDraft(call: CallNode, made: IrNode, values: readonly IrNode[], code: Code): HttpDraft {
  let known: History | undefined;
  const history = (): History => (known ??= historyOf(made, code));
  const initial = initialValues(values);
  const [method, url] = values.filter((value) => unwrap(value).kind !== 'object');
  const assigned = (name: string): IrNode | undefined => history().actions.findLast(({ path, isAssignment }) => isAssignment && path.join('.') === name)?.values[0] ?? initial.get(name);
  const sender = (): CallNode | undefined => (made === call ? history().givenTo.find((given) => isNamed(given, SENDS)) : call);
  let facts: ClientFacts | undefined;
  const client = (): ClientFacts => (facts ??= senderOf(sender(), code));
  const content = (): IrNode | undefined => assigned('content');
  return new LazyDraft({
    call,
    address: () => {
      const own = url ?? assigned('requestUri');
      return own === undefined ? [] : isWhole(own, code) ? [own] : [...baseOf(client()), own];
    },
    method: () => {
      const stated = method ?? assigned('method');
      return stated === undefined ? 'GET' : methodIn(stated, code);
    },
    headers: () => joined([defaults(client(), code), initialHeaders(initial, code), headersOf(history().actions, code), contentTypeOf(content(), code)]),
    body: () => bodyOfContent(content(), code),
    isOpen: () => history().isHandedOn || code.says(HANDLER) || history().givenTo.some((given) => !isNamed(given, HARMLESS)),
    mayAdd: () => !client().isMade,
    answer: () => sender(),
    addHeader: (name, value, headers) => addToMessage(call, { name, value }, { headers, content: content(), initial }, code),
  }, code);
}

/** `client.PostAsync(url, content)` and the like. */
function shortcutDraft(call: CallNode, callee: MemberNode, values: readonly IrNode[], code: Code): HttpDraft | undefined {
  const found = SHORTCUT.exec(callee.name);
  const verb = verbOf(found?.[1] ?? '');
  const [url, content] = values;
  if (found === null || verb === undefined || url === undefined) return undefined;
  const isJson = found[2] !== undefined;
  const hasBody = verb === 'POST' || verb === 'PUT' || verb === 'PATCH';
  let facts: ClientFacts | undefined;
  const client = (): ClientFacts => (facts ??= clientOf(callee.object, code));
  return new LazyDraft({
    call,
    address: () => (isWhole(url, code) ? [url] : [...baseOf(client()), url]),
    method: () => verb,
    headers: () => joined([defaults(client(), code), hasBody && !isJson ? contentTypeOf(content, code) : NO_HEADERS]),
    body: () => (!hasBody || content === undefined ? undefined : isJson ? { value: content, form: 'json' } : bodyOfContent(content, code)),
    isOpen: () => code.says(HANDLER),
    mayAdd: () => !client().isMade,
    // Only what is said of the content can be said in such a call.
    addHeader: (name, value) => contentIn(content, { name, value }, code),
  }, code);
}

/** The client that sends the message. */
function senderOf(call: CallNode | undefined, code: Code): ClientFacts {
  const callee = call === undefined ? undefined : unwrap(call.callee);
  return callee?.kind === 'member' ? clientOf(callee.object, code) : { actions: [], objects: [], arguments: [], isMade: false };
}

/** `BaseAddress`, wherever it is set. */
function baseOf({ actions, objects }: ClientFacts): IrNode[] {
  const assigned = actions.flatMap(({ path, values }) => (path.join('.') === 'baseAddress' ? values : []));
  const initial = initialValues(objects).get('baseAddress');
  const base = assigned.at(-1) ?? initial;
  return base === undefined ? [] : [base];
}

/** `DefaultRequestHeaders`, wherever they are set. */
function defaults({ actions, objects }: ClientFacts, code: Code): HeaderList {
  const initial = initialValues(objects).get('defaultRequestHeaders');
  return { ...joined([initial === undefined ? NO_HEADERS : headersIn(initial, code), headersOf(actions.filter(({ path }) => path[0] === 'defaultRequestHeaders'), code)]), setters: [] };
}

function initialHeaders(initial: ReadonlyMap<string, IrNode>, code: Code): HeaderList {
  const headers = initial.get('headers');
  return headers === undefined ? NO_HEADERS : headersIn(headers, code);
}

function isWhole(url: IrNode, code: Code): boolean {
  return /^[a-z]+:\/\//i.test(code.textOf(url));
}

function isNamed(call: CallNode, names: RegExp): boolean {
  const callee = unwrap(call.callee);
  return callee.kind === 'member' && names.test(callee.name);
}
