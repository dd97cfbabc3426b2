import { pathOf } from '../ir/access.js';
import type { CallNode, ClassNode, FunctionNode, IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { isSelf } from '../ir/scopes.js';
import { unwrap, walk } from '../ir/walk.js';
import type { Code } from './code.js';
import type { StiggRequest } from './request.js';

/** Functions that call functions that send. */
const DEEPEST = 3;
const MOST = 400;

/** The request of a call, where its code is that of these callers. */
export type RequestIn = (call: CallNode, code: Code) => StiggRequest | undefined;

/** The function whose code the node is part of. */
function functionAround(node: IrNode): FunctionNode | undefined {
  let outer = node.parent;
  while (outer !== undefined && outer.kind !== 'function') outer = outer.parent;
  return outer;
}

/** A call that sends, in a function that others call. */
interface Sent {
  readonly call: CallNode;
  /** The request that it makes as it stands there; undefined where only the callers say that it goes to Stigg. */
  readonly original: StiggRequest | undefined;
  /** The code in the calls that lead there. */
  readonly code: Code;
}

/**
 * The requests that a program makes by calling its own functions: `api('/coupons', { method: 'POST', body })` where `api` fetches. Only functions that send what
 * their callers hand over are of interest. `open` are calls that send to an address that they are handed over.
 */
export function throughWrappers(code: Code, direct: readonly StiggRequest[], open: readonly CallNode[], request: RequestIn): StiggRequest[] {
  /** What the functions send, by function; found at one level, looked for in the callers at the next. */
  let level = new Map<FunctionNode, Sent[]>();
  const put = (to: Map<FunctionNode, Sent[]>, at: IrNode, sent: Sent): void => {
    const fn = senderAround(at);
    if (fn !== undefined) to.set(fn, [...(to.get(fn) ?? []), sent]);
  };
  for (const original of direct) if (original.call?.kind === 'call') put(level, original.call, { call: original.call, original, code });
  for (const call of open) put(level, call, { call, original: undefined, code });
  const found: StiggRequest[] = [];
  for (let depth = 0; depth < DEEPEST && level.size > 0 && found.length < MOST; depth++) {
    const next = new Map<FunctionNode, Sent[]>();
    const from = level;
    const methods = methodsAmong(level);
    for (const call of code.calls) {
      const fn = calledFunction(call, code, (one) => from.has(one), (name) => methods.get(name));
      if (fn === undefined || found.length >= MOST || functionAround(call) === fn) continue;
      for (const inner of level.get(fn) ?? []) {
        const within = inner.code.within(fn, call);
        const sent = request(inner.call, within);
        if (sent === undefined) {
          // The callers of the caller may know.
          if (inner.original === undefined) put(next, call, { ...inner, code: within });
          continue;
        }
        const outer: StiggRequest = { ...sent, start: call.start, end: call.end, ...(inner.original === undefined ? {} : { through: inner.original }), within, call };
        found.push(outer);
        put(next, call, { call: inner.call, original: inner.original ?? outer, code: within });
      }
    }
    level = next;
  }
  return found;
}

interface Made {
  /** undefined where only the callers of the call may say that it goes to Stigg. */
  readonly outer: StiggRequest | undefined;
  readonly sent: Sent;
}

/** What the calls of the program send, asked call by call. */
export interface Senders {
  readonly direct: (call: CallNode) => StiggRequest | undefined;
  /** It sends to an address that its function is handed; known once `direct` was asked. */
  readonly isOpen: (call: CallNode) => boolean;
  readonly request: RequestIn;
}

/** The same as `throughWrappers`, for some calls: looks into the functions that they call, and into those that these call. */
export class ThroughWrappers {
  readonly #code: Code;
  readonly #senders: Senders;
  readonly #sent = new Map<FunctionNode, (readonly Sent[])[]>();

  constructor(code: Code, senders: Senders) {
    this.#code = code;
    this.#senders = senders;
  }

  of(calls: readonly CallNode[]): StiggRequest[] {
    const found: StiggRequest[] = [];
    for (let depth = 0; depth < DEEPEST; depth++) for (const call of calls) for (const { outer } of this.#made(call, depth)) if (outer !== undefined) found.push(outer);
    return found;
  }

  /** What the call makes of what functions send that many calls further on. */
  #made(call: CallNode, depth: number): readonly Made[] {
    const fn = this.#called(call, depth);
    if (fn === undefined || functionAround(call) === fn) return [];
    return this.#sends(fn, depth).flatMap((inner): Made[] => {
      const within = inner.code.within(fn, call);
      const sent = this.#senders.request(inner.call, within);
      if (sent === undefined) return inner.original === undefined ? [{ outer: undefined, sent: { ...inner, code: within } }] : [];
      const outer: StiggRequest = { ...sent, start: call.start, end: call.end, ...(inner.original === undefined ? {} : { through: inner.original }), within, call };
      return [{ outer, sent: { call: inner.call, original: inner.original ?? outer, code: within } }];
    });
  }

  #sends(fn: FunctionNode, depth: number): readonly Sent[] {
    let known = this.#sent.get(fn);
    if (known === undefined) this.#sent.set(fn, (known = []));
    return (known[depth] ??= this.#find(fn, depth));
  }

  #find(fn: FunctionNode, depth: number): readonly Sent[] {
    if (fn.parameters.length === 0) return [];
    const calls = walk(fn).filter((node) => node.kind === 'call').filter((call) => senderAround(call) === fn);
    if (depth > 0) return calls.flatMap((call) => this.#made(call, depth - 1).map(({ sent }) => sent));
    const code = this.#code;
    const direct = calls.flatMap((call): Sent[] => {
      const original = this.#senders.direct(call);
      return original?.call?.kind === 'call' ? [{ call: original.call, original, code }] : [];
    });
    return [...direct, ...calls.flatMap((call): Sent[] => (this.#senders.isOpen(call) ? [{ call, original: undefined, code }] : []))];
  }

  #called(call: CallNode, depth: number): FunctionNode | undefined {
    const isSender = (fn: FunctionNode): boolean => this.#sends(fn, depth).length > 0;
    return calledFunction(call, this.#code, isSender, (name) => this.#code.functionsNamed(name).findLast(isSender));
  }
}

/** The nearest function that has parameters to hand over; a callback inside of it is part of it. */
function senderAround(node: IrNode): FunctionNode | undefined {
  let fn = functionAround(node);
  while (fn !== undefined && fn.name === undefined && fn.parent?.kind === 'call') fn = functionAround(fn);
  return fn !== undefined && fn.parameters.length > 0 ? fn : undefined;
}

/** The methods by name; two of one name cannot be told apart by it. */
function methodsAmong(level: ReadonlyMap<FunctionNode, unknown>): ReadonlyMap<string, FunctionNode> {
  const methods = new Map<string, FunctionNode>();
  for (const fn of [...level.keys()].sort((a, b) => a.start - b.start)) if (fn.name !== undefined) methods.set(fn.name, fn);
  return methods;
}

function calledFunction(call: CallNode, code: Code, isSender: (fn: FunctionNode) => boolean, methodOf: (name: string) => FunctionNode | undefined): FunctionNode | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' && callee.kind !== 'name') return undefined;
  const known = code.tracer.functionOf(call);
  if (known !== undefined) return isSender(known) ? known : undefined;
  const method = methodOf(callee.name);
  if (method === undefined) return undefined;
  // A plain name finds the methods of the class around it in many languages.
  if (callee.kind === 'name') return method.parent?.kind === 'class' && isInside(call, method.parent) ? method : undefined;
  return isInstance(callee.object, method, code) ? method : undefined;
}

function isInside(node: IrNode, owner: ClassNode): boolean {
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) if (outer === owner) return true;
  return false;
}

/** Whether the object is one that has the method: by its class, its type, or because it is called after Stigg. */
function isInstance(object: IrNode, method: FunctionNode, code: Code): boolean {
  const owner = method.parent?.kind === 'class' ? method.parent.name : undefined;
  const names = pathOf(object);
  if (names.some((name) => /stigg/i.test(name)) || (names.length === 1 && isSelf(names[0] ?? ''))) return true;
  for (const { node } of code.tracer.origins(object)) {
    if (node.kind === 'call' && owner !== undefined && calleeText(unwrap(node.callee)).split(/[.:]/).includes(owner)) return true;
    if (node.kind === 'class' && node.name === owner && owner !== undefined) return true;
    if (node.kind !== 'name') continue;
    for (const source of code.scopes.resolve(node.name, node)?.sources ?? []) {
      const type = source.kind === 'parameter' ? source.node.parameters[source.index]?.type : source.kind === 'bind' ? source.node.type : undefined;
      // In Go the methods stand outside of the type, with it as their first parameter.
      const own = owner ?? method.parameters[0]?.type?.replace(/^[*&]+/, '');
      if (type !== undefined && own !== undefined && own !== '' && type.replace(/^[*&]+/, '') === own) return true;
    }
  }
  return false;
}
