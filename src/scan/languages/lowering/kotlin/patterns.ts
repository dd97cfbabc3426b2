import type { Node } from '@vscode/tree-sitter-wasm';
import type { IrNode, OperationNode, Target } from '../../../ir/node.js';
import type { Lower } from '../../../ir/lowering.js';
import { parts, targetOf } from '../jvm.js';

export const TYPES = new Set(['user_type', 'nullable_type', 'function_type', 'non_nullable_type', 'parenthesized_type']);

export function isType({ type }: Node): boolean {
  return TYPES.has(type);
}

export function identifierIn(inner: readonly Node[]): Node | undefined {
  return inner.find(({ type }) => type === 'identifier');
}

/** The type that is written behind the name. */
export function typeAfter(inner: readonly Node[], name: Node | undefined, lower: Lower): string | undefined {
  const type = inner.find((each) => isType(each) && each.startIndex >= (name?.endIndex ?? 0));
  return type === undefined ? undefined : lower.textOf(type);
}

interface Pattern {
  readonly targets: readonly Target[];
  readonly type: string | undefined;
}

/** `a`, `a: T`, and `(a, _, b)`, whose names go by position. */
export function patternOf(node: Node, lower: Lower): Pattern {
  const inner = parts(node);
  if (node.type === 'multi_variable_declaration') {
    const targets = inner.filter(({ type }) => type === 'variable_declaration').flatMap((each, index) => patternOf(each, lower).targets.filter((target) => target.name !== '_').map((target) => ({ ...target, path: [String(index)] })));
    return { targets, type: undefined };
  }
  const name = identifierIn(inner);
  return { targets: name === undefined ? [] : [targetOf(lower, name)], type: typeAfter(inner, name, lower) };
}

/** What a body that is an expression gives. */
export function returned(value: IrNode, lower: Lower): IrNode {
  return value.kind === 'return' ? value : lower.make({ kind: 'return', start: value.start, end: value.end, value });
}

/** What is made of the object of a chain. To the grammar `-a.b` is the `b` of `-a`; the sign belongs before all of it. */
export function chained<T extends IrNode>(object: IrNode, lower: Lower, make: (object: IrNode) => T): T | OperationNode {
  const [operand, second] = object.kind === 'operation' ? object.operands : [];
  if (object.kind !== 'operation' || operand === undefined || second !== undefined) return make(object);
  const made = make(operand);
  return lower.make({ kind: 'operation', start: object.start, end: made.end, operator: object.operator, operands: [made] });
}
