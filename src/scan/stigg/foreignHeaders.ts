import type { MemoryKey } from '../ir/memory.js';
import type { CallNode, FunctionNode, IrNode } from '../ir/node.js';
import type { Code } from './code.js';
import { destinationOf } from './endpointFor.js';
import type { HttpDraft } from './http/draft.js';
import { HTTP_CLIENTS } from './http/index.js';
import type { RequestHeader } from './request.js';
import { addressOf, collect, isParameter } from './requests.js';

const MOST_CALLERS = 20;

const FOREIGN: MemoryKey<ReadonlySet<number>> = {};

/** Where the names of those headers stand that requests to other hosts carry, or requests of which nobody knows where they go. They may be the same as Stigg's: a client or an object serves both. */
export function foreignHeadersOf(code: Code): ReadonlySet<number> {
  if (code.focus !== undefined) {
    const { whole, asked } = code.focus;
    asked.everything();
    return whole.once(FOREIGN, whole.program.root, () => foreignHeadersOf(whole));
  }
  const places = new Set<number>();
  const clients = HTTP_CLIENTS.filter(({ languages, trace }) => languages.includes(code.languageId) && trace.test(code.text));
  const draftOf = (call: CallNode, within: Code): HttpDraft | undefined => {
    for (const client of clients) {
      const draft = client.draft(call, within);
      if (draft !== undefined) return draft;
    }
    return undefined;
  };
  for (const call of code.calls) {
    const draft = draftOf(call, code);
    if (draft === undefined || isToStigg(draft, code) || !isForeign(call, draft, code, draftOf)) continue;
    const headers: RequestHeader[] = [];
    for (const source of draft.headers) collect(source, code, headers, 0);
    for (const { nameStart } of headers) places.add(nameStart);
  }
  return places;
}

function isToStigg({ address }: HttpDraft, code: Code): boolean {
  return destinationOf(addressOf(address.map((node) => code.textOf(node)))) !== undefined;
}

/** A function that is handed the address sends to wherever its callers say. */
function isForeign(call: CallNode, draft: HttpDraft, code: Code, draftOf: (call: CallNode, within: Code) => HttpDraft | undefined): boolean {
  // What is no address at all is no request: `cache.get(key)`.
  if (draft.address.length === 0) return false;
  const fn = draft.address.some((node) => code.tracer.origins(node).some((origin) => isParameter(origin.node, code))) ? functionAround(call) : undefined;
  const callers = fn === undefined ? [] : code.callsOf(fn).slice(0, MOST_CALLERS);
  if (fn === undefined || callers.length === 0) return true;
  return callers.some((caller) => {
    const within = code.within(fn, caller);
    const inner = draftOf(call, within);
    return inner !== undefined && !isToStigg(inner, within);
  });
}

function functionAround(node: IrNode): FunctionNode | undefined {
  let outer = node.parent;
  while (outer !== undefined && outer.kind !== 'function') outer = outer.parent;
  return outer;
}
