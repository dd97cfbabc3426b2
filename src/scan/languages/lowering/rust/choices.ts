import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { IrNode, Target } from '../../../ir/node.js';
import { parts } from '../shared.js';
import { targetsOf } from './patterns.js';

/** What decides, and the names that are bound by deciding: they are known in the alternatives. */
function choice(node: Node, binds: readonly IrNode[], conditions: readonly IrNode[], alternatives: readonly IrNode[], lower: Lower): IrNode {
  const { startIndex: start, endIndex: end } = node;
  const made = lower.make({ kind: 'choice', start, end, conditions, alternatives });
  return binds.length === 0 ? made : lower.make({ kind: 'group', start, end, children: [...binds, made], isScope: true });
}

/** `if a { … } else { … }`, `if let Some(x) = a && b { … }`. */
const ifExpression: LowerNode = (node, lower) => {
  const condition = node.childForFieldName('condition');
  const decisions = condition === null ? [] : condition.type === 'let_chain' ? parts(condition) : [condition];
  const deciding = decisions.flatMap((each) => lower.some(each));
  const alternatives = [node.childForFieldName('consequence'), node.childForFieldName('alternative')].flatMap((each) => (each === null ? [] : lower.one(each)));
  return choice(node, deciding.filter(({ kind }) => kind === 'bind'), deciding.filter(({ kind }) => kind !== 'bind'), alternatives, lower);
};

/** The names of all arms are bound to the one value, where that stands: the patterns follow. */
const matchExpression: LowerNode = (node, lower) => {
  const subject = node.childForFieldName('value');
  const body = node.childForFieldName('body');
  const arms = body === null ? [] : parts(body).filter(({ type }) => type === 'match_arm');
  const value = lower.maybe(subject);
  const read = arms.map((arm) => armOf(arm, lower));
  const conditions = read.flatMap((arm) => arm.guards);
  const alternatives = read.flatMap((arm) => arm.value);
  const targets = read.flatMap((arm) => arm.targets);
  if (subject === null || value === undefined || targets.length === 0) return choice(node, [], [...(value === undefined ? [] : [value]), ...conditions], alternatives, lower);
  const bind = lower.make({ kind: 'bind', start: subject.startIndex, end: subject.endIndex, targets, value, operator: '=', isDeclaration: true, isEach: false, type: undefined });
  return choice(node, [bind], conditions, alternatives, lower);
};

interface Arm {
  readonly targets: readonly Target[];
  readonly guards: readonly IrNode[];
  readonly value: readonly IrNode[];
}

function armOf(arm: Node, lower: Lower): Arm {
  const pattern = arm.childForFieldName('pattern');
  const guard = pattern?.childForFieldName('condition') ?? null;
  const value = arm.childForFieldName('value');
  return {
    targets: pattern === null ? [] : targetsOf(pattern, lower),
    guards: guard === null ? [] : lower.some(guard),
    value: value === null ? [] : [lower.one(value)],
  };
}

export const rustChoices: Readonly<Record<string, LowerNode>> = {
  if_expression: ifExpression,
  match_expression: matchExpression,
};
