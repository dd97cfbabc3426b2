import type { Node } from '@vscode/tree-sitter-wasm';
import { type Lower, named } from '../../../ir/lowering.js';
import type { ClassNode, FunctionNode, IrNode, Parameter, ReturnNode, Target } from '../../../ir/node.js';
import { parts } from '../scripting.js';
import { targetsOf } from './binds.js';
import { rescueParts } from './flow.js';

const CLAUSES: ReadonlySet<string> = new Set(['rescue', 'else', 'ensure']);
const BODIES: ReadonlySet<string> = new Set(['body_statement', 'block_body']);

/** A method, also one of the class itself. */
export function functionOf(node: Node, lower: Lower): FunctionNode {
  const nameNode = node.childForFieldName('name');
  const parameters = node.childForFieldName('parameters');
  const object = node.childForFieldName('object');
  // `def (expression).name`
  const beside = object?.type === 'parenthesized_statements' ? lower.some(object) : [];
  const body = [...beside, ...bodyOf(node.childForFieldName('body'), lower)];
  return lower.make({ kind: 'function', start: node.startIndex, end: node.endIndex, name: nameNode === null ? undefined : lower.textOf(nameNode), parameters: parametersOf(parameters, lower), body });
}

/** A block with what it takes; `span` is more than it for `-> (x) { … }`. */
export function blockFunction(span: Node, block: Node, lower: Lower): FunctionNode {
  const body: IrNode[] = [];
  let parameters: readonly Parameter[] | undefined;
  for (const part of span === block ? parts(block) : [...parts(span).filter(({ type }) => type === 'lambda_parameters'), ...parts(block)]) {
    if (part.type === 'block_parameters' || part.type === 'lambda_parameters') parameters = parametersOf(part, lower);
    else if (part.type !== 'heredoc_body') body.push(...bodyOf(part, lower));
  }
  return lower.make({ kind: 'function', start: span.startIndex, end: span.endIndex, name: undefined, parameters: parameters ?? unnamed(block, lower), body });
}

export function lambda(node: Node, lower: Lower): IrNode {
  const block = parts(node).at(-1);
  return block === undefined ? lower.group(node, []) : blockFunction(node, block, lower);
}

/** `_1`, `_2` and `it`, which are not declared. */
function unnamed(block: Node, lower: Lower): Parameter[] {
  const text = lower.textOf(block);
  const used = /\b_2\b/.test(text) ? ['_1', '_2'] : /\b_1\b/.test(text) ? ['_1'] : /\bit\b/.test(text) ? ['it'] : [];
  const at = block.startIndex;
  return used.map((name) => ({ targets: [{ name, place: undefined, path: [], start: at, end: at }], type: undefined, fallback: undefined, start: at, end: at }));
}

/** The statements, of which the last is what the function returns; so is that of each `rescue` and `else`. */
function bodyOf(body: Node | null, lower: Lower): IrNode[] {
  if (body === null) return [];
  if (!BODIES.has(body.type)) return returning([...lower.body(body)], lower);
  const all = named(body);
  const statements = returning(lower.block(all.filter(({ type }) => !CLAUSES.has(type))), lower);
  return [...statements, ...all.filter(({ type }) => CLAUSES.has(type)).map((clause) => clauseOf(clause, lower))];
}

function clauseOf(clause: Node, lower: Lower): IrNode {
  if (clause.type === 'ensure') return lower.one(clause);
  const { conditions, statements } = clause.type === 'rescue' ? rescueParts(clause, lower) : { conditions: [], statements: lower.body(clause) };
  return lower.group(clause, [...conditions, ...returning(statements, lower)]);
}

function returning(statements: IrNode[], lower: Lower): IrNode[] {
  const last = statements.at(-1);
  if (last === undefined || last.kind === 'return' || last.kind === 'class' || last.kind === 'group' || (last.kind === 'function' && last.name !== undefined)) return statements;
  return [...statements.slice(0, -1), lower.make<ReturnNode>({ kind: 'return', start: last.start, end: last.end, value: last })];
}

function parametersOf(node: Node | null, lower: Lower): Parameter[] {
  if (node === null) return [];
  const parameters: Parameter[] = [];
  let end = node.startIndex;
  for (const each of parts(node)) {
    // What follows is local to the block.
    if (lower.text.slice(end, each.startIndex).includes(';')) break;
    parameters.push(parameter(each, lower));
    end = each.endIndex;
  }
  return parameters;
}

function parameter(node: Node, lower: Lower): Parameter {
  const { startIndex: start, endIndex: end } = node;
  const [name, value] = node.type === 'identifier' || node.type === 'destructured_parameter' ? [node] : parts(node);
  const targets: Target[] = name === undefined ? [] : targetsOf(name, lower);
  return { targets, type: undefined, fallback: lower.maybe(value), start, end };
}

/** A class or module. What it is derived from is code only where it is more than a name. */
export function classOf(node: Node, lower: Lower): ClassNode {
  const members: IrNode[] = [];
  let name: string | undefined;
  for (const child of parts(node)) {
    const { type } = child;
    if (type === 'superclass') members.push(...parts(child).filter((base) => base.type !== 'constant' && base.type !== 'scope_resolution').flatMap((base) => lower.some(base)));
    else if (name === undefined && (type === 'constant' || type === 'scope_resolution')) name = lower.textOf(child);
    else members.push(...lower.body(child));
  }
  return lower.make({ kind: 'class', start: node.startIndex, end: node.endIndex, name, members });
}

/** `class << self`: the methods are the class's. */
export function singletonClass(node: Node, lower: Lower): IrNode[] {
  return parts(node).flatMap((child) => (child.type === 'self' || child.type === 'constant' ? [] : lower.body(child)));
}
