import { canonical } from '../ir/names.js';
import type { BindNode, CallNode, IrNode } from '../ir/node.js';
import { unwrap } from '../ir/walk.js';
import type { Span } from '../languages/language.js';
import type { Code } from './code.js';
import { functionAround } from './constants.js';

/** What the clients are asked and told. */
const ASKED = /^(?:get|report|provision|apply|update|cancel|estimate|preview|grant|import|create|migrate|transfer|track|delegate)(?=[A-Z])/;
/** Nest and other containers wait for factories that are asynchronous, and for nothing else. */
const FACTORY = /^(?:useFactory|factory)$/;
const HIGHEST = 12;

/** What a module does with a client that it starts. */
export interface Started {
  readonly call: CallNode;
  /** What gives the client a name. */
  readonly bind: BindNode | undefined;
  /** The module itself asks the client, or is the only place that could wait for it. */
  readonly isUsed: boolean;
}

/** What becomes of the client that is started there; undefined where the call cannot be found. */
export function startedAt({ start, end }: Span, code: Code): Started | undefined {
  const call = code.calls.find((one) => one.start === start && one.end === end);
  if (call === undefined) return undefined;
  const names = new Set<string>();
  let bind: BindNode | undefined;
  let node: IrNode = call;
  for (let left = HIGHEST; left > 0; left--) {
    const parent: IrNode | undefined = node.parent;
    if (parent === undefined || parent.kind === 'function' || parent.kind === 'call') break;
    if (parent.kind === 'bind') {
      bind ??= parent;
      for (const { name, place } of parent.targets) {
        const own = name ?? (place === undefined ? undefined : lastName(place));
        if (own !== undefined) names.add(own);
      }
    }
    if (parent.kind === 'object') {
      const held: IrNode = node;
      const key = parent.entries.find(({ value }) => value === held)?.key;
      if (key !== undefined) names.add(key);
    }
    node = parent;
  }
  return { call, bind, isUsed: isInFactory(call) || code.calls.some((one) => asks(one, names, code)) };
}

/** `client.getEntitlement(…)`, `this.client.reportUsage(…)`, `client().getPaywall(…)` */
function asks(call: CallNode, names: ReadonlySet<string>, code: Code): boolean {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' || !ASKED.test(canonical(callee.name))) return false;
  const receiver = unwrap(callee.object);
  const name = lastName(receiver);
  if (name !== undefined && names.has(name)) return true;
  const fn = receiver.kind === 'call' ? code.tracer.functionOf(receiver) : undefined;
  return fn !== undefined && code.tracer.returnsOf(fn).some((value) => names.has(lastName(unwrap(value)) ?? ''));
}

function isInFactory(call: CallNode): boolean {
  const fn = functionAround(call);
  const holder = fn?.parent;
  return holder?.kind === 'object' && holder.entries.some(({ key, value }) => value === fn && FACTORY.test(key ?? ''));
}

function lastName(node: IrNode): string | undefined {
  return node.kind === 'name' || node.kind === 'member' ? node.name : undefined;
}
