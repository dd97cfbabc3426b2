import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { BindNode, ClassNode, IrNode, NameNode } from '../../../ir/node.js';
import { keyOf, parts, typeOf } from './parts.js';

const BODIES: ReadonlySet<string> = new Set(['class_body', 'statement_block']);
const NAMES: ReadonlySet<string> = new Set(['identifier', 'type_identifier', 'nested_identifier', 'string']);

/** Classes, enumerations and namespaces. */
export function classOf(node: Node, lower: Lower): ClassNode {
  const members: IrNode[] = [];
  let name: string | undefined;
  for (const child of parts(node)) {
    const { type } = child;
    if (type === 'enum_body') members.push(...lower.block(named(child)).map((each) => (each.kind === 'name' ? withoutValue(each, lower) : each)));
    else if (BODIES.has(type)) members.push(...lower.block(lower.held(child)));
    else if (NAMES.has(type)) ({ name } = keyOf(child, lower));
    // What a class extends is code only where it is more than a name.
    else members.push(...lower.some(child).filter(({ kind }) => kind !== 'name' && kind !== 'member'));
  }
  return lower.make({ kind: 'class', start: node.startIndex, end: node.endIndex, name, members });
}

/** A member of an enumeration that only has a name. */
function withoutValue({ name, start, end }: NameNode, lower: Lower): BindNode {
  const targets = [{ name, place: undefined, path: [], start, end }];
  return lower.make<BindNode>({ kind: 'bind', start, end, targets, value: undefined, operator: '=', isDeclaration: true, isEach: false, type: undefined });
}

/** A field of a class, or a member of an enumeration. */
export function field(node: Node, lower: Lower): IrNode[] {
  const beside: IrNode[] = [];
  let key: Node | undefined;
  let value: Node | undefined;
  let type: string | undefined;
  for (const part of parts(node)) {
    if (part.type === 'decorator') beside.push(...lower.some(part));
    else if (part.type === 'type_annotation') type = typeOf(part, lower);
    else if (part.type === 'accessibility_modifier' || part.type === 'override_modifier') continue;
    else if (key === undefined) key = part;
    else value = part;
  }
  if (key === undefined) return beside;
  const { name, start, end, computed } = keyOf(key, lower);
  if (computed !== undefined) beside.push(computed);
  const targets = [{ name, place: undefined, path: [], start, end }];
  return [...beside, lower.make<BindNode>({ kind: 'bind', start: node.startIndex, end: node.endIndex, targets, value: lower.maybe(value), operator: '=', isDeclaration: true, isEach: false, type })];
}
