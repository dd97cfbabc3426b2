import type { CallNode, Entry, IrNode, ObjectNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap, walk } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderSource, HttpClient, HttpDraft } from './draft.js';
import { isOpenObject, properties, valuesIn } from './properties.js';

const LANGUAGES = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];
const OPTIONS = properties('headers', 'uri', 'url', 'link', 'fetchOptions', 'requestMiddleware', 'query', 'mutation', 'document', 'variables');
const MAKERS = /(?:^|\.)(?:GraphQLClient|ApolloClient|createClient|Client)$/;
const LINKS = /(?:^|\.)(?:HttpLink|createHttpLink|BatchHttpLink|createUploadLink)$/;
const SENDERS = /^(?:request|rawRequest|query|mutate|mutation)$/;

/** graphql-request, Apollo and urql: clients that are made with an address and headers, and are given documents and variables. */
export const javascriptGraphql: HttpClient = {
  languages: LANGUAGES,
  trace: /GraphQLClient|ApolloClient|graphql-request|urql/,
  draft,
};

function draft(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (call.isNew) return undefined;
  if (callee.kind === 'name') return callee.name === 'request' && code.imports.some(({ local, module }) => local === 'request' && module === 'graphql-request') ? byFunction(call, code) : undefined;
  if (callee.kind !== 'member' || !SENDERS.test(callee.name)) return undefined;
  const maker = makerOf(callee.object, code);
  return maker === undefined ? undefined : byClient(call, callee.object, maker, code);
}

/** request(url, document, variables, headers); also with one object. */
function byFunction(call: CallNode, code: Code): HttpDraft | undefined {
  const [first, second, third, fourth] = call.arguments.map(({ value }) => value);
  if (first === undefined) return undefined;
  if (second !== undefined) return drafted(call, [first], fourth === undefined ? [] : [{ kind: 'object', node: fourth }], false, payload(call, second, third));
  const own = valuesIn(first, OPTIONS, code);
  const address = own.get('url');
  const headers = own.get('headers');
  return address === undefined ? undefined : drafted(call, [address], headers === undefined ? [] : [{ kind: 'object', node: headers }], isOpenObject(first, code), payload(call, own.get('document'), own.get('variables')));
}

function byClient(call: CallNode, client: IrNode, maker: CallNode, code: Code): HttpDraft | undefined {
  const [first, second] = maker.arguments.map(({ value }) => value);
  const isPair = second !== undefined || (first !== undefined && unwrap(first).kind !== 'object');
  const link = isPair ? undefined : linkFor(maker, code);
  const options = isPair ? second : link?.arguments[0]?.value ?? first;
  const made = valuesIn(options, OPTIONS, code);
  const address = isPair ? first : made.get('uri') ?? made.get('url');
  if (address === undefined) return undefined;
  const [given, variables, extra] = call.arguments.map(({ value }) => value);
  const own = valuesIn(given, OPTIONS, code);
  const document = own.get('query') ?? own.get('mutation') ?? own.get('document') ?? given;
  const fetchOptions = made.get('fetchOptions');
  const headers: HeaderSource[] = [made.get('headers'), fetchOptions === undefined ? undefined : valuesIn(fetchOptions, OPTIONS, code).get('headers'), own.size > 0 ? undefined : extra]
    .flatMap((node): HeaderSource[] => (node === undefined ? [] : [{ kind: 'object', node }]));
  // Links and middleware may add to the headers.
  const isOpen = isOpenObject(options, code) || made.has('requestMiddleware') || code.says(/setContext|setHeaders/);
  return drafted(call, [address], [...headers, ...setOn(client, code)], isOpen, payload(call, document, own.get('variables') ?? (own.size > 0 ? undefined : variables)));
}

function drafted(call: CallNode, address: readonly IrNode[], headers: readonly HeaderSource[], isOpen: boolean, value: ObjectNode): HttpDraft {
  return { call, method: 'POST', address, headers, isOpen, body: { value, form: 'json' }, parameters: [], addHeader: () => undefined };
}

function makerOf(client: IrNode, code: Code): CallNode | undefined {
  const isMaker = (node: IrNode): boolean => node.kind === 'call' && MAKERS.test(calleeText(unwrap(node.callee)));
  for (const { node, path } of code.tracer.origins(client, isMaker)) if (path.length === 0 && node.kind === 'call' && isMaker(node)) return node;
  return undefined;
}

/** The link that sends what an Apollo client does; others may stand before it. */
function linkFor(maker: CallNode, code: Code): CallNode | undefined {
  const link = valuesIn(maker.arguments[0]?.value, OPTIONS, code).get('link');
  if (link === undefined) return undefined;
  const isLink = (node: IrNode): boolean => node.kind === 'call' && LINKS.test(calleeText(unwrap(node.callee)));
  for (const part of walk(link)) {
    if (part.kind !== 'name' && part.kind !== 'call') continue;
    for (const { node, path } of code.tracer.origins(part, isLink)) if (path.length === 0 && node.kind === 'call' && isLink(node)) return node;
  }
  return undefined;
}

/** `client.setHeader('X-API-KEY', key)` */
function setOn(client: IrNode, code: Code): HeaderSource[] {
  const name = calleeText(client);
  if (name.includes('?')) return [];
  return code.callsOfText(`${name}.setHeader`).flatMap((call): HeaderSource[] => {
    const [header, value] = call.arguments;
    const isSet = header !== undefined && value !== undefined;
    return isSet ? [{ kind: 'pair', name: header.value, value: value.value, start: call.start, end: call.end }] : [];
  });
}

/** What is sent: `{ query, variables }`. It has no parent, since the program does not write it out. */
function payload({ start, end }: CallNode, query: IrNode | undefined, variables: IrNode | undefined): ObjectNode {
  const entry = (key: string, value: IrNode | undefined): Entry[] =>
    (value === undefined ? [] : [{ key, keyStart: value.start, keyEnd: value.start, value, isSpread: false, isShorthand: false, start: value.start, end: value.end }]);
  return { kind: 'object', type: undefined, start, end, innerStart: start, innerEnd: end, entries: [...entry('query', query), ...entry('variables', variables)] };
}
