import type { CallNode, IrNode } from '../../ir/node.js';
import { calleeText } from '../../ir/objects.js';
import { unwrap, walk } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HeaderSource } from './draft.js';

/** The headers that axios' interceptors and defaults set for all requests of the client that the call is made on. */
export function interceptedHeaders(call: CallNode, code: Code): HeaderSource[] {
  const root = calleeText(unwrap(call.callee)).split('.').slice(0, -1).join('.');
  if (root === '' || root.includes('?')) return [];
  const prefix = `${root}.interceptors.request`;
  return code.callsOfText(`${prefix}.use`)
    .flatMap(({ arguments: given }) => (given[0] === undefined ? [] : headersSetIn(given[0].value)));
}

/** `config.headers.Accept = …`, `config.headers.set('Accept', …)` */
function headersSetIn(fn: IrNode): HeaderSource[] {
  const found: HeaderSource[] = [];
  for (const node of walk(fn)) {
    if (node.kind === 'bind' && node.value !== undefined) {
      const place = node.targets.length === 1 ? node.targets[0]?.place : undefined;
      if (place?.kind !== 'member' || !isHeaders(place.object)) continue;
      found.push({ kind: 'pair', name: nameText(place.name, place.nameStart, place.nameEnd), value: node.value, start: node.start, end: node.end });
    } else if (node.kind === 'call') {
      const callee = unwrap(node.callee);
      const [name, value] = node.arguments;
      if (callee.kind !== 'member' || callee.name !== 'set' || !isHeaders(callee.object) || name === undefined || value === undefined) continue;
      found.push({ kind: 'pair', name: name.value, value: value.value, start: node.start, end: node.end });
    }
  }
  return found;
}

function isHeaders(node: IrNode): boolean {
  const inner = unwrap(node);
  return inner.kind === 'member' && (inner.name === 'headers' || (inner.name === 'common' && isHeaders(inner.object)));
}

function nameText(value: string, start: number, end: number): IrNode {
  return { kind: 'text', start, end, parts: [{ kind: 'stretch', value, start, end }] };
}
