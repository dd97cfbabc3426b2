import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { IrNode, Target } from '../../../ir/node.js';
import { parts } from '../shared.js';

interface Binding {
  readonly operator: string;
  readonly isDeclaration: boolean;
  readonly type?: string | undefined;
}

/** `a, b := …`, `x.y += …`, also inside of `if`, `for` and `select`. */
const assignment: LowerNode = (node, lower) => {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left === null || right === null) return lower.all(parts(node));
  const sign = lower.text.slice(left.endIndex, right.startIndex);
  const operator = /[-+*/%&|^<>]{1,2}(?==)/.exec(sign)?.[0] ?? '=';
  return bindsOf(node, listOf(left), listOf(right), { operator, isDeclaration: sign.includes(':=') }, lower);
};

/** `a, b float64 = 1, 2`: names, perhaps a type, perhaps values. */
const specification: LowerNode = (node, lower) => {
  const all = parts(node);
  const first = all.findIndex(({ type }) => type !== 'identifier');
  const names = first === -1 ? all : all.slice(0, first);
  const rest = first === -1 ? [] : all.slice(first);
  const values = rest.filter(({ type }) => type === 'expression_list').flatMap(parts);
  const type = rest.find((each) => each.type !== 'expression_list' && each.type !== 'ERROR');
  return bindsOf(node, names, values, { operator: '=', isDeclaration: true, type: type === undefined ? undefined : lower.textOf(type) }, lower);
};

/** `k, v := range xs`: the key is none of the elements, so that it has a path of its own. */
const range: LowerNode = (node, lower) => {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (right === null) return lower.all(parts(node));
  const [key, value] = left === null ? [] : listOf(left);
  const targets = [...targetOf(key, ['#key'], lower), ...targetOf(value, [], lower)];
  const elements = lower.one(right);
  if (left === null || targets.length === 0) return elements;
  const isDeclaration = lower.text.slice(left.endIndex, right.startIndex).includes(':=');
  return lower.make({ kind: 'bind', start: node.startIndex, end: node.endIndex, targets, value: elements, operator: '=', isDeclaration, isEach: true, type: undefined });
};

export const goBinding: Readonly<Record<string, LowerNode>> = {
  short_var_declaration: assignment,
  assignment_statement: assignment,
  receive_statement: assignment,
  const_spec: specification,
  var_spec: specification,
  range_clause: range,
};

function listOf(node: Node): Node[] {
  return node.type === 'expression_list' ? parts(node) : [node];
}

/** One bind per pair; all of them span the statement, since all values are there before the first name has one. One value may have several results. */
function bindsOf(node: Node, left: readonly Node[], right: readonly Node[], { operator, isDeclaration, type }: Binding, lower: Lower): IrNode[] {
  const bind = (targets: readonly Target[], value: IrNode | undefined): IrNode[] => {
    if (targets.length === 0) return value === undefined ? [] : [value];
    return [lower.make({ kind: 'bind', start: node.startIndex, end: node.endIndex, targets, value, operator, isDeclaration, isEach: false, type })];
  };
  if (left.length > 1 && right.length === 1) {
    return bind(left.flatMap((name, index) => targetOf(name, index === 0 ? [] : [`#${index}`], lower)), lower.maybe(right[0]));
  }
  const paired = left.flatMap((name, index) => bind(targetOf(name, [], lower), lower.maybe(right[index])));
  return [...paired, ...lower.all(right.slice(left.length))];
}

function targetOf(node: Node | undefined, path: readonly string[], lower: Lower): Target[] {
  if (node === undefined) return [];
  const { startIndex: start, endIndex: end } = node;
  if (node.type !== 'identifier') return [{ name: undefined, place: lower.one(node), path, start, end }];
  const name = lower.textOf(node);
  return name === '_' ? [] : [{ name, place: undefined, path, start, end }];
}
