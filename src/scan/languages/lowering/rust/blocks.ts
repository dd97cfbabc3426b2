import type { Node } from '@vscode/tree-sitter-wasm';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import type { BindNode, IrNode, Parameter, Target } from '../../../ir/node.js';
import { parts } from '../shared.js';
import { targetsOf } from './patterns.js';

const NO_VALUES = /_(?:declaration|item|definition|statement)$|^(?:for|while|return|break|continue|compound_assignment|assignment)_|^ERROR$/;

/** The last expression of a block, when it is its value: one without a semicolon. */
function tailOf(statements: readonly Node[], lower: Lower): Node | undefined {
  const last = statements.at(-1);
  if (last?.type === 'expression_statement') {
    const [inner] = parts(last);
    return inner === undefined || lower.text[last.endIndex - 1] === ';' || NO_VALUES.test(inner.type) ? undefined : last;
  }
  return last === undefined || NO_VALUES.test(last.type) ? undefined : last;
}

/** The statements of a function's body; the value of the last one is what it returns. */
function bodyOf(body: Node | null, lower: Lower): IrNode[] {
  if (body === null) return [];
  const statements = body.type === 'block' ? parts(body) : [body];
  const lowered = body.type === 'block' ? lower.block(statements) : [...lower.some(body)];
  const tail = tailOf(statements, lower);
  if (tail === undefined) return lowered;
  const first = lowered.findIndex(({ start }) => start >= tail.startIndex);
  const values = first === -1 ? [] : lowered.slice(first);
  const [value] = values;
  if (value === undefined || value.kind === 'return' || value.kind === 'bind') return lowered;
  const { start } = value;
  const end = values.at(-1)?.end ?? value.end;
  const whole = values.length === 1 ? value : lower.make({ kind: 'group', start, end, children: values, isScope: false });
  return [...lowered.slice(0, first), lower.make({ kind: 'return', start, end, value: whole })];
}

/** The value of a block is the last thing in it; a block of one expression only stands for it. */
const block: LowerNode = (node, lower) => {
  const statements = parts(node);
  const children = lower.block(statements);
  const { startIndex: start, endIndex: end } = node;
  const [only] = children;
  if (only !== undefined && children.length === 1 && statements.length === 1 && tailOf(statements, lower) !== undefined && only.kind !== 'bind') {
    return lower.make({ kind: 'wrapped', start, end, by: 'parentheses', inner: only });
  }
  return lower.make({ kind: 'group', start, end, children, isScope: true });
};

const functionItem: LowerNode = (node, lower) => {
  const name = node.childForFieldName('name');
  const list = node.childForFieldName('parameters');
  const parameters = list === null ? [] : parts(list).flatMap((each) => parameterOf(each, lower));
  return lower.make({
    kind: 'function', start: node.startIndex, end: node.endIndex, name: name === null ? undefined : lower.textOf(name), parameters, body: bodyOf(node.childForFieldName('body'), lower),
  });
};

function parameterOf(node: Node, lower: Lower): Parameter[] {
  const { startIndex: start, endIndex: end, type: kind } = node;
  const common = { fallback: undefined, start, end };
  if (kind === 'attribute_item' || kind === 'ERROR') return [];
  if (kind === 'self_parameter') return [{ ...common, targets: parts(node).filter(({ type }) => type === 'self').flatMap((self) => targetsOf(self, lower)), type: undefined }];
  // Closures may leave out the types.
  if (kind !== 'parameter') return [{ ...common, targets: targetsOf(node, lower), type: undefined }];
  const pattern = node.childForFieldName('pattern');
  const type = node.childForFieldName('type');
  return [{ ...common, targets: pattern === null ? [] : targetsOf(pattern, lower), type: type === null ? undefined : lower.textOf(type) }];
}

/** `impl T`, `impl Trait for T`, `trait T`, `mod m`: what has functions. */
const owner: LowerNode = (node, lower) => {
  const name = node.childForFieldName('type') ?? node.childForFieldName('name');
  const body = node.childForFieldName('body');
  const plain = name === null ? undefined : lower.textOf(name).split('<')[0]?.split('::').at(-1)?.trim();
  return lower.make({ kind: 'class', start: node.startIndex, end: node.endIndex, name: plain, members: lower.body(body) });
};

function bindOf(node: Node, targets: readonly Target[], value: IrNode | undefined, lower: Lower, more: Partial<BindNode> = {}): IrNode[] {
  // `let _ = …` and constants in patterns give no name a value.
  if (targets.length === 0) return value === undefined ? [] : [value];
  return [lower.make({ kind: 'bind', start: node.startIndex, end: node.endIndex, targets, value, operator: '=', isDeclaration: true, isEach: false, type: undefined, ...more })];
}

const declaration: LowerNode = (node, lower) => {
  const pattern = node.childForFieldName('pattern') ?? node.childForFieldName('name');
  const type = node.childForFieldName('type');
  const otherwise = node.childForFieldName('alternative');
  const name = node.type === 'let_declaration' || node.type === 'let_condition' ? undefined : pattern;
  const targets = name === undefined ? (pattern === null ? [] : targetsOf(pattern, lower)) : name === null ? [] : [nameTarget(name, lower)];
  const value = lower.maybe(node.childForFieldName('value'));
  return [...bindOf(node, targets, value, lower, { type: type === null ? undefined : lower.textOf(type) }), ...(otherwise === null ? [] : lower.some(otherwise))];
};

/** Of constants too. */
function nameTarget(name: Node, lower: Lower): Target {
  return { name: lower.textOf(name), place: undefined, path: [], start: name.startIndex, end: name.endIndex };
}

const assignment: LowerNode = (node, lower) => {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left === null || right === null) return lower.all(parts(node));
  const operator = node.childForFieldName('operator')?.type.replace(/=$/, '') ?? '=';
  const targets = left.type === 'tuple_expression' ? parts(left).flatMap((each, index) => placeOf(each, [String(index)], lower)) : placeOf(left, [], lower);
  return bindOf(node, targets, lower.one(right), lower, { operator, isDeclaration: false });
};

function placeOf(node: Node, path: readonly string[], lower: Lower): Target[] {
  if (node.type !== 'identifier') return [{ name: undefined, place: lower.one(node), path, start: node.startIndex, end: node.endIndex }];
  return lower.textOf(node) === '_' ? [] : [{ ...nameTarget(node, lower), path }];
}

const forLoop: LowerNode = (node, lower) => {
  const pattern = node.childForFieldName('pattern');
  const value = node.childForFieldName('value');
  const body = node.childForFieldName('body');
  if (pattern === null || value === null) return lower.group(node, lower.all(parts(node)));
  const { startIndex: start } = pattern;
  const elements = lower.one(value);
  const targets = targetsOf(pattern, lower);
  const bind = targets.length === 0 ? elements : lower.make({ kind: 'bind', start, end: value.endIndex, targets, value: elements, operator: '=', isDeclaration: true, isEach: true, type: undefined });
  return lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children: [bind, ...(body === null ? [] : lower.some(body))], isScope: true });
};

/** `while let Some(x) = … { … }`. */
const whileLoop: LowerNode = (node, lower) => lower.make({ kind: 'group', start: node.startIndex, end: node.endIndex, children: lower.all(parts(node)), isScope: true });

export const rustBlocks: Readonly<Record<string, LowerNode>> = {
  block,
  function_item: functionItem,
  closure_expression: functionItem,
  impl_item: owner,
  trait_item: owner,
  mod_item: owner,
  let_declaration: declaration,
  let_condition: declaration,
  const_item: declaration,
  static_item: declaration,
  assignment_expression: assignment,
  compound_assignment_expr: assignment,
  for_expression: forLoop,
  while_expression: whileLoop,
};
