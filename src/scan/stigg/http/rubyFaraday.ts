import type { CallNode, IrNode } from '../../ir/node.js';
import { plainText } from '../../ir/access.js';
import type { MemoryKey } from '../../ir/memory.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { usesOf, usesOfBlock, type Use } from './holders.js';
import { makersOf } from './makers.js';
import { isOpenObject, properties, valuesIn } from './properties.js';
import { rubyArguments, rubyBody, symbolHeaders } from './rubyArguments.js';
import { addRubyHeader, addRubyStatement } from './rubyEdits.js';
import { calledHeader, headerAt, mentionsStigg, resolvedAddress, writtenHeader } from './sources.js';

const VERBS = /^(?:get|post|put|patch|delete|head)$/;
const MAKER = /^(?:Faraday|Faraday\.Connection)\.new$/;
const OPTIONS = properties('url', 'headers');
/** Middleware that leaves headers other than Content-Type alone. */
const MIDDLEWARE = /^(?:json|url_encoded|multipart|retry|instrumentation|logger|gzip|cache|timeout)$/;
/** What a connection may be given to. */
const READERS = /(?:^|\.)(?:p|pp|puts|inspect|print)$/;

/** What all requests of a connection share. */
interface Connection {
  readonly base: readonly IrNode[];
  readonly headers: readonly HeaderSource[];
  readonly isOpen: boolean;
  readonly isJson: boolean;
}

const CONNECTION: MemoryKey<Connection> = {};
const PLAIN: Connection = { base: [], headers: [], isOpen: false, isJson: false };

/** `connection.post(path, body, headers) { |request| … }`, of a connection or of Faraday itself. */
export function faraday(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' || !VERBS.test(callee.name)) return undefined;
  const isDirect = calleeText(callee.object) === 'Faraday';
  const made = isDirect ? undefined : makersOf(callee.object, code, (each) => MAKER.test(calleeText(unwrap(each.callee))));
  if (made?.calls.length === 0) return undefined;
  const connections = made?.calls.map((each) => code.once(CONNECTION, each, () => connectionOf(each, code))) ?? [];
  const { all, braceless, block } = rubyArguments(call, code);
  const uses = usesOfBlock(block, code);
  const [target, second, third] = all;
  const later = uses.flatMap((use) => (use.kind === 'call' && use.path.join() === 'url' ? use.call.arguments.slice(0, 1).map(({ value }) => value) : []));
  const path = target ?? later[0];
  const base = connections.find((connection) => connection.base.length > 0)?.base ?? [];
  const address = path === undefined ? base : resolvedAddress(base[0], path, code);
  if (!mentionsStigg(address, code)) return undefined;
  const hasBody = callee.name.startsWith('p');
  const written = uses.findLast((use) => use.kind === 'write' && use.path.join() === 'body');
  const body = (written?.kind === 'write' ? written.bind.value : undefined) ?? (hasBody ? second : undefined);
  const isBraceless = third !== undefined && third === braceless;
  const missing = third !== undefined || (second !== undefined && second === braceless) || target === undefined ? undefined : second === undefined ? 'nil, ' : '';
  return {
    call,
    method: callee.name.toUpperCase(),
    address,
    headers: [...connections.flatMap(({ headers }) => headers), ...(third === undefined ? [] : symbolHeaders(third, code)), ...uses.flatMap((use) => headersOfUse(use, code))],
    isOpen: (made?.isOpen ?? false) || connections.some(({ isOpen }) => isOpen) || uses.some((use) => use.kind === 'argument') || (block === undefined && call.arguments.some(({ start }) => code.text[start] === '&')),
    body: bodyOf(body, connections, code),
    parameters: hasBody || second === undefined ? [] : [second],
    addHeader: (name, value) => (block === undefined
      ? addRubyHeader(call, { headers: isBraceless ? undefined : third, isBraceless, argument: (entry) => (missing === undefined ? undefined : `${missing}${entry}`) }, code, name, value)
      : addRubyStatement(block, (parameter, header, written_) => `${parameter}.headers["${header}"] = ${written_}`, code, name, value)),
  };
}

function bodyOf(value: IrNode | undefined, connections: readonly Connection[], code: Code): RequestBody | undefined {
  const body = rubyBody(value, code);
  return body !== undefined && connections.length > 0 && connections.every(({ isJson }) => isJson) ? { ...body, form: 'json' } : body;
}

function connectionOf(call: CallNode, code: Code): Connection {
  const { all, block } = rubyArguments(call, code);
  const [first, second] = all;
  const isUrl = first !== undefined && first.kind !== 'object';
  const options = isUrl ? second : first;
  const own = valuesIn(options, OPTIONS, code);
  const url = isUrl ? first : own.get('url');
  const headers = own.get('headers');
  const uses = usesOf(call, code).map((use) => ofUse(use, code));
  return {
    base: url === undefined ? uses.flatMap(({ base }) => base) : [url],
    headers: [...(headers === undefined ? [] : symbolHeaders(headers, code)), ...uses.flatMap((use) => use.headers)],
    isOpen: isOpenObject(options, code) || uses.some(({ isOpen }) => isOpen) || (block === undefined && call.arguments.some(({ start }) => code.text[start] === '&')),
    isJson: uses.some(({ isJson }) => isJson),
  };
}

/** `f.request :json`, `f.headers["A"] = 1`, `f.use Signature`. */
function ofUse(use: Use, code: Code): Connection {
  if (use.kind === 'argument') return { ...PLAIN, isOpen: !READERS.test(calleeText(unwrap(use.call.callee))) };
  if (use.kind === 'returned') return PLAIN;
  const headers = headersOfUse(use, code);
  if (headers.length > 0) return { ...PLAIN, headers };
  const [name, more] = use.path;
  if (use.kind === 'write') return name === 'url_prefix' && use.bind.value !== undefined ? { ...PLAIN, base: [use.bind.value] } : PLAIN;
  const [first, second, third] = use.call.arguments.map(({ value }) => value);
  if (more !== undefined) return PLAIN;
  switch (name) {
    case 'request': {
      const middleware = first === undefined ? undefined : plainText(first);
      if (middleware === 'json') return { ...PLAIN, isJson: true };
      if (middleware === 'authorization' || middleware === 'basic_auth' || middleware === 'token_auth') return { ...PLAIN, headers: authorization(use.call, third ?? second) };
      return { ...PLAIN, isOpen: middleware === undefined || !MIDDLEWARE.test(middleware) };
    }
    case 'authorization':
    case 'basic_auth':
    case 'token_auth':
      return { ...PLAIN, headers: authorization(use.call, second ?? first) };
    case 'use':
      return { ...PLAIN, isOpen: true };
    default:
      return PLAIN;
  }
}

function authorization(call: CallNode, value: IrNode | undefined): HeaderSource[] {
  const callee = unwrap(call.callee);
  const place = callee.kind === 'member' ? { start: callee.nameStart, end: callee.nameEnd } : call;
  return value === undefined ? [] : [headerAt('Authorization', place, value, call)];
}

/** `headers["A"] = 1`, `headers = { … }`, `headers.merge!(…)` of a connection or request. */
function headersOfUse(use: Use, code: Code): HeaderSource[] {
  if (use.kind !== 'write' && use.kind !== 'call') return [];
  const [first, second] = use.path;
  if (first !== 'headers') return [];
  if (use.kind === 'write') return second !== undefined ? writtenHeader(use) : use.bind.value === undefined ? [] : symbolHeaders(use.bind.value, code);
  if (second === 'store' || second === '[]=') return calledHeader(use.call);
  return /^(?:merge!|update|replace)$/.test(second ?? '') ? rubyArguments(use.call, code).all.flatMap((node) => symbolHeaders(node, code)) : [];
}
