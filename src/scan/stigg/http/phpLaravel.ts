import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { makersOf } from './makers.js';
import { phpEntry } from './phpEdits.js';
import { phpBody, phpOptions } from './phpOptions.js';
import { calledHeader, headerAt, mentionsStigg } from './sources.js';

const VERBS = /^(?:get|post|put|patch|delete|head|send)$/;
const FACADE = /(?:^|[.\\])Http$/;
const LONGEST_CHAIN = 60;
/** Links of the chain that leave headers alone, apart from those that are read. */
const PLAIN = /^(?:timeout|connectTimeout|retry|throw\w*|baseUrl|as(?:Json|Form|Multipart)|bodyFormat|withQueryParameters|withUrlParameters|withoutVerifying|withoutRedirecting|maxRedirects|async|pool|sink|dump|dd|attach|withCookies)$/;
/** Links that set headers in a way that is read here. */
const READ = /^(?:withHeaders?|replaceHeaders|withToken|withBasicAuth|withDigestAuth|accept|acceptJson|contentType|withBody|withUserAgent|withOptions)$/;

/** Laravel: `Http::withHeaders([…])->post($url, $data)`, also where a method or variable holds the beginning of the chain. */
export function laravel(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (call.isNew || callee.kind !== 'member' || !VERBS.test(callee.name)) return undefined;
  const links = linksOf(callee.object, code);
  if (links === undefined) return undefined;
  const isSend = callee.name === 'send';
  const [target, data] = call.arguments.slice(isSend ? 1 : 0).map(({ value }) => value);
  const base = links.findLast((link) => nameOf(link) === 'baseUrl')?.arguments[0]?.value;
  const address = [base, target].filter((node) => node !== undefined);
  if (target === undefined || !mentionsStigg(address, code)) return undefined;
  const options = phpOptions(isSend ? data : undefined, code);
  const hasBody = callee.name.startsWith('p') || callee.name === 'delete';
  const stated = isSend ? call.arguments[0]?.value : undefined;
  const verb = stated === undefined ? callee.name : code.textOf(stated);
  return {
    call,
    method: /^[A-Za-z]{3,7}$/.test(verb) ? verb.toUpperCase() : undefined,
    address,
    headers: [...links.flatMap((link) => headersOfLink(link, code)), ...options.headers],
    isOpen: options.isOpen || links.some((link) => isOpenLink(link, code)) || code.says(/\bHttp::global\w+\(/),
    body: isSend ? phpBody(options, code) : bodyOf(hasBody ? data : undefined, links),
    parameters: [hasBody || isSend ? undefined : data, ...links.filter((link) => nameOf(link) === 'withQueryParameters').map((link) => link.arguments[0]?.value)].filter((node) => node !== undefined),
    addHeader: (name, value) => {
      const entry = phpEntry(name, value, code);
      return entry === undefined ? undefined : [{ start: callee.nameStart, end: callee.nameStart, text: `withHeaders([${entry}])->` }];
    },
  };
}

function bodyOf(data: IrNode | undefined, links: readonly CallNode[]): RequestBody | undefined {
  const own = links.findLast((link) => nameOf(link) === 'withBody');
  // Its second argument is the type, which is JSON without one.
  if (own !== undefined) return { value: own.arguments[0]?.value, form: own.arguments.length > 1 ? 'text' : 'json' };
  if (data === undefined) return undefined;
  return { value: data, form: links.some((link) => /^as(?:Form|Multipart)$|^attach$/.test(nameOf(link))) ? 'form' : 'json' };
}

/** The calls between `Http` and the one that sends; undefined where the chain starts with something else. */
function linksOf(object: IrNode, code: Code, depth = 0): CallNode[] | undefined {
  const links: CallNode[] = [];
  let node = unwrap(object);
  for (let left = LONGEST_CHAIN; left > 0 && node.kind === 'call' && !node.isNew; left--) {
    const callee = unwrap(node.callee);
    if (callee.kind !== 'member' || code.tracer.functionOf(node) !== undefined) break;
    links.unshift(node);
    node = unwrap(callee.object);
  }
  if (FACADE.test(calleeText(node)) && (node.kind !== 'name' || code.scopes.resolve(node.name, node) === undefined)) return links;
  if (depth > 4) return undefined;
  const { calls: [made, second], isOpen } = makersOf(node, code, (each) => isOfFacade(each));
  if (made === undefined || second !== undefined || isOpen) return undefined;
  const inner = linksOf(made, code, depth + 1);
  return inner === undefined ? undefined : [...inner, ...links];
}

function isOfFacade(call: CallNode): boolean {
  let node: IrNode = call;
  for (let left = LONGEST_CHAIN; left > 0 && node.kind === 'call'; left--) {
    const callee = unwrap(node.callee);
    if (callee.kind !== 'member') return false;
    node = unwrap(callee.object);
  }
  return FACADE.test(calleeText(node));
}

function isOpenLink(link: CallNode, code: Code): boolean {
  const name = nameOf(link);
  if (name === 'withOptions') return phpOptions(link.arguments[0]?.value, code).isOpen;
  return !PLAIN.test(name) && !READ.test(name);
}

function headersOfLink(link: CallNode, code: Code): HeaderSource[] {
  const callee = unwrap(link.callee);
  const place = callee.kind === 'member' ? { start: callee.nameStart, end: callee.nameEnd } : link;
  const [first, second] = link.arguments.map(({ value }) => value);
  const name = nameOf(link);
  if (first === undefined) return [];
  switch (name) {
    case 'withHeaders':
    case 'replaceHeaders':
      return [{ kind: 'object', node: first }];
    case 'withHeader':
      return calledHeader(link);
    case 'withToken':
    case 'withBasicAuth':
    case 'withDigestAuth':
      return [headerAt('Authorization', place, first, link)];
    case 'contentType':
      return [headerAt('Content-Type', place, first, link)];
    case 'withBody':
      return second === undefined ? [] : [headerAt('Content-Type', second, second, link)];
    case 'accept':
      return [headerAt('Accept', place, first, link)];
    case 'withOptions':
      return [...phpOptions(first, code).headers];
    default:
      return [];
  }
}

function nameOf({ callee }: CallNode): string {
  const node = unwrap(callee);
  return node.kind === 'member' ? node.name : '';
}
