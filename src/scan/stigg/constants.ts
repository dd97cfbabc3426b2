import { plainText } from '../ir/access.js';
import type { IrNode, NumberNode, TextNode } from '../ir/node.js';
import { calleeText } from '../ir/objects.js';
import { childrenOf, unwrap } from '../ir/walk.js';
import type { Span } from '../languages/language.js';
import type { Code } from './code.js';

const DEEPEST = 8;
/** Calls that leave what they are given what it is. */
const UNCHANGED = /(?:^|[.:])(?:from_static|from_str|from|into|to_string|to_owned|String|string|str|valueOf|of|ofNullable|F|Ptr|Int|Int64|int|int64|Integer|Long|Number|parseInt|toString|freeze|Some|Ok|unwrap|expect|strip|trim|new|asList|listOf|singletonList|toInt|toLong|to_i|to_s)$/;

/** Whether the expression is the same text each time that it is evaluated: a literal, or made of literals alone. An empty text says nothing. */
export function isConstantText(expression: IrNode, code: Code, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > DEEPEST) return false;
  const isConstant = (inner: IrNode): boolean => isConstantText(inner, code, depth + 1);
  switch (node.kind) {
    case 'number':
      return true;
    case 'text':
      return node.parts.some((part) => part.kind !== 'stretch' || part.value !== '') && node.parts.every((part) => part.kind === 'stretch' || isConstant(part));
    case 'operation':
      return /^[+.]$/.test(node.operator) && node.operands.every(isConstant);
    case 'list':
      return node.elements.length === 1 && node.elements.every(isConstant);
    case 'call':
      return isConstantCall(node, code, isConstant);
    case 'name':
    case 'member': {
      const origin = code.tracer.sole(node);
      return origin !== undefined && origin !== node && origin.kind !== 'name' && origin.kind !== 'member' && isConstant(origin);
    }
    default:
      return false;
  }
}

function isConstantCall(node: IrNode & { readonly kind: 'call' }, code: Code, isConstant: (inner: IrNode) => boolean): boolean {
  const fn = code.tracer.functionOf(node);
  if (fn !== undefined) {
    const returned = code.tracer.returnsOf(fn);
    return returned.length === 1 && returned.every(isConstant);
  }
  const callee = unwrap(node.callee);
  if (!UNCHANGED.test(calleeText(callee))) return false;
  const [first] = node.arguments;
  if (first !== undefined) return node.arguments.length === 1 && isConstant(first.value);
  return callee.kind === 'member' && isConstant(callee.object);
}

/** A number that a value comes down to, with the literal that holds it. */
export interface ConstantNumber {
  readonly value: number;
  readonly literal: NumberNode | TextNode;
}

/** The number behind `500`, `'500'`, `PAGE_SIZE`, `stigg.Int(500)`; undefined where it is not one constant. */
export function constantNumber(expression: IrNode, code: Code, depth = 0): ConstantNumber | undefined {
  const node = unwrap(expression);
  if (depth > DEEPEST) return undefined;
  if (node.kind === 'number') return { value: node.value, literal: node };
  if (node.kind === 'text') {
    const text = plainText(node) ?? '';
    return /^\d{1,9}$/.test(text) ? { value: Number(text), literal: node } : undefined;
  }
  if (node.kind === 'call' && code.tracer.functionOf(node) === undefined) {
    const callee = unwrap(node.callee);
    const [first] = node.arguments;
    if (!UNCHANGED.test(calleeText(callee))) return undefined;
    if (first !== undefined) return node.arguments.length === 1 ? constantNumber(first.value, code, depth + 1) : undefined;
    return callee.kind === 'member' ? constantNumber(callee.object, code, depth + 1) : undefined;
  }
  if (node.kind !== 'name' && node.kind !== 'member') return undefined;
  const origin = code.tracer.sole(node);
  return origin === undefined || origin === node ? undefined : constantNumber(origin, code, depth + 1);
}

/** The outermost expression that stands exactly there. */
export function nodeAt({ start, end }: Span, { program }: Code): IrNode | undefined {
  const around: IrNode[] = [program.root];
  for (let node = around.pop(); node !== undefined; node = around.pop()) {
    if (node.start === start && node.end === end && node.kind !== 'group') return node;
    for (const child of childrenOf(node)) if (child.start <= start && child.end >= end) around.push(child);
  }
  return undefined;
}

/** The function that the node stands in; undefined at the top level. */
export function functionAround(node: IrNode): IrNode | undefined {
  let outer = node.parent;
  while (outer !== undefined && outer.kind !== 'function') outer = outer.parent;
  return outer;
}
