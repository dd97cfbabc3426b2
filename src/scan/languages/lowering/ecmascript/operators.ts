import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower } from '../../../ir/lowering.js';
import type { IrNode } from '../../../ir/node.js';
import { parts } from './parts.js';

export function unaryOrBinary(node: Node, lower: Lower): IrNode {
  const operands = parts(node);
  const last = operands.at(-1);
  return last === undefined ? lower.group(node, []) : operation(node, operands, node.endIndex, undefined, lower);
}

/** `last` stands in for the last operand, where that is no node of its own. */
export function operation(node: Node, operands: readonly Node[], end: number, last: IrNode | undefined, lower: Lower): IrNode {
  const start = node.startIndex;
  const operator = operatorOf(node, operands, lower);
  const lowered = operands.map((operand, index) => (last !== undefined && index === operands.length - 1 ? last : lower.one(operand)));
  const [left, right] = lowered;
  if (left !== undefined && right !== undefined && lowered.length === 2) {
    if (operator === '&&') return lower.make({ kind: 'choice', start, end, alternatives: [right], conditions: [left] });
    if (operator === '||' || operator === '??') return lower.make({ kind: 'choice', start, end, alternatives: [left, right], conditions: [] });
  }
  return lower.make({ kind: 'operation', start, end, operator, operands: lowered });
}

function operatorOf(node: Node, operands: readonly Node[], lower: Lower): string {
  const [first, second] = operands;
  const around = second === undefined ? lower.text.slice(node.startIndex, first?.startIndex) : lower.text.slice(first?.endIndex, second.startIndex);
  const operator = around.trim();
  // A comment between operator and operand, or broken code.
  return /^(?:[^\w\s]{1,4}|[a-z]+)$/.test(operator) ? operator : node.childForFieldName('operator')?.type ?? operator;
}

export function ternary(node: Node, lower: Lower): IrNode {
  const [condition, ...alternatives] = lower.all(parts(node));
  return lower.make({ kind: 'choice', start: node.startIndex, end: node.endIndex, alternatives, conditions: condition === undefined ? [] : [condition] });
}
