import type { CallNode, IrNode, MemberNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import { clientOf, type ClientFacts } from './clients.js';
import type { HttpDraft } from './draft.js';
import { headersIn, headersOf, joined, NO_HEADERS, type HeaderList } from './headers.js';
import { historyOf, type Action, type History } from './history.js';
import { addLine, addLink } from './jvmBuilders.js';
import { serialised } from './jvmBodies.js';
import { urlIn } from './jvmUrls.js';
import { LazyDraft } from './lazy.js';
import { methodIn, verbOf } from './verbs.js';

const INTERCEPTOR = /[iI]nterceptor|ExchangeFilterFunction|requestInitializer|defaultRequest\(/;
const TEMPLATE = /^(get|post|patch)For(?:Object|Entity|Location)$|^(put|delete|exchange|headForHeaders)$/;

/** WebClient and RestClient: `client.post().uri("/path").header("a", "b").bodyValue(x)`; the call is that of `uri`. */
export function springChainDraft(call: CallNode, { object }: MemberNode, code: Code): HttpDraft | undefined {
  const begun = unwrap(object);
  if (begun.kind !== 'call') return undefined;
  const callee = unwrap(begun.callee);
  if (callee.kind !== 'member') return undefined;
  const [method] = begun.arguments.map(({ value }) => value);
  const isMethod = callee.name === 'method' && method !== undefined;
  const verb = verbOf(callee.name);
  const [url] = call.arguments.map(({ value }) => value);
  if ((!isMethod && (verb === undefined || method !== undefined)) || url === undefined) return undefined;
  let known: History | undefined;
  const history = (): History => (known ??= historyOf(call, code));
  let facts: ClientFacts | undefined;
  const client = (): ClientFacts => (facts ??= clientOf(callee.object, code));
  return new LazyDraft({
    call,
    address: () => [...client().actions.flatMap(({ path, values }) => (path.join('.') === 'baseUrl' ? values : [])), ...madeWith(client()), ...urlIn(url, code).address],
    method: () => (isMethod ? methodIn(method, code) : verb),
    headers: () => joined([clientHeaders(client().actions, code), headersOf(history().actions, code)]),
    body: () => bodyOf(history().actions, code),
    isOpen: () => history().isHandedOn || code.says(INTERCEPTOR) || client().actions.some(({ path }) => /^(?:filters?|requestInterceptors?|apply)$/.test(path.join('.'))),
    mayAdd: () => !client().isMade,
    query: () => urlIn(url, code).query,
    addHeader: (name, value, { setters }) => addLink(call, setters.filter(({ node }) => node.start === call.start), { name, value }, 'header', code),
  }, code);
}

/** `WebClient.create("https://…")` */
function madeWith({ arguments: given, actions }: ClientFacts): readonly IrNode[] {
  return actions.some(({ path }) => path.join('.') === 'baseUrl') ? [] : given.filter((value) => unwrap(value).kind !== 'function').slice(0, 1);
}

function clientHeaders(actions: readonly Action[], code: Code): HeaderList {
  return { ...headersOf(actions.filter(({ path }) => /^defaultHeaders?$/.test(path.join('.'))), code), setters: [] };
}

function bodyOf(actions: readonly Action[], code: Code): RequestBody | undefined {
  const value = actions.findLast(({ path }) => /^(?:body|bodyValue|syncBody)$/.test(path.join('.')))?.values[0];
  if (value === undefined) return undefined;
  const node = unwrap(value);
  const inserted = node.kind === 'call' ? calleeText(unwrap(node.callee)) : '';
  if (/fromFormData|fromMultipartData/.test(code.slice(value))) return { value: undefined, form: 'form' };
  const [inner] = node.kind === 'call' && /(?:BodyInserters\.from\w+|Mono\.just|fromValue)$/.test(inserted) ? node.arguments : [];
  return serialised(inner?.value ?? value, code);
}

/** RestTemplate: `postForObject(url, entity, …)`, `exchange(url, HttpMethod.POST, entity, …)`. */
export function templateDraft(call: CallNode, callee: MemberNode, code: Code): HttpDraft | undefined {
  const found = TEMPLATE.exec(callee.name);
  const values = call.arguments.map(({ value }) => value);
  const [url, second, third] = values;
  if (found === null || url === undefined || !code.says(/RestTemplate|restTemplate|HttpEntity/)) return undefined;
  const isExchange = callee.name === 'exchange';
  if (isExchange && third === undefined) return undefined;
  const verb = isExchange ? undefined : verbOf((found[1] ?? found[2] ?? '').replace(/ForHeaders$/, ''));
  const hasBody = isExchange || verb === 'POST' || verb === 'PUT' || verb === 'PATCH';
  const entity = !hasBody ? undefined : isExchange ? third : second;
  const parts = (): Entity => entityOf(entity, code);
  return new LazyDraft({
    call,
    address: () => urlIn(url, code).address,
    method: () => (isExchange ? methodIn(second, code) : verb),
    headers: () => parts().headers,
    body: () => parts().body,
    isOpen: () => code.says(INTERCEPTOR),
    query: () => urlIn(url, code).query,
    addHeader: (name, value, { setters }) => addLine(call, setters, { name, value }, 'set', code),
  }, code);
}

interface Entity {
  readonly body: RequestBody | undefined;
  readonly headers: HeaderList;
}

/** `new HttpEntity<>(body, headers)`, a body of its own, or an entity from elsewhere. */
function entityOf(entity: IrNode | undefined, code: Code): Entity {
  if (entity === undefined || (unwrap(entity).kind === 'name' && /^(?:null|EMPTY)$/.test(code.slice(entity)))) return { body: undefined, headers: NO_HEADERS };
  const origins = code.tracer.origins(entity, (node) => node.kind === 'call' && code.tracer.functionOf(node) === undefined);
  const [origin, other] = origins;
  const made = origin?.node.kind === 'call' && origin.path.length === 0 && other === undefined ? origin.node : undefined;
  if (made === undefined || !calleeText(unwrap(made.callee)).includes('HttpEntity')) {
    const isUnknown = origins.some(({ node }) => node.kind === 'name' && /entity|request/i.test(node.name));
    return { body: serialised(entity, code), headers: isUnknown ? { ...NO_HEADERS, isOpen: true } : NO_HEADERS };
  }
  const [first, second] = made.arguments.map(({ value }) => value);
  // With one argument that may be the headers alone.
  const isAlone = second === undefined && first !== undefined && /headers/i.test(code.slice(first));
  const headers = isAlone ? first : second;
  const isEmpty = first === undefined || isAlone || (unwrap(first).kind === 'name' && code.slice(first) === 'null');
  return { body: isEmpty ? undefined : serialised(first, code), headers: headers === undefined ? NO_HEADERS : headersIn(headers, code) };
}
