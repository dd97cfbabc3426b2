import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { QueryParameter, RequestBody } from '../request.js';
import { clientOf, type ClientFacts } from './clients.js';
import type { HttpDraft } from './draft.js';
import { headersOf, joined, type HeaderList } from './headers.js';
import { historyOf, type Action, type History } from './history.js';
import { initialValues } from './initial.js';
import { LazyDraft } from './lazy.js';
import { methodIn, verbOf } from './verbs.js';

/** What sends a request of RestSharp; its name may say the method. */
const SENDS = /^(?:Execute|ExecuteAsync|(?:Execute)?(Get|Post|Put|Patch|Delete)(?:Async)?|DownloadDataAsync)$/;
const INTERCEPTORS = /Authenticator|Interceptor|ConfigureMessageHandler/;

/** `new RestRequest("api/v1/usage", Method.Post)` with what is done to it, and the client that sends it. */
export function restSharpDraft(call: CallNode, values: readonly IrNode[], code: Code): HttpDraft | undefined {
  const initial = initialValues(values);
  const [first, second] = values.filter((value) => unwrap(value).kind !== 'object');
  let known: History | undefined;
  const history = (): History => (known ??= historyOf(call, code));
  const sender = (): CallNode | undefined => history().givenTo.find((given) => nameOf(given) !== undefined && SENDS.test(nameOf(given) ?? ''));
  let facts: ClientFacts | undefined;
  const client = (): ClientFacts => {
    const callee = sender()?.callee;
    const member = callee === undefined ? undefined : unwrap(callee);
    return (facts ??= member?.kind === 'member' ? clientOf(member.object, code) : { actions: [], objects: [], arguments: [], isMade: false });
  };
  const url = first ?? initial.get('resource');
  return new LazyDraft({
    call,
    address: () => [...bases(client(), code), ...(url === undefined ? [] : [url])],
    method: () => {
      const stated = second ?? initial.get('method') ?? history().actions.findLast(({ path, isAssignment }) => isAssignment && path.join('.') === 'method')?.values[0];
      return stated === undefined ? verbOf(SENDS.exec(nameOf(sender()) ?? '')?.[1] ?? 'GET') : methodIn(stated, code);
    },
    headers: () => joined([clientHeaders(client(), code), headersOf(history().actions, code)]),
    body: () => bodyOf(history().actions, code),
    isOpen: () => history().isHandedOn || code.says(INTERCEPTORS) || history().givenTo.some((given) => !SENDS.test(nameOf(given) ?? '')),
    mayAdd: () => !client().isMade,
    query: () => history().actions.flatMap(({ path, values: [name, value] }): QueryParameter[] => (/^add(?:Query)?Parameter$/.test(path.join('.')) && name !== undefined && value !== undefined ? [{ name: code.textOf(name), value }] : [])),
    answer: sender,
  }, code);
}

function nameOf(call: CallNode | undefined): string | undefined {
  const callee = call === undefined ? undefined : unwrap(call.callee);
  return callee?.kind === 'member' ? callee.name : undefined;
}

/** `new RestClient("https://…")`, `new RestClientOptions("https://…")`, `new RestClientOptions { BaseUrl = … }` */
function bases({ arguments: given, objects, actions }: ClientFacts, code: Code): IrNode[] {
  const found = actions.flatMap(({ path, values }) => (path.join('.') === 'baseUrl' ? values : []));
  for (const value of given) {
    const node = unwrap(value);
    const origin = node.kind === 'name' ? code.tracer.origins(node, ({ kind }) => kind === 'call')[0]?.node ?? node : node;
    if (origin.kind === 'object') continue;
    if (origin.kind === 'call' && calleeText(unwrap(origin.callee)).endsWith("RestClientOptions")) {
      const inner = origin.arguments.map((argument) => argument.value);
      const set = initialValues(inner).get('baseUrl');
      const [first] = inner;
      if (set !== undefined) found.push(set);
      else if (first !== undefined) found.push(first);
    } else {
      found.push(value);
    }
  }
  const set = initialValues([...objects, ...given.flatMap((value) => code.tracer.sole(value) ?? [])]).get('baseUrl');
  return [...(set === undefined ? [] : [set]), ...found].slice(0, 1);
}

function clientHeaders({ actions }: ClientFacts, code: Code): HeaderList {
  return { ...headersOf(actions.filter(({ path }) => /^addDefaultHeaders?$/.test(path.join('.'))), code), setters: [] };
}

function bodyOf(actions: readonly Action[], code: Code): RequestBody | undefined {
  for (const { path, values: [value, second] } of actions) {
    const name = path.join('.');
    if (value === undefined) continue;
    if (name === 'addJsonBody' || name === 'addBody') return { value, form: 'json' };
    if (name === 'addStringBody') return { value, form: second !== undefined && /json/i.test(code.slice(second)) ? 'json' : 'text' };
    // The media type goes by the name of the parameter.
    if (name === 'addParameter' && second !== undefined && code.textOf(value).startsWith("application/json")) return { value: second, form: 'json' };
  }
  return undefined;
}
