import type { MemoryKey } from '../../ir/memory.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HttpClient, HttpDraft } from './draft.js';
import { headersOf, headersIn, joined, NO_HEADERS, type HeaderList } from './headers.js';
import { historyOf, type Action, type History } from './history.js';
import { LazyDraft } from './lazy.js';
import { linkBehind } from './statements.js';
import { valueExpression } from './values.js';
import { methodIn, verbOf } from './verbs.js';

/** What may get a request without changing its headers. */
const HARMLESS = /^(?:execute|run|dbg|println|format|Ok|Some|Box|spawn|block_on|try_join|join|timeout|retry)$/;
/** Middleware sees every request before it is sent. */
const MIDDLEWARE = /reqwest_middleware|ClientWithMiddleware|\.middleware\(/;
const SENDS = /^(?:send|call|sendJson|sendString|sendBytes|sendForm|sendEmpty)$/;
/** Clients that add nothing of their own. */
const PLAIN = /^(?:reqwest(?:::blocking)?::)?Client::(?:new|default)\(\)|^(?:reqwest(?:::blocking)?|ureq)$/;

const DEFAULTS: MemoryKey<HeaderList> = {};

/** reqwest and ureq. */
export const rustHttp: HttpClient = { languages: ['rust'], trace: /reqwest|ureq|Client|HeaderMap/, draft };

function draft(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member') return undefined;
  const values = call.arguments.map(({ value }) => value);
  const isRequest = callee.name === 'request' && values.length === 2;
  // Reading a map or an answer is spelled alike: `map.get("key")`, `server.delete(url)`.
  const verb = /^[a-z]+$/.test(callee.name) && values.length === 1 ? verbOf(callee.name) : undefined;
  const [first, second] = values;
  const url = isRequest ? second : first;
  if ((verb === undefined && !isRequest) || url === undefined) return undefined;
  let known: History | undefined;
  const history = (): History => (known ??= historyOf(call, code));
  return new LazyDraft({
    call,
    address: () => [url],
    method: () => verb ?? methodIn(first, code),
    headers: () => joined([clientHeaders(callee.object, code), headersOf(history().actions, code, isUreq(callee.object, history().actions, code))]),
    body: () => bodyOf(history().actions, code),
    isOpen: () => code.says(MIDDLEWARE) || history().isHandedOn || history().givenTo.some((given) => !isHarmless(given)),
    mayAdd: () => !isPlain(callee.object, code),
    parameters: () => history().actions.flatMap(({ path, values: [query, value] }) => (path.join('.') === 'query' && query !== undefined && value === undefined ? [query] : [])),
    query: () => history().actions.flatMap(({ path, values: [name, value] }) => (path.join('.') === 'query' && name !== undefined && value !== undefined ? [{ name: code.textOf(name), value }] : [])),
    answer: () => history().actions.find(({ path }) => SENDS.test(path.join('.')))?.node,
    addHeader: (name, value, { setters }) => {
      const written = valueExpression(value, code);
      if (written === undefined) return undefined;
      const last = setters.findLast(({ node }) => node.kind === 'call' && node.start === call.start)?.node;
      const edits = linkBehind(last?.kind === 'call' ? last : call, `${isUreq(callee.object, history().actions, code) ? 'set' : 'header'}("${name}", ${written.expression})`, code);
      return edits === undefined ? undefined : [...written.edits, ...edits];
    },
  }, code);
}

/** The headers of every request of a client; which client a field holds is beyond one file as a rule, so that those of the file count. */
function clientHeaders(client: IrNode, code: Code): HeaderList {
  if (isPlain(client, code)) return NO_HEADERS;
  return code.once(DEFAULTS, code.program, () => {
    const lists = code.calls.flatMap((call) => {
      const callee = unwrap(call.callee);
      const [headers] = call.arguments;
      return callee.kind === 'member' && callee.name === 'default_headers' && headers !== undefined ? [headersIn(headers.value, code)] : [];
    });
    return { ...joined(lists), setters: [] };
  });
}

function isPlain(client: IrNode, code: Code): boolean {
  if (PLAIN.test(code.slice(client))) return true;
  const origins = code.tracer.origins(client, ({ kind }) => kind === 'call');
  return origins.length > 0 && origins.every(({ node, path }) => path.length === 0 && PLAIN.test(code.slice(node)));
}

/** ureq before 3.0 has `set` for `header`. */
function isUreq(client: IrNode, actions: readonly Action[], code: Code): boolean {
  return actions.some(({ path }) => path.join('.') === 'set') || (/^ureq$/.test(code.slice(client)) && actions.some(({ path }) => /^send(?:String|Bytes)$/.test(path.join('.'))));
}

function bodyOf(actions: readonly Action[], code: Code): RequestBody | undefined {
  for (const { path, values: [value] } of actions.filter(({ path: { length } }) => length === 1)) {
    switch (path[0]) {
      case 'json':
      case 'sendJson':
        // An answer is read by the same name, without an argument.
        if (value !== undefined) return { value, form: 'json' };
        break;
      case 'body':
      case 'sendString':
      case 'sendBytes':
        if (value !== undefined) return { value: textually(value, code), form: 'text' };
        break;
      case 'send':
        if (value !== undefined) return { value: textually(value, code), form: 'text' };
        break;
      case 'form':
      case 'multipart':
      case 'sendForm':
        return { value, form: 'form' };
      default:
    }
  }
  return undefined;
}

/** Without what turns the value into text: `body.to_string()`, `serde_json::to_string(&body)?`. */
function textually(expression: IrNode, code: Code): IrNode {
  const node = unwrap(expression);
  if (node.kind !== 'call' || code.tracer.functionOf(node) !== undefined) return node;
  const callee = unwrap(node.callee);
  if (callee.kind === 'member' && node.arguments.length === 0 && /^(?:to_string|clone|into|to_owned|into_bytes|as_bytes)$/.test(callee.name)) return textually(callee.object, code);
  return node;
}

function isHarmless(call: CallNode): boolean {
  const callee = unwrap(call.callee);
  const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : calleeText(callee);
  return HARMLESS.test(name.replace(/!$/, ''));
}
