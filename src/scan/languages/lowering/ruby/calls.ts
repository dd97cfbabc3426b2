import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Argument, CallNode, IrNode, MemberNode } from '../../../ir/node.js';
import { constantOf, wrapped } from '../scripting.js';
import { blockFunction, functionOf } from './functions.js';
import { braceless, entry, given, inner, valueOf } from './values.js';

/** Calls that change what may call the method that they are given. */
const MODIFIERS: ReadonlySet<string> = new Set(['private', 'protected', 'public', 'private_class_method', 'public_class_method', 'module_function']);
const BLOCKS: ReadonlySet<string> = new Set(['block', 'do_block']);

/** `f x`, `a.f(x) { … }`; `a.b` alone is a member. */
export function call(node: Node, lower: Lower): IrNode {
  const all = given(node);
  const [first, second] = all;
  if (first === undefined) return lower.group(node, []);
  const hasReceiver = second !== undefined && /\.|::/.test(lower.text.slice(first.endIndex, second.startIndex));
  const receiver = hasReceiver ? first : undefined;
  const rest = hasReceiver ? all.slice(1) : all;
  const method = rest[0]?.type === 'argument_list' ? undefined : rest[0];
  const list = rest.find(({ type }) => type === 'argument_list');
  const block = rest.find(({ type }) => BLOCKS.has(type));
  const known = [method, list, block].filter((part) => part !== undefined).length;
  if (known !== rest.length || (receiver === undefined && method === undefined)) return lower.group(node, lower.all(all));
  if (receiver === undefined && method !== undefined) {
    const special = specialCall(node, method, list, block, lower);
    if (special !== undefined) return special;
  }
  const callee = calleeOf(node, receiver, method, lower);
  if (list === undefined && block === undefined && !(callee.kind === 'member' && callee.name === 'new')) return callee;
  const values = list === undefined ? [] : argumentsOf(list, lower);
  if (block !== undefined) values.push({ name: undefined, value: lower.one(block), isSpread: false, start: block.startIndex, end: block.endIndex });
  const place = list === undefined ? { listStart: callee.end, listEnd: callee.end } : { listStart: list.startIndex, listEnd: list.endIndex };
  return lower.make<CallNode>({ kind: 'call', start: node.startIndex, end: node.endIndex, callee, arguments: values, isNew: false, ...place });
}

/** `f.(x)` calls what `f` stands for. */
function calleeOf(node: Node, receiver: Node | undefined, method: Node | undefined, lower: Lower): IrNode {
  if (receiver === undefined) return method === undefined ? lower.group(node, []) : lower.name(method);
  const object = lower.one(receiver);
  if (method === undefined) return object;
  return lower.make<MemberNode>({ kind: 'member', start: node.startIndex, end: method.endIndex, object, name: lower.textOf(method), nameStart: method.startIndex, nameEnd: method.endIndex });
}

/** `lambda { … }` is a function, `private def …` the method. */
function specialCall(node: Node, method: Node, list: Node | undefined, block: Node | undefined, lower: Lower): IrNode | undefined {
  const name = lower.textOf(method);
  if (block !== undefined && list === undefined && (name === 'lambda' || name === 'proc')) return blockFunction(node, block, lower);
  if (list === undefined || block !== undefined || !MODIFIERS.has(name)) return undefined;
  const [only, second] = given(list);
  return second === undefined && (only?.type === 'method' || only?.type === 'singleton_method') ? functionOf(only, lower) : undefined;
}

export function argumentsOf(list: Node, lower: Lower): Argument[] {
  return given(list).map((each) => argument(each, lower));
}

function argument(node: Node, lower: Lower): Argument {
  const { startIndex: start, endIndex: end } = node;
  switch (node.type) {
    case 'splat_argument':
    case 'hash_splat_argument':
    case 'forward_argument':
      return { name: undefined, value: inner(node, lower), isSpread: true, start, end };
    case 'block_argument':
      return { name: undefined, value: wrapped(node, lower, 'reference', inner(node, lower)), isSpread: false, start, end };
    case 'pair': {
      const { key, value } = entry(node, lower);
      if (key !== undefined) return { name: key, value, isSpread: false, start, end };
      return { name: undefined, value: braceless([node], lower), isSpread: true, start, end };
    }
    default:
      return { name: undefined, value: lower.one(node), isSpread: false, start, end };
  }
}

/** `a[:b]` and `a["b"]` are members. */
export function elementReference(node: Node, lower: Lower): IrNode {
  const [value, ...indices] = given(node);
  if (value === undefined) return lower.group(node, []);
  const place = { start: node.startIndex, end: node.endIndex, object: lower.one(value) };
  const index = valueOf(indices.filter(({ type }) => !BLOCKS.has(type)), lower);
  const key = index === undefined ? undefined : constantOf(index);
  if (key === undefined) return lower.make({ kind: 'element', ...place, index });
  return lower.make({ kind: 'member', ...place, name: key.value, nameStart: key.start, nameEnd: key.end });
}

/** `A::B`; `::A` is a name. */
export function scopeResolution(node: Node, lower: Lower): IrNode {
  const all = given(node);
  const [scope, name] = all;
  if (scope === undefined || all.length > 2) return lower.group(node, lower.all(all));
  if (name === undefined) return lower.one(scope);
  return lower.make({ kind: 'member', start: node.startIndex, end: node.endIndex, object: lower.one(scope), name: lower.textOf(name), nameStart: name.startIndex, nameEnd: name.endIndex });
}

/** `@x` is a member of the object itself. */
export function instanceVariable(node: Node, lower: Lower): MemberNode {
  const { startIndex: start, endIndex: end } = node;
  const written = lower.textOf(node);
  const nameStart = start + (written.startsWith('@@') ? 2 : 1);
  return lower.make({ kind: 'member', start, end, object: { kind: 'name', start, end: Math.min(nameStart, end), name: 'self' }, name: written.replace(/^@{1,2}/, ''), nameStart: Math.min(nameStart, end), nameEnd: end });
}
