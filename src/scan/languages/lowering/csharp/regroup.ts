import type { Lower } from '../../../ir/lowering.js';
import type { ChoiceNode, IrNode, OperationNode } from '../../../ir/node.js';

/*
 * The grammar binds `?.` and `?[` looser than operators: it takes `a * b?.C + 1` for `(a * b)?.C + 1`. Operators in brackets are
 * wrapped, so that one without them below a member or a stronger operator is always that mistake, and is put right here.
 */

const STRENGTH: Readonly<Record<string, number>> = {
  '*': 9, '/': 9, '%': 9, '+': 8, '-': 8, '<<': 7, '>>': 7, '>>>': 7, '<': 6, '>': 6, '<=': 6, '>=': 6, '==': 5, '!=': 5, '&': 4, '^': 3, '|': 2, '&&': 1, '||': 0, '??': -1,
};
const STRONGEST = 10;

/** What a member, a call or `!` behind the object belongs to: its last operand. `attach` makes it. */
export function attached(object: IrNode, end: number, attach: (operand: IrNode) => IrNode, lower: Lower): IrNode {
  return object.kind === 'operation' || object.kind === 'choice' ? withLast(object, end, (last) => attached(last, end, attach, lower), lower) : attach(object);
}

/** `left sign right`, where the left side may hold operators that are weaker. */
export function combined(left: IrNode, sign: string, right: IrNode, lower: Lower): IrNode {
  if ((left.kind === 'operation' || left.kind === 'choice') && strengthOf(left) < (STRENGTH[sign] ?? 0)) return withLast(left, right.end, (last) => combined(last, sign, right, lower), lower);
  const place = { start: left.start, end: right.end };
  if (sign === '??' || sign === '||') return lower.make({ kind: 'choice', ...place, alternatives: [left, right], conditions: [] });
  if (sign === '&&') return lower.make({ kind: 'choice', ...place, alternatives: [right], conditions: [left] });
  return lower.make({ kind: 'operation', ...place, operator: sign, operands: [left, right] });
}

function strengthOf(node: OperationNode | ChoiceNode): number {
  // `??` and `||` look alike; nobody mixes them without brackets.
  if (node.kind === 'choice') return node.conditions.length === 0 ? -1 : node.alternatives.length === 1 ? 1 : STRONGEST;
  return node.operands.length === 1 ? STRONGEST : STRENGTH[node.operator] ?? STRONGEST;
}

function withLast(node: OperationNode | ChoiceNode, end: number, change: (last: IrNode) => IrNode, lower: Lower): IrNode {
  const all = node.kind === 'operation' ? node.operands : node.alternatives;
  const last = all.at(-1);
  if (last === undefined) return node;
  const others = [...all.slice(0, -1), change(last)];
  return node.kind === 'operation'
    ? lower.make({ kind: 'operation', start: node.start, end, operator: node.operator, operands: others })
    : lower.make({ kind: 'choice', start: node.start, end, conditions: node.conditions, alternatives: others });
}
