import { plainText } from '../ir/access.js';
import { canonical } from '../ir/names.js';
import type { CallNode, IrNode, MemberNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import type { Code } from '../stigg/code.js';

const SUMS = new Set(['reduce', 'fold', 'inject', 'sum', 'sumOf', 'sumBy', 'sumByDouble', 'aggregate', 'arraySum', 'arrayReduce', 'fsum']);
const MAPS = new Set(['map', 'mapToLong', 'mapToInt', 'mapToDouble', 'collect', 'select', 'arrayMap', 'pluck', 'arrayColumn']);
const LARGEST = /^(?:max|min|maxOf|minOf|clamp|coerceAtLeast|coerceAtMost|coerceIn)$/;
const DEEPEST = 4;

/** What a call adds up: amounts, or names of the members that hold them. Undefined where it adds up nothing. */
export function addedUp(call: CallNode, code: Code): readonly IrNode[] | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' && callee.kind !== 'name') return undefined;
  if (!SUMS.has(canonical(callee.name.split('::')[0] ?? ''))) return undefined;
  const own = made(call, code);
  // `.map((i) => i.cents).reduce((a, b) => a + b, 0)`
  if (own.length > 0) return callee.kind === 'member' && own.every(isPlainSum) ? [...own, ...elementsOf(callee.object, code, 0)] : own;
  const list = callee.kind === 'member' && call.arguments.every(({ value }) => unwrap(value).kind === 'number') ? callee.object : call.arguments[0]?.value;
  return list === undefined ? undefined : elementsOf(list, code, 0);
}

/** The same of a member, as Ruby has it: `items.map(&:price_cents).sum`. */
export function summedUp({ name, object }: MemberNode, code: Code): readonly IrNode[] {
  return name === 'sum' ? elementsOf(object, code, 0) : [];
}

function isPlainSum(expression: IrNode): boolean {
  const node = unwrap(expression);
  return node.kind === 'operation' && node.operator === '+' && node.operands.length === 2 && node.operands.every((operand) => unwrap(operand).kind === 'name');
}

/** Of `max(0, a)`, `Math.min(a, b)` and `a.clamp(0, b)` those that it may be. */
export function oneOf(call: CallNode): readonly IrNode[] | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' && callee.kind !== 'name') return undefined;
  if (!LARGEST.test(canonical(callee.name))) return undefined;
  const given = call.arguments.map(({ value }) => value);
  const isModule = callee.kind === 'name' || /^(?:Math|math|cmp|std\.cmp|np|numpy|_|lodash|decimal)$/.test(calleeText(callee.object));
  const all = isModule ? given : [callee.object, ...given];
  return all.flatMap((each) => {
    const node = unwrap(each);
    return node.kind === 'list' ? node.elements : [each];
  });
}

/** What its function returns, or the member that it is told by name: `sumBy(items, 'priceCents')`, `sum(&:price_cents)`, `Item::getPriceCents`. */
function made(call: CallNode, code: Code): readonly IrNode[] {
  return call.arguments.flatMap(({ value }): readonly IrNode[] => {
    const node = unwrap(value);
    if (node.kind === 'function') return code.tracer.returnsOf(node);
    const name = node.kind === 'text' ? plainText(node) : undefined;
    if (name !== undefined && /^\w{1,100}$/.test(name)) return [{ kind: 'name', name, start: node.start, end: node.end, parent: node.parent }];
    return node.kind === 'member' && call.arguments.length === 1 && /^[A-Z]/.test(calleeText(node)) ? [node] : [];
  });
}

function elementsOf(list: IrNode, code: Code, depth: number): readonly IrNode[] {
  const node = unwrap(list);
  if (depth > DEEPEST) return [];
  if (node.kind === 'list') return node.elements;
  if (node.kind === 'group') {
    // Python's `price for item in items`.
    const last = node.children.at(-1);
    return last === undefined ? [] : last.kind === 'list' ? last.elements : [last];
  }
  if (node.kind === 'name') {
    const origin = code.tracer.sole(node);
    return origin === undefined || origin === node || origin.kind === 'name' ? [] : elementsOf(origin, code, depth + 1);
  }
  const callee = node.kind === 'call' ? unwrap(node.callee) : undefined;
  return node.kind === 'call' && (callee?.kind === 'member' || callee?.kind === 'name') && MAPS.has(canonical(callee.name)) ? made(node, code) : [];
}
