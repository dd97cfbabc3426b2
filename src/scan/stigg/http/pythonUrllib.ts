import type { CallNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { RequestBody } from '../request.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { usesOf, type Use } from './holders.js';
import { isOpenObject } from './properties.js';
import { addPythonHeader } from './pythonEdits.js';
import { pathOfCallee } from './pythonSessions.js';
import { argumentOf, calledHeader, mentionsStigg, queriesIn, writtenHeader } from './sources.js';

const REQUEST = /^(?:urllib\.)?request\.Request$/;
const OPEN = /^(?:urllib\.)?request\.urlopen$/;
/** What gets a request and leaves it as it is. */
const SENDERS = /(?:^|\.)(?:urlopen|open|print|repr|str|len|debug|info)$/;

/** `urllib.request.Request`, with what is added to it later; and `urlopen` of a plain address. */
export function urllib(call: CallNode, code: Code): HttpDraft | undefined {
  const path = pathOfCallee(call, code);
  const isRequest = REQUEST.test(path);
  if (!isRequest && !OPEN.test(path)) return undefined;
  const url = argumentOf(call, isRequest ? 'full_url' : 'url', 0)?.value ?? argumentOf(call, 'url', 0)?.value;
  if (url === undefined || !mentionsStigg([url], code)) return undefined;
  const uses = isRequest ? usesOf(call, code) : [];
  const headers = isRequest ? argumentOf(call, 'headers', 2)?.value : undefined;
  const written = (name: string): Extract<Use, { kind: 'write' }> | undefined => uses.findLast((use) => use.kind === 'write' && use.path.join('.') === name) as Extract<Use, { kind: 'write' }> | undefined;
  const data = argumentOf(call, 'data', 1)?.value ?? written('data')?.bind.value;
  const stated = isRequest ? argumentOf(call, 'method', 5)?.value ?? written('method')?.bind.value : undefined;
  const method = stated === undefined ? undefined : code.textOf(stated);
  return {
    call,
    method: method === undefined ? (data === undefined ? 'GET' : 'POST') : /^[A-Za-z]{3,7}$/.test(method) ? method.toUpperCase() : undefined,
    address: [url],
    headers: [...(headers === undefined ? [] : [{ kind: 'object', node: headers } satisfies HeaderSource]), ...uses.flatMap(headersOfUse)],
    isOpen: uses.some(isOpenUse) || call.arguments.some(({ isSpread, value }) => isSpread && isOpenObject(value, code)) || code.says(/\b(?:install_opener|build_opener)\b/),
    body: data === undefined ? undefined : { value: data, form: formOf(data, code) },
    parameters: queriesIn([url], code),
    addHeader: (name, value) => (isRequest ? addPythonHeader(call, { headers, isHidden: false }, code, name, value) : undefined),
  };
}

function headersOfUse(use: Use): HeaderSource[] {
  if (use.kind === 'call') return /^(?:add_header|add_unredirected_header)$/.test(use.path.join('.')) ? calledHeader(use.call) : [];
  return use.kind === 'write' && use.path[0] === 'headers' && use.path.length === 2 ? writtenHeader(use) : [];
}

function isOpenUse(use: Use): boolean {
  return use.kind === 'returned' || (use.kind === 'argument' && !SENDERS.test(calleeText(unwrap(use.call.callee)))) || (use.kind === 'call' && use.path[0] === 'headers');
}

function formOf(data: NonNullable<RequestBody['value']>, code: Code): RequestBody['form'] {
  const node = code.tracer.sole(data) ?? unwrap(data);
  return /\burlencode\(/.test(code.slice(node)) ? 'form' : 'text';
}
