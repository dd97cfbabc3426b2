import type { CallNode, ClassNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { properties } from './properties.js';
import { rubyArguments, rubyBody, rubyMethod, rubyOptions, symbolHeaders } from './rubyArguments.js';
import { addRubyHeader } from './rubyEdits.js';
import { headerAt, mentionsStigg } from './sources.js';

const VERBS = /^(?:get|post|put|patch|delete|head)$/;
const DIRECT = /^(?:HTTParty|Typhoeus|Excon)\.(?:get|post|put|patch|delete|head)$/;
const REQUEST = /^(?:Typhoeus\.Request\.new|RestClient\.Request\.(?:execute|new))$/;
const REST = /^RestClient\.(get|post|put|patch|delete|head)$/;
const OPTIONS = properties('url', 'method', 'headers', 'body', 'payload', 'json', 'form', 'params', 'query', 'basicAuth', 'userpwd', 'user', 'digestAuth', 'baseUri');

/** Clients that take their options by name: HTTParty, also as part of a class, Typhoeus, Excon; and rest-client. */
export function keywordClients(call: CallNode, code: Code): HttpDraft | undefined {
  const path = calleeText(unwrap(call.callee));
  const rest = REST.exec(path)?.[1];
  if (rest !== undefined) return restClient(call, rest, code);
  if (DIRECT.test(path)) return built(call, path.split('.').at(-1), NOTHING, code);
  if (REQUEST.test(path)) return built(call, undefined, NOTHING, code);
  const callee = unwrap(call.callee);
  if ((callee.kind !== 'name' && callee.kind !== 'member') || !VERBS.test(callee.name)) return undefined;
  const owner = partyOf(call, code);
  return owner === undefined ? undefined : built(call, callee.name, defaultsOf(owner, code), code);
}

/** What all requests of a class share. */
interface Defaults {
  readonly base: readonly IrNode[];
  readonly headers: readonly HeaderSource[];
  readonly isOpen: boolean;
}

const NOTHING: Defaults = { base: [], headers: [], isOpen: false };

function built(call: CallNode, verb: string | undefined, defaults: Defaults, code: Code): HttpDraft | undefined {
  const { all, braceless } = rubyArguments(call, code);
  const [first, second] = all;
  // RestClient::Request.execute has the address among its options.
  const isHash = first?.kind === 'object';
  const hash = isHash ? first : second;
  const { own, isOpen } = rubyOptions(hash, OPTIONS, code);
  const target = isHash ? own.get('url') : first;
  if (target === undefined) return undefined;
  const base = own.get('baseUri');
  const address = [...(base === undefined ? defaults.base : [base]), target];
  if (!mentionsStigg(address, code)) return undefined;
  const headers = own.get('headers');
  const isRest = isHash && own.has('url');
  const inner = hash?.kind === 'object' ? hash.entries.some(({ key }) => key === 'headers') : false;
  const canAdd = hash === undefined || hash === braceless;
  return {
    call,
    method: verb?.toUpperCase() ?? rubyMethod(own.get('method'), code) ?? (own.has('method') || isOpen ? undefined : 'GET'),
    address,
    headers: [...defaults.headers, ...(headers === undefined ? [] : isRest ? symbolHeaders(headers, code) : [{ kind: 'object', node: headers } satisfies HeaderSource]), ...authorization(own)],
    isOpen: defaults.isOpen || isOpen || own.has('digestAuth'),
    body: bodyOf(own, code),
    parameters: [own.get('params'), own.get('query')].filter((node) => node !== undefined),
    addHeader: (name, value) => (headers !== undefined && !inner ? undefined : addRubyHeader(call, { headers, isBraceless: false, argument: (entry) => (canAdd && !isOpen ? `headers: { ${entry} }` : undefined) }, code, name, value)),
  };
}

function bodyOf(own: ReadonlyMap<string, IrNode>, code: Code): RequestBody | undefined {
  const json = own.get('json');
  if (json !== undefined) return { value: json, form: 'json' };
  const form = own.get('form');
  return form === undefined ? rubyBody(own.get('body') ?? own.get('payload'), code) : { value: form, form: 'form' };
}

function authorization(own: ReadonlyMap<string, IrNode>): HeaderSource[] {
  const value = own.get('basicAuth') ?? own.get('userpwd') ?? own.get('user');
  return value === undefined ? [] : [headerAt('Authorization', value, value, value)];
}

/** `RestClient.post(url, payload, headers)` */
function restClient(call: CallNode, verb: string, code: Code): HttpDraft | undefined {
  const { all, braceless } = rubyArguments(call, code);
  const [target, second, third] = all;
  if (target === undefined || !mentionsStigg([target], code)) return undefined;
  const hasBody = verb.startsWith('p');
  const headers = hasBody ? third : second;
  const isBraceless = headers !== undefined && headers === braceless;
  const { own, isOpen } = rubyOptions(headers, PARAMETERS, code);
  const params = own.get('params');
  return {
    call,
    method: verb.toUpperCase(),
    address: [target],
    headers: headers === undefined ? [] : symbolHeaders(headers, code),
    isOpen: headers !== undefined && isOpen,
    body: hasBody ? rubyBody(second, code) : undefined,
    parameters: params === undefined ? [] : [params],
    addHeader: (name, value) => addRubyHeader(call, { headers: isBraceless ? undefined : headers, isBraceless, argument: (entry) => (hasBody && (second === undefined || second === braceless) ? undefined : entry) }, code, name, value),
  };
}

const PARAMETERS = properties('params');

/** The class whose request that is: one that includes HTTParty, asked by its own methods or by its name. */
function partyOf(call: CallNode, code: Code): ClassNode | undefined {
  const callee = unwrap(call.callee);
  const object = callee.kind === 'member' ? calleeText(callee.object) : 'self';
  let owner: IrNode | undefined = call.parent;
  if (object === 'self' || object === 'self.class') {
    while (owner !== undefined && owner.kind !== 'class') owner = owner.parent;
  } else {
    const source = /^\w+$/.test(object) ? code.scopes.resolve(object, call)?.sources[0] : undefined;
    owner = source?.kind === 'class' ? source.node : undefined;
  }
  return owner?.kind === 'class' && settings(owner).some((setting) => isCall(setting, 'include') && setting.arguments.some(({ value }) => calleeText(value) === 'HTTParty')) ? owner : undefined;
}

/** The calls that stand in the class itself: `base_uri "…"`. */
function settings({ members }: ClassNode): CallNode[] {
  return members.flatMap((member): CallNode[] => (member.kind === 'call' ? [member] : member.kind === 'group' ? member.children.filter((child) => child.kind === 'call') : []));
}

function isCall(call: CallNode, name: string): boolean {
  return call.callee.kind === 'name' && call.callee.name === name;
}

function defaultsOf(owner: ClassNode, code: Code): Defaults {
  const base: IrNode[] = [];
  const headers: HeaderSource[] = [];
  let isOpen = false;
  for (const setting of settings(owner)) {
    const { all: [first] } = rubyArguments(setting, code);
    if (first === undefined) continue;
    if (isCall(setting, 'base_uri')) base.push(first);
    else if (isCall(setting, 'headers')) headers.push({ kind: 'object', node: first });
    else if (isCall(setting, 'basic_auth')) headers.push(headerAt('Authorization', setting.callee, first, setting));
    else if (isCall(setting, 'digest_auth') || isCall(setting, 'connection_adapter')) isOpen = true;
  }
  return { base, headers, isOpen: isOpen || /\bdefault_options\b|\bself\.class\.headers\b/.test(code.slice(owner)) };
}
