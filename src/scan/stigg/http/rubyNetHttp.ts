import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { usesOf, type Use } from './holders.js';
import { makersOf } from './makers.js';
import { rubyArguments } from './rubyArguments.js';
import { addRubyHeader } from './rubyEdits.js';
import { calledHeader, headerAt, hostAddress, mentionsStigg, queriesIn, writtenHeader } from './sources.js';

const REQUEST = /^(?:Net\.)?HTTP\.(Get|Post|Put|Patch|Delete|Head|Options)\.new$/;
const DIRECT = /^Net\.HTTP\.(get|get_response|post|post_form|put|patch|delete)$/;
const CONNECTION = /^Net\.HTTP\.(?:new|start)$/;
const VERBS = /^(?:get|post|put|patch|delete|head|send_request)$/;
/** What gets a request and leaves it as it is. */
const SENDERS = /(?:^|\.)(?:request|p|pp|puts|warn|info|debug|inspect|perform_request|start)$/;

/** The standard library: `Net::HTTP::Post.new(uri)` with what is set on it later, `Net::HTTP.post`, and calls of a connection. */
export function netHttp(call: CallNode, code: Code): HttpDraft | undefined {
  const path = calleeText(unwrap(call.callee));
  const made = REQUEST.exec(path)?.[1];
  if (made !== undefined) return requestDraft(call, made.toUpperCase(), code);
  const direct = DIRECT.exec(path)?.[1];
  return direct === undefined ? connectionDraft(call, code) : directDraft(call, direct, code);
}

function requestDraft(call: CallNode, method: string, code: Code): HttpDraft | undefined {
  const { all: [target, headers], braceless } = rubyArguments(call, code);
  if (target === undefined) return undefined;
  const own = [uriOf(target)];
  const uses = mentionsStigg(own, code) || code.textOf(target).startsWith('/') ? usesOf(call, code) : [];
  const address = mentionsStigg(own, code) ? own : [...uses.flatMap((use) => hostOf(use, code)).slice(0, 1), target];
  if (!mentionsStigg(address, code)) return undefined;
  const place = { headers: braceless === undefined ? headers : undefined, isBraceless: braceless !== undefined, argument: (entry: string) => (headers === undefined ? entry : undefined) };
  return {
    call,
    method,
    address,
    headers: [...(headers === undefined ? [] : [{ kind: 'object', node: headers } satisfies HeaderSource]), ...uses.flatMap((use) => headersOfUse(use, code))],
    isOpen: uses.some(isOpenUse),
    body: bodyOfUses(uses, code),
    parameters: queriesIn([target], code),
    addHeader: (name, value) => addRubyHeader(call, place, code, name, value),
  };
}

/** `Net::HTTP.post(uri, body, headers)` */
function directDraft(call: CallNode, name: string, code: Code): HttpDraft | undefined {
  const { all: [target, second, third], braceless } = rubyArguments(call, code);
  if (target === undefined || !mentionsStigg([target], code)) return undefined;
  const isPost = name.startsWith('p');
  const isForm = name === 'post_form';
  const headers = isForm ? undefined : isPost ? third : second;
  const isBraceless = headers !== undefined && headers === braceless;
  const missing = isPost ? second !== undefined && third === undefined && braceless === undefined : second === undefined;
  return {
    call,
    method: isPost ? (isForm ? 'POST' : name.toUpperCase()) : name === 'delete' ? 'DELETE' : 'GET',
    address: [uriOf(target)],
    headers: headers === undefined ? [] : [{ kind: 'object', node: headers }],
    isOpen: false,
    body: !isPost || second === undefined ? undefined : isForm ? { value: second, form: 'form' } : rubyText(second),
    parameters: queriesIn([target], code),
    addHeader: (header, value) => (isForm ? undefined : addRubyHeader(call, { headers: isBraceless ? undefined : headers, isBraceless, argument: (entry) => (missing ? entry : undefined) }, code, header, value)),
  };
}

/** `http = Net::HTTP.new("api.stigg.io", 443); http.post("/api/v1/usage", body, headers)` */
function connectionDraft(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' || !VERBS.test(callee.name)) return undefined;
  const { all, braceless } = rubyArguments(call, code);
  const isSend = callee.name === 'send_request';
  const [target, second, third] = isSend ? all.slice(1) : all;
  if (target === undefined || !/^(?:\/|https?:)/.test(code.textOf(uriOf(target)))) return undefined;
  const { calls } = makersOf(callee.object, code, (each) => CONNECTION.test(calleeText(unwrap(each.callee))));
  const host = calls[0]?.arguments[0]?.value;
  if (host === undefined) return undefined;
  const address = [hostText(host, code), uriOf(target)];
  if (!mentionsStigg(address, code)) return undefined;
  const hasBody = isSend || callee.name.startsWith('p');
  const headers = hasBody ? third : second;
  const isBraceless = headers !== undefined && headers === braceless;
  return {
    call,
    method: isSend ? methodOf(all[0], code) : callee.name.toUpperCase(),
    address,
    headers: headers === undefined ? [] : [{ kind: 'object', node: headers }],
    isOpen: false,
    body: hasBody && second !== undefined ? rubyText(second) : undefined,
    parameters: queriesIn([target], code),
    addHeader: (name, value) => addRubyHeader(call, { headers: isBraceless ? undefined : headers, isBraceless, argument: (entry) => (headers === undefined && (!hasBody || second !== undefined) ? entry : undefined) }, code, name, value),
  };
}

function methodOf(node: IrNode | undefined, code: Code): string | undefined {
  const text = node === undefined ? '' : code.textOf(node);
  return /^[A-Za-z]{3,7}$/.test(text) ? text.toUpperCase() : undefined;
}

function rubyText(value: IrNode): RequestBody {
  return { value, form: 'text' };
}

/** What `uri.request_uri` and `uri.path` are about is the whole of it. */
function uriOf(target: IrNode): IrNode {
  const node = unwrap(target);
  return node.kind === 'member' && /^(?:request_uri|path|to_s)$/.test(node.name) ? node.object : target;
}

/** The address of the connection that a request is given to. */
function hostOf(use: Use, code: Code): IrNode[] {
  const callee = use.kind === 'argument' ? unwrap(use.call.callee) : undefined;
  if (callee?.kind !== 'member' || callee.name !== 'request') return [];
  const { calls } = makersOf(callee.object, code, (each) => CONNECTION.test(calleeText(unwrap(each.callee))));
  const host = calls[0]?.arguments[0]?.value;
  return host === undefined ? [] : [hostText(host, code)];
}

function hostText(host: IrNode, code: Code): IrNode {
  const node = unwrap(host);
  if (node.kind === 'member' && /^(?:host|hostname)$/.test(node.name)) return node.object;
  return /^https?:/.test(code.textOf(host)) ? host : hostAddress(host);
}

function headersOfUse(use: Use, code: Code): HeaderSource[] {
  if (use.kind === 'write') {
    const [name] = use.path;
    if (use.path.length !== 1) return [];
    // `request["A"] = 1`, not `request.body = 1`.
    if (use.place.kind === 'element' || code.text[use.place.end - 1] === ']') return writtenHeader(use);
    const { value } = use.bind;
    return name === 'content_type' && value !== undefined ? [headerAt('Content-Type', { start: use.place.nameStart, end: use.place.nameEnd }, value, use.bind)] : [];
  }
  if (use.kind !== 'call' || use.path.length !== 1) return [];
  const { call } = use;
  const [first] = call.arguments;
  switch (use.path[0]) {
    case 'add_field':
    case 'add_header':
      return calledHeader(call);
    case 'basic_auth':
      return first === undefined ? [] : [headerAt('Authorization', nameSpan(call), first.value, call)];
    case 'set_content_type':
    case 'content_type=':
      return first === undefined ? [] : [headerAt('Content-Type', nameSpan(call), first.value, call)];
    case 'initialize_http_header':
      return rubyArguments(call, code).all.slice(0, 1).map((node) => ({ kind: 'object', node }));
    default:
      return [];
  }
}

function nameSpan({ callee, start, end }: CallNode): { readonly start: number; readonly end: number } {
  const node = unwrap(callee);
  return node.kind === 'member' ? { start: node.nameStart, end: node.nameEnd } : { start, end };
}

function bodyOfUses(uses: readonly Use[], code: Code): RequestBody | undefined {
  for (const use of uses.toReversed()) {
    const [name, more] = use.kind === 'write' || use.kind === 'call' ? use.path : [];
    if (more !== undefined) continue;
    if (use.kind === 'write' && name === 'body' && use.bind.value !== undefined) return { value: use.bind.value, form: code.slice(use.bind.value).includes('encode_www_form') ? 'form' : 'text' };
    if (use.kind === 'write' && name === 'form_data' && use.bind.value !== undefined) return { value: use.bind.value, form: 'form' };
    if (use.kind === 'call' && name === 'set_form_data') return { value: rubyArguments(use.call, code).all[0], form: 'form' };
  }
  return undefined;
}

function isOpenUse(use: Use): boolean {
  return use.kind === 'returned' || (use.kind === 'argument' && !SENDERS.test(calleeText(unwrap(use.call.callee))));
}
