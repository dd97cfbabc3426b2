import type { CallNode, IrNode, MemberNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HttpDraft } from './draft.js';
import { headersOf } from './headers.js';
import { actionsInside, historyOf, type Action, type History } from './history.js';
import { addLine } from './jvmBuilders.js';
import { LazyDraft } from './lazy.js';
import { methodIn } from './verbs.js';

/** `(HttpURLConnection) new URL("…").openConnection()` with what is done to the connection. */
export function connectionDraft(call: CallNode, callee: MemberNode, code: Code): HttpDraft {
  let known: History | undefined;
  const history = (): History => (known ??= connected(call, code));
  const last = (set: string, assigned: string): IrNode | undefined => history().actions.findLast(({ path }) => path.length === 1 && (path[0] === set || path[0] === assigned))?.values[0];
  const isOutput = (): boolean => history().actions.some(({ path }) => /^(?:setDoOutput|doOutput|getOutputStream|outputStream)$/.test(path[0] ?? ''));
  return new LazyDraft({
    call,
    address: () => [urlOf(callee.object)],
    method: () => {
      const stated = last('setRequestMethod', 'requestMethod');
      return stated === undefined ? (isOutput() ? 'POST' : 'GET') : methodIn(stated, code);
    },
    headers: () => headersOf(history().actions, code),
    body: () => (isOutput() ? bodyOf(history().actions, code) : undefined),
    isOpen: () => history().isHandedOn || history().givenTo.some((given) => !given.isNew && !isReader(given) && !readsAnswer(given)),
    // What is sent is what is set.
    mayAdd: () => false,
    addHeader: (name, value, { setters }) => addLine(call, setters, { name, value }, 'setRequestProperty', code),
  }, code);
}

/** Without `toURL()`. */
function urlOf(expression: IrNode): IrNode {
  const node = unwrap(expression);
  const callee = node.kind === 'call' ? unwrap(node.callee) : undefined;
  return callee?.kind === 'member' && callee.name === 'toURL' ? callee.object : node;
}

/** Kotlin: `with(url.openConnection() as HttpURLConnection) { … }` */
function connected(call: CallNode, code: Code): History {
  const history = historyOf(call, code);
  const inside = history.givenTo.flatMap((given): readonly Action[] => {
    const lambda = given.arguments.at(-1)?.value;
    const fn = lambda === undefined ? undefined : unwrap(lambda);
    return isReader(given) && fn?.kind === 'function' ? actionsInside(fn, code) : [];
  });
  return { ...history, actions: [...history.actions, ...inside], givenTo: history.givenTo, isHandedOn: history.isHandedOn };
}

/** `mapper.readTree(connection.getInputStream())`: who is given the answer does nothing to the request. */
function readsAnswer({ arguments: given }: CallNode): boolean {
  return given.some(({ value }) => {
    const node = unwrap(value);
    const callee = node.kind === 'call' ? unwrap(node.callee) : undefined;
    return callee?.kind === 'member' && /^get(?:InputStream|ErrorStream|Response(?:Code|Message)|HeaderFields?|Content(?:Length|Type|Encoding)?)$/.test(callee.name);
  });
}

function isReader(call: CallNode): boolean {
  const callee = unwrap(call.callee);
  return callee.kind === 'name' && callee.name === 'with';
}

/** `conn.getOutputStream().write(body.getBytes())`, as far as it is in one expression. */
function bodyOf(actions: readonly Action[], code: Code): RequestBody {
  for (const { path, node } of actions) {
    if (!/^(?:getOutputStream|outputStream)$/.test(path[0] ?? '')) continue;
    const written = path.at(-1) === 'write' && node.kind === 'call' ? node.arguments[0]?.value : node.kind === 'call' ? historyOf(node, code).actions.find(({ path: inner }) => /^(?:write|print)$/.test(inner.at(-1) ?? ''))?.values[0] : undefined;
    if (written !== undefined) return { value: plain(written), form: 'text' };
  }
  return { value: undefined, form: 'text' };
}

function plain(expression: IrNode): IrNode {
  const node = unwrap(expression);
  const callee = node.kind === 'call' ? unwrap(node.callee) : undefined;
  return callee?.kind === 'member' && /^(?:getBytes|toByteArray|encodeToByteArray)$/.test(callee.name) ? callee.object : node;
}
