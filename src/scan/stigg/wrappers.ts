import { pathOf } from '../ir/access.js';
import type { CallNode, ClassNode, FunctionNode, IrNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { isSelf } from '../ir/scopes.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from './code.js';
import type { StiggRequest } from './request.js';

/** Functions that call functions that send. */
const DEEPEST = 3;
const MOST = 400;

type RequestIn = (call: CallNode, code: Code) => StiggRequest | undefined;

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
    const methods = methodsAmong(level);
    for (const call of code.calls) {
      const fn = calledFunction(call, code, level, methods);
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

/** The nearest function that has parameters to hand over; a callback inside of it is part of it. */
function senderAround(node: IrNode): FunctionNode | undefined {
  let fn = functionAround(node);
  while (fn !== undefined && fn.name === undefined && fn.parent?.kind === 'call') fn = functionAround(fn);
  return fn !== undefined && fn.parameters.length > 0 ? fn : undefined;
}

/** The methods by name; two of one name cannot be told apart by it. */
function methodsAmong(level: ReadonlyMap<FunctionNode, unknown>): ReadonlyMap<string, FunctionNode> {
  const methods = new Map<string, FunctionNode>();
  for (const fn of level.keys()) if (fn.name !== undefined) methods.set(fn.name, fn);
  return methods;
}

function calledFunction(call: CallNode, code: Code, level: ReadonlyMap<FunctionNode, unknown>, methods: ReadonlyMap<string, FunctionNode>): FunctionNode | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' && callee.kind !== 'name') return undefined;
  const known = code.tracer.functionOf(call);
  if (known !== undefined) return level.has(known) ? known : undefined;
  const method = methods.get(callee.name);
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
