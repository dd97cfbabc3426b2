import type { Node } from '@vscode/tree-sitter-wasm';
import type { Argument, CallNode, ClassNode, FunctionNode, IrNode, Parameter } from '../../../ir/node.js';
import type { Lower, LowerNode } from '../../../ir/lowering.js';
import { parts, plainName, spanOf, tokens } from '../jvm.js';
import { chained, patternOf, returned } from './patterns.js';

/** What is no expression, so that no function returns it as its last. */
const STATEMENTS = new Set([
  'property_declaration', 'function_declaration', 'class_declaration', 'object_declaration', 'type_alias', 'assignment', 'for_statement', 'while_statement', 'do_while_statement', 'return_expression', 'throw_expression', 'ERROR',
]);

/** A call with its list of arguments and what stands behind it, a lambda or the body of a class. */
export function callOf(lower: Lower, span: { readonly start: number; readonly end: number }, callee: IrNode, list: Node | undefined, trailing: FunctionNode | ClassNode | undefined, isNew = false): CallNode {
  return lower.make({
    kind: 'call',
    ...span,
    callee,
    arguments: [...(list === undefined ? [] : parts(list).flatMap((each) => argument(each, lower))), ...(trailing === undefined ? [] : [{ name: undefined, value: trailing, isSpread: false, start: trailing.start, end: trailing.end }])],
    isNew,
    listStart: list?.startIndex ?? callee.end,
    listEnd: list?.endIndex ?? callee.end,
  });
}

/** `x`, `name = x`, `*xs`, `name = *xs` */
function argument(node: Node, lower: Lower): Argument[] {
  const inner = node.type === 'value_argument' ? parts(node) : [];
  const [first, second] = inner;
  const name = second !== undefined && first?.type === 'identifier' ? first : undefined;
  const given = inner.at(-1);
  if (given === undefined || inner.length > 2) {
    const rest = lower.one(node);
    return rest.kind === 'group' && rest.children.length === 0 ? [] : [{ name: undefined, value: rest, isSpread: false, ...spanOf(node) }];
  }
  const isSpread = given.type === 'spread_expression';
  const value = isSpread ? parts(given)[0] ?? given : given;
  return [{ name: name === undefined ? undefined : plainName(lower, name), value: lower.one(value), isSpread, ...spanOf(node) }];
}

/** `f(x)`, `f { … }`, `f(x) { … }`, which is a call of a call to the grammar. */
const call: LowerNode = (node, lower) => {
  const outer = parts(node);
  const last = outer.at(-1);
  const literal = last?.type === 'annotated_lambda' ? parts(last).at(-1) : undefined;
  const trailing = literal?.type === 'lambda_literal' ? lambda(literal, lower) : undefined;
  const [called] = outer;
  if (called === undefined) return lower.group(node, []);
  const nested = trailing !== undefined && called.type === 'call_expression' && !outer.some(({ type }) => type === 'value_arguments') ? parts(called) : [];
  const inner = nested.at(-1)?.type === 'value_arguments' ? nested : outer;
  const [callee] = inner;
  const list = inner.find(({ type }) => type === 'value_arguments');
  if (callee === undefined || callee === last || (list === undefined && trailing === undefined)) return lower.group(node, lower.all(outer));
  return chained(lower.one(callee), lower, (of) => callOf(lower, { start: of.start, end: node.endIndex }, of, list, trailing));
};

/** `{ a, (b, c) -> … }`. Without an arrow it is given `it`, which stands nowhere; its value is its last expression. */
function lambda(node: Node, lower: Lower): FunctionNode {
  const inner = tokens(node);
  const arrow = inner.findIndex(({ type }) => type === '->');
  const list = inner.find(({ type }) => type === 'lambda_parameters');
  const start = node.startIndex;
  const it: Parameter = { targets: [{ name: 'it', place: undefined, path: [], start, end: start }], type: undefined, fallback: undefined, start, end: start };
  const declared = list === undefined ? [] : parts(list).filter(({ type }) => type !== 'ERROR').map((each): Parameter => ({ ...patternOf(each, lower), fallback: undefined, ...spanOf(each) }));
  const statements = inner.slice(arrow + 1).filter(({ isNamed, type }) => isNamed && type !== 'lambda_parameters');
  return lower.make({ kind: 'function', ...spanOf(node), name: undefined, parameters: arrow === -1 && list === undefined ? [it] : declared, body: withResult(statements, lower) });
}

function withResult(statements: readonly Node[], lower: Lower): readonly IrNode[] {
  const lowered = lower.block(statements);
  const statement = statements.at(-1);
  const last = lowered.at(-1);
  if (statement === undefined || last === undefined || STATEMENTS.has(statement.type) || last.start < statement.startIndex) return lowered;
  return [...lowered.slice(0, -1), returned(last, lower)];
}

/** The super class with its arguments, an annotation. */
const construction: LowerNode = (node, lower) => {
  const [type, list] = parts(node);
  return type === undefined || list === undefined ? lower.group(node, []) : callOf(lower, spanOf(node), lower.one(type), list, undefined);
};

export const CALLS: Readonly<Record<string, LowerNode>> = {
  call_expression: call,
  lambda_literal: lambda,
  constructor_invocation: construction,
};

/**
 * `f<T>(x)` at the end of a statement, which the grammar takes for two comparisons. In the way code is written no blank stands
 * around the brackets of types, and one does around comparisons.
 */
export function callWithTypes(node: Node, left: Node, right: Node, lower: Lower): CallNode | undefined {
  if (left.type !== 'binary_expression' || right.type !== 'parenthesized_expression' || left.endIndex + 1 !== right.startIndex) return undefined;
  const [callee, sign, type] = tokens(left);
  const [value] = parts(right);
  if (callee === undefined || type === undefined || value === undefined || sign?.type !== '<' || callee.endIndex !== sign.startIndex || sign.endIndex !== type.startIndex) return undefined;
  const given = lower.one(value);
  return lower.make({
    kind: 'call',
    ...spanOf(node),
    callee: lower.one(callee),
    arguments: [{ name: undefined, value: given, isSpread: false, start: given.start, end: given.end }],
    isNew: false,
    listStart: right.startIndex,
    listEnd: right.endIndex,
  });
}
