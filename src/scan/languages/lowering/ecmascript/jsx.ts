import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { Argument, CallNode, IrNode } from '../../../ir/node.js';
import { parts } from './parts.js';
import { attributeText } from './strings.js';

/** `<Component attribute={value}>children</Component>` is a call of the component with its properties, of which `children` is one. */
export function element(node: Node, lower: Lower): IrNode {
  const children: IrNode[] = [];
  let opening: Node | undefined;
  for (const part of parts(node)) {
    if (part.type === 'jsx_opening_element') opening = part;
    else if (part.type !== 'jsx_closing_element') children.push(...lower.some(part));
  }
  const from = children[0]?.start;
  const to = children.at(-1)?.end;
  const call = opening === undefined ? undefined : component(node, opening, lower, (given) => {
    if (from === undefined || to === undefined) return given;
    const [only] = children;
    const value = children.length === 1 && only !== undefined ? only : lower.make({ kind: 'group', start: from, end: to, children, isScope: false });
    return [...given, { name: 'children', value, isSpread: false, start: from, end: to }];
  });
  return call ?? lower.group(node, children);
}

export function selfClosing(node: Node, lower: Lower): IrNode {
  return component(node, node, lower, (given) => given) ?? lower.group(node, []);
}

/** Undefined for a fragment, which has no name. */
function component(node: Node, opening: Node, lower: Lower, withChildren: (given: Argument[]) => Argument[]): CallNode | undefined {
  const [name, ...attributes] = parts(opening);
  if (name === undefined) return undefined;
  const callee = name.type === 'jsx_namespace_name' ? lower.name(name) : lower.one(name);
  const given = attributes.flatMap((each) => attribute(each, lower));
  return lower.make({ kind: 'call', start: node.startIndex, end: node.endIndex, callee, arguments: withChildren(given), isNew: false, listStart: callee.end, listEnd: callee.end });
}

function attribute(node: Node, lower: Lower): Argument[] {
  const { type, startIndex: start, endIndex: end } = node;
  if (type === 'type_arguments') return [];
  const [first, value] = parts(node);
  if (type !== 'jsx_attribute' || first === undefined) {
    if (first?.type !== 'spread_element') return [{ name: undefined, value: lower.one(node), isSpread: false, start, end }];
    const inner = parts(first)[0];
    return [{ name: undefined, value: inner === undefined ? lower.group(first, []) : lower.one(inner), isSpread: true, start, end }];
  }
  const given = value === undefined ? lower.group(node, []) : value.type === 'string' ? attributeText(value, lower) : lower.one(value);
  return [{ name: lower.textOf(first), value: given, isSpread: false, start, end }];
}
