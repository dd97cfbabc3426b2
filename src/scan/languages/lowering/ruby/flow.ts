import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { IrNode, ReturnNode } from '../../../ir/node.js';
import { bind, choice, parts, wrapped } from '../scripting.js';
import { capturesOf, targetsOf } from './binds.js';
import { given, valueOf } from './values.js';

/** The value of statements in a row is that of the last. */
function blockValue(node: Node, lower: Lower): IrNode {
  return valueIn(node, lower.body(node), lower);
}

function valueIn(node: Node, statements: readonly IrNode[], lower: Lower): IrNode {
  const [only, second] = statements;
  return only !== undefined && second === undefined ? only : lower.group(node, statements);
}

/** `if`, `elsif` and `unless`, which all have a value. */
export function ifOf(node: Node, lower: Lower): IrNode {
  const conditions: IrNode[] = [];
  const alternatives: IrNode[] = [];
  for (const part of given(node)) {
    if (part.type === 'then' || part.type === 'else') alternatives.push(blockValue(part, lower));
    else if (part.type === 'elsif') alternatives.push(lower.one(part));
    else conditions.push(...lower.some(part));
  }
  return choice(node, lower, conditions, alternatives);
}

/** `value if condition` */
export function modifier(node: Node, lower: Lower): IrNode {
  const [body, ...conditions] = given(node);
  if (body === undefined) return lower.group(node, []);
  const value = lower.one(body);
  return choice(node, lower, lower.all(conditions), [value]);
}

/** `a ? b : c` */
export function conditional(node: Node, lower: Lower): IrNode {
  const [condition, ...alternatives] = given(node);
  return condition === undefined ? lower.group(node, []) : choice(node, lower, lower.some(condition), alternatives.map((alternative) => lower.one(alternative)));
}

/** `case … when …` */
export function caseOf(node: Node, lower: Lower): IrNode {
  const conditions: IrNode[] = [];
  const alternatives: IrNode[] = [];
  const into = (part: Node): void => {
    if (part.type === 'then' || part.type === 'else') alternatives.push(blockValue(part, lower));
    else conditions.push(...lower.some(part));
  };
  for (const part of given(node)) {
    if (part.type === 'in_clause') alternatives.push(inClause(part, conditions, lower));
    else if (part.type === 'when') given(part).forEach(into);
    else into(part);
  }
  return choice(node, lower, conditions, alternatives);
}

function inClause(node: Node, conditions: IrNode[], lower: Lower): IrNode {
  const children: IrNode[] = [];
  for (const part of given(node)) {
    if (part.type === 'then') children.push(...lower.body(part));
    else if (part.type === 'if_guard' || part.type === 'unless_guard') conditions.push(...lower.all(given(part)));
    else {
      const targets = capturesOf(part, lower);
      if (targets.length > 0) children.push(bind(lower, { targets, value: undefined, isDeclaration: true }));
    }
  }
  return valueIn(node, children, lower);
}

/** What a `rescue` catches, then its statements after the name of what was raised. */
export function rescueParts(node: Node, lower: Lower): { readonly conditions: IrNode[]; readonly statements: IrNode[] } {
  const conditions: IrNode[] = [];
  const statements: IrNode[] = [];
  for (const part of given(node)) {
    if (part.type === 'exceptions') conditions.push(...lower.all(given(part)));
    else if (part.type === 'exception_variable') {
      const targets = given(part).flatMap((each) => targetsOf(each, lower));
      if (targets.length > 0) statements.push(bind(lower, { targets, value: undefined, isDeclaration: targets.some(({ name }) => name !== undefined) }));
    } else statements.push(...lower.body(part));
  }
  return { conditions, statements };
}

export function rescue(node: Node, lower: Lower): IrNode {
  const { conditions, statements } = rescueParts(node, lower);
  return lower.group(node, [...conditions, ...statements]);
}

/** `begin … rescue … end` has the value of what ran last; `ensure` changes nothing about it. */
export function begin(node: Node, lower: Lower): IrNode {
  const all = named(node);
  const isClause = ({ type }: Node): boolean => type === 'rescue' || type === 'else' || type === 'ensure';
  const statements = lower.block(all.filter((each) => !isClause(each)));
  const clauses = all.filter(isClause);
  const [only, second] = statements;
  if (clauses.length === 0) return only !== undefined && second === undefined ? wrapped(node, lower, 'parentheses', only) : lower.group(node, statements);
  const conditions: IrNode[] = [];
  const alternatives: IrNode[] = statements.length === 0 ? [] : [valueIn(node, statements, lower)];
  for (const clause of clauses) {
    if (clause.type === 'rescue') {
      const caught = rescueParts(clause, lower);
      conditions.push(...caught.conditions);
      alternatives.push(valueIn(clause, caught.statements, lower));
    } else if (clause.type === 'else') alternatives.push(blockValue(clause, lower));
    else conditions.push(lower.one(clause));
  }
  return choice(node, lower, conditions, alternatives);
}

/** `a rescue b` */
export function rescueModifier(node: Node, lower: Lower): IrNode {
  return choice(node, lower, [], given(node).map((each) => lower.one(each)));
}

export function parenthesized(node: Node, lower: Lower): IrNode {
  const statements = lower.block(named(node));
  const [only, second] = statements;
  return only !== undefined && second === undefined ? wrapped(node, lower, 'parentheses', only) : lower.group(node, statements);
}

/** `for x in xs` */
export function forOf(node: Node, lower: Lower): IrNode {
  const [pattern, range, ...rest] = given(node);
  const value = range === undefined ? undefined : given(range)[0];
  if (pattern === undefined || value === undefined) return lower.group(node, lower.all(given(node)));
  return lower.group(node, [bind(lower, { targets: targetsOf(pattern, lower), value: lower.one(value), isEach: true }), ...rest.flatMap((part) => lower.body(part))]);
}

/** `return x`, and `next x`, which ends a block with a value. */
export function returnOf(node: Node, lower: Lower): IrNode {
  const list = parts(node)[0];
  const value = list === undefined ? undefined : list.type === 'argument_list' ? valueOf(given(list), lower) : lower.one(list);
  return lower.make<ReturnNode>({ kind: 'return', start: node.startIndex, end: node.endIndex, value });
}
