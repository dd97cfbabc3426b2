import type { TextEdit } from '../../finding.js';
import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderValue, RequestBody } from '../request.js';
import type { HttpClient, HttpDraft } from './draft.js';
import { insertArgument, insertEntry } from './insert.js';
import { interceptedHeaders } from './interceptors.js';
import { isOpenObject, literalAt, properties, valuesIn } from './properties.js';
import { valueExpression } from './values.js';

const LANGUAGES = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];
const OPTIONS = properties('method', 'type', 'headers', 'body', 'json', 'data', 'form', 'url', 'uri', 'baseURL', 'baseUrl', 'prefixUrl', 'params', 'searchParams', 'qs', 'query', 'payload');
const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head']);
/** Functions that send a request by themselves; people wrap `fetch` under names of their own. */
const FUNCTION = /^(?:axios|got|ky|needle|request|ajax|wretch)$|fetch$|^fetch/i;
/** Of those the ones that serialise an object and say so in the Content-Type. */
const SERIALISES = /^(?:\$fetch|ofetch|useFetch|\$http)$/;
const INTERCEPTED = /\.interceptors\.request/;
const MAKERS = /^(?:create|extend|defaults|instance|GraphQLClient)$/;

/** fetch, axios, got, ky, undici, request and those that work alike. */
export const javascriptHttp: HttpClient = {
  languages: LANGUAGES,
  trace: /fetch|axios|got|\bky\b|undici|request|http|ajax|client|api/i,
  draft,
};

function draft(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  // `fetch(new Request(url, options))`
  if (call.isNew && callee.kind === 'name' && callee.name === 'Request') return built(call, code, undefined, undefined);
  if (call.isNew || (callee.kind !== 'member' && callee.kind !== 'name')) return undefined;
  const method = callee.name;
  const client = callee.kind === 'member' ? callee.object : callee;
  const verb = callee.kind === 'member' && METHODS.has(method.toLowerCase()) ? method.toUpperCase().replace(/^DEL$/, 'DELETE') : undefined;
  const isRequest = callee.kind === 'member' && /^(?:request|ajax)$/.test(method);
  const isSender = verb !== undefined || isRequest || FUNCTION.test(method);
  if (!isSender && callee.kind !== 'name') return undefined;
  const made = instanceOf(client, code);
  if (!isSender && made === undefined) return undefined;
  return built(call, code, verb, made);
}

function built(call: CallNode, code: Code, verb: string | undefined, made: IrNode | undefined): HttpDraft | undefined {
  const [first, second, third] = call.arguments.map(({ value }) => value);
  if (first === undefined) return undefined;
  const isConfig = isObject(first, code);
  const callee = calleeText(unwrap(call.callee));
  // axios.post(url, data, config): all others take the body inside of their options.
  const isAxios = verb !== undefined && verb !== 'GET' && verb !== 'HEAD' && verb !== 'DELETE' && !isConfig && second !== undefined && hasOwnBody(second, third, made, callee, code);
  const options = isConfig ? first : isAxios ? third : second;
  const own = valuesIn(options, OPTIONS, code);
  const base = valuesIn(made, OPTIONS, code);
  const stated = own.get('method') ?? own.get('type') ?? base.get('method');
  const body = isAxios ? axiosBody(second, code) : bodyOf(own, callee, base.get('json'));
  const url = isConfig ? own.get('url') ?? own.get('uri') : first;
  const headers = [base.get('headers'), own.get('headers')].filter((node) => node !== undefined);
  return {
    call,
    // Who sends a body means another method than the usual one.
    method: verb ?? (stated === undefined ? (body !== undefined || isOpenObject(options, code) ? undefined : 'GET') : methodOf(code.textOf(stated))),
    address: [base.get('baseURL') ?? base.get('baseUrl') ?? base.get('prefixUrl'), own.get('baseURL') ?? own.get('baseUrl') ?? own.get('prefixUrl'), url].filter((node) => node !== undefined),
    headers: [...headers.map((node) => ({ kind: 'object' as const, node })), ...interceptedHeaders(call, code)],
    isOpen: isOpenObject(options, code) || (made !== undefined && isOpenObject(made, code)) || isIntercepted(call, code),
    body,
    parameters: [own.get('params'), own.get('searchParams'), own.get('qs'), own.get('query')].filter((node) => node !== undefined),
    addHeader: (name, value) => addHeader(call, code, { options, headers: own.get('headers'), position: isAxios ? 2 : 1 }, name, value),
  };
}

function methodOf(text: string): string | undefined {
  return /^[A-Za-z]{3,7}$/.test(text) ? text.toUpperCase() : undefined;
}

/** Whether the second argument is the body: axios and clients made from it have it there; of others that are only called `client` an object without options' names is one. */
function hasOwnBody(second: IrNode, third: IrNode | undefined, made: IrNode | undefined, callee: string, code: Code): boolean {
  if (third !== undefined) return true;
  if (/^(?:got|ky|request|superagent|needle)\b/.test(callee)) return false;
  const maker = made?.parent?.kind === 'call' ? calleeText(unwrap(made.parent.callee)) : '';
  if (/axios/i.test(`${callee} ${maker}`)) return true;
  const own = valuesIn(second, OPTIONS, code);
  return !['json', 'body', 'headers', 'searchParams', 'form'].some((name) => own.has(name));
}

function axiosBody(value: IrNode, code: Code): RequestBody | undefined {
  const node = code.tracer.sole(value) ?? unwrap(value);
  const isText = node.kind === 'text' || (node.kind === 'call' && calleeText(unwrap(node.callee)).endsWith('stringify'));
  return { value, form: isText ? 'text' : 'json' };
}

function bodyOf(own: ReadonlyMap<string, IrNode>, callee: string, usual: IrNode | undefined): RequestBody | undefined {
  const json = own.get('json') ?? own.get('data') ?? own.get('payload') ?? (own.has('body') ? usual : undefined);
  // request: `json: true` sends the body as JSON.
  const body = own.get('body');
  if (json !== undefined && unwrap(json).kind !== 'name') return { value: json, form: 'json' };
  if (body !== undefined) return { value: body, form: json !== undefined || SERIALISES.test(callee) ? 'json' : 'text' };
  if (json !== undefined) return { value: json, form: 'json' };
  const form = own.get('form');
  return form === undefined ? undefined : { value: form, form: 'form' };
}

/** The options that a client was made with: `axios.create({ baseURL })`, `got.extend({ prefixUrl })`. */
function instanceOf(client: IrNode, code: Code): IrNode | undefined {
  for (const { node, path } of code.tracer.origins(client, isMaker)) {
    if (path.length === 0 && isMaker(node)) return node.kind === 'call' ? node.arguments[0]?.value : undefined;
  }
  return undefined;
}

function isMaker(node: IrNode): boolean {
  if (node.kind !== 'call') return false;
  const callee = unwrap(node.callee);
  return callee.kind === 'member' && MAKERS.test(callee.name) && /axios|got|ky|fetch|request|http|wretch/i.test(calleeText(callee));
}

/** Headers may be set for all requests elsewhere: `axios.defaults.headers`, interceptors, hooks. */
function isIntercepted(call: CallNode, code: Code): boolean {
  const root = calleeText(unwrap(call.callee)).split('.').slice(0, -1).join('.');
  return root !== '' && code.says(INTERCEPTED) && code.isWritten(`${root}.interceptors.request`);
}

function isObject(node: IrNode, code: Code): boolean {
  const inner = unwrap(node);
  if (inner.kind === 'object') return true;
  return inner.kind === 'name' && code.tracer.sole(inner)?.kind === 'object';
}

interface Options {
  readonly options: IrNode | undefined;
  readonly headers: IrNode | undefined;
  readonly position: number;
}

function addHeader(call: CallNode, code: Code, { options, headers, position }: Options, name: string, value: HeaderValue): ReturnType<HttpDraft['addHeader']> {
  const written = valueExpression(value, code);
  if (written === undefined) return undefined;
  const entry = `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`}: ${written.expression}`;
  if (headers !== undefined && value.kind === 'fresh' && !isWithin(literalAt(headers), call)) return spreadAtCall(options, headers, entry, code);
  const given = literalAt(headers) ?? literalAt(headers === undefined ? undefined : code.tracer.sole(headers));
  if (given !== undefined) return [...written.edits, ...insertEntry(given, entry, code)];
  if (headers !== undefined) return undefined;
  const literal = literalAt(options);
  if (literal !== undefined) return [...written.edits, ...insertEntry(literal, `headers: { ${entry} }`, code)];
  if (options !== undefined || call.arguments.length !== position) return undefined;
  const edits = insertArgument(call, `{ headers: { ${entry} } }`, code);
  return edits === undefined ? undefined : [...written.edits, ...edits];
}

function isWithin(inner: IrNode | undefined, outer: IrNode): boolean {
  return inner !== undefined && inner.start >= outer.start && inner.end <= outer.end;
}

/** Headers that are made elsewhere may be those of other requests, which would all have the one new value: this call alone gets a copy with the entry. */
function spreadAtCall(options: IrNode | undefined, headers: IrNode, entry: string, code: Code): readonly TextEdit[] | undefined {
  const given = options === undefined ? undefined : unwrap(options);
  if (given?.kind === 'name' && code.tracer.sole(given)?.kind === 'object') {
    return [{ start: given.start, end: given.end, text: `{ ...${given.name}, headers: { ...${given.name}.headers, ${entry} } }` }];
  }
  const own = given?.kind === 'object' ? given.entries.find(({ key, value }) => key === 'headers' && isWithin(headers, value)) : undefined;
  const made = unwrap(headers);
  if (own === undefined || (made.kind !== 'name' && made.kind !== 'member') || code.tracer.sole(made)?.kind !== 'object') return undefined;
  const { start, end } = own.value;
  if (own.isShorthand) return [{ start: end, end, text: `: { ...${made.kind === 'name' ? made.name : ''}, ${entry} }` }];
  return [{ start, end: start, text: '{ ...' }, { start: end, end, text: `, ${entry} }` }];
}
