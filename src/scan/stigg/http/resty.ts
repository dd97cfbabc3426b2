import { canonical } from '../../ir/names.js';
import type { CallNode, IrNode, MemberNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { QueryParameter, RequestBody } from '../request.js';
import { clientOf, type ClientFacts } from './clients.js';
import type { HttpDraft } from './draft.js';
import { headersOf, joined } from './headers.js';
import { historyOf, startOf, type Action } from './history.js';
import { LazyDraft } from './lazy.js';
import { linkBehind } from './statements.js';
import { valueExpression } from './values.js';
import { methodIn, verbOf } from './verbs.js';

/** `client.R().SetHeader(…).SetBody(…).Post(url)`; undefined for any other call. */
export function restyDraft(call: CallNode, callee: MemberNode, code: Code): HttpDraft | undefined {
  const isExecute = callee.name === 'Execute';
  const [first, second] = call.arguments.map(({ value }) => value);
  const url = isExecute ? second : first;
  const request = requestOf(callee.object, code);
  if (request === undefined || url === undefined) return undefined;
  const client = unwrap(request.callee);
  const actions = (): readonly Action[] => historyOf(request, code).actions;
  let known: ClientFacts | undefined;
  const facts = (): ClientFacts => (known ??= client.kind === 'member' ? clientOf(client.object, code) : { actions: [], objects: [], arguments: [], isMade: false });
  const last = (name: RegExp): Action | undefined => actions().findLast(({ path }) => path.length === 1 && name.test(path[0] ?? ''));
  return new LazyDraft({
    call,
    address: () => [...facts().actions.flatMap(({ path, values }) => (/^set(?:BaseURL|BaseUrl|HostURL|HostUrl)$/.test(path.join('.')) ? values : [])), url],
    method: () => (isExecute ? methodIn(first, code) : verbOf(callee.name)),
    headers: () => joined([headersOf(facts().actions, code), headersOf(actions(), code)]),
    body: () => bodyOf(last(/^setBody$/), last(/^setFormData$/), code),
    isOpen: () => code.says(/OnBeforeRequest|SetPreRequestHook|AddRequestMiddleware/),
    mayAdd: () => !facts().isMade,
    parameters: () => actions().flatMap(({ path, values }) => (path.join('.') === 'setQueryParams' ? values : [])),
    query: () => actions().flatMap(({ path, values: [name, value] }): QueryParameter[] => (path.join('.') === 'setQueryParam' && name !== undefined && value !== undefined ? [{ name: code.textOf(name), value }] : [])),
    addHeader: (name, value, { setters }) => {
      const written = valueExpression(value, code);
      const own = setters.findLast(({ node }) => node.kind === 'call' && startOf(node) === startOf(call));
      const edits = written === undefined ? undefined : linkBehind(own?.node.kind === 'call' ? own.node : request, `SetHeader("${name}", ${written.expression})`, code);
      return edits === undefined || written === undefined ? undefined : [...written.edits, ...edits];
    },
  }, code);
}

/** The `R()` that the request starts with. */
function requestOf(object: IrNode, code: Code): CallNode | undefined {
  let node = unwrap(object);
  for (let left = 60; left > 0; left--) {
    if (node.kind === 'name') {
      const [origin, other] = code.tracer.origins(node, ({ kind }) => kind === 'call');
      if (origin?.node.kind !== 'call' || origin.path.length > 0 || other !== undefined) return undefined;
      ({ node } = origin);
      continue;
    }
    if (node.kind !== 'call') return undefined;
    const callee = unwrap(node.callee);
    if (callee.kind !== 'member') return undefined;
    if (/^(?:R|NewRequest)$/.test(callee.name) && node.arguments.length === 0) return node;
    if (!canonical(callee.name).startsWith("set")) return undefined;
    node = unwrap(callee.object);
  }
  return undefined;
}

/** resty writes the content type of what it serialises. */
function bodyOf(body: Action | undefined, form: Action | undefined, code: Code): RequestBody | undefined {
  const value = body?.values[0];
  if (value === undefined) return form === undefined ? undefined : { value: form.values[0], form: 'form' };
  const origin = code.tracer.sole(value) ?? unwrap(value);
  const isSerialised = origin.kind === 'text' || (origin.kind === 'call' && code.tracer.functionOf(origin) === undefined);
  return { value, form: isSerialised ? 'text' : 'json' };
}
