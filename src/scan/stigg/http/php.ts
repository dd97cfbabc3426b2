import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { isSelf } from '../../ir/scopes.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HttpClient, HttpDraft } from './draft.js';
import { makersOf, type Made } from './makers.js';
import { curl } from './phpCurl.js';
import { laravel } from './phpLaravel.js';
import { psrRequest } from './phpRequest.js';
import { streams } from './phpStreams.js';
import { addToOptions, phpBody, phpMethod, phpOptions, type PhpOptions } from './phpOptions.js';
import { argumentOf, mentionsStigg, queriesIn, resolvedAddress } from './sources.js';

const VERB = /^(get|post|put|patch|delete|head)(?:Async)?$/;
const REQUEST = /^request(?:Async)?$/;
const WORDPRESS = /^wp_(?:safe_)?remote_(get|post|head|request)$/;
const MAKER = /(?:^|[.\\])(?:Client|CurlHttpClient|NativeHttpClient|HttpClient\.(?:create|createForBaseUri)|ScopingHttpClient\.forBaseUri|\w+\.withOptions)$|\.withOptions$/;
/** What has calls of these names and sends nothing: routes, tests, stores. */
const SENDS_NOTHING = /^(?:this|Route|Cache|Session|Config|Storage|Arr)$|(?:router|mock|cache|collector|config|container)$/i;

/** Guzzle, Symfony's HttpClient, WordPress, Laravel's Http, PSR-7 requests, curl and streams. */
export const phpHttp: HttpClient = {
  languages: ['php'],
  // Without Stigg's name no address is Stigg's.
  trace: /stigg/i,
  draft: (call, code) => curl(call, code) ?? streams(call, code) ?? psrRequest(call, code) ?? laravel(call, code) ?? guzzle(call, code),
};

function guzzle(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (call.isNew) return undefined;
  if (callee.kind === 'name') {
    const verb = WORDPRESS.exec(callee.name)?.[1];
    return verb === undefined ? undefined : built(call, verb === 'request' ? undefined : verb, 0, { calls: [], isOpen: false }, code);
  }
  if (callee.kind !== 'member' || SENDS_NOTHING.test(calleeText(callee.object))) return undefined;
  const verb = VERB.exec(callee.name)?.[1];
  if (verb === undefined && !REQUEST.test(callee.name)) return undefined;
  const made = makersOf(callee.object, code, (each) => MAKER.test(calleeText(unwrap(each.callee))));
  const draftOf = (known: Made): HttpDraft | undefined => built(call, verb, verb === undefined ? 1 : 0, known, code);
  if (made.calls.length > 0) return draftOf(made);
  const closed = isInjected(callee.object, code) ? draftOf({ calls: [], isOpen: false }) : undefined;
  const isWhole = closed !== undefined && /^https?:\/\//i.test(code.textOf(closed.address[0] ?? call));
  return closed !== undefined && isWhole && !closed.isOpen ? { ...closed, isOpen: true, isOpenBySettings: true } : draftOf({ calls: [], isOpen: true });
}

/** Symfony's client, handed over by the container: requests get no headers from it but those of its settings. */
function isInjected(client: IrNode, code: Code): boolean {
  const node = unwrap(client);
  const sources = node.kind === 'member' && node.object.kind === 'name' && isSelf(node.object.name) ? code.scopes.memberSources(node.name, node)
    : node.kind === 'name' ? code.scopes.resolve(node.name, node)?.sources ?? [] : [];
  return sources.some((source) => {
    const type = source.kind === 'bind' ? source.node.type : source.kind === 'parameter' ? source.node.parameters[source.index]?.type : undefined;
    return type !== undefined && /(?:^|[?\\])HttpClientInterface$/.test(type);
  });
}

function built(call: CallNode, verb: string | undefined, position: number, made: Made, code: Code): HttpDraft | undefined {
  const target = argumentOf(call, position === 0 ? 'uri' : 'url', position)?.value ?? argumentOf(call, 'uri', position)?.value;
  if (target === undefined) return undefined;
  const clients = made.calls.map((each) => clientOf(each, code));
  const options = argumentOf(call, 'options', position + 1)?.value;
  const given = phpOptions(options, code);
  const base = given.own.get('baseUri') ?? clients.find(({ base: own }) => own !== undefined)?.base;
  const address = resolvedAddress(base, target, code);
  if (!mentionsStigg(address, code)) return undefined;
  const stated = position === 0 ? given.own.get('method') : argumentOf(call, 'method', 0)?.value;
  const query = given.own.get('query');
  return {
    call,
    method: verb?.toUpperCase() ?? phpMethod(stated, position === 0, code),
    address,
    headers: [...clients.flatMap(({ options: own }) => own.headers), ...given.headers],
    isOpen: made.isOpen || given.isOpen || clients.some(({ options: own, isOpen }) => own.isOpen || isOpen),
    body: phpBody(given, code) ?? dataOf(options, given, made, code),
    parameters: [...(query === undefined ? [] : [query]), ...queriesIn([target], code)],
    addHeader: (name, value) => addToOptions(call, options, position + 1, code, name, value),
  };
}

/** Laravel's pending requests, of which only the variable is known, take the data itself. */
function dataOf(options: IrNode | undefined, { own }: PhpOptions, made: Made, code: Code): HttpDraft['body'] {
  if (options === undefined || made.calls.length > 0 || !made.isOpen || own.size > 0) return undefined;
  const node = code.tracer.sole(options) ?? unwrap(options);
  return node.kind === 'object' && node.entries.length > 0 ? { value: options, form: 'json' } : undefined;
}

function clientOf(call: CallNode, code: Code): { readonly base: IrNode | undefined; readonly options: PhpOptions; readonly isOpen: boolean } {
  const name = calleeText(unwrap(call.callee));
  const isScoped = name.endsWith('ScopingHttpClient.forBaseUri');
  const isBased = name.endsWith('createForBaseUri') || isScoped;
  const at = isScoped ? 1 : 0;
  const options = phpOptions(call.arguments[isBased ? at + 1 : 0]?.value, code);
  return { base: isBased ? call.arguments[at]?.value : options.own.get('baseUri'), options, isOpen: isScoped || name.endsWith('withOptions') };
}
