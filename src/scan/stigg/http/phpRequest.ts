import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderSource, HttpDraft } from './draft.js';
import { usesOf, type Use } from './holders.js';
import { makersOf } from './makers.js';
import { addToHeaders, phpEntry } from './phpEdits.js';
import { isEmpty, phpContent, phpOptions } from './phpOptions.js';
import { insertArgument } from './insert.js';
import { argumentOf, calledHeader, mentionsStigg, resolvedAddress } from './sources.js';
import { valueExpression } from './values.js';

const LONGEST_CHAIN = 60;
const SENDERS = /^(?:send|sendAsync|sendRequest)$/;
const MAKER = /(?:^|[.\\])Client$/;

/** A PSR-7 request: `new Request('POST', $url, $headers, $body)`, `$factory->createRequest('POST', $url)`, with what `withHeader` adds to it. */
export function psrRequest(call: CallNode, code: Code): HttpDraft | undefined {
  const name = calleeText(unwrap(call.callee)).split(/[.\\]/).at(-1) ?? '';
  if (call.isNew ? !/^(?:Request|ServerRequest)$/.test(name) : name !== 'createRequest') return undefined;
  const method = argumentOf(call, 'method', 0)?.value;
  const target = argumentOf(call, 'uri', 1)?.value;
  const verb = method === undefined ? '' : code.textOf(method);
  if (target === undefined) return undefined;
  const { links, uses } = linksOf(call, code);
  const senders = [...uses, ...givenTo(call)].flatMap((use) => (use.kind === 'argument' ? [use.call] : []));
  const clients = senders.map((sender) => clientOf(sender, code));
  const base = clients.find(({ base: own }) => own !== undefined)?.base;
  const address = resolvedAddress(base, target, code);
  if (!mentionsStigg(address, code)) return undefined;
  const headers = call.isNew ? argumentOf(call, 'headers', 2)?.value : undefined;
  const body = links.findLast((link) => nameOf(link) === 'withBody')?.arguments[0]?.value ?? (call.isNew ? argumentOf(call, 'body', 3)?.value : undefined);
  return {
    call,
    method: /^[A-Za-z]{3,7}$/.test(verb) ? verb.toUpperCase() : undefined,
    address,
    headers: [
      ...clients.flatMap(({ headers: own }) => own),
      ...(headers === undefined ? [] : [{ kind: 'object', node: headers } satisfies HeaderSource]),
      ...links.flatMap((link) => (/^with(?:Added)?Header$/.test(nameOf(link)) ? calledHeader(link) : [])),
    ],
    isOpen: clients.length === 0 || clients.some(({ isOpen }) => isOpen) || uses.some(({ kind }) => kind === 'returned'),
    body: phpContent(body, code),
    parameters: [],
    addHeader: (header, value) => {
      const written = valueExpression(value, code);
      const entry = phpEntry(header, value, code);
      if (written === undefined || entry === undefined) return undefined;
      if (!call.isNew) return [{ start: call.end, end: call.end, text: `->withHeader('${header}', ${written.expression})` }];
      if (headers !== undefined) return addToHeaders(headers, entry, code);
      return call.arguments.length === 2 ? insertArgument(call, `[${entry}]`, code) : undefined;
    },
  };
}

/** The calls that make further requests of this one, in a chain or by a variable, and what else is done with any of them. */
function linksOf(made: CallNode, code: Code): { readonly links: readonly CallNode[]; readonly uses: readonly Use[] } {
  const links = new Set<CallNode>();
  const uses: Use[] = [];
  const waiting: CallNode[] = [made];
  for (let node = waiting.pop(); node !== undefined && links.size < LONGEST_CHAIN; node = waiting.pop()) {
    let outer: IrNode = node;
    while (outer.parent?.kind === 'wrapped') outer = outer.parent;
    const next = outer.parent?.kind === 'member' && outer.parent.parent?.kind === 'call' ? outer.parent.parent : undefined;
    const more = usesOf(node, code);
    const calls = [...(next === undefined ? [] : [next]), ...more.flatMap((use) => (use.kind === 'call' && use.path.length === 1 ? [use.call] : []))];
    for (const link of calls) {
      if (!nameOf(link).startsWith('with') || links.has(link)) continue;
      links.add(link);
      waiting.push(link);
    }
    uses.push(...more.filter(({ kind }) => kind !== 'call'), ...(node === made ? [] : givenTo(node)));
  }
  return { links: [...links], uses };
}

/** The call whose argument it is, as it stands. */
function givenTo(node: IrNode): Use[] {
  const { parent } = node;
  const index = parent?.kind === 'call' ? parent.arguments.findIndex(({ value }) => value === node) : -1;
  return parent?.kind === 'call' && index !== -1 ? [{ kind: 'argument', call: parent, index }] : [];
}

/** What the client adds that sends the request. */
function clientOf(sender: CallNode, code: Code): { readonly base: IrNode | undefined; readonly headers: readonly HeaderSource[]; readonly isOpen: boolean } {
  const callee = unwrap(sender.callee);
  if (callee.kind !== 'member' || !SENDERS.test(callee.name)) return { base: undefined, headers: [], isOpen: true };
  const made = makersOf(callee.object, code, (each) => each.isNew && MAKER.test(calleeText(unwrap(each.callee))));
  const own = made.calls.map((each) => phpOptions(each.arguments[0]?.value, code));
  const options = sender.arguments[1]?.value;
  const given = phpOptions(options, code);
  return {
    base: own.map((each) => each.own.get('baseUri')).find((node) => node !== undefined),
    headers: [...own, given].flatMap(({ headers }) => headers),
    isOpen: made.calls.length === 0 || made.isOpen || own.some(({ isOpen }) => isOpen) || (!isEmpty(options) && given.isOpen),
  };
}

function nameOf({ callee }: CallNode): string {
  const node = unwrap(callee);
  return node.kind === 'member' ? node.name : '';
}
