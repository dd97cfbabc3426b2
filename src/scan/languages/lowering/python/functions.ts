import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { ClassNode, FunctionNode, IrNode, Parameter, ReturnNode } from '../../../ir/node.js';
import { parts } from '../scripting.js';
import { isSplat, targetsOf } from './patterns.js';

/** Children that say nothing about values. */
const BESIDE: ReadonlySet<string> = new Set(['comment', 'type', 'type_parameter', 'keyword_separator', 'positional_separator']);

export function functionOf(node: Node, lower: Lower): FunctionNode {
  const body: IrNode[] = [];
  let parameters: readonly Parameter[] = [];
  let name: string | undefined;
  for (const child of named(node)) {
    if (BESIDE.has(child.type)) continue;
    if (child.type === 'identifier' && name === undefined) name = lower.textOf(child);
    else if (child.type === 'parameters') parameters = parametersOf(child, lower);
    else body.push(...lower.body(child));
  }
  return lower.make({ kind: 'function', start: node.startIndex, end: node.endIndex, name, parameters, body });
}

export function lambda(node: Node, lower: Lower): FunctionNode {
  const body: IrNode[] = [];
  let parameters: readonly Parameter[] = [];
  for (const child of parts(node)) {
    if (child.type === 'lambda_parameters') parameters = parametersOf(child, lower);
    else body.push(lower.make<ReturnNode>({ kind: 'return', start: child.startIndex, end: child.endIndex, value: lower.one(child) }));
  }
  return lower.make({ kind: 'function', start: node.startIndex, end: node.endIndex, name: undefined, parameters, body });
}

/** Without the first one when it is the object itself, so that positions are those of the arguments. */
function parametersOf(node: Node, lower: Lower): Parameter[] {
  return parts(node).flatMap((each, index) => {
    if (BESIDE.has(each.type) || (index === 0 && each.type === 'identifier' && /^(?:self|cls)$/.test(lower.textOf(each)))) return [];
    return parameter(each, lower);
  });
}

function parameter(node: Node, lower: Lower): Parameter {
  const { startIndex: start, endIndex: end } = node;
  if (node.type === 'identifier' || node.type === 'tuple_pattern' || isSplat(node)) return { targets: targetsOf(node, lower), type: undefined, fallback: undefined, start, end };
  const inside = parts(node);
  const [pattern] = inside;
  const type = inside.find((part) => part.type === 'type');
  const isTyped = node.type === 'typed_parameter' || node.type === 'typed_default_parameter';
  if (pattern === undefined || !(isTyped || node.type === 'default_parameter')) return { targets: [], type: undefined, fallback: lower.maybe(node), start, end };
  const fallback = node.type === 'typed_parameter' ? undefined : inside.slice(1).find((part) => part.type !== 'type');
  return { targets: targetsOf(pattern, lower), type: type === undefined ? undefined : lower.textOf(type), fallback: lower.maybe(fallback), start, end };
}

/** What a class is derived from is code only where it is more than names. */
export function classOf(node: Node, lower: Lower): ClassNode {
  const members: IrNode[] = [];
  let name: string | undefined;
  for (const child of named(node)) {
    if (BESIDE.has(child.type)) continue;
    if (child.type === 'identifier' && name === undefined) name = lower.textOf(child);
    else if (child.type === 'argument_list') members.push(...parts(child).flatMap((base) => basis(base, lower)));
    else members.push(...lower.body(child));
  }
  return lower.make({ kind: 'class', start: node.startIndex, end: node.endIndex, name, members });
}

function basis(node: Node, lower: Lower): readonly IrNode[] {
  const value = node.type === 'keyword_argument' ? parts(node)[1] : node;
  return value === undefined || value.type === 'identifier' || value.type === 'attribute' ? [] : lower.some(value);
}
