import type { Argument, CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HeaderSource, HttpClient, HttpDraft } from './draft.js';
import { makersOf } from './makers.js';
import { properties, valuesIn } from './properties.js';
import { addPythonHeader } from './pythonEdits.js';
import { authorization, pathOfCallee, sessionOf, SESSIONS, type Session } from './pythonSessions.js';
import { urllib } from './pythonUrllib.js';
import { argumentOf, hostAddress, mentionsStigg, queriesIn } from './sources.js';

const VERBS = /^(?:get|post|put|patch|delete|head|options)$/;
/** `request("POST", url)`; httpx has more calls of that form. */
const BY_METHOD = /^(?:request|build_request|stream|Request)$/;
const OPTIONS = properties('url', 'method', 'headers', 'json', 'data', 'content', 'params', 'auth', 'body', 'files');
/** Modules whose functions send by themselves. */
const MODULES = /^(?:requests(?:\.api)?|httpx|niquests|curl_cffi\.requests|grequests|aiohttp)$/;
/** What has calls of these names and sends nothing: mocks, routes, queries. */
const SENDS_NOTHING = /mock|respx|responses|stub|vcr|router|blueprint|^app$|environ|pook|httpretty/i;
const CONNECTIONS = /^(?:http\.client\.)?HTTPS?Connection$/;

/** requests, httpx, aiohttp, http.client and those that work alike; urllib in a file of its own. */
export const pythonHttp: HttpClient = {
  languages: ['python'],
  // Without Stigg's name no address is Stigg's.
  trace: /stigg/i,
  draft: (call, code) => urllib(call, code) ?? draft(call, code),
};

function draft(call: CallNode, code: Code): HttpDraft | undefined {
  const path = pathOfCallee(call, code);
  const name = path.split('.').at(-1) ?? '';
  const byMethod = BY_METHOD.test(name);
  if (!byMethod && !VERBS.test(name)) return undefined;
  const callee = unwrap(call.callee);
  const module = path.slice(0, -name.length - 1);
  // A request that is only made gets further headers from the session that sends it.
  if (MODULES.test(module)) return built(call, code, { base: [], headers: [], isOpen: name === 'Request' }, byMethod ? undefined : name);
  if (callee.kind !== 'member' || SENDS_NOTHING.test(calleeText(callee.object))) return undefined;
  const connection = byMethod ? connectionDraft(call, callee.object, code) : undefined;
  if (connection !== undefined) return connection;
  const made = makersOf(callee.object, code, (each) => SESSIONS.test(pathOfCallee(each, code)));
  return built(call, code, made.calls.length === 0 ? { base: [], headers: [], isOpen: true } : sessionOf(made, code), byMethod ? undefined : name);
}

function built(call: CallNode, code: Code, session: Session, verb: string | undefined): HttpDraft | undefined {
  const own = optionsOf(call, code);
  const first = argumentOf(call, 'url', verb === undefined ? 1 : 0)?.value ?? own.get('url');
  if (first === undefined) return undefined;
  const address = [...session.base, first];
  if (!mentionsStigg(address, code)) return undefined;
  const stated = verb === undefined ? argumentOf(call, 'method', 0)?.value ?? own.get('method') : undefined;
  const headers = own.get('headers');
  const auth = authorization(given(call, 'auth'), code);
  // requests: the second argument is the body, for `get` the query.
  const second = verb === undefined ? undefined : argumentOf(call, '', 1)?.value;
  const takesBody = verb !== undefined && /^(?:post|put|patch)$/.test(verb);
  return {
    call,
    method: verb?.toUpperCase() ?? methodOf(stated, code),
    address,
    headers: [...session.headers, ...(headers === undefined ? [] : [{ kind: 'object', node: headers } satisfies HeaderSource]), ...auth.headers],
    isOpen: session.isOpen || auth.isOpen || isOpenCall(call, code),
    body: bodyOf(own, takesBody ? second : undefined, takesBody ? argumentOf(call, '', 2)?.value : undefined, code),
    parameters: [...[own.get('params'), takesBody ? undefined : second].filter((node) => node !== undefined), ...queriesIn([first], code)],
    addHeader: (name, value) => addPythonHeader(call, { headers: given(call, 'headers')?.value, isHidden: headers !== undefined && given(call, 'headers') === undefined }, code, name, value),
  };
}

/** `HTTPSConnection("api.stigg.io").request("POST", "/api/v1/usage", body, headers)` */
function connectionDraft(call: CallNode, object: IrNode, code: Code): HttpDraft | undefined {
  const { calls, isOpen } = makersOf(object, code, (each) => CONNECTIONS.test(pathOfCallee(each, code)));
  const host = calls[0] === undefined ? undefined : argumentOf(calls[0], 'host', 0)?.value;
  const path = argumentOf(call, 'url', 1)?.value;
  if (host === undefined || path === undefined) return undefined;
  const address = [hostAddress(host), path];
  if (!mentionsStigg(address, code)) return undefined;
  const headers = argumentOf(call, 'headers', 3)?.value;
  const body = argumentOf(call, 'body', 2)?.value;
  return {
    call,
    method: methodOf(argumentOf(call, 'method', 0)?.value, code),
    address,
    headers: headers === undefined ? [] : [{ kind: 'object', node: headers }],
    isOpen: isOpen || isOpenCall(call, code),
    body: body === undefined ? undefined : { value: body, form: 'text' },
    parameters: queriesIn([path], code),
    addHeader: (name, value) => addPythonHeader(call, { headers, isHidden: false }, code, name, value),
  };
}

function given({ arguments: all }: CallNode, wanted: string): Argument | undefined {
  return all.find(({ name }) => name === wanted);
}

/** The options that the call is given by name, also through `**options`. */
function optionsOf(call: CallNode, code: Code): Map<string, IrNode> {
  const own = new Map<string, IrNode>();
  for (const { name, value, isSpread } of call.arguments) {
    if (name !== undefined) own.set(name, value);
    else if (isSpread) for (const [key, inner] of valuesIn(value, OPTIONS, code)) own.set(key, inner);
  }
  return own;
}

/** `**options` may hold anything where it is not an object of this program. */
function isOpenCall(call: CallNode, code: Code): boolean {
  return call.arguments.some(({ isSpread, value }) => isSpread && code.tracer.sole(value)?.kind !== 'object');
}

function methodOf(node: IrNode | undefined, code: Code): string | undefined {
  const text = node === undefined ? '' : code.textOf(node);
  return /^[A-Za-z]{3,7}$/.test(text) ? text.toUpperCase() : undefined;
}

function bodyOf(own: ReadonlyMap<string, IrNode>, data: IrNode | undefined, json: IrNode | undefined, code: Code): RequestBody | undefined {
  const asJson = own.get('json') ?? json;
  if (asJson !== undefined && !isNone(asJson)) return { value: asJson, form: 'json' };
  const body = own.get('data') ?? own.get('content') ?? own.get('body') ?? data;
  if (body === undefined || isNone(body)) return own.has('files') ? { value: undefined, form: 'form' } : undefined;
  return { value: body, form: own.get('content') !== body && isForm(body, code) ? 'form' : 'text' };
}

/** A dictionary or list of pairs is sent as a form, a text as it is. */
export function isForm(body: IrNode, code: Code): boolean {
  const node = code.tracer.sole(body) ?? unwrap(body);
  if (node.kind === 'object' || node.kind === 'list') return true;
  return node.kind === 'call' && /(?:^|\.)(?:dict|urlencode|FormData)$/.test(calleeText(unwrap(node.callee)));
}

function isNone(node: IrNode): boolean {
  const inner = unwrap(node);
  return inner.kind === 'name' && inner.name === 'None';
}
