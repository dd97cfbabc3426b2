import type { Node } from '@vscode/tree-sitter-wasm';
import type { IrNode, Target } from '../../../ir/node.js';
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
