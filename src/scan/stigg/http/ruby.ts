import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HeaderSource, HttpClient, HttpDraft } from './draft.js';
import { makersOf } from './makers.js';
import { properties } from './properties.js';
import { rubyArguments, rubyBody, rubyMethod, rubyOptions, symbolHeaders } from './rubyArguments.js';
import { addRubyLink } from './rubyEdits.js';
import { faraday } from './rubyFaraday.js';
import { keywordClients } from './rubyKeyword.js';
import { netHttp } from './rubyNetHttp.js';
import { headerAt, mentionsStigg } from './sources.js';

const VERBS = /^(?:get|post|put|patch|delete|head|request)$/;
const OPTIONS = properties('headers', 'json', 'form', 'body', 'params');
const LONGEST_CHAIN = 40;
/** Links of the chain that leave headers alone. */
const PLAIN = /^(?:timeout|follow|via|through|persistent|encoding|nodelay|cookies|retriable|headers|with_headers|with|auth|basic_auth|accept|use)$/;

/** Net::HTTP, Faraday, HTTParty, rest-client, Typhoeus, Excon and HTTP.rb. */
export const rubyHttp: HttpClient = {
  languages: ['ruby'],
  // Without Stigg's name no address is Stigg's.
  trace: /stigg/i,
  draft: (call, code) => netHttp(call, code) ?? faraday(call, code) ?? keywordClients(call, code) ?? chained(call, code),
};

/** HTTP.rb: `HTTP.headers("X-API-KEY" => key).post(url, json: body)` */
function chained(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' || !VERBS.test(callee.name)) return undefined;
  const links = linksOf(callee.object, code);
  if (links === undefined) return undefined;
  const { all } = rubyArguments(call, code);
  const [target, options] = callee.name === 'request' ? all.slice(1) : all;
  const base = links.find((link) => nameOf(link) === 'persistent')?.arguments[0]?.value;
  const address = [base, target].filter((node) => node !== undefined);
  if (target === undefined || !mentionsStigg(address, code)) return undefined;
  const { own, isOpen } = rubyOptions(options, OPTIONS, code);
  const headers = own.get('headers');
  const params = own.get('params');
  return {
    call,
    method: callee.name === 'request' ? rubyMethod(all[0], code) : callee.name.toUpperCase(),
    address,
    headers: [...links.flatMap((link) => headersOfLink(link, code)), ...(headers === undefined ? [] : symbolHeaders(headers, code))],
    isOpen: isOpen || links.some((link) => !PLAIN.test(nameOf(link)) || isFeature(link, code)),
    body: bodyOf(own, code),
    parameters: params === undefined ? [] : [params],
    addHeader: (name, value) => addRubyLink(call, (header, written) => `headers("${header}" => ${written})`, code, name, value),
  };
}

function bodyOf(own: ReadonlyMap<string, IrNode>, code: Code): RequestBody | undefined {
  const json = own.get('json');
  if (json !== undefined) return { value: json, form: 'json' };
  const form = own.get('form');
  return form === undefined ? rubyBody(own.get('body'), code) : { value: form, form: 'form' };
}

/** The calls between `HTTP` and the one that sends, followed through variables; undefined where the chain starts with something else. */
function linksOf(object: IrNode, code: Code, depth = 0): CallNode[] | undefined {
  const links: CallNode[] = [];
  let node = unwrap(object);
  for (let left = LONGEST_CHAIN; left > 0 && node.kind === 'call'; left--) {
    const callee = unwrap(node.callee);
    if (callee.kind !== 'member') return undefined;
    links.unshift(node);
    node = unwrap(callee.object);
  }
  if (node.kind === 'name' && node.name === 'HTTP' && code.scopes.resolve('HTTP', node) === undefined) return links;
  if (depth > 4 || (node.kind !== 'name' && node.kind !== 'member')) return undefined;
  const { calls: [made, second], isOpen } = makersOf(node, code, (call) => /^(?:\?|HTTP)\.\w+$/.test(calleeText(unwrap(call.callee))) && unwrap(call.callee).kind === 'member');
  if (made === undefined || second !== undefined || isOpen) return undefined;
  const inner = linksOf(made, code, depth + 1);
  return inner === undefined ? undefined : [...inner, ...links];
}

function nameOf({ callee }: CallNode): string {
  const node = unwrap(callee);
  return node.kind === 'member' ? node.name : '';
}

function headersOfLink(link: CallNode, code: Code): HeaderSource[] {
  const { all: [first] } = rubyArguments(link, code);
  if (first === undefined) return [];
  const callee = unwrap(link.callee);
  const place = callee.kind === 'member' ? { start: callee.nameStart, end: callee.nameEnd } : link;
  switch (nameOf(link)) {
    case 'headers':
    case 'with_headers':
    case 'with':
      return symbolHeaders(first, code);
    case 'auth':
    case 'basic_auth':
      return [headerAt('Authorization', place, first, link)];
    case 'accept':
      return [headerAt('Accept', place, first, link)];
    default:
      return [];
  }
}

/** `use(:auto_inflate)` and logging are harmless, others are unknown. */
function isFeature(link: CallNode, code: Code): boolean {
  return nameOf(link) === 'use' && !link.arguments.every(({ name, value }) => /^(?:auto_inflate|auto_deflate|logging|instrumentation|normalize_uri)$/.test(name ?? code.textOf(value)));
}
