import type { IrNode } from '../../ir/node.js';
import { made } from '../../ir/walk.js';
import { newlineOf } from '../../lines.js';
import type { ParsedSource } from '../../languages/language.js';
import { destinationOf, endpointFor } from '../endpointFor.js';
import { valueIn } from '../payload/notation.js';
import { asWritten } from '../payload/written.js';
import type { HeaderValue, RequestBody, RequestHeader, StiggRequest } from '../request.js';
import { blocksOf, withoutVersion, type RequestBlock } from './blocks.js';
import { graphqlBody, jsonBody } from './body.js';
import { FileVariables } from './variables.js';

/** What makes a value that nobody used before, in all clients that read such files. */
const FRESH = '{{$guid}}';
const HEADER = /^([ \t]*)([A-Za-z][\w.-]*)([ \t]*:[ \t]*)([^]*)$/;

/** The requests to Stigg in a file of requests, as the REST Client extension, JetBrains' client and Visual Studio read it. */
export function httpFileRequests({ text }: ParsedSource): readonly StiggRequest[] {
  if (!/stigg/i.test(text)) return [];
  const variables = new FileVariables(text);
  const requests = blocksOf(text).flatMap((block) => requestOf(block, text, variables) ?? []);
  // Below the file's variables, so that names can be followed.
  const children = [...variables.all.map((variable) => bindOf(text, variable)), ...requests.flatMap(({ body }) => body?.value ?? [])];
  made({ kind: 'group', start: 0, end: text.length, isScope: true, children });
  return requests;
}

function bindOf(text: string, { name, nameSpan, value, valueSpan }: FileVariables['all'][number]): IrNode {
  const isNumber = /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value);
  const node: IrNode = isNumber
    ? { kind: 'number', value: Number(value), ...valueSpan }
    : valueIn(asWritten(text, valueSpan.start, valueSpan.end)) ?? { kind: 'text', parts: [{ kind: 'stretch', value, ...valueSpan }], ...valueSpan };
  return made({
    kind: 'bind', targets: [{ name, place: undefined, path: [], ...nameSpan }], value: node, operator: '=', isDeclaration: true, isEach: false, type: undefined, start: nameSpan.start, end: Math.max(nameSpan.end, valueSpan.end),
  });
}

function requestOf(block: RequestBlock, text: string, variables: FileVariables): StiggRequest | undefined {
  const address = block.address.map(({ start, end }) => withoutVersion(text.slice(start, end))).join('');
  const destination = destinationOf(variables.textOf(address, true));
  if (destination === undefined) return undefined;
  const headers = block.headers.flatMap((line) => headerIn(text, line.start, line.end, variables) ?? []);
  const isGraphql = block.method === 'GRAPHQL' || headers.some(({ name, text: value }) => /^x-request-type$/i.test(name) && /graphql/i.test(value));
  const body = bodyOf(block, text, isGraphql);
  const method = block.method === 'GRAPHQL' ? 'POST' : block.method ?? 'GET';
  return {
    ...destination,
    ...block.head,
    method,
    endpoint: destination.surface === 'rest' ? endpointFor(method, destination.path) : undefined,
    headers,
    isOpen: false,
    body,
    parameters: [],
    call: undefined,
    addHeader: (name, value) => {
      const { end } = block.headers.at(-1) ?? block.address.at(-1) ?? block.head;
      const at = block.headers.length > 0 ? end : block.head.end;
      return [{ start: at, end: at, text: `${newlineOf(text)}${name}: ${valueOf(value)}` }];
    },
  };
}

function valueOf(value: HeaderValue): string {
  return value.kind === 'fresh' ? FRESH : value.text;
}

function headerIn(text: string, start: number, end: number, variables: FileVariables): RequestHeader | undefined {
  const match = HEADER.exec(text.slice(start, end));
  if (match === null) return undefined;
  const [, blank = '', name = '', separator = '', value = ''] = match;
  const nameStart = start + blank.length;
  const nameEnd = nameStart + name.length;
  const valueStart = nameEnd + separator.length;
  return { name, nameStart, nameEnd, value: { start: valueStart, end: valueStart + value.trimEnd().length }, text: variables.textOf(value.trim(), false), start: nameStart, end: valueStart + value.trimEnd().length };
}

function bodyOf({ body, method }: RequestBlock, text: string, isGraphql: boolean): RequestBody | undefined {
  const first = body.findIndex(({ start, end }) => text.slice(start, end).trim() !== '');
  const last = body.findLast(({ start, end }) => text.slice(start, end).trim() !== '');
  const from = body[first];
  if (from === undefined || last === undefined) return undefined;
  const form = method === 'GRAPHQL' ? 'json' : 'text';
  // `< ./file.json`: somewhere else.
  if (/^<@?[ \t]/.test(text.slice(from.start, from.end))) return { value: undefined, form };
  const span = { start: from.start, end: last.end };
  if (isGraphql) return { value: graphqlBody(text, body.slice(first, body.indexOf(last) + 1)), form };
  return { value: jsonBody(text, span), form };
}
