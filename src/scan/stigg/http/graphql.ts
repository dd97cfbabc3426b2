import type { CallNode, IrNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HttpClient, HttpDraft } from './draft.js';
import { calleeText } from '../../ir/objects.js';
import { isOpenObject, properties, valuesIn } from './properties.js';

const LANGUAGES = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];
const OPTIONS = properties('uri', 'url', 'headers', 'link', 'fetchOptions', 'variables', 'document');
/** Methods that send a document. */
const SENDING = /^(?:request|rawRequest|batchRequests|mutate|query|mutation)$/;
/** What makes a client, or the link that one sends by. */
const MAKERS = /(?:^|\.)(?:GraphQLClient|ApolloClient|createHttpLink|createUploadLink|HttpLink|BatchHttpLink|createClient|Client)$/;

/** Clients for GraphQL: graphql-request, Apollo, urql. All of them say that they send JSON. */
export const graphqlClients: HttpClient = {
  languages: LANGUAGES,
  trace: /graphql|apollo|urql/i,
  draft,
};

function draft(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (call.isNew) return undefined;
  // graphql-request's `request(url, document, variables)`
  if (callee.kind === 'name') return /^(?:request|rawRequest|gqlRequest)$/.test(callee.name) && call.arguments.length > 1 ? sent(call, code, call.arguments.slice(1), call.arguments[0]?.value, undefined) : undefined;
  if (callee.kind !== 'member' || !SENDING.test(callee.name)) return undefined;
  const made = makerOf(callee.object, code);
  if (made === undefined) return undefined;
  const [first] = made.arguments;
  const isPlain = calleeText(unwrap(made.callee)).endsWith('GraphQLClient');
  const options = isPlain ? made.arguments[1]?.value : first?.value;
  const own = valuesIn(options, OPTIONS, code);
  const link = own.get('link') === undefined ? undefined : linkIn(code);
  const linked = valuesIn(link?.arguments[0]?.value, OPTIONS, code);
  return sent(call, code, call.arguments, isPlain ? first?.value : own.get('uri') ?? own.get('url') ?? linked.get('uri'), link === undefined ? options : link.arguments[0]?.value);
}

function sent(call: CallNode, code: Code, given: CallNode['arguments'], address: IrNode | undefined, options: IrNode | undefined): HttpDraft | undefined {
  if (address === undefined) return undefined;
  // `mutate({ mutation, variables })`, `request({ document, variables })`, otherwise the variables come second.
  const variables = valuesIn(given[0]?.value, OPTIONS, code).get('variables') ?? given[1]?.value;
  const own = valuesIn(options, OPTIONS, code);
  const headers = [own.get('headers')].filter((node) => node !== undefined);
  return {
    call,
    method: 'POST',
    address: [address],
    headers: headers.map((node) => ({ kind: 'object', node })),
    // Links and middleware may add headers.
    isOpen: options === undefined || isOpenObject(options, code) || headers.length === 0,
    body: { value: variables, form: 'json' },
    parameters: [],
    addHeader: () => undefined,
  };
}

function makerOf(client: IrNode, code: Code): CallNode | undefined {
  const isMaker = (node: IrNode): boolean => node.kind === 'call' && MAKERS.test(calleeText(unwrap(node.callee)));
  for (const { node, path } of code.tracer.origins(client, isMaker)) if (path.length === 0 && node.kind === 'call' && isMaker(node)) return node;
  return undefined;
}

/** The link that ends at a server: chains of links are put together in many ways, and a module has one end. */
function linkIn(code: Code): CallNode | undefined {
  const links = code.calls.filter(({ callee }) => /(?:^|\.)(?:createHttpLink|createUploadLink|HttpLink|BatchHttpLink)$/.test(calleeText(unwrap(callee))));
  return links.length === 1 ? links[0] : undefined;
}
